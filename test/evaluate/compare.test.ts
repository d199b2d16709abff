import { expect, test } from 'vitest'
import { compareTensors } from '../../src/evaluate/compare.js'
import { tensors } from './support.js'

const row = (...entries: number[]) => tensors.create(1, entries.length, entries)

test('arrays that differ by rounding are the same, and the difference is reported', () => {
  const { verdict, relative } = compareTensors(row(1, 1e-12), row(1 + 3e-12, 0))
  expect(verdict).toBe('same')
  expect(relative).toBeCloseTo(3e-12, 15)
})

test('arrays that differ by a millionth are different', () => {
  expect(compareTensors(row(1, 2), row(1, 2.000002)).verdict).toBe('different')
})

test('small entries are compared with the largest entry', () => {
  expect(compareTensors(row(1e6, 0), row(1e6, 1e-5)).verdict).toBe('same')
  expect(compareTensors(row(1e-6, 0), row(1e-6, 1e-5)).verdict).toBe('different')
})

test('a difference that rounding of large intermediate values explains is not a difference', () => {
  expect(compareTensors(row(0), row(1e-13), 1).verdict).toBe('same')
  expect(compareTensors(row(0), row(1e-9), 1e4).verdict).toBe('same')
  expect(compareTensors(row(0), row(1e-6), 1e5).verdict).toBe('unclear')
  expect(compareTensors(row(0), row(1e-6), 1).verdict).toBe('different')
})

test('where intermediate values are very large, agreement up to rounding decides nothing', () => {
  expect(compareTensors(row(0), row(1e-6), 1e8).verdict).toBe('unclear')
})

test('what is not finite is never the same', () => {
  for (const bad of [Number.NaN, Number.POSITIVE_INFINITY]) {
    expect(compareTensors(row(bad), row(bad)).verdict).toBe('unclear')
    expect(compareTensors(row(1), row(bad)).verdict).toBe('unclear')
    expect(compareTensors(row(1), row(2), bad).verdict).toBe('unclear')
  }
})

test('arrays of different extents are different', () => {
  expect(compareTensors(row(1, 2), tensors.create(2, 1, [1, 2])).verdict).toBe('different')
})
