import { NameError } from '../../base/errors.js'
import { cover, type Span } from '../../base/span.js'
import type { Op } from '../../expr/op.js'
import { both, equals, greater, greaterOrEqual, less, lessOrEqual, notEqual } from '../../ops/comparison.js'
import type {
  CaseBranch,
  CasesSyntax,
  DerivativeSyntax,
  DifferentialSyntax,
  GradientSyntax,
  RelationOperator,
  RelationSyntax,
  ScriptedSyntax,
  Syntax,
} from '../syntax.js'
import { coverOf } from './cover.js'
import { writtenDifferential } from './derivative-op.js'
import { makeCall } from './make-call.js'
import { makeDerivative } from './make-derivative.js'
import { makeCases } from './make-entry.js'
import { bare, scriptText } from './names.js'
import { note, type Session } from './reader.js'
import { type Place, plan, type Step } from './resolve.js'

/** Raises `NameError` at something that is understood but not offered. */
export function unsupported(what: string, span: Span): never {
  throw new NameError('unsupported', `${what} is not supported`, { span })
}

const COMPARISONS: ReadonlyMap<RelationOperator, Op> = new Map<RelationOperator, Op>([
  ['<', less],
  ['>', greater],
  ['<=', lessOrEqual],
  ['>=', greaterOrEqual],
  ['=', equals],
  ['==', equals],
  ['!=', notEqual],
])

/** A condition, or a chain of them, as a value of 0 or 1. */
export function planCondition(session: Session, node: RelationSyntax, place: Place): Step {
  const ops = node.operators.map(operator => COMPARISONS.get(operator))
  if (node.leading || ops.includes(undefined)) return unsupported('this relation as a value', node.span)
  return plan(node.operands, place, operands => {
    const parts = ops.map((op, i) => {
      const pair = [operands[i]!, operands[i + 1]!]
      return makeCall(session, op!, pair, cover(pair[0]!.span, pair[1]!.span))
    })
    return parts.length === 1 ? { ...parts[0]!, span: node.span } : makeCall(session, both, parts, node.span)
  })
}

/**
 * Branches in order. A last branch with a condition stands for all that is left when the conditions leave nothing
 * else out; otherwise a value is missing. Raises `NameError`.
 */
export function planCases(session: Session, node: CasesSyntax, place: Place): Step {
  const { branches } = node
  const parts: Syntax[] = []
  const last = branches[branches.length - 1]!
  if (last.condition !== null && !isRest(last.condition)) requireCover(session, branches, node.span)
  branches.forEach((branch, i) => {
    const ends = i === branches.length - 1
    if (!ends && branch.condition === null)
      unsupported('a branch without a condition before the last', branch.value.span)
    if (!ends) parts.push(branch.condition!)
    parts.push(branch.value)
  })
  return plan(parts, place, terms => (terms.length === 1 ? terms[0]! : makeCases(session, terms, node.span)))
}

/** Words for what is left: `everywhere else`, `in all other cases`. */
function isRest(condition: Syntax): boolean {
  return condition.kind === 'text' && /else|other|rest|default/.test(condition.text)
}

function requireCover(session: Session, branches: readonly CaseBranch[], span: Span): void {
  const conditions = branches.flatMap(({ condition }) => (condition === null ? [] : [condition]))
  const cover = coverOf(conditions)
  const last = conditions[conditions.length - 1]!
  if (cover === undefined && !namesAll(session, conditions)) {
    throw new NameError('missing-otherwise', 'no value is given where none of these conditions holds', {
      span: branches.length === 1 ? span : last.span,
      hint: 'add an otherwise row: 0 & \\text{otherwise}',
    })
  }
  for (const joint of cover?.joints ?? []) {
    note(session, `at ${joint} the last row of the choice holds`, 'no condition holds there', last.span)
  }
}

const MEMBERS: ReadonlyMap<string, string> = new Map([
  ['binary', '0,1'],
  ['sign', '-1,1'],
])

