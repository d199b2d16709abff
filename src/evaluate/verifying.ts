import type { Autograd } from '../autograd/traced.js'
import { MathError, unreachable } from '../base/errors.js'
import type { Budget } from '../base/limits.js'
import type { Call, Expr, Sym } from '../expr/node.js'
import type { Declaration, Definition, Fact } from '../expr/problem.js'
import type { Step } from '../expr/step.js'
import type { Tensors } from '../tensor/tensor.js'
import { type Check, Tally } from './check.js'
import type { Claim, ClaimWork, Found } from './claim.js'
import { compareClaims } from './claims.js'
import { finiteMagnitude } from './compare.js'
import { type Point, runAt } from './evaluate.js'
import { contentHash } from './hash.js'
import { startNarrowing } from './narrow.js'
import { type Plan, planOf } from './plan.js'
import { type Design, designPoints, type PointGroup } from './points.js'
import { compareStep, isCheckable, namesIn, rootsOf, type StepWork } from './steps.js'

/** A derivation as far as numbers can speak about it. */
export interface Derivation {
  /** What the functions are defined through: these alone are differentiated by the autograd engine. */
  readonly definitions: readonly Definition[]
  readonly declarations?: readonly Declaration[] | undefined
  readonly facts?: readonly Fact[] | undefined
  readonly sizes?: ReadonlyMap<string, number> | undefined
  /** Names that results and steps use besides: adjoints, stages. In any order. */
  readonly names?: readonly Definition[] | undefined
  /** The functions whose domain the points keep to, where there are no claims: otherwise what the steps start from. */
  readonly outputs?: readonly Expr[] | undefined
  readonly claims?: readonly Claim[] | undefined
  readonly steps?: readonly Step[] | undefined
}

export interface VerifyOptions {
  /** How many points; 16 unless said otherwise. */
  readonly count?: number | undefined
  /** Text the points are drawn from; a hash of the formulas unless said otherwise. */
  readonly seed?: string | undefined
  readonly budget?: Budget | undefined
}

export interface Verification {
  /** One for each claim, in order. */
  readonly claims: readonly Check[]
  /** One for each step, in order; undefined where a step claims nothing that numbers can contradict. */
  readonly steps: readonly (Check | undefined)[]
}

const ROUNDS = 3

/** The work behind `verifyDerivation`. */
export class Verifying {
  readonly #derivation: Derivation
  readonly #tensors: Tensors
  readonly #autograd: Autograd | undefined
  readonly #options: VerifyOptions

  /** Without claims there is no need of automatic differentiation. */
  constructor(
    derivation: Derivation,
    tensors: Tensors,
    autograd: Autograd | undefined,
    options: VerifyOptions,
  ) {
    this.#derivation = derivation
    this.#tensors = tensors
    this.#autograd = autograd
    this.#options = options
  }

  /** Functions that are defined nowhere together are looked at one by one; their steps then stay undecided. */
  verify(claims: readonly Claim[], steps: readonly Step[]): Verification {
    const joint = this.#verifyTogether(claims, steps)
    const outputs = new Set(claims.map(({ output }) => output))
    if (outputs.size < 2 || joint.claims.some(({ points }) => points > 0)) return joint
    const apart = new Map<Claim, Check>()
    for (const output of outputs) {
      const about = claims.filter(claim => claim.output === output)
      const { claims: checks } = this.#verifyTogether(about, [])
      for (const [k, claim] of about.entries()) apart.set(claim, checks[k]!)
    }
    return { ...joint, claims: claims.map(claim => apart.get(claim)!) }
  }

