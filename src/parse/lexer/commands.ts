import { ParseError } from '../../base/errors.js'
import {
  beginEnvironment,
  bracketMatrix,
  endEnvironment,
  left,
  lineBreak,
  right,
  skipGroup,
} from './environments.js'
import { type Handler, leaf, unary } from './handlers.js'
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
  NOTED,
  RELATIONS,
  SIZES,
  TEXTS,
  TIMES,
  TRANSPARENT,
} from './latex-symbols.js'
import { isFunctionWord } from './letters.js'
import type { Note } from './lexed.js'
import { physicsDerivative } from './physics.js'
import { accent, arrow, negated, stacked } from './relations.js'
import type { Shaper } from './shaper.js'
import type { TokenType } from './token.js'
import { font, operatorName, text } from './words.js'

/** Handles one control word; the shaper stands behind it. */
export function shapeControl(shaper: Shaper, raw: RawToken) {
  const handler = HANDLERS.get(raw.text)
  if (handler !== undefined) return handler(shaper, raw)
  if (isFunctionWord(raw.text, shaper.vocabulary)) return leaf(shaper, 'function', raw.text, raw.span)
  leaf(shaper, 'name', raw.text, raw.span)
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

function color(shaper: Shaper, raw: RawToken) {
  const open = shaper.at
  skipGroup(shaper)
  let name = ''
  for (let i = open + 1; i < shaper.at - 1; i++) name += shaper.raw[i]!.text
  if (shaper.raw[shaper.at]?.text === '{') unary(`color ${name}`)(shaper, raw)
}

/** `\arg\min` is one word. */
function arg(shaper: Shaper, raw: RawToken) {
  const next = shaper.raw[shaper.at]
  const both = next?.kind === 'control' && (next.text === 'min' || next.text === 'max')
  if (both) shaper.at++
  const span = both ? { from: raw.span.from, to: next.span.to } : raw.span
  leaf(shaper, 'function', both ? `arg${next.text}` : 'arg', span)
}

/** "For all": in a set it only stands before a condition. */
function forall(shaper: Shaper, raw: RawToken) {
  if (shaper.atTopLevel) leaf(shaper, 'quantifier', 'forall', raw.span)
  else if (shaper.out[shaper.out.length - 1]?.type !== 'comma') leaf(shaper, 'comma', ',', raw.span)
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

function noted(kind: Note['kind']): Handler {
  return (shaper, raw) => {
    const close = shaper.raw[shaper.at]?.text === '{' ? shaper.match[shaper.at]! : -1
    if (close >= 0) shaper.note(kind, raw, close + 1)
  }
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

/** Raises `ParseError` at a sign that is no quantity and that no operation here computes. */
const refused: Handler = (_, { text, span }) => {
  throw new ParseError('unsupported', `the sign \\${text} is not supported`, {
    span,
    hint: 'write the formula without it',
  })
}

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
  ...each(FONTS.keys(), key => font(FONTS.get(key)!, word => HANDLERS.has(word))),
  ...each(TEXTS, () => text),
  ...each(TRANSPARENT, () => unary('same')),
  ...each(DROPPED_ARGUMENT, () => dropArguments),
  ...each(NOTED.keys(), key => noted(NOTED.get(key)!)),
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
  ['forall', forall],
  ['prime', same('prime', "'")],
  ['sqrt', root],
  ['arg', arg],
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
  ['deriv', physicsDerivative('d')],
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
  ['-', same('add', '-')],
  ...each(['#', '%', 'bmod', 'pmod', 'mod', 'pod'], () => refused),
  ['$', nothing],
  ['&', nothing],
])
