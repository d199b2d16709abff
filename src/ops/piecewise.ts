import { ShapeError } from '../base/errors.js'
import { call } from '../expr/intern.js'
import type { Expr } from '../expr/node.js'
import { defineOp, type Op, PRECEDENCE } from '../expr/op.js'
import { isScalar, type Shape, sameShape, shapeText } from '../expr/shape.js'
import { applyOp } from './apply.js'
import { bothOf, greaterOf, lessOf } from './comparison.js'
import { scaleEach, subtract, zeros } from './core.js'
import { greatestEntry, leastEntry } from './extremes.js'
import { agree } from './fits.js'

function pieces(args: readonly Expr[]): Shape {
  if (args.length % 2 === 0) {
    throw new ShapeError('missing-branch', 'a choice needs a value for the case that no condition holds')
  }
  const { shape } = args[args.length - 1]!
  for (let k = 0; k < args.length - 1; k++) {
    const part = args[k]!.shape
    if (sameShape(part, shape) || (k % 2 === 0 && isScalar(part))) continue
    const what = k % 2 === 0 ? 'condition' : 'value'
    throw new ShapeError(
      'shape-clash',
      `a ${what} is ${shapeText(part)}, but the choice is ${shapeText(shape)}`,
    )
  }
  return shape
}

/** Whether an argument of a choice is a condition, by its place. */
export function isCondition(k: number, args: readonly Expr[]): boolean {
  return k % 2 === 0 && k < args.length - 1
}

/** The same choice with `g` in branch `k` and zero in every other; branches after it are not needed. */
function onlyBranch(g: Expr, args: readonly Expr[], k: number): Expr {
  const zero = zeros(g.shape)
  if (k === args.length - 1)
    return call(
      piecewise,
      args.map((arg, i) => (i === k ? g : isCondition(i, args) ? arg : zero)),
    )
  const kept = args.slice(0, k + 1).map((arg, i) => (i === k ? g : isCondition(i, args) ? arg : zero))
  return call(piecewise, [...kept, zero])
}

/**
 * A choice by conditions: condition, value, condition, value, …, and the value when none holds. The first condition
 * that holds decides, entry by entry. The places where conditions jump are stated by the comparisons themselves.
 */
export const piecewise: Op = defineOp({
  name: 'piecewise',
  title: 'choice by conditions',
  kind: 'general',
  arity: [3, Number.POSITIVE_INFINITY],
  notation: { form: 'special', latex: '\\begin{cases}', plain: 'where', precedence: PRECEDENCE.atom },
  shape: pieces,
  value: (m, args, size) => {
    let result = args[args.length - 1]!
    for (let k = args.length - 3; k >= 0; k -= 2) {
      result = m.where(m.broadcast(args[k]!, size.rows, size.columns), args[k + 1]!, result)
    }
    return result
  },
  rule: {
    id: 'piecewise-rule',
    name: 'piecewise rule',
    statement:
      "\\begin{cases}u&\\text{if }P\\\\v&\\text{otherwise}\\end{cases}'=\\begin{cases}u'&\\text{if }P\\\\v'&\\text{otherwise}\\end{cases}",
    source: 'calculus:piecewise',
    sentence:
      'Differentiate each branch where it holds; where branches meet, the two sides have to be compared.',
    level: 'brief',
  },
  push: (d, args, k) => onlyBranch(d, args, k),
  pull: (g, args, k) => onlyBranch(g, args, k),
  flat: isCondition,
  kinks: 'where the branches meet, the derivative of the branch that holds there is used',
  entries: 'each',
  examples: ['where(s > 0, s, t)', 'where(x > y, x, 2*y)'],
})

interface ExtremeSpec {
  readonly name: string
  readonly title: string
  readonly word: string
  readonly alone: Op
  readonly greater: boolean
}

function defineExtreme({ name, title, word, alone, greater }: ExtremeSpec): Op {
  const wins = greater ? greaterOf : lessOf
  const sign = greater ? '>' : '<'
  const route = (g: Expr, args: readonly Expr[], k: number) =>
    scaleEach(g, bothOf(...args.filter((_, i) => i !== k).map(other => wins(args[k]!, other))))
  const op: Op = defineOp({
    name,
    title,
    kind: 'general',
    arity: [2, Number.POSITIVE_INFINITY],
    notation: { form: 'function', latex: `\\${word}`, plain: word, alone, precedence: PRECEDENCE.product },
    flow: 'common',
    shape: args => agree('compare', args),
    // An argument that ties with itself is no tie: max(x, x) is x.
    make: args => {
      const distinct = [...new Set(args)]
      return distinct.length === 1 ? distinct[0]! : call(op, distinct)
    },
    value: (m, args) => args.reduce((a, b) => (greater ? m.maximum(a, b) : m.minimum(a, b))),
    rule: {
      id: `${name}-rule`,
      name: `${word} rule`,
      statement: `\\frac{\\partial\\${word}(u,v)}{\\partial u}=\\mathbb{1}[u${sign}v]\\quad(u\\ne v)`,
      source: 'cs231n:optimization-2',
      sentence: `Entry by entry the whole derivative goes to the ${greater ? 'greater' : 'lesser'} argument.`,
      level: 'brief',
    },
    push: route,
    pull: route,
    kinks: 'no derivative where two arguments tie; 0 is used there',
    switches: args => args.flatMap((a, i) => args.slice(i + 1).map(b => subtract(a, b))),
    entries: 'each',
    examples: [`${word}(s, t)`, `${word}(x, y)`],
  })
  return op
}

export const maximum = defineExtreme({
  name: 'maximum',
  title: 'greatest of several',
  word: 'max',
  alone: greatestEntry,
  greater: true,
})
export const minimum = defineExtreme({
  name: 'minimum',
  title: 'least of several',
  word: 'min',
  alone: leastEntry,
  greater: false,
})

/** The choice between two values by one condition. */
export function choose(condition: Expr, ifTrue: Expr, ifFalse: Expr): Expr {
  return applyOp(piecewise, condition, ifTrue, ifFalse)
}

/** The greatest, entry by entry, of arrays of one shape. */
export function maximumOf(...args: readonly Expr[]): Expr {
  return applyOp(maximum, ...args)
}

/** The least, entry by entry, of arrays of one shape. */
export function minimumOf(...args: readonly Expr[]): Expr {
  return applyOp(minimum, ...args)
}
