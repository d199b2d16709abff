import { MINUS_ONE, multiplyRational, ONE, signOf } from '../../base/rational.js'
import { number } from '../../expr/intern.js'
import type { Law } from '../../expr/law.js'
import type { Call, Expr } from '../../expr/node.js'
import type { Rule } from '../../expr/rule.js'
import { isScalar } from '../../expr/shape.js'
import {
  add,
  addition,
  divide,
  division,
  hadamard,
  hadamardProduct,
  hadamardQuotient,
  isCall,
  isOne,
  isZero,
  type Matched,
  matrixProduct,
  multiply,
  negate,
  transpose,
} from '../../ops/core.js'
import { summationOverIndex } from '../../ops/indexed.js'
import { power, powering } from '../../ops/powers.js'
import { MOST_COMPARED, mayBeEqual } from '../classes.js'
import { coefficientOf, factorsOf, productOf } from '../factors.js'
import { defineLaw } from '../law.js'
import { sumOfTerms } from '../terms.js'
import { numberOutOfFactor } from './content.js'
import { hasPart, nestedFractions } from './fractions.js'

/** Products and quotients, of scalars or entry by entry: numbers in front, like factors as powers, one fraction. */

const numbersInFront = defineLaw({
  id: 'multiply-numbers',
  name: 'multiply the numbers',
  statement: '2\\cdot 3x=6x',
  sentence: 'Numeric factors are multiplied and stand in front.',
  example: '2*s*3 = 6*s',
  apply: (node, facts) => {
    if (isPlain(node)) return undefined
    const factors = factorsOf(node, facts)
    const to = productOf(factors)
    if (to === node) return undefined
    const rule = factors.cancelled ? cancellation : factors.merged ? likeFactors : undefined
    return { to, rule }
  },
})

/** Different symbols and values of functions: nothing to collect, and nothing to look for. */
function isPlain(node: Call): boolean {
  const { args } = node
  if (args.length > MOST_COMPARED || isCall(node, division)) return false
  let known = false
  for (let i = 0; i < args.length; i++) {
    const arg = args[i]!
    if (arg.kind === 'num') {
      if (i > 0 || isZero(arg) || isOne(arg) || !isScalar(arg.shape)) return false
    } else if (arg.kind === 'sym') {
      // A symbol behind the value of a known function is moved in front of it.
      if (known) return false
    } else if (isPowerOfSymbol(arg)) {
      if (known || args.includes(arg.args[0]!)) return false
    } else if (arg.op.kind === 'elementwise') {
      if (arg.op.abstract === undefined) known = true
    } else if (arg.op !== addition) return false
    for (let k = 0; k < i; k++) {
      const other = args[k]!
      if (other === arg || mayBeEqual(other, arg) || haveOneBase(other, arg)) return false
    }
  }
  return true
}

function haveOneBase(a: Expr, b: Expr): boolean {
  return isCall(a, powering) && isCall(b, powering) && a.args[0] === b.args[0]
}

function isPowerOfSymbol({ op, args }: Call): boolean {
  if (op !== powering || args[0]!.kind !== 'sym') return false
  const exponent = args[1]!
  return exponent.kind === 'num' && signOf(exponent.value) > 0
}

const likeFactors: Rule = Object.freeze({
  id: 'like-factors',
  name: 'power law',
  statement: 'x^ax^b=x^{a+b}',
  source: 'algebra',
  sentence: 'Powers of one base are multiplied by adding their exponents.',
  level: 'every',
})

const cancellation: Rule = Object.freeze({
  id: 'cancel-common-factors',
  name: 'cancel common factors',
  statement: '\\frac{xy}{x}=y\\quad(x\\neq 0)',
  source: 'algebra',
  sentence: 'A factor above and below the fraction line cancels where it is not zero.',
  level: 'every',
})

/** The terms of a sum that count as negative, and whether one of them is a bare number. */
function signs(sum: Call): { readonly negative: number; readonly numeric: boolean } {
  let negative = 0
  let numeric = false
  for (const term of sum.args) {
    if (term.kind === 'num') numeric = true
    if (signOf(coefficientOf(term).coefficient) < 0) negative++
  }
  return { negative, numeric }
}

function flips(node: Expr): node is Matched {
  if (!isCall(node, addition)) return false
  const { negative, numeric } = signs(node)
  return !numeric && negative > 0 && negative * 2 >= node.args.length
}

function flipped(sum: Call): Expr {
  return add(...sum.args.map(negate))
}

const signIntoDifference = defineLaw({
  id: 'sign-into-a-difference',
  name: 'turn a difference round',
  statement: '-(a-b)=b-a',
  sentence: 'A minus sign in front of a difference turns the difference round.',
  needs: [addition],
  example: '-(s - t) = t - s',
  apply: node => {
    const first = node.args[0]!
    if (first.kind !== 'num' || signOf(first.value) >= 0) return undefined
    const positive = number(multiplyRational(first.value, MINUS_ONE))
    for (let i = 1; i < node.args.length; i++) {
      const turned = turn(node.args[i]!)
      if (turned === undefined) continue
      const rest = node.args.map((arg, at) => (at === i ? turned : arg)).slice(1)
      return isOne(positive) ? multiply(...rest) : multiply(positive, ...rest)
    }
    return undefined
  },
})

