import type { Check } from '../evaluate/check.js'
import type { Assumption } from '../expr/law.js'
import type { Expr, Sym } from '../expr/node.js'
import type { Definition, Problem, Question } from '../expr/problem.js'
import type { Step } from '../expr/step.js'
import type { DomainCondition } from './conditions.js'

/**
 * What kind of object an answer is.
 * - `gradient`: scalar by anything; the shape of the variable
 * - `jacobian`: vector by vector; outputs by rows, inputs by columns
 * - `derivative`: anything by a scalar; the shape of the output
 * - `hessian`: scalar by a vector, twice
 * - `differential`: the linear map `dY` in terms of `dX`, where the derivative has more than two axes
 */
export type AnswerKind = 'gradient' | 'jacobian' | 'derivative' | 'hessian' | 'differential'

/** The arrangement of an answer, always stated: the shape of the variable, or outputs by rows. */
export type Layout = 'gradient' | 'numerator'

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
  /** The assumptions the answer rests on. */
  readonly assumptions: readonly Assumption[]
  /** Where the function is defined and differentiable, as far as it is not proved; absent when it was not checked. */
  readonly conditions?: readonly DomainCondition[] | undefined
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
  /** The computation as it happened. */
  readonly steps: readonly Step[]
}
