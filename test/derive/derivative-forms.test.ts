import { beforeAll, describe, expect, test } from 'vitest'
import type { Asked } from '../../src/derive/ask.js'
import { work } from '../../src/derive/derive.js'
import { derive } from '../../src/derive/library.js'
import type { Answer } from '../../src/derive/solution.js'
import { loadEngines } from '../../src/derive/verified.js'
import type { Engines } from '../../src/evaluate/oracle.js'
import { problemOf } from '../../src/parse/problem.js'
import { latexPen } from '../../src/present/latex-pen.js'
import { entryLeft, leftOf } from '../../src/present/result.js'
import { toText } from '../../src/print/text.js'

let engines: Engines
beforeAll(async () => {
  engines = await loadEngines()
})

const latex = String.raw

async function answersOf(source: string, asked: Asked = {}): Promise<readonly Answer[]> {
  const { answers } = await derive(source, { ...asked, engines })
  for (const { check } of answers) expect(check?.message).toMatch(/^agrees at 1\d points/)
  return answers
}

async function onlyOf(source: string, asked: Asked = {}): Promise<Answer> {
  const [answer] = await answersOf(source, asked)
  return answer!
}

const pen = latexPen({ ...(await import('../../src/expr/notation.js')).DEFAULT_NOTATION })
const shown = (answer: Answer) => `${pen.maths(leftOf(answer, node => node))} = ${toText(answer.result)}`

const NETWORK = latex`
W \in \mathbb{R}^{m \times n} \\ x \in \mathbb{R}^n \\ y \in \mathbb{R}^m \\
h = \tanh(W x) \\ L = \tfrac12 \|W x - y\|^2`

describe('entries asked for in a document', () => {
  test.each([
    [
      latex`\frac{\partial L}{\partial W_{pq}}`,
      latex`\frac{\partial L}{\partial W_{p,q}} = (sum(i=1:n, W[p, i]*x[i]) - y[p])*x[q]`,
    ],
    [
      latex`\frac{\partial L}{\partial W_{i,j}}`,
      latex`\frac{\partial L}{\partial W_{i,j}} = (sum(k=1:n, W[i, k]*x[k]) - y[i])*x[j]`,
    ],
    [
      latex`\frac{\partial L}{\partial W_{2,1}}`,
      latex`\frac{\partial L}{\partial W_{2,1}} = (sum(i=1:n, W[2, i]*x[i]) - y[2])*x[1]`,
    ],
    [
      latex`\frac{\partial L}{\partial x_k}`,
      latex`\frac{\partial L}{\partial x_{k}} = sum(i=1:m, W[i, k]*(sum(j=1:n, W[i, j]*x[j]) - y[i]))`,
    ],
    [
      latex`\frac{\partial h_i}{\partial x_j}`,
      latex`\frac{\partial h_{i}}{\partial x_{j}} = W[i, j]*(1 - h[i]^2)`,
    ],
    [
      latex`\frac{\partial h_i}{\partial W_{pq}}`,
      latex`\frac{\partial h_{i}}{\partial W_{p,q}} = kdelta(p, i)*(1 - h[p]^2)*x[q]`,
    ],
    [
      latex`\frac{\partial h_i}{\partial W_{ij}}`,
      latex`\frac{\partial h_{i}}{\partial W_{i,j}} = (1 - h[i]^2)*x[j]`,
    ],
    [
      latex`\frac{\partial h}{\partial W_{pq}}`,
      latex`\frac{\partial h}{\partial W_{p,q}} = x[q]*(1 - h[p]^2)*basis(m, p)`,
    ],
    [
      latex`\frac{\partial L}{\partial W_{i,:}}`,
      latex`\frac{\partial L}{\partial W_{i,:}} = (row(W, i)*x - y[i])*x'`,
    ],
    [latex`\frac{\partial L}{\partial W_{:,j}}`, latex`\frac{\partial L}{\partial W_{:,j}} = x[j]*(W*x - y)`],
    [
      latex`\frac{\partial^2 L}{\partial x_i \partial x_j}`,
      latex`\frac{\partial^2 L}{\partial x_{i} \, \partial x_{j}} = sum(k=1:m, W[k, i]*W[k, j])`,
    ],
    [
      latex`\frac{\partial^2 L}{\partial x_i^2}`,
      latex`\frac{\partial^2 L}{\partial x_{i}^2} = sum(j=1:m, W[j, i]^2)`,
    ],
    [
      latex`\frac{\partial^2 L}{\partial W_{ij} \partial W_{kl}}`,
      latex`\frac{\partial^2 L}{\partial W_{i,j} \, \partial W_{k,l}} = x[j]*kdelta(i, k)*x[l]`,
    ],
  ])('%s', async (question, expected) => {
    expect(shown(await onlyOf(latex`${NETWORK} \\ ${question}`))).toBe(expected)
  })

  test('an entry of a labelled matrix goes by its label', async () => {
    const source = latex`\Theta^1 \in \mathbb{R}^{m \times n} \\ x \in \mathbb{R}^n \\ E = \|\Theta^1 x\|^2 \\
\frac{\partial E}{\partial \Theta^1_{i,j}}`
    expect(toText((await onlyOf(source)).result)).toBe('2*x[j]*sum(k=1:n, Theta^{1}[i, k]*x[k])')
  })

  test('a named adjoint stays in an entry', async () => {
    const source = latex`W \in \mathbb{R}^{m \times n} \\ x \in \mathbb{R}^n \\ z = W x \\ a = \tanh(z) \\ L = \|a\|^2 \\
\frac{\partial L}{\partial W_{pq}}`
    expect(toText((await onlyOf(source)).result)).toBe('delta_z[p]*x[q]')
  })

  test('what are no indices of the array is an error with its place', async () => {
    const source = latex`${NETWORK} \\ \frac{\partial L}{\partial x_{pq}}`
    await expect(derive(source, { engines })).rejects.toMatchObject({ span: expect.anything() })
    const outside = latex`W \in \mathbb{R}^{2 \times 3} \\ L = \|W\|_F^2 \\ \frac{\partial L}{\partial W_{3,1}}`
    await expect(derive(outside, { engines })).rejects.toMatchObject({ code: 'out-of-range' })
  })
})

