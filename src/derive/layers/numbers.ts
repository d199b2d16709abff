import { DomainError, ShapeError } from '../../base/errors.js'
import type { Tensor } from '../../base/tensor.js'
import { pointOf } from '../../evaluate/bindings.js'
import { evaluateExpr } from '../../evaluate/evaluate.js'
import type { Expr, Sym } from '../../expr/node.js'
import type { Layers, Problem } from '../../expr/problem.js'
import type { Tensors } from '../../tensor/tensor.js'
import type { Answer, Solution } from '../solution.js'
import { type UnrolledAnswer, Unrolling } from './unroll.js'

/** A recurrence at the numbers of its problem. */
export interface LayerNumbers {
  readonly unrolling: Unrolling
  readonly depth: number
  readonly sizes: ReadonlyMap<string, number>
  /** Values of formulas over the symbols of the problem written out. */
  readonly valuesOf: (roots: readonly Expr[]) => readonly Tensor[]
  readonly answers: ReadonlyMap<Answer, readonly UnrolledAnswer[]>
}

/** Depths that are tried where only the number of members tells how deep the recurrence is. */
const DEEPEST = 1000

/**
 * Writes a recurrence out for the number of steps that is given, or that the given members show. Undefined where
 * nothing was given by number. Raises `ShapeError` when the number of steps is not known or a value does not fit,
 * `DomainError` for so few steps that the rules do not hold, and `UsageError` for a family with too few or too many values.
 */
export function layerNumbers(
  tensors: Tensors,
  problem: Problem,
  layers: Layers,
  solution: Solution,
): LayerNumbers | undefined {
  if (layers.given.size + problem.values.size === 0) return undefined
  const { backward = [] } = solution
  const depth = problem.sizes.get(layers.depth) ?? depthShown(problem, layers)
  if (depth === undefined) {
    throw new ShapeError('unknown-size', `the number of steps ${layers.depth} has no value`, {
      hint: `give a number for ${layers.depth}`,
    })
  }
  const unrolling = new Unrolling(problem, layers, backward, depth)
  if (!unrolling.isValid) {
    throw new DomainError(
      'too-few-steps',
      `the rules of the recurrence do not hold for ${layers.depth} = ${depth}`,
      {
        hint: `they hold from ${layers.depth} = ${solution.leastDepth ?? 1} on`,
      },
    )
  }
  const given = new Map([...problem.sizes].filter(([letter]) => letter !== layers.depth))
  const { values, sizes } = pointOf(tensors, { values: unrolling.values(), sizes: given })
  const point = { values, sizes, indices: new Map<Sym, number>(), functions: new Map<string, never>() }
  const definitions = [...unrolling.definitions, ...unrolling.backward]
  return {
    unrolling,
    depth,
    sizes,
    valuesOf: roots => evaluateExpr(tensors, roots, point, { definitions }),
    answers: new Map(solution.answers.map(answer => [answer, unrolling.answers(answer)])),
  }
}

/** The number of steps at which every family that was given as a list has as many members. */
function depthShown(problem: Problem, layers: Layers): number | undefined {
  const lists = [...layers.given].filter(([, given]) => Array.isArray(given))
  const longest = Math.max(0, ...lists.map(([, given]) => (typeof given === 'number' ? 0 : given.length)))
  for (let depth = 1; depth <= Math.min(longest + 2, DEEPEST); depth++) {
    const unrolling = new Unrolling(problem, layers, [], depth)
    const counts = lists.map(([name, given]) => [unrolling.count(name), (given as readonly unknown[]).length])
    if (
      counts.some(([count]) => count! > 0) &&
      counts.every(([count, found]) => count === 0 || count === found)
    ) {
      return depth
    }
  }
  return undefined
}
