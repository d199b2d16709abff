import { expect, test } from 'vitest'
import type { ProblemRequest } from '../../src/parse/options.js'
import { problemOf, readProblem } from '../../src/parse/problem.js'
import { shapes } from './shown.js'

const MATRICES: ProblemRequest = {
  syntax: 'plain',
  decls: [
    { name: 'X', shape: ['n', 'm'] },
    { name: 'y', shape: ['n'] },
  ],
  defs: [],
  expr: "sum(X'*y)",
  wrt: 'X',
  bindings: {
    X: [
      [1, 2],
      [3, 4],
    ],
    y: [5, 6],
  },
}

test.each([
  ['given', { m: 2, n: 2 }],
  ['taken from the values', undefined],
])('two letters of one size stay two letters, the sizes %s', (_, dims) => {
  const problem = problemOf({ ...MATRICES, dims })
  expect(shapes(problem)).toEqual({ X: 'n×m', y: 'n×1' })
  expect(Object.fromEntries(problem.sizes)).toEqual({ m: 2, n: 2 })
  expect([...problem.values].map(([symbol, value]) => [symbol.name, value])).toEqual([
    [
      'X',
      [
        [1, 2],
        [3, 4],
      ],
    ],
    ['y', [[5], [6]]],
  ])
})

test.each([
  [{ p: 2, q: 1 }, [[1], [2]]],
  [{ p: 1, q: 2 }, [[1, 2]]],
  [{ p: 1, q: 1 }, [[3]]],
  [undefined, [[1], [2]]],
])('a matrix may have a side of length 1: %j', (dims, value) => {
  const problem = problemOf({
    syntax: 'plain',
    decls: [{ name: 'X', shape: ['p', 'q'] }],
    expr: 'sum(X)',
    wrt: 'X',
    dims,
    bindings: { X: value },
  })
  expect(shapes(problem)).toEqual({ X: 'p×q' })
  expect([...problem.values.values()]).toEqual([value])
})

test.each([[[3]], [[[3]]], [3]])('a vector may have one entry: %j', value => {
  for (const dims of [{ n: 1 }, undefined]) {
    const problem = problemOf({
      syntax: 'plain',
      decls: [{ name: 'x', shape: ['n'] }],
      expr: "x'*x",
      wrt: 'x',
      dims,
      bindings: { x: value },
    })
    expect(shapes(problem)).toEqual({ x: 'n×1' })
    expect([...problem.values.values()]).toEqual([[[3]]])
    expect(Object.fromEntries(problem.sizes)).toEqual({ n: 1 })
  }
})

test('a sum of sizes gives the size it is made of', () => {
  const request: ProblemRequest = {
    syntax: 'plain',
    decls: [{ name: 'x', shape: ['n+1'] }],
    expr: "x'*x",
    wrt: 'x',
    bindings: { x: [1, 2, 3] },
  }
  expect(Object.fromEntries(problemOf(request).sizes)).toEqual({ n: 2 })
  expect(Object.fromEntries(problemOf({ ...request, dims: { n: 2 } }).sizes)).toEqual({ n: 2 })
  expect(() => problemOf({ ...request, dims: { n: 3 } })).toThrow('x is n+1×1, but its value is 3×1')
})

test('values that do not fit the sizes are an error that names them', () => {
  expect(() => problemOf({ ...MATRICES, dims: { m: 3 } })).toThrow('X is n×m, but its value is 2×2')
  expect(() => problemOf({ ...MATRICES, bindings: { X: [[1, 2]], y: [1, 2] } })).toThrow(
    'y is n×1, but its value is 2×1',
  )
})

test('a 2 that stands for one letter leaves another 2 free to stand for another', () => {
  const problem = readProblem('f = sum(u + a)\ng = sum(v + b)', {
    dialect: 'plain',
    declarations: [
      { name: 'u', shape: ['m'] },
      { name: 'v', shape: ['n'] },
      { name: 'a', shape: [2] },
      { name: 'b', shape: [2] },
    ],
    sizes: { m: 2, n: 2 },
  })
  expect(shapes(problem)).toMatchObject({ u: 'm×1', v: 'n×1', a: 'm×1', b: 'n×1' })
})
