import type { Rational } from '../../base/rational.js'
import type { Span } from '../../base/span.js'
import type { Expr, Sym } from '../../expr/node.js'
import type { Op } from '../../expr/op.js'
import type { Dim } from '../../expr/shape.js'
import type { PointwiseFunction, SymbolEntry } from './scope.js'
import type { Sides } from './sides.js'

/**
 * What an author's formula says once its names are understood, before its shapes are known: between `Syntax`, which
 * leaves the choices open, and `Expr`, which needs every shape. Terms share their parts like expressions do; they are
 * made arguments first, and a statement keeps them in that order.
 */
export type Term =
  | NumberTerm
  | SymbolTerm
  | IndexTerm
  | FilledTerm
  | IdentityTerm
  | ConstantTerm
  | SumTerm
  | SignedTerm
  | ProductTerm
  | HadamardTerm
  | InnerTerm
  | QuotientTerm
  | TransposeTerm
  | PowerTerm
  | CallTerm
  | EntryTerm
  | PartTerm
  | BasisTerm
  | BigTerm
  | BlocksTerm
  | CasesTerm
  | AppliedTerm
  | AbstractTerm
  | DerivativeTerm

interface TermBase<Kind extends string> {
  readonly kind: Kind
  readonly span: Span
  readonly args: readonly Term[]
  /** The shape, as far as it is known. */
  readonly sides: Sides
  /** A number written out (or made of such): it adapts to the array it is added to. */
  readonly literal: boolean
  readonly look: Look
}

/**
 * What the spelling suggests where nothing forces a shape: a capital looks like a matrix, a small letter like a
 * column (or a scalar), a transposed small letter like a row.
 */
export type Look = 'scalar' | 'lower' | 'row' | 'upper'

export interface NumberTerm extends TermBase<'number'> {
  readonly value: Rational
}
export interface SymbolTerm extends TermBase<'symbol'> {
  readonly entry: SymbolEntry
}
/** A bound or free index, as a number. */
export interface IndexTerm extends TermBase<'index'> {
  readonly index: IndexEntry
}
/** An array with one value everywhere: `\mathbf{1}`, `\mathbf{0}`. */
export interface FilledTerm extends TermBase<'filled'> {
  readonly value: Rational
}
export interface IdentityTerm extends TermBase<'identity'> {}
/** An expression that stands on its own: π. */
export interface ConstantTerm extends TermBase<'constant'> {
  readonly make: () => Expr
}
export interface SumTerm extends TermBase<'sum'> {
  readonly signs: readonly ('+' | '-')[]
}
export interface SignedTerm extends TermBase<'signed'> {}

/** How two neighbours in a product are joined: plainly, by a dot, by a LaTeX star, or by the circled times. */
export type Join = 'plain' | 'dot' | 'star' | 'outer'

export interface ProductTerm extends TermBase<'product'> {
  /** The products from the left: pair i joins the first i + 1 factors to the next; the last is the whole. */
  readonly pairs: readonly Pair[]
}
/** One neighbourly product, with what was decided about it. */
export interface Pair {
  readonly join: Join
  readonly result: Sides
  reading: 'open' | 'scale' | 'chain' | 'inner' | 'hadamard' | 'kronecker'
}
export interface HadamardTerm extends TermBase<'hadamard'> {}
/** `\langle a, b \rangle`. */
export interface InnerTerm extends TermBase<'inner'> {}
export interface QuotientTerm extends TermBase<'quotient'> {
  readonly entrywise: boolean
}
export interface TransposeTerm extends TermBase<'transpose'> {}
export interface PowerTerm extends TermBase<'power'> {
  readonly entrywise: boolean
}
/** A known operation. */
export interface CallTerm extends TermBase<'call'> {
  readonly op: Op
}
/** An entry, a row, a column or a member of the first argument; the others are the indices. */
export interface EntryTerm extends TermBase<'entry'> {
  readonly select: 'entry' | 'row' | 'column' | 'member'
}
/** The part of a matrix that begins at a row and a column. */
export interface PartTerm extends TermBase<'part'> {
  readonly top: Dim
  readonly left: Dim
}
/** `e_i`. */
export interface BasisTerm extends TermBase<'basis'> {}
/** What collects the values of a body over an index. */
export type Collector = 'sum' | 'prod' | 'max' | 'min'

/** Arguments: low, high (absent when the range is that of the arrays), body. */
export interface BigTerm extends TermBase<'big'> {
  readonly operator: Collector
  readonly index: IndexEntry
}
export interface BlocksTerm extends TermBase<'blocks'> {
  readonly rows: number
  readonly columns: number
}
/** Arguments: condition, value, condition, value, …, otherwise. */
export interface CasesTerm extends TermBase<'cases'> {}
/** A function of the author's, applied entry by entry; its derivative when `order` is not zero. */
export interface AppliedTerm extends TermBase<'applied'> {
  readonly definition: PointwiseFunction
  readonly order: number
}
/** A function nobody defined, or its derivative. */
export interface AbstractTerm extends TermBase<'abstract'> {
  readonly name: string
  readonly order: number
}
/** A derivative inside a formula: the first argument by the others. */
export interface DerivativeTerm extends TermBase<'derivative'> {
  readonly layout: 'gradient' | 'jacobian'
  /** It stands the other way round than the shape convention has it. */
  turned: boolean
}

/** A letter that runs: bound by a sum, or declared free. */
export interface IndexEntry {
  readonly kind: 'index'
  readonly letter: string
  readonly symbol: Sym
  /** How far it runs, as the side of the arrays it selects from. */
  readonly extent: number
  /** Where it begins, when that is written as a number. */
  readonly low?: number | undefined
  readonly span: Span
}
