import type { Span } from '../../base/span.js'
import type { Handler } from './handlers.js'
import { type Token, token } from './token.js'

/** `\pdv[n]{f}{x}{y}`, `\pdv{x}`, `\dv{f}{x}` of the physics package, as the fraction they print. */
export function physicsDerivative(sign: 'partial' | 'd' | 'delta'): Handler {
  return (shaper, raw) => {
    const { raw: all, match } = shaper
    const at = raw.span
    const mark = token(sign === 'delta' ? 'name' : 'differential', sign, at)
    let order: Token[] = []
    if (all[shaper.at]?.text === '[') {
      const close = all.findIndex((piece, i) => i > shaper.at && piece.text === ']')
      if (close < 0) shaper.missingArgument({ ...shaper.top!, text: raw.text, span: at }, null)
      const inner = all.slice(shaper.at + 1, close)
      order = scripted(
        inner.map(piece =>
          token(piece.kind === 'digits' ? 'number' : 'name', piece.text, piece.span, null, 'letter'),
        ),
        at,
      )
      shaper.at = close + 1
    }
    const first = all[shaper.at]?.text === '{' ? match[shaper.at]! : shaper.at
    const second = first >= 0 && all[first + 1]?.text === '{' ? match[first + 1]! : -1
    const third = second >= 0 && all[second + 1]?.text === '{' ? match[second + 1]! : -1
    shaper.emit('binary', 'frac', at)
    if (third >= 0) {
      order = scripted([token('number', '2', at)], at)
      return shaper.need(
        raw,
        { before: [mark, ...order] },
        { before: [mark], joinsNext: true },
        { before: [mark], joinsLast: true },
      )
    }
    if (second >= 0) return shaper.need(raw, { before: [mark, ...order] }, { before: [mark], after: order })
    shaper.emit('lbrace', '{', at)
    shaper.out.push(mark, ...order)
    shaper.emit('rbrace', '}', at)
    shaper.need(raw, { before: [mark], after: order })
  }
}

function scripted(inner: readonly Token[], span: Span): Token[] {
  return [token('over', '^', span), token('lbrace', '{', span), ...inner, token('rbrace', '}', span)]
}
