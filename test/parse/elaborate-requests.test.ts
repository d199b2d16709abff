import { expect, test } from 'vitest'
import { problemOf } from '../../src/parse/problem.js'
import { definitions, questions, shown } from './shown.js'

const latex = String.raw

/** Requests in both dialects: declarations, definitions, the function, the variable, and what they mean. */
const REQUESTS: readonly {
  readonly decls: readonly string[]
  readonly objects: readonly [string, readonly string[], string?][]
  readonly latex: readonly [string, string, (readonly string[])?]
  readonly plain: readonly [string, string, (readonly string[])?]
  readonly means: readonly string[]
}[] = [
  {
    decls: [latex`x \in \mathbb{R}`],
    objects: [['x', []]],
    latex: [latex`\sin(x)\cos(3x)`, 'x'],
    plain: ['sin(x)*cos(3*x)', 'x'],
    means: ['(sin(x) cos((3 x))) by x'],
  },
  {
    decls: [latex`x \in \mathbb{R}`, latex`y \in \mathbb{R}`],
    objects: [
      ['x', []],
      ['y', []],
    ],
    latex: [latex`x^2 y + y^3`, 'y'],
    plain: ['x^2*y + y^3', 'y'],
    means: ['((x^2 y) + y^3) by y'],
  },
  {
    decls: [latex`x \in \mathbb{R}^m`, latex`y \in \mathbb{R}^n`, latex`B \in \mathbb{R}^{m \times n}`],
    objects: [
      ['x', ['m']],
      ['y', ['n']],
      ['B', ['m', 'n']],
    ],
    latex: [latex`x^{\top} B y`, 'y'],
    plain: ["x'*B*y", 'y'],
    means: ["(x' @ B @ y) by y"],
  },
  {
    decls: [latex`x, a \in \mathbb{R}^{n}`, latex`\rho \in \mathbb{R}_{>0}`],
    objects: [
      ['x', ['n']],
      ['a', ['n']],
      ['rho', []],
    ],
    latex: [latex`\rho \left\| x - a \right\|`, 'a'],
    plain: ['rho*norm2(x - a)', 'a'],
    means: ['(rho norm-2((x + (-1 a)))) by a'],
  },
  {
    decls: [latex`A \in \mathbb{R}^{p \times m}`, latex`X \in \mathbb{R}^{m \times p}`],
    objects: [
      ['A', ['p', 'm']],
      ['X', ['m', 'p']],
    ],
    latex: [latex`\mathrm{tr}(A X) + \operatorname{tr}((A X)^{-1})`, 'X'],
    plain: ['tr(A*X) + tr(inv(A*X))', 'X'],
    means: ['(trace((A @ X)) + trace(inverse((A @ X)))) by X'],
  },
  {
    decls: [latex`a \in \mathbb{R}^{n}`, latex`x \in \mathbb{R}^{n}`, latex`y \in \mathbb{R}^{n}`],
    objects: [
      ['a', ['n']],
      ['x', ['n']],
      ['y', ['n']],
    ],
    latex: [latex`a^\top (x \odot y) + a^\top \tanh(x)`, 'x'],
    plain: ["a'*(x.*y) + a'*tanh(x)", 'x'],
    means: ["((a' @ (x .* y)) + (a' @ tanh(x))) by x"],
  },
  {
    decls: [
      latex`x_i \in \mathbb{R}^{d},\; i = 1, \dots, N`,
      latex`y_i \in \mathbb{R},\; i = 1, \dots, N`,
      latex`w \in \mathbb{R}^{d}`,
      latex`b \in \mathbb{R}`,
    ],
    objects: [
      ['x', ['N', 'd'], 'i'],
      ['y', ['N'], 'i'],
      ['w', ['d']],
      ['b', []],
    ],
    latex: [latex`\frac{1}{2N} \sum_{i=1}^{N} (w^\top x_i + b - y_i)^2`, 'w'],
    plain: ["1/(2*N)*sum(i=1:N, (w'*x[i] + b - y[i])^2)", 'w'],
    means: ["((1 / (2 N)) indexed-sum(#1, 1, N, ((w' @ member(x, #1)) + b + (-1 entry(y, #1, 1)))^2)) by w"],
  },
  {
    decls: [
      latex`W \in \mathbb{R}^{K \times d}`,
      latex`x \in \mathbb{R}^d`,
      latex`b \in \mathbb{R}^K`,
      latex`y \in \{0, 1\}^K`,
    ],
    objects: [
      ['W', ['K', 'd']],
      ['x', ['d']],
      ['b', ['K']],
      ['y', ['K']],
    ],
    latex: [
      'L',
      'b',
      [latex`z = W x + b`, latex`p = \mathrm{softmax}(z)`, latex`L = -\sum_{k=1}^{K} y_k \log p_k`],
    ],
    plain: ['L', 'b', ['z = W*x + b', 'p = softmax(z)', 'L = -sum(k=1:K, y[k]*log(p[k]))']],
    means: ['z = ((W @ x) + b)', 'p = softmax(z)', "L = (-1 (y' @ log(p)))", 'L by b'],
  },
  {
    decls: [
      latex`W_1 \in \mathbb{R}^{h \times n}`,
      latex`b_1, y \in \mathbb{R}^h`,
      latex`x \in \mathbb{R}^n`,
    ],
    objects: [
      ['W_1', ['h', 'n']],
      ['b_1', ['h']],
      ['y', ['h']],
      ['x', ['n']],
    ],
    latex: [
      'L',
      'b_1',
      ['z_1 = W_1 x + b_1', latex`a_1 = \sigma(z_1)`, latex`L = \frac12 \| a_1 - y \|_2^2`],
    ],
    plain: ['L', 'b_1', ['z_1 = W_1*x + b_1', 'a_1 = sigmoid(z_1)', 'L = 1/2*norm2(a_1 - y)^2']],
    means: [
      'z_1 = ((W_1 @ x) + b_1)',
      'a_1 = sigmoid(z_1)',
      'L = (1/2 squared-norm((a_1 + (-1 y))))',
      'L by b_1',
    ],
  },
  {
    decls: [latex`w_{11}, w_{12}, x_1, x_2, t \in \mathbb{R}`],
    objects: [
      ['w_{11}', []],
      ['w_{12}', []],
      ['x_1', []],
      ['x_2', []],
      ['t', []],
    ],
    latex: ['L', 'w_{12}', [latex`h_1 = \sigma(w_{11} x_1 + w_{12} x_2)`, 'L = (h_1 - t)^2']],
    plain: ['L', 'w_{12}', ['h_1 = sigmoid(w_{11}*x_1 + w_{12}*x_2)', 'L = (h_1 - t)^2']],
    means: ['h_1 = sigmoid(((w_{11} x_1) + (w_{12} x_2)))', 'L = (h_1 + (-1 t))^2', 'L by w_{12}'],
  },
  {
    decls: [latex`x \in \mathbb{R}^n`, latex`t \in \mathbb{R}`],
    objects: [
      ['x', ['n']],
      ['t', []],
    ],
    latex: [latex`x^{\odot 3} - 2x + (1 - t) e^{x}`, 'x'],
    plain: ['x.^3 - 2*x + (1 - t)*exp(x)', 'x'],
    means: ['(x^3 + (-2 x) + ((1 + (-1 t)) exp(x))) by x'],
  },
  {
    decls: [
      latex`x_i \in \mathbb{R}^d,\; i = 1, \dots, N`,
      latex`\mu \in \mathbb{R}^d`,
      latex`\Sigma \in \mathbb{S}_{++}^d`,
    ],
    objects: [
      ['x', ['N', 'd'], 'i'],
      ['mu', ['d']],
      ['Sigma', ['d', 'd']],
    ],
    latex: [
      latex`-\frac{N}{2} \log\det\Sigma - \sum_{i=1}^{N} (x_i - \mu)^\top \Sigma^{-1} (x_i - \mu)`,
      latex`\mu`,
    ],
    plain: ["-N/2*logdet(Sigma) - sum(i=1:N, (x[i] - mu)'*inv(Sigma)*(x[i] - mu))", 'mu'],
    means: [
      "((-1 (N / 2) log-determinant(Sigma)) + (-1 indexed-sum(#1, 1, N, ((member(x, #1) + (-1 mu))' @ inverse(Sigma) @ (member(x, #1) + (-1 mu)))))) by mu",
    ],
  },
]

