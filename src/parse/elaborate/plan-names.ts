import { NameError } from '../../base/errors.js'
import { parseDecimal, rational } from '../../base/rational.js'
import type { Span } from '../../base/span.js'
import { isGreek } from '../../expr/name.js'
import { commutation } from '../../ops/commutation.js'
import { piOf } from '../../ops/constants.js'
import { dimensionOf } from '../../ops/dimension.js'
import { kroneckerDelta } from '../../ops/indexed.js'
import { exponential } from '../../ops/powers.js'
import type { Syntax } from '../syntax.js'
import { closest } from './closest.js'
import { plainDim } from './declare.js'
import { writtenDifferential } from './derivative-op.js'
import {
  findBold,
  meetFamily,
  raiseIndexInName,
  refuseIndex,
  refuseLoose,
  usedAsColumn,
} from './indexed-names.js'
import { makeConstant, makeFilled, makeIdentity, makeIndex, makeNumber, makeSymbol } from './make.js'
import { makeCall } from './make-call.js'
import { makeBasis } from './make-entry.js'
import { assemble, bare, isCapital, items, type NameParts, scriptText } from './names.js'
import { planSelection } from './plan-selection.js'
import { lookup, meet, passOver, type Session } from './reader.js'
import { type Place, plan, type Step } from './resolve.js'
import { type Found, inside, runs, select, selects, split } from './selectors.js'
import type { Term } from './term.js'

/**
 * Finds what a name with its subscripts and labels stands for. The whole name comes first; then an array whose entry,
 * row or member the last subscripts select; a name with a running index is an entry of an array not declared yet.
 */
export function findName(
  session: Session,
  parts: NameParts,
  labels: readonly Syntax[],
  primes: number,
  place: Place,
): Found | undefined {
  const below = items(parts.subscripts)
  const whole = assemble(parts, below, labels, primes, place.indices)
  const entry = whole === undefined ? undefined : lookup(session, place, whole)
  if (entry !== undefined && whole !== undefined) return { entry, name: whole, selectors: [] }
  for (let k = below.length - 1; k >= 0; k--) {
    const name = assemble(parts, below.slice(0, k), labels, primes, place.indices)
    if (name === undefined) continue
    const base = lookup(session, place, name)
    if (base?.kind !== 'symbol' && base?.kind !== 'alias') continue
    const selectors = select(session, base, below.slice(k), place)
    if (selectors !== undefined) return { entry: base, name, selectors }
  }
  if (labels.length === 1) {
    const name = assemble(parts, [], [], primes, place.indices)!
    const base = lookup(session, place, name)
    if (base?.kind === 'symbol' && base.family?.place === 'superscript') {
      return { entry: base, name, selectors: [inside(labels[0]!), ...split(session, below, place)] }
    }
  }
  return undefined
}

