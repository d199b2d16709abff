import type { Facts, Law } from '../../expr/law.js'
import type { Call, Expr } from '../../expr/node.js'
import type { Op } from '../../expr/op.js'
import { isScalar } from '../../expr/shape.js'
import { sigmoidOf } from '../../ops/activations.js'
import { applyOp } from '../../ops/apply.js'
import {
  addition,
  division,
  hadamardProduct,
  hadamardQuotient,
  isCall,
  isOne,
  matrixProduct,
  multiplication,
  multiply,
} from '../../ops/core.js'
import { norm2Of, squaredNorm } from '../../ops/norms.js'
import { exponential, powering, squareRoot } from '../../ops/powers.js'
import { absOf, signum } from '../../ops/signs.js'
import { softmax } from '../../ops/softmax.js'
import {
  cosine,
  hyperbolicCosine,
  hyperbolicSine,
  hyperbolicTangent,
  sine,
  tangent,
} from '../../ops/trigonometric.js'
import { type Factor, factorsOf, productOf } from '../factors.js'
import { defineLaw } from '../law.js'
import { replaceFactors } from './replacing.js'

/** Quotients that have a name of their own. */

/** The factors of a fraction line: those below and those above, each once. */
function belowOf(node: Call): readonly Expr[] {
  const below = isCall(node, division) || isCall(node, hadamardQuotient) ? node.args[1]! : undefined
  if (below === undefined) return []
  return isCall(below, multiplication) || isCall(below, hadamardProduct) ? below.args : [below]
}

function baseOf(node: Expr): Expr {
  return isCall(node, powering) ? node.args[0]! : node
}

/** Takes a numerator and a denominator of one power together to the same power of something else. */
function joinQuotient(node: Call, facts: Facts, below: Expr, above: Expr, joined: Expr): Expr | undefined {
  const factors = factorsOf(node, facts)
  const [low, high] = [facts.classOf(below), facts.classOf(above)]
  const join = (list: readonly Factor[]): readonly Factor[] | undefined => {
    const bottom = list.find(({ base }) => facts.classOf(base) === low)
    const top = list.find(({ base }) => facts.classOf(base) === high)
    if (bottom === undefined || top === undefined || !bottom.exponent.neg().equals(top.exponent))
      return undefined
    if (bottom.exponent.s > 0n) return undefined
    return list.flatMap(factor =>
      factor === bottom ? [] : factor === top ? [{ base: joined, exponent: top.exponent }] : [factor],
    )
  }
  const [scalars, arrays] = [join(factors.scalars), join(factors.arrays)]
  if (scalars === undefined && arrays === undefined) return undefined
  return productOf({ ...factors, scalars: scalars ?? factors.scalars, arrays: arrays ?? factors.arrays })
}

const logisticQuotient = defineLaw({
  id: 'recognise-the-logistic-function',
  name: 'recognise the logistic function',
  statement: '\\frac{e^{z}}{1+e^{z}}=\\sigma(z)',
  sentence: 'An exponential over one plus itself is the logistic function.',
  source: 'nielsen:1',
  level: 'normal',
  needs: [exponential],
  example: 'exp(s)/(1 + exp(s)) = sigmoid(s)',
  apply: (node, facts) => {
    for (const factor of belowOf(node)) {
      const sum = baseOf(factor)
      if (!isCall(sum, addition) || sum.args.length !== 2) continue
      const power = sum.args.find(arg => isCall(arg, exponential))
      if (power?.kind !== 'call' || !sum.args.some(isOne)) continue
      const found = joinQuotient(node, facts, sum, power, sigmoidOf(power.args[0]!))
      if (found !== undefined) return found
    }
    return undefined
  },
})

const QUOTIENTS: ReadonlyMap<Op, readonly [above: Op, joined: Op]> = new Map([
  [cosine, [sine, tangent]],
  [hyperbolicCosine, [hyperbolicSine, hyperbolicTangent]],
])

const tangentQuotient = defineLaw({
  id: 'sine-over-cosine',
  name: 'sine over cosine',
  statement: '\\frac{\\sin x}{\\cos x}=\\tan x,\\quad\\frac{\\sinh x}{\\cosh x}=\\tanh x',
  sentence: 'Sine over cosine is the tangent, and so for the hyperbolic functions.',
  source: 'abramowitz-stegun:4.3.3',
  needs: [cosine, hyperbolicCosine],
  example: 'sinh(s)/cosh(s) = tanh(s)',
  apply: (node, facts) => {
    for (const factor of belowOf(node)) {
      const below = baseOf(factor)
      if (below.kind !== 'call') continue
      const pair = QUOTIENTS.get(below.op)
      if (pair === undefined) continue
      const argument = below.args[0]!
      const found = joinQuotient(node, facts, below, applyOp(pair[0], argument), applyOp(pair[1], argument))
      if (found !== undefined) return found
    }
    return undefined
  },
})

/** The argument of an exponential whose entries are added up: `\mathbf{1}^\top e^z`. */
function exponentialSum(node: Expr): Call | undefined {
  if (!isCall(node, matrixProduct) || node.args.length !== 2 || !isScalar(node.shape)) return undefined
  const [first, second] = node.args as readonly [Expr, Expr]
  return isOne(first) && isCall(second, exponential) ? second : undefined
}

