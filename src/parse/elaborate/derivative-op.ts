import { unreachable } from '../../base/errors.js'
import { defineOp, type Op, PRECEDENCE } from '../../expr/op.js'

/**
 * A derivative that stands inside a formula the author wrote: the first argument by the others. It is a claim about
 * what calculus will find, never computed with; whoever compares the two puts the derivative in its place.
 */
export const writtenDerivative: Op = defineOp({
  name: 'written-derivative',
  title: 'derivative',
  kind: 'general',
  arity: [2, 3],
  notation: {
    form: 'special',
    latex: '\\frac{\\partial}{\\partial}',
    plain: 'grad',
    homonym: true,
    precedence: PRECEDENCE.product,
  },
  shape: args => args[1]!.shape,
  value: () => unreachable('a derivative in a formula has no value of its own'),
  rule: {
    id: 'written-derivative-rule',
    name: 'definition of the derivative',
    statement: '\\frac{\\partial f}{\\partial x}',
    source: 'calculus:chain',
    sentence: 'The derivative is what calculus finds for it.',
    level: 'every',
  },
  examples: [],
})

/** The change of a quantity in a line the author wrote: `\mathrm{d}X`. It has the shape of what changes. */
export const writtenDifferential: Op = defineOp({
  name: 'written-differential',
  title: 'change',
  kind: 'elementwise',
  arity: [1, 1],
  notation: {
    form: 'special',
    latex: '\\mathrm{d}',
    plain: 'd',
    homonym: true,
    precedence: PRECEDENCE.prefix,
  },
  shape: args => args[0]!.shape,
  value: () => unreachable('a change in a formula has no value of its own'),
  rule: {
    id: 'written-differential-rule',
    name: 'definition of the differential',
    statement: '\\mathrm{d}f',
    source: 'magnus-neudecker:9',
    sentence: 'The change is what calculus finds for it.',
    level: 'every',
  },
  examples: [],
})
