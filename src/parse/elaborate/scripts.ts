import { NameError } from '../../base/errors.js'
import type { NameSyntax, Syntax } from '../syntax.js'
import { assemble, bare, baseName, items, type NameParts, nameParts, scriptText } from './names.js'
import { lookup, type Session } from './reader.js'
import type { Place } from './resolve.js'
import { isBracketed, transposeSign } from './script-signs.js'

/** What a superscript does to its base. */
export type ScriptAction =
  | { readonly kind: 'transpose' }
  | { readonly kind: 'power'; readonly exponent: Syntax; readonly entrywise: boolean }
  | { readonly kind: 'inverse' }

export interface Superscripts {
  /** Superscripts that belong to the name. */
  readonly labels: readonly Syntax[]
  readonly actions: readonly ScriptAction[]
}

/** Tells labels, transposes and powers apart; `name` is null where the base is no name and cannot carry a label. */
export function readSuperscripts(
  session: Session,
  superscripts: readonly Syntax[],
  name: NameParts | null,
  entrywise: boolean,
  place: Place,
): Superscripts {
  const labels: Syntax[] = []
  const actions: ScriptAction[] = []
  for (const script of superscripts.flatMap(trailingTranspose)) {
    const node = bare(script)
    if (isTranspose(session, node, name, place)) actions.push({ kind: 'transpose' })
    else if (
      node.kind === 'signed' &&
      node.sign === '-' &&
      isTranspose(session, bare(node.operand), name, place)
    ) {
      actions.push({ kind: 'inverse' }, { kind: 'transpose' })
    } else if (name !== null && isLabel(session, node, name, place)) labels.push(script)
    else {
      const each = entrywiseExponent(node)
      actions.push({ kind: 'power', exponent: each ?? script, entrywise: entrywise || each !== undefined })
    }
  }
  return { labels, actions }
}

/** Splits the transpose off a label: `{(l)T}`, `{1\intercal}`, and `{-1\top}` into inverse and transpose. */
function trailingTranspose(script: Syntax): readonly Syntax[] {
  const node = bare(script)
  if (node.kind !== 'product' || node.operators.some(operator => operator !== 'juxtaposed')) return [script]
  const last = node.factors[node.factors.length - 1]!
  // `\sigma^{(i)2}` is the square of what has the label.
  const squared = bare(last).kind === 'number' && isBracketed(node.factors[0]!) && node.factors.length === 2
  if (transposeSign(bare(last)) === undefined && !squared) return [script]
  const rest = node.factors.slice(0, -1)
  const before: Syntax =
    rest.length === 1 ? rest[0]! : { ...node, factors: rest, operators: node.operators.slice(1) }
  return [before, last]
}

function isTranspose(session: Session, node: Syntax, name: NameParts | null, place: Place): boolean {
  const sign = transposeSign(node)
  if (sign === undefined) {
    return node.kind === 'name' && node.base === 't' && isSmallTranspose(session, name, place)
  }
  if (sign === 'T' && name !== null && lookup(session, place, 'T')?.kind === 'symbol') {
    // A declared T is a number; only an array can be transposed by it.
    const base = lookup(session, place, name.base)
    if (base?.kind !== 'symbol' || !session.solver.isArray(base.sides)) return false
  }
  session.notation.saw('transpose', sign)
  return true
}

/** A small t transposes only where no document letter stands for a time and no capital T is used. */
function isSmallTranspose(session: Session, name: NameParts | null, place: Place): boolean {
  if (session.evidence.capitalTranspose || lookup(session, place, 't') !== undefined) return false
  if (session.evidence.standing.has('t')) return false
  return name === null || /^[A-Z]/.test(name.base)
}

const LAYER = /^(?:l|L|ell)$/

function isLabel(session: Session, node: Syntax, name: NameParts, place: Place): boolean {
  if (isBracketed(node)) {
    const text = scriptText(node)
    return text !== undefined && (name.base !== 'e' || /^\W\w+\W$/.test(text))
  }
  if (isKnownLabel(session, node, name, place)) return true
  if (isWordLabel(session, node, name, place)) return true
  if (node.kind === 'mark') {
    if (isMatrix(session, name, place)) {
      throw new NameError('unsupported', `this superscript on the matrix ${name.base} is not offered`, {
        span: node.span,
        hint: 'declare the name with its superscript, or define it by a formula',
      })
    }
    return true
  }
  if (session.evidence.settled.get(name.base) !== false && isTime(session, node, name, place)) return true
  if (isShared(session, node, name, place)) return true
  const settled = session.evidence.settled.get(name.base)
  const marked = settled ?? (session.evidence.labelled.has(name.base) && !isWhole(session, name, place))
  if (node.kind === 'number') return marked && /^\d+$/.test(node.text)
  if (node.kind === 'name' && node.marks.length === 0) {
    if (isWord(node) && lookup(session, place, node.base) === undefined) return true
    if (place.indices.has(baseName(node))) return marked
    return (
      (LAYER.test(node.base) || node.base.length === 1) &&
      marked &&
      lookup(session, place, node.base)?.kind !== 'symbol'
    )
  }
  if (node.kind === 'sum' && marked) {
    return node.terms.every(
      term =>
        bare(term.operand).kind === 'number' ||
        /^(?:ell|[a-zA-Z])$/.test(nameParts(term.operand)?.base ?? ''),
    )
  }
  return false
}

