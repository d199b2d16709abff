import { cover } from '../../base/span.js'
import { depthChange, type Token, token } from './token.js'
import { CONTROL_OF } from './unicode.js'

const GREEK: ReadonlySet<string> = new Set(CONTROL_OF.values())

/**
 * In plain text a derivative is written `dL/dW`, `d^2 f/dx^2`, `d/dx(…)`, `d(…)/dx`, `d^2 f/(dx*dy)` or with ∂. This
 * pass finds these shapes, a word beginning with d on both sides of a slash, and writes them as fractions of
 * differentials; everything else is left as it is.
 */
export function fuseDerivatives(tokens: readonly Token[]): Token[] {
  const out: Token[] = []
  for (let i = 0; i < tokens.length; ) {
    const found = startsDifferential(tokens[i]!) && !isJoined(tokens[i - 1]) ? derivativeAt(tokens, i) : null
    if (found === null) out.push(tokens[i++]!)
    else {
      for (const piece of found.tokens) out.push(piece)
      i = found.end
    }
  }
  return out
}

interface Found {
  readonly tokens: readonly Token[]
  readonly end: number
}

function startsDifferential(first: Token): boolean {
  return first.type === 'differential' || (first.type === 'name' && first.text[0] === 'd')
}

/** Behind a script or an operand this is no factor of its own. */
function isJoined(before: Token | undefined): boolean {
  return (
    before !== undefined && (before.type === 'under' || before.type === 'close' || before.type === 'name')
  )
}

function derivativeAt(tokens: readonly Token[], at: number): Found | null {
  const above = differentialAt(tokens, at)
  if (above === null || tokens[above.end]?.text !== '/') return null
  const start = above.end + 1
  const below = tokens[start]?.text === '(' ? groupAt(tokens, start) : differentialAt(tokens, start, false)
  if (below === null || below.bare) return null
  if (above.word && below.word) return null
  const operand = above.bare ? operandBehind(tokens, below.end) : []
  if (operand === null) return null
  const end = below.end + operand.length
  const span = cover(tokens[at]!.span, tokens[end - 1]!.span)
  const brace = (type: 'lbrace' | 'rbrace') => token(type, type === 'lbrace' ? '{' : '}', span)
  return {
    tokens: [
      token('binary', 'frac', span),
      brace('lbrace'),
      ...above.tokens.slice(0, -1),
      ...operand,
      ...above.tokens.slice(-1),
      brace('rbrace'),
      brace('lbrace'),
      ...below.tokens,
      brace('rbrace'),
    ],
    end,
  }
}

/** What `d/dx` stands before: nothing yet when it is in parentheses, null when there is no operand. */
function operandBehind(tokens: readonly Token[], at: number): readonly Token[] | null {
  const next = tokens[at]
  if (next?.text === '(') return []
  if (next?.type !== 'name' && next?.type !== 'function' && next?.type !== 'number') return null
  return tokens.slice(at, suffixesEnd(tokens, at + 1, true))
}

interface Differential extends Found {
  /** Nothing but the sign. */
  readonly bare: boolean
  /** What follows the d is a word of several small letters: alone it is no evidence, `data/dim` is a quotient. */
  readonly word: boolean
}

/**
 * `dL`, `d L`, `d^2 L`, `d(…)`, `∂L`, `d`: the sign with its order and the operand with its suffixes. Below the line a
 * parenthesis is no suffix: in `d/dx(x^2)` it is what the operator stands before.
 */
function differentialAt(tokens: readonly Token[], at: number, calls = true): Differential | null {
  const first = tokens[at]
  if (first === undefined || !startsDifferential(first)) return null
  const sign = first.type === 'differential' ? first.text : 'd'
  let operand: Token[] = []
  let order: readonly Token[] = []
  let end = at + 1
  let word = false
  if (first.type === 'name' && first.text.length > 1) {
    if (first.text === 'delta') return null
    const digits = /^d([0-9])([A-Za-z].*)$/.exec(first.text)
    if (digits !== null) order = [token('number', digits[1]!, first.span)]
    const rest = digits?.[2] ?? first.text.slice(1)
    if (!/^[A-Za-z]/.test(rest)) return null
    word = /^[a-z]{2}/.test(rest) && !GREEK.has(rest)
    const skipped = first.text.length - rest.length
    const from =
      first.span.to - first.span.from === first.text.length ? first.span.from + skipped : first.span.from
    operand = [
      {
        ...first,
        text: rest,
        span: { from, to: first.span.to },
        spelling: rest.length === 1 ? 'letter' : 'word',
      },
    ]
  } else {
    if (tokens[end]?.type === 'over') {
      const close = closing(tokens, end + 1)
      order = tokens.slice(end + 2, close)
      end = close + 1
    }
    const next = tokens[end]
    if (next?.type === 'name' || next?.type === 'function' || (next?.type === 'open' && next.text === '(')) {
      const close = next.type === 'open' ? closing(tokens, end) : end
      operand = tokens.slice(end, close + 1)
      end = close + 1
    }
  }
  if (operand.length > 0) {
    const suffixes = suffixesEnd(tokens, end, calls)
    for (let i = end; i < suffixes; i++) operand.push(tokens[i]!)
    end = suffixes
  }
  const span = cover(first.span, tokens[end - 1]!.span)
  const open = token('lbrace', '{', span)
  const close = token('rbrace', '}', span)
  return {
    tokens: [token('binary', sign, span), open, ...order, close, open, ...operand, close],
    end,
    bare: operand.length === 0,
    word,
  }
}

/** `(dx*dy)` below the line. */
function groupAt(tokens: readonly Token[], at: number): Differential | null {
  const close = closing(tokens, at)
  const pieces: Token[] = []
  let i = at + 1
  while (i < close) {
    const piece = differentialAt(tokens, i)
    if (piece === null || piece.bare) return null
    if (pieces.length > 0) pieces.push(token('times', '*', tokens[i]!.span))
    pieces.push(...piece.tokens)
    i = tokens[piece.end]?.type === 'times' ? piece.end + 1 : piece.end
  }
  return pieces.length === 0 ? null : { tokens: pieces, end: close + 1, bare: false, word: false }
}

function suffixesEnd(tokens: readonly Token[], from: number, calls: boolean): number {
  let end = from
  for (;;) {
    const type = tokens[end]?.type
    if (type === 'under' || type === 'over') end = closing(tokens, end + 1) + 1
    else if (type === 'open' && (tokens[end]!.text === '[' || (calls && tokens[end]!.text === '(')))
      end = closing(tokens, end) + 1
    else if (type === 'prime') end++
    else return end
  }
}

/** The index of the bracket that closes the one at `open`; the tokens are balanced. */
function closing(tokens: readonly Token[], open: number): number {
  let depth = 0
  for (let i = open; i < tokens.length; i++) {
    depth += depthChange(tokens[i]!.type)
    if (depth === 0) return i
  }
  return tokens.length - 1
}
