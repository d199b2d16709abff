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
  /** One per input, of the extent of that input: the derivative of the value by each entry. */
  readonly gradients: readonly Tensor[]
}

export interface Jacobian {
  readonly value: Tensor
  /**
   * One per input: a row for every entry of the value and a column for every entry of the input, both counted in
   * row-major order. For a column vector by a column vector this is the Jacobian in numerator layout.
   */
  readonly jacobians: readonly Tensor[]
}

/** A program whose trace is kept, for many points of the same extents. Release it with `dispose`. */
export interface Prepared {
  evaluate(inputs: readonly Tensor[]): Tensor
  valueAndGradient(inputs: readonly Tensor[]): ValueAndGradient
  jacobian(inputs: readonly Tensor[]): Jacobian
  /** Frees the trace; the prepared program must not be called afterwards. Calling it twice is harmless. */
  dispose(): void
}

/** Reverse-mode differentiation in float64 by an engine that shares no code with the rules of this library. */
export interface Autograd {
  /** The value of the program alone. */
  evaluate(program: Program, inputs: readonly Tensor[]): Tensor
  /** Value and all gradients of a program whose value is 1×1. Raises ShapeError when it is larger. */
  valueAndGradient(program: Program, inputs: readonly Tensor[]): ValueAndGradient
  /** Value and all derivatives of a program of any extent. */
  jacobian(program: Program, inputs: readonly Tensor[]): Jacobian
  /**
   * Second derivatives of a program whose value is 1×1, by two of its inputs (counted from 0, may be equal): a row
   * for every entry of the first and a column for every entry of the second, both counted in row-major order.
   */
  hessian(program: Program, inputs: readonly Tensor[], first: number, second: number): Tensor
  /** Traces once for each combination of extents, and reuses the trace for every further point. */
  prepare(program: Program): Prepared
  /** How many arrays the engine holds at the moment: constant over balanced use. For tests of memory. */
  heldArrays(): number
}
