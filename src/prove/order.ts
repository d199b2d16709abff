import { type Rational, rational } from '../base/rational.js'
import type { Head, Poly, Term } from './algebra.js'
import { termKey } from './canonical.js'
import type { Ring } from './ring.js'

/** The term of a sum that is expressed by the others, beside powers of the sum below zero. */
export interface Lead {
  readonly term: Term
  readonly others: Poly
  /** The constant term, where there is one. */
  readonly constant: Term | undefined
  readonly withoutConstant: Poly
  /** All terms but the constant contain every atom of the leading term. */
  readonly single: boolean
}

/** The leading term by degree, then by its text; the body has the slots of the atom it belongs to. */
export function leadOf(ring: Ring, head: Head, body: Poly): Lead | undefined {
  const form = head.body ?? body
  let best = -1
  let found: { readonly degree: Rational; readonly key: string } | undefined
  for (const [i, term] of form.entries()) {
    if (term.bound.length > 0 || term.factors.length === 0) continue
    if (term.factors.some(({ power }) => power.s < 0n)) continue
    const degree = term.factors.reduce((total, { power }) => total.add(power), rational(0))
    const key = termKey(ring, term)
    const order = found === undefined ? 1 : degree.compare(found.degree) || (key > found.key ? 1 : -1)
    if (order <= 0) continue
    best = i
    found = { degree, key }
  }
  const term = body[best]
  if (term === undefined) return undefined
  const constant = body.find(({ factors, bound }) => factors.length === 0 && bound.length === 0)
  const withoutConstant = body.filter(each => each !== constant)
  const single =
    constant !== undefined &&
    withoutConstant.every(each =>
      term.factors.every(({ head: kind }) =>
        each.factors.some(other => other.head === kind && other.power.s > 0n),
      ),
    )
  return { term, others: body.filter(each => each !== term), constant, withoutConstant, single }
}
