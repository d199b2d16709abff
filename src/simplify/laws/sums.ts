import { addRational, ONE, type Rational, signOf } from '../../base/rational.js'
import { number } from '../../expr/intern.js'
import type { Facts, Law } from '../../expr/law.js'
import type { Call, Expr } from '../../expr/node.js'
import { isScalar, type Shape } from '../../expr/shape.js'
import {
  add,
  addition,
  divide,
  division,
  hadamard,
  hadamardProduct,
  isCall,
  isZero,
  multiplication,
  multiply,
  negate,
  ones,
  zeros,
} from '../../ops/core.js'
import { powering } from '../../ops/powers.js'
import { cosine, sine } from '../../ops/trigonometric.js'
import { coefficientOf, type Factors, factorsOf, productOf } from '../factors.js'
import { defineLaw } from '../law.js'
import { chainOf } from './chains.js'

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

const likeTerms = defineLaw({
  id: 'collect-like-terms',
  name: 'collect like terms',
  statement: 'ax+bx=(a+b)x',
  sentence: 'Terms that differ only in their numeric factor are added.',
  example: '2*s + t + 3*s = 5*s + t',
  apply: (node, facts) => (isPlain(node) ? undefined : sumOfTerms(node.args, node.shape, facts)),
})

/** A few products of different symbols: no two of them are like terms. */
function isPlain(node: Call): boolean {
  if (node.args.length > 4) return false
  const seen: number[] = []
  for (const term of node.args) {
    if (term.kind !== 'call' || term.op !== multiplication || !isScalar(term.shape)) return false
    let signature = term.args.length
    for (const factor of term.args) {
      if (factor.kind !== 'sym') return false
      signature += factor.id * factor.id
    }
    if (seen.includes(signature)) return false
    seen.push(signature)
  }
  return true
}

// --------------------------------------------------------------------------------------------- taking out factors

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

const factorOutRight = defineLaw({
  id: 'factor-out-on-the-right',
  name: 'factor out on the right',
  statement: 'AX+BX=(A+B)X',
  sentence: 'A last factor that all terms share is taken out on the right.',
  example: "A*x + A'*x = (A + A')*x",
  apply: (node, facts) => commonEnd(node, facts, 'right'),
})

const factorOutLeft = defineLaw({
  id: 'factor-out-on-the-left',
  name: 'factor out on the left',
  statement: 'XA+XB=X(A+B)',
  sentence: 'A first factor that all terms share is taken out on the left.',
  example: "x'*A + x'*B = x'*(A + B)",
  apply: (node, facts) => commonEnd(node, facts, 'left'),
})

