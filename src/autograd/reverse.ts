import { type EngineArray, finish, vjp } from './jax.js'
import type { Recording } from './recording.js'
import { lowerSegment, type Segment, segmentsOf } from './segments.js'

/** How the cotangents of what a segment writes become those of what it reads. */
interface Pullback {
  readonly segment: Segment
  /** The numbers it gives cotangents for. */
  readonly varying: readonly number[]
  readonly back: ((cotangents: EngineArray[]) => EngineArray[]) & { dispose(): void }
}

interface Forward {
  /** The array of every number that crosses a segment boundary. */
  readonly values: ReadonlyMap<number, EngineArray>
  readonly pullbacks: readonly Pullback[]
}

/** Computes the values, and where something varies the pullbacks. The inputs are used up by `release`. */
function forward(
  recording: Recording,
  inputs: readonly EngineArray[],
  points: number,
  varied: number,
  guarded: boolean,
): Forward {
  const values = new Map(inputs.map((input, i) => [i, input]))
  const varying = new Set(inputs.slice(0, varied).map((_, i) => i))
  const pullbacks: Pullback[] = []
  for (const segment of segmentsOf(recording)) {
    const lowered = lowerSegment(recording, segment, points, guarded)
    const moving = segment.reads.filter(number => varying.has(number))
    const apply = (...moved: EngineArray[]): EngineArray[] => {
      const arrays = new Map(moving.map((number, i) => [number, moved[i]!]))
      return lowered(segment.reads.map(number => arrays.get(number) ?? values.get(number)!.ref))
    }
    const current = moving.map(number => values.get(number)!.ref)
    let written: EngineArray[]
    if (moving.length === 0) {
      written = apply()
    } else {
      const [results, back] = vjp(apply, current)
      written = results
      pullbacks.push({ segment, varying: moving, back: back as Pullback['back'] })
      for (const number of segment.writes) varying.add(number)
    }
    segment.writes.forEach((number, i) => {
      values.set(number, written[i]!)
      finish(written[i]!)
    })
  }
  return { values, pullbacks }
}

/**
 * The value of a recorded program and, from a cotangent of it, the cotangents of the first `varied` inputs; those of
 * which the value is independent are left out. Uses the inputs and the cotangent up; the answer belongs to the
 * caller. Within a segment the engine differentiates; between segments cotangents of one value are added.
 */
export function pull(
  recording: Recording,
  inputs: readonly EngineArray[],
  cotangent: EngineArray,
  varied: number,
  guarded: boolean,
): { readonly value: EngineArray; readonly cotangents: ReadonlyMap<number, EngineArray> } {
  const points = cotangent.shape[0]!
  const { values, pullbacks } = forward(recording, inputs, points, varied, guarded)
  const cotangents = new Map([[recording.output, cotangent]])
  const take = (number: number): EngineArray => {
    const known = cotangents.get(number)
    cotangents.delete(number)
    return known ?? values.get(number)!.ref.mul(0)
  }
  for (const { segment, varying, back } of pullbacks.toReversed()) {
    const parts = back(segment.writes.map(take))
    varying.forEach((number, i) => {
      const known = cotangents.get(number)
      const sum = known ? known.add(parts[i]!) : parts[i]!
      finish(sum)
      cotangents.set(number, sum)
    })
    back.dispose()
  }
  const value = values.get(recording.output)!.ref
  for (const array of values.values()) array.dispose()
  for (const [number, array] of cotangents) {
    if (number < varied) continue
    array.dispose()
    cotangents.delete(number)
  }
  return { value, cotangents }
}

/** The value alone. Uses the inputs up. */
export function compute(recording: Recording, inputs: readonly EngineArray[], points: number): EngineArray {
  const { values } = forward(recording, inputs, points, 0, false)
  const value = values.get(recording.output)!.ref
  for (const array of values.values()) array.dispose()
  return value
}
