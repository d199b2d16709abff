import { ShapeError } from '../base/errors.js'
import type { MatrixAlgebra } from '../base/matrix-algebra.js'
import { ONE, type Rational, rational, toNumber } from '../base/rational.js'
import type { Extent } from '../base/tensor.js'
import { number } from '../expr/intern.js'
import type { Expr } from '../expr/node.js'
import { defineOp, type Op, PRECEDENCE } from '../expr/op.js'
import type { Rule } from '../expr/rule.js'
import { isScalar, shapeText } from '../expr/shape.js'
import { sigmoidOf } from './activations.js'
import { positiveOf } from './comparison.js'
import { add, divide, inner, multiply, ones, scaleEach, subtract, zeros } from './core.js'
import { choose, minimumOf } from './piecewise.js'
import { expOf, squareOf } from './powers.js'

/** An activation with a scalar parameter, written as a second argument; without it the default is meant. */
interface ParametricSpec {
  readonly name: string
  readonly title: string
  readonly latex: string
  readonly plain: string
  readonly latexAliases: readonly string[]
  readonly plainAliases?: readonly string[]
  readonly parameter: Rational
  readonly value: <T extends Extent>(m: MatrixAlgebra<T>, x: T, parameter: T) => T
  readonly derivative: (x: Expr, parameter: Expr) => Expr
  /** The derivative by the parameter, of the shape of `x`. */
  readonly byParameter: (x: Expr, parameter: Expr) => Expr
  readonly rule: Rule
  readonly kinks?: string
  /** Where the parameter has to lie; absent means anywhere. */
  readonly parameterDomain?: 'positive'
  /** Other ways to write it with the usual parameter. */
  readonly formulas?: (x: Expr) => readonly Expr[]
}

function defineParametric(spec: ParametricSpec): Op {
  const {
    name,
    title,
    latex,
    plain,
    latexAliases,
    plainAliases = [],
    kinks,
    formulas,
    rule,
    parameterDomain,
  } = spec
  const parameterOf = (args: readonly Expr[]) => args[1] ?? number(spec.parameter)
  const slope = (args: readonly Expr[]) => spec.derivative(args[0]!, parameterOf(args))
  return defineOp({
    name,
    title,
    kind: 'general',
    arity: [1, 2],
    notation: {
      form: 'function',
      latex,
      plain,
      latexAliases,
      plainAliases,
      parameter: 'own',
      precedence: PRECEDENCE.product,
    },
    flow: 'first',
    shape: ([x, parameter]) => {
      if (parameter && !isScalar(parameter.shape)) {
        throw new ShapeError(
          'shape-clash',
          `the parameter of ${title} is a number, not ${shapeText(parameter.shape)}`,
        )
      }
      return x!.shape
    },
    value: (m, [x, parameter]) => {
      const given = parameter ?? m.fill(toNumber(spec.parameter), 1, 1)
      return spec.value(m, x!, m.broadcast(given, x!.rows, x!.columns))
    },
    rule,
    push: (d, args, k) =>
      k === 0 ? scaleEach(d, slope(args)) : multiply(d, spec.byParameter(args[0]!, args[1]!)),
    pull: (g, args, k) =>
      k === 0 ? scaleEach(g, slope(args)) : inner(g, spec.byParameter(args[0]!, args[1]!)),
    ...(parameterDomain ? { domain: (k: number) => (k === 1 ? parameterDomain : 'real') } : {}),
    ...(kinks ? { kinks, switches: ([x]: readonly Expr[]) => [x!] } : {}),
    ...(formulas ? { formulas } : {}),
    entries: 'each',
    examples: [`${plain}(x)`, `${plain}(x, s)`],
  })
}

export const leakyRelu: Op = defineParametric({
  name: 'leaky-relu',
  title: 'leaky rectifier',
  latex: '\\operatorname{LeakyReLU}',
  plain: 'leakyrelu',
  latexAliases: ['\\operatorname{leakyrelu}', '\\operatorname{LReLU}', '\\operatorname{PReLU}'],
  plainAliases: ['prelu'],
  parameter: rational(1, 100),
  value: (m, x, alpha) => m.where(m.greater(x, m.fill(0, x.rows, x.columns)), x, m.hadamard(alpha, x)),
  derivative: (x, alpha) => choose(positiveOf(x), ones(x.shape), multiply(alpha, ones(x.shape))),
  byParameter: x => minimumOf(x, zeros(x.shape)),
  rule: {
    id: 'leaky-relu-rule',
    name: 'derivative of the leaky rectifier',
    statement: "\\operatorname{LReLU}'(z)=\\begin{cases}1&z>0\\\\\\alpha&\\text{otherwise}\\end{cases}",
    source: 'maas:2',
    sentence: 'Slope one for what is positive, the small slope for everything else.',
    level: 'normal',
  },
  kinks: 'no derivative at 0; the left slope is used there',
})

