import { expect, test } from 'vitest'
import type { Nested } from '../../src/base/tensor.js'
import { evaluateAt, evaluateMapAt, nestedOf } from '../../src/evaluate/bindings.js'
import type { Expr, Sym } from '../../src/expr/node.js'
import { add, divide, multiply, sumOf, transpose } from '../../src/ops/core.js'
import { entry } from '../../src/ops/indexed.js'
import { expOf } from '../../src/ops/powers.js'
import { define, index, matrix, num, scalar, size, tensors, vector } from './support.js'

const s = scalar('s')
const x = vector('x', 'n')
const W = matrix('W', 'm', 'n')
const row = matrix('r', 1, 'n')
const at = (node: Expr, values: readonly (readonly [Sym, Nested])[], sizes: Record<string, number> = {}) =>
  nestedOf(
    evaluateAt(tensors, node, { values: new Map(values), sizes: new Map(Object.entries(sizes)) }),
    node.shape,
  )

test('a scalar is a number, a column a flat list, anything else a list of rows', () => {
  const bound = [
    [s, 2],
    [x, [1, 2]],
    [
      W,
      [
        [1, 2],
        [3, 4],
        [5, 6],
      ],
    ],
  ] as const
  expect(at(multiply(s, s), bound)).toBe(4)
  expect(at(multiply(W, x), bound)).toEqual([5, 11, 17])
  expect(at(multiply(s, W), bound)).toEqual([
    [2, 4],
    [6, 8],
    [10, 12],
  ])
  expect(at(transpose(x), bound)).toEqual([[1, 2]])
})

test('a column of one entry stays a list, and a matrix of one column a list of rows', () => {
  expect(at(add(x, x), [[x, [3]]])).toEqual([6])
  expect(at(W, [[W, [[1], [2]]]])).toEqual([[1], [2]])
})

test('sizes are read off the values, also through a sum of sizes', () => {
  const longer = vector('v', 'n+1')
  expect(at(multiply(size('n'), num(1)), [[longer, [1, 2, 3]]])).toBe(2)
  expect(at(divide(sumOf(x), size('m')), [[x, [1, 2, 3]]], { m: 4 })).toBe(1.5)
})

test('a row may be given as a flat list, and a column as a row or as a list of rows of one', () => {
  expect(at(row, [[row, [1, 2]]])).toEqual([[1, 2]])
  expect(at(x, [[x, [[1], [2]]]])).toEqual([1, 2])
  expect(at(x, [[x, [[1, 2]]]])).toEqual([1, 2])
})

test('values that do not fit one another are a ShapeError that names the symbol and both extents', () => {
  const values = [
    [x, [1, 2, 3]],
    [
      W,
      [
        [1, 2],
        [3, 4],
      ],
    ],
  ] as const
  expect(() => at(multiply(W, x), values)).toThrow(
    expect.objectContaining({ name: 'ShapeError', message: 'the value of W is 2×2, expected 2×3' }),
  )
  expect(() => at(s, [[s, [1, 2]]])).toThrow(expect.objectContaining({ name: 'ShapeError' }))
  expect(() => at(x, [[x, [1, 2]]], { n: 3 })).toThrow(expect.objectContaining({ name: 'ShapeError' }))
  expect(() => at(x, [[x, [1]]], { n: 0 })).toThrow(expect.objectContaining({ code: 'bad-size' }))
})

test('an index that was given a whole number selects', () => {
  const k = index('k')
  expect(
    at(entry(x, k), [
      [x, [5, 6, 7]],
      [k, 2],
    ]),
  ).toBe(6)
})

test('definitions are followed, and what overflows is a DomainError', () => {
  const z = scalar('z')
  const definitions = [define(z, multiply(s, s))]
  const bindings = (value: number) => ({ values: new Map([[s, value]]) })
  expect(evaluateAt(tensors, add(z, num(1)), bindings(3), { definitions }).data[0]).toBe(10)
  expect(() => evaluateAt(tensors, expOf(z), bindings(100), { definitions })).toThrow(
    expect.objectContaining({ name: 'DomainError', code: 'outside-domain' }),
  )
})

test('a linear map is a matrix with a row for every entry of the value and a column for every entry of the change', () => {
  const dW = matrix('dW', 'm', 'n')
  const map = (node: Expr, change: Sym) =>
    tensors.toNested(
      evaluateMapAt(tensors, node, change, {
        values: new Map<Sym, Nested>([[x, [5, 7]]]),
        sizes: new Map([['m', 2]]),
      }),
    )
  expect(map(multiply(dW, x), dW)).toEqual([
    [5, 7, 0, 0],
    [0, 0, 5, 7],
  ])
  const dx = vector('dx', 'n')
  expect(map(multiply(dx, transpose(x)), dx)).toEqual([
    [5, 0],
    [7, 0],
    [0, 5],
    [0, 7],
  ])
  expect(map(multiply(transpose(x), dx), dx)).toEqual([[5, 7]])
  expect(map(transpose(dW), dW)).toEqual([
    [1, 0, 0, 0],
    [0, 0, 1, 0],
    [0, 1, 0, 0],
    [0, 0, 0, 1],
  ])
})
