import { DomainError } from '../base/errors.js'
import { mismatch, wantSquare } from '../base/extent-checks.js'
import { extentText, makeTensor, type Tensor } from '../base/tensor.js'
import { build } from './layout.js'
import type { Numerics, Rows } from './mathjs.js'

/**
 * m×k by k×n. A loop of our own: the product of mathjs wants nested lists and takes 6 µs for 3×3, this one 0.3 µs,
 * and products are most of what an evaluation does. The rounding is that of the plain sum in both.
 */
export function matmul(a: Tensor, b: Tensor): Tensor {
  if (a.columns !== b.rows) mismatch('multiply', a, b)
  const [m, k, n] = [a.rows, a.columns, b.columns]
  const product = new Float64Array(m * n)
  for (let i = 0; i < m; i++) {
    for (let l = 0; l < k; l++) {
      const factor = a.data[i * k + l]!
      for (let j = 0; j < n; j++) product[i * n + j]! += factor * b.data[l * n + j]!
    }
  }
  return makeTensor(m, n, product)
}

/** Own loop for the same reason: mathjs takes 20 µs for 3×3 by 3×3. */
export function kron(a: Tensor, b: Tensor): Tensor {
  const row = (i: number, j: number) =>
    a.data[Math.floor(i / b.rows) * a.columns + Math.floor(j / b.columns)]! *
    b.data[(i % b.rows) * b.columns + (j % b.columns)]!
  return build(a.rows * b.rows, a.columns * b.columns, row)
}

function toRows(a: Tensor): Rows {
  return Array.from({ length: a.rows }, (_, i) =>
    Array.from({ length: a.columns }, (_, j) => a.data[i * a.columns + j]!),
  )
}

/** 1 for an even permutation, −1 for an odd one. */
function parity(permutation: readonly number[]): number {
  const order = [...permutation]
  let sign = 1
  for (let i = 0; i < order.length; i++) {
    while (order[i] !== i) {
      const target = order[i]!
      order[i] = order[target]!
      order[target] = target
      sign = -sign
    }
  }
  return sign
}

/**
 * By the factors of `lup`: the determinant of mathjs itself runs Bareiss' elimination, meant for whole numbers,
 * without choosing pivots, and loses seven of sixteen digits when a pivot is small.
 */
export function determinant(n: Numerics, a: Tensor): number {
  wantSquare('a determinant', a)
  if (!a.data.every(Number.isFinite)) return Number.NaN
  const { U, p } = n.lup(toRows(a))
  return U.reduce((product, row, i) => product * row[i]!, parity(p))
}

/** −∞ for a singular matrix. Sums logarithms, so that a determinant out of range of float64 does no harm. */
export function logDeterminant(n: Numerics, a: Tensor): number {
  wantSquare('a determinant', a)
  if (!a.data.every(Number.isFinite)) return Number.NaN
  return n.lup(toRows(a)).U.reduce((sum, row, i) => sum + n.log(n.abs(row[i]!)), 0)
}

/** The largest sum of absolute values of a row. */
function rowNorm(rows: Rows): number {
  return Math.max(...rows.map(row => row.reduce((sum, entry) => sum + Math.abs(entry), 0)))
}

/**
 * Raises DomainError for a matrix that is singular, exactly or to working precision: the product of the norms of
 * matrix and inverse leaves no digit of the result right.
 */
export function inverse(n: Numerics, a: Tensor): Tensor {
  const size = wantSquare('an inverse', a)
  if (!a.data.every(Number.isFinite)) return build(size, size, () => Number.NaN)
  const singular = (): never => {
    throw new DomainError('singular-matrix', `this ${extentText(a)} matrix is singular and has no inverse`)
  }
  const rows = toRows(a)
  const attempt = (): Rows => {
    try {
      return n.inv(rows)
    } catch {
      return singular()
    }
  }
  const result = attempt()
  if (!(rowNorm(rows) * rowNorm(result) * Number.EPSILON < 1)) singular()
  return makeTensor(size, size, Float64Array.from(result.flat()))
}
