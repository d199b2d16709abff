import { UsageError } from '../base/errors.js'
import type { Extent } from '../base/tensor.js'
import type { AddNode, Node } from './lowering.js'
import { tracedOps } from './operations.js'
import type { Program, Traced } from './traced.js'

/**
 * A program written down. Numbers below `inputs.length` are inputs, number `inputs.length + k` is `nodes[k]`. Nodes on
 * which the output does not depend are left out.
 */
export interface Recording {
  readonly inputs: readonly Extent[]
  readonly nodes: readonly Node[]
  readonly output: number
  readonly outputExtent: Extent
}

/**
 * Runs a program on handles that know only their extents. All errors of the program, of shape above all, are raised
 * here, before the engine is involved.
 */
export function record(program: Program, inputs: readonly Extent[]): Recording {
  const numbers = new Map<Traced, number>()
  const nodes: Node[] = []
  const hand = ({ rows, columns }: Extent): Traced => {
    const handle = Object.freeze({ rows, columns }) as Traced
    numbers.set(handle, numbers.size)
    return handle
  }
  const numberOf = (handle: Traced): number => {
    const number = numbers.get(handle)
    if (number !== undefined) return number
    throw new UsageError('foreign-array', 'this array belongs to another run of a program', {
      hint: 'use only the inputs handed to the program and what its operations make of them',
    })
  }
  const handles = Object.freeze(inputs.map(hand))
  const add: AddNode = ({ rows, columns }, args, lower, through = args) => {
    nodes.push({ rows, columns, args: args.map(numberOf), through: through.map(numberOf), lower })
    return hand({ rows, columns })
  }
  const result = program(tracedOps(add), handles)
  return prune({ inputs, nodes, output: numberOf(result), outputExtent: result })
}

function prune({ inputs, nodes, output, outputExtent }: Recording): Recording {
  const first = inputs.length
  const needed = new Set([output])
  for (let number = first + nodes.length - 1; number >= first; number--) {
    if (needed.has(number)) for (const arg of nodes[number - first]!.args) needed.add(arg)
  }
  const renumbered = new Map(inputs.map((_, i) => [i, i]))
  const kept: Node[] = []
  nodes.forEach((node, i) => {
    if (!needed.has(first + i)) return
    renumbered.set(first + i, first + kept.length)
    const renumber = (number: number) => renumbered.get(number)!
    kept.push({ ...node, args: node.args.map(renumber), through: node.through.map(renumber) })
  })
  return { inputs, nodes: kept, output: renumbered.get(output)!, outputExtent }
}

/** The numbers of what varies with the first `varied` inputs. */
export function varyingIn({ inputs, nodes }: Recording, varied: number): ReadonlySet<number> {
  const varying = new Set(inputs.slice(0, varied).map((_, i) => i))
  nodes.forEach(({ through }, i) => {
    if (through.some(number => varying.has(number))) varying.add(inputs.length + i)
  })
  return varying
}