test('entries are asked for by name, in both dialects', async () => {
  const latexNames = await answersOf(NETWORK, { of: 'L', wrt: ['W_{pq}', 'x_k'] })
  const plain = 'W: m x n\nx: n\ny: m\nL = norm2(W*x - y)^2/2'
  const plainNames = await answersOf(plain, { of: 'L', wrt: ['W[p,q]', 'x_{k}'] })
  for (const answers of [latexNames, plainNames]) {
    expect(answers.map(({ result }) => toText(result))).toEqual([
      '(sum(i=1:n, W[p, i]*x[i]) - y[p])*x[q]',
      'sum(i=1:m, W[i, k]*(sum(j=1:n, W[i, j]*x[j]) - y[i]))',
    ])
  }
})

const MATRICES = `A: m x n
X: n x p
B: p x q
S: n x n
V: n x p
Y = A*X*B
T = X'
H = V .* X
F = exp(X)
J = inv(S)
G = X*X'
Q = S*S
R = softmax(X)
u = diag(S)
f = tr(X'*S*X)
`

describe('a matrix by a matrix', () => {
  test.each([
    ['Y', 'X', 'A*dX*B', 'A[i, k]*B[l, j]', "kron(B', A)"],
    ['T', 'X', "dX'", 'kdelta(j, k)*kdelta(i, l)', 'commutation(n, p)'],
    ['H', 'X', 'V .* dX', 'V[i, j]*kdelta(i, k)*kdelta(j, l)', 'diag(vec(V))'],
    ['F', 'X', 'dX .* F', 'kdelta(i, k)*kdelta(j, l)*F[i, j]', 'diag(vec(F))'],
    ['J', 'S', '-J*dS*J', '-J[i, k]*J[l, j]', "-kron(J', J)"],
    [
      'Q',
      'S',
      'dS*S + S*dS',
      'kdelta(i, k)*S[l, j] + S[i, k]*kdelta(j, l)',
      "kron(S', eye(n)) + kron(eye(n), S)",
    ],
    [
      'G',
      'X',
      "dX*X' + X*dX'",
      'kdelta(i, k)*X[j, l] + X[i, l]*kdelta(j, k)',
      'kron(X, eye(n)) + kron(eye(n), X)*commutation(n, p)',
    ],
  ])('%s by %s as a map, by entries and between stacked columns', async (of, by, map, entries, stacked) => {
    const asked = { of, wrt: [by] }
    const first = await onlyOf(MATRICES, asked)
    expect([first.kind, toText(first.result)]).toEqual(['differential', map])
    expect(toText(first.entries!.value)).toBe(entries)
    expect(pen.maths(entryLeft(first.entries!, 1, node => node))).toBe(
      latex`\frac{\partial ${of}_{i,j}}{\partial ${by}_{k,l}}`,
    )
    const index = await onlyOf(MATRICES, { ...asked, form: 'index' })
    expect([index.kind, toText(index.result)]).toEqual(['entry', entries])
    const kronecker = await onlyOf(MATRICES, { ...asked, form: 'kronecker' })
    expect([kronecker.kind, toText(kronecker.result)]).toEqual(['kronecker', stacked])
  })

  test('a Hessian by a matrix comes in the same three forms', async () => {
    const asked = { of: 'f', wrt: ['X'], order: 2 } as const
    const found = await Promise.all(
      ([undefined, 'index', 'kronecker'] as const).map(form => onlyOf(MATRICES, { ...asked, form })),
    )
    expect(found.map(({ result }) => toText(result))).toEqual([
      "(S + S')*dX",
      '(S[i, k] + S[k, i])*kdelta(j, l)',
      "kron(eye(p), S + S')",
    ])
  })

  test('a function of rows has its entries too', async () => {
    const { entries } = await onlyOf(MATRICES, { of: 'R', wrt: ['X'] })
    expect(toText(entries!.value)).toBe('R[i, j]*(kdelta(i, k)*kdelta(j, l) - R[i, l]*kdelta(i, k))')
  })

  test('a vector by a matrix has three indices', async () => {
    const { entries } = await onlyOf(MATRICES, { of: 'u', wrt: ['S'] })
    expect(toText(entries!.value)).toBe('kdelta(i, j)*kdelta(i, k)')
  })
})

