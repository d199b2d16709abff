import type { Rational } from '../base/rational.js'
import type { Op } from './op.js'
import type { Shape } from './shape.js'

/**
 * The meaning of a formula: frozen and interned, so that two expressions are equal exactly when they are the same
 * object (`===`). Made only through `expr/intern.ts` and the constructors of the operations.
 */
export type Expr = Num | Sym | Call

/** An exact rational; with an array shape, the array that holds it in every entry. */
export interface Num extends NodeBase {
  readonly kind: 'num'
  readonly value: Rational
}

/** What a symbol stands for. */
export type SymRole = 'variable' | 'index' | 'dimension'

/** A named quantity. The name is canonical (see `expr/name.ts`); how it is spelled is a matter of `Notation`. */
export interface Sym extends NodeBase {
  readonly kind: 'sym'
  readonly name: string
  readonly role: SymRole
}

/**
 * An operation applied to arguments. A binder such as the indexed sum is a call whose first argument is its index, a
 * symbol of role `index` named by the height of the binder, so that renaming an index changes nothing.
 */
export interface Call extends NodeBase {
  readonly kind: 'call'
  readonly op: Op
  readonly args: readonly Expr[]
}

interface NodeBase {
  readonly shape: Shape
  /** Order of creation: for choosing and grouping within one process, never for anything printed. */
  readonly id: number
  /** Nodes counted as a tree, so that a formula can be refused before it is printed. */
  readonly treeSize: number
  /** The longest way down; a leaf has depth 0. */
  readonly depth: number
  /** Binders inside one another; 0 where nothing is bound. */
  readonly binders: number
  /** The bits of the operations below this node: where that of an operation is clear, it does not occur there. */
  readonly beneath: number
  /** The same for two formulas that differ only in the order of arguments somewhere; most others differ in it. */
  readonly sketch: number
}