  #verifyTogether(claims: readonly Claim[], steps: readonly Step[]): Verification {
    const { definitions, names = [] } = this.#derivation
    const claimWorks = claims.map(claim => ({ claim, tally: new Tally() }))
    const checkable = steps.filter(isCheckable)
    const narrowed = startNarrowing()
    const stepWorks = checkable.map(step => ({ step: narrowed(step), tally: new Tally() }))
    const results = claims.map(({ result }) => result)
    const stepRoots = stepWorks.map(({ step }) => rootsOf(step))
    const all = distinctDefinitions([...definitions, ...names, ...namesIn(steps)])
    const outputs = claims.map(({ output }) => output)
    const plan = planOf([...results, ...outputs, ...stepRoots.flat()], { definitions: all })
    const seed =
      this.#options.seed ?? contentHash([...results, ...outputs, ...stepRoots.flat().slice(0, 64)], all)
    const places = new Map(claims.map((claim, k) => [claim, k]))
    const designs: Design[] = []
    for (let round = 0; round < ROUNDS; round++) {
      const design = this.#attempt([...claimWorks, ...stepWorks], () =>
        this.#design(claims, checkable, stepRoots.flat(), all, round === 0 ? seed : `${seed} ${round}`),
      )
      if (design === undefined) break
      designs.push(design)
      const open = claimWorks.filter(({ tally }) => !tally.settled)
      const openSteps = new Set(stepWorks.filter(({ tally }) => !tally.settled))
      for (const group of design.groups) {
        const runs = this.#runs(group, plan)
        this.#compareClaims(group, open, seed, all, (claim, point) => {
          const at = places.get(claim)!
          const { value, scale } = runs(point, at)
          return { value, scale: Math.max(scale, runs(point, claims.length + at).scale) }
        })
        this.#compareSteps(group, stepWorks, openSteps, seed, (point, root) =>
          runs(point, 2 * claims.length + root),
        )
      }
      if ([...claimWorks, ...stepWorks].every(({ tally }) => tally.settled)) break
      if (design.groups.length === 0) break
    }
    const needed = this.#options.count === undefined ? undefined : Math.min(12, this.#options.count)
    const stepChecks = new Map(
      stepWorks.map(({ tally }, k) => [checkable[k]!, withRule(tally.check(designs, needed), checkable[k]!)]),
    )
    return {
      claims: claimWorks.map(({ tally }) => tally.check(designs, needed)),
      steps: steps.map(step => stepChecks.get(step)),
    }
  }

  /** Does what may turn out to be impossible; then nothing is said about the claims concerned. */
  #attempt<T>(works: readonly { readonly tally: Tally }[], work: () => T): T | undefined {
    try {
      return work()
    } catch (error) {
      if (!(error instanceof MathError) || error.code === 'limit-time' || error.code === 'aborted')
        throw error
      for (const { tally } of works) tally.prevent(error.message)
      return undefined
    }
  }

  #design(
    claims: readonly Claim[],
    steps: readonly Step[],
    stepRoots: readonly Expr[],
    definitions: readonly Definition[],
    seed: string,
  ): Design {
    const { declarations, facts, sizes } = this.#derivation
    const pieces = {
      outputs: this.#outputs(claims, steps),
      results: claims.map(({ result }) => result),
      others: [...claims.flatMap(variedIn), ...stepRoots],
      definitions,
      declarations,
      facts,
      sizes,
    }
    const { count, budget } = this.#options
    return designPoints(this.#tensors, pieces, { seed, count, budget })
  }

  #outputs(claims: readonly Claim[], steps: readonly Step[]): readonly Expr[] {
    const { outputs = [] } = this.#derivation
    const all = [...new Set([...outputs, ...claims.map(({ output }) => output)])]
    return all.length > 0 ? all : [...new Set(steps.map(({ before }) => before))]
  }

  /** One evaluation of everything at each point. */
  #runs(group: PointGroup, plan: Plan): (point: number, root: number) => Found {
    const tensors = this.#tensors
    const runs = group.points.map(point =>
      runAt(tensors, plan, point, {
        measure: finiteMagnitude,
        forgiving: true,
        budget: this.#options.budget,
      }),
    )
    return (point, root) => ({ value: runs[point]!.values[root]!, scale: runs[point]!.scales[root]! })
  }

  #compareSteps(
    group: PointGroup,
    works: readonly StepWork[],
    open: ReadonlySet<StepWork>,
    seed: string,
    found: (point: number, root: number) => Found,
  ): void {
    const tensors = this.#tensors
    const plans = new Map<Call, Plan>()
    let root = 0
    for (const work of works) {
      const from = root
      const roots = rootsOf(work.step)
      root += roots.length
      if (!open.has(work)) continue
      for (const [p, point] of group.points.entries()) {
        this.#options.budget?.remaining()
        const masked = group.masked[p]!
        const context = { tensors, point, masked, seed: `${seed} ${p}`, plans }
        const values = roots.map((_, i) => found(p, from + i))
        compareStep(context, work, values)
        if (work.tally.settled) break
      }
    }
  }

  #compareClaims(
    group: PointGroup,
    works: readonly ClaimWork[],
    seed: string,
    names: readonly Definition[],
    found: (claim: Claim, point: number) => Found,
  ): void {
    const { definitions } = this.#derivation
    const plans = new Map<Claim, Plan>()
    const valueAt = (claim: Claim, point: Point): Found => {
      const plan = plans.get(claim) ?? planOf([claim.result, claim.output], { definitions: names })
      plans.set(claim, plan)
      const { values, scales } = runAt(this.#tensors, plan, point, {
        measure: finiteMagnitude,
        forgiving: true,
        budget: this.#options.budget,
      })
      return { value: values[0]!, scale: Math.max(scales[0]!, scales[1]!) }
    }
    const open = works.filter(({ tally }) => !tally.ended)
    for (const output of new Set(open.map(({ claim }) => claim.output))) {
      const about = open.filter(({ claim }) => claim.output === output)
      const context = {
        tensors: this.#tensors,
        autograd: this.#autograd ?? unreachable('claims are compared without automatic differentiation'),
        definitions,
        group,
        seed,
        budget: this.#options.budget,
        valueAt,
      }
      this.#attempt(about, () => compareClaims(context, about, found))
    }
  }
}

/** The first definition of every symbol. */
function distinctDefinitions(definitions: readonly Definition[]): readonly Definition[] {
  const known = new Map<Sym, Definition>()
  for (const definition of definitions) {
    if (!known.has(definition.symbol)) known.set(definition.symbol, definition)
  }
  return [...known.values()]
}

function withRule(check: Check, { rule }: Step): Check {
  if (check.status !== 'refuted') return check
  return Object.freeze({ ...check, rule: rule.id, message: `${rule.name}: both sides differ` })
}

/** What points need values for, besides what the formulas mention. */
function variedIn({ wrt, second, change }: Claim): readonly Expr[] {
  return [wrt, second, change].filter(symbol => symbol !== undefined)
}
