import { ShapeError, unreachable } from '../base/errors.js'
import { call, operation } from '../expr/intern.js'
import { splitIndex, type Total } from '../expr/member.js'
import { latexName } from '../expr/name.js'
import type { Expr } from '../expr/node.js'
import { defineOp, type Op, PRECEDENCE } from '../expr/op.js'
import type { Rule } from '../expr/rule.js'
import { SCALAR } from '../expr/shape.js'
import { multiply } from './core.js'

/*
 * What a recurrence with a symbolic number of steps needs besides its members: the sum over them, and a scalar
 * function that the author left unknown. Neither has a value of its own; `derive` replaces both when it writes the
 * recurrence out.
 */

const totalRule: Rule = {
  id: 'sum-over-steps-rule',
  name: 'derivative of a sum over the steps',
  statement:
    '\\frac{\\partial}{\\partial h_t}\\sum_{s=1}^{T}\\ell(h_s)=\\frac{\\partial\\ell(h_t)}{\\partial h_t}',
  source: 'concrete-mathematics:2.1',
  sentence: 'Each member occurs in its own term of the sum.',
  level: 'normal',
}

const unknownRule: Rule = {
  id: 'unknown-function-rule',
  name: 'derivative of an unknown scalar function',
  statement:
    '\\mathrm{d}\\,\\ell(u)=\\left\\langle\\frac{\\partial\\ell(u)}{\\partial u},\\mathrm{d}u\\right\\rangle',
  source: 'calculus:chain',
  sentence: 'The gradient of an unknown function by its argument is written as a derivative.',
  level: 'normal',
}

/** The operation that adds up a body over the values of an index, which the body has in the names of members. */
function totalOver({ letter, low, high }: Total): Op {
  return operation(`total|${letter}|${low}|${high}`, () =>
    defineOp({
      name: `total over ${letter} from ${low} to ${high}`,
      title: 'sum over the steps of a recurrence',
      kind: 'general',
      arity: [1, 1],
      notation: {
        form: 'big',
        latex: `\\sum_{${latexName(letter)}=${latexName(String(low))}}^{${latexName(String(high))}}`,
        plain: `sum(${letter}=${low}:${high}, `,
        precedence: PRECEDENCE.product,
      },
      shape: ([body]) => body!.shape,
      value: () => unreachable('a sum over a symbolic number of steps has no value of its own'),
      rule: totalRule,
      layered: Object.freeze({ total: Object.freeze({ letter, low, high }) }),
      examples: [],
    }),
  )
}

/** `\sum_{t=1}^{T} body`, where the members in the body carry the letter in their names. */
export function totalOf(total: Total, body: Expr): Expr {
  return call(totalOver(total), [body])
}

/** A scalar function without a formula, of any arrays; or its derivative by one argument, of the shape of that. */
function unknownScalar(name: string, by?: number): Op {
  return operation(`unknown|${by ?? ''}|${name}`, () =>
    defineOp({
      name: by === undefined ? `unknown ${name}` : `slope ${by} of ${name}`,
      title: by === undefined ? `function ${name}` : `derivative of ${name}`,
      kind: 'general',
      arity: [1, 16],
      notation: {
        form: by === undefined ? 'function' : 'slope',
        latex: latexName(name),
        plain: name,
        precedence: PRECEDENCE.atom,
      },
      shape: args => (by === undefined ? SCALAR : args[by]!.shape),
      value: () => unreachable(`the unknown function ${name} has no value of its own`),
      rule: unknownRule,
      ...(by === undefined && {
        pull: (g: Expr, args: readonly Expr[], k: number) => multiply(g, call(unknownScalar(name, k), args)),
      }),
      layered: Object.freeze({ unknown: name, by }),
      examples: [],
    }),
  )
}

/** `\ell(z, y)`: one number of any arrays, by a function the author left unknown. Raises `ShapeError` for none. */
export function unknownOf(name: string, args: readonly Expr[], by?: number): Expr {
  if (args.length > 0) return call(unknownScalar(name, by), args)
  throw new ShapeError('wrong-arity', `the function ${name} has no argument`)
}

/** By which of its arguments an unknown function was differentiated. */
export function slopeArgument({ layered, name }: Op): number {
  const by = layered !== undefined && 'unknown' in layered ? layered.by : undefined
  return by ?? unreachable(`${name} is no derivative of an unknown function`)
}

/** The sum an operation stands for, if it is one over the members of a recurrence. */
export function totalIn({ layered }: Op): Total | undefined {
  return layered !== undefined && 'total' in layered ? layered.total : undefined
}

/** Whether a sum has at least the letter of the depth in its limits. */
export function isSymbolic({ high }: Total): boolean {
  return splitIndex(high).letter !== undefined
}
