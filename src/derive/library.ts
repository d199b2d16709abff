import { NotDifferentiableError } from '../base/errors.js'
import { type BudgetOptions, startBudget } from '../base/limits.js'
import type { Nested } from '../base/tensor.js'
import { nestedOf, pointOf } from '../evaluate/bindings.js'
import type { Check } from '../evaluate/check.js'
import { evaluateExpr } from '../evaluate/evaluate.js'
import type { Engines } from '../evaluate/oracle.js'
import { verifyGradient } from '../evaluate/verify.js'
import type { Expr, Sym } from '../expr/node.js'
import type { Definition, Problem } from '../expr/problem.js'
import { isScalar, shapeText } from '../expr/shape.js'
import { finish } from '../expr/step.js'
import { symbolsOf } from '../expr/walk.js'
import { transpose } from '../ops/core.js'
import type { ReadProblemOptions } from '../parse/options.js'
import { readProblem } from '../parse/problem.js'
import { startSimplifier } from '../simplify/simplify.js'
import { type Asked, ask, resolverOf } from './ask.js'
import { knownFunction } from './concrete.js'
import { work } from './derive.js'
import type { Solution } from './solution.js'
import { loadEngines, type VerifiedOptions, workVerified } from './verified.js'

export interface DeriveOptions extends ReadProblemOptions, Asked, Omit<VerifiedOptions, 'seed'> {
  /** Text the points of the check are drawn from; a hash of the formulas if absent. */
  readonly seed?: string | undefined
}

/**
 * Works out the derivatives that a text or a problem asks for. Every answer has been compared with automatic
 * differentiation of the original function, and every step has been checked, before it is returned; where that could
 * not be decided, the `check` of the answer says why.
 *
 * Raises `ParseError`, `NameError`, `ShapeError` for a text that cannot be read, `NotDifferentiableError` where no
 * derivative is known, `LimitError` when the time is over or the signal is aborted, and `VerificationError`, naming
 * the rule, when a check fails, which is a fault of this library.
 */
export async function derive(source: string | Problem, options: DeriveOptions = {}): Promise<Solution> {
  const problem = typeof source === 'string' ? readProblem(source, options) : source
  return await workVerified(ask(problem, options), options)
}

export interface GradientOptions extends Omit<Asked, 'order' | 'second' | 'form'>, BudgetOptions {}

/**
 * Gradients of one scalar by one or several symbols, from one reverse pass; of the shapes of the symbols. Nothing is
 * checked and nothing has to be loaded. An answer has the gradient twice: `result` uses the `adjoints` of the
 * solution, `expanded` does without them where that stays small. Raises `NotDifferentiableError`, also when the
 * function is no scalar, `NameError`, and `LimitError`.
 */
export function gradient(problem: Problem, options: GradientOptions = {}): Solution {
  const asked = ask(problem, { ...options, order: 1 })
  for (const { of } of asked.questions) {
    if (!isScalar(of.shape)) throw notScalar(of)
  }
  return work(asked, options)
}

export interface JacobianOptions extends BudgetOptions {
  readonly of: string | Expr
  readonly wrt: string | Sym
}

/**
 * The Jacobian of a vector by a vector: outputs by rows, inputs by columns. By a scalar it is the derivative, of the
 * shape of the function. Nothing is checked and nothing has to be loaded. Raises `NotDifferentiableError` where the
 * derivative has more than two axes: `derive` gives it as a linear map.
 */
export function jacobian(problem: Problem, options: JacobianOptions): Expr {
  const { of, wrt } = options
  if (problem.layers !== undefined) {
    throw new NotDifferentiableError(
      'form-of-recurrence',
      'a Jacobian through a recurrence of symbolic depth is not offered',
      {
        hint: 'use derive or gradient for a function that is a number',
      },
    )
  }
  const answer = work(ask(problem, { of, wrt: [wrt], order: 1 }), options).answers[0]!
  if (answer.kind === 'gradient' && !isScalar(answer.expanded.shape))
    return simplify(transpose(answer.expanded), problem)
  if (answer.kind !== 'differential') return answer.expanded
  throw new NotDifferentiableError(
    'more-axes',
    'this derivative has more than two axes, so it is no matrix',
    {
      hint: 'use derive, which gives it as a linear map',
    },
  )
}

/** The form a lecturer would write, by named laws, resting on what the problem declares. Raises `LimitError`. */
export function simplify(node: Expr, problem?: Partial<Problem>, options: BudgetOptions = {}): Expr {
  const budget = startBudget(options)
  return finish(startSimplifier({ ...knowledgeOf(problem), budget }).simplify(node))
}

function knowledgeOf(problem: Partial<Problem> = {}) {
  const { definitions = [], declarations = [], facts = [] } = problem
  return { definitions, declarations, facts }
}

