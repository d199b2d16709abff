import { MINUS_ONE, ONE, type Rational, rational } from '../../base/rational.js'
import { number } from '../../expr/intern.js'
import type { Call, Expr } from '../../expr/node.js'
import {
  add,
  addition,
  divide,
  division,
  hadamard,
  hadamardProduct,
  isCall,
  multiplication,
  multiply,
} from '../../ops/core.js'
import { coefficientOf } from '../factors.js'
import { defineLaw } from '../law.js'

/** Sums of more terms are left as they are. */
const MOST_TERMS = 12

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  let [x, y] = [a, b]
  while (y !== 0n) [x, y] = [y, x % y]
  return x
}

/** Whether a term may have a numeric factor other than 1 and -1; without taking it apart. */
function hasNumber(term: Expr): boolean {
  if (term.kind === 'num') return term.value.n !== 1n || term.value.d !== 1n
  if (isCall(term, multiplication)) return term.args[0]!.kind === 'num'
  return isCall(term, division)
}

/** The positive number that all terms of a sum share: the greatest divisor above, the least multiple below. */
function sharedNumber(sum: Call): Rational | undefined {
  if (sum.args.length > MOST_TERMS) return undefined
  for (const term of sum.args) if (!hasNumber(term)) return undefined
  let above = 0n
  let below = 1n
  for (const term of sum.args) {
    const { coefficient } = coefficientOf(term)
    if (coefficient.n === 1n && coefficient.d === 1n) return undefined
    above = greatestCommonDivisor(above, coefficient.n)
    below = (below / greatestCommonDivisor(below, coefficient.d)) * coefficient.d
  }
  return above === below ? undefined : rational(above, below)
}

function scaled(term: Expr, by: Rational): Expr {
  const { coefficient, rest } = coefficientOf(term)
  const left = coefficient.div(by)
  if (rest.kind === 'num') return number(rest.value.mul(left), rest.shape)
  if (left.equals(ONE)) return rest
  return left.equals(MINUS_ONE) ? multiply(number(MINUS_ONE), rest) : multiply(number(left), rest)
}

/** A sum without the number that its terms share, and that number. */
function divided(node: Expr): { readonly by: Rational; readonly sum: Expr } | undefined {
  if (!isCall(node, addition)) return undefined
  const by = sharedNumber(node)
  return by && { by, sum: add(...node.args.map(term => scaled(term, by))) }
}

/** A number that all terms of a sum share goes in front of the product the sum is a factor of. */
export const numberOutOfFactor = defineLaw({
  id: 'number-out-of-a-factor',
  name: 'factor out',
  statement: 'A(2x-2y)=2A(x-y)',
  sentence: 'A number that all terms of a factor share is written in front of the product.',
  needs: [addition],
  example: 'A*(2*x - 2*y) = 2*A*(x - y)',
  apply: node => {
    const last = isCall(node, division) ? 1 : node.args.length
    for (let i = 0; i < last; i++) {
      const found = divided(node.args[i]!)
      if (found === undefined) continue
      const args = node.args.map((other, at) => (at === i ? found.sum : other))
      const by = number(found.by)
      if (isCall(node, division)) return divide(multiply(by, args[0]!), args[1]!)
      return multiply(by, isCall(node, hadamardProduct) ? hadamard(...args) : multiply(...args))
    }
    return undefined
  },
})
