import { MINUS_ONE, ONE, signOf } from '../../base/rational.js'
import { number } from '../../expr/intern.js'
import type { Facts } from '../../expr/law.js'
import type { Call, Expr } from '../../expr/node.js'
import { isScalar } from '../../expr/shape.js'
import {
  add,
  addition,
  divide,
  division,
  hadamard,
  isCall,
  multiplication,
  multiply,
  negate,
} from '../../ops/core.js'
import { powering } from '../../ops/powers.js'
import { type Factors, factorsOf, productOf } from '../factors.js'
import { defineLaw } from '../law.js'
import { sumOfTerms } from '../terms.js'
import { chainOf } from './chains.js'

function commonEnd(node: Call, facts: Facts, end: 'left' | 'right'): Expr | undefined {
  if (isScalar(node.shape)) return undefined
  const terms = node.args.map(chainOf)
  const pick = (chain: readonly Expr[]) => (end === 'left' ? chain[0] : chain[chain.length - 1])
  const shared = pick(terms[0]!.chain)
  if (shared === undefined || shared.kind === 'num') return undefined
  const key = facts.classOf(shared)
  const usable = ({ chain, scalars }: (typeof terms)[number]) => {
    const at = pick(chain)
    return at !== undefined && facts.classOf(at) === key && (chain.length > 1 || scalars.length > 0)
  }
  if (!terms.every(usable)) return undefined
  const others = terms.map(({ scalars, chain }) => {
    const rest = end === 'left' ? chain.slice(1) : chain.slice(0, -1)
    return multiply(...scalars, ...rest)
  })
  const shape = others[0]!.shape
  if (others.some(other => other.shape.rows !== shape.rows || other.shape.columns !== shape.columns))
    return undefined
  // With numbers alone in front these would be like terms, which are collected already.
  if (others.every(other => other.kind === 'num')) return undefined
  const sum = add(...others)
  return end === 'left' ? multiply(shared, sum) : multiply(sum, shared)
}

/** The most terms of which some are looked for that share an end. */
const MOST_ENDS = 6

/** Takes the shared end of some terms out where that is shorter, and leaves the other terms. */
function someEnds(node: Call, facts: Facts): Expr | undefined {
  const { args } = node
  if (isScalar(node.shape) || args.length < 3 || args.length > MOST_ENDS) return undefined
  for (const end of ['left', 'right'] as const) {
    const keys = args.map(term => {
      const { chain } = chainOf(term)
      const last = end === 'left' ? chain[0] : chain[chain.length - 1]
      return last === undefined || last.kind === 'num' || chain.length < 2 ? undefined : facts.classOf(last)
    })
    for (const [first, key] of keys.entries()) {
      if (key === undefined || keys.indexOf(key) !== first) continue
      const among = args.filter((_, i) => keys[i] === key)
      if (among.length < 2) continue
      const shared = commonEnd(add(...among) as Call, facts, end)
      if (shared === undefined) continue
      const to = add(...args.flatMap((arg, i) => (i === first ? [shared] : keys[i] === key ? [] : [arg])))
      if (to.treeSize < node.treeSize) return to
    }
  }
  return undefined
}

export const factorOutOfSomeEnds = defineLaw({
  id: 'factor-out-of-some-products',
  name: 'factor out',
  statement: 'AX+AY+Z=A(X+Y)+Z',
  sentence: 'A first or last factor that some terms share is taken out of them where that is shorter.',
  example: "A'*B*x - A'*y + s*x = A'*(B*x - y) + s*x",
  apply: (node, facts) => someEnds(node, facts),
})

export const factorOutRight = defineLaw({
  id: 'factor-out-on-the-right',
  name: 'factor out on the right',
  statement: 'AX+BX=(A+B)X',
  sentence: 'A last factor that all terms share is taken out on the right.',
  example: "A*x + A'*x = (A + A')*x",
  apply: (node, facts) => commonEnd(node, facts, 'right'),
})

export const factorOutLeft = defineLaw({
  id: 'factor-out-on-the-left',
  name: 'factor out on the left',
  statement: 'XA+XB=X(A+B)',
  sentence: 'A first factor that all terms share is taken out on the left.',
  example: "x'*A + x'*B = x'*(A + B)",
  apply: (node, facts) => commonEnd(node, facts, 'left'),
})

