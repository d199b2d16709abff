import { ParseError } from '../../base/errors.js'
import type { Span } from '../../base/span.js'
import type { Font } from '../syntax.js'
import {
  addRow,
  beginEnvironment,
  bracketMatrix,
  endEnvironment,
  left,
  lineBreak,
  right,
  skipGroup,
} from './environments.js'
import type { RawToken } from './latex-scan.js'
import {
  ACCENTS,
  ARROWS_WITH_TEXT,
  BIG_OPERATORS,
  CIRCLED,
  DELIMITERS,
  DOTS,
  DROPPED,
  DROPPED_ARGUMENT,
  FONT_SWITCHES,
  FONTS,
  FRACTIONS,
  GAPS,
  MARKS,
  RELATIONS,
  SIZES,
  TEXTS,
  TIMES,
  TRANSPARENT,
} from './latex-symbols.js'
import { CONNECTIVES, isFunctionWord } from './letters.js'
import type { Shaper, Slot } from './shaper.js'
import { type Token, type TokenType, token } from './token.js'

type Handler = (shaper: Shaper, raw: RawToken) => void

/** Handles one control word; the shaper stands behind it. */
export function shapeControl(shaper: Shaper, raw: RawToken) {
  const handler = HANDLERS.get(raw.text)
  if (handler !== undefined) return handler(shaper, raw)
  if (isFunctionWord(raw.text, shaper.vocabulary)) return leaf(shaper, 'function', raw.text, raw.span)
  leaf(shaper, 'name', raw.text, raw.span)
}

function leaf(shaper: Shaper, type: TokenType, text: string, span: Span, spelling?: Token['spelling']) {
  shaper.emit(type, text, span, spelling)
  shaper.complete(span)
}

function unary(text: string, slot: Slot = {}): Handler {
  return (shaper, raw) => {
    shaper.emit('unary', text, raw.span)
    shaper.need(raw, slot)
  }
}

/** Over a relation a decoration makes a definition: `\dot{=}`. */
function accent(mark: string): Handler {
  return (shaper, raw) => {
    const braced = shaper.raw[shaper.at]?.text === '{'
    const inner = shaper.raw[shaper.at + (braced ? 1 : 0)]
    if (inner?.text === '=' && (!braced || shaper.raw[shaper.at + 2]?.text === '}')) {
      shaper.at += braced ? 3 : 1
      return leaf(shaper, 'relation', ':=', { from: raw.span.from, to: inner.span.to })
    }
    unary(mark)(shaper, raw)
  }
}

/** `\sqrt[3]{x}` has its degree in brackets. */
function root(shaper: Shaper, raw: RawToken) {
  const next = shaper.raw[shaper.at]
  if (next?.text !== '[' || next.kind !== 'symbol') return unary('sqrt')(shaper, raw)
  shaper.at++
  shaper.emit('binary', 'root', raw.span)
  shaper.emit('lbrace', '{', next.span)
  shaper.push('optional', next, ']')
}

function font(name: Font): Handler {
  return (shaper, raw) => {
    if (name === 'roman' || name === 'sans' || name === 'typewriter' || name === 'italic') {
      const word = plainWord(shaper)
      if (word !== null) return upright(shaper, raw, word, name)
    }
    const single = singleName(shaper)
    if (single !== null) {
      const span = { from: raw.span.from, to: shaper.raw[shaper.at - 1]!.span.to }
      const outer = shaper.font
      shaper.font = name
      const type = single.kind === 'digits' ? 'number' : 'name'
      shaper.emit(type, single.text, span, single.kind === 'letter' ? 'letter' : 'control')
      shaper.font = outer
      return shaper.complete(span)
    }
    shaper.emit('unary', 'font', raw.span)
    shaper.need(raw, { font: name })
  }
}

