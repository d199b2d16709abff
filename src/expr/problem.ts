import type { Span } from '../base/span.js'
import type { Assumption } from './law.js'
import type { Expr, Sym } from './node.js'
import type { Notation } from './notation.js'

/** A symbol of the problem: declared by the author, or inferred, with the reason. */
export interface Declaration {
  readonly symbol: Sym
  readonly span?: Span | undefined
  /** Index letter, when the rows of the symbol are the members of a family of column vectors `x_i`. */
  readonly family?: string | undefined
  /** The set its entries are drawn from, for sampling: `\mathbb{R}_{>0}`, `\{0,1\}`, one-hot columns, … */
  readonly set: EntrySet
  /** Why the shape is what it is, when it was not declared. */
  readonly inferred?: string | undefined
}

/** Where the numbers of a symbol come from when points are drawn. */
export type EntrySet =
  | 'real'
  | 'positive'
  | 'nonnegative'
  | 'unit-interval'
  | 'binary'
  | 'sign'
  | 'symmetric'
  | 'positive-definite'
  | 'integer'

/** `symbol = body`. The symbol stays a name; nothing is inlined. */
export interface Definition {
  readonly symbol: Sym
  readonly body: Expr
  readonly span?: Span | undefined
}

/** A fact the author declared: both sides are equal, whatever the values. */
export interface Fact {
  readonly left: Expr
  readonly right: Expr
  readonly assumption: Assumption
  readonly span?: Span | undefined
}

/** A derivative that is asked for. */
export interface Question {
  readonly of: Expr
  readonly wrt: Sym
  readonly order: 1 | 2
  readonly span?: Span | undefined
}

/** One line `left = right` (or a chain) that the author claims. */
export interface Claim {
  readonly left: Expr
  readonly right: Expr
  readonly span?: Span | undefined
}

/**
 * What reading did that the text does not say: a choice, shown on request, or something passed over, which is always
 * reported.
 */
export interface Reading {
  readonly kind: 'choice' | 'passed-over'
  readonly what: string
  readonly why: string
  readonly span?: Span | undefined
  /** Of something passed over: the code and the hint of the error it would have been. */
  readonly code?: string | undefined
  readonly hint?: string | undefined
}

/** A document after reading: names, shapes, definitions, and what is asked. Everything is plain, frozen data. */
export interface Problem {
  readonly declarations: readonly Declaration[]
  /** Every definition comes after those it uses. */
  readonly definitions: readonly Definition[]
  readonly facts: readonly Fact[]
  readonly questions: readonly Question[]
  readonly claims: readonly Claim[]
  /** Numeric values by symbol, row-major nested lists; a scalar is `[[v]]`. */
  readonly values: ReadonlyMap<Sym, readonly (readonly number[])[]>
  /** Numbers for the letters of dimensions. */
  readonly sizes: ReadonlyMap<string, number>
  readonly notation: Notation
  readonly readings: readonly Reading[]
}
