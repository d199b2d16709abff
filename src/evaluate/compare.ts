import type { Tensor } from '../base/tensor.js'

/** Relative to the largest entry of the two arrays. */
const RELATIVE = 1e-9
/** Rounding, relative to the largest intermediate value: some thousand units in the last place. */
export const ROUNDING = 4e-13
/** Up to here a difference may still be the rounding of an ill-conditioned point; such a point decides nothing. */
const CONDITION = 1e-9

export interface Comparison {
  /**
   * `same`, `different`, or `unclear`: a value is not finite, or the difference is no larger than rounding may be
   * where intermediate values are that large.
   */
  readonly verdict: 'same' | 'different' | 'unclear'
  /** The largest difference of two entries over the largest entry; 0 for equal arrays, infinite for extents that differ. */
  readonly relative: number
}

/** The largest entry, regardless of sign; NaN when there is one. */
export function magnitude(a: Tensor): number {
  let largest = 0
  for (let i = 0; i < a.data.length; i++) {
    const size = Math.abs(a.data[i]!)
    if (!(size <= largest)) largest = size
  }
  return largest
}

/** The same among the entries that are finite: a branch that is not taken may be anything. */
export function finiteMagnitude(a: Tensor): number {
  let largest = 0
  for (let i = 0; i < a.data.length; i++) {
    const size = Math.abs(a.data[i]!)
    if (size > largest && size < Number.POSITIVE_INFINITY) largest = size
  }
  return largest
}

/**
 * Compares two arrays as wholes. They are the same when no entry differs by more than 1e-9 of the largest entry, or by
 * more than the rounding error that `scale`, the largest intermediate value, makes unavoidable. They are different
 * only when the difference is a thousand times past that rounding error. A value that is not finite is never the same.
 */
export function compareTensors(a: Tensor, b: Tensor, scale = 1): Comparison {
  if (a.rows !== b.rows || a.columns !== b.columns) {
    return { verdict: 'different', relative: Number.POSITIVE_INFINITY }
  }
  const size = Math.max(magnitude(a), magnitude(b))
  if (!Number.isFinite(size) || !Number.isFinite(scale)) return { verdict: 'unclear', relative: Number.NaN }
  let difference = 0
  for (let i = 0; i < a.data.length; i++) {
    const here = Math.abs(a.data[i]! - b.data[i]!)
    if (!(here <= difference)) difference = here
  }
  const relative = difference === 0 ? 0 : difference / size
  if (difference <= RELATIVE * size) return { verdict: 'same', relative }
  if (difference <= ROUNDING * scale)
    return { verdict: scale < 1e6 ? 'same' : 'unclear', relative: difference / Math.max(size, scale) }
  return { verdict: difference <= CONDITION * scale ? 'unclear' : 'different', relative }
}

/** A number where there is one, else nothing. */
export function finite(value: number): number {
  return Number.isFinite(value) ? value : 0
}
