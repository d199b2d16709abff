import type { Tensor } from '../base/tensor.js'
import type { Index } from '../expr/member.js'
import type { Expr, Sym } from '../expr/node.js'
import type { Declaration } from '../expr/problem.js'
import type { Shape } from '../expr/shape.js'

/** A stretch of mathematics in no dialect yet; a pen spells it. */
export type Maths =
  | { readonly kind: 'expression'; readonly node: Expr }
  /** `\partial L / \partial W`; of second order the Hessian, or a mixed one where the second variable differs. */
  | {
      readonly kind: 'derivative'
      readonly of: Expr
      readonly wrt: Expr
      readonly order: 1 | 2
      readonly second?: Expr | undefined
    }
  /** The matrix between stacked columns, `\partial vec(Y) / \partial vec(X)^\top`. */
  | {
      readonly kind: 'stacked'
      readonly of: Expr
      readonly wrt: Expr
      readonly order: 1 | 2
      readonly second?: Expr | undefined
    }
  /** The change of a quantity: `\mathrm{d}z`, or of its gradient when the order is 2. */
  | { readonly kind: 'differential'; readonly of: Expr; readonly wrt: Sym; readonly order: 1 | 2 }
  | { readonly kind: 'numbers'; readonly value: Tensor }
  /** `\partial / \partial x`: by what something is differentiated. */
  | { readonly kind: 'partial'; readonly wrt: Expr }
  /** The sign of an operation between quantities: a sum, a product, a product entry by entry. */
  | { readonly kind: 'sign'; readonly sign: '+' | '×' | '⊙' }
  /** `W, V \in \mathbb{R}^{m \times n}`: symbols that were declared alike. */
  | { readonly kind: 'membership'; readonly members: readonly Declaration[] }
  /** `(d \times m)(m \times k)`: the shapes of the factors of a product, or one shape. */
  | { readonly kind: 'shapes'; readonly factors: readonly Shape[]; readonly result: Shape }
  /** Where something holds: `x > 0`. */
  | { readonly kind: 'condition'; readonly node: Expr; readonly holds: Condition }
  /** `m = 4` in a sentence. */
  | { readonly kind: 'equation'; readonly left: Expr; readonly right: Expr }
  /** `i = 1, \dots, L`: the values of an index, in the order in which they come. */
  | { readonly kind: 'range'; readonly letter: string; readonly from: Index; readonly to: Index }
  /** `T \ge 2`. */
  | { readonly kind: 'least'; readonly letter: string; readonly least: number }
  /** Written by the author. */
  | { readonly kind: 'latex'; readonly latex: string }

export type Condition =
  | 'positive'
  | 'nonzero'
  | 'nonnegative'
  | 'unit'
  | 'minus-one-to-one'
  | 'above-one'
  | 'invertible'

/** Words and mathematics in turn. */
export type Prose = readonly (string | Maths)[]

/** One relation of a chain. */
export interface Relation {
  readonly right: Maths
  /** The result that a reader looks for. */
  readonly boxed?: boolean | undefined
}

/** `left = right = … (reasons)`; a membership stands alone. */
export interface Row {
  readonly left: Maths
  readonly relations: readonly Relation[]
  /** What a reader compares the shape of the last expression with. */
  readonly shapes?: Maths | undefined
  readonly reasons: readonly Prose[]
}

type SectionId = 'given' | 'shapes' | 'forward' | 'backward' | 'result' | 'numbers' | 'notes' | 'check'

/** One part of a worked solution: rows that are aligned, then sentences. */
export interface Section {
  readonly id: SectionId
  readonly title: string
  readonly rows: readonly Row[]
  readonly sentences: readonly Prose[]
}

export function expression(node: Expr): Maths {
  return { kind: 'expression', node }
}

/** The row `left = right`. */
export function equation(left: Maths, right: Maths, reasons: readonly Prose[] = []): Row {
  return { left, relations: [{ right }], reasons }
}
