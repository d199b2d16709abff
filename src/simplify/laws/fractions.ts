import { ONE, signOf } from '../../base/rational.js'
import type { Facts } from '../../expr/law.js'
import type { Call, Expr } from '../../expr/node.js'
import { isScalar, SCALAR, type Shape } from '../../expr/shape.js'
import {
  addition,
  divide,
  division,
  hadamard,
  hadamardProduct,
  isCall,
  multiplication,
  multiply,
} from '../../ops/core.js'
import { coefficientOf, type Factor, factorsOf, productOf } from '../factors.js'
import { defineLaw } from '../law.js'
import { sumOfTerms } from '../terms.js'
import { commonFactors } from './factoring.js'

/** Fractions over the least denominator that all of them divide; undefined with fewer than two fractions. */
function overLeastDenominator(node: Call, facts: Facts): Expr | undefined {
  const terms = node.args.map(term => factorsOf(term, facts))
  const below = new Map<number, Factor>()
  let fractions = 0
  for (const term of terms) {
    const under = term.scalars.filter(({ exponent }) => signOf(exponent) < 0)
    if (under.length > 0) fractions++
    for (const factor of under) {
      const key = facts.classOf(factor.base)
      const known = below.get(key)
      if (known === undefined || factor.exponent.compare(known.exponent) < 0) below.set(key, factor)
    }
  }
  if (fractions < 2 || below.size > 3) return undefined
  const denominator = [...below.values()].map(({ base, exponent }) => ({ base, exponent: exponent.neg() }))
  const raised = {
    shape: node.shape,
    coefficient: ONE,
    scalars: denominator,
    arrays: [],
    merged: false,
    cancelled: false,
  }
  const above = terms.flatMap(term => {
    const numerator = productOf(factorsOf(multiply(productOf(term), productOf(raised)), facts))
    return (expanded(numerator, () => true) ?? [numerator]).map(part => productOf(factorsOf(part, facts)))
  })
  return divide(sumOfTerms(above, node.shape, facts), productOf(raised))
}

const MOST_PRODUCTS = 24
const LARGEST_SUM = 120

/** The terms of a product of sums, or undefined when there are too many. */
function expanded(term: Expr, open: (sum: Call) => boolean): readonly Expr[] | undefined {
  const product = isCall(term, multiplication) || isCall(term, hadamardProduct) ? term : undefined
  if (product === undefined) return [term]
  const inside = isCall(product, multiplication)
    ? product.args.find(arg => isCall(arg, hadamardProduct))
    : undefined
  if (inside !== undefined) {
    return expanded(inside, open)?.map(part =>
      multiply(...product.args.map(arg => (arg === inside ? part : arg))),
    )
  }
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
      const under = productOf({ ...factors, shape: SCALAR, coefficient: ONE, scalars: inverted, arrays: [] })
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

/** Whether a term is a call of the operation, or has one among its factors. */
export function hasPart(term: Expr, op: Call['op']): boolean {
  if (term.kind !== 'call') return false
  if (term.op === op) return true
  if ((term.beneath & op.bit) === 0) return false
  for (const arg of term.args) if (arg.kind === 'call' && arg.op === op) return true
  return false
}

export const commonDenominator = defineLaw({
  id: 'common-denominator',
  name: 'put over a common denominator',
  statement: '\\frac{a}{c}+\\frac{b}{c}=\\frac{a+b}{c}',
  sentence: 'Fractions with one denominator are added by adding their numerators.',
  needs: [division],
  example: '1/t + s/t = (1 + s)/t',
  apply: (node, facts) => {
    if (node.treeSize > LARGEST_SUM || !node.args.some(term => hasPart(term, division))) return undefined
    const same = overOneDenominator(node.args, node.shape, facts)
    if (same !== undefined && same.treeSize < node.treeSize) return same
    const least = isScalar(node.shape) ? overLeastDenominator(node, facts) : undefined
    return least !== undefined && least.treeSize <= node.treeSize ? least : undefined
  },
})

export const expandTermsWhereShorter = defineLaw({
  id: 'multiply-out-terms-where-shorter',
  name: 'multiply out and collect',
  statement: '-t(1-p)+(1-t)p=p-t',
  sentence: 'The products in a sum are multiplied out when terms cancel and the result is shorter.',
  needs: [addition],
  example: '-t*(1 - s) + (1 - t)*s = s - t',
  apply: (node, facts) => {
    if (node.treeSize > LARGEST_SUM || !node.args.some(hasSum)) return undefined
    const shorter = [hasFraction, () => true].flatMap(open => {
      const to = multipliedOut(node, facts, open)
      return to !== undefined && to.treeSize < node.treeSize ? [to] : []
    })
    return shorter.sort((a, b) => a.treeSize - b.treeSize)[0]
  },
})

/** A sum among the factors, or among those of a Hadamard product that is scaled. */
function hasSum(term: Expr): boolean {
  if (hasPart(term, addition)) return true
  return (
    isCall(term, multiplication) &&
    term.args.some(arg => isCall(arg, hadamardProduct) && hasPart(arg, addition))
  )
}

function hasFraction(sum: Call): boolean {
  return sum.args.some(term => isCall(coefficientOf(term).rest, division))
}

function multipliedOut(node: Call, facts: Facts, open: (sum: Call) => boolean): Expr | undefined {
  const parts: Expr[] = []
  for (const term of node.args) {
    const terms = expanded(term, open)
    if (terms === undefined) return undefined
    parts.push(...terms)
  }
  if (parts.length === node.args.length) return undefined
  const all = parts.map(part => productOf(factorsOf(part, facts)))
  return overOneDenominator(all, node.shape, facts) ?? sumOfTerms(all, node.shape, facts)
}

/** Fractions of longer sums stay inside one another. */
const MOST_FRACTIONS = 6

export const nestedFractions = defineLaw({
  id: 'divide-each-fraction',
  name: 'divide term by term',
  statement: '\\frac{\\frac{a}{b}+\\frac{c}{d}}{n}=\\frac{a}{bn}+\\frac{c}{dn}',
  sentence: 'A sum of fractions is divided term by term.',
  needs: [division],
  example: '(x/s + y/t)/t = x/(s*t) + y/t^2',
  apply: (node, facts) => {
    const [above, below] = node.args as readonly [Expr, Expr]
    if (isScalar(node.shape) || !isCall(above, addition) || above.args.length > MOST_FRACTIONS)
      return undefined
    const isFraction = (term: Expr) => isCall(coefficientOf(term).rest, division) || hasPart(term, division)
    if (!above.args.every(isFraction)) return undefined
    return sumOfTerms(
      above.args.map(term => productOf(factorsOf(divide(term, below), facts))),
      node.shape,
      facts,
    )
  },
})
