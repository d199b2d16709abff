import { NameError } from '../../base/errors.js'
import { parseDecimal, rational } from '../../base/rational.js'
import type { Span } from '../../base/span.js'
import { piOf } from '../../ops/constants.js'
import { dimensionOf } from '../../ops/dimension.js'
import { kroneckerDelta } from '../../ops/indexed.js'
import { exponential } from '../../ops/powers.js'
import type { Syntax } from '../syntax.js'
import { closest } from './closest.js'
import { plainDim } from './declare.js'
import { makeConstant, makeFilled, makeIdentity, makeIndex, makeNumber, makeSymbol } from './make.js'
import { makeCall } from './make-call.js'
import { makeBasis } from './make-entry.js'
import {
  assemble,
  bare,
  isBold,
  isCapital,
  items,
  literalIndex,
  type NameParts,
  scriptText,
} from './names.js'
import { planSelection } from './plan-selection.js'
import { lookup, meet, note, type Session } from './reader.js'
import { type Place, plan, type Step } from './resolve.js'
import type { Entry, Family, SymbolEntry } from './scope.js'
import type { Term } from './term.js'

/** A name, found: what it stands for, and the subscripts that select from it. */
export interface Found {
  readonly entry: Entry
  readonly name: string
  readonly selectors: readonly Syntax[]
}

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

function inside(label: Syntax): Syntax {
  const node = bare(label)
  return node.kind === 'group' && node.body !== null ? node.body : node
}

/** The subscripts as selectors of an array, if its sides allow that many. */
function select(
  session: Session,
  base: SymbolEntry | Extract<Entry, { kind: 'alias' }>,
  below: readonly Syntax[],
  place: Place,
): readonly Syntax[] | undefined {
  const { solver } = session
  const sides = base.kind === 'alias' ? base.term.sides : base.sides
  if (base.kind === 'symbol' && base.family !== undefined) {
    const selectors = split(session, below, place)
    return selectors.length === 1 || (selectors.length === 2 && !solver.isOne(sides.columns))
      ? selectors
      : undefined
  }
  if (!solver.isArray(sides)) {
    // Met but not yet known to be an array: a running index makes it one, a number or a word is part of the name.
    if (solver.isScalar(sides)) return undefined
    const selectors = split(session, below, place)
    return selectors.length <= 2 && selectors.some(node => runs(session, node, place)) ? selectors : undefined
  }
  const selectors = split(session, below, place)
  if (!selectors.every(node => selects(session, node, place))) return undefined
  const vector = solver.isOne(sides.rows) || solver.isOne(sides.columns)
  if (selectors.length === 1) {
    return vector || session.exact || !knownMatrix(session, sides) ? selectors : undefined
  }
  return selectors.length === 2 && !vector ? selectors : undefined
}

function knownMatrix(session: Session, sides: SymbolEntry['sides']): boolean {
  const { solver } = session
  return solver.isLong(sides.rows) && solver.isLong(sides.columns)
}

/** Subscripts one by one: letters written together are several indices, and so are two digits. */
function split(session: Session, below: readonly Syntax[], place: Place): readonly Syntax[] {
  return below.flatMap(script => {
    const node = bare(script)
    if (node.kind === 'product' && node.operators.every(operator => operator === 'juxtaposed')) {
      if (node.factors.every(factor => selects(session, factor, place))) return node.factors
      const letters = node.factors.every(factor => bare(factor).kind === 'name')
      const lost = letters && node.factors.some(factor => runs(session, factor, place)) ? node.factors : []
      for (const factor of lost) {
        if (selects(session, factor, place)) continue
        throw new NameError('unknown-index', `${scriptText(factor)} is neither an index nor a size`, {
          span: factor.span,
          hint: `declare it: ${scriptText(factor)} = 1, \\dots, n`,
        })
      }
      return [node]
    }
    if (node.kind === 'number' && below.length === 1 && /^[1-9]{2}$/.test(node.text)) {
      const { from, to } = node.span
      return [
        { ...node, text: node.text[0]!, span: { from, to: from + 1 } },
        { ...node, text: node.text[1]!, span: { from: from + 1, to } },
      ]
    }
    return [node]
  })
}

/** Whether a subscript can select: a number, a running index, a size, a sum of these, or a colon. */
function selects(session: Session, script: Syntax, place: Place): boolean {
  const node = bare(script)
  switch (node.kind) {
    case 'number':
    case 'range':
      return true
    case 'name': {
      const text = scriptText(node, place.indices)
      if (text === undefined) return false
      const entry = lookup(session, place, text)
      if (entry !== undefined) return entry.kind === 'index' || entry.kind === 'alias'
      return session.dimensions.has(text) || place.indices.has(text)
    }
    case 'sum':
      return node.terms.every(term => selects(session, term.operand, place))
    default:
      return false
  }
}

/** Whether a running index occurs in a subscript. */
export function runs(session: Session, script: Syntax, place: Place): boolean {
  const node = bare(script)
  if (node.kind === 'name') {
    const text = scriptText(node, place.indices)
    return text !== undefined && lookup(session, place, text)?.kind === 'index'
  }
  if (node.kind === 'product') return node.factors.some(factor => runs(session, factor, place))
  return node.kind === 'sum' && node.terms.some(term => runs(session, term.operand, place))
}

