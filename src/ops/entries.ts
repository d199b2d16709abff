import type { Expr } from '../expr/node.js'
import type { EntryRule, EntryTools } from '../expr/op.js'

/** The sum of what a function makes of every entry. */
export function overAll(at: EntryTools, a: Expr, of: (each: Expr) => Expr): Expr {
  return at.sum(a.shape.rows, row => at.sum(a.shape.columns, column => of(at.entry(a, row, column))))
}

/** Longer chains are not written by entries: every factor takes a sum inside the others. */
const MOST_SUMS = 24

/** The entries of a chain of matrix products: a sum over every inner size. */
export function chainEntries(times: (a: Expr, b: Expr) => Expr): EntryRule {
  return (at, args, row, column) => {
    if (args.length > MOST_SUMS) return undefined
    const from = (k: number, left: Expr): Expr => {
      const factor = args[k]!
      if (k === args.length - 1) return at.entry(factor, left, column)
      return at.sum(factor.shape.columns, index => times(at.entry(factor, left, index), from(k + 1, index)))
    }
    return from(0, row)
  }
}
