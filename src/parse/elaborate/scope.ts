import type { Span } from '../../base/span.js'
import type { Expr, Sym } from '../../expr/node.js'
import type { Op } from '../../expr/op.js'
import type { EntrySet } from '../../expr/problem.js'
import type { Syntax } from '../syntax.js'
import type { Sides } from './sides.js'
import type { IndexEntry, Term } from './term.js'

/** A quantity of the document: declared, defined, or met. */
export interface SymbolEntry {
  readonly kind: 'symbol'
  readonly name: string
  readonly sides: Sides
  /** Where it was declared, or met first. */
  readonly span: Span | undefined
  readonly declared: boolean
  set: EntrySet
  /** Set late where a definition shows that its members are columns. */
  family: Family | undefined
  /** The node to use, when the caller gives it. */
  readonly given: Sym | undefined
  defined: boolean
  /** Why the shape is what it is, where a convention decided. */
  reason: string | undefined
}

/** The members of a family: where the index stands, and the letter it was declared with. */
export interface Family {
  readonly letter: string
  readonly place: 'subscript' | 'superscript'
}

/** `\phi(t) = …`: formal arguments and what they stand in. */
export interface FunctionEntry {
  readonly kind: 'function'
  readonly name: string
  readonly parameters: readonly Parameter[]
  readonly body: Syntax
  readonly span: Span
  /** The value of the function at its own arguments, when these are quantities of the document. */
  symbol: SymbolEntry | undefined
  pointwise: PointwiseFunction | undefined
}

export interface Parameter {
  readonly name: string
  readonly span: Span
}

/** A function that acts entry by entry: its body for scalar arguments. */
export interface PointwiseFunction {
  readonly name: string
  readonly parameters: readonly SymbolEntry[]
  readonly body: Term | undefined
  /** The operation the name usually stands for: kept when the body is its formula. */
  readonly known: Op | undefined
  /** Filled when the body is built. */
  built: BuiltFunction | undefined
}

export interface BuiltFunction {
  readonly parameters: readonly Sym[]
  /** The body and its derivatives, as far as they were asked for. */
  readonly derivatives: Expr[]
}

/** `\sigma : \mathbb{R} \to \mathbb{R}`: a function without a formula. */
export interface MapEntry {
  readonly kind: 'map'
  readonly name: string
  readonly span: Span
}

/** A formal argument that stands for a term while a body is read. */
export interface AliasEntry {
  readonly kind: 'alias'
  readonly term: Term
}

export type Entry = SymbolEntry | FunctionEntry | MapEntry | IndexEntry | AliasEntry
