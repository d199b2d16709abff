import type { Span } from '../../base/span.js'
import { childrenOf } from '../children.js'
import type { Syntax } from '../syntax.js'
import { assemble, bare, items, type NameParts, nameParts } from './names.js'
import { lookup, type Session } from './reader.js'
import type { Place } from './resolve.js'
import { readSuperscripts } from './scripts.js'

/** An entry of a bold array is often written in a plain letter. */
const BOLD: readonly string[] = ['', 'bold', 'bm', 'vec']

interface Loose {
  readonly letter: string
  readonly span: Span
}

/** Single letters that stand as subscripts of known arrays, and mean nothing yet: `W_{ij}` of a matrix W. */
export function looseLetters(session: Session, roots: readonly Syntax[], place: Place): readonly Loose[] {
  const found = new Map<string, Loose>()
  const stack: Syntax[] = [...roots]
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const node = bare(next)
    for (const child of childrenOf(node)) stack.push(child)
    const parts = node.kind === 'scripted' ? nameParts(node) : undefined
    if (parts === undefined || parts.subscripts.length === 0) continue
    for (const letter of lettersOf(session, parts, place)) found.set(letter.letter, letter)
  }
  return [...found.values()]
}

function lettersOf(session: Session, parts: NameParts, place: Place): readonly Loose[] {
  const below = items(parts.subscripts)
  const { labels } = readSuperscripts(session, parts.superscripts, parts, false, place)
  const whole = assemble(parts, below, labels, parts.primes, place.indices)
  if (whole !== undefined && lookup(session, place, whole) !== undefined) return []
  for (let k = below.length - 1; k >= 0; k--) {
    const isArray = BOLD.some(style => {
      const base = style === '' ? parts.base : `${style}{${parts.base}}`
      const name = assemble({ ...parts, base }, below.slice(0, k), labels, parts.primes, place.indices)
      const entry = name === undefined ? undefined : lookup(session, place, name)
      return entry?.kind === 'symbol' && session.solver.isArray(entry.sides)
    })
    if (!isArray) continue
    return below.slice(k).flatMap(item => {
      const node = bare(item)
      const factors = node.kind === 'product' ? node.factors : [node]
      return factors.flatMap(factor => loose(session, factor, place) ?? [])
    })
  }
  return []
}

function loose(session: Session, factor: Syntax, place: Place): Loose | undefined {
  const node = bare(factor)
  if (node.kind !== 'name' || node.font !== null || node.marks.length > 0) return undefined
  const letter = node.base
  if (!/^[a-z]$|^ell$/.test(letter) || place.indices.has(letter)) return undefined
  if (lookup(session, place, letter) !== undefined || session.dimensions.has(letter)) return undefined
  return { letter, span: node.span }
}