export interface EvaluateOptions extends BudgetOptions {
  /** Nested lists by name: a number, a list for a vector, a list of rows. A defined name may be given a value too. */
  readonly values?: Readonly<Record<string, Nested>> | ReadonlyMap<string, Nested> | undefined
  /** Numbers for the letters of sizes, as far as the values do not show them. */
  readonly sizes?: Readonly<Record<string, number>> | undefined
  /** Definitions, and numbers that are used where `values` has none: a problem or the solution of one. */
  readonly within?: Problem | Solution | undefined
  /** Known functions in the place of unknown ones: `{ g: 'tanh' }`. */
  readonly functions?: Readonly<Record<string, string>> | undefined
  readonly engines?: Pick<Engines, 'tensors'> | undefined
}

/**
 * The value of an expression: a number for a scalar, a list for a column, a list of rows otherwise. Loads mathjs the
 * first time. Raises `NameError` for a name without a value, `ShapeError` where a value does not fit its symbol, and
 * `DomainError` where the value is not a finite number.
 */
export async function evaluate(node: Expr, options: EvaluateOptions = {}): Promise<Nested> {
  const { tensors } = options.engines ?? (await loadEngines())
  const { problem, definitions } = settingOf(options.within)
  const values = new Map<Sym, Nested>(problem?.values)
  const named = new Map(symbolsUnder(node, definitions).map(symbol => [symbol.name, symbol]))
  for (const [name, value] of entriesOf(options.values)) {
    const symbol = named.get(name) ?? (problem && resolverOf(problem).symbol(name))
    if (symbol !== undefined) values.set(symbol, value)
  }
  const sizes = new Map([...(problem?.sizes ?? []), ...entriesOf(options.sizes)])
  const functions = new Map(
    entriesOf(options.functions).map(([name, known]) => [name, knownFunction(tensors, known)]),
  )
  const point = { ...pointOf(tensors, { values, sizes }), indices: new Map<Sym, number>(), functions }
  const [value] = evaluateExpr(tensors, [node], point, { definitions, budget: startBudget(options) })
  return nestedOf(value!, node.shape)
}

function settingOf(within: Problem | Solution | undefined): {
  readonly problem: Problem | undefined
  readonly definitions: readonly Definition[]
} {
  if (within === undefined) return { problem: undefined, definitions: [] }
  if (!('adjoints' in within)) return { problem: within, definitions: within.definitions }
  return { problem: within.problem, definitions: [...within.problem.definitions, ...within.adjoints] }
}

function symbolsUnder(node: Expr, definitions: readonly Definition[]): readonly Sym[] {
  return symbolsOf([node, ...definitions.flatMap(({ symbol, body }) => [symbol, body])])
}

function entriesOf<T>(
  table: Readonly<Record<string, T>> | ReadonlyMap<string, T> | undefined,
): readonly (readonly [string, T])[] {
  if (table === undefined) return []
  return table instanceof Map ? [...table] : Object.entries(table as Readonly<Record<string, T>>)
}

export interface VerifyOptions extends BudgetOptions {
  readonly of: string | Expr
  readonly wrt: string | Sym
  readonly order?: 1 | 2 | undefined
  readonly points?: number | undefined
  readonly seed?: string | undefined
  readonly engines?: Engines | undefined
}

/**
 * Compares a claimed derivative with automatic differentiation of the function, at random points that respect what
 * the problem declares. The layout is that of `derive`: the shape of the variable for a scalar function, else outputs
 * by rows. The outcome is in the `status` of the check; nothing is raised for a claim that is wrong, and `ShapeError`
 * for one that cannot have the shape.
 */
export async function verify(problem: Problem, claim: Expr, options: VerifyOptions): Promise<Check> {
  const { of, wrt, order = 1, points, seed } = options
  const question = ask(problem, { of, wrt: [wrt], order }).questions[0]!
  const kind = kindOf(question.of, question.wrt, order)
  const engines = options.engines ?? (await loadEngines())
  const { definitions, declarations, facts, sizes } = problem
  const claimed = { kind, order, output: question.of, wrt: question.wrt, result: claim }
  const budget = startBudget(options)
  return await verifyGradient({ definitions, declarations, facts, sizes }, claimed, engines, {
    count: points,
    seed,
    budget,
  })
}

function kindOf(of: Expr, wrt: Sym, order: 1 | 2): 'gradient' | 'jacobian' | 'derivative' | 'hessian' {
  if (order === 2) return 'hessian'
  if (isScalar(of.shape)) return 'gradient'
  return isScalar(wrt.shape) ? 'derivative' : 'jacobian'
}

function notScalar(of: Expr): NotDifferentiableError {
  return new NotDifferentiableError(
    'scalar-needed',
    `a gradient needs a scalar, this is ${shapeText(of.shape)}`,
    {
      hint: 'ask for the Jacobian, or differentiate a scalar such as the sum of the entries',
    },
  )
}
