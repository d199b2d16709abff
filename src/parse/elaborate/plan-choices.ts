import { NameError } from '../../base/errors.js'
import { cover, type Span } from '../../base/span.js'
import type { Op } from '../../expr/op.js'
import { both, equals, greater, greaterOrEqual, less, lessOrEqual, notEqual } from '../../ops/comparison.js'
import type {
  CasesSyntax,
  DerivativeSyntax,
  GradientSyntax,
  RelationOperator,
  RelationSyntax,
  Syntax,
} from '../syntax.js'
import { makeCall } from './make-call.js'
import { makeDerivative } from './make-derivative.js'
import { makeCases } from './make-entry.js'
import { bare, scriptText } from './names.js'
import type { Session } from './reader.js'
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

/** Branches in order; a last branch without "otherwise" stands for all that is left. */
export function planCases(session: Session, node: CasesSyntax, place: Place): Step {
  const { branches } = node
  const parts: Syntax[] = []
  branches.forEach((branch, i) => {
    const last = i === branches.length - 1
    if (!last && branch.condition === null)
      unsupported('a branch without a condition before the last', branch.value.span)
    if (!last) parts.push(branch.condition!)
    parts.push(branch.value)
  })
  return plan(parts, place, terms => (terms.length === 1 ? terms[0]! : makeCases(session, terms, node.span)))
}

/** A derivative inside a formula. */
export function planDerivative(session: Session, node: DerivativeSyntax, place: Place): Step {
  if (node.of === null) return unsupported('a derivative of nothing', node.span)
  const variables = node.by.flatMap(by => {
    const times = by.order === null ? 1 : Number(scriptText(by.order) ?? 1)
    return Array.from({ length: times === 2 ? 2 : 1 }, () => withoutTranspose(by.variable))
  })
  return plan([node.of, ...variables], place, ([of, ...by]) =>
    makeDerivative(session, of!, by, 'jacobian', node.span),
  )
}

/** A gradient inside a formula; without a subscript it is by the arguments of the call it stands before. */
export function planGradient(session: Session, node: GradientSyntax, place: Place): Step {
  const { operand } = node
  if (operand === null) return unsupported('a gradient of nothing', node.span)
  const called = bare(operand)
  const by = node.by.length === 0 && called.kind === 'adjoined' ? called.args : node.by
  const [variable] = by
  if (variable === undefined || by.length !== 1) {
    return unsupported('a gradient by several variables inside a formula', node.span)
  }
  const twice = node.superscripts.some(script => scriptText(script) === '2')
  return plan([operand, variable, ...(twice ? [variable] : [])], place, ([of, ...variables]) =>
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
