import { describe, expect, it } from 'vitest'
import { loadAutograd } from '../../src/autograd/load.js'
import type { Program, Traced, TracedOps } from '../../src/autograd/traced.js'
import { loadTensors } from '../../src/tensor/load.js'
import { type Case, cases } from '../tensor/cases.js'
import { cotangentOf, pointsOf } from '../tensor/points.js'
import {
  columnsOf,
  distance,
  type Grid,
  grid,
  rowsOf,
  toGrid,
  toTensor,
  total,
  zipGrid,
} from '../tensor/reference.js'

const [autograd, tensors] = await Promise.all([loadAutograd(), loadTensors()])

const table = cases.map(one => [one.title, one] as const)
const tolerance = 1e-12

function cotangent(one: Case): Grid {
  const value = one.value(...pointsOf(one, 1)[0]!)
  return cotangentOf(one.title, rowsOf(value), columnsOf(value))
}

/** Sum of the entries of the value, each times an entry of the cotangent. */
function weighed(one: Case): Program {
  const weights = toTensor(cotangent(one))
  return (ops: TracedOps, inputs: readonly Traced[]) =>
    ops.sum(ops.hadamard(ops.constant(weights), one.apply(ops, ...inputs)))
}

/** Differences of fourth order, of the value on numbers. */
function difference(one: Case, point: readonly Grid[], which: number, row: number, column: number): number {
  const h = 1e-3
  const c = cotangent(one)
  const at = (step: number) => {
    const moved = point.map((a, k) =>
      k === which
        ? grid(rowsOf(a), columnsOf(a), (i, j) => a[i]![j]! + (i === row && j === column ? step : 0))
        : a,
    )
    return total(zipGrid(c, toGrid(one.apply(tensors, ...moved.map(toTensor))), (x, y) => x * y))
  }
  return (8 * (at(h) - at(-h)) - (at(2 * h) - at(-2 * h))) / (12 * h)
}

describe('every operation on a trace', () => {
  it('has a case', () => {
    let names: readonly string[] = []
    autograd.evaluate(
      (ops, [x]) => {
        names = Object.keys(ops)
        return x!
      },
      [[tensors.scalar(1)]],
    )
    expect([...new Set<string>(cases.map(({ operation }) => operation)), 'stopGradient'].sort()).toEqual(
      [...names].sort(),
    )
  })

  it.each(table)('%s has its textbook value', (_, one) => {
    const points = pointsOf(one, 4)
    const found = autograd.evaluate(
      (ops, inputs) => one.apply(ops, ...inputs),
      points.map(point => point.map(toTensor)),
    )
    for (const [i, point] of points.entries()) {
      expect(distance(toGrid(found[i]!), one.value(...point))).toBeLessThan(tolerance)
    }
  })

  it.each(table)('%s has its textbook derivative', (_, one) => {
    const points = pointsOf(one, 4)
    const found = autograd.valuesAndGradients(
      weighed(one),
      points.map(point => point.map(toTensor)),
    )
    for (const [i, point] of points.entries()) {
      const expected = one.pull(cotangent(one), ...point)
      for (const [k, gradient] of found[i]!.gradients.entries()) {
        expect(distance(toGrid(gradient), expected[k]!)).toBeLessThan(tolerance)
      }
    }
  })

  it.each(table)('%s has the derivative that differences of its values on numbers show', (_, one) => {
    const point = pointsOf(one, 1)[0]!
    const { gradients } = autograd.valueAndGradient(weighed(one), point.map(toTensor))
    for (const [k, gradient] of gradients.entries()) {
      const expected = grid(gradient.rows, gradient.columns, (i, j) => difference(one, point, k, i, j))
      expect(distance(toGrid(gradient), expected)).toBeLessThan(1e-6)
    }
  })
})
