import { NameError } from '../../base/errors.js'
import { cover } from '../../base/span.js'
import type { AdjoinedSyntax, AppliedSyntax, GroupSyntax, ScriptedSyntax, Syntax } from '../syntax.js'
import { CALLED_LETTERS, looksLikeProduct, repeatsHead } from './call-or-product.js'
import { makeSymbol } from './make.js'
import { makeProduct } from './make-product.js'
import { assemble, bare, items, type NameParts, nameParts, scriptText } from './names.js'
import { planFunction, planMap, planPrimed } from './plan-functions.js'
import { holdsCondition, isIndicator, planIndicator, refuseExpectation } from './plan-indicators.js'
import { commutedSizes, findName, planFound, specialSelectors } from './plan-names.js'
import { planSelection } from './plan-selection.js'
import { type Head, opOf, planKnown, planUnknown } from './plan-words.js'
import { lookup, meet, type Session } from './reader.js'
import { NOWHERE, type Place, plan, type Step } from './resolve.js'
import type { SymbolEntry } from './scope.js'
import { transposeSign } from './script-signs.js'
import { readSuperscripts, type ScriptAction } from './scripts.js'
import { runs } from './selectors.js'

/**
 * A name with a bracket right behind it. In this order: what the document defines or declares decides; then words of
 * the vocabulary; then the rules of thumb by which a reader tells `g(x)` from `x(1 - x)`.
 */
export function planAdjoined(session: Session, node: AdjoinedSyntax, place: Place): Step {
  const parts = nameParts(node.head)
  if (parts === undefined) {
    const head = bare(node.head)
    if (selectsFrom(session, node)) {
      return plan([node.head], place, ([value]) =>
        planSelection(session, value!, node.args, false, place, node.span),
      )
    }
    const one = head.kind === 'number' && head.text === '1' && node.args.length === 1
    if (one && holdsCondition(node.args[0]!)) return planIndicator(node, place)
    return planProductWithGroup(session, node, place)
  }
  if (isIndicator(parts, node)) return planIndicator(node, place)
  const { labels, actions } = readSuperscripts(session, parts.superscripts, parts, parts.entrywise, place)
  const head: Head = { parts, labels, actions, span: node.head.span }
  // Behind a name that is called primes differentiate, in plain text too: there a product has its sign.
  const primes = node.brackets.open === '[' && session.dialect === 'plain' ? 0 : parts.primes
  const whole = assemble(parts, items(parts.subscripts), labels, 0, place.indices)
  const entry = whole === undefined ? undefined : lookup(session, place, whole)
  if (entry?.kind === 'function')
    return planFunction(session, entry, head, primes, node.args, node.span, place)
  if (entry?.kind === 'map') return planMap(session, whole!, head, primes, node, place)
  if (node.brackets.open === '[' && (session.dialect === 'plain' || indexes(session, node, place))) {
    const indexed = planIndexed(session, node, parts, labels, place)
    if (indexed !== undefined) return indexed
  }
  if (entry !== undefined) {
    if (primes > 0 && session.dialect === 'latex' && entry.kind === 'symbol' && entry.defined) {
      return planPrimed(session, entry, primes, node, place)
    }
    if (
      entry.kind === 'symbol' &&
      entry.defined &&
      dependsOnly(node) &&
      !multiplies(session, entry, node, false)
    )
      return makeSymbol(session, entry, node.span)
    return planProductWithGroup(session, node, place)
  }
  if (repeatsHead(node, parts)) return planProductWithGroup(session, node, place)
  const known = planKnown(session, node, head, primes, place)
  if (known !== undefined) return known
  if (!session.exact) refuseExpectation(parts, node)
  if (isFactor(session, head, primes, place)) return planProductWithGroup(session, node, place)
  if (looksLikeProduct(session, node, head.parts, whole)) return planProductWithGroup(session, node, place)
  return planUnknown(session, node, head, primes, whole, place)
}

/** A function word before what it governs, without brackets. */
export function planApplied(session: Session, node: AppliedSyntax, place: Place): Step {
  const parts = nameParts(node.head)
  const argument = bare(node.argument)
  const adjoined: AdjoinedSyntax = {
    kind: 'adjoined',
    span: node.span,
    head: node.head,
    brackets: { open: '(', close: ')' },
    args: [
      argument.kind === 'group' && argument.body !== null && argument.brackets.open === '('
        ? argument.body
        : node.argument,
    ],
    separators: [],
  }
  if (parts === undefined) {
    throw new NameError('undefined-function', 'this is not a function', { span: node.head.span })
  }
  return planAdjoined(session, adjoined, place)
}

