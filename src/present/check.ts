import { rational } from '../base/rational.js'
import type { Check } from '../evaluate/check.js'
import { number, symbol } from '../expr/intern.js'
import type { Sym } from '../expr/node.js'
import { SCALAR } from '../expr/shape.js'
import { postorder } from '../expr/walk.js'
import type { Drafting } from './drafting.js'
import { expression, type Maths, type Prose, type Section } from './maths.js'

/** How the results were verified, in one sentence; what could not be verified is said for itself. */
export function checkSection({ solution, nameOf }: Drafting): Section {
  const sentences: Prose[] = []
  const checks = solution.answers.flatMap(({ check }) => (check === undefined ? [] : [check]))
  const agreeing = checks.filter(({ status }) => status === 'agrees')
  if (agreeing.length > 0) sentences.push(agreement(agreeing, solution.answers.length, functionsOf(solution)))
  const others = new Map<string, Maths[]>()
  for (const { question, check } of solution.answers) {
    if (check === undefined || check.status === 'agrees') continue
    const { of, wrt, order } = question
    const derivative = { kind: 'derivative', of: nameOf(of), wrt, order } as const
    const known = others.get(check.message)
    if (known) known.push(derivative)
    else others.set(check.message, [derivative])
  }
  for (const [message, derivatives] of others) {
    sentences.push(['Could not be checked: ', ...joined(derivatives, ', '), ` (${message}).`])
  }
  if (checks.length < solution.answers.length) sentences.push(['Not checked numerically.'])
  return { id: 'check', title: 'Check', rows: [], sentences }
}

function agreement(checks: readonly Check[], asked: number, unknown: readonly Sym[]): Prose {
  const which =
    asked === 1
      ? 'The derivative agrees'
      : checks.length === asked
        ? `${asked === 2 ? 'Both' : `All ${asked}`} derivatives agree`
        : `${checks.length} of ${asked} derivatives agree`
  const points = Math.min(...checks.map(check => check.points))
  const prose: (string | Maths)[] = [
    `${which} with automatic differentiation of ${subjectOf(checks)} at ${points} random points`,
  ]
  const sizes = sizesOf(checks)
  if (sizes.length > 0) prose.push(', with ', ...sizes)
  if (unknown.length > 0) {
    const functions = Math.min(...checks.map(check => check.functions))
    prose.push(`, for ${functions} random choices of `, ...joined(unknown.map(expression), ', '))
  }
  const largest = Math.max(...checks.map(check => check.largestDifference))
  prose.push(` (relative differences below ${boundText(largest)}${branchesText(checks)}).`)
  return prose
}

/** A recurrence is differentiated once it is written out. */
function subjectOf(checks: readonly Check[]): string {
  const unrolled = checks.find(check => check.unrolled !== undefined)?.unrolled
  return unrolled === undefined ? 'the original function' : `the recurrence unrolled at ${unrolled},`
}

/** `m = 3, n = 2 and m = 2, n = 4` */
function sizesOf(checks: readonly Check[]): Prose {
  const choices = checks.flatMap(check => check.sizes).filter(choice => choice.length > 0)
  const distinct = [...new Map(choices.map(choice => [choice.join(';'), choice])).values()]
  const shown = distinct.slice(0, 2).map(choice =>
    joined(
      choice.map(([name, size]) => sizeEquation(name, size)),
      ', ',
    ),
  )
  const prose = shown.flatMap((choice, i) => (i === 0 ? choice : [' and ', ...choice]))
  return distinct.length > 2 ? [...prose, ` and ${distinct.length - 2} more choices of sizes`] : prose
}

function sizeEquation(name: string, size: number): Maths {
  return {
    kind: 'equation',
    left: symbol(name, SCALAR, 'dimension'),
    right: number(rational(size)),
  }
}

function joined(items: readonly Maths[], separator: string): Prose {
  return items.flatMap((item, i) => (i === 0 ? [item] : [separator, item]))
}

/**
 * A coarse bound for a difference. The difference itself is rounding, and its digits differ from machine to machine;
 * what is printed must not.
 */
export function differenceBound(difference: number): number {
  return BOUNDS.find(bound => difference < bound) ?? Number.POSITIVE_INFINITY
}

const BOUNDS: readonly number[] = Object.freeze([1e-12, 1e-9, 1e-6, 1e-3])

function boundText(difference: number): string {
  const bound = differenceBound(difference)
  return Number.isFinite(bound) ? bound.toExponential(0) : 'no bound'
}

function branchesText(checks: readonly Check[]): string {
  const visited = Math.max(...checks.map(({ branches }) => branches.visited))
  const missed = Math.max(...checks.map(({ branches }) => branches.missed))
  if (visited + missed === 0) return ''
  if (missed === 0) return `; on all ${visited} sides of the kinks`
  return `; on ${visited} of ${visited + missed} sides of the kinks`
}

/** The names of the functions that the author left unknown. */
function functionsOf({ problem }: Drafting['solution']): readonly Sym[] {
  const functions = new Set<Sym>()
  for (const node of postorder(
    [...(problem.layers?.steps ?? []), ...problem.definitions]
      .map(({ body }) => body)
      .concat(problem.questions.map(({ of }) => of)),
  )) {
    if (node.kind !== 'call') continue
    const { abstract, layered } = node.op
    if (abstract !== undefined) functions.add(symbol(abstract.name))
    if (layered !== undefined && 'unknown' in layered) functions.add(symbol(layered.unknown))
  }
  return [...functions]
}
