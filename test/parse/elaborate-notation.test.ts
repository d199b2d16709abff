import { describe, expect, test } from 'vitest'
import type { Expr } from '../../src/expr/node.js'
import { problemOf } from '../../src/parse/problem.js'
import { pointed, shown } from './shown.js'

const latex = String.raw

const SIZES = { m: 2, n: 3, p: 2, q: 2, d: 3 }
const DECLARED: readonly (readonly [string, readonly string[]])[] = [
  ['s', []],
  ['t', []],
  ['z', []],
  ['\\tau', []],
  ['x', ['n']],
  ['y', ['n']],
  ['a', ['m+n']],
  ['b', ['m']],
  ['w', ['mn']],
  ['X', ['m', 'n']],
  ['A', ['n', 'n']],
  ['C', ['mp', 'nq']],
  ['B', ['p', 'q']],
  ['Y', ['n', 'd']],
]
const decls = DECLARED.map(([name, shape]) => ({ name, shape }))
const plainDecls = decls.map(({ name, shape }) => ({ name: name.replace('\\', ''), shape }))

function ofLatex(expr: string) {
  return problemOf({ syntax: 'latex', decls, defs: [], expr, wrt: 'x', dims: SIZES })
}

function ofPlain(expr: string): Expr {
  const problem = problemOf({
    syntax: 'plain',
    decls: plainDecls,
    defs: [],
    expr,
    wrt: 'x',
    dims: SIZES,
  })
  return problem.questions[0]!.of
}

const same: readonly (readonly [written: string, meant: string])[] = [
  [latex`\operatorname{softmax}_\tau(x)`, 'softmax(x/tau)'],
  [latex`\operatorname{ELU}_s(x)`, 'elu(x, s)'],
  [latex`\operatorname{LeakyReLU}_s(x)`, 'leakyrelu(x, s)'],
  [latex`\operatorname{CELU}_s(x)`, 'celu(x, s)'],
  [latex`\operatorname{softplus}_s(x)`, 'softplus(s*x)/s'],
  [latex`\operatorname{Huber}_s(x)`, 'huber(x, s)'],
  [latex`\sum_{i=1}^n y_i \operatorname{softmax}_i(x)`, 'sum(i=1:n, y[i]*softmax(x)[i])'],
  [latex`\tanh^{-1}(s)`, 'arctanh(s)'],
  [latex`2^{x}`, 'exp(log(2)*x)'],
  [latex`x^{\odot y}`, 'exp(y .* log(x))'],
  [latex`[x]_+`, 'max(0, x)'],
  [latex`(x - y)_+^2`, 'max(0, x - y).^2'],
  [latex`\sum_{i=1}^n 1_{\{x_i > 0\}} y_i`, 'sum(i=1:n, (x[i] > 0)*y[i])'],
  [latex`\sum_{i=1}^n \mathbf{1}_{x_i > 0} y_i`, 'sum(i=1:n, (x[i] > 0)*y[i])'],
  [latex`I(s > 0) t`, '(s > 0)*t'],
  [latex`\max_i x_i`, 'max(x)'],
  [latex`\min_{1 \le i \le n} x_i y_i`, 'min(x .* y)'],
  [latex`\max_{i,j} X_{ij}`, 'max(X)'],
  [latex`e^{s}(s t)`, 'exp(s)*(s*t)'],
  [latex`|x|^2`, 'norm2(x)^2'],
  [latex`\|x\|_\infty`, 'norminf(x)'],
  [latex`\|x\|_3`, 'norm(x, 3)'],
  [latex`\| |x| \|`, 'norm2(abs(x))'],
  [latex`| |s| - 1 |`, 'abs(abs(s) - 1)'],
  [latex`|s + |t||`, 'abs(s + abs(t))'],
  [latex`a^\top [b; x]`, "a'*[b; x]"],
  [latex`\operatorname{vec}(X)^\top w`, "vec(X)'*w"],
  [latex`C - X \otimes B`, 'C - kron(X, B)'],
]

test.each([
  ['σ(s)', 'sigmoid(s)'],
  ['sigma(s)', 'sigmoid(s)'],
  ['norm2(X₁σ(Aᵀx))', "norm2(X_1*sigmoid(A'*x))"],
  ['s²t', 's^2*t'],
])('in plain text %s means %s', (written, meant) => {
  const more = [...plainDecls, { name: 'X_1', shape: ['m', 'n'] }]
  const read = (expr: string) =>
    problemOf({ syntax: 'plain', decls: more, defs: [], expr, wrt: 'x', dims: SIZES }).questions[0]!.of
  expect(read(written)).toBe(read(meant))
})