/** In plain text square brackets behind a bracket or a call hold indices: `(A*x)[i]`, `tanh(W)[i, j]`. */
function selectsFrom(session: Session, node: AdjoinedSyntax): boolean {
  return session.dialect === 'plain' && node.brackets.open === '[' && nameParts(node.head) === undefined
}

/** Whether a bracket holds what indices are made of. */
function indexes(session: Session, node: AdjoinedSyntax, place: Place): boolean {
  return node.args.every(arg => {
    const item = bare(arg)
    if (item.kind === 'number' || item.kind === 'range') return true
    return runs(session, item, place)
  })
}

function planIndexed(
  session: Session,
  node: AdjoinedSyntax,
  parts: NameParts,
  labels: readonly Syntax[],
  place: Place,
): Step | undefined {
  const name = assemble(parts, items(parts.subscripts), labels, 0, place.indices)
  const fresh = session.dialect === 'plain' && !session.exact && opOf(session, parts) === undefined
  const found =
    findName(session, parts, labels, 0, place) ??
    (fresh && name !== undefined
      ? { entry: meet(session, name, node.head.span), name, selectors: [] }
      : undefined)
  if (found === undefined || (found.entry.kind !== 'symbol' && found.entry.kind !== 'alias')) return undefined
  return planFound(session, { ...found, selectors: [...found.selectors, ...node.args] }, node.span, place)
}

/** Whether a head nobody calls a function is a value: an entry of an array, a constant, a transposed or inverted name. */
function isFactor(session: Session, { parts, labels, actions }: Head, primes: number, place: Place): boolean {
  if (findName(session, parts, labels, primes, place) !== undefined) return true
  const special = specialSelectors(session, parts, place) ?? commutedSizes(session, parts, place)
  if (labels.length === 0 && primes === 0 && special !== undefined) return true
  if (actions.some(({ kind }) => kind !== 'power')) return true
  if (actions.some(isNegative) && !CALLED_LETTERS.has(parts.base)) return true
  if (parts.base === 'e' && actions.length > 0 && labels.length === 0) return true
  const name = assemble(parts, items(parts.subscripts), [], 0, place.indices)
  if (name !== undefined && session.dimensions.has(name)) return true
  return /^(?:(?:bold|bb|bm|rm)\{[01I]\}|I)$/.test(parts.base) && primes === 0
}

/** Whether, in a line of a derivation, an array stands before a bracket that it can be multiplied by: `\delta (a)^\top`. */
function multiplies(session: Session, entry: SymbolEntry, node: AdjoinedSyntax, turned: boolean): boolean {
  const { solver } = session
  const parts = node.args.length === 1 ? nameParts(node.args[0]!) : undefined
  if (session.lines !== true || parts === undefined || !solver.isArray(entry.sides)) return false
  const found = findName(session, parts, parts.superscripts, parts.primes, NOWHERE)
  if (found?.entry.kind !== 'symbol' || found.selectors.length > 0) return false
  const { rows, columns } = found.entry.sides
  return solver.same(entry.sides.columns, turned ? columns : rows)
}

/** Whether the arguments only say what a quantity depends on: `L(w, b)`. */
function dependsOnly(node: AdjoinedSyntax): boolean {
  return node.brackets.open !== '[' && node.args.every(arg => nameParts(arg) !== undefined)
}

// ------------------------------------------------------------------------------------------------------- products

/** `W(x + y)`: the head times the bracket; scripts behind the bracket belong to the bracket. */
export function planProductWithGroup(
  session: Session,
  node: AdjoinedSyntax,
  place: Place,
  scripts?: ScriptedSyntax,
): Step {
  const body = argumentsAsGroup(session, node)
  const right: Syntax =
    scripts === undefined ? body : { ...scripts, base: body, span: cover(body.span, scripts.span) }
  return plan([node.head, right], place, factors =>
    makeProduct(session, factors, ['plain'], scripts?.span ?? node.span),
  )
}

