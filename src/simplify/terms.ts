import { addRational, type Rational, signOf } from '../base/rational.js'
import { number } from '../expr/intern.js'
import type { Facts } from '../expr/law.js'
import type { Expr } from '../expr/node.js'
import type { Shape } from '../expr/shape.js'
import { add, addition, isCall, isZero, multiply, zeros } from '../ops/core.js'
import { coefficientOf } from './factors.js'

interface Term {
  coefficient: Rational
  readonly rest: Expr
}

function termWith({ coefficient, rest }: Term): Expr {
  if (rest.kind === 'num') return number(coefficient.mul(rest.value), rest.shape)
  if (coefficient.n === 1n && coefficient.d === 1n && coefficient.s > 0n) return rest
  return multiply(number(coefficient), rest)
}

/** Adds terms: like terms collected, zeros dropped, a positive term first, otherwise in the order written. */
export function sumOfTerms(terms: readonly Expr[], shape: Shape, facts: Facts): Expr {
  const places = new Map<number, Term>()
  const original = new Map<Term, Expr>()
  for (const part of terms) {
    for (const term of isCall(part, addition) ? part.args : [part]) {
      if (isZero(term)) continue
      const { coefficient, rest } = coefficientOf(term)
      const key = facts.classOf(rest)
      const known = places.get(key)
      if (known === undefined) {
        const made = { coefficient, rest }
        places.set(key, made)
        original.set(made, term)
      } else {
        known.coefficient = addRational(known.coefficient, coefficient)
        original.delete(known)
      }
    }
  }
  const kept = [...places.values()].filter(term => term.coefficient.n !== 0n)
  const first = kept.findIndex(term => signOf(term.coefficient) > 0)
  if (first > 0) kept.unshift(...kept.splice(first, 1))
  if (kept.length === 0) return zeros(shape)
  return add(...kept.map(term => original.get(term) ?? termWith(term)))
}
