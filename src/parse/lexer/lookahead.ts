import { depthChange, type Token, type TokenType } from './token.js'

const JOINTS: ReadonlySet<TokenType> = new Set<TokenType>(['add', 'times', 'circled'])
const ENDS: ReadonlySet<TokenType> = new Set<TokenType>([
  'rbrace',
  'close',
  'end',
  'ampersand',
  'newrow',
  'comma',
])

/** An arrow in a script, a bar in a cell, a statement of one sign: it stands for itself. */
export function isLone(tokens: readonly Token[], at: number): boolean {
  const { type } = tokens[at]!
  if (type !== 'relation' && type !== 'bar' && type !== 'colon' && !JOINTS.has(type)) return false
  const before = tokens[at - 1]?.type
  const after = tokens[at + 1]?.type
  if (before === undefined && after === undefined) return true
  if (type === 'relation') return before === 'lbrace' && after === 'rbrace'
  const cell = before === 'begin' || before === 'ampersand' || before === 'newrow'
  return type === 'bar' && cell && (after === 'end' || after === 'ampersand' || after === 'newrow')
}

/** `x^{\odot 2}`: the circle says how to read the exponent. */
export function isEntrywise(tokens: readonly Token[], at: number): boolean {
  const circle = tokens[at + 2]
  if (tokens[at + 1]?.type !== 'lbrace' || (circle?.text !== 'odot' && circle?.text !== 'circ')) return false
  const next = tokens[at + 3]?.type
  return next !== undefined && next !== 'rbrace' && next !== 'times' && next !== 'circled'
}

/** The index where a run of lone operators ends that fills a script or an argument slot, or -1. */
export function lastOfMark(tokens: readonly Token[], from: number): number {
  const first = tokens[from - 1]?.type
  if (first !== 'lbrace' && first !== 'open' && first !== 'comma' && first !== 'bar') return -1
  let end = from
  while (end < tokens.length && JOINTS.has(tokens[end]!.type)) end++
  const after = tokens[end]?.type
  return after === undefined || ENDS.has(after) || after === 'bar' ? end - 1 : -1
}

/**
 * The bars that find a partner of the same width further on their own level before a comma: candidates for opening.
 * Of two bars on a level the first may open; a third starts anew.
 */
export function pairAhead(tokens: readonly Token[]): ReadonlySet<number> {
  const openers = new Set<number>()
  const pending: (readonly [index: number, text: string] | null)[] = [null]
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i]!
    const change = depthChange(token.type)
    if (change > 0) pending.push(null)
    else if (change < 0 && pending.length > 1) pending.pop()
    else if (token.type === 'bar') {
      const open = pending[pending.length - 1]
      if (open && open[1] === token.text) {
        openers.add(open[0])
        pending[pending.length - 1] = null
      } else if (tokens[i + 1]?.type !== 'under' && tokens[i + 1]?.type !== 'over')
        pending[pending.length - 1] = [i, token.text]
    } else if (token.type === 'ampersand' || token.type === 'newrow' || token.type === 'comma')
      pending[pending.length - 1] = null
  }
  return openers
}
