import { TWO } from '../base/rational.js'
import { number } from '../expr/intern.js'
import type { Expr } from '../expr/node.js'
import type { Op } from '../expr/op.js'
import { applyOp } from './apply.js'
import { piOf } from './constants.js'
import { add, divide, divideEach, multiply, negate, ones, subtract } from './core.js'
import { defineElementwise } from './elementwise.js'
import { expOf, sqrtOf, squareOf } from './powers.js'

/** One over an expression, entry by entry. */
function over(x: Expr): Expr {
  return divideEach(ones(x.shape), x)
}

export const sine: Op = defineElementwise({
  name: 'sin',
  title: 'sine',
  latex: '\\sin',
  plain: 'sin',
  value: (m, x) => m.sin(x),
  derivative: x => applyOp(cosine, x),
  rule: {
    id: 'sine-rule',
    name: 'sine rule',
    statement: "(\\sin u)'=\\cos(u)\\,u'",
    source: 'calculus:trigonometric',
    sentence: 'The derivative of the sine is the cosine.',
    level: 'normal',
  },
})

export const cosine: Op = defineElementwise({
  name: 'cos',
  title: 'cosine',
  latex: '\\cos',
  plain: 'cos',
  value: (m, x) => m.cos(x),
  derivative: x => negate(applyOp(sine, x)),
  rule: {
    id: 'cosine-rule',
    name: 'cosine rule',
    statement: "(\\cos u)'=-\\sin(u)\\,u'",
    source: 'calculus:trigonometric',
    sentence: 'The derivative of the cosine is minus the sine.',
    level: 'normal',
  },
})

export const tangent: Op = defineElementwise({
  name: 'tan',
  title: 'tangent',
  latex: '\\tan',
  plain: 'tan',
  value: (m, x) => m.tan(x),
  derivative: (x, y) => add(ones(x.shape), squareOf(y)),
  rule: {
    id: 'tangent-rule',
    name: 'tangent rule',
    statement: "(\\tan u)'=(1+\\tan^2 u)\\,u'",
    source: 'calculus:trigonometric',
    sentence: 'One plus the square of the tangent.',
    level: 'normal',
  },
  kinks: 'not defined where the cosine is 0',
  switches: x => [applyOp(cosine, x)],
})

export const arcsine: Op = defineElementwise({
  name: 'arcsin',
  title: 'inverse sine',
  latex: '\\arcsin',
  plain: 'arcsin',
  plainAliases: ['asin'],
  notation: { inverseOf: sine },
  value: (m, x) => m.asin(x),
  derivative: x => over(sqrtOf(subtract(ones(x.shape), squareOf(x)))),
  rule: {
    id: 'arcsine-rule',
    name: 'inverse sine rule',
    statement: "(\\arcsin u)'=\\frac{u'}{\\sqrt{1-u^2}}\\quad(|u|<1)",
    source: 'calculus:inverse-trigonometric',
    sentence: 'One over the cosine of the angle, which is the root of one minus the square.',
    level: 'normal',
  },
  domain: 'minus-one-to-one',
})

export const arccosine: Op = defineElementwise({
  name: 'arccos',
  title: 'inverse cosine',
  latex: '\\arccos',
  plain: 'arccos',
  plainAliases: ['acos'],
  notation: { inverseOf: cosine },
  value: (m, x) => m.acos(x),
  derivative: x => negate(over(sqrtOf(subtract(ones(x.shape), squareOf(x))))),
  rule: {
    id: 'arccosine-rule',
    name: 'inverse cosine rule',
    statement: "(\\arccos u)'=-\\frac{u'}{\\sqrt{1-u^2}}\\quad(|u|<1)",
    source: 'calculus:inverse-trigonometric',
    sentence: 'The inverse cosine falls as fast as the inverse sine rises.',
    level: 'normal',
  },
  domain: 'minus-one-to-one',
})

export const arctangent: Op = defineElementwise({
  name: 'arctan',
  title: 'inverse tangent',
  latex: '\\arctan',
  plain: 'arctan',
  plainAliases: ['atan'],
  notation: { inverseOf: tangent },
  value: (m, x) => m.atan(x),
  derivative: x => over(add(ones(x.shape), squareOf(x))),
  rule: {
    id: 'arctangent-rule',
    name: 'inverse tangent rule',
    statement: "(\\arctan u)'=\\frac{u'}{1+u^2}",
    source: 'calculus:inverse-trigonometric',
    sentence: 'One over one plus the square.',
    level: 'normal',
  },
})

export const hyperbolicSine: Op = defineElementwise({
  name: 'sinh',
  title: 'hyperbolic sine',
  latex: '\\sinh',
  plain: 'sinh',
  value: (m, x) => m.sinh(x),
  derivative: x => applyOp(hyperbolicCosine, x),
  rule: {
    id: 'hyperbolic-sine-rule',
    name: 'hyperbolic sine rule',
    statement: "(\\sinh u)'=\\cosh(u)\\,u'",
    source: 'calculus:hyperbolic',
    sentence: 'The derivative of the hyperbolic sine is the hyperbolic cosine.',
    level: 'normal',
  },
})

export const hyperbolicCosine: Op = defineElementwise({
  name: 'cosh',
  title: 'hyperbolic cosine',
  latex: '\\cosh',
  plain: 'cosh',
  value: (m, x) => m.cosh(x),
  derivative: x => applyOp(hyperbolicSine, x),
  rule: {
    id: 'hyperbolic-cosine-rule',
    name: 'hyperbolic cosine rule',
    statement: "(\\cosh u)'=\\sinh(u)\\,u'",
    source: 'calculus:hyperbolic',
    sentence: 'The derivative of the hyperbolic cosine is the hyperbolic sine, without a change of sign.',
    level: 'normal',
  },
  positive: true,
})

export const hyperbolicTangent: Op = defineElementwise({
  name: 'tanh',
  title: 'hyperbolic tangent',
  latex: '\\tanh',
  plain: 'tanh',
  value: (m, x) => m.tanh(x),
  derivative: (x, y) => subtract(ones(x.shape), squareOf(y)),
  rule: {
    id: 'tanh-rule',
    name: 'derivative of tanh',
    statement: "(\\tanh u)'=(1-\\tanh^2 u)\\,u'",
    source: 'calculus:hyperbolic',
    sentence: 'One minus the square of the output.',
    level: 'normal',
  },
  formulas: x => {
    const [below, above] = [expOf(negate(x)), expOf(x)]
    return [divide(subtract(above, below), add(above, below))]
  },
})

export const errorFunction: Op = defineElementwise({
  name: 'erf',
  title: 'error function',
  latex: '\\operatorname{erf}',
  plain: 'erf',
  value: (m, x) => m.erf(x),
  derivative: x => multiply(bellFactor(), expOf(negate(squareOf(x)))),
  rule: {
    id: 'error-function-rule',
    name: 'derivative of the error function',
    statement: "(\\operatorname{erf}u)'=\\frac{2}{\\sqrt{\\pi}}\\,e^{-u^2}\\,u'",
    source: 'abramowitz-stegun:7.1.1',
    sentence: 'The error function is defined as the integral of this bell curve.',
    level: 'normal',
  },
})

/** The slope of the error function at zero, `2/\sqrt\pi`. */
export function bellFactor(): Expr {
  return divide(number(TWO), sqrtOf(piOf()))
}
