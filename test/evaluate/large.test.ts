import { expect, test } from 'vitest'
import { evaluateAt } from '../../src/evaluate/bindings.js'
import type { Expr, Sym } from '../../src/expr/node.js'
import { relu } from '../../src/ops/activations.js'
import { applyOp } from '../../src/ops/apply.js'
import { divide, inner, multiply, ones, sumOf, transpose } from '../../src/ops/core.js'
import { indexedSum } from '../../src/ops/indexed.js'
import { norm2Of } from '../../src/ops/norms.js'
import { sine } from '../../src/ops/trigonometric.js'
import { checkGradient, index, matrix, num, scalar, tensors, vector } from './support.js'

const huge = vector('x', 1_000_000_000)
const square = matrix('A', 1_000_000_000, 1_000_000_000)
const wide = matrix('A', 300, 300)
const x = scalar('x')
const i = index('i')
const LARGE: readonly (readonly [string, Expr, Sym, Expr, string])[] = [
  ['an array of a thousand million entries', inner(huge, huge), huge, multiply(num(2), huge), 'too large'],
  ['a matrix with more entries than numbers count', sumOf(square), square, ones(square.shape), 'too large'],
  ['a product of large matrices', sumOf(multiply(wide, transpose(wide))), wide, wide, 'too long'],
  ['a long sum', indexedSum(i, num(1), num(100_000), multiply(x, i)), x, x, 'too long'],
  ['a sum of sines', indexedSum(i, num(1), num(5000), applyOp(sine, multiply(x, i))), x, x, 'too long'],
]

test.each(LARGE)(
  '%s is left undecided without being computed',
  async (_, output, wrt, result, why) => {
    const check = await checkGradient(output, wrt, result)
    expect(check.status).toBe('undecided')
    expect(check.message).toContain(why)
  },
  5000,
)

test('no array is evaluated that would not fit into memory', () => {
  const bindings = { values: new Map(), sizes: new Map([['n', 1e9]]) }
  expect(() => evaluateAt(tensors, ones(vector('v', 'n').shape), bindings)).toThrow('too large')
})

test('where a length is zero nothing is held against a derivative', async () => {
  const v = vector('v', 'n')
  const positive = applyOp(relu, v)
  const check = await checkGradient(norm2Of(positive), v, divide(positive, norm2Of(positive)))
  expect(check.status).toBe('agrees')
})