/** A function value that is a factor of every term. Symbols stay: `3x^2 + 2x` is how a lecturer leaves it. */
const factorOutFunction = defineLaw({
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
      if (base.kind !== 'call' || base.op.kind !== 'elementwise' || signOf(exponent) < 0) continue
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

/** Whether a term is a call of the operation, or has one among its factors. */
function hasPart(term: Expr, op: Call['op']): boolean {
  return isCall(term, op) || (term.kind === 'call' && term.args.some(arg => isCall(arg, op)))
}

function hasFunction(term: Expr): boolean {
  if (term.kind !== 'call') return false
  const isFunction = (node: Expr) =>
    node.kind === 'call' && (node.op.kind === 'elementwise' || isCall(node, powering))
  return isFunction(term) || term.args.some(isFunction)
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

const MOST_PRODUCTS = 24
const LARGEST_SUM = 120

/** The terms of a product of sums, or undefined when there are too many. */
function expanded(term: Expr, open: (sum: Call) => boolean): readonly Expr[] | undefined {
  const product = isCall(term, multiplication) || isCall(term, hadamardProduct) ? term : undefined
  if (product === undefined) return [term]
  const join = isCall(term, hadamardProduct) ? hadamard : multiply
  let terms: (readonly Expr[])[] = [[]]
  for (const arg of product.args) {
    const choices = isCall(arg, addition) && open(arg) ? arg.args : [arg]
    if (terms.length * choices.length > MOST_PRODUCTS) return undefined
    terms = terms.flatMap(head => choices.map(choice => [...head, choice]))
  }
  return terms.map(factors => join(...factors))
}

/** Terms over one denominator become one fraction; undefined when no two terms share one. */
function overOneDenominator(terms: readonly Expr[], shape: Shape, facts: Facts): Expr | undefined {
  if (!isScalar(shape)) return undefined
  const groups = new Map<string, { readonly below: Expr; readonly above: Expr[] }>()
  const rest: Expr[] = []
  let shared = false
  for (const term of terms) {
    const factors = factorsOf(term, facts)
    const below = factors.scalars.filter(({ exponent }) => signOf(exponent) < 0)
    if (below.length === 0) {
      rest.push(term)
      continue
    }
    const above = productOf({
      ...factors,
      scalars: factors.scalars.filter(({ exponent }) => signOf(exponent) > 0),
    })
    const keys = below
      .map(({ base, exponent }) => `${facts.classOf(base)}^${exponent.n}/${exponent.d}`)
      .sort()
    const group = groups.get(keys.join())
    if (group === undefined) {
      const inverted = below.map(({ base, exponent }) => ({ base, exponent: exponent.neg() }))
      const under = productOf({ ...factors, coefficient: ONE, scalars: inverted })
      groups.set(keys.join(), { below: under, above: [above] })
    } else {
      group.above.push(above)
      shared = true
    }
  }
  if (!shared) return undefined
  const fractions = [...groups.values()].map(({ above, below }) => {
    const sum = sumOfTerms(above, shape, facts)
    const factored = (isCall(sum, addition) && commonFactors(sum, facts)) || sum
    return productOf(factorsOf(divide(factored, below), facts))
  })
  return sumOfTerms([...fractions, ...rest], shape, facts)
}

/** The class of minus an expression, when it is a sum: `a-b` and `b-a` are the same factor up to sign. */
function oppositeOf(base: Expr, facts: Facts): number | undefined {
  return isCall(base, addition) ? facts.classOf(add(...base.args.map(negate))) : undefined
}

/** Takes every factor that all terms share out of a sum of scalars. */
function commonFactors(sum: Call, facts: Facts): Expr | undefined {
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
  return multiply(...taken, sumOfTerms(left.map(productOf), sum.shape, facts))
}

/** Whether a class of scalars is among the factors above the line; for a sum, just once. */
function holds(term: Factors, key: number, facts: Facts): boolean {
  return term.scalars.some(({ base, exponent }) => {
    if (facts.classOf(base) !== key || signOf(exponent) < 0) return false
    return !isCall(base, addition) || (exponent.n === 1n && exponent.d === 1n)
  })
}

const commonDenominator = defineLaw({
  id: 'common-denominator',
  name: 'put over a common denominator',
  statement: '\\frac{a}{c}+\\frac{b}{c}=\\frac{a+b}{c}',
  sentence: 'Fractions with one denominator are added by adding their numerators.',
  example: '1/t + s/t = (1 + s)/t',
  apply: (node, facts) => {
    if (node.treeSize > LARGEST_SUM || !node.args.some(term => hasPart(term, division))) return undefined
    const to = overOneDenominator(node.args, node.shape, facts)
    return to !== undefined && to.treeSize < node.treeSize ? to : undefined
  },
})

const expandTermsWhereShorter = defineLaw({
  id: 'multiply-out-terms-where-shorter',
  name: 'multiply out and collect',
  statement: '-t(1-p)+(1-t)p=p-t',
  sentence: 'The products in a sum are multiplied out when terms cancel and the result is shorter.',
  example: '-t*(1 - s) + (1 - t)*s = s - t',
  apply: (node, facts) => {
    if (node.treeSize > LARGEST_SUM || !node.args.some(term => hasPart(term, addition))) return undefined
    const shorter = [hasFraction, () => true].flatMap(open => {
      const to = multipliedOut(node, facts, open)
      return to !== undefined && to.treeSize < node.treeSize ? [to] : []
    })
    return shorter.sort((a, b) => a.treeSize - b.treeSize)[0]
  },
})

function hasFraction(sum: Call): boolean {
  return sum.args.some(term => isCall(coefficientOf(term).rest, division))
}

function multipliedOut(node: Call, facts: Facts, open: (sum: Call) => boolean): Expr | undefined {
  const all: Expr[] = []
  for (const term of node.args) {
    const terms = expanded(term, open)
    if (terms === undefined) return undefined
    all.push(...terms.map(part => productOf(factorsOf(part, facts))))
  }
  if (all.length === node.args.length) return undefined
  return overOneDenominator(all, node.shape, facts) ?? sumOfTerms(all, node.shape, facts)
}

const pythagoras = defineLaw({
  id: 'pythagorean-identity',
  name: 'Pythagorean identity',
  statement: '\\sin^2x+\\cos^2x=1',
  sentence: 'The squares of sine and cosine of one argument add up to one.',
  source: 'trigonometry',
  level: 'normal',
  example: 'sin(s)^2 + cos(s)^2 = 1',
  apply: (node, facts) => {
    for (const term of node.args) {
      const { coefficient, rest } = coefficientOf(term)
      const angle = squareOf(rest, sine)
      if (angle === undefined) continue
      const partner = node.args.find(other => {
        const { coefficient: c, rest: r } = coefficientOf(other)
        return squareOf(r, cosine) === angle && c.equals(coefficient)
      })
      if (partner === undefined) continue
      const left = node.args.filter(other => other !== term && other !== partner)
      return sumOfTerms([number(coefficient, ones(node.shape).shape), ...left], node.shape, facts)
    }
    return undefined
  },
})

function squareOf(node: Expr, op: Call['op']): Expr | undefined {
  if (!isCall(node, powering) || node.args[1] !== number(ONE.add(1))) return undefined
  const base = node.args[0]!
  return isCall(base, op) ? base.args[0] : undefined
}

export const sumLaws: readonly Law[] = Object.freeze([
  likeTerms,
  pythagoras,
  factorOutRight,
  factorOutLeft,
  commonDenominator,
  expandTermsWhereShorter,
  factorOutFunction,
])
