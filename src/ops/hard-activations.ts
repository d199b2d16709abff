import { MINUS_ONE, ONE, type Rational, rational, ZERO } from '../base/rational.js'
import { number } from '../expr/intern.js'
import type { Expr } from '../expr/node.js'
import type { Op } from '../expr/op.js'
import { bothOf, greaterOf, lessOf, positiveOf } from './comparison.js'
import { add, divide, multiply, ones, subtract, zeros } from './core.js'
import { defineElementwise } from './elementwise.js'
import { choose } from './piecewise.js'

/** The indicator of `low < x < high`. */
function between(x: Expr, low: Rational, high: Rational): Expr {
  return bothOf(greaterOf(x, number(low, x.shape)), lessOf(x, number(high, x.shape)))
}

export const hardTanh: Op = defineElementwise({
  name: 'hard-tanh',
  title: 'hard tanh',
  latex: '\\operatorname{hardtanh}',
  plain: 'hardtanh',
  latexAliases: ['\\operatorname{HardTanh}', '\\operatorname{hardTanh}'],
  value: (m, x) => m.maximum(m.minimum(x, m.fill(1, x.rows, x.columns)), m.fill(-1, x.rows, x.columns)),
  derivative: x => between(x, MINUS_ONE, ONE),
  rule: {
    id: 'hard-tanh-rule',
    name: 'derivative of hard tanh',
    statement: "\\operatorname{hardtanh}'(z)=\\mathbb{1}[-1<z<1]",
    source: 'collobert:hard-tanh',
    sentence: 'Slope one between the two corners and zero outside.',
    level: 'normal',
  },
  kinks: 'no derivative at -1 and 1; 0 is used there',
  switches: x => [subtract(x, ones(x.shape)), add(x, ones(x.shape))],
})

const THREE = rational(3)
const SIX = rational(6)

export const hardSigmoid: Op = defineElementwise({
  name: 'hard-sigmoid',
  title: 'hard sigmoid',
  latex: '\\operatorname{hardsigmoid}',
  plain: 'hardsigmoid',
  latexAliases: ['\\operatorname{HardSigmoid}'],
  value: (m, x) => {
    const line = m.scaleBy(m.shift(x, 3), 1 / 6)
    return m.maximum(m.minimum(line, m.fill(1, x.rows, x.columns)), m.fill(0, x.rows, x.columns))
  },
  derivative: x => multiply(number(rational(1, 6)), between(x, rational(-3), THREE)),
  rule: {
    id: 'hard-sigmoid-rule',
    name: 'derivative of the hard sigmoid',
    statement: "\\operatorname{hardsigmoid}'(z)=\\tfrac16\\,\\mathbb{1}[-3<z<3]",
    source: 'howard:5.2',
    sentence: 'A straight line of slope one sixth between minus three and three, level outside.',
    level: 'normal',
  },
  kinks: 'no derivative at -3 and 3; 0 is used there',
  switches: x => [subtract(x, number(THREE, x.shape)), add(x, number(THREE, x.shape))],
})

export const relu6: Op = defineElementwise({
  name: 'relu6',
  title: 'rectifier cut at six',
  latex: '\\operatorname{ReLU6}',
  plain: 'relu6',
  value: (m, x) => m.minimum(m.maximum(x, m.fill(0, x.rows, x.columns)), m.fill(6, x.rows, x.columns)),
  derivative: x => between(x, ZERO, SIX),
  rule: {
    id: 'relu6-rule',
    name: 'derivative of the cut rectifier',
    statement: "\\operatorname{ReLU6}'(z)=\\mathbb{1}[0<z<6]",
    source: 'howard:5.2',
    sentence: 'Slope one between zero and six, level outside.',
    level: 'normal',
  },
  kinks: 'no derivative at 0 and 6; 0 is used there',
  switches: x => [x, subtract(x, number(SIX, x.shape))],
})

export const hardSwish: Op = defineElementwise({
  name: 'hard-swish',
  title: 'hard swish',
  latex: '\\operatorname{hardswish}',
  plain: 'hardswish',
  latexAliases: ['\\operatorname{HardSwish}', '\\operatorname{hSwish}'],
  value: (m, x) => {
    const line = m.scaleBy(m.shift(x, 3), 1 / 6)
    const cut = m.maximum(m.minimum(line, m.fill(1, x.rows, x.columns)), m.fill(0, x.rows, x.columns))
    return m.hadamard(x, cut)
  },
  derivative: x => {
    const slope = divide(add(multiply(number(rational(2)), x), number(THREE, x.shape)), number(SIX))
    return choose(
      between(x, rational(-3), THREE),
      slope,
      choose(positiveOf(x), ones(x.shape), zeros(x.shape)),
    )
  },
  rule: {
    id: 'hard-swish-rule',
    name: 'derivative of hard swish',
    statement:
      "\\operatorname{hardswish}'(z)=\\begin{cases}\\frac{2z+3}{6}&-3<z<3\\\\1&z>0\\\\0&\\text{otherwise}\\end{cases}",
    source: 'howard:5.2',
    sentence:
      'A parabola between minus three and three, level to the left of it and of slope one to the right.',
    level: 'normal',
  },
  kinks: 'no derivative at -3 and 3; the slope outside is used there',
  switches: x => [subtract(x, number(THREE, x.shape)), add(x, number(THREE, x.shape))],
})
