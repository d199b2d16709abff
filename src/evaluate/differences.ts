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
const WIDTHS: readonly number[] = [4e-3, 4e-4, 2e-5]

/** Widths that stay on one side of every kink. */
export function widthsWithin(clearance: number): readonly number[] {
  return WIDTHS.map(width => Math.min(width, clearance / 50))
}

/** The derivative along a line: values at the places of the stencil, weighted. */
export function weighted(m: Tensors, values: readonly Tensor[], width: number): Tensor {
  return STENCIL.map(({ weight }, i) => m.scaleBy(values[i]!, weight / width)).reduce((a, b) => m.add(a, b))
}

/**
 * The derivative of `f` at 0 by central differences of eighth order, at the given widths; those that are not finite
 * are left out.
 */
export function slopesAt(
  m: Tensors,
  f: (t: number) => Tensor | undefined,
  widths: readonly number[],
): readonly Tensor[] {
  const slopes: Tensor[] = []
  for (const width of widths) {
    const values = STENCIL.map(({ at }) => f(at * width))
    if (values.some(value => value === undefined)) continue
    const slope = weighted(m, values as Tensor[], width)
    if (m.isFinite(slope)) slopes.push(slope)
  }
  return slopes
}

const LOOSE = 1e-6

/**
 * Whether a derivative agrees with differences: with any of them, up to 1e-6 of the size given; it disagrees when two
 * of them agree with each other and neither with it. Undefined when the differences say nothing.
 */
export function agreesWithSlopes(
  m: Tensors,
  derivative: Tensor,
  slopes: readonly Tensor[],
  size: number,
): boolean | undefined {
  const close = (a: Tensor, b: Tensor) => magnitude(m.subtract(a, b)) <= LOOSE * size
  if (slopes.some(slope => close(slope, derivative))) return true
  for (let i = 1; i < slopes.length; i++) if (close(slopes[i - 1]!, slopes[i]!)) return false
  return undefined
}
