import { describe, expect, it } from 'vitest'
import { loadTensors } from '../../src/tensor/load.js'
import { cases } from './cases.js'
import { pointsOf } from './points.js'
import { distance, toGrid, toTensor } from './reference.js'

const tensors = await loadTensors()

/** Operations the numeric side has beside those a trace has too; `edges.test.ts` is about them. */
const numericOnly = [
  'at',
  'create',
  'fromNested',
  'isFinite',
  'map',
  'rowArgmax',
  'scalar',
  'scalarValue',
  'toNested',
  'zip',
]

describe('every operation on numbers', () => {
  it('has a case', () => {
    const covered = [...new Set<string>(cases.map(({ operation }) => operation)), ...numericOnly]
    expect(covered.sort()).toEqual(Object.keys(tensors).sort())
  })

  it.each(cases.map(one => [one.title, one] as const))('%s has its textbook value', (_, one) => {
    for (const point of pointsOf(one, 10)) {
      const found = one.apply(tensors, ...point.map(toTensor))
      expect(distance(toGrid(found), one.value(...point))).toBeLessThan(1e-12)
      expect(Object.isFrozen(found)).toBe(true)
    }
  })

  it.each(cases.map(one => [one.title, one] as const))('%s leaves its arguments alone', (_, one) => {
    const point = pointsOf(one, 1)[0]!
    const given = point.map(toTensor)
    one.apply(tensors, ...given)
    expect(given.map(toGrid)).toEqual(point)
  })
})
