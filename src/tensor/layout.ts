import { DomainError, ShapeError } from '../base/errors.js'
import {
  wantBroadcast,
  wantParts,
  wantRange,
  wantReshape,
  wantSquare,
  wantVector,
} from '../base/extent-checks.js'
import { makeTensor, type Nested, type Tensor } from '../base/tensor.js'

/** Fills a new matrix from a function of row and column. */
export function build(rows: number, columns: number, entry: (row: number, column: number) => number): Tensor {
  const data = new Float64Array(rows * columns)
  for (let i = 0, k = 0; i < rows; i++) for (let j = 0; j < columns; j++) data[k++] = entry(i, j)
  return makeTensor(rows, columns, data)
}

export function at(a: Tensor, row: number, column: number): number {
  wantRange('rows', row, row + 1, a.rows)
  wantRange('columns', column, column + 1, a.columns)
  return a.data[row * a.columns + column]!
}

export function sliceRows(a: Tensor, from: number, to: number): Tensor {
  wantRange('rows', from, to, a.rows)
  return build(to - from, a.columns, (i, j) => a.data[(from + i) * a.columns + j]!)
}

export function sliceColumns(a: Tensor, from: number, to: number): Tensor {
  wantRange('columns', from, to, a.columns)
  return build(a.rows, to - from, (i, j) => a.data[i * a.columns + from + j]!)
}

export function concatRows(parts: readonly Tensor[]): Tensor {
  wantParts('stack', 'columns', parts)
  const entries: number[] = []
  for (const part of parts) for (const entry of part.data) entries.push(entry)
  const { columns } = parts[0]!
  return makeTensor(entries.length / columns, columns, Float64Array.from(entries))
}

export function concatColumns(parts: readonly Tensor[]): Tensor {
  wantParts('put side by side', 'rows', parts)
  return transpose(concatRows(parts.map(transpose)))
}

export function transpose(a: Tensor): Tensor {
  return build(a.columns, a.rows, (i, j) => a.data[j * a.columns + i]!)
}

export function broadcast(a: Tensor, rows: number, columns: number): Tensor {
  wantBroadcast(a, rows, columns)
  const down = a.rows === 1 ? 0 : a.columns
  const across = a.columns === 1 ? 0 : 1
  return build(rows, columns, (i, j) => a.data[i * down + j * across]!)
}

export function reshape(a: Tensor, rows: number, columns: number): Tensor {
  wantReshape(a, rows, columns)
  return makeTensor(rows, columns, a.data)
}

export function diagonalOf(a: Tensor): Tensor {
  return build(wantSquare('a diagonal', a), 1, i => a.data[i * a.columns + i]!)
}

export function diagonalMatrix(a: Tensor): Tensor {
  const size = wantVector('a diagonal', a)
  return build(size, size, (i, j) => (i === j ? a.data[i]! : 0))
}

function wantNumber(value: Nested): number {
  if (typeof value !== 'number')
    throw new ShapeError('too-deep', 'a value is a number, a list or a list of rows')
  if (!Number.isFinite(value)) throw new DomainError('not-finite', `${value} is not a finite number`)
  return value
}

export function fromNested(value: Nested): Tensor {
  if (typeof value === 'number') return makeTensor(1, 1, [wantNumber(value)])
  if (value.length === 0) throw new ShapeError('empty', 'an array has at least one entry')
  const rows = value.map(row => (typeof row === 'number' ? [row] : row))
  const columns = rows[0]!.length
  if (columns === 0) throw new ShapeError('empty', 'an array has at least one entry')
  const isFlat = typeof value[0] === 'number'
  if (value.some(row => (typeof row === 'number') !== isFlat)) {
    throw new ShapeError('ragged', 'a list holds either numbers or rows, not both')
  }
  for (const row of rows) {
    if (row.length !== columns) {
      throw new ShapeError('ragged', `the rows differ in length: ${columns} and ${row.length}`)
    }
  }
  return makeTensor(rows.length, columns, Float64Array.from(rows.flatMap(row => row.map(wantNumber))))
}

export function toNested(a: Tensor): Nested {
  if (a.columns === 1) return a.rows === 1 ? a.data[0]! : [...a.data]
  return Array.from({ length: a.rows }, (_, i) => [...a.data].slice(i * a.columns, (i + 1) * a.columns))
}
