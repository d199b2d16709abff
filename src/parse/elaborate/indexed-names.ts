import { NameError } from '../../base/errors.js'
import type { Span } from '../../base/span.js'
import type { Syntax } from '../syntax.js'
import { assemble, bare, isBold, items, literalIndex, type NameParts, scriptText } from './names.js'
import { lookup, meet, note, type Session } from './reader.js'
import type { Place } from './resolve.js'
import type { Family, SymbolEntry } from './scope.js'
import { type Found, inside, runs, select } from './selectors.js'

/** `y_i` beside `\mathbf{y}`, where no plain y is spoken of: its entry. Index 0 is no entry, `w_0` is a bias. */
export function findBold(
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
export function meetFamily(session: Session, name: string, family: Family, span: Span): SymbolEntry {
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
export function usedAsColumn(session: Session, name: string, place: Place): boolean {
  const before = session.evidence.running.columns.get(name)
  if (before === undefined) return false
  if (before.size === 0) return true
  return [...before].some(other => {
    const entry = lookup(session, place, other)
    return entry?.kind === 'symbol' && session.solver.isLong(entry.sides.columns)
  })
}

/** Under a sum over i, a quantity named `x_i` is not one thing for every i. */
export function refuseIndex(
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

export function raiseIndexInName(letter: string, name: string, span: Span): never {
  throw new NameError('index-in-name', `${letter} runs here, but ${name} is not known for every ${letter}`, {
    span,
    hint: `declare it with its range, as in x_i \\in \\mathbb{R}^d, i = 1, \\dots, N`,
  })
}

/** `y_i` where y is an array, and declared or i runs in a sum elsewhere: the index is loose. */
export function refuseLoose(
  session: Session,
  parts: NameParts,
  below: readonly Syntax[],
  labels: readonly Syntax[],
  place: Place,
): void {
  const scripts = [...below, ...labels.map(inside)].flatMap(script => {
    const node = bare(script)
    return node.kind === 'product' ? node.factors : [node]
  })
  const last = scripts.find(script => {
    const node = bare(script)
    return node.kind === 'name' && /^[A-Za-z]$/.test(scriptText(node) ?? '')
  })
  if (last === undefined) return
  const letter = scriptText(last)!
  const base = lookup(session, place, assemble(parts, [], [], parts.primes) ?? '')
  if (base?.kind !== 'symbol' || (base.family === undefined && !session.solver.isArray(base.sides))) return
  if (!base.declared && !session.evidence.running.letters.has(letter)) return
  throw new NameError(
    'loose-index',
    `${letter} is used in ${assemble(parts, below, labels, parts.primes)} outside the sum or definition it runs in`,
    {
      span: parts.span,
      hint: 'put brackets around all that the sum adds up, or sum over it here too',
    },
  )
}