test('any derivative has a linear map on request', async () => {
  const asked = { of: 'L', wrt: ['W'], form: 'map' } as const
  expect(toText((await onlyOf(NETWORK, asked)).result)).toBe("(W*x - y)'*dW*x")
  expect(toText((await onlyOf(NETWORK, { ...asked, wrt: ['x'], order: 2 })).result)).toBe("W'*W*dx")
})

test('mixed second derivatives have the first variable by rows', async () => {
  const fraction = latex`${NETWORK} \\ \frac{\partial^2 L}{\partial x \partial y^\top}`
  expect(shown(await onlyOf(fraction))).toBe(
    latex`\frac{\partial^2 L}{\partial x \, \partial y^{\top}} = -W'`,
  )
  expect(toText((await onlyOf(latex`${NETWORK} \\ \nabla_y \nabla_x L`)).result)).toBe('-W')
  const named = await onlyOf(NETWORK, { of: 'L', wrt: ['x'], second: 'W' })
  expect(toText(named.entries!.value)).toBe('kdelta(i, k)*(sum(l=1:n, W[j, l]*x[l]) - y[j]) + W[j, i]*x[k]')
})

test.each([
  ['kron(A, X)', 'kron(eye(n), commutation(p, m), eye(n))*kron(vec(A), eye(n*p))'],
  ['where(X > 0, X, V)', 'diag(vec(where(X > 0, 1, 0)))'],
])('%s between stacked columns', async (formula, expected) => {
  const source = `A: m x n\nX: n x p\nV: n x p\nY = ${formula}`
  const answer = await onlyOf(source, { of: 'Y', wrt: ['X'], form: 'kronecker' })
  expect(toText(answer.result)).toBe(expected)
})

test('an array differentiated twice by a number has its entries and its stack', async () => {
  const source = 'S: n x n\nt: scalar\nY = exp(t*S)'
  const asked = { of: 'Y', wrt: ['t'], order: 2 } as const
  const index = await onlyOf(source, { ...asked, form: 'index' })
  expect(index.entries!.by.map(part => toText(part))).toEqual(['t', 't'])
  expect((await onlyOf(source, { ...asked, form: 'kronecker' })).kind).toBe('kronecker')
})