/** The term of a name with its subscripts and labels, known or met for the first time. */
export function planName(
  session: Session,
  parts: NameParts,
  labels: readonly Syntax[],
  primes: number,
  place: Place,
): Step {
  const number = literalOf(parts, labels, primes, place)
  if (number !== undefined) return makeNumber(session, rational(number), parts.span)
  const found = findName(session, parts, labels, primes, place)
  if (found !== undefined) {
    if (!session.exact)
      refuseIndex(session, found, [...items(parts.subscripts), ...labels.map(inside)], parts.span, place)
    return planFound(session, found, parts.span, place)
  }
  const special = labels.length === 0 && primes === 0 ? planSpecial(session, parts, place) : undefined
  if (special !== undefined) return special
  const below = items(parts.subscripts)
  const whole = assemble(parts, below, labels, primes, place.indices)
  if (whole === undefined) {
    throw new NameError('unreadable-name', 'this is not a name that can stand in a formula', {
      span: parts.span,
    })
  }
  const first = below.findIndex(node => runs(session, node, place))
  const bolder = session.exact ? undefined : findBold(session, parts, labels, primes, place)
  if (bolder !== undefined) return planFound(session, bolder, parts.span, place)
  const label =
    labels.length === 1 && runs(session, inside(labels[0]!), place) ? inside(labels[0]!) : undefined
  if (label !== undefined && !session.exact) {
    const name = assemble(parts, [], [], primes, place.indices)!
    const letter = scriptText(label) ?? ''
    const taken = lookup(session, place, name) !== undefined
    if (taken || isCapital(name)) raiseIndexInName(letter, whole, parts.span)
    const entry = meetFamily(session, name, { letter, place: 'superscript' }, parts.span)
    return planFound(
      session,
      { entry, name, selectors: [label, ...split(session, below, place)] },
      parts.span,
      place,
    )
  }
  if (first >= 0 && !session.exact) {
    const name = assemble(parts, below.slice(0, first), labels, primes, place.indices)!
    const known = lookup(session, place, name)
    const column = known === undefined && below.length === 1 && usedAsColumn(session, whole, place)
    const entry =
      known?.kind === 'symbol'
        ? known
        : column
          ? meetFamily(session, name, { letter: scriptText(below[0]!) ?? '', place: 'subscript' }, parts.span)
          : meet(session, name, parts.span)
    return planFound(
      session,
      { entry, name, selectors: split(session, below.slice(first), place) },
      parts.span,
      place,
    )
  }
  if (session.exact) raiseUnknown(session, whole, parts.span)
  const changing = session.lines === true ? /^d(.+)$/.exec(parts.base)?.[1] : undefined
  if (changing !== undefined) {
    const of = findName(session, { ...parts, base: changing }, labels, primes, place)
    if (of?.entry.kind === 'symbol' && of.selectors.length === 0) {
      return makeCall(session, writtenDifferential, [makeSymbol(session, of.entry, parts.span)], parts.span)
    }
  }
  refuseLoose(session, parts, below, labels, place)
  const { head } = parts
  if (head?.spelling === 'control' && !isGreek(head.base) && head.base.length > 1) {
    const why = 'nobody defined this command, so it is taken for the name of a quantity'
    passOver(session, `\\${head.base} is not known`, why, parts.span, { code: 'unknown-command' })
  }
  return makeSymbol(session, meet(session, whole, parts.span), parts.span)
}

/** The number a letter stands for while a statement is read once per value; an index bound further inside wins. */
function literalOf(
  parts: NameParts,
  labels: readonly Syntax[],
  primes: number,
  { indices, locals }: Place,
): number | undefined {
  const alone = parts.subscripts.length + labels.length + primes === 0
  const value = alone ? indices.get(parts.base) : undefined
  if (value === undefined) return undefined
  for (let local = locals; local !== undefined; local = local.outer) {
    if (local.name === parts.base) return undefined
  }
  return value
}

function raiseUnknown(session: Session, name: string, span: Span): never {
  const near = closest(name, session.scope.keys())
  throw new NameError('unknown-name', `${name} is not declared`, {
    span,
    hint: near === undefined ? 'declare it, or define it' : `did you mean ${near}?`,
  })
}

/** The term of what a name was found to be. */
export function planFound(session: Session, found: Found, span: Span, place: Place): Step {
  const { entry, selectors } = found
  const base = termOf(session, found, span)
  if (selectors.length === 0) return base
  const family = entry.kind === 'symbol' && (entry.family !== undefined || session.exact)
  return planSelection(session, base, selectors, family, place, span)
}

function termOf(session: Session, { entry, name }: Found, span: Span): Term {
  switch (entry.kind) {
    case 'symbol':
      return makeSymbol(session, entry, span)
    case 'index':
      return makeIndex(session, entry, span)
    case 'alias':
      return { ...entry.term, span }
    case 'function':
      if (entry.symbol !== undefined) return makeSymbol(session, entry.symbol, span)
      throw new NameError('missing-argument', `${name} is a function and needs its arguments`, {
        span,
        hint: `write ${name}(${entry.parameters.map(parameter => parameter.name).join(', ')})`,
      })
    case 'map':
      throw new NameError('missing-argument', `${name} is a function and needs an argument`, {
        span,
        hint: `write ${name}(x)`,
      })
  }
}