/** The term of a name with its subscripts and labels, known or met for the first time. */
export function planName(
  session: Session,
  parts: NameParts,
  labels: readonly Syntax[],
  primes: number,
  place: Place,
): Step {
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
  refuseLoose(session, parts, below, labels, place)
  return makeSymbol(session, meet(session, whole, parts.span), parts.span)
}

/** `y_i` beside `\mathbf{y}`, where no plain y is spoken of: its entry. Index 0 is no entry, `w_0` is a bias. */
function findBold(
  session: Session,
  parts: NameParts,
  labels: readonly Syntax[],
  primes: number,
  place: Place,
): Found | undefined {
  const below = items(parts.subscripts)
  if (below.length === 0 || isBold(parts.base) || session.evidence.standing.has(parts.base)) return undefined
  if (below.some(node => literalIndex(node, place.indices) === 0)) return undefined
  const [, marks = '', letter = ''] = /^((?:[a-z]+\{)*)([A-Za-z]+)\}*$/.exec(parts.base) ?? []
  if (letter === '' || lookup(session, place, parts.base) !== undefined) return undefined
  const open = marks.split('{').length - 1
  for (const style of ['bold', 'bm', 'vec']) {
    for (const base of [`${marks}${style}{${letter}}${'}'.repeat(open)}`, `${style}{${parts.base}}`]) {
      const name = assemble({ ...parts, base }, [], labels, primes, place.indices)
      const entry = name === undefined ? undefined : lookup(session, place, name)
      if (name === undefined || entry?.kind !== 'symbol' || !session.solver.isArray(entry.sides)) continue
      const selectors = select(session, entry, below, place)
      if (selectors === undefined) continue
      note(
        session,
        `${scriptedName(parts, place)} is an entry of ${name}`,
        `no ${parts.base} is declared or defined`,
        parts.span,
      )
      return { entry, name, selectors }
    }
  }
  return undefined
}

function scriptedName(parts: NameParts, place: Place): string {
  return assemble(parts, items(parts.subscripts), [], 0, place.indices) ?? parts.base
}

/** Members that are columns, or numbers where nothing they are used with is an array. */
function meetFamily(session: Session, name: string, family: Family, span: Span): SymbolEntry {
  const entry: SymbolEntry = { ...meet(session, name, span), family }
  session.scope.set(name, entry)
  note(
    session,
    `${name} is a family with a member for each ${family.letter}`,
    `a sum ranges over ${family.letter}`,
    span,
  )
  return entry
}

/** Whether a name with an index in it stands where only a column makes sense. */
function usedAsColumn(session: Session, name: string, place: Place): boolean {
  const before = session.evidence.running.columns.get(name)
  if (before === undefined) return false
  if (before.size === 0) return true
  return [...before].some(other => {
    const entry = lookup(session, place, other)
    return entry?.kind === 'symbol' && session.solver.isLong(entry.sides.columns)
  })
}

/** Under a sum over i, a quantity named `x_i` is not one thing for every i. */
function refuseIndex(
  session: Session,
  found: Found,
  scripts: readonly Syntax[],
  span: Span,
  place: Place,
): void {
  if (found.selectors.length > 0 || found.entry.kind !== 'symbol') return
  const index = scripts.find(script => runs(session, script, place))
  if (index !== undefined) raiseIndexInName(scriptText(index) ?? '', found.name, span)
}

function raiseIndexInName(letter: string, name: string, span: Span): never {
  throw new NameError('index-in-name', `${letter} runs here, but ${name} is not known for every ${letter}`, {
    span,
    hint: `declare it with its range, as in x_i \\in \\mathbb{R}^d, i = 1, \\dots, N`,
  })
}

/** `y_i` where i runs in a sum elsewhere and y is an array: the index is loose. */
function refuseLoose(
  session: Session,
  parts: NameParts,
  below: readonly Syntax[],
  labels: readonly Syntax[],
  place: Place,
): void {
  const scripts = [...below, ...labels.map(inside)]
  const last = scripts.find(script => {
    const node = bare(script)
    return node.kind === 'name' && session.evidence.running.letters.has(scriptText(node) ?? '')
  })
  if (last === undefined) return
  const letter = scriptText(last)
  const base = lookup(session, place, assemble(parts, [], [], parts.primes) ?? '')
  if (base?.kind !== 'symbol' || (base.family === undefined && !session.solver.isArray(base.sides))) return
  throw new NameError(
    'loose-index',
    `${letter} is used in ${assemble(parts, below, labels, parts.primes)} outside the sum or definition it runs in`,
    {
      span: parts.span,
      hint: 'put brackets around all that the sum adds up, or sum over it here too',
    },
  )
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
  if (sub === undefined) return planGrid(session, parts, below)
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
  if (parts.base !== 'e' && parts.base !== 'delta') return undefined
  const selectors = split(session, items(parts.subscripts), place)
  const wanted = parts.base === 'e' ? 1 : 2
  const fits = (node: Syntax) => (session.exact ? selects(session, node, place) : runs(session, node, place))
  return selectors.length === wanted && selectors.every(fits) ? selectors : undefined
}

function sizeOfText(text: string): number | string {
  return /^\d+$/.test(text) ? Number(text) : text
}

export function planNumber(session: Session, text: string, span: Span): Term {
  return makeNumber(session, parseDecimal(text), span)
}
