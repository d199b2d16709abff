import type { Tensor } from '../base/tensor.js'
import type { Tensors } from '../tensor/tensor.js'
import { magnitude } from './compare.js'

/** Places, in steps from the middle, and weights of the central difference of eighth order. */
export const STENCIL: readonly { readonly at: number; readonly weight: number }[] = Object.freeze(
  [
    [1, 4 / 5],
    [2, -1 / 5],
    [3, 4 / 105],
    [4, -1 / 280],
  ].flatMap(([at, weight]) => [
    Object.freeze({ at: at!, weight: weight! }),
    Object.freeze({ at: -at!, weight: -weight! }),
  ]),
)

/** Step widths that are tried, long ones first: they round least, short ones stay inside a narrow domain. */
export const WIDTHS: readonly number[] = [4e-3, 4e-4, 2e-5, 1e-6]

/** Widths that keep a kink at the given distance away; the shorter it is, the shorter all of them. */
export function widthsWithin(clearance: number): readonly number[] {
  const unit = Math.min(1, clearance / (50 * WIDTHS[0]!))
  return WIDTHS.map(width => width * unit)
}

/** The derivative along a line: values at the places of the stencil, weighted. */
export function weighted(m: Tensors, values: readonly Tensor[], width: number): Tensor {
  return STENCIL.map(({ weight }, i) => m.scaleBy(values[i]!, weight / width)).reduce((a, b) => m.add(a, b))
}

/** The derivative of `f` at 0 by the central difference of eighth order; undefined where it is not finite. */
export function slopeOf(m: Tensors, f: (t: number) => Tensor | undefined, width: number): Tensor | undefined {
  const values: Tensor[] = []
  for (const { at } of STENCIL) {
    const value = f(at * width)
    if (value === undefined || !m.isFinite(value)) return undefined
    values.push(value)
  }
  return weighted(m, values, width)
}

const LOOSE = 1e-6

/**
 * Whether a derivative agrees with differences, which come with shorter and shorter steps: with any of them, up to
 * 1e-6 of their size (or of the size given, when that is more); it disagrees when two that follow one another agree with each other and neither with it.
 * Undefined when the differences say nothing. Takes no more differences than it needs.
 */
export function agreesWithSlopes(
  m: Tensors,
  derivative: Tensor,
  slopes: Iterable<Tensor | undefined>,
  size: number,
): boolean | undefined {
  const close = (a: Tensor, b: Tensor) =>
    magnitude(m.subtract(a, b)) <= LOOSE * Math.max(size, magnitude(a), magnitude(b))
  let last: Tensor | undefined
  for (const slope of slopes) {
    if (slope !== undefined) {
      if (close(slope, derivative)) return true
      if (last !== undefined && close(slope, last)) return false
    }
    last = slope
  }
  return undefined
}
