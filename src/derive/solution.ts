import type { Check } from '../evaluate/check.js'
import type { Assumption } from '../expr/law.js'
import type { Family, Index } from '../expr/member.js'
import type { Expr, Sym } from '../expr/node.js'
import type { Definition, Layout, Problem, Question } from '../expr/problem.js'
import type { Step } from '../expr/step.js'
import type { DomainCondition } from './conditions.js'

/**
 * What kind of object an answer is.
 * - `gradient`: scalar by anything; the shape of the variable
 * - `jacobian`: vector by vector; outputs by rows, inputs by columns
 * - `derivative`: anything by a scalar; the shape of the output
 * - `hessian`: scalar by a vector, twice
 * - `differential`: the linear map `dY` in terms of `dX`, where the derivative has more than two axes
 * - `entry`: some entries of any of these, at the indices of `entries`
 * - `kronecker`: the matrix between stacked columns, `d vec(Y) = C d vec(X)`
 */
export type AnswerKind =
  | 'gradient'
  | 'jacobian'
  | 'derivative'
  | 'hessian'
  | 'differential'
  | 'entry'
  | 'kronecker'

/** Gradients and Hessians are arranged by their variable alone; all others have outputs by rows. */
export function layoutOf(kind: AnswerKind): Layout {
  return kind === 'gradient' || kind === 'hessian' ? 'gradient' : 'numerator'
}

/** A named adjoint `δ_z = ∂L/∂z`, defined through names of the problem and adjoints before it. */
export interface Adjoint extends Definition {
  /** The defined symbol it belongs to; absent for a part that has no name. */
  readonly of: Sym | undefined
  /** The function whose derivative it is. */
  readonly output: Expr
}

/** A rule of a backward recurrence: the adjoint of a member, over a range of its index. */
export interface BackwardRow {
  /** The adjoint and the member it belongs to, at the letter, or at the one index of the range. */
  readonly symbol: Sym
  readonly of: Sym
  /** The family of the adjoint. */
  readonly family: Family
  readonly from: Index
  readonly to: Index
  readonly body: Expr
  /** The function whose derivative it is. */
  readonly output: Expr
}

/** A derivative by members of a family, over a range of their index; by what is no member, without a range. */
export interface Piece {
  readonly range: IndexRange | undefined
  /** The variable, at the letter, or at the one index of the range. */
  readonly wrt: Sym
  readonly body: Expr
}

export interface IndexRange {
  readonly from: Index
  readonly to: Index
}

/** A derivative in index notation: `\partial Y_{ij}/\partial X_{kl} = A_{ik} B_{lj}`. */
export interface EntryForm {
  /** What is differentiated: a number, usually an entry. */
  readonly of: Expr
  /** By which entries, one for each differentiation. */
  readonly by: readonly Expr[]
  readonly value: Expr
}

/** One answered question. */
export interface Answer {
  readonly question: Question
  readonly kind: AnswerKind
  readonly layout: Layout
  /** The derivative, simplified, in the author's names and those of the adjoints. */
  readonly result: Expr
  /** The same with the adjoints put in, where that stays small; otherwise the result itself. */
  readonly expanded: Expr
  /** For a differential: the symbol that stands for the change of the variable. */
  readonly change?: Sym | undefined
  /** By entries: what an answer of the kind `entry` is about; beside a linear map the same once more. */
  readonly entries?: EntryForm | undefined
  /** Whether the layout asked for is the transpose of the usual one. */
  readonly turned?: boolean | undefined
  /** The assumptions the answer rests on. */
  readonly assumptions: readonly Assumption[]
  /** Where the function is defined and differentiable, as far as it is not proved; absent when it was not checked. */
  readonly conditions?: readonly DomainCondition[] | undefined
  /**
   * Of a recurrence: the derivative over every range of the index of the variable, `result` being the first of them;
   * a range is absent where the variable has no running index.
   */
  readonly pieces?: readonly Piece[] | undefined
  /** How it was verified; absent when that was not asked for. */
  readonly check?: Check | undefined
}

/** All answers of a problem, with what they share. */
export interface Solution {
  /** The problem as it was worked: pre-activations that every derivative needs have been named. */
  readonly problem: Problem
  /** Names that were introduced in the forward pass, by the symbol they were introduced for. */
  readonly staged: ReadonlyMap<Sym, Sym>
  readonly adjoints: readonly Adjoint[]
  readonly answers: readonly Answer[]
  /** Of a problem with a recurrence: the backward recurrence, in the order of use; `adjoints` is empty then. */
  readonly backward?: readonly BackwardRow[] | undefined
  /** The least number of steps for which the rules of the recurrence hold as they are written. */
  readonly leastDepth?: number | undefined
  /** The computation as it happened. */
  readonly steps: readonly Step[]
}
