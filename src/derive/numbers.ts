import { DomainError, LimitError, type MathError, NameError } from '../base/errors.js'
import type { Tensor } from '../base/tensor.js'
import { pointOf } from '../evaluate/bindings.js'
import { evaluateExpr } from '../evaluate/evaluate.js'
import type { Expr, Sym } from '../expr/node.js'
import type { Layers } from '../expr/problem.js'
import type { Tensors } from '../tensor/tensor.js'
import { layerNumbers } from './layers/numbers.js'
import type { Answer, Solution } from './solution.js'

/** What the numbers of a problem lead to. */
export interface NumericValues {
  /** Defined symbols, going forward. */
  readonly forward: ReadonlyMap<Sym, Tensor>
  /** Named adjoints, going back. */
  readonly backward: ReadonlyMap<Sym, Tensor>
  readonly answers: ReadonlyMap<Answer, Tensor>
}

/**
 * The values of everything in a solution that the numbers of its problem decide; undefined when it has none. Raises
 * `ShapeError` when a value does not have the shape of its symbol.
 */
export function numbersOf(tensors: Tensors, solution: Solution): NumericValues | undefined {
  const { problem, adjoints, answers } = solution
  if (problem.layers !== undefined) return ofLayers(tensors, solution, problem.layers)
  if (problem.values.size === 0) return undefined
  const { values, sizes } = pointOf(tensors, problem)
  const point = { values, sizes, indices: new Map<Sym, number>(), functions: new Map<string, never>() }
  const definitions = [...problem.definitions, ...adjoints]
  const allOf = (roots: readonly Expr[]): readonly (Tensor | undefined)[] | undefined => {
    return valuesOrNone(() => evaluateExpr(tensors, roots, point, { definitions }))
  }
  const aloneOf = (root: Expr) => allOf([root])?.[0]
  const forward = problem.definitions.map(({ symbol }) => symbol)
  const backward = adjoints.map(({ symbol }) => symbol)
  const plain = answers.filter(({ kind }) => kind !== 'differential')
  const nodes = [...forward, ...backward, ...plain.map(({ result }) => result)]
  const found = allOf(nodes) ?? nodes.map(aloneOf)
  const table = <T>(keys: readonly T[], from: number): ReadonlyMap<T, Tensor> =>
    new Map(
      keys.flatMap((key, k) => (found[from + k] === undefined ? [] : [[key, found[from + k]!] as const])),
    )
  return {
    forward: table(forward, 0),
    backward: table(backward, forward.length),
    answers: table(plain, forward.length + backward.length),
  }
}

/** The same of a recurrence, written out: values of all members, and of answers that are no family of them. */
function ofLayers(tensors: Tensors, solution: Solution, layers: Layers): NumericValues | undefined {
  const { problem, answers } = solution
  if (!problem.sizes.has(layers.depth)) return undefined
  const numbers = layerNumbers(tensors, problem, layers, solution)
  if (numbers === undefined) return undefined
  const { unrolling, valuesOf } = numbers
  const one = (root: Expr): Tensor | undefined => {
    return valuesOrNone(() => valuesOf([root]))?.[0]
  }
  const table = <T>(entries: readonly (readonly [T, Expr])[]): ReadonlyMap<T, Tensor> =>
    new Map(
      entries.flatMap(([key, root]) => {
        const value = one(root)
        return value === undefined ? [] : [[key, value] as const]
      }),
    )
  return {
    forward: table(unrolling.definitions.map(({ symbol }) => [symbol, symbol])),
    backward: table(unrolling.backward.map(({ symbol }) => [symbol, symbol])),
    answers: table(
      answers.flatMap(answer => {
        const [found] = numbers.answers.get(answer) ?? []
        return found === undefined || found.index !== undefined ? [] : [[answer, found.result] as const]
      }),
    ),
  }
}

/** Whether something has no value for this reason: it needs a number that was not given, or is undefined at these. */
export function isWithoutValue(error: unknown): error is MathError {
  return error instanceof NameError || error instanceof DomainError || error instanceof LimitError
}

/** A value, or nothing where there is none. */
export function valuesOrNone<T>(evaluate: () => T): T | undefined {
  try {
    return evaluate()
  } catch (error) {
    if (isWithoutValue(error)) return undefined
    throw error
  }
}
