import { total } from '../quantity.js'
import { ask, group, tex } from '../question.js'

export const indices = group('indices and assumptions', [
  ask(
    { W: 'm n', x: 'n', c: 'm' },
    {
      latex: [tex`y_i = \sum_{j=1}^n W_{ij} x_j`, tex`\sum_{i=1}^m c_i y_i^2`],
      plain: ['y[i] = sum(j=1:n, W[i,j]*x[j])', 'sum(i=1:m, c[i]*y[i]^2)'],
      also: [[tex`i = 1, \dots, m`, 'i = 1:m']],
      by: 'W',
      is: ({ W, x, c }) => c.dot(W.at(x).square),
    },
  ),
  ask(
    { W: 'm n', x: 'n', c: 'm' },
    {
      latex: [tex`y_i = \sum_{j=1}^n W_{ij} x_j`, tex`\sum_{i=1}^m c_i y_i^2`],
      plain: ['y[i] = sum(j=1:n, W[i,j]*x[j])', 'sum(i=1:m, c[i]*y[i]^2)'],
      also: [[tex`i = 1, \dots, m`, 'i = 1:m']],
      by: 'x',
      is: ({ W, x, c }) => c.dot(W.at(x).square),
    },
  ),
  ask(
    { z: 'K', a: 'K' },
    {
      latex: [tex`p_k = \frac{e^{z_k}}{\sum_{j=1}^{K} e^{z_j}}`, tex`a^\top p`],
      plain: ['p[k] = exp(z[k])/sum(j=1:K, exp(z[j]))', "a'*p"],
      also: [[tex`k = 1, \dots, K`, 'k = 1:K']],
      by: 'z',
      is: ({ z, a }) => a.dot(z.softmax()),
    },
  ),
  ask(
    { z: 'K', y: 'K onehot' },
    {
      latex: [tex`p_k = \frac{e^{z_k}}{\sum_{j=1}^{K} e^{z_j}}`, tex`-\sum_{k=1}^K y_k \log p_k`],
      plain: ['p[k] = exp(z[k])/sum(j=1:K, exp(z[j]))', '-sum(k=1:K, y[k]*log(p[k]))'],
      also: [[tex`k = 1, \dots, K`, 'k = 1:K']],
      assume: [[tex`\sum_{k=1}^K y_k = 1`, 'sum(y) = 1']],
      by: 'z',
      is: ({ z, y }) => y.dot(z.softmax().log()).negative,
    },
  ),
  ask(
    { x: 'n', y: 'n' },
    {
      latex: tex`\sum_{i=1}^n x_i^2 y_i`,
      plain: 'sum(i=1:n, x[i]^2*y[i])',
      by: 'x',
      is: ({ x, y }) => x.square.dot(y),
    },
  ),
  ask(
    { A: 'm n', x: 'n', y: 'm' },
    {
      latex: tex`\sum_{i=1}^m \sum_{j=1}^n A_{ij} y_i x_j`,
      plain: 'sum(i=1:m, sum(j=1:n, A[i,j]*y[i]*x[j]))',
      by: 'A',
      is: ({ A, x, y }) => y.t.at(A, x),
    },
  ),
  ask(
    { A: 'm n', x: 'n', y: 'm' },
    {
      latex: tex`\sum_{i=1}^m \sum_{j=1}^n A_{ij} y_i x_j`,
      plain: 'sum(i=1:m, sum(j=1:n, A[i,j]*y[i]*x[j]))',
      by: 'y',
      is: ({ A, x, y }) => y.t.at(A, x),
    },
  ),
  ask(
    { x: 'n' },
    {
      latex: tex`\sum_{i=1}^{n-1} (x_{i+1} - x_i)^2`,
      plain: 'sum(i=1:n-1, (x[i+1] - x[i])^2)',
      by: 'x',
      is: ({ x }) =>
        x
          .rows(1, x.height)
          .minus(x.rows(0, x.height - 1))
          .square.sum(),
    },
  ),
  ask(
    { W: 'm n', x: 'n' },
    {
      latex: tex`W_{1,:} x + W_{2,1}^2`,
      plain: 'W[1,:]*x + W[2,1]^2',
      by: 'W',
      is: ({ W, x }) => W.row(0).dot(x).plus(W.entry(1, 0).square),
    },
  ),
  ask(
    { x: 'n' },
    {
      latex: tex`x_1 x_2 + \sin(x_1)`,
      plain: 'x[1]*x[2] + sin(x[1])',
      by: 'x',
      is: ({ x }) => x.entry(0).times(x.entry(1)).plus(x.entry(0).sin()),
    },
  ),
  ask(
    { X: 'm n' },
    {
      latex: tex`\sum_{i,j} X_{ij}^2`,
      plain: 'sum(i=1:m, sum(j=1:n, X[i,j]^2))',
      by: 'X',
      is: ({ X }) => X.square.sum(),
    },
  ),
  ask(
    { x: 'n up' },
    { latex: tex`\prod_{i=1}^n x_i`, plain: 'prod(i=1:n, x[i])', by: 'x', is: ({ x }) => x.product() },
  ),
  ask(
    { x: 'n up', w: 'n' },
    {
      latex: tex`\log \prod_{i=1}^n x_i^{w_i}`,
      plain: 'log(prod(i=1:n, x[i]^w[i]))',
      by: 'w',
      is: ({ x, w }) => w.dot(x.log()),
    },
  ),
  ask(
    { A: 'n n symmetric', x: 'n' },
    {
      latex: tex`x^\top A x + x^\top A^\top x`,
      plain: "x'*A*x + x'*A'*x",
      by: 'x',
      assume: [['', "A = A'"]],
      is: ({ A, x }) => x.t.at(A, x).times(2),
    },
  ),
  ask(
    { A: 'n n symmetric', x: 'n' },
    { latex: tex`x^\top A x`, plain: "x'*A*x", by: 'A', is: ({ A, x }) => x.t.at(A, x) },
  ),
  ask(
    { x: 'n >0', y: 'n simplex' },
    {
      latex: [tex`s = \mathbf{1}^\top x`, tex`y^\top \log(x / s)`],
      plain: ['s = sum(x)', "y'*log(x/s)"],
      by: 'x',
      assume: [[tex`\mathbf{1}^\top y = 1`, 'sum(y) = 1']],
      is: ({ x, y }) => y.dot(x.over(x.sum()).log()),
    },
  ),
  ask(
    { W: 'm n', V: 'm n' },
    {
      latex: tex`\sum_{i=1}^m \left( \sum_{j=1}^n W_{ij} V_{ij} \right)^2`,
      plain: 'sum(i=1:m, sum(j=1:n, W[i,j]*V[i,j])^2)',
      by: 'W',
      is: ({ W, V }) => W.times(V).rowSums().square.sum(),
    },
  ),
  ask(
    { A: 'n n' },
    {
      latex: tex`\sum_{i=1}^n A_{ii}^2`,
      plain: 'sum(i=1:n, A[i,i]^2)',
      by: 'A',
      is: ({ A }) => A.diagonal().square.sum(),
    },
  ),
  ask(
    { A: 'm n', B: 'n p' },
    {
      latex: tex`\sum_{i=1}^m \sum_{k=1}^p \sum_{j=1}^n A_{ij} B_{jk}`,
      plain: 'sum(i=1:m, sum(k=1:p, sum(j=1:n, A[i,j]*B[j,k])))',
      by: 'B',
      is: ({ A, B }) => A.at(B).sum(),
    },
  ),
  ask(
    { x: 'n', y: 'n' },
    {
      latex: tex`\sum_{i=1}^n \sum_{j=1}^n (x_i - y_j)^2`,
      plain: 'sum(i=1:n, sum(j=1:n, (x[i] - y[j])^2))',
      by: 'x',
      is: ({ x, y }) => total(x.height, i => x.entry(i).minus(y).square.sum()),
    },
  ),
])
