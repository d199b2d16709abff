import type { Span } from '../base/span.js'
import type { Assumption } from './law.js'
import type { Family, Index } from './member.js'
import type { Call, Expr, Sym } from './node.js'
import type { Notation } from './notation.js'
import type { Dim, Shape } from './shape.js'

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

/**
 * How a derivative is written, where its own form is not wanted: as the linear map of the change of the variable, by
 * entries, or as the matrix between stacked columns.
 */
export type DerivativeForm = 'map' | 'index' | 'kronecker'

/**
 * How a derivative is laid out: a gradient in the shape of the variable, outputs by rows (numerator), or outputs by
 * columns (denominator).
 */
export type Layout = 'gradient' | 'numerator' | 'denominator'

/** A derivative that is asked for. */
export interface Question {
  readonly of: Expr
  readonly wrt: Sym
  readonly order: 1 | 2
  /** The variable of the second differentiation, where it is another one: the first stands by rows. */
  readonly second?: Sym | undefined
  /** The parts of the variables that are meant, one for each differentiation: entries, rows, columns or members. */
  readonly parts?: readonly Call[] | undefined
  readonly form?: DerivativeForm | undefined
  readonly layout?: Layout | undefined
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

/**
 * A recurrence with a symbolic number of steps. Each member that a formula mentions is a symbol of its own, named
 * `Z_{i+1}`, so that one step is an ordinary problem; this record says which of them belong together.
 */
export interface Layers {
  /** The running index, `i`, and the letter in the number of steps, `L`. */
  readonly letter: string
  readonly depth: string
  readonly low: number
  readonly high: Index
  /** One step: definitions of members whose index contains the letter, each behind those it uses. */
  readonly steps: readonly Definition[]
  /** Of quantities, of sizes and of functions. */
  readonly families: readonly Family[]
  /** Families of quantities, with the shape of the member whose index is the letter itself. */
  readonly shapes: ReadonlyMap<Family, Shape>
  /** Sizes of members at the ends that the author gave another name: `n_{L}` is `k`. */
  readonly ends: ReadonlyMap<string, Dim>
  /** Families whose members the steps define. */
  readonly states: ReadonlySet<Family>
  /** What was given by number, by the name of a quantity, of a member, or of what stands before the index. */
  readonly given: ReadonlyMap<string, Given>
}

/** Numbers as they were given: one, a list, a list of rows, or a list of the members of a family. */
export type Given =
  | number
  | readonly number[]
  | readonly (readonly number[])[]
  | readonly (readonly (readonly number[])[])[]

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
  /** The recurrence whose number of steps is a letter; its steps are not among the definitions. */
  readonly layers?: Layers | undefined
}
