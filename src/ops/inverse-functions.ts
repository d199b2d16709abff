import type { Op } from '../expr/op.js'
import { add, divideEach, multiply, negate, ones, scaleEach, subtract } from './core.js'
import { defineElementwise } from './elementwise.js'
import { expOf, sqrtOf, squareOf } from './powers.js'
import { bellFactor, hyperbolicCosine, hyperbolicSine, hyperbolicTangent } from './trigonometric.js'

/*
 * Inverse hyperbolic functions, the inverse of the logistic function, and the complement of the error function: all
 * of them composed of what both engines have.
 */

export const areaSine: Op = defineElementwise({
  name: 'arcsinh',
  title: 'inverse hyperbolic sine',
  latex: '\\operatorname{arcsinh}',
  plain: 'arcsinh',
  latexAliases: ['\\operatorname{arsinh}', '\\operatorname{asinh}'],
  plainAliases: ['arsinh', 'asinh'],
  notation: { inverseOf: hyperbolicSine },
  value: (m, x) => {
    // On the left the sum under the logarithm would cancel; the function is odd.
    const size = m.abs(x)
    const right = m.log(m.add(size, m.sqrt(m.shift(m.square(x), 1))))
    return m.where(m.less(x, m.fill(0, x.rows, x.columns)), m.negate(right), right)
  },
  derivative: x => divideEach(ones(x.shape), sqrtOf(add(ones(x.shape), squareOf(x)))),
  rule: {
    id: 'area-sine-rule',
    name: 'inverse hyperbolic sine rule',
    statement: "(\\operatorname{arcsinh}u)'=\\frac{u'}{\\sqrt{1+u^2}}",
    source: 'calculus:inverse-hyperbolic',
    sentence: 'One over the hyperbolic cosine of the output, which is the root of one plus the square.',
    level: 'normal',
  },
})

export const areaCosine: Op = defineElementwise({
  name: 'arccosh',
  title: 'inverse hyperbolic cosine',
  latex: '\\operatorname{arccosh}',
  plain: 'arccosh',
  latexAliases: ['\\operatorname{arcosh}', '\\operatorname{acosh}'],
  plainAliases: ['arcosh', 'acosh'],
  notation: { inverseOf: hyperbolicCosine },
  value: (m, x) => m.log(m.add(x, m.sqrt(m.shift(m.square(x), -1)))),
  derivative: x => divideEach(ones(x.shape), sqrtOf(subtract(squareOf(x), ones(x.shape)))),
  rule: {
    id: 'area-cosine-rule',
    name: 'inverse hyperbolic cosine rule',
    statement: "(\\operatorname{arccosh}u)'=\\frac{u'}{\\sqrt{u^2-1}}\\quad(u>1)",
    source: 'calculus:inverse-hyperbolic',
    sentence: 'One over the hyperbolic sine of the output, which is the root of the square minus one.',
    level: 'normal',
  },
  domain: 'above-one',
})

export const areaTangent: Op = defineElementwise({
  name: 'arctanh',
  title: 'inverse hyperbolic tangent',
  latex: '\\operatorname{arctanh}',
  plain: 'arctanh',
  latexAliases: ['\\operatorname{artanh}', '\\operatorname{atanh}'],
  plainAliases: ['artanh', 'atanh'],
  notation: { inverseOf: hyperbolicTangent },
  value: (m, x) => m.scaleBy(m.subtract(m.log(m.shift(x, 1)), m.log(m.shift(m.negate(x), 1))), 0.5),
  derivative: x => divideEach(ones(x.shape), subtract(ones(x.shape), squareOf(x))),
  rule: {
    id: 'area-tangent-rule',
    name: 'inverse hyperbolic tangent rule',
    statement: "(\\operatorname{arctanh}u)'=\\frac{u'}{1-u^2}\\quad(|u|<1)",
    source: 'calculus:inverse-hyperbolic',
    sentence: 'One over one minus the square.',
    level: 'normal',
  },
  domain: 'minus-one-to-one',
})

export const logit: Op = defineElementwise({
  name: 'logit',
  title: 'logarithm of the odds',
  latex: '\\operatorname{logit}',
  plain: 'logit',
  value: (m, x) => m.subtract(m.log(x), m.log(m.shift(m.negate(x), 1))),
  derivative: x => divideEach(ones(x.shape), scaleEach(x, subtract(ones(x.shape), x))),
  rule: {
    id: 'logit-rule',
    name: 'derivative of the logit',
    statement: "\\Big(\\ln\\frac{p}{1-p}\\Big)'=\\frac{1}{p\\,(1-p)}\\quad(0<p<1)",
    source: 'goodfellow:3.10',
    sentence: 'The inverse of the logistic function has the reciprocal of its slope.',
    level: 'normal',
  },
  domain: 'unit-interval',
})

export const complementaryError: Op = defineElementwise({
  name: 'erfc',
  title: 'complementary error function',
  latex: '\\operatorname{erfc}',
  plain: 'erfc',
  value: (m, x) => m.shift(m.negate(m.erf(x)), 1),
  derivative: x => negate(multiply(bellFactor(), expOf(negate(squareOf(x))))),
  rule: {
    id: 'complementary-error-rule',
    name: 'derivative of the complementary error function',
    statement: "(\\operatorname{erfc}u)'=-\\frac{2}{\\sqrt{\\pi}}\\,e^{-u^2}\\,u'",
    source: 'abramowitz-stegun:7.1.2',
    sentence: 'One minus the error function falls as fast as that rises.',
    level: 'normal',
  },
  positive: true,
})
