import type { Total } from '../../expr/member.js'
import type { Expr } from '../../expr/node.js'
import { add } from '../../ops/core.js'
import { totalIn, totalOf } from '../../ops/layered.js'

/** Sums over the same steps become one. */
export function mergedTotals(parts: readonly Expr[]): Expr {
  const byOp = new Map<string, { readonly total: Total; readonly terms: Expr[] }>()
  const rest: Expr[] = []
  for (const part of parts) {
    const total = part.kind === 'call' ? totalIn(part.op) : undefined
    if (part.kind !== 'call' || total === undefined) {
      rest.push(part)
      continue
    }
    const key = `${total.letter}|${total.low}|${total.high}`
    const known = byOp.get(key)
    if (known) known.terms.push(part.args[0]!)
    else byOp.set(key, { total, terms: [part.args[0]!] })
  }
  return add(...[...byOp.values()].map(({ total, terms }) => totalOf(total, add(...terms))), ...rest)
}
