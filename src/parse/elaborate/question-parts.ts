import { symbol } from '../../expr/intern.js'
import { SCALAR } from '../../expr/shape.js'
import { childrenOf } from '../children.js'
import type { Syntax } from '../syntax.js'
import { assemble, bare, baseName, items, nameParts } from './names.js'
import { lookup, type Session } from './reader.js'
import { NOWHERE, type Place, within } from './resolve.js'

/**
 * Where a question by entries is read: letters that select from a known array and mean nothing else, the p and q of
 * `\partial L/\partial W_{pq}`, are free indices there. The same letter is the same index in all of the question.
 */
export function placeOfQuestion(session: Session, of: Syntax, by: readonly Syntax[]): Place {
  let place: Place = NOWHERE
  // In a longer formula a letter that nothing binds is a slip; alone, `y_i` is an entry as well.
  const stack = isEntry(bare(of)) ? [of, ...by] : [...by]
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const node = bare(next)
    for (const letter of lettersOf(session, node)) {
      if (lookup(session, place, letter) !== undefined || session.dimensions.has(letter)) continue
      place = within(place, letter, {
        kind: 'index',
        letter,
        symbol: symbol(letter, SCALAR, 'index'),
        extent: session.solver.fresh(),
        span: node.span,
      })
    }
    for (const child of childrenOf(node)) stack.push(child)
  }
  return place
}

function isEntry(node: Syntax): boolean {
  return node.kind === 'scripted' || (node.kind === 'adjoined' && node.brackets.open === '[')
}

/** The letters that stand as indices of a known array. */
function lettersOf(session: Session, node: Syntax): readonly string[] {
  if (node.kind === 'adjoined' && node.brackets.open === '[') {
    return isArray(session, node.head) ? node.args.flatMap(lettersIn) : []
  }
  const parts = node.kind === 'scripted' ? nameParts(node) : undefined
  if (parts === undefined) return []
  const below = items(parts.subscripts)
  if (below.length === 0) return []
  const known = (scripts: readonly Syntax[], labels: readonly Syntax[]) => {
    const name = assemble(parts, scripts, labels, parts.primes)
    return name === undefined ? undefined : lookup(session, NOWHERE, name)
  }
  // What stands above may be a label of the name or a power of the entry.
  if (known(below, parts.superscripts) !== undefined || known(below, []) !== undefined) return []
  for (let k = below.length - 1; k >= 0; k--) {
    const entry = known(below.slice(0, k), parts.superscripts) ?? known(below.slice(0, k), [])
    if (entry?.kind === 'symbol') {
      const array = entry.family !== undefined || session.solver.isArray(entry.sides)
      return array ? below.slice(k).flatMap(lettersIn) : []
    }
  }
  return []
}

function isArray(session: Session, head: Syntax): boolean {
  const parts = nameParts(head)
  const name = parts && assemble(parts, items(parts.subscripts), parts.superscripts, parts.primes)
  const entry = name === undefined ? undefined : lookup(session, NOWHERE, name)
  return entry?.kind === 'symbol' && (entry.family !== undefined || session.solver.isArray(entry.sides))
}

/** Single letters in a subscript: alone, side by side, or with something added. */
function lettersIn(script: Syntax): readonly string[] {
  const node = bare(script)
  switch (node.kind) {
    case 'name':
      return /^[A-Za-z]$/.test(node.base) && node.marks.length === 0 ? [baseName(node)] : []
    case 'product':
      return node.operators.every(operator => operator === 'juxtaposed')
        ? node.factors.flatMap(lettersIn)
        : []
    case 'sum':
      return node.terms.flatMap(term => lettersIn(term.operand))
    default:
      return []
  }
}
