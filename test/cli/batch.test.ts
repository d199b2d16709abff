import { expect, test } from 'vitest'
import { run } from './harness.js'

const answers = async (requests: readonly unknown[], args: readonly string[] = []) => {
  const input = requests
    .map(request => (typeof request === 'string' ? request : JSON.stringify(request)))
    .join('\n')
  const { code, out, err } = await run(['batch', ...args], { input })
  expect(err).toBe('')
  expect(code).toBe(0)
  return out
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line))
}

const derive = (id: string, fields: object) => ({ id, task: 'derive', syntax: 'plain', order: 1, ...fields })
const plain = (name: string, ...shape: (string | number)[]) => ({ name, shape })

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

test('whatever stands in a line, the batch goes on', async () => {
  const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`
  const found = await answers(
    [
      `{"id":${nested(5000)}}`,
      `{"id":${nested(100_000)},"task":"derive"}`,
      `{"id":1,"task":${nested(5000)}}`,
      `{"id":2,"task":"derive","decls":${nested(5000)},"expr":"x","wrt":"x"}`,
      '{"id":{"toJSON":1},"task":"derive","expr":1}',
      derive('last', { decls: [plain('x')], expr: 'x^2', wrt: 'x' }),
    ],
    ['--no-verify'],
  )
  expect(found.map(({ id }) => id)).toEqual([null, null, 1, 2, { toJSON: 1 }, 'last'])
  for (const k of [0, 1, 2, 3]) expect(found[k].error.code).toBe('too-deep')
  expect(found[5].plain).toBe('2*x')
})

test('hostile requests end in an error, not in a crash', async () => {
  const deep = `${'('.repeat(5000)}x${')'.repeat(5000)}`
  const found = await answers(
    [
      `${'['.repeat(100_000)}${']'.repeat(100_000)}`,
      derive('deep', { decls: [plain('x')], expr: deep, wrt: 'x' }),
      derive('long', { decls: [plain('x')], expr: `${'x + '.repeat(300_000)}x`, wrt: 'x' }),
      derive('proto', { decls: [plain('__proto__')], expr: '__proto__', wrt: '__proto__' }),
      derive('constructor', {
        decls: [plain('constructor')],
        expr: 'constructor^2',
        wrt: 'constructor',
        bindings: { constructor: 3 },
      }),
      derive('empty', { decls: [''], defs: [''], expr: '', wrt: '' }),
      derive('newline', { decls: [plain('x')], expr: 'x\n+\u0000x', wrt: 'x' }),
    ],
    ['--no-verify'],
  )
  expect(found.length).toBe(7)
  for (const { error } of found) expect(error?.code).not.toBe('internal')
  expect(found[4]).toMatchObject({ value: 6, shape: [] })
})

test('a request that arrives in pieces is one request, whatever ends its line', async () => {
  const line = JSON.stringify(derive('é', { decls: [plain('x', 'n')], expr: "x'*x", wrt: 'x' }))
  const bytes = new TextEncoder().encode(`${line}\r\n${line}`)
  const pieces = Array.from({ length: bytes.length }, (_, i) => bytes.subarray(i, i + 1))
  const { out } = await run(['batch', '--no-verify'], { input: pieces })
  const ids = out
    .trimEnd()
    .split('\n')
    .map(found => JSON.parse(found).id)
  expect(ids).toEqual(['é', 'é'])
})

test('bytes that are no text spoil their own line only', async () => {
  const good = new TextEncoder().encode(
    `\n${JSON.stringify(derive('x', { decls: [plain('x')], expr: 'x^2', wrt: 'x' }))}\n`,
  )
  const input = new Uint8Array([0xff, 0xfe, 0x00, ...good])
  const { out, code } = await run(['batch', '--no-verify'], { input })
  const [first, second] = out
    .trimEnd()
    .split('\n')
    .map(found => JSON.parse(found))
  expect(first.error.code).toBe('not-json')
  expect(second).toMatchObject({ id: 'x', plain: '2*x' })
  expect(code).toBe(0)
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
