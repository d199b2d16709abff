import type { Expr } from '../expr/node.js'
import { isScalar } from '../expr/shape.js'
import { remake, walk } from '../expr/walk.js'
import { isCall } from './core.js'
import { summationOverIndex } from './indexed.js'
import { type Axis, gather, raiseSum } from './raise.js'

/**
 * The matrix form of a scalar formula in index notation: `\sum_j W_{ij} x_j` over i is `W x`, `\sum_i x_i y_i` without
 * an open index is `x^\top y`. The axes are the open indices with their sizes: none for a scalar, the rows, or rows and
 * columns. Undefined where an index is used irregularly, or where what is summed has no matrix form.
 */
export function toMatrixForm(node: Expr, rows?: Axis, columns?: Axis): Expr | undefined {
  if (!isScalar(node.shape)) return undefined
  if (rows === undefined) return raised(node, 'all')
  const found = gather(node, rows, columns)
  return found && raised(found, 'some')
}

/** Every outermost sum in its matrix form; with `all`, undefined where one has none. */
function raised(root: Expr, which: 'all' | 'some'): Expr | undefined {
  const isSum = (node: Expr) => isCall(node, summationOverIndex)
  const done = new Map<Expr, Expr>()
  const now = (node: Expr) => done.get(node) ?? node
  for (const node of walk([root], each => (each.kind === 'call' && !isSum(each) ? each.args : []))) {
    if (node.kind !== 'call') continue
    if (isSum(node)) {
      const form = raiseSum(node)
      if (form === undefined && which === 'all') return undefined
      if (form !== undefined) done.set(node, form)
      continue
    }
    const args = node.args.map(now)
    if (args.some((arg, k) => arg !== node.args[k])) done.set(node, remake(node, args))
  }
  return now(root)
}
