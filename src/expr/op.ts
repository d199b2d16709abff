import type { MatrixAlgebra } from '../base/matrix-algebra.js'
import type { Extent } from '../base/tensor.js'
import { nextOpId } from './intern.js'
import type { Total } from './member.js'
import type { Call, Expr } from './node.js'
import type { Rule } from './rule.js'
import type { Dim, Shape } from './shape.js'

/**
 * How an operation treats its arguments, which decides what its entry may leave out.
 * - `elementwise`: one array in, the same shape out, each entry on its own
 * - `linear`: linear in its one argument
 * - `multilinear`: linear in each argument while the others are held fixed
 * - `reduction`: an array in, something smaller out
 * - `binder`: binds an index; the first argument is the index, then its range, then the body
 * - `general`: anything else
 */
type OpKind = 'elementwise' | 'linear' | 'multilinear' | 'reduction' | 'binder' | 'general'

/** How tightly a written form binds, loosest first; printers add parentheses by comparing these. */
export const PRECEDENCE = Object.freeze({
  relation: 1,
  sum: 2,
  hadamard: 3,
  product: 4,
  prefix: 5,
  power: 6,
  atom: 7,
})

/** How an operation is written; the printers read this and nothing else about it. */
export interface OpNotation {
  /** Written forms share a printer: `infix` `a ⊙ b`, `function` `f(a)`, `constant` without arguments, and so on. */
  readonly form: 'infix' | 'function' | 'postfix' | 'bars' | 'constant' | 'big' | 'slope' | 'special'
  /** LaTeX spelling: the control word or sign of an infix, the head of a function, the bars of a norm. */
  readonly latex: string
  /** Plain spelling. */
  readonly plain: string
  /** Other spellings that are read as this operation. */
  readonly latexAliases?: readonly string[]
  readonly plainAliases?: readonly string[]
  /** What follows the closing bar in LaTeX: `_1` of a norm, `^2` of its square. */
  readonly suffix?: string
  /**
   * What the word means with one argument more, which may also stand as its subscript: an operation that has the
   * parameter last. Of an operation with an optional parameter it is `own`: `\\operatorname{ELU}_\\alpha(z)`.
   */
  readonly parameter?: Op | 'own'
  /** What the word means with a single array as its argument, or with an index below it: `\\max_i x_i`. */
  readonly alone?: Op
  /** The function that this one undoes: of `\\arcsin` the sine, so that `\\sin^{-1}` is read as it. */
  readonly inverseOf?: Op
  /** Spelled like another operation, whose constructor tells the two apart; not looked up when reading. */
  readonly homonym?: boolean
  readonly precedence: number
}

/** What a rule for entries writes with. */
export interface EntryTools {
  /** The entry of an argument; of a scalar the scalar. */
  readonly entry: (a: Expr, row: Expr, column: Expr) => Expr
  /** The sum over all values of a new index, from 1 to a size. */
  readonly sum: (size: Dim, body: (index: Expr) => Expr) => Expr
  /** 1 where both indices are equal, 0 elsewhere. */
  readonly delta: (i: Expr, j: Expr) => Expr
}

/**
 * The entry of a result in a row and a column by entries of the arguments, which may be results themselves: one step,
 * not the whole way down. Undefined where the entry has no formula of its own at these arguments.
 */
export type EntryRule = (
  at: EntryTools,
  args: readonly Expr[],
  row: Expr,
  column: Expr,
  result: Call,
) => Expr | undefined

/**
 * What is known of the shape of a result, and of the arguments, before the shapes of the arguments are found: the result
 * has the shape of the `first` argument; all have one shape in `common`, and numbers are filled to it; the result is a
 * `scalar`; the argument is square, and so is the result (`square`) or a scalar (`scalar-of-square`); `array` is `first`
 * of something that is no number; a column for the `rows`, a row for the `columns`; a vector on the `diagonal`, or the
 * diagonal as a vector. `computed` waits for the arguments and asks the shape rule.
 */
export type ShapeFlow =
  | 'first'
  | 'common'
  | 'scalar'
  | 'scalar-of-square'
  | 'square'
  | 'array'
  | 'diagonal'
  | 'rows'
  | 'columns'
  | 'computed'

