import type { Budget } from '../../base/limits.js'
import type { Check } from '../../evaluate/check.js'
import type { Claim } from '../../evaluate/claim.js'
import type { Engines } from '../../evaluate/oracle.js'
import { adjointClaim, verifyDerivation, wantVerified } from '../../evaluate/verify.js'
import type { Layers, Problem } from '../../expr/problem.js'
import type { Answer, Solution } from '../solution.js'
import { Unrolling } from './unroll.js'

interface CheckOptions {
  readonly count: number | undefined
  readonly seed: string | undefined
  readonly budget: Budget
}

/** How far from the least depth a recurrence is written out. */
const FURTHER = [0, 1, 3]
/** Points at each depth, where nobody says how many: every depth speaks about every member. */
const POINTS = 6

/**
 * Checks a backward recurrence by writing it out: at several depths the problem is an ordinary one, its derivatives
 * by automatic differentiation are compared with those the recurrence gives, for every member and for every adjoint.
 * Raises `VerificationError` for what is refuted.
 */
export async function verifiedLayers(
  problem: Problem,
  layers: Layers,
  solution: Solution,
  engines: Engines,
  options: CheckOptions,
): Promise<Solution> {
  const found = new Map<Answer, Check[]>()
  const depths = depthsFor(problem, layers, solution)
  for (const unrolling of depths.values()) {
    const work = claimsOf(unrolling, solution)
    const { definitions, declarations, facts, backward } = unrolling
    const sizes = new Map([...problem.sizes].filter(([letter]) => letter !== layers.depth))
    const derivation = {
      definitions,
      declarations,
      facts,
      sizes,
      names: backward,
      outputs: [...new Set(problem.questions.map(({ of }) => unrolling.formula(of)))],
      claims: work.map(({ claim }) => claim),
    }
    const checks = await verifyDerivation(derivation, engines, { ...options, count: options.count ?? POINTS })
    wantVerified(checks, derivation)
    checks.claims.forEach((check, k) => {
      const { answer } = work[k]!
      // An adjoint that was not decided says nothing about the answers, which are looked at themselves.
      if (answer !== undefined) found.set(answer, [...(found.get(answer) ?? []), check])
    })
  }
  const answers = solution.answers.map(answer => ({
    ...answer,
    check: together(found.get(answer) ?? [], layers.depth, [...depths.keys()]),
  }))
  return { ...solution, answers }
}

interface Work {
  readonly claim: Claim
  readonly answer: Answer | undefined
}

function claimsOf(unrolling: Unrolling, { answers }: Solution): readonly Work[] {
  const about = answers.flatMap((answer): Work[] =>
    unrolling.answers(answer).map(({ wrt, result }) => {
      const output = unrolling.formula(answer.question.of)
      return { answer, claim: { kind: 'gradient', order: 1, output, wrt, result } }
    }),
  )
  const adjoints = unrolling.backward.flatMap((adjoint): Work[] => {
    const claim = adjointClaim(adjoint)
    return claim === undefined ? [] : [{ claim, answer: undefined }]
  })
  return [...about, ...adjoints]
}

/** The least depths the formulas speak about, and one further on. */
function depthsFor(
  problem: Problem,
  layers: Layers,
  { backward = [], leastDepth }: Solution,
): ReadonlyMap<number, Unrolling> {
  if (leastDepth === undefined) return new Map()
  const unroll = (depth: number) => new Unrolling(problem, layers, backward, depth)
  return new Map(FURTHER.map(more => [leastDepth + more, unroll(leastDepth + more)]))
}

/** One check of what was found at several depths. */
function together(checks: readonly Check[], letter: string, depths: readonly number[]): Check {
  const [first] = checks
  const unrolled = `${letter} = ${depths.join(', ')}`
  const at = `unrolled at ${unrolled}`
  if (first === undefined) {
    return Object.freeze({
      status: 'undecided',
      points: 0,
      sizes: [],
      largestDifference: 0,
      branches: { visited: 0, missed: 0 },
      functions: 0,
      seed: '',
      message: 'no small number of steps was found at which the recurrence can be written out',
    })
  }
  const undecided = checks.find(({ status }) => status !== 'agrees')
  const points = checks.reduce((total, check) => total + check.points, 0)
  return Object.freeze({
    ...(undecided ?? first),
    unrolled,
    points,
    sizes: checks.flatMap(({ sizes }) => sizes),
    largestDifference: Math.max(...checks.map(({ largestDifference }) => largestDifference)),
    message: undecided === undefined ? `${at}: agrees at ${points} points` : `${at}: ${undecided.message}`,
  })
}
