import type { Expr } from '../expr/node.js'
import { type Op, PRECEDENCE } from '../expr/op.js'
import { applyOp } from './apply.js'
import { defineElementwise } from './elementwise.js'

export const signum: Op = defineElementwise({
  name: 'sign',
  title: 'sign',
  latex: '\\operatorname{sign}',
  plain: 'sign',
  latexAliases: ['\\operatorname{sgn}', '\\operatorname{signum}'],
  plainAliases: ['sgn'],
  value: (m, x) => m.sign(x),
  rule: {
    id: 'sign-rule',
    name: 'derivative of the sign',
    statement: "\\operatorname{sign}(u)'=0\\quad(u\\ne 0)",
    source: 'calculus:absolute-value',
    sentence: 'The sign is constant on either side of zero, so its derivative vanishes there.',
    level: 'normal',
  },
  kinks: 'jumps where the argument is 0; the derivative is taken as 0',
  switches: x => [x],
})

export const absoluteValue: Op = defineElementwise({
  name: 'absolute-value',
  title: 'absolute value',
  latex: '|',
  plain: 'abs',
  latexAliases: ['\\operatorname{abs}'],
  notation: { form: 'bars', precedence: PRECEDENCE.atom },
  value: (m, x) => m.abs(x),
  derivative: x => applyOp(signum, x),
  rule: {
    id: 'absolute-value-rule',
    name: 'absolute-value rule',
    statement: "|u|'=\\operatorname{sign}(u)\\,u'\\quad(u\\ne 0)",
    source: 'calculus:absolute-value',
    sentence:
      'The absolute value rises with slope one to the right of zero and falls with slope one to the left.',
    level: 'brief',
  },
  kinks: 'no derivative where the argument is 0; the sign 0 is used there',
  switches: x => [x],
})

/** The absolute value entry by entry. */
export function absOf(x: Expr): Expr {
  return applyOp(absoluteValue, x)
}

/** The sign entry by entry: −1, 0 or 1. */
export function signOf(x: Expr): Expr {
  return applyOp(signum, x)
}
