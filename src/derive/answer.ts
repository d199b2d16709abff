import { NotDifferentiableError } from '../base/errors.js'
import { type Budget, startBudget } from '../base/limits.js'
import { forward } from '../calculus/forward.js'
import { reverse } from '../calculus/reverse.js'
import type { Assumption } from '../expr/law.js'
import type { Expr, Sym } from '../expr/node.js'
import type { Problem, Question } from '../expr/problem.js'
import { isScalar, shapeText } from '../expr/shape.js'
import type { Collected, Step, Steps } from '../expr/step.js'
import { substitute } from '../expr/walk.js'
import { type Simplifier, startSimplifier } from '../simplify/simplify.js'
import { type Namer, namerFor } from './names.js'
import type { Adjoint, AnswerKind } from './solution.js'
import { variedBy } from './varied.js'

/** What answering one problem keeps between its questions. */
export interface Work {
  readonly problem: Problem
  readonly namer: Namer
  readonly simplifier: Simplifier
  readonly budget: Budget
  /** Symbols introduced for pre-activations, with the symbols they were introduced for. */
  readonly stagedFor: ReadonlyMap<Sym, Sym>
}

export interface WorkOptions {
  readonly milliseconds?: number | undefined
  readonly signal?: AbortSignal | undefined
}

export function startWork(
  problem: Problem,
  options: WorkOptions = {},
  namer: Namer = namerFor(problem),
  staged: ReadonlyMap<Sym, Sym> = new Map(),
): Work {
  const budget = startBudget(options)
  const stagedFor = new Map<Sym, Sym>()
  for (const [of, name] of staged) stagedFor.set(name, of)
  return { problem, namer, simplifier: startSimplifier({ ...problem, budget }), budget, stagedFor }
}

/** Gradients of one scalar by several symbols, from one pass. */
export interface Gradients {
  readonly adjoints: readonly Adjoint[]
  readonly gradients: ReadonlyMap<Sym, Expr>
}

/**
 * One reverse pass, with its steps. A defined output is reached through its definition.
 */
export function gradientsOf(work: Work, output: Expr, wrt: readonly Sym[]): Collected<Gradients> {
  const { problem, namer, simplifier, budget, stagedFor } = work
  const nameFor = (of: Sym | undefined) => namer.adjoint(of && (stagedFor.get(of) ?? of).name)
  const { definitions } = problem
  const tidy = simplifier.simplified
  return reverse({ definitions, output, wrt, tidy, nameFor, budget })
}

/** Adjoints larger than this, as a tree, keep their names. */
const LARGEST_EXPANSION = 120

/** Puts adjoints into expressions, each simplified once, as long as they stay small. */
export function* expander(work: Work, adjoints: readonly Adjoint[]): Steps<(node: Expr) => Steps<Expr>> {
  const bodies = new Map<Expr, Expr>()
  const { simplify } = work.simplifier
  for (const { symbol, body } of adjoints) {
    // Putting names in only makes a formula longer, so a long one is left alone without being searched.
    if (body.treeSize > LARGEST_EXPANSION) continue
    const full = yield* simplify(substitute(body, bodies))
    if (full.treeSize <= LARGEST_EXPANSION) bodies.set(symbol, full)
  }
  return function* expand(node) {
    if (bodies.size === 0 || node.treeSize > 2 * LARGEST_EXPANSION) return node
    const full = yield* simplify(substitute(node, bodies))
    return full.treeSize <= 2 * LARGEST_EXPANSION ? full : node
  }
}

/** A derivative, and what it was found with. */
export interface Derived {
  readonly kind: AnswerKind
  readonly value: Expr
  /** The symbol of the change of the variable, for a differential. */
  readonly d?: Sym | undefined
  readonly adjoints: readonly Adjoint[]
}

/** The same work without what would be wrong around the point at which a symbol is about to vary. */
export function workBefore(work: Work, then: Sym): Work {
  const problem = variedBy(work.problem, then)
  if (problem === work.problem) return work
  return { ...work, problem, simplifier: startSimplifier({ ...problem, budget: work.budget }) }
}

/** Any derivative of first or second order, the second by another symbol if one is given; adjoints are put in. */
export function* derivativeOf(
  work: Work,
  output: Expr,
  wrt: Sym,
  order: 1 | 2,
  then: Sym = wrt,
): Steps<Derived> {
  if (isScalar(output.shape)) {
    const early = order === 1 ? work : workBefore(work, then)
    const { answer, steps } = gradientsOf(early, output, [wrt])
    yield* steps
    const { gradients, adjoints } = answer
    const expand = yield* expander(early, adjoints)
    const value = yield* expand(gradients.get(wrt)!)
    if (order === 1) return { kind: isScalar(wrt.shape) ? 'derivative' : 'gradient', value, adjoints }
    // Adjoints too large to be put in are definitions for the second pass, so that nothing is held constant by name.
    const definitions = [...work.problem.definitions, ...adjoints]
    const second = yield* derivativeOf({ ...work, problem: { ...work.problem, definitions } }, value, then, 1)
    const kind = second.kind === 'jacobian' ? 'hessian' : second.kind
    return { ...second, kind, adjoints: [...adjoints, ...second.adjoints] }
  }
  const { problem, namer, simplifier, budget } = order === 1 ? work : workBefore(work, then)
  const { definitions } = problem
  const change = namer.change(wrt)
  const first = yield* forward({ definitions, output, wrt, change, tidy: simplifier.simplified, budget })
  if (order === 1) return { ...first, adjoints: [] }
  if (first.kind !== 'derivative') {
    throw new NotDifferentiableError(
      'order-of-array',
      `the second derivative of ${shapeText(output.shape)} is not offered`,
      {
        hint: 'ask for it entry by entry, or for the Hessian of a scalar',
      },
    )
  }
  return yield* derivativeOf(work, first.value, then, 1)
}

/** The assumptions that the steps used, each once, in the order of use. */
export function assumptionsOf(steps: readonly Step[]): readonly Assumption[] {
  const used = new Set<Assumption>()
  for (const { assumption } of steps) if (assumption !== undefined) used.add(assumption)
  return [...used]
}

export function isGradientQuestion({ of, order }: Question): boolean {
  return order === 1 && isScalar(of.shape)
}
