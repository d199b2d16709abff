import { beforeAll, expect, test } from 'vitest'
import { DomainError } from '../../src/base/errors.js'
import { seededRandom } from '../../src/base/random.js'
import { rational } from '../../src/base/rational.js'
import type { Tensor } from '../../src/base/tensor.js'
import { number, symbol } from '../../src/expr/intern.js'
import type { Expr, Sym } from '../../src/expr/node.js'
import { isScalar, SCALAR, shapeOf } from '../../src/expr/shape.js'
import { symbolsOf } from '../../src/expr/walk.js'
import { add, hadamard, inner, multiply, sumOf, transpose } from '../../src/ops/core.js'
import { entry } from '../../src/ops/indexed.js'
import { toIndexForm } from '../../src/ops/lower.js'
import { diagonalMatrixOf, identity, inverseOf, traceOf } from '../../src/ops/matrix.js'
import { toMatrixForm } from '../../src/ops/matrix-form.js'
import type { Axis } from '../../src/ops/raise.js'
import { toText } from '../../src/print/text.js'
import { loadTensors } from '../../src/tensor/load.js'
import type { Tensors } from '../../src/tensor/tensor.js'
import { evaluate, extentOf, type Setting } from '../support/evaluate.js'
import { RANDOM_DECLARATIONS, randomExpression } from '../support/random-expression.js'

let tensors: Tensors
beforeAll(async () => {
  tensors = await loadTensors()
})

const index = (letter: string) => symbol(letter, SCALAR, 'index')
const [i, j] = [index('i'), index('j')]
const A = symbol('A', shapeOf('m', 'n'))
const B = symbol('B', shapeOf('n', 'm'))
const S = symbol('S', shapeOf('n', 'n'))
const x = symbol('x', shapeOf('n'))
const y = symbol('y', shapeOf('m'))

test.each<[string, Expr, readonly Expr[], string]>([
  ['a product', multiply(A, x), [i], 'sum(j=1:n, A[i, j]*x[j])'],
  ['an outer product', multiply(y, transpose(x)), [i, j], 'y[i]*x[j]'],
  ['a sandwich', multiply(A, S, B), [i, j], 'sum(k=1:n, A[i, k]*sum(l=1:n, S[k, l]*B[l, j]))'],
  ['a trace', traceOf(multiply(A, B)), [], 'sum(i=1:m, sum(j=1:n, A[i, j]*B[j, i]))'],
  ['an identity', multiply(identity('n'), x), [i], 'x[i]'],
  ['a diagonal matrix', multiply(A, diagonalMatrixOf(x), B), [i, j], 'sum(k=1:n, A[i, k]*x[k]*B[k, j])'],
  ['an inverse', multiply(inverseOf(S), x), [i], 'sum(j=1:n, inv(S)[i, j]*x[j])'],
  ['a transpose', transpose(A), [i, j], 'A[j, i]'],
  ['an entry of a product', entry(multiply(A, S), i, number(rational(2))), [], 'sum(j=1:n, A[i, j]*S[j, 2])'],
])('%s in index form', (_, node, indices, expected) => {
  expect(toText(toIndexForm(node, indices))).toBe(expected)
})

test('an index of the caller is not captured by a sum inside', () => {
  const [k, l] = [index('#1'), index('#2')]
  const form = toIndexForm(multiply(A, S, B), [k, l])
  const values = new Map<Expr, Tensor>([
    [A, tensors.create(2, 3, [1, 2, 3, 4, 5, 6])],
    [S, tensors.create(3, 3, [1, 0, 2, 0, 1, 0, 3, 0, 1])],
    [B, tensors.create(3, 2, [1, 2, 0, 1, 5, 1])],
  ])
  const setting = {
    algebra: tensors,
    values,
    sizes: new Map([
      ['m', 2],
      ['n', 3],
    ]),
  }
  const whole = evaluate(multiply(A, S, B), setting)
  for (const [row, column] of [
    [1, 2],
    [2, 1],
    [2, 2],
  ] as const) {
    const found = evaluate(
      form,
      setting,
      new Map<Expr, number>([
        [k, row],
        [l, column],
      ]),
    )
    expect(tensors.scalarValue(found)).toBe(tensors.scalarValue(tensors.entry(whole, row - 1, column - 1)))
  }
})

