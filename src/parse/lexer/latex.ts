import { ParseError } from '../../base/errors.js'
import { DEFAULT_LIMITS, type Limits, within } from '../../base/limits.js'
import { shapeControl } from './commands.js'
import { addRow, ampersand } from './environments.js'
import { prefixFractions } from './infix.js'
import { type RawToken, scanLatex } from './latex-scan.js'
import { isWordFont, readLetters, readWord } from './letters.js'
import type { Lexed, LexOptions } from './lexed.js'
import { expandMacros } from './macros.js'
import { Shaper } from './shaper.js'

/**
 * Turns LaTeX into tokens of the grammar's classes: macros expanded, arguments braced, fonts folded into names,
 * brackets matched, layout gone. Raises `ParseError` where braces, brackets or arguments are missing and `LimitError`
 * beyond the bounds on length and nesting.
 */
export function lexLatex(source: string, options: LexOptions): Lexed {
  const limits: Limits = options.limits ?? DEFAULT_LIMITS
  within('sourceLength', source.length, limits)
  const scan = scanLatex(source, options.origin ?? (offset => offset))
  const { tokens, macros } = expandMacros(scan.tokens, options.macros, limits)
  const shaper = new Shaper(prefixFractions(tokens), options.vocabulary, limits)
  while (shaper.at < shaper.raw.length) step(shaper)
  shaper.finish()
  within('tokens', shaper.out.length, limits)
  return { tokens: shaper.out, directives: scan.directives, macros, notes: shaper.notes }
}

function step(shaper: Shaper) {
  const raw = shaper.raw[shaper.at]!
  if (shaper.top?.kind === 'need') {
    if (isSymbol(raw, '{')) {
      shaper.at++
      shaper.openArgument(raw, 'brace')
      return
    }
    if (
      isSymbol(raw, '}') ||
      isSymbol(raw, '&') ||
      isSymbol(raw, ')') ||
      raw.text === '\\' ||
      raw.text === 'end'
    ) {
      shaper.missingArgument(shaper.top, raw)
    }
    if (!isSkipped(raw)) shaper.openArgument(raw, 'virtual')
  }
  switch (raw.kind) {
    case 'letter':
      return letters(shaper, raw)
    case 'digits':
      return digits(shaper, raw)
    case 'control':
      shaper.at++
      return shapeControl(shaper, raw)
    case 'parameter':
      throw new ParseError('stray-parameter', `#${raw.text} stands outside a macro`, { span: raw.span })
    case 'symbol':
      shaper.at++
      return symbol(shaper, raw)
  }
}

function isSymbol(raw: RawToken | undefined, text: string): boolean {
  return raw !== undefined && raw.kind === 'symbol' && raw.text === text
}

function isSkipped(raw: RawToken): boolean {
  return raw.kind === 'control' && /^[,;:!> ]$|^limits$|^displaystyle$|^big/i.test(raw.text)
}

function digits(shaper: Shaper, raw: RawToken) {
  if (shaper.top?.kind === 'virtual' && raw.text.length > 1 && /^[0-9]+$/.test(raw.text)) {
    const { from, to } = raw.span
    const middle = Math.min(from + 1, to)
    shaper.raw[shaper.at] = { ...raw, text: raw.text.slice(1), span: { from: middle, to }, spaced: false }
    shaper.emit('number', raw.text[0]!, { from, to: middle })
  } else {
    shaper.at++
    shaper.emit('number', raw.text, raw.span)
  }
  shaper.complete(raw.span)
}

/** A run of letters with no space between them; inside fonts for words the whole run is one name. */
function letters(shaper: Shaper, first: RawToken) {
  const { raw } = shaper
  let end = shaper.at + 1
  if (shaper.top?.kind !== 'virtual') {
    while (
      end < raw.length &&
      (raw[end]!.kind === 'letter' || isWritten(shaper, end)) &&
      !raw[end]!.spaced &&
      raw[end]!.ancestry === first.ancestry
    )
      end++
  }
  let run = first.text
  for (let i = shaper.at + 1; i < end; i++) run += raw[i]!.text
  if (/^\p{Script=Han}+$/u.test(run)) {
    shaper.at = end
    shaper.emit('text', run, { from: first.span.from, to: raw[end - 1]!.span.to })
    return shaper.complete(first.span)
  }
  const called = isSymbol(raw[end], '(') || isSymbol(raw[end], '[') || raw[end]?.text === 'left'
  let at = shaper.at
  shaper.at = end
  const pieces = isWordFont(shaper.font)
    ? readWord(run, shaper.vocabulary)
    : readLetters(run, shaper.vocabulary, shaper.inScript, called)
  for (const piece of pieces) {
    const from = raw[at]!.span.from
    at += piece.text.length
    const span = { from, to: raw[at - 1]!.span.to }
    if (piece.role === 'connective') connective(shaper, piece.text, span)
    else if (piece.role === 'function') shaper.emit('function', piece.text, span, 'word')
    else shaper.emit('name', piece.text, span, piece.role)
  }
  shaper.complete(first.span)
}