/** The denominators of a product: its own, and those of the fractions among its factors. */
function denominatorsOf(node: Call): readonly Expr[] {
  const own = belowOf(node)
  if (own.length > 0) return own
  const fraction = node.args.find(arg => isCall(arg, division))
  return fraction?.kind === 'call' ? belowOf(fraction) : []
}

const softmaxQuotient = defineLaw({
  id: 'recognise-softmax',
  name: 'recognise softmax',
  statement: '\\frac{e^{z}}{\\mathbf{1}^\\top e^{z}}=\\operatorname{softmax}(z)',
  sentence: 'Exponentials divided by their sum are the softmax.',
  source: 'goodfellow:6.2.2',
  level: 'normal',
  needs: [exponential],
  example: "exp(x)/(ones(n)'*exp(x)) = softmax(x)",
  apply: (node, facts) => {
    for (const factor of denominatorsOf(node)) {
      const sum = baseOf(factor)
      const power = exponentialSum(sum)
      if (power === undefined) continue
      const probabilities = applyOp(softmax, power.args[0]!)
      return replaceFactors(node, facts, sum, part => (part === power ? probabilities : undefined))
    }
    return undefined
  },
})

const softmaxOfRows = defineLaw({
  id: 'recognise-softmax-of-rows',
  name: 'recognise softmax row by row',
  statement: 'e^{Z}\\oslash(e^{Z}\\mathbf{1}\\mathbf{1}^\\top)=\\operatorname{softmax}(Z)',
  sentence: 'Exponentials divided by the sums of their rows are the softmax of each row.',
  source: 'goodfellow:6.2.2',
  level: 'normal',
  needs: [exponential],
  example: "exp(A) ./ (exp(A)*ones(n)*ones(n)') = softmax(A)",
  apply: (node, facts) => {
    const below = node.args[1]!
    if (!isCall(below, matrixProduct) || !isCall(below.args[0]!, exponential)) return undefined
    if (!below.args.slice(1).every(isOne) || below.shape.columns === 1) return undefined
    const power = below.args[0] as Call
    return joinQuotient(node, facts, below, power, applyOp(softmax, power.args[0]!))
  },
})

/** Below the line a squared norm counts as the norm. */
function unsquared(node: Expr): Expr {
  return isCall(node, squaredNorm) ? norm2Of(node.args[0]!) : node
}

/** A defined quotient such as `\hat x = (x-\mu)/s`: its numerator over its denominator is written by its name. */
const definedQuotient = defineLaw({
  id: 'use-a-defined-quotient',
  name: 'write by its name',
  statement: '\\frac{u}{s}=y\\quad(y:=u/s)',
  sentence: 'A quotient that the author gave a name to is written by that name.',
  source: 'author',
  level: 'normal',
  example: 's/t = s/t',
  apply: (node, facts) => {
    if (facts.quotients.length === 0) return undefined
    const below = denominatorsOf(node).map(baseOf).map(unsquared)
    if (below.length === 0) return undefined
    for (const quotient of facts.quotients) {
      const root = isCall(quotient.below, squareRoot) ? quotient.below.args[0]! : undefined
      if (!below.includes(quotient.below) && (root === undefined || !below.includes(root))) continue
      const found = replaceFactors(node, facts, quotient.below, part => facts.nameOver(part, quotient))
      if (found !== undefined) return found
    }
    return undefined
  },
})

const valueTimesSign = defineLaw({
  id: 'value-times-its-sign',
  name: 'a quantity times its sign',
  statement: 'x\\operatorname{sign}(x)=|x|',
  sentence: 'A quantity times its sign is its absolute value.',
  needs: [signum],
  example: 's*sign(s) = abs(s)',
  apply: (node, facts) => {
    const sign = node.args.find(arg => isCall(arg, signum))
    if (sign?.kind !== 'call') return undefined
    const inside = sign.args[0]!
    const key = facts.classOf(inside)
    const other = node.args.find(arg => arg !== sign && facts.classOf(arg) === key)
    if (other === undefined) return undefined
    const args = node.args.filter(arg => arg !== sign).map(arg => (arg === other ? absOf(inside) : arg))
    return args.length === 1
      ? args[0]
      : isCall(node, hadamardProduct)
        ? node.op.make?.(args, node)
        : multiply(...args)
  },
})

export const recognisedQuotients: readonly Law[] = Object.freeze([
  logisticQuotient,
  tangentQuotient,
  softmaxQuotient,
  definedQuotient,
])
export const recognisedEachQuotients: readonly Law[] = Object.freeze([
  logisticQuotient,
  tangentQuotient,
  softmaxOfRows,
])
export const recognisedProducts: readonly Law[] = Object.freeze([
  valueTimesSign,
  softmaxQuotient,
  definedQuotient,
])

/** A quotient spelled out in a definition is written by the name it was given. */
export const namedValueLaws: readonly Law[] = Object.freeze([
  defineLaw({
    id: 'use-a-defined-value',
    name: 'write by its name',
    statement: '\\operatorname{softmax}(z)=p\\quad(p:=e^z/\\mathbf{1}^\\top e^z)',
    sentence: 'A value that the author gave a name to is written by that name.',
    source: 'author',
    level: 'normal',
    example: 'softmax(x) = softmax(x)',
    apply: (node, facts) => facts.named(node),
  }),
])
