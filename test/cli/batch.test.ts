import { expect, test } from 'vitest'
import { answers, derive, plain } from './batch-requests.js'

/** What is asked in LaTeX and in plain text, and the answer worked out by hand. */
const CASES = [
  {
    title: 'a cubic',
    latex: { decls: ['t \\in \\mathbb{R}'], expr: 't^3 - 2t' },
    plain: { decls: [plain('t')], expr: 't^3 - 2*t' },
    wrt: 't',
    bindings: { t: 2 },
    expected: { value: 10, shape: [], plain: '3*t^2 - 2', latex: '3t^{2} - 2' },
  },
  {
    title: 'a quadratic form',
    latex: { decls: ['x \\in \\mathbb{R}^n', 'A \\in \\mathbb{R}^{n \\times n}'], expr: 'x^\\top A x' },
    plain: { decls: [plain('x', 'n'), plain('A', 'n', 'n')], expr: "x'*A*x" },
    wrt: 'x',
    dims: { n: 2 },
    bindings: {
      x: [1, 2],
      A: [
        [1, 2],
        [0, 3],
      ],
    },
    expected: { value: [6, 14], shape: [2], plain: "(A + A')*x", latex: '(A + A^\\top)x' },
  },
  {
    title: 'a quadratic form with a symmetric matrix',
    latex: {
      decls: ['x \\in \\mathbb{R}^n', 'A \\in \\mathbb{R}^{n \\times n}'],
      assume: ['A = A^\\top'],
      expr: 'x^\\top A x',
    },
    plain: { decls: [plain('x', 'n'), plain('A', 'n', 'n')], assume: ["A = A'"], expr: "x'*A*x" },
    wrt: 'x',
    dims: { n: 2 },
    bindings: {
      x: [1, 2],
      A: [
        [1, 2],
        [2, 3],
      ],
    },
    expected: { value: [10, 16], shape: [2], plain: '2*A*x', latex: '2A x' },
  },
  {
    title: 'a layer, by its weights',
    latex: {
      decls: ['W \\in \\mathbb{R}^{m \\times n}', 'x \\in \\mathbb{R}^n', 'y \\in \\mathbb{R}^m'],
      defs: ['z = W x', 'L = \\tfrac12 \\|z - y\\|^2'],
      expr: 'L',
    },
    plain: {
      decls: [plain('W', 'm', 'n'), plain('x', 'n'), plain('y', 'm')],
      defs: ['z = W*x', 'L = 1/2*norm2(z - y)^2'],
      expr: 'L',
    },
    wrt: 'W',
    dims: { m: 2, n: 3 },
    bindings: {
      W: [
        [1, 0, 0],
        [0, 1, 0],
      ],
      x: [1, 2, 3],
      y: [0, 0],
    },
    expected: {
      value: [
        [1, 2, 3],
        [2, 4, 6],
      ],
      shape: [2, 3],
      plain: "(z - y)*x'",
      latex: '(z - y)x^\\top',
    },
  },
  {
    title: 'a Jacobian',
    latex: { decls: ['x \\in \\mathbb{R}^n', 'B \\in \\mathbb{R}^{m \\times n}'], expr: 'B x' },
    plain: { decls: [plain('x', 'n'), plain('B', 'm', 'n')], expr: 'B*x' },
    wrt: 'x',
    dims: { m: 2, n: 3 },
    bindings: {
      x: [1, 2, 3],
      B: [
        [1, 2, 3],
        [4, 5, 6],
      ],
    },
    expected: {
      value: [
        [1, 2, 3],
        [4, 5, 6],
      ],
      shape: [2, 3],
      plain: 'B',
      latex: 'B',
      layout: 'numerator',
    },
  },
  {
    title: 'a vector by a matrix',
    latex: { decls: ['x \\in \\mathbb{R}^n', 'B \\in \\mathbb{R}^{m \\times n}'], expr: 'B x' },
    plain: { decls: [plain('x', 'n'), plain('B', 'm', 'n')], expr: 'B*x' },
    wrt: 'B',
    dims: { m: 2, n: 3 },
    bindings: {
      x: [5, 7, 9],
      B: [
        [1, 2, 3],
        [4, 5, 6],
      ],
    },
    expected: {
      value: [
        [
          [5, 7, 9],
          [0, 0, 0],
        ],
        [
          [0, 0, 0],
          [5, 7, 9],
        ],
      ],
      shape: [2, 2, 3],
      plain: 'd(B*x) = dB*x',
      latex: '\\mathrm{d}(B x) = \\mathrm{d}B x',
    },
  },
  {
    title: 'a Hessian',
    latex: { decls: ['x \\in \\mathbb{R}^n'], expr: 'x^\\top x \\, x^\\top x' },
    plain: { decls: [plain('x', 'n')], expr: "(x'*x)*(x'*x)" },
    wrt: 'x',
    order: 2,
    dims: { n: 2 },
    bindings: { x: [1, 2] },
    expected: {
      value: [
        [28, 16],
        [16, 52],
      ],
      shape: [2, 2],
    },
  },
  {
    title: 'a sum over a family',
    latex: {
      decls: ['x_i \\in \\mathbb{R}^d,\\; i = 1, \\dots, N', 'w \\in \\mathbb{R}^d'],
      expr: '\\sum_{i=1}^{N} (w^\\top x_i)^2',
    },
    plain: {
      decls: [{ name: 'x', shape: ['N', 'd'], family: 'i' }, plain('w', 'd')],
      expr: "sum(i=1:N, (w'*x[i])^2)",
    },
    wrt: 'w',
    dims: { d: 2, N: 3 },
    bindings: {
      x: [
        [1, 0],
        [0, 1],
        [1, 1],
      ],
      w: [2, 3],
    },
    expected: { value: [14, 16], shape: [2] },
  },
]