test.each(REQUESTS)(
  '$latex.0 and $plain.0 mean the same',
  ({ decls, objects, latex: written, plain, means }) => {
    const first = problemOf({
      syntax: 'latex',
      decls,
      expr: written[0],
      wrt: written[1],
      defs: written[2] ?? [],
    })
    expect([...definitions(first), ...questions(first)]).toEqual(means)
    const declared = objects.map(([name, shape, family]) => ({ name, shape, family: family ?? null }))
    const second = problemOf({
      syntax: 'plain',
      decls: declared,
      expr: plain[0],
      wrt: plain[1],
      defs: plain[2] ?? [],
    })
    expect(second.questions[0]!.of).toBe(first.questions[0]!.of)
    expect(second.definitions.map(({ body }) => body)).toEqual(first.definitions.map(({ body }) => body))
  },
)

test('bindings are found by the author’s spelling and give the sizes', () => {
  const problem = problemOf({
    syntax: 'latex',
    decls: [
      latex`\mu \in \mathbb{R}^d`,
      latex`x_i \in \mathbb{R}^d, i = 1, \dots, N`,
      latex`w_{11} \in \mathbb{R}`,
    ],
    expr: latex`w_{11} \sum_{i=1}^N \|x_i - \mu\|^2`,
    wrt: latex`\mu`,
    bindings: {
      '\\mu': [1, 2],
      x: [
        [1, 2],
        [3, 4],
        [5, 6],
      ],
      'w_{11}': 7,
    },
  })
  expect([...problem.values].map(([symbol, value]) => [symbol.name, value.length, value[0]!.length])).toEqual(
    [
      ['mu', 2, 1],
      ['x', 3, 2],
      ['w_{11}', 1, 1],
    ],
  )
  expect(Object.fromEntries(problem.sizes)).toEqual({ d: 2, N: 3 })
})

test('facts of a request are kept with their wording, and equal sizes are one size', () => {
  const problem = problemOf({
    syntax: 'latex',
    decls: [
      latex`x \in \mathbb{R}^n`,
      latex`w \in \mathbb{R}^k`,
      latex`y \in \mathbb{R}^m`,
      latex`A \in \mathbb{R}^{n \times n}`,
    ],
    assume: [latex`A = A^\top`, 'n = m + k - 1'],
    defs: [latex`y_i = \sum_{j=1}^{k} w_j x_{i+j-1},\; i = 1, \dots, m`],
    expr: latex`\|y\|^2 + x^\top A x`,
    wrt: 'x',
  })
  const written = problem.facts.map(fact => fact.assumption.latex)
  expect(written).toEqual([latex`A = A^\top`, 'n = m + k - 1'])
  expect(problem.definitions.map(({ body }) => shown(body))).toEqual([
    'indexed-sum(#2, 1, m, (indexed-sum(#1, 1, k, (entry(w, #1, 1) entry(x, (#2 + #1 + -1), 1))) basis-vector(m, #2)))',
  ])
})