/**
 * Head and bracket as two factors, where `head(…)` is a product: in `v^\\top v(x - 1)` all are read from the left.
 * Undefined for everything else.
 */
export function openProduct(
  session: Session,
  node: Syntax,
  place: Place,
): readonly [Syntax, Syntax] | undefined {
  const scripts = node.kind === 'scripted' ? node : undefined
  const base = scripts?.base ?? node
  if (base.kind !== 'adjoined' || base.args.length !== 1) return undefined
  if (!isProduct(session, base, place, scripts?.superscripts)) return undefined
  const body = argumentsAsGroup(session, base)
  if (scripts === undefined) return [base.head, body]
  return [base.head, { ...scripts, base: body, span: cover(body.span, scripts.span) }]
}

function argumentsAsGroup(session: Session, node: AdjoinedSyntax): GroupSyntax {
  const first = node.args[0]
  const last = node.args[node.args.length - 1]
  if (node.brackets.open === '[' && node.args.length > 1 && session.dialect === 'latex') {
    const span = { from: node.head.span.to, to: node.span.to }
    return {
      kind: 'group',
      span,
      brackets: node.brackets,
      body: { kind: 'list', span, items: node.args, separators: node.separators },
    }
  }
  if (first === undefined || last === undefined || node.args.length > 1) {
    const name = scriptText(node.head) ?? 'this'
    throw new NameError('undefined-function', `${name} is a quantity, but it is called like a function`, {
      span: node.head.span,
      hint: session.dialect === 'plain' ? `write ${name}*(…) for a product` : `define ${name}(…) = … first`,
    })
  }
  return {
    kind: 'group',
    span: { from: node.head.span.to, to: node.span.to },
    brackets: node.brackets,
    body: first,
  }
}

/** Whether `head(…)` is a product in this document, so that scripts behind it belong to the bracket. */
export function isProduct(
  session: Session,
  node: AdjoinedSyntax,
  place: Place,
  superscripts: readonly Syntax[] = [],
): boolean {
  const parts = nameParts(node.head)
  if (parts === undefined) return !selectsFrom(session, node)
  if (isIndicator(parts, node)) return false
  const { labels, actions } = readSuperscripts(session, parts.superscripts, parts, false, place)
  const whole = assemble(parts, items(parts.subscripts), labels, 0, place.indices)
  const entry = whole === undefined ? undefined : lookup(session, place, whole)
  if (entry?.kind === 'function' || entry?.kind === 'map') return false
  if (node.brackets.open === '[' && (session.dialect === 'plain' || indexes(session, node, place)))
    return false
  if (entry !== undefined) {
    if (entry.kind !== 'symbol' || !entry.defined) return true
    const turned = superscripts.some(script => transposeSign(bare(script)) !== undefined)
    return parts.primes === 0 && (!dependsOnly(node) || multiplies(session, entry, node, turned))
  }
  if (repeatsHead(node, parts)) return true
  if (opOf(session, parts) !== undefined) return false
  // Nobody writes the identity times a name in brackets; the information of a parameter is written so.
  if (/^(?:rm\{I\}|I)$/.test(parts.base) && dependsOnly(node)) return false
  if (isFactor(session, { parts, labels, actions, span: node.head.span }, 0, place)) return true
  return looksLikeProduct(session, node, parts, whole) || isTurnedFactor(session, node, parts, superscripts)
}

/** `S^{-2}(\dots)`; the inverse of a function is written so as well. */
function isNegative(action: ScriptAction): boolean {
  if (action.kind !== 'power') return false
  const exponent = bare(action.exponent)
  return exponent.kind === 'signed' && exponent.sign === '-' && scriptText(exponent) !== '-1'
}

/** `\Delta (A^{(l)})^\top`: the bracket is there for the sign behind it, since the name in it has another one. */
function isTurnedFactor(
  session: Session,
  node: AdjoinedSyntax,
  parts: NameParts,
  superscripts: readonly Syntax[],
): boolean {
  if (session.dialect === 'plain' || node.args.length !== 1 || CALLED_LETTERS.has(parts.base)) return false
  const inner = nameParts(node.args[0]!)
  if (inner === undefined || superscripts.length === 0) return false
  const capitals = /^[A-Z]$/.test(parts.base) && /^[A-Z]$/.test(inner.base)
  return inner.superscripts.length > 0 || (capitals && parts.subscripts.length === 0)
}
