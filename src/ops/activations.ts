import { ONE, parseDecimal, rational, TWO } from '../base/rational.js'
import { number } from '../expr/intern.js'
import type { Expr } from '../expr/node.js'
import type { Op } from '../expr/op.js'
import { defineAbbreviation } from './abbreviation.js'
import { applyOp } from './apply.js'
import { positiveOf } from './comparison.js'
import { piOf } from './constants.js'
import { add, divide, divideEach, multiply, negate, ones, scaleEach, subtract, zeros } from './core.js'
import { defineElementwise } from './elementwise.js'
import { choose, maximumOf } from './piecewise.js'
import { expOf, power, sqrtOf, squareOf } from './powers.js'
import { absOf } from './signs.js'
import { errorFunction, hyperbolicTangent } from './trigonometric.js'

export const sigmoid: Op = defineElementwise({
  name: 'sigmoid',
  title: 'logistic function',
  latex: '\\sigma',
  plain: 'sigmoid',
  latexAliases: ['\\operatorname{sigmoid}', '\\operatorname{logistic}', '\\operatorname{expit}'],
  plainAliases: ['logistic', 'expit'],
  value: (m, x) => m.sigmoid(x),
  derivative: (_, y) => scaleEach(y, subtract(ones(y.shape), y)),
  rule: {
    id: 'sigmoid-rule',
    name: 'derivative of the sigmoid',
    statement: "\\sigma'(z)=\\sigma(z)\\,(1-\\sigma(z))",
    source: 'nielsen:2',
    sentence: 'The output times one minus the output.',
    level: 'normal',
  },
  positive: true,
  formulas: x => {
    const [below, above] = [expOf(negate(x)), expOf(x)]
    return [
      divide(ones(x.shape), add(ones(x.shape), below)),
      divide(ones(x.shape), add(below, ones(x.shape))),
      divide(above, add(ones(x.shape), above)),
      divide(above, add(above, ones(x.shape))),
    ]
  },
})

export const relu: Op = defineElementwise({
  name: 'relu',
  title: 'rectified linear unit',
  latex: '\\operatorname{ReLU}',
  plain: 'relu',
  latexAliases: ['\\operatorname{relu}'],
  value: (m, x) => m.maximum(x, m.fill(0, x.rows, x.columns)),
  derivative: x => positiveOf(x),
  rule: {
    id: 'relu-rule',
    name: 'derivative of the rectifier',
    statement: "\\operatorname{ReLU}'(z)=\\mathbb{1}[z>0]",
    source: 'cs231n:optimization-2',
    sentence: 'What is positive passes unchanged, everything else is cut off.',
    level: 'normal',
  },
  kinks: 'no derivative at 0; 0 is used there',
  switches: x => [x],
  formulas: x => [maximumOf(zeros(x.shape), x), maximumOf(x, zeros(x.shape))],
})

/** Softplus made steeper, which the word softplus means when a number comes with it. */
const sharpened: Op = defineAbbreviation({
  name: 'softplus-of-sharpness',
  title: 'softplus of a given sharpness',
  latex: '\\operatorname{softplus}',
  plain: 'softplus',
  arity: [2, 2],
  means: ([z, beta]) => divide(applyOp(softplus, multiply(beta!, z!)), beta!),
  formula: '\\tfrac1\\beta\\ln(1+e^{\\beta z})',
  source: 'goodfellow:3.10',
  examples: ['softplus(x, s)'],
})

export const softplus: Op = defineElementwise({
  name: 'softplus',
  title: 'softplus',
  latex: '\\operatorname{softplus}',
  plain: 'softplus',
  parameter: sharpened,
  value: (m, x) => m.softplus(x),
  derivative: x => applyOp(sigmoid, x),
  rule: {
    id: 'softplus-rule',
    name: 'derivative of softplus',
    statement: "\\Big(\\ln(1+e^{z})\\Big)'=\\sigma(z)",
    source: 'goodfellow:3.10',
    sentence: 'The smooth rectifier has the sigmoid as its slope.',
    level: 'normal',
  },
  positive: true,
})

export const logSigmoid: Op = defineElementwise({
  name: 'log-sigmoid',
  title: 'logarithm of the sigmoid',
  latex: '\\operatorname{logsigmoid}',
  plain: 'logsigmoid',
  value: (m, x) => m.negate(m.softplus(m.negate(x))),
  derivative: x => subtract(ones(x.shape), applyOp(sigmoid, x)),
  rule: {
    id: 'log-sigmoid-rule',
    name: 'derivative of the log-sigmoid',
    statement: "\\big(\\ln\\sigma(z)\\big)'=1-\\sigma(z)",
    source: 'goodfellow:3.10',
    sentence: 'Chain rule: the sigmoid in the denominator cancels.',
    level: 'normal',
  },
})

export const softsign: Op = defineElementwise({
  name: 'softsign',
  title: 'softsign',
  latex: '\\operatorname{softsign}',
  plain: 'softsign',
  value: (m, x) => m.divide(x, m.shift(m.abs(x), 1)),
  derivative: x => divideEach(ones(x.shape), squareOf(add(ones(x.shape), absOf(x)))),
  rule: {
    id: 'softsign-rule',
    name: 'derivative of softsign',
    statement: "\\Big(\\frac{z}{1+|z|}\\Big)'=\\frac{1}{(1+|z|)^2}",
    source: 'glorot-bengio:2.2',
    sentence: 'The quotient rule on either side of zero gives the same formula.',
    level: 'normal',
  },
})

