import type { Expr } from '../../expr/node.js'
import { isScalar } from '../../expr/shape.js'
import { isCall, matrixProduct, multiplication } from '../../ops/core.js'

/** The chain of matrix factors of a term, with the scalars in front. */
export function chainOf(term: Expr): { readonly scalars: readonly Expr[]; readonly chain: readonly Expr[] } {
  if (isCall(term, matrixProduct)) return { scalars: [], chain: term.args }
  if (!isCall(term, multiplication)) return { scalars: [], chain: [term] }
  const scalars = term.args.filter(arg => isScalar(arg.shape))
  const array = term.args.find(arg => !isScalar(arg.shape))
  return { scalars, chain: array === undefined ? [] : isCall(array, matrixProduct) ? array.args : [array] }
}
