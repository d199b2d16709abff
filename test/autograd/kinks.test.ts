import { describe, expect, it } from 'vitest'
import { loadAutograd } from '../../src/autograd/load.js'
import type { Program, Traced, TracedOps } from '../../src/autograd/traced.js'
import type { Tensor } from '../../src/base/tensor.js'
import { loadTensors } from '../../src/tensor/load.js'

const [autograd, t] = await Promise.all([loadAutograd(), loadTensors()])

const column = (...entries: number[]): Tensor => t.create(entries.length, 1, entries)
const slopes = (program: Program, ...inputs: Tensor[]): number[][] =>
  autograd.valueAndGradient(program, inputs).gradients.map(gradient => [...gradient.data])

/** f where the first argument is positive, 0 elsewhere; the sum of it. */
const onPositive =
  (f: (ops: TracedOps, x: Traced) => Traced): Program =>
  (ops, [x]) => {
    const zero = ops.fill(0, x!.rows, x!.columns)
    return ops.sum(ops.where(ops.greater(x!, zero), f(ops, x!), zero))
  }

describe('a branch that is not taken contributes nothing', () => {
  it.each<[string, (ops: TracedOps, x: Traced) => Traced, number]>([
    ['square root', (ops, x) => ops.sqrt(x), 0.25],
    ['logarithm', (ops, x) => ops.log(x), 0.25],
    ['reciprocal', (ops, x) => ops.reciprocal(x), -1 / 16],
    ['division', (ops, x) => ops.divide(x, x), 0],
    ['constant power', (ops, x) => ops.powConstant(x, 1.3), 1.3 * 4 ** 0.3],
    ['power of one half', (ops, x) => ops.powConstant(x, -0.5), -1 / 16],
    ['power', (ops, x) => ops.pow(x, ops.scaleBy(x, 0.5)), 16 * (0.5 * Math.log(4) + 0.5)],
    ['inverse sine', (ops, x) => ops.asin(ops.scaleBy(x, 0.2)), 0.2 / Math.sqrt(1 - 0.64)],
    ['exponential that overflows', (ops, x) => ops.exp(ops.scaleBy(x, -1000)), 0],
    [
      'hyperbolic cosine that overflows',
      (ops, x) => ops.cosh(ops.where(ops.less(x, ops.fill(0, 3, 1)), ops.scaleBy(x, 1e3), x)),
      Math.sinh(4),
    ],
    [
      'logarithm over a square root',
      (ops, x) => ops.atan(ops.divide(ops.log(x), ops.sqrt(x))),
      ((1 / 8) * (1 - Math.log(4) / 2) * 1) / (1 + (Math.log(4) / 2) ** 2),
    ],
  ])('%s', (_, f, expected) => {
    const [gradient] = slopes(onPositive(f), column(4, 0, -4))
    expect(gradient![0]).toBeCloseTo(expected, 12)
    expect(gradient![1]).toBeCloseTo(0, 300)
    expect(gradient![2]).toBeCloseTo(0, 300)
  })
})

describe('at a kink', () => {
  it('abs has slope 0, and its Hessian is 0', () => {
    const program: Program = (ops, [x]) => ops.sum(ops.abs(x!))
    expect(slopes(program, column(-2, 0, 3))).toEqual([[-1, 0, 1]])
    expect([...autograd.hessian(program, [column(-2, 0, 3)], 0, 0).data].every(x => x === 0)).toBe(true)
  })

  it('maximum and minimum follow the first of two equal arguments', () => {
    const [x, y] = [column(1, 2, 3), column(2, 2, 2)]
    expect(slopes((ops, [a, b]) => ops.sum(ops.maximum(a!, b!)), x, y)).toEqual([
      [0, 1, 1],
      [1, 0, 0],
    ])
    expect(slopes((ops, [a, b]) => ops.sum(ops.minimum(a!, b!)), x, y)).toEqual([
      [1, 1, 0],
      [0, 0, 1],
    ])
  })

  it('max(0, z) has slope 0 at 0', () => {
    expect(slopes((ops, [z]) => ops.sum(ops.maximum(ops.fill(0, 3, 1), z!)), column(-1, 0, 1))).toEqual([
      [0, 0, 1],
    ])
  })

  it('equal greatest entries share the slope', () => {
    expect(slopes((ops, [x]) => ops.max(x!), column(5, 1, 5))).toEqual([[0.5, 0, 0.5]])
  })

  it('a norm of zero has slope 0, not NaN', () => {
    expect(slopes((ops, [x]) => ops.norm2(x!), column(0, 0))).toEqual([[0, 0]])
  })

  it('a product has its slope where one factor is zero', () => {
    expect(slopes((ops, [x]) => ops.product(x!), column(0, 2, 3))).toEqual([[6, 0, 0]])
    expect(slopes((ops, [x]) => ops.product(x!), column(0, 0, 3))).toEqual([[0, 0, 0]])
  })

  it('an infinite slope is very large and not NaN', () => {
    const [gradient] = slopes((ops, [x]) => ops.sum(ops.sqrt(x!)), column(0, 4))
    expect(gradient![0]).toBeGreaterThanOrEqual(1e150)
    expect(gradient![1]).toBe(0.25)
  })

  it('another point of the same call is not disturbed', () => {
    const program: Program = (ops, [x]) => ops.sum(ops.log(x!))
    const found = autograd.valuesAndGradients(program, [[column(-1)], [column(2)]])
    expect(found[0]!.value).toBeNaN()
    expect(found[1]!.value).toBeCloseTo(Math.log(2), 15)
    expect(found[1]!.gradients[0]!.data[0]).toBe(0.5)
  })
})

describe('far out', () => {
  it.each<[string, (ops: TracedOps, x: Traced) => Traced, number[], number[]]>([
    ['sigmoid', (ops, x) => ops.sigmoid(x), [0, 1, 0.5], [0, 0, 0.25]],
    ['tanh', (ops, x) => ops.tanh(x), [-1, 1, 0], [0, 0, 1]],
    ['softplus', (ops, x) => ops.softplus(x), [0, 1000, Math.log(2)], [0, 1, 0.5]],
    ['erf', (ops, x) => ops.erf(x), [-1, 1, 0], [0, 0, 2 / Math.sqrt(Math.PI)]],
  ])('%s neither overflows nor turns into NaN', (_, f, value, slope) => {
    const x = column(-1000, 1000, 0)
    const [found] = autograd.evaluate((ops, [a]) => f(ops, a!), [[x]])
    const [gradient] = slopes((ops, [a]) => ops.sum(f(ops, a!)), x)
    for (let i = 0; i < 3; i++) {
      expect(found!.data[i]).toBeCloseTo(value[i]!, 14)
      expect(gradient![i]).toBeCloseTo(slope[i]!, 14)
    }
  })

  it('softmax and log-sum-exp shift before they exponentiate', () => {
    const x = column(1000, 1000, -1000)
    const [value] = autograd.evaluate((ops, [a]) => ops.softmaxColumns(a!), [[x]])
    const [gradient] = slopes((ops, [a]) => ops.sum(ops.logSumExpColumns(a!)), x)
    for (const [i, expected] of [0.5, 0.5, 0].entries()) {
      expect(value!.data[i]).toBeCloseTo(expected, 14)
      expect(gradient![i]).toBeCloseTo(expected, 14)
    }
  })
})