/** Names that mean something until somebody declares them. */
function planSpecial(session: Session, parts: NameParts, place: Place): Step | undefined {
  const below = items(parts.subscripts)
  const sub = below.length === 1 ? scriptText(below[0]!, place.indices) : below.length === 0 ? '' : undefined
  const { span } = parts
  const indexed = planIndexedSpecial(session, parts, place)
  if (indexed !== undefined) return indexed
  if (sub === undefined) return planGrid(session, parts, below) ?? planCommutation(session, parts, place)
  if (session.dimensions.has(assemble(parts, below, [], 0, place.indices) ?? '')) {
    const name = assemble(parts, below, [], 0, place.indices)!
    return makeConstant(session, () => dimensionOf(name), span)
  }
  const plainSize = sub === '' || /^\d+$/.test(sub) || session.dimensions.has(sub)
  switch (parts.base) {
    case 'I':
    case 'bold{I}':
    case 'bb{I}':
    case 'rm{I}': {
      if (!plainSize && session.scope.has(sub)) return undefined
      if (!plainSize && !/^[a-zA-Z]$/.test(sub)) return undefined
      return makeIdentity(session, span, sub === '' ? undefined : session.solver.side(sizeOfText(sub)))
    }
    case 'bold{1}':
    case 'bb{1}':
    case 'bm{1}':
      session.notation.saw('ones', parts.base === 'bb{1}' ? '\\mathbb{1}' : '\\mathbf{1}')
      return makeFilled(
        session,
        rational(1),
        span,
        sub === '' ? undefined : session.solver.side(sizeOfText(sub)),
      )
    case 'bold{0}':
    case 'bm{0}':
      return makeFilled(
        session,
        rational(0),
        span,
        sub === '' ? undefined : session.solver.side(sizeOfText(sub)),
      )
    case 'e':
      if (sub !== '') return undefined
      return makeCall(session, exponential, [makeNumber(session, rational(1), span)], span)
    case 'pi':
      return sub === '' ? makeConstant(session, piOf, span) : undefined
    default:
      return undefined
  }
}

/** `\mathbf{1}_{m \times n}` and `\mathbf{0}_{m \times n}`. */
function planGrid(session: Session, parts: NameParts, below: readonly Syntax[]): Step | undefined {
  const value = /^(?:bold|bb|bm)\{([01])\}$/.exec(parts.base)?.[1]
  const size = bare(below[0]!)
  if (value === undefined || below.length !== 1 || size.kind !== 'product') return undefined
  const sizes = size.factors.map(plainDim)
  const [rows, columns] = sizes
  if (rows === undefined || columns === undefined || sizes.length !== 2 || size.operators[0] !== 'times') {
    return undefined
  }
  const shape = { rows: session.solver.side(rows), columns: session.solver.side(columns) }
  return { ...makeFilled(session, rational(value === '1' ? 1 : 0), parts.span), sides: shape }
}

/** `K_{m,n}` in what this program has printed. */
function planCommutation(session: Session, parts: NameParts, place: Place): Step | undefined {
  const sizes = commutedSizes(session, parts, place)
  return sizes && plan(sizes, place, terms => makeCall(session, commutation, terms, parts.span))
}

/** The two sizes of a commutation matrix; undefined for any other name. */
export function commutedSizes(
  session: Session,
  parts: NameParts,
  place: Place,
): readonly Syntax[] | undefined {
  if (!session.exact || !/^(?:K|bold\{K\})$/.test(parts.base)) return undefined
  const sizes = split(session, items(parts.subscripts), place)
  return sizes.length === 2 && sizes.every(size => selects(session, size, place)) ? sizes : undefined
}

/** `e_i` and `\delta_{ij}` under running indices: a unit vector and Kronecker's delta. */
function planIndexedSpecial(session: Session, parts: NameParts, place: Place): Step | undefined {
  const selectors = specialSelectors(session, parts, place)
  if (selectors === undefined) return undefined
  return plan(selectors, place, terms =>
    terms.length === 1
      ? makeBasis(session, terms[0]!, parts.span)
      : makeCall(session, kroneckerDelta, terms, parts.span),
  )
}

/** The indices of a unit vector or of Kronecker's delta; undefined for any other name. */
export function specialSelectors(
  session: Session,
  parts: NameParts,
  place: Place,
): readonly Syntax[] | undefined {
  const wanted = parts.base === 'e' || parts.base === 'bold{e}' ? 1 : 2
  if (wanted === 2 && parts.base !== 'delta') return undefined
  const selectors = split(session, items(parts.subscripts), place)
  const fits = (node: Syntax) => (session.exact ? selects(session, node, place) : runs(session, node, place))
  return selectors.length === wanted && selectors.every(fits) ? selectors : undefined
}

function sizeOfText(text: string): number | string {
  return /^\d+$/.test(text) ? Number(text) : text
}

export function planNumber(session: Session, text: string, span: Span): Term {
  return makeNumber(session, parseDecimal(text), span)
}
