import type { Autograd } from '../autograd/traced.js'
import type { Budget } from '../base/limits.js'
import type { Tensor } from '../base/tensor.js'
import type { Expr, Sym } from '../expr/node.js'
import type { Definition } from '../expr/problem.js'
import type { Tensors } from '../tensor/tensor.js'
import type { EntryClaim } from './arranged.js'
import type { Tally } from './check.js'
import type { Point } from './evaluate.js'
import type { PointGroup } from './points.js'

/** What kind of object a claimed derivative is; all are compared entry by entry, outputs before inputs. */
export type ClaimKind =
  | 'gradient'
  | 'jacobian'
  | 'derivative'
  | 'hessian'
  | 'differential'
  | 'entry'
  | 'kronecker'

/** A derivative that is claimed. */
export interface Claim {
  readonly kind: ClaimKind
  readonly output: Expr
  /** A defined symbol is varied as if it were independent, and what is defined through it follows. */
  readonly wrt: Sym
  readonly order: 1 | 2
  readonly result: Expr
  /** For a differential: the symbol of the change of the variable. */
  readonly change?: Sym | undefined
  /** The variable of the second differentiation, where it is another one. */
  readonly second?: Sym | undefined
  /** For an entry: which one. */
  readonly entry?: EntryClaim | undefined
  /** Whether the result is laid out the other way round. */
  readonly turned?: boolean | undefined
}

/** The value of a result at a point, and how large the values are that it and the function are made of. */
export interface Found {
  readonly value: Tensor
  readonly scale: number
}

export interface ClaimWork {
  readonly claim: Claim
  readonly tally: Tally
}

export interface ClaimContext {
  readonly tensors: Tensors
  readonly autograd: Autograd
  readonly definitions: readonly Definition[]
  readonly group: PointGroup
  readonly seed: string
  readonly budget: Budget | undefined
  /** The value of a result where free indices have other values than those of the group. */
  readonly valueAt: (claim: Claim, point: Point) => Found
}

/** The symbols that are varied. */
export function variablesOf({ wrt, second }: Claim): readonly Sym[] {
  return second === undefined || second === wrt ? [wrt] : [wrt, second]
}