test('a scalar and a vector are differentiated twice by a scalar', async () => {
  const source = 'a: n\nt: scalar\nf = t^3\nv = sin(t)*a'
  const [second] = await answersOf(source, { of: 'f', wrt: ['t'], order: 2 })
  const [vector] = await answersOf(source, { of: 'v', wrt: ['t'], order: 2 })
  expect([toText(second!.result), toText(vector!.result)]).toEqual(['6*t', '-sin(t)*a'])
})

describe('a layout on request', () => {
  test.each([
    ['L', 'W', undefined, 'gradient', "(W*x - y)*x'"],
    ['L', 'W', 'numerator', 'numerator', "x*(W*x - y)'"],
    ['L', 'W', 'denominator', 'denominator', "(W*x - y)*x'"],
    ['h', 'x', undefined, 'numerator', 'diag(1 - h.^2)*W'],
    ['h', 'x', 'denominator', 'denominator', "W'*diag(1 - h.^2)"],
    ['h', 'x', 'gradient', 'numerator', 'diag(1 - h.^2)*W'],
  ] as const)('%s by %s in %s layout', async (of, by, layout, stated, expected) => {
    const answer = await onlyOf(NETWORK, { of, wrt: [by], layout })
    expect([answer.layout, toText(answer.result)]).toEqual([stated, expected])
  })

  test('is transposed for stacked columns as well', async () => {
    const answer = await onlyOf(MATRICES, { of: 'Y', wrt: ['X'], form: 'kronecker', layout: 'denominator' })
    expect([answer.layout, toText(answer.result)]).toEqual(['denominator', "kron(B, A')"])
  })
})

test('a gradient that is a sum over unit vectors says its entries', async () => {
  const source = latex`w \in \mathbb{R}^k \\ x \in \mathbb{R}^n \\ g \in \mathbb{R}^m \\ n = m + k - 1 \\
f = \sum_{i=1}^m g_i \sum_{j=1}^k w_j x_{i+j-1}`
  const { result, entries } = await onlyOf(source, { wrt: ['w'] })
  expect(toText(result)).toBe('sum(i=1:m, g[i]*sum(j=1:k, x[i + j - 1]*basis(k, j)))')
  expect(toText(entries!.value)).toBe('sum(j=1:m, g[j]*x[j + i - 1])')
})

describe('a request', () => {
  const decls = [latex`W \in \mathbb{R}^{m \times n}`, latex`x \in \mathbb{R}^n`]
  const ask = (expr: string, wrt = 'x') => problemOf({ syntax: 'latex', decls, expr, wrt })

  test('with a range behind the formula is about an array', () => {
    const { answers } = work(ask(latex`\sum_{j=1}^n W_{ij} x_j, i = 1, \dots, m`))
    expect(toText(answers[0]!.result)).toBe('W')
  })

  test('with an index that nothing binds is refused where it stands', () => {
    expect(() => ask(latex`\sum_{j=1}^n W_{qj} x_j`)).toThrow(
      expect.objectContaining({ code: 'unknown-index', span: { from: 16, to: 17 } }),
    )
  })

  test('with a range of nothing is refused', () => {
    expect(() => ask(latex`x^\top x, k = 1, \dots, 3`)).toThrow('k does not occur in what it is a range for')
  })

  test('of an entry is answered by entries', () => {
    const problem = problemOf({ syntax: 'latex', decls, defs: ['y = W x'], expr: 'y_i', wrt: 'x_j' })
    expect(toText(work(problem).answers[0]!.result)).toBe('W[i, j]')
  })
})

test('an indicator of two indices is a delta', () => {
  const decls = [latex`x \in \mathbb{R}^n`]
  const expr = latex`\sum_{i=1}^n \sum_{j=1}^n [i = j] x_i x_j`
  const { answers } = work(problemOf({ syntax: 'latex', decls, expr, wrt: 'x' }))
  expect(toText(answers[0]!.result)).toBe('2*x')
})

test('a member of a family is differentiated by itself', async () => {
  const source = latex`x_i \in \mathbb{R}^d, i = 1, \dots, N \\ w \in \mathbb{R}^d \\ f = \sum_{i=1}^N (w^\top x_i)^2 \\
\frac{\partial f}{\partial x_k}`
  expect(toText((await onlyOf(source)).result)).toBe("2*w'*x[k]*w")
})
