import type { Found } from './block.js'
import { type Mapped, MappedText } from './mapped.js'

/** Characters that Markdown without mathematics wants escaped in a formula by one more backslash. */
const DOUBLED = /\\\\\\\\|\\\\(?=[{}|,;:!_*#&%<>])/g

/**
 * The text of a piece that was found in `source`: without the marks of a quotation at the start of its lines (`line` is
 * where the line begins in which it stands), and without the backslashes that only protect other ones.
 */
export function undone(source: string, { span, inner, escaped }: Found, line: number): Mapped {
  const quoted =
    /^[ \t]*>/.test(source.slice(line, span.from)) ||
    /^[ \t]*>/.test(source.slice(inner.from, inner.from + 4))
  const raw = source.slice(inner.from, inner.to)
  if (!quoted && escaped !== true) return { text: raw, origin: offset => inner.from + offset }
  const text = new MappedText()
  let at = 0
  const take = (piece: string, from: number) => {
    if (escaped !== true) return text.add(piece, from)
    let last = 0
    for (const { index, 0: found } of piece.matchAll(DOUBLED)) {
      text.add(piece.slice(last, index), from + last)
      text.add(found.length === 4 ? '\\\\' : '\\', from + index)
      last = index + found.length
    }
    text.add(piece.slice(last), from + last)
  }
  for (const piece of raw.split(/(?<=\n)/)) {
    const inside = at === 0 && inner.from !== line && source[inner.from - 1] !== '\n'
    const mark = !quoted || inside ? '' : (/^[ \t]*(?:>[ \t]?)+/.exec(piece)?.[0] ?? '')
    take(piece.slice(mark.length), inner.from + at + mark.length)
    at += piece.length
  }
  return text.done(inner.to)
}
