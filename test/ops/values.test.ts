import { beforeAll, describe, expect, test } from 'vitest'
import { rational } from '../../src/base/rational.js'
import type { Nested } from '../../src/base/tensor.js'
import { number, symbol } from '../../src/expr/intern.js'
import type { Expr } from '../../src/expr/node.js'
import { SCALAR, shapeOf } from '../../src/expr/shape.js'
import { applyOp } from '../../src/ops/apply.js'
import { both, either, greater, less } from '../../src/ops/comparison.js'
import { matrixPowerOf } from '../../src/ops/matrix.js'
import { piecewise } from '../../src/ops/piecewise.js'
import { crossEntropy, crossEntropyOfProbabilities, logSumExp, softmax } from '../../src/ops/softmax.js'
import { operations } from '../../src/ops/table.js'
import { loadTensors } from '../../src/tensor/load.js'
import type { Tensors } from '../../src/tensor/tensor.js'
import { evaluate } from '../support/evaluate.js'

let tensors: Tensors
beforeAll(async () => {
  tensors = await loadTensors()
})

const named = new Map(operations.map(op => [op.name, op]))
const whole = (value: number) => number(rational(value))

function numberOf(node: Expr, values: ReadonlyMap<Expr, Nested> = new Map()): Nested {
  const arrays = new Map([...values].map(([name, value]) => [name, tensors.fromNested(value)]))
  return tensors.toNested(evaluate(node, { algebra: tensors, values: arrays, sizes: new Map() }))
}

/** Values at 1 and at -2, computed apart from this program to twelve places or more. */
const known: readonly (readonly [name: string, atOne: number, atMinusTwo: number])[] = [
  ['sigmoid', 0.731058578630005, 0.119202922022118],
  ['relu', 1, 0],
  ['leaky-relu', 1, -0.02],
  ['elu', 1, -0.864664716763387],
  ['selu', 1.05070098735548, -1.5201664685957],
  ['softplus', 1.31326168751822, 0.126928011042972],
  ['log-sigmoid', -0.313261687518223, -2.12692801104297],
  ['softsign', 0.5, -0.666666666666667],
  ['swish', 0.731058578630005, -0.238405844044235],
  ['hard-tanh', 1, -1],
  ['hard-sigmoid', 0.666666666666667, 0.166666666666667],
  ['relu6', 1, 0],
  ['gelu', 0.841344746068543, -0.0455002638963584],
  ['gelu-tanh', 0.841191990608277, -0.0454023059122249],
  ['mish', 0.86509838826731, -0.252501482695709],
  ['erf', 0.842700792949715, -0.995322265018953],
  ['absolute-value', 1, 2],
  ['sign', 1, -1],
]

describe('activations have the values of their definitions', () => {
  test.each(known)('%s', (name, atOne, atMinusTwo) => {
    const op = named.get(name)!
    expect(numberOf(applyOp(op, whole(1)))).toBeCloseTo(atOne, 12)
    expect(numberOf(applyOp(op, whole(-2)))).toBeCloseTo(atMinusTwo, 12)
  })

  test.each(operations.filter(op => op.formulas).map(op => [op.name, op] as const))(
    '%s has the values of the formulas that are read as it',
    (_, op) => {
      for (const at of [-2, -0.5, 0.25, 3]) {
        const x = number(rational(at * 4, 4))
        for (const formula of op.formulas!(x)) {
          expect(numberOf(formula)).toBeCloseTo(numberOf(applyOp(op, x)) as number, 12)
        }
      }
    },
  )

  test.each(['elu', 'selu', 'softplus', 'swish', 'mish', 'gelu', 'gelu-tanh', 'log-sigmoid'])(
    '%s does not overflow far from zero',
    name => {
      for (const at of [-1000, 1000]) {
        expect(Number.isFinite(numberOf(applyOp(named.get(name)!, whole(at)))), `${at}`).toBe(true)
      }
    },
  )

  test('a written parameter is used', () => {
    const half = number(rational(1, 2))
    expect(numberOf(applyOp(named.get('leaky-relu')!, whole(-2), half))).toBe(-1)
    expect(numberOf(applyOp(named.get('elu')!, whole(-2), half))).toBeCloseTo(-0.432332358381694, 12)
    expect(numberOf(applyOp(named.get('swish')!, whole(-2), half))).toBeCloseTo(-0.53788284273999, 12)
  })
})