test.each(CASES)(
  '$title is answered alike in both syntaxes',
  async ({ latex, plain: text, wrt, dims, bindings, order = 1, expected }) => {
    const common = { wrt, dims: dims ?? {}, bindings, order }
    const [first, second] = await answers([
      derive('latex', { ...common, syntax: 'latex', ...latex }),
      derive('plain', { ...common, ...text }),
    ])
    for (const answer of [first, second]) {
      expect(answer.error).toBe(undefined)
      expect(answer).toMatchObject(expected)
      expect(answer.check.status).toBe('agrees')
    }
  },
)

test('values of plain formulas may have the names that LaTeX gives them', async () => {
  const request = derive('t', {
    decls: [plain('rho'), plain('w11'), plain('b1')],
    expr: 'rho*w11^2 + b1',
    wrt: 'w11',
    bindings: { '\\rho': 3, 'w_{11}': 5, b_1: 7 },
  })
  const [answer] = await answers([request], ['--no-verify'])
  expect(answer.value).toBe(30)
})

test('the value is that of what was printed, in nested lists of the shape', async () => {
  const request = derive('t', {
    decls: [plain('A', 'n', 'n'), plain('X', 'n', 'm')],
    expr: "tr(X'*A*X)",
    wrt: 'X',
    dims: { n: 3, m: 2 },
    bindings: {
      A: [
        [1, 0, 2],
        [0, 1, 0],
        [0, 0, 1],
      ],
      X: [
        [1, 2],
        [3, 4],
        [5, 6],
      ],
    },
  })
  const [answer] = await answers([request], ['--no-verify'])
  expect(answer.shape).toEqual([3, 2])
  expect(answer.value).toEqual([
    [12, 16],
    [6, 8],
    [12, 16],
  ])
  expect(answer.check).toBe(undefined)
})

test('sizes without a number are shown by name, and nothing is evaluated without bindings', async () => {
  const [answer] = await answers([
    derive('s', { decls: [plain('A', 'm', 'n')], expr: 'sum(A)', wrt: 'A', dims: { m: 2 } }),
  ])
  expect(answer.shape).toEqual([2, 'n'])
  expect('value' in answer).toBe(false)
})

