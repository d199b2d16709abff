import { ShapeError } from '../base/errors.js'
import { addRational, isInteger, MINUS_ONE, ONE, signOf, TWO } from '../base/rational.js'
import { call, number } from '../expr/intern.js'
import type { Expr, Num } from '../expr/node.js'
import { defineOp, type Op, PRECEDENCE } from '../expr/op.js'
import { isScalar, shapeText } from '../expr/shape.js'
import { applyOp } from './apply.js'
import { divideEach, inner, multiply, ones, scaleEach, subtract, zeros } from './core.js'
import { defineElementwise } from './elementwise.js'

export const exponential: Op = defineElementwise({
  name: 'exp',
  title: 'exponential function',
  latex: '\\exp',
  plain: 'exp',
  value: (m, x) => m.exp(x),
  derivative: (_, y) => y,
  rule: {
    id: 'exponential-rule',
    name: 'exponential rule',
    statement: "(e^{u})'=e^{u}\\,u'",
    source: 'calculus:exponential',
    sentence: 'The exponential function is its own derivative.',
    level: 'normal',
  },
  positive: true,
})

export const logarithm: Op = defineElementwise({
  name: 'log',
  title: 'natural logarithm',
  latex: '\\log',
  plain: 'log',
  latexAliases: ['\\ln'],
  plainAliases: ['ln'],
  value: (m, x) => m.log(x),
  derivative: x => divideEach(ones(x.shape), x),
  rule: {
    id: 'logarithm-rule',
    name: 'logarithm rule',
    statement: "(\\ln u)'=\\frac{u'}{u}\\quad(u>0)",
    source: 'calculus:logarithm',
    sentence: 'The natural logarithm has the reciprocal as its derivative.',
    level: 'normal',
  },
  domain: 'positive',
})

export const squareRoot: Op = defineElementwise({
  name: 'sqrt',
  title: 'square root',
  latex: '\\sqrt',
  plain: 'sqrt',
  notation: { form: 'special', precedence: PRECEDENCE.atom },
  value: (m, x) => m.sqrt(x),
  derivative: (x, y) => divideEach(ones(x.shape), multiply(number(TWO), y)),
  rule: {
    id: 'square-root-rule',
    name: 'square-root rule',
    statement: "(\\sqrt{u})'=\\frac{u'}{2\\sqrt{u}}\\quad(u>0)",
    source: 'calculus:power',
    sentence: 'One over twice the root.',
    level: 'normal',
  },
  domain: 'positive',
})

/** The slope of the power at its base, in the form it is written in: `2 x` and not `2 x^1`. */
function slope(base: Expr, exponent: Expr): Expr {
  if (exponent.kind !== 'num') return multiply(exponent, power(base, subtract(exponent, number(ONE))))
  const less = addRational(exponent.value, MINUS_ONE)
  if (exponent.value.n === 0n) return zeros(base.shape)
  if (less.n === 0n) return ones(base.shape)
  return multiply(exponent, less.equals(ONE) ? base : power(base, number(less)))
}

function baseDomain(exponent: Expr): 'real' | 'nonzero' | 'positive' {
  if (exponent.kind !== 'num' || !isInteger(exponent.value)) return 'positive'
  return signOf(exponent.value) < 0 ? 'nonzero' : 'real'
}

export const powering: Op = defineOp({
  name: 'power',
  title: 'power',
  kind: 'general',
  arity: [2, 2],
  notation: { form: 'special', latex: '^', plain: '^', precedence: PRECEDENCE.power },
  shape: ([base, exponent]) => {
    if (!isScalar(exponent!.shape)) {
      throw new ShapeError('shape-clash', `cannot raise to the power of ${shapeText(exponent!.shape)}`, {
        hint: 'an exponent is a number; for powers entry by entry with different exponents write \\exp(b \\odot \\log a)',
      })
    }
    return base!.shape
  },
  make: ([base, exponent]) => power(base!, exponent!),
  value: (m, [base, exponent]) => m.pow(base!, m.broadcast(exponent!, base!.rows, base!.columns)),
  rule: {
    id: 'power-rule',
    name: 'power rule',
    statement: "(u^{c})'=c\\,u^{c-1}u',\\quad(u^{v})'=v\\,u^{v-1}u'+u^{v}\\ln u\\;v'",
    source: 'calculus:power',
    sentence:
      'Bring the exponent down and lower it by one; where the exponent varies, the logarithm of the base comes in.',
    level: 'normal',
  },
  push: (d, [base, exponent], k, y) =>
    k === 0 ? scaleEach(d, slope(base!, exponent!)) : multiply(d, scaleEach(y, logOf(base!))),
  pull: (g, [base, exponent], k, y) =>
    k === 0 ? scaleEach(g, slope(base!, exponent!)) : inner(g, scaleEach(y, logOf(base!))),
  domain: (k, args) => (k === 0 ? baseDomain(args[1]!) : 'real'),
  entries: 'each',
  examples: ['s^2', 's^3', 'x.^2', 'exp(s)^t', 's^-1'],
})

/**
 * A power with a scalar exponent, entry by entry on an array (the power of a square matrix is `matrixPowerOf`). It is
 * kept as written, except that the square of a norm is the squared norm. Raises `ShapeError`.
 */
export function power(base: Expr, exponent: Expr): Expr {
  if (base.kind === 'call' && base.op.square && isTwo(exponent)) return base.op.square(base.args)
  return call(powering, [base, exponent])
}

function isTwo(node: Expr): node is Num {
  return node.kind === 'num' && isScalar(node.shape) && node.value.equals(TWO)
}

/** `x^2`, entry by entry. */
export function squareOf(x: Expr): Expr {
  return power(x, number(TWO))
}

/** `e^x`, entry by entry. */
export function expOf(x: Expr): Expr {
  return applyOp(exponential, x)
}

/** The natural logarithm, entry by entry. */
export function logOf(x: Expr): Expr {
  return applyOp(logarithm, x)
}

/** The square root, entry by entry. */
export function sqrtOf(x: Expr): Expr {
  return applyOp(squareRoot, x)
}
