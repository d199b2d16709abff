import { LimitError, ParseError } from '../../base/errors.js'
import type { Limits } from '../../base/limits.js'
import type { Span } from '../../base/span.js'
import type { Font } from '../syntax.js'
import type { RawToken } from './latex-scan.js'
import { PARTNER } from './latex-symbols.js'
import { isWordFont } from './letters.js'
import type { Note } from './lexed.js'
import { textOf } from './macros.js'
import { type Token, type TokenType, token } from './token.js'
import type { Vocabulary } from './vocabulary.js'

/** One argument a command waits for. */
export interface Slot {
  readonly font?: Font | undefined
  /** Tokens put behind the opening and before the closing brace. */
  readonly before?: readonly Token[] | undefined
  readonly after?: readonly Token[] | undefined
  /** The argument shares its braces with the one before or behind it. */
  readonly joinsLast?: boolean | undefined
  readonly joinsNext?: boolean | undefined
  readonly script?: boolean | undefined
  /** Row breaks inside are commas (`\substack`). */
  readonly rowsAreCommas?: boolean | undefined
}

/**
 * What is open. `need` waits for arguments; `brace` is a group the author wrote and `virtual` one he left out
 * (`x^2`); `bracket` and `left` are visible; `rows` is an environment of equations, `inline` the same where it cannot
 * be split, `matrix` and `cases` are values; `system` is `\left\{` around whole equations and prints nothing.
 */
export interface Frame {
  readonly kind:
    | 'need'
    | 'brace'
    | 'virtual'
    | 'optional'
    | 'bracket'
    | 'left'
    | 'rows'
    | 'inline'
    | 'matrix'
    | 'cases'
    | 'system'
  readonly span: Span
  /** The bracket or environment as the author would name it. */
  readonly text: string
  readonly slot: Slot | null
  readonly font: Font | null
  /** Of `need`: what is still to come. */
  readonly slots: readonly Slot[]
  /** What ends it: a bracket character, `\right`, or an environment name. */
  readonly closer: string
  readonly inScript: boolean
  commas: number
  /** Of `cases`: ampersands in the current row. */
  cells: number
}

/**
 * The part of the LaTeX lexer that knows about nesting: it puts braces around arguments written without them, matches
 * brackets, and keeps the font. Every level is one frame, so nothing here recurses.
 */
export class Shaper {
  readonly out: Token[] = []
  readonly notes: Note[] = []
  readonly raw: RawToken[]
  /** For every opening brace the index of its closing one, or -1. */
  readonly match: Int32Array
  readonly vocabulary: Vocabulary
  at = 0
  font: Font | null = null
  inScript = false
  readonly #limits: Limits
  readonly #frames: Frame[] = []
  #solid = 0

  constructor(raw: readonly RawToken[], vocabulary: Vocabulary, limits: Limits) {
    this.raw = raw.slice()
    this.match = matchBraces(raw)
    this.vocabulary = vocabulary
    this.#limits = limits
  }

  get top(): Frame | undefined {
    return this.#frames[this.#frames.length - 1]
  }

  /** True where a row break ends a statement. */
  get atTopLevel(): boolean {
    return this.#solid === 0
  }

  emit(type: TokenType, text: string, span: Span, spelling: Token['spelling'] = 'control'): void {
    this.out.push(token(type, text, span, this.font, spelling))
  }

