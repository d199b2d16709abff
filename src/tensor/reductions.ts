import type { Tensor } from '../base/tensor.js'
import { build } from './layout.js'
import type { Numerics } from './mathjs.js'

type Fold = (sum: number, entry: number) => number

function fold(a: Tensor, start: number, step: Fold): number {
  let result = start
  for (let k = 0; k < a.data.length; k++) result = step(result, a.data[k]!)
  return result
}

/** m×n to m×1. */
function foldRows(a: Tensor, start: number, step: Fold): Tensor {
  return build(a.rows, 1, i => {
    let result = start
    for (let j = 0; j < a.columns; j++) result = step(result, a.data[i * a.columns + j]!)
    return result
  })
}

const plus: Fold = (sum, entry) => sum + entry
const greatest: Fold = (a, b) => Math.max(a, b)

export const sumOf = (a: Tensor) => fold(a, 0, plus)
export const productOf = (a: Tensor) => fold(a, 1, (product, entry) => product * entry)
export const maxOf = (a: Tensor) => fold(a, Number.NEGATIVE_INFINITY, greatest)
export const minOf = (a: Tensor) => fold(a, Number.POSITIVE_INFINITY, (x, y) => Math.min(x, y))
export const norm1Of = (a: Tensor) => fold(a, 0, (sum, entry) => sum + Math.abs(entry))
export const rowSums = (a: Tensor) => foldRows(a, 0, plus)
export const rowMaxima = (a: Tensor) => foldRows(a, Number.NEGATIVE_INFINITY, greatest)

/** Scaled by the largest entry, so that squares neither overflow nor vanish. */
export function norm2Of(n: Numerics, a: Tensor): number {
  const scale = maxOf({ ...a, data: Float64Array.from(a.data, Math.abs) })
  if (scale === 0 || !Number.isFinite(scale)) return scale
  return scale * n.sqrt(fold(a, 0, (sum, entry) => sum + (entry / scale) * (entry / scale)))
}

export function traceOf(a: Tensor): number {
  let sum = 0
  for (let i = 0; i < a.rows; i++) sum += a.data[i * a.columns + i]!
  return sum
}

/** exp(a − greatest entry of the row), which cannot overflow. */
function shiftedExponentials(n: Numerics, a: Tensor, maxima: Tensor): Tensor {
  return build(a.rows, a.columns, (i, j) => n.exp(a.data[i * a.columns + j]! - maxima.data[i]!))
}

export function softmaxRows(n: Numerics, a: Tensor): Tensor {
  const exponentials = shiftedExponentials(n, a, rowMaxima(a))
  const sums = rowSums(exponentials)
  return build(a.rows, a.columns, (i, j) => exponentials.data[i * a.columns + j]! / sums.data[i]!)
}

export function logSumExpRows(n: Numerics, a: Tensor): Tensor {
  const maxima = rowMaxima(a)
  const sums = rowSums(shiftedExponentials(n, a, maxima))
  return build(a.rows, 1, i => maxima.data[i]! + n.log(sums.data[i]!))
}

/** The column, counted from 0, of the first greatest entry of each row. */
export function rowArgmax(a: Tensor): Tensor {
  return build(a.rows, 1, i => {
    let best = 0
    for (let j = 1; j < a.columns; j++)
      if (a.data[i * a.columns + j]! > a.data[i * a.columns + best]!) best = j
    return best
  })
}