/** The one letter, digit or Greek letter in braces here, or null; the shaper moves behind the braces. */
function singleName(shaper: Shaper): RawToken | null {
  const { raw, at } = shaper
  const [open, inner, close] = [raw[at], raw[at + 1], raw[at + 2]]
  if (open?.text !== '{' || close?.text !== '}' || inner === undefined) return null
  if (inner.kind === 'control') {
    if (HANDLERS.has(inner.text) || isFunctionWord(inner.text, shaper.vocabulary)) return null
  } else if (inner.kind !== 'letter' && inner.kind !== 'digits') return null
  shaper.at += 3
  return inner
}

/** The letters of a braced word that starts here, or null; the shaper moves behind it when there is one. */
function plainWord(shaper: Shaper): string | null {
  const open = shaper.at
  const close = shaper.raw[open]?.text === '{' ? shaper.match[open]! : -1
  if (close <= open + 1) return null
  let word = ''
  for (let i = open + 1; i < close; i++) {
    const { kind, text } = shaper.raw[i]!
    if (
      kind === 'letter' ||
      (kind === 'digits' && word !== '') ||
      (text === '-' && word !== '' && i + 1 < close)
    )
      word += text
    else if (!(kind === 'control' && /^[,;! ]$/.test(text))) return null
  }
  shaper.at = close + 1
  return word
}

function upright(shaper: Shaper, raw: RawToken, word: string, name: Font) {
  const span = { from: raw.span.from, to: shaper.raw[shaper.at - 1]!.span.to }
  if (word === 'd') return leaf(shaper, 'differential', 'd', span)
  if (word === 'D' && name === 'roman') return leaf(shaper, 'differential', 'D', span)
  const outer = shaper.font
  shaper.font = name
  if (/^d[a-zA-Z]$/.test(word) && name === 'roman') {
    shaper.emit('differential', 'd', span)
    shaper.emit('name', word[1]!, span, 'letter')
  } else if (word.length > 1 && isFunctionWord(word, shaper.vocabulary))
    shaper.emit('function', word, span, 'word')
  else shaper.emit('name', word, span, word.length === 1 ? 'letter' : 'word')
  shaper.font = outer
  shaper.complete(span)
}

function operatorName(shaper: Shaper, raw: RawToken) {
  const word = plainWord(shaper)
  if (word !== null) {
    const span = { from: raw.span.from, to: shaper.raw[shaper.at - 1]!.span.to }
    return leaf(shaper, word === 'd' ? 'differential' : 'function', word, span, 'word')
  }
  shaper.emit('unary', 'operatorname', raw.span)
  shaper.need(raw, { font: 'roman' })
}

