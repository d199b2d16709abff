import { loadAutograd } from '../autograd/load.js'
import type { Autograd } from '../autograd/traced.js'
import { type BudgetOptions, startBudget } from '../base/limits.js'
import type { Check } from '../evaluate/check.js'
import type { Claim } from '../evaluate/claim.js'
import type { Engines } from '../evaluate/oracle.js'
import { adjointClaim, verifyDerivation, wantVerified } from '../evaluate/verify.js'
import type { Derivation } from '../evaluate/verifying.js'
import type { Expr } from '../expr/node.js'
import type { Problem } from '../expr/problem.js'
import { loadTensors } from '../tensor/load.js'
import { type DomainCondition, domainConditions } from './conditions.js'
import { type WorkedOptions, work } from './derive.js'
import { placeOf } from './entries.js'
import { verifiedLayers } from './layers/verified.js'
import type { Answer, EntryForm, Solution } from './solution.js'
import { workingsOf } from './workings.js'

export interface VerifiedOptions extends WorkedOptions, BudgetOptions {
  /** How many points a result is compared at; 16 unless said otherwise. */
  readonly points?: number | undefined
  /** Text the points are drawn from; a hash of the formulas unless said otherwise. */
  readonly seed?: string | undefined
  /** Engines that are loaded already; loading them takes longer than most checks. */
  readonly engines?: Engines | undefined
}

/** Loads the engines of a check; the one for automatic differentiation when it is first needed. Keep the result. */
export async function loadEngines(): Promise<Engines> {
  const tensors = await loadTensors()
  let autograd: Promise<Autograd> | undefined
  return {
    tensors,
    autograd: () => {
      autograd ??= loadAutograd()
      return autograd
    },
  }
}

/**
 * Answers every question of a problem, and checks every answer against automatic differentiation of the original
 * function and every step of the working numerically. Raises `VerificationError`, naming the rule, when something is
 * refuted; an answer that could not be decided says so in its check. Raises what `work` raises besides.
 */
export async function workVerified(problem: Problem, options: VerifiedOptions = {}): Promise<Solution> {
  return await verified(problem, work(problem, options), options)
}

/** Checks a solution that was worked out without checks; see `workVerified`. */
export async function verified(
  problem: Problem,
  solution: Solution,
  options: VerifiedOptions = {},
): Promise<Solution> {
  const engines = options.engines ?? (await loadEngines())
  const verifyOptions = { count: options.points, seed: options.seed, budget: startBudget(options) }
  if (problem.layers !== undefined) {
    return await verifiedLayers(problem, problem.layers, solution, engines, verifyOptions)
  }
  const derivation = derivationOf(problem, solution)
  const found = await verifyDerivation(derivation, engines, verifyOptions)
  wantVerified(found, derivation)
  const checks = new Map<Answer, Check>(solution.answers.map((answer, k) => [answer, found.claims[k]!]))
  const conditions = new Map<Expr, readonly DomainCondition[]>()
  for (const { of } of problem.questions)
    if (!conditions.has(of)) conditions.set(of, Object.freeze(domainConditions(problem, [of])))
  const answers = solution.answers.map(answer => ({
    ...answer,
    conditions: conditions.get(answer.question.of),
    check: checks.get(answer),
  }))
  return { ...solution, answers }
}

/** The claims of a solution: its answers first, in order, then every form in which they are printed, and the adjoints. */
function derivationOf(problem: Problem, solution: Solution): Derivation {
  const { problem: worked, adjoints, answers } = solution
  const original = new Set<Expr>(problem.definitions.map(({ symbol }) => symbol))
  const staged = worked.definitions.filter(({ symbol }) => !original.has(symbol))
  const claims: Claim[] = answers.map(answer => claimOf(answer, answer.result))
  for (const answer of answers) {
    if (answer.expanded !== answer.result) claims.push(claimOf(answer, answer.expanded))
    if (answer.entries !== undefined && answer.kind !== 'entry')
      claims.push(entryClaimOf(answer, answer.entries))
  }
  for (const adjoint of adjoints) {
    const claim = adjoint.of !== undefined && original.has(adjoint.of) ? adjointClaim(adjoint) : undefined
    if (claim !== undefined) claims.push(claim)
  }
  return {
    definitions: problem.definitions,
    declarations: worked.declarations,
    facts: problem.facts,
    sizes: problem.sizes,
    names: [...staged, ...adjoints],
    outputs: problem.questions.map(({ of }) => of),
    claims,
    steps: [...solution.steps, ...workingsOf(solution).steps],
  }
}

function claimOf(answer: Answer, result: Expr): Claim {
  const { question, kind, change, entries, turned } = answer
  if (kind === 'entry' && entries !== undefined) return entryClaimOf(answer, { ...entries, value: result })
  const { of, wrt, order, second } = question
  return { kind, output: of, wrt, order, second, result, change, turned }
}

/** Entries of an array are compared with the derivative of the whole array, whatever their indices are. */
function entryClaimOf({ question }: Answer, { of, by, value }: EntryForm): Claim {
  const { wrt, order, second } = question
  const place = (part: Expr) => (part.kind === 'call' ? placeOf(part) : {})
  const whole = of === question.of ? {} : { of: place(of) }
  const entry = { ...whole, by: by.map(place) }
  return { kind: 'entry', output: question.of, wrt, order, second, result: value, entry }
}