  push(kind: Frame['kind'], at: RawToken, closer: string, options: Partial<Frame> = {}): void {
    if (kind !== 'need' && this.#solid >= this.#limits.nesting) {
      throw new LimitError('limit-nesting', `brackets are nested more than ${this.#limits.nesting} deep`, {
        span: at.span,
        hint: 'give the inner parts names of their own',
      })
    }
    if (kind !== 'need' && kind !== 'rows' && kind !== 'system') this.#solid++
    this.#frames.push({
      kind,
      span: at.span,
      text: options.text ?? at.text,
      slot: options.slot ?? null,
      font: this.font,
      slots: options.slots ?? [],
      closer,
      inScript: this.inScript,
      commas: 0,
      cells: 0,
    })
  }

  pop(): Frame {
    const frame = this.#frames.pop()!
    if (frame.kind !== 'need' && frame.kind !== 'rows' && frame.kind !== 'system') this.#solid--
    this.font = frame.font
    this.inScript = frame.inScript
    return frame
  }

  /** Keeps everything from here up to `end` as a note that belongs to `owner`, and moves behind it. */
  note(kind: Note['kind'], owner: RawToken, end: number): void {
    const pieces = this.raw.slice(this.at, end)
    const braced = pieces[0]?.text === '{' && pieces[pieces.length - 1]?.text === '}'
    const text = textOf(braced ? pieces.slice(1, -1) : pieces)
    const to = pieces[pieces.length - 1]?.span.to ?? owner.span.to
    this.notes.push(Object.freeze({ kind, text, span: { from: owner.span.from, to } }))
    this.at = end
  }

  need(at: RawToken, ...slots: readonly Slot[]): void {
    this.push('need', at, '', { slots })
  }

  /** Opens the argument that is due, around a brace the author wrote or left out. */
  openArgument(at: RawToken, kind: 'brace' | 'virtual'): void {
    const slot = this.top!.slots[0]!
    this.push(kind, at, '}', { slot, text: '{' })
    if (!slot.joinsLast) this.emit('lbrace', '{', at.span)
    for (const extra of slot.before ?? []) this.out.push({ ...extra, span: at.span })
    if (slot.font !== undefined) this.font = slot.font
    if (slot.script) {
      this.inScript = true
      // Bold letters have plain indices; words in scripts keep their upright font.
      if (!isWordFont(this.font)) this.font = null
    }
  }

  closeArgument(span: Span): void {
    const { slot } = this.pop()
    for (const extra of slot?.after ?? []) this.out.push({ ...extra, span })
    if (!slot?.joinsNext) this.emit('rbrace', '}', span)
    if (slot !== null && this.top?.kind === 'need') this.#advance()
  }

  #advance(): void {
    const need = this.pop()
    if (need.slots.length > 1) {
      this.push('need', { text: need.text, span: need.span } as RawToken, '', { slots: need.slots.slice(1) })
    }
  }

  /** Says that a unit (an atom, or a group) is complete; arguments left unbraced end with it. */
  complete(span: Span): void {
    while (this.top?.kind === 'virtual') this.closeArgument(span)
  }

  /** Closes the innermost bracket with `text`, or raises `ParseError` at whichever bracket has no partner. */
  close(text: string, raw: RawToken): void {
    const frame = this.top
    if (frame === undefined || (isOpenEnded(frame) && !text.startsWith('\\'))) this.strayCloser(text, raw)
    if (frame.kind === 'need' || frame.kind === 'virtual') this.missingArgument(frame, raw)
    const interval =
      frame.kind === 'bracket' && frame.commas === 1 && ')]'.includes(text) && ')]'.includes(frame.closer)
    if (frame.closer !== text && !interval) {
      throw new ParseError('unbalanced', `${shown(frame)} opened here is closed by ${text}`, {
        span: frame.span,
        hint: `expected ${frame.closer} before the ${text}`,
      })
    }
    this.pop()
    this.emit(frame.kind === 'matrix' ? 'end' : 'close', text, raw.span)
    this.complete(raw.span)
  }

  openBracket(text: string, raw: RawToken): void {
    this.emit('open', text, raw.span)
    this.push('bracket', raw, PARTNER.get(text) ?? text)
  }

  strayCloser(text: string, raw: RawToken): never {
    throw new ParseError('unbalanced', `nothing is open that ${text} could close`, {
      span: raw.span,
      hint: `remove it, or open the bracket before it`,
    })
  }

  missingArgument(frame: Frame, raw: RawToken | null): never {
    const name =
      frame.text === '^'
        ? 'a superscript'
        : frame.text === '_'
          ? 'a subscript'
          : `an argument of \\${frame.text}`
    throw new ParseError(
      'missing-argument',
      `expected ${name}, found ${raw === null ? 'the end' : raw.text}`,
      {
        span: frame.span,
        hint: 'give it in braces',
      },
    )
  }

  /** Raises `ParseError` when something is still open. */
  finish(): void {
    const frame = this.top
    if (frame === undefined) return
    if (frame.kind === 'need') this.missingArgument(frame, null)
    throw new ParseError('unbalanced', `${shown(frame)} opened here is never closed`, {
      span: frame.span,
      hint: `add the missing ${frame.closer}`,
    })
  }
}

/** Rows of equations may be left by their own `\end` only, but a stray bracket in them is the bracket's fault. */
function isOpenEnded({ kind }: Frame): boolean {
  return kind === 'rows' || kind === 'system'
}

function shown(frame: Frame): string {
  if (frame.kind === 'left' || frame.kind === 'system') return `the \\left${frame.text}`
  return frame.closer.startsWith('\\end') ? `the environment ${frame.text}` : `the ${frame.text}`
}

function matchBraces(raw: readonly RawToken[]): Int32Array {
  const match = new Int32Array(raw.length).fill(-1)
  const open: number[] = []
  for (let i = 0; i < raw.length; i++) {
    if (raw[i]!.kind !== 'symbol') continue
    if (raw[i]!.text === '{') open.push(i)
    else if (raw[i]!.text === '}' && open.length > 0) match[open.pop()!] = i
  }
  return match
}
