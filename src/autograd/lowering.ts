import type { Extent } from '../base/tensor.js'
import type { EntryFunctions } from './functions.js'
import type { EngineArray } from './jax.js'
import type { Primitives } from './primitives.js'
import type { Traced } from './traced.js'

/** What a recorded operation is lowered to. */
export interface Target {
  readonly p: Primitives
  readonly f: EntryFunctions
}

/** Makes the array of an operation from those of its arguments, of which there are as many as were recorded. */
export type Lower = (target: Target, ...args: EngineArray[]) => EngineArray

/** One operation of a recorded program; its arguments are inputs and earlier nodes, by number. */
export interface Node extends Extent {
  readonly args: readonly number[]
  /** The arguments with which the value varies; it is locally constant in the others. */
  readonly through: readonly number[]
  readonly lower: Lower
}

/** Adds an operation to the recording under way. The value varies `through` all its arguments unless told otherwise. */
export type AddNode = (
  extent: Extent,
  args: readonly Traced[],
  lower: Lower,
  through?: readonly Traced[],
) => Traced
