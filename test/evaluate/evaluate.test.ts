import { expect, test } from 'vitest'
import { evaluateExpr } from '../../src/evaluate/evaluate.js'
import { defineOp } from '../../src/expr/op.js'
import type { Definition } from '../../src/expr/problem.js'
import { abstractFunction } from '../../src/ops/abstract.js'
import { sigmoid } from '../../src/ops/activations.js'
import { applyOp } from '../../src/ops/apply.js'
import { add, divide, hadamard, inner, multiply, ones, sumOf, transpose } from '../../src/ops/core.js'
import { basisVector, delta, entry, indexedProduct, indexedSum, member } from '../../src/ops/indexed.js'
import { identity, inverseOf } from '../../src/ops/matrix.js'
import { logOf, power } from '../../src/ops/powers.js'
import { define, index, matrix, num, pointAt, scalar, size, tensors, vector } from './support.js'

const [s, t] = [scalar('s'), scalar('t')]
const x = vector('x', 'n')
const A = matrix('A', 'n', 'n')
const values = (...args: Parameters<typeof evaluateExpr> extends [unknown, ...infer R] ? R : never) =>
  evaluateExpr(tensors, ...args).map(tensors.toNested)

/** The logistic function, and how often it was evaluated. */
function counted() {
  const runs = { count: 0 }
  const value: typeof sigmoid.value = (...args) => {
    runs.count++
    return sigmoid.value(...args)
  }
  return { op: defineOp({ ...sigmoid, value }), runs }
}

test('a quadratic form has its value', () => {
  const point = pointAt(
    [
      [x, [1, 2]],
      [
        A,
        [
          [1, 2],
          [3, 4],
        ],
      ],
    ],
    { n: 2 },
  )
  expect(values([multiply(transpose(x), A, x), multiply(A, x)], point)).toEqual([27, [5, 11]])
})

test('a size and an array of one number take the sizes of the point', () => {
  const point = pointAt([[x, [1, 2, 3]]], { n: 3 })
  expect(values([multiply(size('n'), x), add(x, ones(x.shape))], point)).toEqual([
    [3, 6, 9],
    [2, 3, 4],
  ])
})

test('a definition is evaluated once, whatever the number of its uses', () => {
  const { op, runs } = counted()
  const z = scalar('z')
  const definitions = [define(z, applyOp(op, s))]
  const [value] = values([add(multiply(z, z), z)], pointAt([[s, 0]]), { definitions })
  expect(value).toBe(0.75)
  expect(runs.count).toBe(1)
})

test('definitions may come in any order, and a value given for a defined symbol wins', () => {
  const [a, b] = [scalar('a'), scalar('b')]
  const definitions = [define(b, multiply(a, a)), define(a, add(s, num(1)))]
  expect(values([b], pointAt([[s, 2]]), { definitions })).toEqual([9])
  expect(
    values(
      [b],
      pointAt([
        [s, 2],
        [a, 10],
      ]),
      { definitions },
    ),
  ).toEqual([100])
})

test('100,000 definitions on top of one another do not overflow the stack', () => {
  const definitions: Definition[] = []
  let last = s
  for (let i = 0; i < 100_000; i++) {
    const next = scalar(`z_${i}`)
    definitions.push(define(next, add(last, num(1))))
    last = next
  }
  expect(values([last], pointAt([[s, 0.5]]), { definitions })).toEqual([100_000.5])
})

test('an expression 100,000 calls deep does not overflow the stack', () => {
  let deep = applyOp(sigmoid, s)
  for (let i = 0; i < 100_000; i++) deep = applyOp(sigmoid, deep)
  expect(values([deep], pointAt([[s, 0]]))[0]).toBeCloseTo(0.659046, 6)
})

test('an indexed sum runs over its range', () => {
  const i = index('i')
  const sum = indexedSum(i, num(1), size('n'), multiply(i, power(entry(x, i), num(2))))
  expect(values([sum], pointAt([[x, [1, 2, 3]]], { n: 3 }))).toEqual([1 + 8 + 27])
})

test('sums inside one another use both indices, and what depends on neither is computed once', () => {
  const { op, runs } = counted()
  const [i, j] = [index('i'), index('j')]
  const constant = applyOp(op, s)
  const body = multiply(entry(A, i, j), entry(x, j), constant)
  const sum = indexedSum(i, num(1), size('n'), indexedSum(j, num(1), i, body))
  const point = pointAt(
    [
      [x, [1, 2]],
      [s, 0],
      [
        A,
        [
          [1, 100],
          [3, 4],
        ],
      ],
    ],
    { n: 2 },
  )
  expect(values([sum], point)).toEqual([0.5 * (1 + 3 + 8)])
  expect(runs.count).toBe(1)
})