/** An underscore inside a word in an upright font. */
function isWritten({ raw, font }: Shaper, at: number): boolean {
  return (
    isWordFont(font) && raw[at]!.kind === 'control' && raw[at]!.text === '_' && raw[at + 1]?.kind === 'letter'
  )
}

function connective(shaper: Shaper, text: string, span: RawToken['span']) {
  if (!addRow(shaper, text, span)) shaper.emit('text', text, span)
}

function symbol(shaper: Shaper, raw: RawToken) {
  const { text, span } = raw
  const next = shaper.raw[shaper.at]
  switch (text) {
    case '{':
      shaper.emit('lbrace', '{', span)
      return shaper.push('brace', raw, '}')
    case '}':
      return closeBrace(shaper, raw)
    case '(':
    case '[':
      return shaper.openBracket(text, raw)
    case ')':
      return shaper.close(text, raw)
    case ']':
      if (shaper.top?.kind === 'optional') {
        shaper.pop()
        shaper.emit('rbrace', '}', span)
        return shaper.need(raw, {})
      }
      return shaper.close(text, raw)
    case '^':
    case '_':
      if (shaper.out[shaper.out.length - 1]?.type === 'relation' && next !== undefined) {
        const end = isSymbol(next, '{') ? shaper.match[shaper.at]! : shaper.at
        if (end >= shaper.at) return shaper.note('relation', raw, end + 1)
      }
      shaper.emit(text === '^' ? 'over' : 'under', text, span)
      return shaper.need(raw, { script: true })
    case '&':
      return ampersand(shaper, raw)
    case "'":
      return emit('prime', "'")
    case '"':
      return emit('prime', "''")
    case '~':
      return spaces(shaper, raw)
    case '`':
    case '$':
      return
    case '|':
      if (isSymbol(next, '|') && !next!.spaced) {
        shaper.at++
        return emit('bar', '||')
      }
      return emit('bar', '|')
    case '+':
      return emit('add', '+')
    case '-':
      shaper.emit('add', '-', span)
      if (shaper.top?.kind === 'virtual' && /^(letter|digits)$/.test(next?.kind ?? '')) return
      return shaper.complete(span)
    case '*':
      return emit('times', '*')
    case '/':
      return emit('times', '/')
    case '=':
      return joined('=', 'relation', '==', 'relation', '=')
    case '<':
      return emit('relation', '<')
    case '>':
      return emit('relation', '>')
    case ':':
      return joined('=', 'relation', ':=', 'colon', ':')
    case '!':
      return joined('=', 'relation', '!=', 'factorial', '!')
    case ',':
    case ';':
      if (shaper.top !== undefined) shaper.top.commas++
      return emit('comma', text)
    case '?':
      return emit('mark', '?')
    case '.':
      return stops()
  }
  throw new ParseError('unexpected-character', `unexpected character ${text}`, { span, hint: 'remove it' })

  function emit(type: Parameters<Shaper['emit']>[0], canonical: string) {
    shaper.emit(type, canonical, span)
    shaper.complete(span)
  }
  function joined(
    second: string,
    pairType: Parameters<Shaper['emit']>[0],
    pair: string,
    type: Parameters<Shaper['emit']>[0],
    single: string,
  ) {
    if (isSymbol(next, second) && !next!.spaced) {
      shaper.at++
      return emit(pairType, pair)
    }
    return emit(type, single)
  }
  function stops() {
    let count = 1
    while (isSymbol(shaper.raw[shaper.at], '.')) {
      shaper.at++
      count++
    }
    if (count !== 2) return count > 1 ? emit('dots', 'dots') : emit('stop', '.')
    // `L-1..1` counts from one to the other.
    const last = shaper.out[shaper.out.length - 1]
    const counts = last?.type === 'number' && shaper.raw[shaper.at]?.kind === 'digits'
    if (!counts) return emit('dots', 'dots')
    shaper.emit('comma', ',', span)
    shaper.emit('dots', 'dots', span)
    return emit('comma', ',')
  }
}

/** Hard spaces set the number of an equation apart, `~~(3)`; others are only wide. */
function spaces(shaper: Shaper, first: RawToken) {
  const { raw } = shaper
  const start = shaper.at
  while (isSymbol(raw[shaper.at], '~')) shaper.at++
  const [open, digits, close, after] = raw.slice(shaper.at, shaper.at + 4)
  const numbered = isSymbol(open, '(') && digits?.kind === 'digits' && isSymbol(close, ')')
  const ends = after === undefined || (after.kind === 'control' && ENDS_ROW.has(after.text))
  if (shaper.at > start && numbered && ends && shaper.atTopLevel) shaper.emit('gap', '~', first.span)
}

const ENDS_ROW: ReadonlySet<string> = new Set(['\\', 'newline', 'cr', 'end'])

function closeBrace(shaper: Shaper, raw: RawToken) {
  const frame = shaper.top
  if (frame?.kind === 'brace') {
    if (frame.slot !== null) shaper.closeArgument(raw.span)
    else {
      shaper.pop()
      shaper.emit('rbrace', '}', raw.span)
    }
    shaper.complete(raw.span)
  } else if (frame?.kind === 'matrix') shaper.close('}', raw)
  else if (frame === undefined) shaper.strayCloser('}', raw)
  else shaper.close('}', raw)
}
