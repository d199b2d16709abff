import { expect, test } from 'vitest'
import { axesOf, nestedBy, shownAxes } from '../../src/cli/axes.js'
import { SCALAR, shapeOf } from '../../src/expr/shape.js'

test('vectors have one axis, scalars none, matrices two', () => {
  expect(axesOf(SCALAR)).toEqual([])
  expect(axesOf(shapeOf('n'))).toEqual(['n'])
  expect(axesOf(shapeOf(1, 'n'))).toEqual(['n'])
  expect(axesOf(shapeOf('m', 'n'))).toEqual(['m', 'n'])
})

test('a matrix that was declared as one keeps an axis of one', () => {
  expect(axesOf(shapeOf(1, 'n'), true)).toEqual([1, 'n'])
  expect(axesOf(SCALAR, true)).toEqual([1, 1])
})

test('a size is a number where it has one', () => {
  expect(shownAxes(['n', 'n+1', 'm', 4], new Map([['n', 3]]))).toEqual([3, 4, 'm', 4])
})

test('entries are nested outermost axis first', () => {
  expect(nestedBy([], [7])).toBe(7)
  expect(nestedBy([3], [1, 2, 3])).toEqual([1, 2, 3])
  expect(nestedBy([2, 3], [1, 2, 3, 4, 5, 6])).toEqual([
    [1, 2, 3],
    [4, 5, 6],
  ])
  expect(nestedBy([2, 1, 2], [1, 2, 3, 4])).toEqual([[[1, 2]], [[3, 4]]])
})