/** A function value that is a factor of every term. Symbols stay: `3x^2 + 2x` is how a lecturer leaves it. */
export const factorOutFunction = defineLaw({
  id: 'factor-out-a-function-value',
  name: 'factor out',
  statement: 'f(x)\\,a+f(x)\\,b=f(x)\\,(a+b)',
  sentence: 'A function value that all terms share is taken out.',
  example: 'exp(s)*t + exp(s)*s = exp(s)*(t + s)',
  apply: (node, facts) => {
    if (node.args.length > 8 || !node.args.every(hasFunction)) return undefined
    const terms = node.args.map(term => factorsOf(term, facts))
    const list = (at: number) => [...terms[at]!.scalars, ...terms[at]!.arrays]
    const holds = (at: number, key: number) =>
      list(at).some(({ base, exponent }) => facts.classOf(base) === key && signOf(exponent) > 0)
    for (const { base, exponent } of list(0)) {
      if (!isFunctionLike(base) || signOf(exponent) < 0) continue
      const key = facts.classOf(base)
      if (!terms.every((_, at) => holds(at, key))) continue
      const join = isScalar(base.shape) ? multiply : hadamard
      const rest = terms.map(term => productOf(without(term, key, facts)))
      const sum = sumOfTerms(rest, node.shape, facts)
      const to = join(base, sum)
      return to.treeSize < node.treeSize ? to : undefined
    }
    return undefined
  },
})

/** Sums of more terms are not searched for factors that only some terms share. */
const MOST_SEARCHED = 6

/** All factors that two or more terms share, one of them more than a symbol: `fa+fb+c` is `f(a+b)+c`. */
export const factorOutOfSome = defineLaw({
  id: 'factor-out-of-some-terms',
  name: 'factor out',
  statement: 'u\\,a+u\\,b+c=u\\,(a+b)+c',
  sentence: 'What some terms of a sum share is taken out of them where that is shorter.',
  example: 'exp(t)*s + exp(t)*t + 1 = exp(t)*(s + t) + 1',
  apply: (node, facts) => {
    if (!isScalar(node.shape) || node.args.length > MOST_SEARCHED || !node.args.some(hasLongFactor))
      return undefined
    const terms = node.args.map(term => factorsOf(term, facts))
    for (const [first, term] of terms.entries()) {
      for (const { base, exponent } of term.scalars) {
        if (base.kind !== 'call' || signOf(exponent) < 0) continue
        const key = facts.classOf(base)
        const opposite = oppositeOf(base, facts)
        const among = node.args.filter(
          (_, at) =>
            at >= first &&
            (holds(terms[at]!, key, facts) || (opposite !== undefined && holds(terms[at]!, opposite, facts))),
        )
        if (among.length < 2) continue
        const shared = commonFactors(add(...among) as Call, facts)
        if (shared === undefined) continue
        const others = node.args.filter(arg => !among.includes(arg))
        const at = others.findIndex(arg => node.args.indexOf(arg) > first)
        const place = at < 0 ? others.length : at
        const to = add(...others.slice(0, place), shared, ...others.slice(place))
        if (to.treeSize < node.treeSize) return to
      }
    }
    return undefined
  },
})

/** `b^e` and `b^{e-1}`, the exponent a formula: what the derivative of a general power is made of. */
export const factorOutPower = defineLaw({
  id: 'factor-out-a-power',
  name: 'factor out',
  statement: 'b^{v}a+b^{v-1}c=b^v\\Big(a+\\frac{c}{b}\\Big)',
  sentence: 'A power with a formula as exponent is taken out of terms in which the exponent is lower by one.',
  needs: [powering],
  example: 's^t*log(s) + t*s^(t - 1)*sin(s) = s^t*(log(s) + t*sin(s)/s)',
  apply: (node, facts) => {
    if (!node.args.every(powerIn)) return undefined
    const powers = node.args.map(powerIn)
    const whole = powers.find(power => power !== undefined && !isCall(power.args[1]!, addition))
    if (whole === undefined || !powers.every(power => power !== undefined)) return undefined
    const [base, exponent] = whole.args as readonly [Expr, Expr]
    if (!isScalar(base.shape)) return undefined
    const lower = facts.classOf(add(exponent, number(MINUS_ONE)))
    const left = node.args.map((term, i) => {
      const power = powers[i]!
      if (power.args[0] !== base) return undefined
      const rest = isCall(term, multiplication) ? term.args.filter(arg => arg !== power) : []
      const product = rest.length > 0 ? multiply(...rest) : number(ONE)
      if (power === whole) return product
      return facts.classOf(power.args[1]!) === lower ? divide(product, base) : undefined
    })
    if (!left.every(term => term !== undefined) || powers.every(power => power === whole)) return undefined
    return multiply(whole, add(...left))
  },
})