const SELU_SCALE = parseDecimal('1.0507009873554804934193349852946')
const SELU_ALPHA = parseDecimal('1.6732632423543772848170429916717')

export const selu: Op = defineElementwise({
  name: 'selu',
  title: 'scaled exponential linear unit',
  latex: '\\operatorname{SELU}',
  plain: 'selu',
  latexAliases: ['\\operatorname{selu}'],
  value: (m, x) => {
    const scale = 1.0507009873554805
    const zero = m.fill(0, x.rows, x.columns)
    // The exponential is kept from overflowing where the other branch is taken.
    const negative = m.scaleBy(m.shift(m.exp(m.minimum(x, zero)), -1), scale * 1.6732632423543772)
    return m.where(m.greater(x, zero), m.scaleBy(x, scale), negative)
  },
  derivative: x =>
    multiply(
      number(SELU_SCALE),
      choose(positiveOf(x), ones(x.shape), multiply(number(SELU_ALPHA), expOf(x))),
    ),
  rule: {
    id: 'selu-rule',
    name: 'derivative of SELU',
    statement:
      "\\operatorname{SELU}'(z)=\\lambda\\begin{cases}1&z>0\\\\\\alpha e^{z}&\\text{otherwise}\\end{cases}",
    source: 'klambauer:2',
    sentence: 'The scaled slope of the exponential unit, with fixed constants.',
    level: 'normal',
  },
  kinks: 'no derivative at 0; the left slope is used there',
  switches: x => [x],
})

/** The density of the standard normal distribution. */
function bell(x: Expr): Expr {
  const height = divide(number(ONE), sqrtOf(multiply(number(TWO), piOf())))
  return multiply(height, expOf(multiply(number(rational(-1, 2)), squareOf(x))))
}

export const gelu: Op = defineElementwise({
  name: 'gelu',
  title: 'Gaussian error linear unit',
  latex: '\\operatorname{GELU}',
  plain: 'gelu',
  latexAliases: ['\\operatorname{gelu}'],
  value: (m, x) => m.scaleBy(m.hadamard(x, m.shift(m.erf(m.scaleBy(x, Math.SQRT1_2)), 1)), 0.5),
  derivative: x => {
    const below = add(ones(x.shape), applyOp(errorFunction, divide(x, sqrtOf(number(TWO)))))
    return add(multiply(number(rational(1, 2)), below), scaleEach(x, bell(x)))
  },
  rule: {
    id: 'gelu-rule',
    name: 'derivative of GELU',
    statement: "\\big(z\\,\\Phi(z)\\big)'=\\Phi(z)+z\\,\\varphi(z)",
    source: 'hendrycks-gimpel:2',
    sentence: 'Product rule: the normal distribution function, plus the argument times its density.',
    level: 'normal',
  },
})

const THREE = rational(3)
const CUBIC = parseDecimal('0.044715')

export const geluTanh: Op = defineElementwise({
  name: 'gelu-tanh',
  title: 'Gaussian error linear unit, tanh form',
  latex: '\\operatorname{GELU}_{\\tanh}',
  plain: 'gelutanh',
  latexAliases: ['\\operatorname{gelutanh}'],
  value: (m, x) => {
    const cubed = m.hadamard(x, m.shift(m.scaleBy(m.square(x), 0.044715), 1))
    const inside = m.scaleBy(cubed, Math.sqrt(2 / Math.PI))
    return m.scaleBy(m.hadamard(x, m.shift(m.tanh(inside), 1)), 0.5)
  },
  derivative: x => {
    const half = number(rational(1, 2))
    const root = sqrtOf(divide(number(TWO), piOf()))
    const t = applyOp(
      hyperbolicTangent,
      multiply(root, add(x, multiply(number(CUBIC), power(x, number(THREE))))),
    )
    const inner = multiply(root, add(ones(x.shape), multiply(number(CUBIC.mul(THREE)), squareOf(x))))
    const changing = scaleEach(scaleEach(x, subtract(ones(x.shape), squareOf(t))), inner)
    return add(multiply(half, add(ones(x.shape), t)), multiply(half, changing))
  },
  rule: {
    id: 'gelu-tanh-rule',
    name: 'derivative of GELU in its tanh form',
    statement:
      "\\tfrac12(1+\\tanh q)+\\tfrac12z(1-\\tanh^2 q)\\,q',\\quad q=\\sqrt{2/\\pi}\\,(z+0.044715\\,z^3)",
    source: 'hendrycks-gimpel:2',
    sentence: 'Product rule and chain rule; this is another function than the exact one, close to it.',
    level: 'normal',
  },
})

export const mish: Op = defineElementwise({
  name: 'mish',
  title: 'mish',
  latex: '\\operatorname{Mish}',
  plain: 'mish',
  latexAliases: ['\\operatorname{mish}'],
  value: (m, x) => m.hadamard(x, m.tanh(m.softplus(x))),
  derivative: x => {
    const t = applyOp(hyperbolicTangent, applyOp(softplus, x))
    return add(t, scaleEach(scaleEach(x, applyOp(sigmoid, x)), subtract(ones(x.shape), squareOf(t))))
  },
  rule: {
    id: 'mish-rule',
    name: 'derivative of mish',
    statement: '\\tanh\\omega+z\\,\\sigma(z)\\,(1-\\tanh^2\\omega),\\quad\\omega=\\ln(1+e^{z})',
    source: 'misra:2',
    sentence: 'Product rule, then the slopes of tanh and of softplus.',
    level: 'normal',
  },
})

/** The logistic function, entry by entry. */
export function sigmoidOf(x: Expr): Expr {
  return applyOp(sigmoid, x)
}
