import { rational } from '../base/rational.js'
import { number } from '../expr/intern.js'
import type { Expr } from '../expr/node.js'
import type { Op } from '../expr/op.js'
import { isScalar } from '../expr/shape.js'
import { defineAbbreviation } from './abbreviation.js'
import { applyOp } from './apply.js'
import { piOf } from './constants.js'
import { add, divide, divideEach, multiply, ones, subtract } from './core.js'
import { maximumOf, minimumOf } from './piecewise.js'
import { expOf, logOf, power } from './powers.js'
import { arccosine, arcsine, arctangent } from './trigonometric.js'

/*
 * Words for functions of one number that are formulas in other functions.
 */

const whole = (value: number) => number(rational(value))

/** A number repeated to the shape of an array; an array as it is. */
export function spread(value: Expr, like: Expr): Expr {
  return isScalar(value.shape) && !isScalar(like.shape) ? multiply(value, ones(like.shape)) : value
}

function logarithmTo(base: number, name: string, title: string, latex: string, alias: string | undefined) {
  return defineAbbreviation({
    name,
    title,
    latex,
    plain: name,
    ...(alias ? { latexAliases: [`\\operatorname{${name}}`], plainAliases: [alias] } : {}),
    arity: [1, 1],
    means: ([x]) => divide(logOf(x!), logOf(whole(base))),
    formula: `\\frac{\\ln u}{\\ln ${base}}`,
    source: 'calculus:logarithm',
    examples: [`${name}(s)`],
  })
}

export const log2 = logarithmTo(2, 'log2', 'logarithm to base 2', '\\operatorname{log2}', undefined)
export const log10 = logarithmTo(10, 'log10', 'logarithm to base 10', '\\lg', 'lg')

function inverseOfReciprocal(name: string, title: string, of: Op): Op {
  return defineAbbreviation({
    name,
    title,
    latex: `\\operatorname{${name}}`,
    plain: name,
    arity: [1, 1],
    means: ([x]) => applyOp(of, divideEach(ones(x!.shape), x!)),
    formula: `${of.notation.latex}(1/u)`,
    source: 'calculus:inverse-trigonometric',
    examples: [`${name}(2 + exp(s))`],
  })
}

export const arcsecant = inverseOfReciprocal('arcsec', 'inverse secant', arccosine)
export const arccosecant = inverseOfReciprocal('arccsc', 'inverse cosecant', arcsine)

export const arccotangent = defineAbbreviation({
  name: 'arccot',
  title: 'inverse cotangent',
  latex: '\\operatorname{arccot}',
  plain: 'arccot',
  arity: [1, 1],
  means: ([x]) => subtract(multiply(divide(piOf(), whole(2)), ones(x!.shape)), applyOp(arctangent, x!)),
  formula: '\\tfrac{\\pi}{2}-\\arctan u',
  source: 'calculus:inverse-trigonometric',
  examples: ['arccot(s)'],
})

export const log1p = defineAbbreviation({
  name: 'log1p',
  title: 'logarithm of one plus',
  latex: '\\operatorname{log1p}',
  plain: 'log1p',
  arity: [1, 1],
  means: ([x]) => logOf(add(ones(x!.shape), x!)),
  formula: '\\ln(1+u)',
  source: 'calculus:logarithm',
  examples: ['log1p(s)'],
})

export const expm1 = defineAbbreviation({
  name: 'expm1',
  title: 'exponential minus one',
  latex: '\\operatorname{expm1}',
  plain: 'expm1',
  arity: [1, 1],
  means: ([x]) => subtract(expOf(x!), ones(x!.shape)),
  formula: 'e^{u}-1',
  source: 'calculus:exponential',
  examples: ['expm1(s)'],
})

export const cubeRoot = defineAbbreviation({
  name: 'cbrt',
  title: 'cube root',
  latex: '\\operatorname{cbrt}',
  plain: 'cbrt',
  arity: [1, 1],
  means: ([x]) => power(x!, number(rational(1, 3))),
  formula: 'u^{1/3}\\quad(u>0)',
  source: 'calculus:power',
  examples: ['cbrt(s)'],
})

export const clip = defineAbbreviation({
  name: 'clip',
  title: 'value between two bounds',
  latex: '\\operatorname{clip}',
  plain: 'clip',
  latexAliases: ['\\operatorname{clamp}'],
  plainAliases: ['clamp'],
  arity: [3, 3],
  means: ([x, low, high]) => minimumOf(maximumOf(x!, spread(low!, x!)), spread(high!, x!)),
  formula: '\\min(\\max(u,a),b)',
  source: 'cs231n:optimization-2',
  examples: ['clip(x, -1, 1)'],
})
