import { expect, test } from 'vitest'
import { answers, derive } from './batch-requests.js'

const TRIVIAL = [
  [
    'x^\\top y',
    'x',
    2,
    '0',
    [
      [0, 0],
      [0, 0],
    ],
  ],
  ['s', 'x', 1, '0', [0, 0]],
  ['\\operatorname{sum}(v)', 'x', 1, '0', [0, 0]],
  [
    'x',
    'v',
    1,
    '0',
    [
      [0, 0, 0],
      [0, 0, 0],
    ],
  ],
  ['\\operatorname{sum}(x)', 'x', 1, '\\mathbf{1}', [1, 1]],
  [
    '\\operatorname{sum}(A)',
    'A',
    1,
    '\\mathbf{1}',
    [
      [1, 1, 1],
      [1, 1, 1],
    ],
  ],
  ['x_1', 'x', 1, 'e_{1}', [1, 0]],
  ['x_1 + s', 'x', 1, 'e_{1}', [1, 0]],
  ['x_n', 'x', 1, 'e_{n}', [0, 1]],
  [
    '\\operatorname{sum}(B^{-1})',
    'B',
    1,
    undefined,
    [
      [-6, 4],
      [3, -2],
    ],
  ],
  ['\\sum_{i=1}^{n-1}(x_{i+1}-x_i)^2', 'x', 1, undefined, [-4, 4]],
] as const

test.each(TRIVIAL)('%s by %s has a value of the expected shape', async (expr, wrt, order, latex, value) => {
  const decls = ['x, y \\in \\mathbb{R}^n', 'v \\in \\mathbb{R}^3', 's \\in \\mathbb{R}']
  decls.push('A \\in \\mathbb{R}^{n \\times 3}', 'B \\in \\mathbb{R}^{n \\times n}')
  const bindings = {
    x: [1, 3],
    y: [3, 4],
    v: [5, 6, 7],
    s: 8,
    A: [
      [1, 2, 3],
      [4, 5, 6],
    ],
    B: [
      [1, 2],
      [3, 5],
    ],
  }
  const fields = { syntax: 'latex', decls, expr, wrt, order, bindings }
  const [answer] = await answers([derive('t', fields)])
  expect(answer.error).toBe(undefined)
  expect(answer.valueError).toBe(undefined)
  expect(answer.check.status).toBe('agrees')
  if (latex !== undefined) expect(answer.latex).toBe(latex)
  for (const [k, entry] of answer.value.flat().entries()) expect(entry).toBeCloseTo([value].flat(2)[k]!, 9)
  expect(answer.value.length).toBe(value.length)
})

test('what has no value at the numbers given is still differentiated', async () => {
  const one = (id: string, decls: readonly string[], expr: string, wrt: string, bindings: object) =>
    derive(id, { syntax: 'latex', decls, expr, wrt, bindings })
  const found = await answers([
    one('f', ['x \\in \\mathbb{R}', 'f : \\mathbb{R} \\to \\mathbb{R}'], 'f(x)', 'x', { x: 1 }),
    one('root', ['x \\in \\mathbb{R}'], 'x^{1/3}', 'x', { x: -8 }),
    one('norm', ['x \\in \\mathbb{R}^n'], '\\|x\\|', 'x', { x: [0, 0] }),
    one('inverse', ['B \\in \\mathbb{R}^{n \\times n}'], '\\operatorname{tr}(B^{-1})', 'B', {
      B: [
        [1, 2],
        [2, 4],
      ],
    }),
  ])
  const codes = ['no-value', 'outside-domain', 'outside-domain', 'singular-matrix']
  for (const [k, answer] of found.entries()) {
    expect(answer).toMatchObject({ valueError: { code: codes[k] }, check: { status: 'agrees' } })
    expect(answer.latex).not.toBe('')
    expect(answer.plain).not.toBe('')
    expect(answer).not.toHaveProperty('value')
    expect(answer).not.toHaveProperty('error')
  }
})
