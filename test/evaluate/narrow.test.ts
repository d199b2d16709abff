import { expect, test } from 'vitest'
import { startNarrowing } from '../../src/evaluate/narrow.js'
import type { Call, Expr } from '../../src/expr/node.js'
import type { Step } from '../../src/expr/step.js'
import { add, multiply } from '../../src/ops/core.js'
import { checkSteps, scalar } from './support.js'

const terms = Array.from({ length: 100 }, (_, i) => scalar(`x_{${i}}`))
const g = scalar('g')

/** The step that carries `g` through a call to one of its arguments, with a given outcome. */
function pull(at: Expr, argument: number, after: Expr): Step {
  return { kind: 'pull', rule: (at as Call).op.rule, before: g, after, at, argument }
}

const statuses = (steps: readonly Step[]) =>
  checkSteps({ definitions: [], steps }).map(check => check?.status)

test('every step through a long sum is still checked: right ones agree, wrong ones are refuted', () => {
  const sum = add(...terms)
  expect(new Set(statuses(terms.map((_, k) => pull(sum, k, g))))).toEqual(new Set(['agrees']))
  expect(statuses([0, 41, 99].map(k => pull(sum, k, multiply(g, terms[k]!))))).toEqual([
    'refuted',
    'refuted',
    'refuted',
  ])
})

test('a step through a long product is checked against all its other factors', () => {
  const factors = terms.slice(0, 40)
  const product = multiply(...factors)
  const others = (k: number) => multiply(g, ...factors.filter((_, i) => i !== k))
  expect(new Set(statuses(factors.map((_, k) => pull(product, k, others(k)))))).toEqual(new Set(['agrees']))
  const oneMissing = multiply(g, ...factors.slice(2))
  expect(statuses([pull(product, 0, oneMissing)])).toEqual(['refuted'])
})

test('a step through a call of n arguments is tried on a call of about log n', () => {
  const narrowed = startNarrowing()
  const sum = add(...terms)
  for (const k of terms.keys()) {
    const { at, argument } = narrowed(pull(sum, k, g))
    expect((at as Call).args.length).toBeLessThanOrEqual(8)
    expect((at as Call).args[argument!]).toBe(terms[k])
    expect(at!.shape).toBe(sum.shape)
  }
})

test('steps through short calls, and those of other kinds, stay as they are', () => {
  const narrowed = startNarrowing()
  const short = pull(add(terms[0]!, terms[1]!), 0, g)
  const gathered: Step = { ...pull(add(...terms), 0, g), kind: 'gather', argument: undefined }
  expect([narrowed(short), narrowed(gathered)]).toEqual([short, gathered])
})