test('wants as many indices as the expression has sides', () => {
  expect(() => toIndexForm(A, [i])).toThrow('an entry of m×n takes two indices')
  expect(() => toIndexForm(x, [i, j])).toThrow('an entry of n×1 takes one index')
  expect(() => toIndexForm(traceOf(S), [i])).toThrow('an entry of scalar takes no index')
})

const SIZES = new Map([
  ['m', 2],
  ['n', 3],
  ['N', 2],
])

test('random expressions have the same value entry by entry in index form', () => {
  let compared = 0
  for (let trial = 0; trial < 400; trial++) {
    const seed = `index form ${trial}`
    const random = seededRandom(seed)
    const { expr } = randomExpression(random, { depth: 4, smooth: true })
    const values = new Map<Expr, Tensor>()
    for (const { symbol: each } of RANDOM_DECLARATIONS) {
      if (each.role !== 'variable') continue
      const { rows, columns } = extentOf(each.shape, SIZES)
      const entries = Array.from({ length: rows * columns }, () => random.between(0.2, 1.5))
      values.set(each, tensors.create(rows, columns, entries))
    }
    const setting = { algebra: tensors, values, sizes: SIZES }
    const whole = valueIfAny(expr, setting)
    // A random matrix may be singular.
    if (whole === undefined) continue
    const indices = axesOf(expr).map(({ symbol: each }) => each)
    const form = toIndexForm(expr, indices)
    expect(
      symbolsOf([form]).every(each => !each.name.startsWith('#')),
      seed,
    ).toBe(true)
    for (let row = 1; row <= whole.rows; row++) {
      for (let column = 1; column <= whole.columns; column++) {
        const places = whole.columns === 1 ? [row] : whole.rows === 1 ? [column] : [row, column]
        const at = new Map<Expr, number>(indices.map((each, k) => [each, places[k]!]))
        const expected = tensors.scalarValue(tensors.entry(whole, row - 1, column - 1))
        if (!Number.isFinite(expected)) continue
        const found = tensors.scalarValue(evaluate(form, setting, at))
        expect(
          Math.abs(found - expected) <= 1e-9 * Math.max(1, Math.abs(expected)),
          `${seed}: ${toText(expr)}`,
        ).toBe(true)
        compared++
      }
    }
  }
  expect(compared).toBeGreaterThan(800)
})

function valueIfAny(node: Expr, setting: Setting<Tensor>): Tensor | undefined {
  try {
    return evaluate(node, setting)
  } catch (error) {
    if (error instanceof DomainError) return undefined
    throw error
  }
}

function axesOf({ shape }: Expr): readonly Axis[] {
  if (isScalar(shape)) return []
  if (shape.columns === 1) return [{ symbol: i, extent: shape.rows }]
  if (shape.rows === 1) return [{ symbol: i, extent: shape.columns }]
  return [
    { symbol: i, extent: shape.rows },
    { symbol: j, extent: shape.columns },
  ]
}

const there = (node: Expr): Expr | undefined => {
  const axes = axesOf(node)
  return toMatrixForm(
    toIndexForm(
      node,
      axes.map(({ symbol: each }) => each as Sym),
    ),
    axes[0],
    axes[1],
  )
}

test.each<[string, Expr]>([
  ['a product', multiply(A, x)],
  ['a product with a transpose', multiply(transpose(A), y)],
  ['a longer product', multiply(A, S, S, B, A)],
  ['a transpose', transpose(A)],
  ['a Hadamard product', hadamard(A, transpose(B))],
  ['a Hadamard product of products', hadamard(multiply(A, S), multiply(transpose(B), S))],
  ['a sum', add(multiply(A, x), y)],
  ['an outer product', multiply(add(multiply(A, x), y), transpose(x))],
  ['a quadratic form', multiply(transpose(x), S, x)],
  ['a trace', traceOf(S)],
  ['a trace of a product', traceOf(multiply(A, B))],
  ['a trace with a transpose', traceOf(multiply(transpose(A), A))],
  ['a sum of all entries', sumOf(A)],
  ['an inner product', inner(x, multiply(S, x))],
  ['an atom', multiply(inverseOf(S), x)],
])('%s comes back from its index form as it was', (_, node) => {
  const back = there(node)
  expect(back === undefined ? undefined : toText(back)).toBe(toText(node))
  expect(back).toBe(node)
})
