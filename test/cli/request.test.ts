import { expect, test } from 'vitest'
import { UsageError } from '../../src/base/errors.js'
import { deriveRequest, idOf, taskOf } from '../../src/cli/request.js'

const minimal = { expr: "x'*x", wrt: 'x' }

test('what may be left out has a default', () => {
  expect(deriveRequest(minimal)).toEqual({
    problem: {
      syntax: 'latex',
      decls: [],
      assume: [],
      defs: [],
      expr: "x'*x",
      wrt: 'x',
      order: 1,
      dims: {},
      bindings: undefined,
    },
    layout: undefined,
    isMatrix: false,
  })
})

test.each([
  [{ decls: ['x \\in \\mathbb{R}^{1 \\times n}'] }, true],
  [{ decls: ['x \\in \\mathbb{R}^n', 'y \\in \\mathbb{R}^{1 \\times n}'] }, false],
  [{ decls: [{ name: 'x', shape: [1, 'n'] }] }, true],
  [{ decls: [{ name: 'x', shape: ['N', 'd'], family: 'i' }] }, false],
  [{ decls: [{ name: 'x', shape: ['n'] }] }, false],
])('%j declares a matrix: %j', (more, isMatrix) => {
  expect(deriveRequest({ ...minimal, ...more }).isMatrix).toBe(isMatrix)
})

test('null stands for a field that was left out', () => {
  const request = { ...minimal, decls: null, layout: null, dims: null, bindings: null, order: null }
  expect(deriveRequest(request)).toEqual(deriveRequest(minimal))
})

test('names such as __proto__ are names', () => {
  const request = JSON.parse(
    '{"expr": "x", "wrt": "x", "dims": {"__proto__": 3}, "bindings": {"constructor": [1, 2]}}',
  )
  const { dims, bindings } = deriveRequest(request).problem
  expect(Object.entries(dims!)).toEqual([['__proto__', 3]])
  expect(Object.entries(bindings!)).toEqual([['constructor', [1, 2]]])
})

test('nothing is inherited', () => {
  expect(idOf(Object.create({ id: 1 }))).toBe(null)
  expect(() => taskOf(Object.create({ task: 'derive' }))).toThrow(UsageError)
})

test.each([
  [{ wrt: 'x' }, 'expr must be a string, not nothing'],
  [{ ...minimal, wrt: 3 }, 'wrt must be a string, not 3'],
  [{ ...minimal, syntax: 'word' }, 'syntax must be one of latex, plain, not "word"'],
  [{ ...minimal, order: 3 }, 'order must be one of 1, 2, not 3'],
  [{ ...minimal, layout: 'rows' }, 'layout must be one of gradient, numerator, denominator, not "rows"'],
  [{ ...minimal, decls: 'x' }, 'decls must be a list, not "x"'],
  [{ ...minimal, decls: [3] }, 'decls[0] must be a string or an object with name and shape, not 3'],
  [
    { ...minimal, decls: [{ name: 'x', shape: [1, 2, 3] }] },
    'decls[0].shape must be a list of up to two sizes, not [1,2,3]',
  ],
  [{ ...minimal, dims: { n: 0 } }, 'dims.n must be a whole number above 0, not 0'],
  [
    { ...minimal, bindings: { x: ['1'] } },
    'bindings.x must be a number, a list of numbers, a list of rows, or a list of matrices, not ["1"]',
  ],
  ['text', 'a request must be an object in JSON'],
  [[minimal], 'a request must be an object in JSON'],
  [null, 'a request must be an object in JSON'],
])('%j is refused: %s', (request, message) => {
  expect(() => deriveRequest(request)).toThrow(expect.objectContaining({ code: 'wrong-request', message }))
})
