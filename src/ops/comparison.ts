import type { BinaryName, MatrixAlgebra } from '../base/matrix-algebra.js'
import type { Extent } from '../base/tensor.js'
import type { Expr } from '../expr/node.js'
import { defineOp, type Op, PRECEDENCE } from '../expr/op.js'
import { applyOp } from './apply.js'
import { isCall, multiplication, subtract, zeros } from './core.js'
import { agree } from './fits.js'

/*
 * Conditions are arrays of 0 and 1, so that an indicator is an ordinary factor. They are flat: between the places
 * where they jump, they do not change.
 */

interface RelationSpec {
  readonly name: string
  readonly title: string
  readonly latex: string
  readonly plain: string
  readonly latexAliases?: readonly string[]
  readonly value: BinaryName
}

/** Whether an array holds nothing but one of the entries of another: then both are always equal somewhere. */
function isAttained(filled: Expr, array: Expr): boolean {
  return (
    isCall(filled, multiplication) &&
    filled.args.some(arg => arg.kind === 'call' && arg.op.attained === true && arg.args[0] === array)
  )
}

function defineRelation(spec: RelationSpec): Op {
  const { name, title, latex, plain, latexAliases = [], value } = spec
  return defineOp({
    name,
    title,
    kind: 'general',
    arity: [2, 2],
    notation: { form: 'infix', latex, plain, latexAliases, precedence: PRECEDENCE.relation },
    flow: 'common',
    shape: args => agree('compare', args),
    value: (m, [a, b]) => m[value](a!, b!),
    rule: {
      id: `${name}-rule`,
      name: 'derivative of an indicator',
      statement: `\\mathrm{d}\\,\\mathbb{1}[u${latex} v]=0\\quad(u\\ne v)`,
      source: 'cs231n:optimization-2',
      sentence: 'An indicator is 0 or 1, so away from its jump it does not change.',
      level: 'normal',
    },
    flat: () => true,
    kinks: 'jumps where both sides are equal; the derivative is taken as 0',
    entries: 'each',
    switches: ([a, b]) => (isAttained(b!, a!) ? [] : [subtract(a!, b!)]),
    examples: [`s ${plain} t`, `x ${plain} y`],
  })
}

export const less = defineRelation({
  name: 'less',
  title: 'less than',
  latex: '<',
  plain: '<',
  value: 'less',
})
export const lessOrEqual = defineRelation({
  name: 'less-or-equal',
  title: 'less than or equal',
  latex: '\\le ',
  plain: '<=',
  latexAliases: ['\\leq', '\\leqslant'],
  value: 'lessOrEqual',
})
export const greater = defineRelation({
  name: 'greater',
  title: 'greater than',
  latex: '>',
  plain: '>',
  value: 'greater',
})
export const greaterOrEqual = defineRelation({
  name: 'greater-or-equal',
  title: 'greater than or equal',
  latex: '\\ge ',
  plain: '>=',
  latexAliases: ['\\geq', '\\geqslant'],
  value: 'greaterOrEqual',
})
export const equals = defineRelation({
  name: 'equals',
  title: 'equal',
  latex: '=',
  plain: '==',
  value: 'equal',
})
export const notEqual = defineRelation({
  name: 'not-equal',
  title: 'not equal',
  latex: '\\ne ',
  plain: '!=',
  latexAliases: ['\\neq'],
  value: 'notEqual',
})

interface JunctionSpec {
  readonly name: string
  readonly title: string
  readonly latex: string
  readonly plain: string
  readonly value: <T extends Extent>(m: MatrixAlgebra<T>, a: T, b: T) => T
}

/** 1 where a condition is not 0. */
function truth<T extends Extent>(m: MatrixAlgebra<T>, condition: T): T {
  return m.notEqual(condition, m.fill(0, condition.rows, condition.columns))
}

function defineJunction({ name, title, latex, plain, value }: JunctionSpec): Op {
  return defineOp({
    name,
    title,
    kind: 'general',
    arity: [2, Number.POSITIVE_INFINITY],
    notation: { form: 'infix', latex, plain, precedence: PRECEDENCE.relation },
    flow: 'common',
    shape: args => agree('compare', args),
    value: (m, args) => args.map(arg => truth(m, arg)).reduce((a, b) => value(m, a, b)),
    rule: {
      id: `${name}-rule`,
      name: 'derivative of an indicator',
      statement: `\\mathrm{d}\\,\\mathbb{1}[P${latex} Q]=0`,
      source: 'cs231n:optimization-2',
      sentence: 'An indicator is 0 or 1, so away from its jump it does not change.',
      level: 'normal',
    },
    flat: () => true,
    entries: 'each',
    examples: [`(s > 0) ${plain} (t > 0)`],
  })
}

/** 1 where every condition holds. */
export const both = defineJunction({
  name: 'both',
  title: 'and',
  latex: '\\wedge ',
  plain: '&&',
  value: (m, a, b) => m.hadamard(a, b),
})

/** 1 where some condition holds. */
export const either = defineJunction({
  name: 'either',
  title: 'or',
  latex: '\\vee ',
  plain: '||',
  value: (m, a, b) => m.maximum(a, b),
})

/** The indicator of `a > b`, entry by entry. */
export function greaterOf(a: Expr, b: Expr): Expr {
  return applyOp(greater, a, b)
}

/** The indicator of `x > 0`, entry by entry. */
export function positiveOf(x: Expr): Expr {
  return greaterOf(x, zeros(x.shape))
}

/** The indicator of `a < b`, entry by entry. */
export function lessOf(a: Expr, b: Expr): Expr {
  return applyOp(less, a, b)
}

/** The indicator that all conditions hold, entry by entry; of one condition it is that condition. */
export function bothOf(...conditions: readonly Expr[]): Expr {
  return conditions.length === 1 ? conditions[0]! : applyOp(both, ...conditions)
}
