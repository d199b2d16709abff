import { ParseError } from '../base/errors.js'
import type { Span } from '../base/span.js'
import { type IndexRange, readRange } from './elaborate/declare.js'
import { bare } from './elaborate/names.js'
import { occursIn } from './elaborate/occurrence.js'
import type { Statement } from './read.js'
import type { NameSyntax, Syntax } from './syntax.js'

/** What a request differentiates, and the definition it goes by, where it needs one. */
interface Subject {
  readonly of: Syntax
  readonly definition: Statement | undefined
}

/**
 * The function of a request. With a range behind it, `\\sum_j W_{ij} x_j, i = 1, \\dots, m`, it is an array given by its
 * entries: then it gets a name that stands nowhere in the texts of the request. Raises `ParseError` for an equation
 * and for a range of nothing.
 */
export function subjectOf(only: Statement, texts: string): Subject {
  const { span, body, tail } = only
  if (bare(body).kind === 'relation' || only.continues !== null) {
    throw new ParseError('not-one-expression', 'a formula is expected in expr, not an equation', {
      span,
      hint: 'give the right side, or define it and give its name',
    })
  }
  if (tail.length === 0) return { of: body, definition: undefined }
  const ranges = tail.map(each => rangeOf(each, body))
  if (ranges.length > 2) {
    throw new ParseError('unused-line', 'an array has at most two indices', { span: tail[2]!.span })
  }
  const name = nameSyntax(unusedLetter(texts), span)
  const subscripts = ranges.map(({ letter }) => nameSyntax(letter, span))
  const head: Syntax = {
    kind: 'scripted',
    span,
    base: name,
    subscripts: [{ kind: 'list', span, items: subscripts, separators: subscripts.slice(1).map(() => ',') }],
    superscripts: [],
    primes: 0,
    entrywise: false,
  }
  const equation: Syntax = {
    kind: 'relation',
    span,
    leading: false,
    operands: [head, body],
    operators: ['='],
  }
  return { of: name, definition: { ...only, body: equation } }
}

function rangeOf(node: Syntax, body: Syntax): IndexRange {
  const range = readRange(node)
  if (range === undefined) {
    throw new ParseError('unused-line', 'nothing can be made of what stands behind the formula', {
      span: node.span,
      hint: 'a range is written i = 1, \\dots, m',
    })
  }
  if (occursIn(body, range.letter)) return range
  throw new ParseError('unused-line', `${range.letter} does not occur in what it is a range for`, {
    span: node.span,
    hint: 'leave the range out, or use its letter',
  })
}

/** A letter that stands nowhere in some texts. */
function unusedLetter(texts: string): string {
  const stands = (letter: string) => new RegExp(`(?<![A-Za-z\\\\])${letter}(?![A-Za-z])`).test(texts)
  return ['f', 'h', 'F', 'G', 'u', 'v'].find(letter => !stands(letter)) ?? 'f_{0}'
}

function nameSyntax(base: string, span: Span): NameSyntax {
  return { kind: 'name', span, base, spelling: 'letter', font: null, marks: [], isFunction: false }
}
