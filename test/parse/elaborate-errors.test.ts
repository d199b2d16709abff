import { expect, test } from 'vitest'
import { problemOf, readProblem } from '../../src/parse/problem.js'
import { pointed } from './shown.js'

const latex = String.raw
const SHAPES = latex`W \in \mathbb{R}^{m \times n}, x \in \mathbb{R}^n, b \in \mathbb{R}^m, c \in \mathbb{R}^k, s \in \mathbb{R} \\ `

test.each([
  // Shapes: the place is the smallest one where they part.
  ['z = W x + W b', 'ShapeError shape-clash: W b'],
  ['z = W x + c', 'ShapeError shape-clash: W x + c'],
  ['z = x + s', 'ShapeError shape-clash: x + s'],
  ['z = x x', 'ShapeError shape-clash: x x'],
  [latex`z = x \odot b`, latex`ShapeError shape-clash: x \odot b`],
  ['z = x^2', 'ShapeError shape-clash: x^2'],
  [latex`z = \frac{1}{x}`, 'ShapeError shape-clash: x'],
  [latex`z = x^x`, 'ShapeError shape-clash: x'],
  [latex`z = \operatorname{tr}(W)`, 'ShapeError shape-clash: W'],
  ['b = W^T x', 'ShapeError shape-clash: W^T x'],
  ['c = W x', 'ShapeError shape-clash: c = W x'],
  [latex`z = \sum_{i=1}^m x_i`, 'ShapeError shape-clash: i'],
  [latex`z = \sum_{i=1}^{k} W_{ij}`, 'NameError unknown-index: j'],
  // Names.
  ['p = q + 1 \\\\ q = 2p', 'NameError cyclic-definition: p = q + 1'],
  ['p = s \\\\ p = 2s', 'NameError defined-twice: p'],
  [latex`p = \operatorname{sofmax}(x)`, latex`NameError undefined-function: \operatorname{sofmax}`],
  ['p = g(x, b)', 'NameError undefined-function: g'],
  ['p = g(q) \\\\ g(t) = h(t) \\\\ h(t) = g(t)', 'NameError cyclic-definition: g(t) = h(t)'],
  [latex`p = s^2 \\ \frac{\partial p}{\partial r}`, 'NameError unknown-name: r'],
  [latex`\frac{\partial q}{\partial s}`, 'NameError unknown-name: q'],
  [latex`p = W x \\ \frac{\partial p}{\partial W_1}`, 'NameError unsupported-variable: W_1'],
  // What is understood and not offered.
  [latex`p = \int_0^1 s`, latex`NameError unsupported-operator: \int_0^1 s`],
  [latex`p = s \pm 1`, latex`NameError unsupported: s \pm 1`],
  [latex`p = [1, \dots, s]`, latex`NameError unsupported: \dots`],
  [latex`T \in \mathbb{R}^{2 \times 3 \times 4}`, 'ParseError tensor-shape: 2 \\times 3 \\times 4'],
])('%s: %s', (text, expected) => {
  const source = SHAPES + text
  expect(pointed(source, () => readProblem(source))).toBe(expected)
})

function errorOf(read: () => unknown): { message: string; hint?: string; notes: readonly string[] } {
  try {
    read()
  } catch (error) {
    return error as { message: string; hint?: string; notes: readonly string[] }
  }
  throw new Error('nothing was raised')
}

test('a clash names both shapes and what to do', () => {
  expect(errorOf(() => readProblem(`${SHAPES}z = W^T x`))).toMatchObject({
    message: 'cannot multiply n×m by n×1',
    hint: 'transpose the left factor, or write \\odot for the product entry by entry',
    notes: ['the inner sizes are m and n'],
  })
  expect(errorOf(() => readProblem(`${SHAPES}z = x + s`))).toMatchObject({
    message: 'cannot add n×1 and scalar',
    hint: 'write the scalar times \\mathbf{1} where every entry is meant',
  })
})

test('a slip in a name is met with the name that was meant', () => {
  expect(errorOf(() => readProblem('f = sigmod(x)')).hint).toBe('did you mean sigmoid?')
  expect(errorOf(() => readProblem('loss = w^2\ndlos/dw')).hint).toBeDefined()
  const request = { syntax: 'plain', decls: [{ name: 'W1', shape: [] }], expr: 'W1^2', wrt: 'W2' } as const
  expect(errorOf(() => problemOf(request))).toMatchObject({
    message: 'nothing called W2 occurs in the formulas',
    hint: 'did you mean W1?',
  })
})

test('the error of a request says which field it is in, and counts from its start', () => {
  const request = {
    syntax: 'latex',
    decls: ['x \\in \\mathbb{R}^n'],
    defs: ['a = x', 'b = x x'],
    expr: 'b',
    wrt: 'x',
  } as const
  const error = errorOf(() => problemOf(request)) as { span?: unknown; notes: readonly string[] }
  expect(error.span).toEqual({ from: 4, to: 7 })
  expect(error.notes).toContain('in definition: b = x x')
})

test('a document passes over what is not offered and says so; pure formulas do not', () => {
  const source = latex`$f = \int x dx$ and $g = x^2$, $\frac{\partial g}{\partial x}$`
  const problem = readProblem(source, { kind: 'markdown' })
  expect(problem.definitions.map(({ symbol }) => symbol.name)).toEqual(['g'])
  expect(problem.readings.map(({ what }) => what)).toContain('a line was passed over')
})

test('a document of 20,000 chained definitions in reverse order is put in order', () => {
  const lines = Array.from({ length: 20_000 }, (_, i) => `z_${20_000 - i} = z_${19_999 - i} + 1`)
  const problem = readProblem(lines.join('\n'), { limits: { ...LIMITS, tokens: 1_000_000 } })
  expect(problem.definitions.length).toBe(20_000)
  expect(problem.definitions[0]!.symbol.name).toBe('z_1')
})

const LIMITS = {
  sourceLength: 1 << 22,
  tokens: 200_000,
  nesting: 1000,
  macroDepth: 64,
  macros: 256,
  printedNodes: 20_000,
  matrixCells: 4096,
  milliseconds: 60_000,
}

test.each(['(', 'sin(', '-(', '2*('])('%s nested as deep as the limit allows overflows nothing', opening => {
  const source = `f = ${opening.repeat(990)}x${')'.repeat(990)}`
  expect(readProblem(source).definitions.length).toBe(1)
})

test('functions that unfold without measure are stopped', () => {
  const source = [
    'f_0(v) = norm2(v)*v',
    ...Array.from({ length: 30 }, (_, i) => `f_${i + 1}(v) = f_${i}(v) + f_${i}(2*v)`),
    'y = f_30(x)',
  ].join('\n')
  expect(pointed(source, () => readProblem(source, { limits: { ...LIMITS, tokens: 20_000 } }))).toMatch(
    /^LimitError/,
  )
})