test.each(same)('%s means %s', (written, meant) => {
  expect(shown(ofLatex(written).questions[0]!.of)).toBe(shown(ofPlain(meant)))
})

describe('a sum', () => {
  test.each([
    [
      latex`-\sum_i y_i \ln x_i + (1 - y_i) \ln(1 - x_i)`,
      latex`-\sum_i \left( y_i \ln x_i + (1 - y_i) \ln(1 - x_i) \right)`,
    ],
    [latex`\frac1n \sum_i y_i - x_i + s`, latex`\frac1n \sum_i (y_i - x_i) + s`],
    [latex`\sum_i y_i + x_i + \sum_i x_i`, latex`\sum_i (y_i + x_i) + \sum_i x_i`],
  ])('takes in the terms behind it that use its index: %s', (written, meant) => {
    expect(ofLatex(written).questions[0]!.of).toBe(ofLatex(meant).questions[0]!.of)
  })

  test('ends where the index is not used', () => {
    expect(pointed(latex`\sum_i y_i + s + x_i`, () => ofLatex(latex`\sum_i y_i + s + x_i`))).toMatch(
      /^NameError loose-index/,
    )
  })
})

test.each([
  ['x_i^2', 'entry(x, i, 1)^2'],
  ['X_{ij}', 'entry(X, i, j)'],
])('a free index selects from a declared array, with a power above it too: %s', (expr, meant) => {
  expect(shown(ofLatex(expr).questions[0]!.of)).toBe(meant)
})

test('in a longer formula a loose index is refused, and no name is made of it', () => {
  for (const expr of ['X_{ij} t', 'x_i t']) {
    expect(pointed(expr, () => ofLatex(expr))).toContain('NameError loose-index')
  }
})

test('sums inside one another are bounded', () => {
  const read = () => ofLatex('\\sum '.repeat(20_000) + 'x')
  expect(pointed('', read)).toContain('LimitError limit-nesting')
})

test('a loose index below a declared array in a definition is refused, not taken for a name', () => {
  const read = () =>
    problemOf({ syntax: 'latex', decls, defs: [latex`h = x_i^2`], expr: 'h', wrt: 'x', dims: SIZES })
  expect(pointed('', read)).toContain('NameError loose-index')
})

describe('a definition for each value of a letter', () => {
  const defined = (def: string) =>
    problemOf({ syntax: 'latex', decls, defs: [def], expr: 'h_1 + h_2', wrt: 'x', dims: SIZES })

  test.each([
    [latex`h_k = k x_{k+1},\; k = 1, 2`, ['(1 entry(x, 2, 1))', '(2 entry(x, 3, 1))']],
    [latex`h_k = X_{k,:} x,\; k = 1, 2`, ['(row(X, 1) @ x)', '(row(X, 2) @ x)']],
    [latex`h_k = A_{k,k+1},\; k = 1, 2`, ['entry(A, 1, 2)', 'entry(A, 2, 3)']],
  ])('puts the number where the letter stands: %s', (def, bodies) => {
    expect(defined(def).definitions.map(({ body }) => shown(body))).toEqual(bodies)
  })
})

test.each([
  [latex`\sin_2 s`, 'NameError undefined-function'],
  [latex`\tanh_1(s)`, 'NameError undefined-function'],
  [latex`\operatorname{softmax}_2(x)`, 'NameError unsupported'],
  [latex`2_{3} s`, 'NameError unsupported'],
  [latex`\mathbb{E}[x]`, 'NameError unsupported'],
  [latex`\mathbb{E}_{s \sim p}[s^2]`, 'NameError unsupported'],
  [latex`E[s^2]`, 'NameError unsupported'],
  [latex`P(s > 2)`, 'NameError unsupported'],
  [latex`\max_s s^2`, 'NameError unsupported'],
  [latex`\operatorname{round}(s)`, 'NameError unsupported'],
  [latex`\operatorname{sparsemax}(x)`, 'NameError unsupported'],
  [latex`\operatorname{rank}(A)`, 'NameError unsupported'],
  [latex`\|A\|_*`, 'NameError unsupported'],
  [latex`\|A\|_\infty`, 'ShapeError unsupported'],
  [latex`\operatorname{BCE}(x, y)`, 'ShapeError shape-clash'],
])('%s is refused with its place', (written, error) => {
  const found = pointed(written, () => ofLatex(written))
  expect(found).toContain(error)
  expect(found).not.toContain('no place')
})