/** The record of an operation: everything the rest of the program knows of it. */
export interface OpSpec {
  /** Stable key, the mathematician's word: `hadamard`, `transpose`. */
  readonly name: string
  /** The name in words, as a lecturer says it. */
  readonly title: string
  readonly kind: OpKind
  /** The least and the most number of arguments. */
  readonly arity: readonly [number, number]
  readonly notation: OpNotation
  /** The shape of the result; raises `ShapeError` naming both shapes when the arguments do not fit. */
  readonly shape: (args: readonly Expr[]) => Shape
  /** How shapes are inferred through it; absent is `first` for elementwise operations, `scalar` for reductions, else `computed`. */
  readonly flow?: ShapeFlow
  /**
   * The constructor that keeps equal formulas one node (it flattens, and collapses trivial cases); absent means the
   * call as it stands. `like` is the call being rebuilt with other arguments, if there is one.
   */
  readonly make?: (args: readonly Expr[], like?: Call) => Expr
  /**
   * The definition, in operations that exist twice: on plain numbers and on the trace of the autograd engine. It must
   * not use our rules. Index arguments come as whole numbers in `indices`; a binder is given the values of its body.
   */
  readonly value: <T extends Extent>(
    algebra: MatrixAlgebra<T>,
    args: readonly T[],
    size: Extent,
    indices: readonly number[],
  ) => T
  /** How many of the last arguments are whole numbers that select, counted from 1: `x_i` has its indices there. */
  readonly indexArguments?: number
  /** The rule of differentiation by name, with its source and one sentence. */
  readonly rule: Rule
  /**
   * Differential: the change of the result when argument `k` changes by `d` (of the shape of that argument). It is
   * linear in `d`. Absent where the derivative is zero wherever it exists, or where none exists; `kinks` says which.
   */
  readonly push?: (d: Expr, args: readonly Expr[], k: number, result: Expr) => Expr
  /** Adjoint: what argument `k` receives when the result receives `g`; the shape is that of the argument. */
  readonly pull?: (g: Expr, args: readonly Expr[], k: number, result: Expr) => Expr
  /** Arguments in which the derivative is zero wherever it exists (conditions, signs, index bounds). */
  readonly flat?: (k: number, args: readonly Expr[]) => boolean
  /** Where the function is defined, for sampling and for the page; absent means everywhere. */
  readonly domain?: Domain
  /** Where no derivative exists, and what is used there; absent means smooth on its domain. */
  readonly kinks?: string
  /** For sampling: expressions whose sign change marks the kinks, one per switch. */
  readonly switches?: (args: readonly Expr[]) => readonly Expr[]
  /** Its value is one of the entries of its argument, so that comparing the two with one another is no accident. */
  readonly attained?: boolean
  /** Signs that hold for every argument; used to prove conditions. */
  readonly positive?: boolean
  /**
   * How an entry of the result is made: `each` by the same operation on the entries of the arguments, scalars as they
   * are. Absent where an entry stays what it is, `(X^{-1})_{ij}`; what acts entry by entry by its kind may leave it out.
   */
  readonly entries?: 'each' | EntryRule
  /**
   * Marks a function the author left unknown: its name, and how many times it was differentiated. Its `value` cannot
   * know it; whoever evaluates puts a concrete smooth function of that name in its place.
   */
  readonly abstract?: { readonly name: string; readonly order: number }
  /**
   * Marks an operation that has a value only once a recurrence is written out: a sum over its members, or a scalar
   * function the author left unknown (with `by`, its derivative by that argument). Whoever writes it out replaces it.
   */
  readonly layered?: { readonly total: Total } | { readonly unknown: string; readonly by: number | undefined }
  /** Another name for the square of a call, such as \|x\|^2 of a norm; the constructor of powers uses it. */
  readonly square?: (args: readonly Expr[]) => Expr
  /** Other ways to write a function of one number: who defines a function by one of these means this operation. */
  readonly formulas?: (x: Expr) => readonly Expr[]
  /**
   * Marks a word that is short for a formula, and is that formula, in LaTeX, for the reader who wrote it. Its `make`
   * writes the formula out, so that no call of it ever exists.
   */
  readonly abbreviates?: string
  /** Examples in plain notation, small letters vectors of size n, capitals matrices n×n, `s`, `t` scalars. */
  readonly examples: readonly string[]
}

/** The set on which a function is real and differentiable, argument by argument. */
export type Domain = (
  k: number,
  args: readonly Expr[],
) =>
  | 'real'
  | 'positive'
  | 'nonzero'
  | 'nonnegative'
  | 'unit-interval'
  | 'minus-one-to-one'
  | 'above-one'
  | 'invertible'

/** An operation is a value with one record. */
export interface Op extends OpSpec {
  /** Grows with creation; for keys within one process. */
  readonly id: number
  readonly binds: boolean
  /** One bit of 32, for masks of the operations in a formula; several operations share a bit. */
  readonly bit: number
}

/** Makes an operation from its record. The result is frozen; nothing is registered anywhere. */
export function defineOp(spec: OpSpec): Op {
  const id = nextOpId()
  return Object.freeze({ ...spec, id, binds: spec.kind === 'binder', bit: 1 << (id & 31) })
}