/** `W^{\text{new}}`, `e_j^{\mathbf{x}}`, `\mathbf{y}^m`: no power, unless the word is a quantity of the document. */
function isWordLabel(session: Session, node: Syntax, name: NameParts, place: Place): boolean {
  if (node.kind === 'text') return true
  if (node.kind !== 'name' || session.dialect === 'plain' || name.base === 'e') return false
  if (lookup(session, place, baseName(node)) !== undefined || place.indices.has(baseName(node))) return false
  if (node.spelling === 'word' || node.font === 'bold') return true
  return node.spelling === 'letter' && /^(?:hat|tilde|bar)?\{?bold\{[a-z]\}/.test(name.base)
}

/** `p(a^k | s^k)`: the same letter above two names counts them. */
function isShared(session: Session, node: Syntax, name: NameParts, place: Place): boolean {
  const text = scriptText(node) ?? ''
  const letter = /^([i-kmnst])(?:[+-]\d)?$/.exec(text)?.[1]
  if (letter === undefined || RATES.has(name.base) || session.dialect === 'plain') return false
  if (session.scope.get(letter) !== undefined || place.indices.has(letter)) return false
  const bases = session.evidence.raised.get(letter)
  return bases !== undefined && bases.size > 1 && bases.has(name.base)
}

/** `\text{new}` above a name: a word that nobody declared is no exponent. */
function isWord(node: NameSyntax): boolean {
  return node.font === 'roman' && /^[A-Za-z]{2,}$/.test(node.base)
}

/** Bases whose powers with a time are taken: the rates of discounts and averages. */
const RATES: ReadonlySet<string> = new Set(['alpha', 'beta', 'gamma', 'lambda', 'rho', 'eta', 'e'])

/** `\theta^t` and `\theta^{t-1}`: steps in time, as long as nothing says that t is a quantity. */
function isTime(session: Session, node: Syntax, name: NameParts, place: Place): boolean {
  if (RATES.has(name.base) || lookup(session, place, 't') !== undefined) return false
  if (node.kind === 'name') return node.base === 't' && node.marks.length === 0
  if (node.kind !== 'sum') return false
  const [first, ...rest] = node.terms
  const letter = bare(first!.operand)
  return (
    letter.kind === 'name' &&
    letter.base === 't' &&
    rest.every(({ operand }) => bare(operand).kind === 'number')
  )
}

/** What a name means without its superscripts. */
function unlabelled(session: Session, name: NameParts, place: Place) {
  const text = assemble(name, items(name.subscripts), [], 0, place.indices)
  return { text, entry: text === undefined ? undefined : lookup(session, place, text) }
}

/**
 * Whether a name has a meaning without anything above it, so that a number above it is an exponent; what stands below
 * it may also select an entry of a whole array.
 */
function isWhole(session: Session, name: NameParts, place: Place): boolean {
  const base = name.subscripts.length === 0 ? undefined : { ...name, subscripts: [] }
  return [name, ...(base === undefined ? [] : [base])].some(part => {
    const { text, entry } = unlabelled(session, part, place)
    if (entry?.kind === 'symbol' && entry.family?.place === 'superscript') return false
    if (part === base && entry?.kind !== 'symbol') return false
    if (text !== undefined && session.evidence.whole.has(text)) return true
    return entry !== undefined && (entry.kind !== 'symbol' || entry.declared || entry.defined)
  })
}

/** Whether a name is a matrix that the author declared or defined. */
function isMatrix(session: Session, name: NameParts, place: Place): boolean {
  const { entry } = unlabelled(session, name, place)
  if (entry?.kind !== 'symbol' || !(entry.declared || entry.defined)) return false
  const { solver } = session
  return solver.isLong(entry.sides.rows) && solver.isLong(entry.sides.columns)
}

/** Whether a quantity with this very label is declared or defined. */
function isKnownLabel(session: Session, node: Syntax, name: NameParts, place: Place): boolean {
  const below = items(name.subscripts)
  return [below, []].some(subscripts => {
    const known = assemble(name, subscripts, [node], 0, place.indices)
    return known !== undefined && lookup(session, place, known) !== undefined
  })
}

/** `\odot 2` and `\circ 2` above an array: the exponent of a power entry by entry. */
function entrywiseExponent(node: Syntax): Syntax | undefined {
  if (node.kind !== 'product' || node.factors.length !== 2) return undefined
  const [first, second] = node.factors as [Syntax, Syntax]
  const sign = bare(first)
  const empty = sign.kind === 'group' && sign.body === null && sign.brackets.open === ''
  const circled = node.operators[0] === 'odot' || node.operators[0] === 'circ'
  if (empty && circled) return second
  const named =
    sign.kind === 'mark' || sign.kind === 'name' ? (sign.kind === 'mark' ? sign.text : sign.base) : ''
  return named === 'odot' || named === 'circ' ? second : undefined
}
