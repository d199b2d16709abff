import { ShapeError } from './errors.js'
import { type Extent, extentText } from './tensor.js'

/** Raises ShapeError: the operation cannot take arrays of these extents. */
export function mismatch(doing: string, a: Extent, b: Extent): never {
  throw new ShapeError('shape-mismatch', `cannot ${doing} ${extentText(a)} and ${extentText(b)}`)
}

export function wantSame(doing: string, a: Extent, b: Extent): void {
  if (a.rows !== b.rows || a.columns !== b.columns) mismatch(doing, a, b)
}

/** The common number of rows and columns. */
export function wantSquare(what: string, a: Extent): number {
  if (a.rows !== a.columns) {
    throw new ShapeError('not-square', `${what} needs a square matrix, but this one is ${extentText(a)}`)
  }
  return a.rows
}

export function wantScalar(what: string, a: Extent): void {
  if (a.rows !== 1 || a.columns !== 1) {
    throw new ShapeError('not-a-scalar', `${what} is a number, but this is ${extentText(a)}`)
  }
}

/** The number of entries of a row or a column. */
export function wantVector(what: string, a: Extent): number {
  if (a.rows !== 1 && a.columns !== 1) {
    throw new ShapeError('not-a-vector', `${what} is a vector, but this is ${extentText(a)}`)
  }
  return a.rows * a.columns
}

/** `from` is included and counts from 0, `to` is excluded; the range is not empty. */
export function wantRange(what: string, from: number, to: number, size: number): void {
  if (!(Number.isInteger(from) && Number.isInteger(to) && 0 <= from && from < to && to <= size)) {
    throw new ShapeError('out-of-range', `${what} ${from} to ${to} are not among the ${size} there are`)
  }
}

/** A 1×1, a row of the right width or a column of the right height can be repeated to rows×columns. */
export function wantBroadcast(a: Extent, rows: number, columns: number): void {
  const fits = (has: number, wants: number) => has === wants || has === 1
  if (!fits(a.rows, rows) || !fits(a.columns, columns)) {
    throw new ShapeError('shape-mismatch', `cannot repeat ${extentText(a)} to ${rows}×${columns}`)
  }
}

export function wantReshape(a: Extent, rows: number, columns: number): void {
  if (a.rows * a.columns !== rows * columns) {
    throw new ShapeError(
      'shape-mismatch',
      `cannot arrange the entries of ${extentText(a)} as ${rows}×${columns}`,
    )
  }
}

/** The parts agree in one direction, so that they can be joined in the other. */
export function wantParts(doing: string, along: 'rows' | 'columns', parts: readonly Extent[]): void {
  const [first] = parts
  if (!first) throw new ShapeError('nothing-to-join', 'cannot join an empty list of arrays')
  for (const part of parts) if (part[along] !== first[along]) mismatch(doing, first, part)
}
