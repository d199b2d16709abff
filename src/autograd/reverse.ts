import { type EngineArray, finish, vjp } from './jax.js'
import { type Recording, varyingIn } from './recording.js'
import { lowerSegment, segmentsOf } from './segments.js'

/** How the cotangents of the varying values a segment writes become those of the varying values it reads. */
interface Pullback {
  readonly writes: readonly number[]
  readonly reads: readonly number[]
  readonly back: ((cotangents: EngineArray[]) => EngineArray[]) & { dispose(): void }
}

interface Forward {
  /** The array of every number that crosses a segment boundary. */
  readonly values: ReadonlyMap<number, EngineArray>
  readonly pullbacks: readonly Pullback[]
}

/**
 * Computes the values, and where something varies the pullbacks. What does not vary is kept from the engine's
 * differentiation, which would pair cotangents with the wrong values if some of them had no derivative.
 */
function forward(
  recording: Recording,
  inputs: readonly EngineArray[],
  points: number,
  varied: number,
  guarded: boolean,
): Forward {
  const varying = varyingIn(recording, varied)
  const values = new Map(inputs.map((input, i) => [i, input]))
  const pullbacks: Pullback[] = []
  for (const segment of segmentsOf(recording)) {
    const lowered = lowerSegment(recording, segment, points, guarded)
    const reads = segment.reads.filter(number => varying.has(number))
    const writes = segment.writes.filter(number => varying.has(number))
    const others = segment.writes.filter(number => !varying.has(number))
    const apply = (...moved: EngineArray[]): [EngineArray[], EngineArray[]] => {
      const arrays = new Map(reads.map((number, i) => [number, moved[i]!]))
      const given = segment.reads.map(number => arrays.get(number) ?? values.get(number)!.ref)
      const results = new Map(lowered(given).map((result, i) => [segment.writes[i]!, result]))
      // The engine loses values when one output of a function is made from another; a product with one sets them apart.
      const apart = writes.length > 1
      const outputs = writes.map(number => (apart ? results.get(number)!.mul(1) : results.get(number)!))
      return [outputs, others.map(number => results.get(number)!)]
    }
    const current = reads.map(number => values.get(number)!.ref)
    const enter = (number: number, array: EngineArray) => {
      values.set(number, array)
      finish(array)
    }
    if (writes.length === 0) {
      const [, results] = apply(...current)
      others.forEach((number, i) => {
        enter(number, results[i]!)
      })
      continue
    }
    const [results, back, still] = vjp(apply, current, { hasAux: true })
    pullbacks.push({ writes, reads, back: back as Pullback['back'] })
    writes.forEach((number, i) => {
      enter(number, results[i]!)
    })
    others.forEach((number, i) => {
      enter(number, still[i]!)
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
  for (const { writes, reads, back } of pullbacks.toReversed()) {
    const parts = back(writes.map(take))
    reads.forEach((number, i) => {
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
