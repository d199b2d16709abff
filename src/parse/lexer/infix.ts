import type { RawToken } from './latex-scan.js'

const INFIX: ReadonlyMap<string, string> = new Map([
  ['over', 'frac'],
  ['choose', 'binom'],
])

/**
 * Rewrites the infix fractions of plain TeX, `{a \over b}`, as `{\frac{a}{b}}`; the new braces stand where the infix
 * command stands. Of several in one group the first counts.
 */
export function prefixFractions(tokens: readonly RawToken[]): readonly RawToken[] {
  if (!tokens.some(piece => piece.kind === 'control' && INFIX.has(piece.text))) return tokens
  const openings = new Map<number, RawToken>()
  const closings = new Map<number, RawToken>()
  const groups: { from: number; infix: RawToken | null }[] = [{ from: 0, infix: null }]
  const close = (at: number) => {
    const { infix, from } = groups[groups.length - 1]!
    if (infix === null) return
    openings.set(from, infix)
    closings.set(at, infix)
  }
  const infixes = new Set<RawToken>()
  tokens.forEach((piece, i) => {
    const group = groups[groups.length - 1]!
    if (piece.kind === 'symbol' && piece.text === '{') groups.push({ from: i + 1, infix: null })
    else if (piece.kind === 'symbol' && piece.text === '}') {
      close(i)
      if (groups.length > 1) groups.pop()
    } else if (piece.kind === 'control' && INFIX.has(piece.text) && group.infix === null) {
      group.infix = piece
      infixes.add(piece)
    }
  })
  close(tokens.length)
  const out: RawToken[] = []
  const symbol = (text: string, at: RawToken): RawToken => ({ ...at, kind: 'symbol', text })
  for (let i = 0; i <= tokens.length; i++) {
    const closing = closings.get(i)
    if (closing !== undefined) out.push(symbol('}', closing))
    const opening = openings.get(i)
    if (opening !== undefined) out.push({ ...opening, text: INFIX.get(opening.text)! }, symbol('{', opening))
    const piece = tokens[i]
    if (piece === undefined) break
    if (infixes.has(piece)) out.push(symbol('}', piece), symbol('{', piece))
    else out.push(piece)
  }
  return out
}
