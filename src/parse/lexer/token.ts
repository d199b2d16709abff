import type { Span } from '../../base/span.js'
import type { Font } from '../syntax.js'

/**
 * The classes of token the grammars know. A class says how a token behaves, never which operation it is:
 *
 * - operands: `number name function big nabla differential text dots mark`;
 * - joints: `add` (between terms), `times` (ordinary product), `circled` (loose product), `relation`, `range`, `comma`;
 * - `sign`: plus or minus where an operand is due;
 * - suffixes: `under` and `over` (a braced script follows), `prime`, `evaluation`, `factorial`;
 * - commands: `unary` and `binary` (one or two braced arguments follow);
 * - brackets: `lbrace rbrace` (TeX grouping), `open close` (visible), `begin end` (matrix or cases) with `ampersand newrow`.
 *
 * Classes of the second line leave the lexer settled; before that they pass through as `bar` and `colon`, and `gap`,
 * `stop` and `quantifier` only steer the splitting into statements.
 */
export type TokenType =
  | 'number'
  | 'name'
  | 'function'
  | 'big'
  | 'nabla'
  | 'differential'
  | 'text'
  | 'dots'
  | 'mark'
  | 'add'
  | 'sign'
  | 'times'
  | 'circled'
  | 'relation'
  | 'range'
  | 'comma'
  | 'under'
  | 'over'
  | 'prime'
  | 'evaluation'
  | 'factorial'
  | 'unary'
  | 'binary'
  | 'lbrace'
  | 'rbrace'
  | 'open'
  | 'close'
  | 'begin'
  | 'end'
  | 'ampersand'
  | 'newrow'
  | 'bar'
  | 'colon'
  | 'gap'
  | 'stop'
  | 'quantifier'

export interface Token {
  readonly type: TokenType
  /** The canonical spelling of its class: an operator, a bracket character, an environment, a base name. */
  readonly text: string
  readonly span: Span
  /** Of names: the font around it. */
  readonly font: Font | null
  readonly spelling: 'letter' | 'word' | 'control'
}

export function token(
  type: TokenType,
  text: string,
  span: Span,
  font: Font | null = null,
  spelling: Token['spelling'] = 'control',
): Token {
  return { type, text, span, font, spelling }
}

const OPENERS: ReadonlySet<TokenType> = new Set<TokenType>(['lbrace', 'open', 'begin'])
const CLOSERS: ReadonlySet<TokenType> = new Set<TokenType>(['rbrace', 'close', 'end'])

/** +1 for a token that opens a level, -1 for one that closes it, 0 for all others. */
export function depthChange(type: TokenType): -1 | 0 | 1 {
  return OPENERS.has(type) ? 1 : CLOSERS.has(type) ? -1 : 0
}