describe('softmax and its relatives', () => {
  const z = symbol('z', shapeOf(3))
  const Z = symbol('Z', shapeOf(2, 3))
  const t = symbol('t', shapeOf(3))
  const sample = [1, 2, 3]
  const s = [0.0900305731703805, 0.244728471054798, 0.665240955774822]

  test('take a column as one sample and a matrix row by row', () => {
    const column = numberOf(applyOp(softmax, z), new Map([[z, sample]])) as number[]
    for (const [i, entry] of column.entries()) expect(entry).toBeCloseTo(s[i]!, 12)
    const rows = numberOf(applyOp(softmax, Z), new Map([[Z, [sample, [5, 5, 5]]]])) as number[][]
    for (const [i, entry] of rows[0]!.entries()) expect(entry).toBeCloseTo(s[i]!, 12)
    for (const entry of rows[1]!) expect(entry).toBeCloseTo(1 / 3, 12)
  })

  test('stand large logits', () => {
    const large = new Map([
      [z, [1000, 2000, 3000]],
      [t, [0, 1, 0]],
    ] as const)
    expect(numberOf(applyOp(softmax, z), large)).toEqual([0, 0, 1])
    expect(numberOf(applyOp(logSumExp, z), large)).toBe(3000)
    expect(numberOf(applyOp(crossEntropy, z, t), large)).toBe(1000)
  })

  test('agree with each other in the two forms of cross-entropy', () => {
    const values = new Map([
      [z, sample],
      [t, [0.2, 0.3, 0.5]],
    ] as const)
    const ofLogits = numberOf(applyOp(crossEntropy, z, t), values) as number
    expect(numberOf(applyOp(crossEntropyOfProbabilities, applyOp(softmax, z), t), values)).toBeCloseTo(
      ofLogits,
      12,
    )
  })
})

describe('conditions', () => {
  const truth = (value: 0 | 1) => whole(value)

  test.each([
    [0, 0],
    [0, 1],
    [1, 0],
    [1, 1],
  ] as const)('%d and %d', (a, b) => {
    expect(numberOf(applyOp(both, truth(a), truth(b)))).toBe(a && b)
    expect(numberOf(applyOp(either, truth(a), truth(b)))).toBe(a || b)
  })

  test('decide a choice in the order written', () => {
    const x = symbol('x', shapeOf(3))
    const literal = (value: number) => number(rational(value), shapeOf(3))
    const node = applyOp(
      piecewise,
      ...[
        applyOp(greater, x, literal(1)),
        literal(10),
        applyOp(greater, x, literal(0)),
        literal(20),
        literal(30),
      ],
    )
    expect(numberOf(node, new Map([[x, [2, 0.5, -1]]]))).toEqual([10, 20, 30])
  })

  test('of one number may choose between arrays', () => {
    const [s, x, y] = [symbol('s', SCALAR), symbol('x', shapeOf(2)), symbol('y', shapeOf(2))]
    const node = applyOp(piecewise, applyOp(less, s, whole(0)), x, y)
    const values = (at: number) =>
      new Map<Expr, Nested>([
        [s, at],
        [x, [1, 2]],
        [y, [3, 4]],
      ])
    expect([numberOf(node, values(-1)), numberOf(node, values(1))]).toEqual([
      [1, 2],
      [3, 4],
    ])
    expect(() => applyOp(piecewise, applyOp(less, x, y), s, s)).toThrow(
      /a condition is 2×1, but the choice is scalar/,
    )
    expect(() => applyOp(piecewise, s, s, s, s)).toThrow(/value for the case that no condition holds/)
  })
})

describe('a power of a matrix', () => {
  const A = symbol('A', shapeOf(2, 2))
  const values = new Map<Expr, Nested>([
    [
      A,
      [
        [1, 1],
        [1, 0],
      ],
    ],
  ])

  test('is the repeated product', () => {
    // Powers of this matrix are made of Fibonacci numbers.
    expect(numberOf(matrixPowerOf(A, 2), values)).toEqual([
      [2, 1],
      [1, 1],
    ])
    expect(numberOf(matrixPowerOf(A, 13), values)).toEqual([
      [377, 233],
      [233, 144],
    ])
  })

  test('past the ten thousandth raises LimitError before any work', () => {
    expect(() => numberOf(matrixPowerOf(A, 1_000_000_000), values)).toThrow(
      expect.objectContaining({ name: 'LimitError', code: 'limit-exponent' }),
    )
  })
})