test('two sums beside one another do not mix the values of their index', () => {
  const i = index('i')
  const term = entry(x, i)
  const whole = indexedSum(i, num(1), size('n'), term)
  const part = indexedSum(i, num(1), num(2), multiply(term, term))
  expect(values([add(whole, part), multiply(part, whole)], pointAt([[x, [1, 2, 3]]], { n: 3 }))).toEqual([
    11, 30,
  ])
})

test('a sum over an empty range is zero and a product one', () => {
  const i = index('i')
  const from = num(3)
  const [sum, product] = values(
    [indexedSum(i, from, num(2), multiply(i, x)), indexedProduct(i, from, num(2), i)],
    pointAt([[x, [1, 2]]], { n: 2 }),
  )
  expect([sum, product]).toEqual([[0, 0], 1])
})

test('families, basis vectors and deltas are chosen by index', () => {
  const X = matrix('X', 'N', 'd')
  const i = index('i')
  const gram = indexedSum(i, num(1), size('N'), inner(member(X, i), member(X, i)))
  const second = hadamard(basisVector(num(2), 'n'), x)
  const off = indexedSum(i, num(1), size('n'), multiply(delta(i, num(2)), entry(x, i)))
  const point = pointAt(
    [
      [
        X,
        [
          [1, 2],
          [3, 4],
        ],
      ],
      [x, [5, 7, 9]],
    ],
    { N: 2, d: 2, n: 3 },
  )
  expect(values([gram, second, off], point)).toEqual([30, [0, 7, 0], 7])
})

test('an unknown function has the value of the concrete one that is given', () => {
  const concrete = {
    parameters: [tensors.scalar(3)],
    apply: ((m, [p], u, order) =>
      order === 0
        ? m.scale(p!, m.square(u))
        : m.scale(
            p!,
            m.scaleBy(u, 2),
          )) as import('../../src/evaluate/functions.js').ConcreteFunction['apply'],
  }
  const point = { ...pointAt([[s, 5]]), functions: new Map([['g', concrete]]) }
  const root = add(applyOp(abstractFunction('g'), s), applyOp(abstractFunction('g', 1), s))
  expect(values([root], point)).toEqual([75 + 30])
})

test('a symbol without a value is a NameError that names it', () => {
  expect(() => values([add(s, t)], pointAt([[s, 1]]))).toThrow(
    expect.objectContaining({ name: 'NameError', message: 't has no value' }),
  )
})

test('a value of the wrong extent is a ShapeError that names both', () => {
  expect(() => values([sumOf(x)], pointAt([[x, [1, 2]]], { n: 3 }))).toThrow(
    expect.objectContaining({ name: 'ShapeError', message: 'the value of x is 2×1, expected 3×1' }),
  )
})

test('a size without a number is a ShapeError', () => {
  expect(() => values([size('k')], pointAt([]))).toThrow(expect.objectContaining({ name: 'ShapeError' }))
})

test('an index that is not whole is a ShapeError', () => {
  expect(() => values([entry(x, divide(num(1), num(2)))], pointAt([[x, [1, 2]]], { n: 2 }))).toThrow(
    expect.objectContaining({ name: 'ShapeError' }),
  )
})

test('a value outside a domain is a DomainError that names the smallest expression concerned', () => {
  expect(() => values([multiply(num(2), logOf(add(s, num(1))))], pointAt([[s, -2]]))).toThrow(
    expect.objectContaining({
      name: 'DomainError',
      message: expect.stringContaining('natural logarithm'),
      notes: ['argument 1 is -1'],
    }),
  )
})

test('a singular matrix is a DomainError that says where it stands', () => {
  const point = pointAt(
    [
      [
        A,
        [
          [1, 2],
          [2, 4],
        ],
      ],
    ],
    { n: 2 },
  )
  const describe = () => 'the inverse of A'
  expect(() => values([add(inverseOf(A), identity('n'))], point, { describe })).toThrow(
    expect.objectContaining({ name: 'DomainError', notes: ['in the inverse of A'] }),
  )
})

test('symbols named constructor and __proto__ are symbols', () => {
  const [c, p] = [scalar('constructor'), scalar('__proto__')]
  expect(
    values(
      [add(c, multiply(num(2), p))],
      pointAt([
        [c, 1],
        [p, 3],
      ]),
    ),
  ).toEqual([7])
})
