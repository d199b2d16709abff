import { expect, test } from 'vitest'
import { cover, placeOf } from '../../src/base/span.js'

test.each([
  ['a newline', 'ab\ncd'],
  ['a carriage return', 'ab\rcd'],
])('%s ends a line', (_, source) => {
  expect(placeOf(source, 2)).toEqual({ line: 1, column: 3 })
  expect(placeOf(source, 3)).toEqual({ line: 2, column: 1 })
  expect(placeOf(source, 4)).toEqual({ line: 2, column: 2 })
})

test('a carriage return and a newline end one line together', () => {
  const source = 'ab\r\ncd\r\n\r\ne'
  expect(placeOf(source, 4)).toEqual({ line: 2, column: 1 })
  expect(placeOf(source, 8)).toEqual({ line: 3, column: 1 })
  expect(placeOf(source, 10)).toEqual({ line: 4, column: 1 })
})

test('an empty text has its one place, and an offset past the end is the end', () => {
  expect(placeOf('', 0)).toEqual({ line: 1, column: 1 })
  expect(placeOf('a\nbc', 99)).toEqual({ line: 2, column: 3 })
})

test('columns count code units, as offsets do', () => {
  expect(placeOf('𝑥y', 2)).toEqual({ line: 1, column: 3 })
})

test('the cover of two spans reaches from the first start to the last end', () => {
  expect(cover({ from: 5, to: 9 }, { from: 2, to: 6 })).toEqual({ from: 2, to: 9 })
})