/** Whether a quantity declared to be one of two numbers is compared with both. */
function namesAll(session: Session, conditions: readonly Syntax[]): boolean {
  const relations = conditions.map(bare)
  const pairs = relations.map(node =>
    node.kind === 'relation' && node.operands.length === 2 && node.operators[0] === '='
      ? node.operands.map(operand => scriptText(operand))
      : [],
  )
  const [subject] = pairs[0] ?? []
  const entry = subject === undefined ? undefined : session.scope.get(subject)
  const parts = subject === undefined ? undefined : session.scope.get(subject.replace(/_.*$/, ''))
  const found = entry ?? parts
  const values = pairs.map(([left, right]) => (left === subject ? right : undefined)).sort()
  // Of `y \in \{0, 1\}` alone nobody knows whether y is a label or an index.
  if (found?.kind === 'index') return [...MEMBERS.values()].includes(values.join())
  return found?.kind === 'symbol' && MEMBERS.get(found.set) === values.join()
}

/** A derivative inside a formula. */
export function planDerivative(session: Session, node: DerivativeSyntax, place: Place): Step {
  if (node.of === null) return unsupported('a derivative of nothing', node.span)
  const variables = node.by.flatMap(by => {
    const times = by.order === null ? 1 : Number(scriptText(by.order) ?? Number.NaN)
    if (times !== 1 && times !== 2) return unsupported('a derivative of an order above two', node.span)
    return Array.from({ length: times }, () => withoutTranspose(by.variable))
  })
  if (variables.length > 2) return unsupported('a derivative of an order above two', node.span)
  return plan([node.of, ...variables], place, ([of, ...by]) =>
    makeDerivative(session, of!, by, 'jacobian', node.span),
  )
}

/** `\mathrm{d}X` in a line of a derivation: the change of what stands behind the sign. */
export function planDifferential(session: Session, node: DifferentialSyntax, place: Place): Step {
  if (session.lines !== true) return unsupported('a differential outside a fraction', node.span)
  if (node.operand === null) return unsupported('the change of nothing', node.span)
  if (node.order !== null) return unsupported('a change of a higher order', node.span)
  return plan([node.operand], place, ([operand]) =>
    makeCall(session, writtenDifferential, [operand!], node.span),
  )
}

/** A gradient inside a formula; without a subscript it is by the arguments of the call it stands before. */
export function planGradient(session: Session, node: GradientSyntax, place: Place): Step {
  const { operand } = node
  if (operand === null) return unsupported('a gradient of nothing', node.span)
  const called = bare(operand)
  const by = node.by.length > 0 ? node.by : called.kind === 'adjoined' ? called.args : (session.implied ?? [])
  const [variable] = by
  if (variable === undefined || by.length !== 1) {
    return unsupported('a gradient by several variables inside a formula', node.span)
  }
  const twice = node.superscripts.some(script => scriptText(script) === '2')
  return plan([operand, variable, ...(twice ? [variable] : [])], place, ([of, ...variables]) =>
    makeDerivative(session, of!, variables, 'gradient', node.span),
  )
}

/** `(x^2 \sin x)'` in a line of a derivation, where one variable is meant. */
export function planPrimedGroup(session: Session, node: ScriptedSyntax, place: Place): Step {
  const [variable, other] = session.lines === true ? (session.implied ?? []) : []
  const plain = node.superscripts.length === 0 && node.subscripts.length === 0 && node.primes <= 2
  if (variable === undefined || other !== undefined || !plain)
    return unsupported('a prime behind a bracket', node.span)
  const by = Array.from({ length: node.primes }, () => variable)
  return plan([node.base, ...by], place, ([of, ...variables]) =>
    makeDerivative(session, of!, variables, 'gradient', node.span),
  )
}

/** `\partial x^\top` below the line of a Hessian is the variable itself. */
export function withoutTranspose(node: Syntax): Syntax {
  const now = bare(node)
  if (now.kind !== 'scripted') return now
  const kept = now.superscripts.filter(script => !/^(?:T|top|intercal)$/.test(scriptText(script) ?? ''))
  if (kept.length === now.superscripts.length) return now
  return kept.length === 0 && now.subscripts.length === 0 && now.primes === 0
    ? now.base
    : { ...now, superscripts: kept }
}
