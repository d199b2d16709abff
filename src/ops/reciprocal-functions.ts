import type { Expr } from '../expr/node.js'
import type { Op } from '../expr/op.js'
import { applyOp } from './apply.js'
import { negate, ones, scaleEach, subtract } from './core.js'
import { defineElementwise } from './elementwise.js'
import { squareOf } from './powers.js'
import { cosine, hyperbolicTangent, sine, tangent } from './trigonometric.js'

/*
 * The reciprocals of the trigonometric and hyperbolic functions. Their derivatives are written in terms of
 * themselves, as in tables of derivatives.
 */

export const secant: Op = defineElementwise({
  name: 'sec',
  title: 'secant',
  latex: '\\sec',
  plain: 'sec',
  value: (m, x) => m.reciprocal(m.cos(x)),
  derivative: (x, y) => scaleEach(y, applyOp(tangent, x)),
  rule: {
    id: 'secant-rule',
    name: 'secant rule',
    statement: "(\\sec u)'=\\sec(u)\\tan(u)\\,u'",
    source: 'calculus:trigonometric',
    sentence: 'The secant times the tangent.',
    level: 'normal',
  },
  kinks: 'not defined where the cosine is 0',
  switches: x => [applyOp(cosine, x)],
})

export const cosecant: Op = defineElementwise({
  name: 'csc',
  title: 'cosecant',
  latex: '\\csc',
  plain: 'csc',
  value: (m, x) => m.reciprocal(m.sin(x)),
  derivative: (x, y) => negate(scaleEach(y, applyOp(cotangent, x))),
  rule: {
    id: 'cosecant-rule',
    name: 'cosecant rule',
    statement: "(\\csc u)'=-\\csc(u)\\cot(u)\\,u'",
    source: 'calculus:trigonometric',
    sentence: 'Minus the cosecant times the cotangent.',
    level: 'normal',
  },
  kinks: 'not defined where the sine is 0',
  switches: x => [applyOp(sine, x)],
})

export const cotangent: Op = defineElementwise({
  name: 'cot',
  title: 'cotangent',
  latex: '\\cot',
  plain: 'cot',
  value: (m, x) => m.divide(m.cos(x), m.sin(x)),
  derivative: (x, y) => subtract(negate(ones(x.shape)), squareOf(y)),
  rule: {
    id: 'cotangent-rule',
    name: 'cotangent rule',
    statement: "(\\cot u)'=-(1+\\cot^2 u)\\,u'",
    source: 'calculus:trigonometric',
    sentence: 'Minus one minus the square of the cotangent.',
    level: 'normal',
  },
  kinks: 'not defined where the sine is 0',
  switches: x => [applyOp(sine, x)],
})

export const hyperbolicSecant: Op = defineElementwise({
  name: 'sech',
  title: 'hyperbolic secant',
  latex: '\\operatorname{sech}',
  plain: 'sech',
  value: (m, x) => m.reciprocal(m.cosh(x)),
  derivative: (x, y) => negate(scaleEach(y, applyOp(hyperbolicTangent, x))),
  rule: {
    id: 'hyperbolic-secant-rule',
    name: 'hyperbolic secant rule',
    statement: "(\\operatorname{sech}u)'=-\\operatorname{sech}(u)\\tanh(u)\\,u'",
    source: 'calculus:hyperbolic',
    sentence: 'Minus the hyperbolic secant times the hyperbolic tangent.',
    level: 'normal',
  },
  positive: true,
})

export const hyperbolicCosecant: Op = defineElementwise({
  name: 'csch',
  title: 'hyperbolic cosecant',
  latex: '\\operatorname{csch}',
  plain: 'csch',
  value: (m, x) => m.reciprocal(m.sinh(x)),
  derivative: (x, y) => negate(scaleEach(y, applyOp(hyperbolicCotangent, x))),
  rule: {
    id: 'hyperbolic-cosecant-rule',
    name: 'hyperbolic cosecant rule',
    statement: "(\\operatorname{csch}u)'=-\\operatorname{csch}(u)\\coth(u)\\,u'",
    source: 'calculus:hyperbolic',
    sentence: 'Minus the hyperbolic cosecant times the hyperbolic cotangent.',
    level: 'normal',
  },
  domain: 'nonzero',
})

export const hyperbolicCotangent: Op = defineElementwise({
  name: 'coth',
  title: 'hyperbolic cotangent',
  latex: '\\coth',
  plain: 'coth',
  value: (m, x) => m.reciprocal(m.tanh(x)),
  derivative: x => negate(squareOf(cosecantOf(x))),
  rule: {
    id: 'hyperbolic-cotangent-rule',
    name: 'hyperbolic cotangent rule',
    statement: "(\\coth u)'=-\\operatorname{csch}^2(u)\\,u'",
    source: 'calculus:hyperbolic',
    sentence: 'Minus the square of the hyperbolic cosecant.',
    level: 'normal',
  },
  domain: 'nonzero',
})

function cosecantOf(x: Expr): Expr {
  return applyOp(hyperbolicCosecant, x)
}
