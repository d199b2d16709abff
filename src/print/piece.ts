import { PRECEDENCE } from '../expr/op.js'

/**
 * A stretch of printed text. Only the characters at its two ends are looked at again, so they are kept apart: a text
 * that is still growing is never searched.
 */
export interface Run {
  readonly text: string
  readonly head: string
  readonly tail: string
  /** Higher than a line: brackets around it have to grow. */
  readonly tall: boolean
}

/** What the last factor of a piece is, for those who write something behind it. */
export type Ending = 'number' | 'name' | 'word' | 'other'

/** A printed expression, with what its surroundings have to know of it. */
export interface Piece extends Run {
  /** How tightly the text binds (see `PRECEDENCE`); what binds looser than its place needs gets brackets. */
  readonly level: number
  /** A minus belongs before the text. */
  readonly negative: boolean
  /** The text swallows whatever is written behind it, as the body of a big sum does. */
  readonly open: boolean
  readonly ending: Ending
  /** A product of matrices stands in it without brackets. */
  readonly chain: boolean
  /** Of a function `f(x)`: its head and its bracketed argument, between which an exponent may go. */
  readonly applied?: { readonly head: Run; readonly argument: Run }
  /** Of an inverse: the text under the exponent. */
  readonly inverted?: Run
  /** Of an indicator: the condition without its brackets. */
  readonly condition?: Run
  /** Of a relation: what stands before its sign, the sign, and what stands behind it. */
  readonly compared?: readonly [left: Run, sign: string, right: Run]
}

const ENDS = 24

/** Text whose length is that of a name or a sign. */
export function run(text: string, tall = false): Run {
  return { text, head: text.slice(0, ENDS), tail: text.slice(-ENDS), tall }
}

/** Texts one after another; a control word is kept apart from a letter behind it. */
export function sequence(...parts: readonly (Run | string)[]): Run {
  let text = ''
  let head = ''
  let tail = ''
  let tall = false
  for (const part of parts) {
    const next = typeof part === 'string' ? run(part) : part
    if (next.text === '') continue
    const gap = /\\[A-Za-z]+$/.test(tail) && /^[A-Za-z]/.test(next.head) ? ' ' : ''
    text += gap + next.text
    if (head.length < ENDS) head = (head + gap + next.head).slice(0, ENDS)
    tail = (tail + gap + next.tail).slice(-ENDS)
    tall ||= next.tall
  }
  return { text, head, tail, tall }
}

/** A piece that nothing needs to bracket, unless said otherwise. */
export function piece(text: Run | string, more: Partial<Omit<Piece, keyof Run>> = {}): Piece {
  const { head, tail, tall, text: all } = typeof text === 'string' ? run(text) : text
  return {
    text: all,
    head,
    tail,
    tall,
    level: PRECEDENCE.atom,
    negative: false,
    open: false,
    ending: 'other',
    chain: false,
    ...more,
  }
}

/** The text of a piece with its sign. */
export function signed(part: Piece): Run {
  return part.negative ? sequence('-', part) : part
}
