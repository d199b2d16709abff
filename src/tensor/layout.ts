import { DomainError, ShapeError } from '../base/errors.js'
import { type Extent, extentText, makeTensor, type Nested, type Tensor } from '../base/tensor.js'

/** Fills a new matrix from a function of row and column. */
export function build(rows: number, columns: number, entry: (row: number, column: number) => number): Tensor {
  const data = new Float64Array(rows * columns)
  for (let i = 0, k = 0; i < rows; i++) for (let j = 0; j < columns; j++) data[k++] = entry(i, j)
  return makeTensor(rows, columns, data)
}

/** Raises ShapeError: the operation cannot take arrays of these extents. */
export function mismatch(doing: string, a: Extent, b: Extent): never {
  throw new ShapeError('shape-mismatch', `cannot ${doing} ${extentText(a)} and ${extentText(b)}`)
}

export function wantSame(doing: string, a: Extent, b: Extent): void {
  if (a.rows !== b.rows || a.columns !== b.columns) mismatch(doing, a, b)
}

export function wantSquare(what: string, a: Extent): number {
  if (a.rows !== a.columns) {
    throw new ShapeError('not-square', `${what} needs a square matrix, but this one is ${extentText(a)}`)
  }
  return a.rows
}

function wantRange(what: string, from: number, to: number, size: number): void {
  if (!(Number.isInteger(from) && Number.isInteger(to) && 0 <= from && from < to && to <= size)) {
    throw new ShapeError('out-of-range', `${what} ${from} to ${to} do not lie within 0 to ${size}`)
  }
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

function wantParts(parts: readonly Tensor[]): Tensor {
  const [first] = parts
  if (!first) throw new ShapeError('nothing-to-join', 'cannot join an empty list of arrays')
  return first
}

export function concatRows(parts: readonly Tensor[]): Tensor {
  const first = wantParts(parts)
  const entries: number[] = []
  let rows = 0
  for (const part of parts) {
    if (part.columns !== first.columns) mismatch('stack', first, part)
    rows += part.rows
    for (const entry of part.data) entries.push(entry)
  }
  return makeTensor(rows, first.columns, Float64Array.from(entries))
}

export function concatColumns(parts: readonly Tensor[]): Tensor {
  const first = wantParts(parts)
  for (const part of parts) if (part.rows !== first.rows) mismatch('put side by side', first, part)
  return transpose(concatRows(parts.map(transpose)))
}

export function transpose(a: Tensor): Tensor {
  return build(a.columns, a.rows, (i, j) => a.data[j * a.columns + i]!)
}

export function broadcast(a: Tensor, rows: number, columns: number): Tensor {
  const fits = (has: number, wants: number) => has === wants || has === 1
  if (!fits(a.rows, rows) || !fits(a.columns, columns)) mismatch('repeat', a, { rows, columns })
  const down = a.rows === 1 ? 0 : a.columns
  const across = a.columns === 1 ? 0 : 1
  return build(rows, columns, (i, j) => a.data[i * down + j * across]!)
}

export function reshape(a: Tensor, rows: number, columns: number): Tensor {
  if (rows * columns !== a.data.length) mismatch('reshape', a, { rows, columns })
  return makeTensor(rows, columns, a.data)
}

export function diagonalOf(a: Tensor): Tensor {
  return build(wantSquare('a diagonal', a), 1, i => a.data[i * a.columns + i]!)
}

export function diagonalMatrix(a: Tensor): Tensor {
  if (a.rows !== 1 && a.columns !== 1) {
    throw new ShapeError(
      'not-a-vector',
      `a diagonal matrix is made of a vector, but this is ${extentText(a)}`,
    )
  }
  return build(a.data.length, a.data.length, (i, j) => (i === j ? a.data[i]! : 0))
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
  for (const [i, row] of rows.entries()) {
    if (row.length !== columns || (typeof value[i] === 'number') !== isFlat) {
      throw new ShapeError('ragged', `the rows differ in length: ${columns} and ${row.length}`)
    }
  }
  return makeTensor(rows.length, columns, Float64Array.from(rows.flatMap(row => row.map(wantNumber))))
}

export function toNested(a: Tensor): Nested {
  if (a.columns === 1) return a.rows === 1 ? a.data[0]! : [...a.data]
  return Array.from({ length: a.rows }, (_, i) => [...a.data].slice(i * a.columns, (i + 1) * a.columns))
}