export const elu: Op = defineParametric({
  name: 'elu',
  title: 'exponential linear unit',
  latex: '\\operatorname{ELU}',
  plain: 'elu',
  latexAliases: ['\\operatorname{elu}'],
  parameter: ONE,
  value: (m, x, alpha) => {
    const zero = m.fill(0, x.rows, x.columns)
    // The exponential is kept from overflowing where the other branch is taken.
    const negative = m.hadamard(alpha, m.shift(m.exp(m.minimum(x, zero)), -1))
    return m.where(m.greater(x, zero), x, negative)
  },
  derivative: (x, alpha) => choose(positiveOf(x), ones(x.shape), multiply(alpha, expOf(x))),
  byParameter: x => choose(positiveOf(x), zeros(x.shape), subtract(expOf(x), ones(x.shape))),
  rule: {
    id: 'elu-rule',
    name: 'derivative of ELU',
    statement: "\\operatorname{ELU}'(z)=\\begin{cases}1&z>0\\\\\\alpha e^{z}&\\text{otherwise}\\end{cases}",
    source: 'clevert:3',
    sentence: 'Slope one for what is positive, a scaled exponential below.',
    level: 'normal',
  },
  kinks: 'no derivative at 0 unless the parameter is 1; the left slope is used there',
})

export const celu: Op = defineParametric({
  name: 'celu',
  title: 'continuously differentiable exponential linear unit',
  latex: '\\operatorname{CELU}',
  plain: 'celu',
  latexAliases: ['\\operatorname{celu}'],
  parameter: ONE,
  parameterDomain: 'positive',
  value: (m, x, alpha) => {
    const zero = m.fill(0, x.rows, x.columns)
    const negative = m.hadamard(alpha, m.shift(m.exp(m.divide(m.minimum(x, zero), alpha)), -1))
    return m.where(m.greater(x, zero), x, negative)
  },
  derivative: (x, alpha) => choose(positiveOf(x), ones(x.shape), expOf(over(x, alpha))),
  byParameter: (x, alpha) => {
    const e = expOf(over(x, alpha))
    const below = subtract(subtract(e, ones(x.shape)), scaleEach(over(x, alpha), e))
    return choose(positiveOf(x), zeros(x.shape), below)
  },
  rule: {
    id: 'celu-rule',
    name: 'derivative of CELU',
    statement: "\\operatorname{CELU}'(z)=\\begin{cases}1&z>0\\\\e^{z/\\alpha}&\\text{otherwise}\\end{cases}",
    source: 'barron:1',
    sentence: 'Slope one for what is positive, an exponential below that meets it with slope one.',
    level: 'normal',
  },
})

export const swish: Op = defineParametric({
  name: 'swish',
  title: 'swish',
  latex: '\\operatorname{swish}',
  plain: 'swish',
  latexAliases: ['\\operatorname{Swish}', '\\operatorname{SiLU}', '\\operatorname{silu}'],
  plainAliases: ['silu'],
  parameter: ONE,
  value: (m, x, beta) => m.hadamard(x, m.sigmoid(m.hadamard(beta, x))),
  derivative: (x, beta) => {
    const s = sigmoidOf(scaledBy(beta, x))
    return add(s, scaledBy(beta, scaleEach(x, scaleEach(s, subtract(ones(x.shape), s)))))
  },
  byParameter: (x, beta) => {
    const s = sigmoidOf(scaledBy(beta, x))
    return scaleEach(squareOf(x), scaleEach(s, subtract(ones(x.shape), s)))
  },
  rule: {
    id: 'swish-rule',
    name: 'derivative of swish',
    statement:
      "\\big(z\\,\\sigma(\\beta z)\\big)'=\\sigma(\\beta z)+\\beta z\\,\\sigma(\\beta z)\\,(1-\\sigma(\\beta z))",
    source: 'ramachandran:2',
    sentence: 'Product rule: the sigmoid, plus the argument times the slope of the sigmoid.',
    level: 'normal',
  },
  formulas: x => [multiply(x, sigmoidOf(x)), multiply(sigmoidOf(x), x)],
})

/** A factor of one is left out, so that the plain form has the formula of the textbooks. */
function scaledBy(factor: Expr, x: Expr): Expr {
  return factor.kind === 'num' && factor.value.equals(ONE) ? x : multiply(factor, x)
}

/** A divisor of one is left out. */
function over(x: Expr, divisor: Expr): Expr {
  return divisor.kind === 'num' && divisor.value.equals(ONE) ? x : divide(x, divisor)
}
