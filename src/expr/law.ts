import type { Call, Expr, Sym } from './node.js'
import type { Rule } from './rule.js'

/** A fact an author declared, and how it was written. */
export interface Assumption {
  /** In LaTeX, as it is listed with an answer: `A = A^\top`. */
  readonly latex: string
  /** The same as two sides that are equal, for one that was declared by a set: `A \in \mathbb{S}^n`. */
  readonly sides?: readonly [left: Expr, right: Expr] | undefined
}

/** A quotient that a definition gave a name to: `\hat x = (x-\mu)/s`. */
export interface DefinedQuotient {
  readonly symbol: Sym
  readonly above: Expr
  readonly below: Expr
}

/** What laws may ask while they are applied. */
export interface Facts {
  /** What the author declared this node to be equal to, if anything. */
  equal(node: Expr): { readonly to: Expr; readonly assumption: Assumption } | undefined
  /** Whether anything was declared equal to anything. */
  readonly declares: boolean
  /** The body of a defined symbol, if it has one. */
  body(symbol: Sym): Expr | undefined
  /** Whether every entry is proved positive, non-zero or the matrix symmetric; false means unknown. */
  positive(node: Expr): boolean
  nonzero(node: Expr): boolean
  /** Whether a square matrix is declared such that it has an inverse, or is made of such. */
  invertible(node: Expr): boolean
  /** A number that two expressions share when they are equal up to the order of commuting factors and terms. */
  classOf(node: Expr): number
  symmetric(node: Expr): boolean
  /** What was declared of the signs of the symbols in a formula that is proved positive. */
  positivityOf(node: Expr): Assumption | undefined
  /** What was declared when a symbol was declared symmetric by its set. */
  symmetryOf(symbol: Sym): Assumption | undefined
  /** Quotients of arrays that definitions gave names to, and the name of one of their numerators, up to its sign. */
  readonly quotients: readonly DefinedQuotient[]
  nameOver(numerator: Expr, quotient: DefinedQuotient): Expr | undefined
  /** The name that a definition gave to a value it spells out: `p` for the softmax of `z`, if `p = e^z/\sum_j e^{z_j}`. */
  named(node: Expr): Sym | undefined
}

/** The result of applying a law: the new node, and what it rests on when it rests on something declared. */
export interface Rewrite {
  readonly to: Expr
  /** The rule to be named, where one law goes by several names. */
  readonly rule?: Rule | undefined
  readonly assumption?: Assumption | undefined
}

/** A named identity, applied from left to right where its condition is proved. */
export interface Law {
  readonly rule: Rule
  /** Bits of the operations of which one must occur below the node for the law to be tried; 0 where any node will do. */
  readonly needs: number
  /** The rewritten node, or undefined when the law does not apply here. It must never return its input. */
  readonly apply: (node: Call, facts: Facts) => Expr | Rewrite | undefined
  /** An instance in plain notation, left = right, checked numerically by the tests; letters as in `OpSpec.examples`. */
  readonly example: string
}
