import { circuitOf, type Detail, flowOf } from '../../derive/circuit.js'
import type { Sym } from '../../expr/node.js'
import type { Problem } from '../../expr/problem.js'
import { postorder } from '../../expr/walk.js'
import type { Tensors } from '../../tensor/tensor.js'
import { grouped, MOST_NODES } from './grouped.js'
import { type Picture, pictureOf } from './picture.js'

export interface GraphOptions {
  /** A gate for every operation or one for every definition; by default what can be read on a page. */
  readonly detail?: Detail | undefined
  /** Puts the numbers of the problem on the wires. */
  readonly tensors?: Tensors | undefined
}

/**
 * The computational graph of a defined scalar, ready for `toSvg`, `toTikz` and `toDot`. A large one is drawn by its
 * definitions, a very large one layer by layer. Raises `NotDifferentiableError` where a gradient has no rule.
 */
export function graphOf(problem: Problem, output: Sym, options: GraphOptions = {}): Picture {
  const detail = options.detail ?? detailOf(problem)
  const circuit = circuitOf(problem, output, detail)
  const flow = options.tensors === undefined ? undefined : flowOf(options.tensors, circuit)
  return grouped(pictureOf(circuit, flow, problem))
}

function detailOf({ definitions }: Problem): Detail {
  const nodes = postorder(definitions.map(({ body }) => body)).filter(({ kind }) => kind !== 'num')
  return nodes.length <= MOST_NODES ? 'operations' : 'definitions'
}
