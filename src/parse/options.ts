import type { Limits } from '../base/limits.js'
import type { DocumentKind } from '../document/block.js'
import type { Sym } from '../expr/node.js'
import type { Notation } from '../expr/notation.js'
import type { Op } from '../expr/op.js'
import type { Declaration, Given } from '../expr/problem.js'
import type { Shape } from '../expr/shape.js'
import type { Macros } from './lexer/macros.js'
import type { Dialect } from './lexer/vocabulary.js'

/** A declaration without notation: sizes are numbers or names, none for a scalar. */
export interface DeclarationObject {
  readonly name: string
  readonly shape: readonly (string | number)[]
  /** The index letter of a family; its first size counts the members. */
  readonly family?: string | null | undefined
}

/**
 * Numbers by name: a number, a list, or a list of rows; a family has one row per member. The matrices of a recurrence
 * may be given together, as a list of them.
 */
export type Bindings = Readonly<Record<string, Given>>

export interface ReadProblemOptions {
  /** `auto` (the default) goes by what the text looks like; where it has no backslash, a reading says what was taken. */
  readonly dialect?: Dialect | 'auto' | undefined
  /** What kind of file the source is; by default nothing but equations. */
  readonly kind?: DocumentKind | undefined
  readonly declarations?: readonly (string | DeclarationObject)[] | undefined
  readonly assumptions?: readonly string[] | undefined
  readonly sizes?: Readonly<Record<string, number>> | undefined
  readonly values?: Bindings | undefined
  readonly macros?: Macros | undefined
  /** Operations made with `defineOp` that are read besides the usual ones; of two with one word the given one counts. */
  readonly operations?: readonly Op[] | undefined
  readonly limits?: Limits | undefined
}

/** The fields of a request to derive, as the batch interface has them. */
export interface ProblemRequest {
  readonly syntax: Dialect
  readonly decls?: readonly (string | DeclarationObject)[] | undefined
  readonly assume?: readonly string[] | undefined
  readonly defs?: readonly string[] | undefined
  readonly expr: string
  readonly wrt: string | readonly string[]
  readonly order?: 1 | 2 | undefined
  /** The variable of the second differentiation, where it is another one. */
  readonly second?: string | undefined
  readonly dims?: Readonly<Record<string, number>> | undefined
  readonly bindings?: Bindings | undefined
  readonly operations?: readonly Op[] | undefined
  readonly limits?: Limits | undefined
}

export interface ReadExpressionOptions {
  readonly dialect: Dialect
  /** The quantities that may occur, with their shapes. */
  readonly declarations: readonly (Declaration | Sym)[]
  readonly notation?: Notation | undefined
  /** The shape of the whole, where it is known: `0`, `\mathbf{1}` or `e_i` alone do not say how large they are. */
  readonly shape?: Shape | undefined
  /** Letters that select from a quantity and mean nothing else are free indices: the i of `x_i`. */
  readonly freeIndices?: boolean | undefined
  /** Operations made with `defineOp` that are read besides the usual ones. */
  readonly operations?: readonly Op[] | undefined
  readonly limits?: Limits | undefined
}
