import { ShapeError } from '../base/errors.js'
import { termsOfDim } from './dimension.js'

/**
 * One side of a matrix: a number, or a name such as `n`, or a name plus a number such as `n+1`; sums and products of
 * names come from stacking and from Kronecker products (`expr/dimension.ts`). Two sides are equal when they are the
 * same value (`===`).
 */
export type Dim = number | string

/** Rows and columns. A scalar is 1×1, a column vector n×1, a row 1×n. */
export interface Shape {
  readonly rows: Dim
  readonly columns: Dim
}

/** The one shape of all scalars. */
export const SCALAR: Shape = Object.freeze({ rows: 1, columns: 1 })

/** The shape of so many rows and columns; a column unless columns are given. */
export function shapeOf(rows: Dim, columns: Dim = 1): Shape {
  return rows === 1 && columns === 1 ? SCALAR : Object.freeze({ rows, columns })
}

export function isScalar(shape: Shape): boolean {
  return shape.rows === 1 && shape.columns === 1
}

/** A column with more than one row (or a symbolic number of them). */
export function isColumn(shape: Shape): boolean {
  return shape.columns === 1 && shape.rows !== 1
}

export function isRow(shape: Shape): boolean {
  return shape.rows === 1 && shape.columns !== 1
}

/** Neither a scalar, a column nor a row. */
export function isMatrix(shape: Shape): boolean {
  return shape.rows !== 1 && shape.columns !== 1
}

/** The number of entries of a scalar, a column or a row. */
export function lengthOf(shape: Shape): Dim {
  return shape.columns === 1 ? shape.rows : shape.columns
}

export function sameShape(a: Shape, b: Shape): boolean {
  return a === b || (a.rows === b.rows && a.columns === b.columns)
}

export function transposed(shape: Shape): Shape {
  return shape.rows === shape.columns ? shape : shapeOf(shape.columns, shape.rows)
}

/** `scalar`, `n×1` or `m×n`: how a shape is spelled in messages. */
export function shapeText(shape: Shape): string {
  return isScalar(shape) ? 'scalar' : `${shape.rows}×${shape.columns}`
}

/** The number a side stands for when its name is bound to a size. Raises `ShapeError` when it is not. */
export function sizeOf(dim: Dim, sizes: ReadonlyMap<string, number>): number {
  if (typeof dim === 'number') return dim
  const exact = sizes.get(dim)
  if (exact !== undefined) return exact
  return termsOfDim(dim).reduce((total, { coefficient, names }) => {
    const sizesOfNames = names.map(name => sizes.get(name) ?? unknownSize(name))
    return total + sizesOfNames.reduce((product, size) => product * size, coefficient)
  }, 0)
}

function unknownSize(name: string): never {
  throw new ShapeError('unknown-size', `the size ${name} has no value`, { hint: `give a number for ${name}` })
}
