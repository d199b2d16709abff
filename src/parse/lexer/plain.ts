import { LimitError, ParseError } from '../../base/errors.js'
import { DEFAULT_LIMITS, within } from '../../base/limits.js'
import type { Span } from '../../base/span.js'
import { fuseDerivatives } from './derivatives.js'
import type { Directive } from './directive.js'
import { spanOf } from './latex-scan.js'
import { PARTNER } from './latex-symbols.js'
import type { Lexed, LexOptions } from './lexed.js'
import { OPERATORS, SYMBOLS } from './plain-symbols.js'
import { type Token, type TokenType, token } from './token.js'
import { CONTROL_OF, LOWERED, PLAIN_OF, RAISED } from './unicode.js'

const NUMBER = /(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]+(?![A-Za-z0-9_]))?/y
const WORD = /[\p{Lu}\p{Ll}\p{Lt}\p{Lo}][\p{Lu}\p{Ll}\p{Lt}\p{Lo}\p{Nd}]*/uy
/** A name may begin with underscores, and then they are all its own: `__proto__`. */
const UNDERSCORED = /_+[A-Za-z][A-Za-z0-9_]*/y
const SUBSCRIPT = /_(?:[\p{L}\p{N}]+)/uy
const COMMENT = /[%#][^\n\r]*/y
const DIRECTIVE = /^[%#]+[ \t]*backprose:[ \t]*([A-Za-z-]+)[ \t]*(.*?)[ \t]*$/

/** Words with a meaning of their own at the top level of a statement. */
const LEADS: ReadonlySet<string> = new Set(['let', 'where', 'for', 'and', 'given', 'assume', 'with'])

interface Frame {
  readonly kind: 'bracket' | 'brace' | 'virtual'
  readonly span: Span
  readonly text: string
  readonly closer: string
}

/**
 * Turns plain text into tokens of the grammar's classes. Words are whole identifiers, an underscore begins a
 * subscript, an exponent without brackets is the next number or (indexed, called) name, and `x` between two sizes is a
 * times sign. Statements end at line breaks and semicolons outside brackets.
 */
export function lexPlain(source: string, options: LexOptions): Lexed {
  const limits = options.limits ?? DEFAULT_LIMITS
  within('sourceLength', source.length, limits)
  const place = options.origin ?? (offset => offset)
  const functions = options.vocabulary.functions.plain
  const out: Token[] = []
  const directives: Directive[] = []
  const frames: Frame[] = []
  let at = 0
  let spaced = false
  let closers: ReadonlyMap<number, number> | undefined

  const emit = (
    type: TokenType,
    text: string,
    from: number,
    to: number,
    spelling: Token['spelling'] = 'word',
  ) => {
    out.push(token(type, text, spanOf(from, to, place), null, spelling))
  }
  const match = (pattern: RegExp) => {
    pattern.lastIndex = at
    return pattern.exec(source)?.[0] ?? null
  }
  const open = (kind: Frame['kind'], text: string, closer: string, to: number) => {
    if (frames.length >= limits.nesting) {
      throw new LimitError('limit-nesting', `brackets are nested more than ${limits.nesting} deep`, {
        span: spanOf(at, to, place),
        hint: 'give the inner parts names of their own',
      })
    }
    frames.push({ kind, span: spanOf(at, to, place), text, closer })
  }
  /** Exponents without brackets end here, unless what follows still belongs to them. */
  const settleVirtual = (atEnd: boolean) => {
    while (frames[frames.length - 1]?.kind === 'virtual') {
      const next = source[at]
      const last = out[out.length - 1]!.type
      if (!atEnd && (last === 'lbrace' || last === 'add')) return
      if ((next === '(' || next === '[') && (last === 'name' || last === 'function' || last === 'close'))
        return
      if (raises(at) || (next === '_' && last === 'name')) return
      frames.pop()
      emit('rbrace', '}', at, at)
    }
  }
  const endsOperand = () => {
    const type = out[out.length - 1]?.type
    return (
      type === 'name' ||
      type === 'number' ||
      type === 'close' ||
      type === 'rbrace' ||
      type === 'prime' ||
      type === 'dots'
    )
  }

  while (at < source.length) {
    const character = source[at]!
    if (character === ' ' || character === '\t' || character === '\u00a0') {
      at++
      spaced = true
      continue
    }
    if (character === '\n' || character === '\r' || (character === ';' && frames.length === 0)) {
      if (frames[frames.length - 1]?.kind === 'virtual') missing(frames[frames.length - 1]!)
      if (frames.length === 0) emit('newrow', character === ';' ? ';' : '\n', at, at + 1)
      at++
      spaced = true
      continue
    }
    const comment = match(COMMENT)
    if (comment !== null) {
      directive(comment)
      at += comment.length
      continue
    }
    read(character)
    spaced = false
    settleVirtual(false)
  }
  const unclosed = frames[frames.length - 1]
  if (unclosed !== undefined) {
    if (unclosed.kind === 'virtual') missing(unclosed)
    throw new ParseError('unbalanced', `the ${unclosed.text} opened here is never closed`, {
      span: unclosed.span,
      hint: `add the missing ${unclosed.closer}`,
    })
  }
  within('tokens', out.length, limits)
  return { tokens: fuseDerivatives(out), directives, macros: options.macros ?? new Map(), notes: [] }

  function read(character: string) {
    const number = match(NUMBER)
    if (number !== null) {
      emit('number', number, at, at + number.length)
      at += number.length
      return
    }
    const control = CONTROL_OF.get(String.fromCodePoint(source.codePointAt(at)!))
    const symbol = control === undefined ? undefined : SYMBOLS.get(control)
    if (symbol !== undefined) {
      emit(symbol[0], symbol[1], at, at + 1)
      at++
      return
    }
    const word = match(WORD)
    if (word !== null) return readWord(word)
    const underscored = character === '_' && !endsOperand() ? match(UNDERSCORED) : null
    if (underscored !== null) {
      emit('name', underscored, at, at + underscored.length)
      at += underscored.length
      return
    }
    if (character === '_') return subscript()
    if ('([{'.includes(character)) return opener(character)
    if (')]}'.includes(character)) return closer(character)
    if (character === ';') {
      emit('comma', ';', at, at + 1)
      at++
      return
    }
    if (RAISED.has(character)) return shifted(RAISED)
    if (LOWERED.has(character)) return shifted(LOWERED)
    const plain = PLAIN_OF.get(character)
    for (const [text, type, canonical] of OPERATORS) {
      if (plain === undefined ? !source.startsWith(text, at) : text !== plain) continue
      return operator(plain === undefined ? text : character, type, canonical)
    }
    const latex = character === '\\'
    throw new ParseError('unexpected-character', `unexpected character ${character}`, {
      span: spanOf(at, at + 1, place),
      hint: latex ? 'this looks like LaTeX; read it with that dialect' : 'remove it',
    })
  }

  function operator(text: string, type: TokenType, canonical: string) {
    const from = at
    const gets = text === '<' && spaced && source[at + 1] === '-' && /\s/.test(source[at + 2] ?? '')
    at += gets ? 2 : text.length
    if (gets) emit('relation', 'gets', from, at)
    else emit(type, canonical, from, at)
    if (type === 'over') script()
  }

  /** Behind `^`: braces and parentheses delimit the exponent, anything else is one operand. */
  function script() {
    while (source[at] === ' ' || source[at] === '\t') at++
    const next = source[at]
    if ((next === '{' || next === '(') && !raisedBehind(at)) {
      open('brace', next, next === '{' ? '}' : ')', at + 1)
      emit('lbrace', '{', at, at + 1)
      at++
    } else {
      open('virtual', '^', '', at)
      emit('lbrace', '{', at, at)
    }
  }

  /** Whether an exponent stands here. */
  function raises(offset: number): boolean {
    const next = source[offset]
    return (
      next === '^' ||
      (next !== undefined && RAISED.has(next)) ||
      source.startsWith('**', offset) ||
      source.startsWith('.^', offset)
    )
  }

  /** Whether the bracket that opens here has an exponent of its own, as in `2^(x)^2`. */
  function raisedBehind(offset: number): boolean {
    closers ??= closersOf(source)
    let behind = (closers.get(offset) ?? source.length) + 1
    while (source[behind] === ' ' || source[behind] === '\t') behind++
    return raises(behind)
  }

  function subscript() {
    const text = match(SUBSCRIPT)
    const from = at
    emit('under', '_', from, from + 1)
    if (text !== null) {
      at += text.length
      emit('lbrace', '{', from + 1, from + 1)
      const inner = text.slice(1)
      emit(
        /^[0-9]+$/.test(inner) ? 'number' : 'name',
        inner,
        from + 1,
        at,
        inner.length === 1 ? 'letter' : 'word',
      )
      emit('rbrace', '}', at, at)
    } else if (source[at + 1] === '{') {
      at++
      open('brace', '{', '}', at + 1)
      emit('lbrace', '{', at, at + 1)
      at++
    } else {
      throw new ParseError('missing-argument', `expected a subscript, found ${source[at + 1] ?? 'the end'}`, {
        span: spanOf(at, at + 1, place),
        hint: 'write x_1 or x_{i,j}',
      })
    }
  }

  function readWord(word: string) {
    const from = at
    // A lowered or raised sign ends a name, so `W₂σ(W₁x)` shows its products without a star.
    const shown = at > 0 && (LOWERED.has(source[at - 1]!) || RAISED.has(source[at - 1]!))
    if (shown && endsOperand()) emit('times', '*', from, from)
    at += word.length
    const rest = source.slice(at, at + 40).trimStart()
    if (word === 'x' && endsOperand() && /^[\p{L}\p{N}({]/u.test(rest))
      return emit('times', 'times', from, at)
    if (word === 'in' && endsOperand()) return emit('relation', 'in', from, at)
    if (frames.length === 0 && LEADS.has(word) && !rest.startsWith('(') && /^[\p{L}(]/u.test(rest)) {
      return emit('text', word, from, at)
    }
    if (functions.has(word)) return emit('function', word, from, at)
    let base = ''
    for (const character of word.normalize('NFKC')) base += CONTROL_OF.get(character) ?? character
    emit('name', base, from, at, word.length === 1 ? (base === word ? 'letter' : 'control') : 'word')
  }

  /** A run of raised or lowered characters is one script. */
  function shifted(script: ReadonlyMap<string, string>) {
    const from = at
    while (at < source.length && script.has(source[at]!)) at++
    emit(script === RAISED ? 'over' : 'under', script === RAISED ? '^' : '_', from, from)
    emit('lbrace', '{', from, from)
    for (let i = from; i < at; i++) {
      const text = script.get(source[i]!)!
      emit(/[0-9]/.test(text) ? 'number' : /[a-zA-Z]/.test(text) ? 'name' : 'add', text, i, i + 1, 'letter')
    }
    emit('rbrace', '}', at, at)
  }

  function opener(text: string) {
    if (text === '{') {
      open('bracket', text, '}', at + 1)
      emit('open', '{', at, at + 1)
    } else {
      open('bracket', text, PARTNER.get(text)!, at + 1)
      emit('open', text, at, at + 1)
    }
    at++
  }

  function closer(text: string) {
    while (frames[frames.length - 1]?.kind === 'virtual') {
      if (out[out.length - 1]!.type === 'lbrace') missing(frames[frames.length - 1]!)
      frames.pop()
      emit('rbrace', '}', at, at)
    }
    const frame = frames.pop()
    if (frame === undefined) {
      throw new ParseError('unbalanced', `nothing is open that ${text} could close`, {
        span: spanOf(at, at + 1, place),
        hint: 'remove it, or open the bracket before it',
      })
    }
    if (
      frame.closer !== text &&
      !(frame.kind === 'bracket' && ')]'.includes(text) && ')]'.includes(frame.closer))
    ) {
      throw new ParseError('unbalanced', `the ${frame.text} opened here is closed by ${text}`, {
        span: frame.span,
        hint: `expected ${frame.closer} before the ${text}`,
      })
    }
    emit(frame.kind === 'brace' ? 'rbrace' : 'close', text, at, at + 1)
    at++
  }

  function missing(frame: Frame): never {
    throw new ParseError('missing-argument', 'expected an exponent, found the end', {
      span: frame.span,
      hint: 'write x^2 or x^(n+1)',
    })
  }

  function directive(comment: string) {
    const found = DIRECTIVE.exec(comment)
    if (!found) return
    const from = at + comment.lastIndexOf(found[2]!)
    directives.push({
      span: spanOf(at, at + comment.length, place),
      verb: found[1]!,
      text: found[2]!,
      textSpan: spanOf(from, from + found[2]!.length, place),
    })
  }
}

/** Where each bracket that is closed ends, comments left out. */
function closersOf(source: string): ReadonlyMap<number, number> {
  const closers = new Map<number, number>()
  const open: number[] = []
  for (let at = 0; at < source.length; at++) {
    const character = source[at]!
    if ('([{'.includes(character)) open.push(at)
    else if (')]}'.includes(character)) {
      const from = open.pop()
      if (from !== undefined) closers.set(from, at)
    } else if (character === '%' || character === '#') {
      while (at + 1 < source.length && source[at + 1] !== '\n' && source[at + 1] !== '\r') at++
    }
  }
  return closers
}
