import type { MatrixAlgebra } from '../base/matrix-algebra.js'
import type { Extent, Tensor } from '../base/tensor.js'

declare const tracedBrand: unique symbol

/**
 * An array inside a differentiable program. Its extent is known while the program is being built; its entries are
 * not. It belongs to the call that made it and means nothing afterwards.
 */
export interface Traced extends Extent {
  readonly [tracedBrand]: true
}

/** Differentiable operations, for use inside a `Program` only. */
export interface TracedOps extends MatrixAlgebra<Traced> {
  /** The same value, held constant by differentiation. */
  stopGradient(a: Traced): Traced
}

/**
 * A function of arrays, written with the operations it is handed. It must be pure: it may be run several times, and
 * its shape must follow from the extents of its inputs alone.
 */
export type Program = (ops: TracedOps, inputs: readonly Traced[]) => Traced

export interface ValueAndGradient {
  readonly value: number
  /** One per varied input, of the extent of that input: the derivative of the value by each entry. */
  readonly gradients: readonly Tensor[]
}

export interface Jacobian {
  readonly value: Tensor
  /**
   * One per varied input: a row for every entry of the value and a column for every entry of the input, both counted in
   * row-major order. For a column vector by a column vector this is the Jacobian in numerator layout.
   */
  readonly jacobians: readonly Tensor[]
}

/** One value for every input of a program. */
export type Point = readonly Tensor[]

/**
 * Reverse-mode differentiation in float64 by an engine that shares no code with the rules of this library.
 *
 * A program is traced anew on every call, for all the points of the call together: about a millisecond for each of
 * its operations, and little for each further point. The points of one call must agree in their extents.
 * `varied` says by how many inputs, from the first, derivatives are taken; the rest are held fixed, which saves
 * work. It defaults to all.
 *
 * A derivative that does not exist at a point is what the formulas give there: `abs` has 0 at 0, `maximum` and
 * `minimum` follow the first of two equal arguments, the extreme entries share it equally, a slope that is infinite
 * is 1e150 or more. A branch that `where` does not take contributes nothing, whatever its slope.
 *
 * Errors raised by the program pass through. A fault of the engine raises VerificationError.
 */
export interface Autograd {
  /** The value of the program alone, at each point. */
  evaluate(program: Program, points: readonly Point[]): readonly Tensor[]
  /** Value and all gradients of a program whose value is 1×1. Raises ShapeError when it is larger. */
  valueAndGradient(program: Program, inputs: Point, varied?: number): ValueAndGradient
  /** The same at many points in one trace. */
  valuesAndGradients(program: Program, points: readonly Point[], varied?: number): readonly ValueAndGradient[]
  /** Value and all derivatives of a program of any extent. */
  jacobian(program: Program, inputs: Point, varied?: number): Jacobian
  /** The same at many points. */
  jacobians(program: Program, points: readonly Point[], varied?: number): readonly Jacobian[]
  /**
   * Second derivatives of a program whose value is 1×1, by two of its inputs (counted from 0, may be equal): a row
   * for every entry of the first and a column for every entry of the second, both counted in row-major order.
   */
  hessian(program: Program, inputs: Point, first: number, second: number): Tensor
}
