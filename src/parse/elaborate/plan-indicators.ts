import { NameError } from '../../base/errors.js'
import { rational } from '../../base/rational.js'
import { maximum } from '../../ops/piecewise.js'
import type { AdjoinedSyntax, ScriptedSyntax, Syntax } from '../syntax.js'
import { makeNumber } from './make.js'
import { makeCall } from './make-call.js'
import { bare, items, type NameParts, nameParts } from './names.js'
import type { Session } from './reader.js'
import { type Place, type Plan, plan } from './resolve.js'

const INDICATOR = /^(?:bb\{1\}|bold\{1\}|bm\{1\}|1|bb\{I\}|bold\{I\}|I|ind)$/

/** `\mathbb{1}[z > 0]`, `I(z > 0)`; a one before a bracket without a condition is a factor. */
export function isIndicator(parts: NameParts, node: AdjoinedSyntax): boolean {
  if (!INDICATOR.test(parts.base) || parts.subscripts.length > 0) return false
  return node.args.length === 1 && holdsCondition(node.args[0]!)
}

export function holdsCondition(node: Syntax): boolean {
  const now = bare(node)
  if (now.kind === 'product') return now.factors.some(holdsCondition)
  if (now.kind === 'group' && now.body !== null) return holdsCondition(now.body)
  return now.kind === 'relation'
}

/** A condition is its own indicator. */
export function planIndicator(node: AdjoinedSyntax, place: Place): Plan {
  return plan(node.args, place, ([condition]) => condition!)
}

/** The condition below a one: `\mathbf{1}_{z > 0}`, `1_{\{z > 0\}}`. */
export function conditionBelow(node: Syntax): Syntax | undefined {
  if (node.kind !== 'scripted' || node.superscripts.length > 0) return undefined
  const base = bare(node.base)
  const parts = nameParts(node.base)
  const one = base.kind === 'number' ? base.text === '1' : parts !== undefined && INDICATOR.test(parts.base)
  const below = items(node.subscripts)
  if (!one || below.length !== 1 || !holdsCondition(below[0]!)) return undefined
  const condition = bare(below[0]!)
  return condition.kind === 'group' && condition.body !== null ? condition.body : condition
}

/** `[z]_+` and `(z)_+`: the greater of 0 and z, entry by entry. */
export function planPositivePart(session: Session, node: ScriptedSyntax, place: Place): Plan | undefined {
  const base = bare(node.base)
  const [below, ...more] = items(node.subscripts)
  const mark = below === undefined ? undefined : bare(below)
  if (base.kind !== 'group' || base.body === null || more.length > 0 || mark?.kind !== 'mark')
    return undefined
  if (mark.text !== '+' || !/^[([{]$/.test(base.brackets.open)) return undefined
  return plan([base.body], place, ([value]) =>
    makeCall(session, maximum, [makeNumber(session, rational(0), node.span), value!], node.span),
  )
}

/** Raises `NameError` at expectations and probabilities, whose distribution no formula here says. */
export function refuseExpectation(parts: NameParts, node: AdjoinedSyntax): void {
  const expectation =
    /^(?:bb\{[EPV]\}|bold\{E\})$/.test(parts.base) || (parts.base === 'E' && node.brackets.open === '[')
  const probability = !expectation && node.args.some(holdsCondition)
  if (!expectation && !probability) return
  throw new NameError(
    'unsupported',
    expectation ? 'expectations are not offered' : `${parts.base} of a condition is not offered`,
    {
      span: node.span,
      hint: expectation
        ? 'write the mean over the samples out, or define the quantity by a formula'
        : 'an indicator is written \\mathbb{1}[x > 0]',
    },
  )
}
