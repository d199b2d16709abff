import { symbol } from '../expr/intern.js'
import type { Expr, Sym } from '../expr/node.js'
import { SCALAR } from '../expr/shape.js'
import { postorder, substitute } from '../expr/walk.js'

/** An index and the body it is bound in. */
interface Bound {
  readonly index: Sym
  readonly body: Expr
}

/** The bound index of a height; no author can write such a name. */
function boundIndex(height: number): Sym {
  return symbol(`#${height}`, SCALAR, 'index')
}

function rename(index: Sym, to: Sym, body: Expr): Bound {
  return index === to ? { index, body } : { index: to, body: substitute(body, new Map([[index, to]])) }
}

/**
 * Names the index of a binder by its height, one more than the binders inside its body, so that formulas that differ
 * in the name of an index are one node.
 *
 * While a nest of binders is rebuilt from the inside, the name may still be in use for an outer index. Then a name
 * is taken that occurs nowhere in the body; the outer binder has grown too, so it gives up its name when its turn
 * comes, and putting in its new one rebuilds this binder under its proper name.
 */
export function bind(index: Sym, body: Expr): Bound {
  const height = body.binders + 1
  const target = boundIndex(height)
  if (index === target || !postorder([body]).includes(target)) return rename(index, target, body)
  const used = new Set(postorder([body]))
  let spare = height + 1
  while (used.has(boundIndex(spare))) spare++
  const apart = rename(index, boundIndex(spare), body)
  return postorder([apart.body]).includes(target) ? apart : rename(apart.index, target, apart.body)
}
