import { NotDifferentiableError } from '../base/errors.js'
import type { Call } from '../expr/node.js'
import type { Rule } from '../expr/rule.js'

/** The rules that belong to no single operation: how contributions travel and meet. */
export const chainRule: Rule = Object.freeze({
  id: 'chain-rule',
  name: 'chain rule',
  statement:
    '\\frac{\\partial y}{\\partial x}=\\frac{\\partial y}{\\partial u}\\frac{\\partial u}{\\partial x}',
  source: 'parr-howard:4.5',
  sentence: 'Along one path the local derivatives multiply.',
  level: 'brief',
})

export const sumOverPaths: Rule = Object.freeze({
  id: 'sum-over-paths',
  name: 'sum over paths',
  statement:
    '\\frac{\\partial y}{\\partial x}=\\sum_k\\frac{\\partial y}{\\partial u_k}\\frac{\\partial u_k}{\\partial x}',
  source: 'parr-howard:4.5',
  sentence: 'What reaches a quantity over several paths is added.',
  level: 'brief',
})

export const constantRule: Rule = Object.freeze({
  id: 'constant-rule',
  name: 'constant rule',
  statement: '\\frac{\\mathrm{d}}{\\mathrm{d}x}c=0',
  source: 'matrix-cookbook:33',
  sentence: 'What does not depend on the variable has derivative zero.',
  level: 'every',
})

export const startRule: Rule = Object.freeze({
  id: 'start-of-the-backward-pass',
  name: 'start of the backward pass',
  statement: '\\frac{\\partial y}{\\partial y}=1',
  source: 'calculus:variable',
  sentence: 'The derivative of a quantity by itself is one.',
  level: 'every',
})

export const naming: Rule = Object.freeze({
  id: 'name-a-shared-part',
  name: 'name a shared part',
  statement: '\\delta_z:=\\frac{\\partial y}{\\partial z}',
  source: 'nielsen:BP1-BP4',
  sentence: 'A derivative that is used several times gets a name.',
  level: 'normal',
})

export const identification: Rule = Object.freeze({
  id: 'identify-the-derivative',
  name: 'identification of the derivative',
  statement: '\\mathrm{d}y=J\\,\\mathrm{d}x\\Rightarrow\\frac{\\partial y}{\\partial x}=J',
  source: 'magnus-neudecker:9',
  sentence: 'The matrix in front of the differential of the variable is the derivative.',
  level: 'brief',
})

/** The error of an operation that has no rule for what is asked. */
export function withoutDerivative(node: Call): NotDifferentiableError {
  const what = `no derivative is known for the operation '${node.op.title}'`
  return new NotDifferentiableError('no-derivative', what, {
    hint: node.op.kinks ?? 'write it by other operations, or hold the argument constant',
  })
}
