import { symbol } from '../expr/intern.js'
import type { Call, Expr, Sym } from '../expr/node.js'
import { SCALAR } from '../expr/shape.js'
import { substitute } from '../expr/walk.js'
import { indexedSum } from '../ops/indexed.js'

/** A binder taken apart: its index free in its body, and the way back for anything that mentions the index. */
export interface Opened {
  readonly index: Sym
  readonly body: Expr
  readonly close: (term: Expr) => Expr
}

/**
 * Opens a sum or product over an index; closing makes a sum over it. The index becomes a symbol that nothing else uses, told apart by how many binders are open
 * around it, so that what is written inside cannot be captured.
 */
export function openBinder(node: Call, around: number): Opened {
  const [bound, low, high, inside] = node.args as readonly [Sym, Expr, Expr, Expr]
  const index = symbol(`#open${around}`, SCALAR, 'index')
  const body = substitute(inside, new Map([[bound, index]]))
  return { index, body, close: term => indexedSum(index, low, high, term) }
}
