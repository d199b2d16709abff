import { NameError } from '../../base/errors.js'
import type { Syntax } from '../syntax.js'
import { bare, isPrimedLetter, literalIndex, scriptText } from './names.js'
import { lookup, type Session } from './reader.js'
import type { Place } from './resolve.js'
import type { Entry, SymbolEntry } from './scope.js'

/** A name, found: what it stands for, and the subscripts that select from it. */
export interface Found {
  readonly entry: Entry
  readonly name: string
  readonly selectors: readonly Syntax[]
}

export function inside(label: Syntax): Syntax {
  const node = bare(label)
  return node.kind === 'group' && node.body !== null ? node.body : node
}

/** The subscripts as selectors of an array, if its sides allow that many. */
export function select(
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
  if (selectors.length !== 2) return undefined
  return !vector || isOneAcross(session, sides, selectors) ? selectors : undefined
}

/** `V_{1,i}` of a row, `x_{i,1}` of a column: the index of the side that is one has no choice. */
function isOneAcross(session: Session, sides: SymbolEntry['sides'], selectors: readonly Syntax[]): boolean {
  const one = (node: Syntax) => node.kind === 'number' && node.text === '1'
  const [row, column] = selectors.map(bare) as [Syntax, Syntax]
  return (
    (session.solver.isOne(sides.rows) && one(row)) || (session.solver.isOne(sides.columns) && one(column))
  )
}

function knownMatrix(session: Session, sides: SymbolEntry['sides']): boolean {
  const { solver } = session
  return solver.isLong(sides.rows) && solver.isLong(sides.columns)
}

/** Subscripts one by one: letters written together are several indices, and so are two digits. */
export function split(session: Session, below: readonly Syntax[], place: Place): readonly Syntax[] {
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
export function selects(session: Session, script: Syntax, place: Place): boolean {
  const node = bare(script)
  if (literalIndex(node, place.indices) !== undefined) return true
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
    case 'scripted':
      return isPrimedLetter(node) && isIndex(session, node, place)
    case 'sum':
      return node.terms.every(({ operand }) => {
        const term = bare(operand)
        const factors = term.kind === 'product' ? term.factors : [term]
        return factors.every(factor => selects(session, factor, place))
      })
    default:
      return false
  }
}

/** Whether a running index occurs in a subscript. */
export function runs(session: Session, script: Syntax, place: Place): boolean {
  const node = bare(script)
  if (node.kind === 'name' || isPrimedLetter(node)) return isIndex(session, node, place)
  if (node.kind === 'product') return node.factors.some(factor => runs(session, factor, place))
  return node.kind === 'sum' && node.terms.some(term => runs(session, term.operand, place))
}

function isIndex(session: Session, node: Syntax, place: Place): boolean {
  const text = scriptText(node, place.indices)
  return text !== undefined && lookup(session, place, text)?.kind === 'index'
}
