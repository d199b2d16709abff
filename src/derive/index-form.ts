import { rational } from '../base/rational.js'
import { number, symbol } from '../expr/intern.js'
import type { Expr, Sym } from '../expr/node.js'
import { type Dim, SCALAR } from '../expr/shape.js'
import * as lower from '../ops/lower.js'
import * as matrixForm from '../ops/matrix-form.js'

/** An index: its letter, a whole number counted from 1, or a symbol that stands in an expression already. */
export type Index = string | number | Expr

function indexOf(index: Index): Expr {
  if (typeof index === 'string') return symbol(index, SCALAR, 'index')
  return typeof index === 'number' ? number(rational(index)) : index
}

/**
 * The entry of an expression in index notation: `(AB)_{ij}` is `\sum_k A_{ik} B_{kj}`. A matrix takes two indices, a
 * column or a row one, a scalar none. Letters of sums inside never collide with those given; what has no formula by
 * entries, such as `(X^{-1})_{ij}`, stays. Raises `ShapeError` for another number of indices and for a literal index
 * outside a literal size, `LimitError` where the result would be too large.
 */
export function toIndexForm(node: Expr, ...indices: readonly Index[]): Expr {
  return lower.toIndexForm(node, indices.map(indexOf))
}

/** An open index of a formula, and how far it runs from 1. */
export interface IndexRange {
  readonly index: string | Sym
  readonly size: Dim
}

/**
 * The matrix form of a scalar formula in index notation, undefined where it has none: `\sum_j W_{ij} x_j` with the
 * rows `{ index: 'i', size: 'm' }` is `W x`; without open indices `\sum_i x_i y_i` is `x^\top y`.
 */
export function toMatrixForm(node: Expr, rows?: IndexRange, columns?: IndexRange): Expr | undefined {
  return matrixForm.toMatrixForm(node, axisOf(rows), axisOf(columns))
}

function axisOf(range: IndexRange | undefined) {
  if (range === undefined) return undefined
  const { index, size } = range
  return { symbol: typeof index === 'string' ? symbol(index, SCALAR, 'index') : index, extent: size }
}