test('a layout that was asked for transposes the answer, and is named', async () => {
  const decls = [plain('x', 'n'), plain('B', 'm', 'n'), plain('X', 'm', 'n')]
  const bindings = {
    x: [1, 2],
    B: [
      [1, 2],
      [3, 4],
      [5, 6],
    ],
    X: [
      [1, 2],
      [3, 4],
      [5, 6],
    ],
  }
  const common = { decls, bindings, dims: { m: 3, n: 2 } }
  const [row, jacobian, numerator] = await answers([
    derive('r', { ...common, expr: 'norm2(X)^2', wrt: 'X', layout: 'numerator' }),
    derive('d', { ...common, expr: 'B*x', wrt: 'x', layout: 'denominator' }),
    derive('n', { ...common, expr: 'B*x', wrt: 'x', layout: 'numerator' }),
  ])
  expect(row).toMatchObject({
    layout: 'numerator',
    shape: [2, 3],
    value: [
      [2, 6, 10],
      [4, 8, 12],
    ],
    plain: "2*X'",
  })
  expect(jacobian).toMatchObject({
    layout: 'denominator',
    shape: [2, 3],
    value: [
      [1, 3, 5],
      [2, 4, 6],
    ],
    plain: "B'",
  })
  expect(numerator).toMatchObject({ layout: 'numerator', shape: [3, 2], plain: 'B' })
})

test('the assumptions that were used are listed, in LaTeX', async () => {
  const request = derive('a', {
    syntax: 'latex',
    decls: ['x \\in \\mathbb{R}^n', 'A \\in \\mathbb{R}^{n \\times n}'],
    assume: ['A = A^\\top', 'x = x'],
    expr: 'x^\\top A x',
    wrt: 'x',
  })
  const [answer] = await answers([request])
  expect(answer.assumptions).toEqual(['A = A^\\top'])
})

test('answers come in the order of the requests, and a bad one ends nothing', async () => {
  const good = derive('good', { decls: [plain('x', 'n')], expr: "x'*x", wrt: 'x' })
  const found = await answers([
    good,
    '{',
    '[]',
    '"text"',
    'null',
    '',
    '   ',
    { id: 'task', task: 'fly' },
    { id: 'check', task: 'check', syntax: 'latex', decls: [], lines: ['x = x'] },
    derive('field', { expr: 3, wrt: 'x' }),
    derive('syntax', { decls: [plain('x', 'n')], expr: "(x'*x", wrt: 'x' }),
    derive('name', { decls: [plain('x', 'n')], expr: "x'*x", wrt: 'q' }),
    derive('shape', { decls: [plain('A', 3, 4), plain('B', 5, 2)], expr: 'sum(A*B)', wrt: 'A' }),
    derive('binding', { decls: [plain('x', 'n')], expr: "x'*x", wrt: 'x', bindings: { x: [[1, 2], [3]] } }),
    derive('missing', {
      decls: [plain('x', 'n'), plain('y', 'n')],
      expr: "x'*y",
      wrt: 'x',
      bindings: { x: [1, 2] },
    }),
    { ...good, id: 7 },
  ])
  expect(found.map(({ id }) => id)).toEqual([
    'good',
    null,
    null,
    null,
    null,
    'task',
    'check',
    'field',
    'syntax',
    'name',
    'shape',
    'binding',
    'missing',
    7,
  ])
  expect(found.map(({ error, valueError }) => (error ?? valueError)?.code)).toEqual([
    undefined,
    'not-json',
    'wrong-request',
    'wrong-request',
    'wrong-request',
    'wrong-request',
    undefined,
    'wrong-request',
    'unbalanced',
    expect.any(String),
    'shape-clash',
    'bad-binding',
    'no-value',
    undefined,
  ])
  for (const { error } of found) {
    if (error === undefined) continue
    expect(Object.keys(error).every(key => ['code', 'message', 'span', 'hint'].includes(key))).toBe(true)
    expect(error.message).not.toMatch(/\n|\.[jt]s:\d/)
  }
  expect(found[10].error.message).toContain('3×4')
})

test('a definition without a name on its left is refused, not passed over', async () => {
  const [answer] = await answers([
    derive('implicit', {
      decls: [plain('x', 'n'), plain('A', 'n', 'n')],
      defs: ['A*y = x'],
      expr: "y'*y",
      wrt: 'x',
    }),
  ])
  expect(answer.error).toMatchObject({ code: 'defines-nothing', span: { from: 0, to: 7 } })
})
