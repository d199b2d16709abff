import type { Span } from '../../base/span.js'
import type { RawToken } from './latex-scan.js'
import type { Shaper, Slot } from './shaper.js'
import type { Token, TokenType } from './token.js'

/** What a control word does; the shaper stands behind it. */
export type Handler = (shaper: Shaper, raw: RawToken) => void

/** Emits a token that is a whole unit. */
export function leaf(
  shaper: Shaper,
  type: TokenType,
  text: string,
  span: Span,
  spelling?: Token['spelling'],
) {
  shaper.emit(type, text, span, spelling)
  shaper.complete(span)
}

/** A command with one argument. */
export function unary(text: string, slot: Slot = {}): Handler {
  return (shaper, raw) => {
    shaper.emit('unary', text, raw.span)
    shaper.need(raw, slot)
  }
}
