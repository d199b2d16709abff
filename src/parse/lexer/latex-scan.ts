import { ParseError } from '../../base/errors.js'
import type { Span } from '../../base/span.js'
import type { Directive } from './directive.js'
import { CONTROL_OF, LOWERED, PLAIN_OF, RAISED } from './unicode.js'

/** The macros whose bodies a token came out of, innermost first. */
export interface Ancestry {
  readonly name: string
  readonly parent: Ancestry | null
  readonly depth: number
}

/**
 * A character or control word of LaTeX before anything is expanded. Space is not a token but a property of the token
 * behind it, for letter runs and for the words of `\text`.
 */
export interface RawToken {
  readonly kind: 'control' | 'letter' | 'digits' | 'symbol' | 'parameter'
  readonly text: string
  readonly span: Span
  readonly spaced: boolean
  readonly ancestry: Ancestry | null
}

export interface Scan {
  readonly tokens: readonly RawToken[]
  readonly directives: readonly Directive[]
}

const CONTROL = /\\(?:[a-zA-Z]+\*?|[\s\S])/y
const DIGITS = /[0-9]+(?:\.[0-9]+)?|\.[0-9]+/y
/** `1e-5` and `2.5e-3`, with nothing between the signs. */
const SCIENTIFIC = /[0-9]+(?:\.[0-9]+)?e-?[0-9]+(?![0-9.^_])/y
const ENTITY = /&(?:lt|gt|amp|nbsp);/y
const DIRECTIVE = /^%+[ \t]*backprose:[ \t]*([A-Za-z-]+)[ \t]*(.*?)[ \t\r]*$/
const LETTER = /\p{L}/u
const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['&lt;', '<'],
  ['&gt;', '>'],
  ['&amp;', '&'],
])
/** Control words that keep a star; every other star after a word is a multiplication. */
const STARRED =
  /^\\(?:tag|hspace|vspace|operatorname|newcommand|renewcommand|providecommand|DeclareMathOperator)\*$/

const SPACE = 1
const ALPHA = 2
const DIGIT = 3
const KIND = new Uint8Array(128)
for (const c of ' \t\n\r\f\v') KIND[c.charCodeAt(0)] = SPACE
for (let c = 0; c < 26; c++) KIND[65 + c] = KIND[97 + c] = ALPHA
for (let c = 48; c < 58; c++) KIND[c] = DIGIT

/**
 * Cuts LaTeX source into raw tokens. Comments vanish, except that `% backprose: VERB …` is returned as a directive;
 * Unicode mathematics becomes the control words that mean the same. `place` says where an offset stands in the file.
 */
export function scanLatex(source: string, place: (offset: number) => number): Scan {
  const tokens: RawToken[] = []
  const directives: Directive[] = []
  let at = 0
  let spaced = false
  const push = (kind: RawToken['kind'], text: string, to: number) => {
    tokens.push({ kind, text, span: spanOf(at, to, place), spaced, ancestry: null })
    spaced = false
    at = to
  }
  const match = (pattern: RegExp) => {
    pattern.lastIndex = at
    return pattern.exec(source)?.[0] ?? null
  }
  while (at < source.length) {
    const code = source.charCodeAt(at)
    const kind = code < 128 ? KIND[code]! : 0
    if (kind === SPACE) {
      spaced = true
      at++
    } else if (kind === ALPHA) push('letter', source[at]!, at + 1)
    else if (kind === DIGIT) {
      const text = scientific() ?? match(DIGITS)!
      push('digits', text, at + text.length)
    } else if (code === 92) {
      const found = match(CONTROL)
      if (found === null)
        throw new ParseError('stray-backslash', 'a backslash at the end of the text', {
          span: spanOf(at, at + 1, place),
        })
      const text =
        found.length > 2 && found.endsWith('*') && !STARRED.test(found) ? found.slice(0, -1) : found
      push('control', text.slice(1), at + text.length)
    } else if (code === 37) {
      const end = endOfLine(source, at)
      const found = DIRECTIVE.exec(source.slice(at, end))
      if (found) {
        const from = at + found[0].lastIndexOf(found[2]!)
        directives.push({
          span: spanOf(at, end, place),
          verb: found[1]!,
          text: found[2]!,
          textSpan: spanOf(from, from + found[2]!.length, place),
        })
      }
      at = end
      spaced = true
    } else if (code === 35 && KIND[source.charCodeAt(at + 1)] === DIGIT)
      push('parameter', source[at + 1]!, at + 2)
    else if (code === 38) {
      const entity = match(ENTITY)
      if (entity === null) push('symbol', '&', at + 1)
      else if (entity === '&nbsp;') at += entity.length
      else push('symbol', ENTITIES.get(entity)!, at + entity.length)
    } else if (code === 46 && KIND[source.charCodeAt(at + 1)] === DIGIT && source[at - 1] !== '.') {
      const text = match(DIGITS)!
      push('digits', text, at + text.length)
    } else if (code < 128) push('symbol', source[at]!, at + 1)
    else pushUnicode()
  }
  return { tokens, directives }

  /** A number with a power of ten; `2e-1`, which may be Euler's number doubled and lessened by one, is refused. */
  function scientific(): string | null {
    if (/[\^_]/.test(source[at - 1] ?? '')) return null
    const text = match(SCIENTIFIC)
    if (text === null || /^1e|\./.test(text)) return text
    throw new ParseError('ambiguous-number', `${text} may be a number, or a product with e`, {
      span: spanOf(at, at + text.length, place),
      hint: `write ${text.replace(/e(.*)/, ' \\cdot 10^{$1}')} for the number, or put spaces around e`,
    })
  }

  function pushUnicode() {
    const point = String.fromCodePoint(source.codePointAt(at)!)
    const to = at + point.length
    const control = CONTROL_OF.get(point)
    const script = RAISED.has(point) ? RAISED : LOWERED.has(point) ? LOWERED : null
    if (control !== undefined) push('control', control, to)
    else if (script !== null) pushScript(script)
    else if (/\s|\u200b|\ufeff|\u2061|\u2062/u.test(point)) {
      spaced = true
      at = to
    } else {
      const plain = PLAIN_OF.get(point) ?? point.normalize('NFKC')
      const from = at
      for (const character of plain) {
        at = from
        const letter = LETTER.test(character)
        const known = CONTROL_OF.get(character)
        if (known !== undefined) push('control', known, to)
        else push(letter ? 'letter' : /[0-9]/.test(character) ? 'digits' : 'symbol', character, to)
      }
      at = to
    }
  }

  function pushScript(script: ReadonlyMap<string, string>) {
    const from = at
    let end = at
    while (end < source.length && script.has(source[end]!)) end++
    push('symbol', script === RAISED ? '^' : '_', from)
    push('symbol', '{', from)
    for (let i = from; i < end; i++) {
      const text = script.get(source[i]!)!
      push(/[0-9]/.test(text) ? 'digits' : /[a-zA-Z]/.test(text) ? 'letter' : 'symbol', text, i + 1)
    }
    push('symbol', '}', end)
  }
}

export function spanOf(from: number, to: number, place: (offset: number) => number): Span {
  const start = place(from)
  return { from: start, to: to > from ? place(to - 1) + 1 : start }
}

function endOfLine(source: string, from: number): number {
  for (let i = from; i < source.length; i++) {
    const c = source.charCodeAt(i)
    if (c === 10 || c === 13) return i
  }
  return source.length
}