/** The factor with one difference in it turned round, if there is one. */
function turn(factor: Expr): Expr | undefined {
  if (flips(factor)) return flipped(factor)
  if (isCall(factor, division)) {
    const above = turn(factor.args[0]!)
    return above && divide(above, factor.args[1]!)
  }
  if (isCall(factor, summationOverIndex)) {
    const body = turn(factor.args[3]!)
    return body && factor.op.make?.([...factor.args.slice(0, 3), body], factor)
  }
  if (!isCall(factor, matrixProduct) && !isCall(factor, hadamardProduct)) return undefined
  // d d^\top keeps its sign in front.
  const at = factor.args.findIndex(
    arg => (flips(arg) && !factor.args.includes(transpose(arg))) || isCall(arg, summationOverIndex),
  )
  const turned = at < 0 ? undefined : turn(factor.args[at]!)
  if (turned === undefined) return undefined
  const args = factor.args.map((arg, i) => (i === at ? turned : arg))
  return isCall(factor, matrixProduct) ? multiply(...args) : hadamard(...args)
}

function hasFormulaAsExponent(node: Expr): boolean {
  return isCall(node, powering) && isCall(node.args[1]!, addition)
}

/** `x` and `x^{n-1}` side by side: the exponent is a formula with a number in it. */
const symbolicExponents = defineLaw({
  id: 'power-law-with-a-formula-as-exponent',
  name: 'power law',
  statement: 'x\\,x^{n-1}=x^n',
  sentence: 'Powers of one base are multiplied by adding their exponents.',
  needs: [powering],
  example: 's*s^(t - 1) = s^t',
  apply: (node, facts) => {
    if (!isScalar(node.shape)) return undefined
    const at = node.args.findIndex(hasFormulaAsExponent)
    if (at < 0) return undefined
    const [base, exponent] = (node.args[at] as Call).args as readonly [Expr, Expr]
    const other = node.args.findIndex(arg => facts.classOf(arg) === facts.classOf(base))
    if (other < 0) return undefined
    const raised = power(base, sumOfTerms([exponent, number(ONE)], exponent.shape, facts))
    return multiply(...node.args.map((arg, i) => (i === at ? raised : arg)).filter((_, i) => i !== other))
  },
})

/** Sums of more terms than this are not multiplied out to see whether the result is shorter. */
const MOST_TERMS = 12
/** Nor are products that are larger than this, written as a tree. */
const LARGEST_EXPANSION = 300

/** Only a fraction has something to cancel with. */
function isFraction(term: Expr): boolean {
  return hasPart(term, division) || hasPart(term, hadamardQuotient)
}

const expandWhereShorter = defineLaw({
  id: 'multiply-out-where-shorter',
  name: 'multiply out and cancel',
  statement: 'a\\Big(\\frac{b}{a}-c\\Big)=b-ac',
  sentence: 'A product with a sum is multiplied out when terms cancel and the result is shorter.',
  needs: [division, hadamardQuotient],
  example: 's*(t/s - 1) = t - s',
  apply: (node, facts) => {
    if (node.treeSize > LARGEST_EXPANSION) return undefined
    const join = isCall(node, hadamardProduct) ? hadamard : multiply
    for (let i = 0; i < node.args.length; i++) {
      const sum = node.args[i]!
      if (!isCall(sum, addition) || sum.args.length > MOST_TERMS || !sum.args.some(isFraction)) continue
      const terms = sum.args.map(term => {
        const product = join(...node.args.map((arg, at) => (at === i ? term : arg)))
        return productOf(factorsOf(product, facts))
      })
      const to = sumOfTerms(terms, node.shape, facts)
      if (to.treeSize < node.treeSize) return to
    }
    return undefined
  },
})

const zeroProduct = defineLaw({
  id: 'zero-product',
  name: 'a zero factor',
  statement: '0\\cdot x=0',
  sentence: 'A product with a zero factor is zero.',
  example: '0*s = 0',
  apply: node => {
    const zero = node.args.find(isZero)
    return zero === undefined ? undefined : productOf({ ...EMPTY, shape: node.shape })
  },
})

const EMPTY = Object.freeze({
  coefficient: MINUS_ONE.add(1),
  scalars: [],
  arrays: [],
  merged: false,
  cancelled: false,
})

export const productLaws: readonly Law[] = Object.freeze([
  zeroProduct,
  numbersInFront,
  symbolicExponents,
  signIntoDifference,
  expandWhereShorter,
  numberOutOfFactor,
])

export const quotientLaws: readonly Law[] = Object.freeze([
  numbersInFront,
  nestedFractions,
  numberOutOfFactor,
])

export const productRules: readonly Rule[] = Object.freeze([likeFactors, cancellation])
