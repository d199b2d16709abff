import { entryFunctions } from './functions.js'
import type { EngineArray } from './jax.js'
import { openPrimitives } from './primitives.js'
import type { Recording } from './recording.js'

/** Some nodes of a recording, in order, and which values they take from outside and hand on. All are numbers. */
interface Segment {
  readonly nodes: readonly number[]
  readonly reads: readonly number[]
  readonly writes: readonly number[]
}

/**
 * How many nodes the engine differentiates at once. Every array of the engine lists the work still to be done before
 * it, so the cost of a program grows with its square unless that work is finished now and then. Most programs are
 * one segment.
 */
const segmentLength = 40

/** All nodes as one segment, which reads all inputs and writes the output. */
export function wholeOf({ inputs, nodes, output }: Recording): Segment {
  return {
    nodes: nodes.map((_, i) => inputs.length + i),
    reads: inputs.map((_, i) => i),
    writes: [output],
  }
}

/** Consecutive segments. Each writes those of its nodes that a later one reads, and the output where it is its own. */
export function segmentsOf({ inputs, nodes, output }: Recording): readonly Segment[] {
  const first = inputs.length
  const segmentOf = (number: number) => (number < first ? -1 : Math.floor((number - first) / segmentLength))
  const count = Math.ceil(nodes.length / segmentLength)
  const reads = Array.from({ length: count }, () => new Set<number>())
  const writes = Array.from({ length: count }, () => new Set<number>())
  nodes.forEach((node, i) => {
    const here = segmentOf(first + i)
    for (const arg of node.args) {
      const there = segmentOf(arg)
      if (there === here) continue
      reads[here]!.add(arg)
      writes[there]?.add(arg)
    }
  })
  writes[segmentOf(output)]?.add(output)
  return reads.map((taken, s) => {
    const start = first + s * segmentLength
    const end = Math.min(start + segmentLength, first + nodes.length)
    return {
      nodes: Array.from({ length: end - start }, (_, i) => start + i),
      reads: [...taken],
      writes: [...writes[s]!],
    }
  })
}

/**
 * A segment as a function of the engine: from an array for each of `reads`, which it uses up, to one for each of
 * `writes`. `points` is the length of their first axis; `guarded` is explained at `entryFunctions`.
 */
export function lowerSegment(
  recording: Recording,
  { nodes, reads, writes }: Segment,
  points: number,
  guarded: boolean,
): (given: readonly EngineArray[]) => EngineArray[] {
  return given => {
    const { primitives: p, close } = openPrimitives(points)
    try {
      const target = { p, f: entryFunctions(p, guarded) }
      const values = new Map(reads.map((number, i) => [number, p.keep(given[i]!)]))
      for (const number of nodes) {
        const { args, lower } = recording.nodes[number - recording.inputs.length]!
        values.set(number, lower(target, ...args.map(arg => values.get(arg)!)))
      }
      return writes.map(number => values.get(number)!.ref)
    } finally {
      close()
    }
  }
}