/** The power among the factors of a term whose exponent is a formula. */
function powerIn(term: Expr): Call | undefined {
  const factors = isCall(term, multiplication) ? term.args : [term]
  for (const factor of factors) if (isCall(factor, powering) && factor.args[1]!.kind !== 'num') return factor
  return undefined
}

/** Whether a product has a factor that is more than a symbol, a number or a power of these. */
function hasLongFactor(term: Expr): boolean {
  const factors = isCall(term, multiplication) || isCall(term, division) ? term.args : [term]
  return factors.some(isLong)
}

function isLong(factor: Expr): boolean {
  return (
    factor.kind === 'call' &&
    (factor.depth > 1 || (factor.op.kind === 'elementwise' && factor.args.length > 0))
  )
}

/** The value of a function, or a power whose exponent is a formula. */
function isFunctionLike(node: Expr): boolean {
  return node.kind === 'call' && (node.op.kind === 'elementwise' || isCall(node, powering))
}

function hasFunction(term: Expr): boolean {
  if (term.kind !== 'call') return false
  return isFunctionLike(term) || term.args.some(isFunctionLike)
}

function without(term: Factors, key: number, facts: Facts): Factors {
  const less = (factors: Factors['scalars']) =>
    factors
      .map(factor =>
        facts.classOf(factor.base) === key ? { base: factor.base, exponent: factor.exponent.sub(1) } : factor,
      )
      .filter(factor => factor.exponent.n !== 0n)
  return { ...term, scalars: less(term.scalars), arrays: less(term.arrays) }
}

// ------------------------------------------------------------------------------------------------ multiplying out

/** The class of minus an expression, when it is a sum: `a-b` and `b-a` are the same factor up to sign. */
function oppositeOf(base: Expr, facts: Facts): number | undefined {
  return isCall(base, addition) ? facts.classOf(add(...base.args.map(negate))) : undefined
}

/** Takes every factor that all terms share out of a sum of scalars. */
export function commonFactors(sum: Call, facts: Facts): Expr | undefined {
  let left = sum.args.map(term => factorsOf(term, facts))
  const taken: Expr[] = []
  for (const { base, exponent } of left[0]!.scalars) {
    if (signOf(exponent) < 0) continue
    const key = facts.classOf(base)
    const opposite = oppositeOf(base, facts)
    const rest = left.map(term => {
      if (holds(term, key, facts)) return without(term, key, facts)
      if (opposite === undefined || !holds(term, opposite, facts)) return undefined
      return { ...without(term, opposite, facts), coefficient: term.coefficient.neg() }
    })
    if (!rest.every(term => term !== undefined)) continue
    taken.push(base)
    left = rest
  }
  if (taken.length === 0) return undefined
  const rest = sumOfTerms(left.map(productOf), sum.shape, facts)
  // What is left may be minus one of the factors: N(e^{-x} - e^x) is -N^2, with N as it was written first.
  const again = taken.find(base => oppositeOf(base, facts) === facts.classOf(rest))
  if (again === undefined) return multiply(...taken, rest)
  const older = again.id < rest.id ? again : rest
  return multiply(...taken.map(base => (base === again ? older : base)), negate(older))
}

/** Whether a class of scalars is among the factors above the line; for a sum, a whole number of times. */
function holds(term: Factors, key: number, facts: Facts): boolean {
  return term.scalars.some(({ base, exponent }) => {
    if (facts.classOf(base) !== key || signOf(exponent) < 0) return false
    return !isCall(base, addition) || exponent.d === 1n
  })
}
