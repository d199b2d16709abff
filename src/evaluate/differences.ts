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

/**
 * The derivative of `f` at 0 by the central difference of eighth order. Undefined where it is not finite, and where
 * the value in the middle does not lie on the polynomial through the others: then something lies in between that the
 * difference does not see, and a symmetric pole even leaves differences of all widths in agreement.
 */
export function slopeOf(m: Tensors, f: (t: number) => Tensor | undefined, width: number): Tensor | undefined {
  const middle = f(0)
  const values: Tensor[] = []
  for (const { at } of STENCIL) {
    const value = f(at * width)
    if (value === undefined || !m.isFinite(value)) return undefined
    values.push(value)
  }
  return middle !== undefined && isSmooth(m, values, middle) ? weighted(m, values, width) : undefined
}

/** The values at ±1, ±2, ±3, ±4 and the weights with which they give the one in the middle. */
const MIDDLE: readonly number[] = [56, 28, 8, 1].flatMap((weight, k) =>
  [weight, weight].map(w => (k % 2 ? -w : w) / 70),
)

function isSmooth(m: Tensors, values: readonly Tensor[], middle: Tensor): boolean {
  const expected = values.map((value, i) => m.scaleBy(value, MIDDLE[i]!)).reduce((a, b) => m.add(a, b))
  const change = Math.max(...values.map(value => magnitude(m.subtract(value, middle))))
  return magnitude(m.subtract(expected, middle)) <= 1e-4 * change + 1e-10 * magnitude(middle)
}

/** How well differences have to agree, relative to what is compared. */
export const LOOSE = 1e-6

/**
 * Whether a derivative agrees with differences, which come with shorter and shorter steps: with any of them, up to
 * 1e-6 of their size (or of the size given, when that is more); it disagrees when two that follow one another agree
 * with each other and neither with it. Undefined when the differences say nothing. Takes no more differences than it needs.
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