/** One word of `\text` may be a name; anything else is prose. */
function text(shaper: Shaper, raw: RawToken) {
  const open = shaper.at
  const close = shaper.raw[open]?.text === '{' ? shaper.match[open]! : -1
  if (close < 0) {
    shaper.need(raw, {})
    return shaper.missingArgument(shaper.top!, shaper.raw[open] ?? null)
  }
  let words = ''
  for (let i = open + 1; i < close; i++) {
    const piece = shaper.raw[i]!
    if (piece.spaced && words !== '') words += ' '
    if (piece.kind !== 'control') words += piece.text === '~' ? ' ' : piece.text === '$' ? '' : piece.text
    else if (/^[_&%#{} ]$/.test(piece.text)) words += piece.text
    else if (/^[a-zA-Z]+$/.test(piece.text)) words += `\\${piece.text} `
  }
  words = words.trim()
  shaper.at = close + 1
  const span = { from: raw.span.from, to: shaper.raw[close]!.span.to }
  const lower = words.toLowerCase().replace(/[\s,.:;]+$/, '')
  if (words === '') {
    shaper.complete(span)
  } else if (
    /^[\p{L}\p{N}][\p{L}\p{N}_.-]*$/u.test(words) &&
    !CONNECTIVES.has(lower) &&
    !TEXT_WORDS.has(lower)
  ) {
    upright(shaper, raw, words, 'roman')
  } else if (!addRow(shaper, lower, span)) leaf(shaper, 'text', lower, span)
}

const TEXT_WORDS: ReadonlySet<string> = new Set(
  'let or so since thus hence therefore because is are are the a of to be that such given otherwise note assume recall'.split(
    ' ',
  ),
)

function color(shaper: Shaper, raw: RawToken) {
  const open = shaper.at
  skipGroup(shaper)
  let name = ''
  for (let i = open + 1; i < shaper.at - 1; i++) name += shaper.raw[i]!.text
  if (shaper.raw[shaper.at]?.text === '{') unary(`color ${name}`)(shaper, raw)
}

/** `\underset{n}{b}`, `\overset{n}{b}`: over a relation the note is dropped, `def` makes it a definition. */
function stacked(place: 'underset' | 'overset'): Handler {
  return (shaper, raw) => {
    const { raw: all, match, at } = shaper
    const first = all[at]?.text === '{' ? match[at]! : at
    const base = first + 1
    if (first >= 0 && all[base]?.text === '{' && match[base]! >= 0) {
      const inner = all.slice(base + 1, Math.min(match[base]!, base + 4))
      const relation = relationOf(inner)
      if (relation !== null) {
        let note = ''
        for (let i = at; i < first; i++) note += all[i]!.text
        shaper.at = match[base]! + 1
        return leaf(shaper, 'relation', /def|triangle/.test(note) ? ':=' : relation, raw.span)
      }
    }
    shaper.emit('binary', place, raw.span)
    shaper.need(raw, { script: true }, {})
  }
}

function relationOf(inner: readonly RawToken[]): string | null {
  if (inner.length === 2 && inner[0]!.text === ':' && inner[1]!.text === '=') return ':='
  if (inner.length !== 1) return null
  const { kind, text } = inner[0]!
  if (kind === 'control') return RELATIONS.get(text) ?? null
  return kind === 'symbol' && '=<>'.includes(text) ? text : null
}

function arrow(relation: string): Handler {
  return (shaper, raw) => {
    const { raw: all } = shaper
    if (all[shaper.at]?.text === '[') while (shaper.at < all.length && all[shaper.at++]!.text !== ']');
    skipGroup(shaper)
    leaf(shaper, 'relation', relation, raw.span)
  }
}

function negated(shaper: Shaper, raw: RawToken) {
  const next = shaper.raw[shaper.at]
  const relation = next === undefined ? null : relationOf([next])
  if (relation === null) {
    throw new ParseError('negation', 'expected a relation after \\not', {
      span: raw.span,
      hint: 'write \\neq or \\notin',
    })
  }
  shaper.at++
  leaf(shaper, 'relation', relation === 'in' ? 'notin' : '!=', { from: raw.span.from, to: next!.span.to })
}

/** `\pdv[n]{f}{x}{y}`, `\pdv{x}`, `\dv{f}{x}` of the physics package, as the fraction they print. */
function physicsDerivative(sign: 'partial' | 'd' | 'delta'): Handler {
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

function bracket(shaper: Shaper, raw: RawToken) {
  const [canonical, side] = DELIMITERS.get(raw.text)!
  if (side === 'open') return shaper.openBracket(canonical, raw)
  if (side === 'close') return shaper.close(canonical, raw)
  leaf(shaper, 'bar', canonical, raw.span)
}

/** A command and its braced or bracketed arguments leave nothing behind. */
function dropArguments(shaper: Shaper, _raw: RawToken) {
  skipGroup(shaper)
}

function dropThree(shaper: Shaper) {
  for (let i = 0; i < 3; i++) skipGroup(shaper)
}

function same(type: TokenType, text?: string): Handler {
  return (shaper, raw) => leaf(shaper, type, text ?? raw.text, raw.span)
}

function each(keys: Iterable<string>, make: (key: string) => Handler): [string, Handler][] {
  return Array.from(keys, key => [key, make(key)])
}

const nothing: Handler = () => {}

const HANDLERS: ReadonlyMap<string, Handler> = new Map<string, Handler>([
  ...each(BIG_OPERATORS.keys(), key => same('big', BIG_OPERATORS.get(key)!)),
  ...each(TIMES.keys(), key => same('times', TIMES.get(key)!)),
  ...each(CIRCLED.keys(), key => same('circled', CIRCLED.get(key)!)),
  ...each(RELATIONS.keys(), key => same(key === 'colon' ? 'colon' : 'relation', RELATIONS.get(key)!)),
  ...each(ARROWS_WITH_TEXT.keys(), key => arrow(ARROWS_WITH_TEXT.get(key)!)),
  ...each(DOTS, () => same('dots')),
  ...each(MARKS, () => same('mark')),
  ...each(FRACTIONS, key => (shaper, raw) => {
    shaper.emit('binary', key, raw.span)
    shaper.need(raw, {}, {})
  }),
  ...each(ACCENTS.keys(), key => accent(ACCENTS.get(key)!)),
  ...each(FONT_SWITCHES.keys(), key => shaper => {
    shaper.font = FONT_SWITCHES.get(key)!
  }),
  ...each(FONTS.keys(), key => font(FONTS.get(key)!)),
  ...each(TEXTS, () => text),
  ...each(TRANSPARENT, () => unary('same')),
  ...each(DROPPED_ARGUMENT, () => dropArguments),
  ...each(DROPPED, () => nothing),
  ...each(SIZES, () => nothing),
  ...each(GAPS, () => (shaper, raw) => {
    if (shaper.atTopLevel) shaper.emit('gap', raw.text, raw.span)
  }),
  ...each(DELIMITERS.keys(), () => bracket),
  ['partial', same('differential', 'partial')],
  ['nabla', same('nabla')],
  ['pm', same('add', '±')],
  ['mp', same('add', '∓')],
  ['mid', same('comma', '|')],
  ['middle', nothing],
  ['given', same('comma', '|')],
  ['parallel', same('comma', '||')],
  ['forall', (shaper, raw) => leaf(shaper, shaper.atTopLevel ? 'quantifier' : 'name', 'forall', raw.span)],
  ['prime', same('prime', "'")],
  ['sqrt', root],
  ['underbrace', unary('note')],
  ['overbrace', unary('note')],
  ['underset', stacked('underset')],
  ['overset', stacked('overset')],
  ['stackrel', stacked('overset')],
  ['substack', unary('same', { rowsAreCommas: true })],
  ['operatorname', operatorName],
  ['operatorname*', operatorName],
  ['operatornamewithlimits', operatorName],
  ['color', color],
  ['textcolor', color],
  ['colorbox', color],
  ['fcolorbox', color],

  ['definecolor', dropThree],
  ['not', negated],
  ['pdv', physicsDerivative('partial')],
  ['dv', physicsDerivative('d')],
  ['fdv', physicsDerivative('delta')],
  ['pderiv', physicsDerivative('partial')],
  ['mqty', (shaper, raw) => bracketMatrix(shaper, raw, '')],
  ['bmqty', (shaper, raw) => bracketMatrix(shaper, raw, '[')],
  ['pmqty', (shaper, raw) => bracketMatrix(shaper, raw, '(')],
  ['smqty', (shaper, raw) => bracketMatrix(shaper, raw, '')],
  ['vmqty', (shaper, raw) => bracketMatrix(shaper, raw, '|')],
  ['left', left],
  ['right', right],
  ['begin', (shaper, raw) => beginEnvironment(shaper, raw)],
  ['end', endEnvironment],
  ['\\', lineBreak],
  ['newline', lineBreak],
  ['cr', lineBreak],
  // Markdown escapes that reach us undone only in part.
  [
    '_',
    (shaper, raw) => {
      shaper.emit('under', '_', raw.span)
      shaper.need(raw, { script: true })
    },
  ],
  ['*', same('times', '*')],
  ['-', nothing],
  ['#', same('name', '#')],
  ['%', same('name', 'percent')],
  ['$', nothing],
  ['&', nothing],
])
