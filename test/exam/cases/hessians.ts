import { ask, group, tex } from '../question.js'

export const hessians = group('Hessians', [
  ask(
    { x: 'n', A: 'n n' },
    { latex: tex`x^\top A x`, plain: "x'*A*x", by: 'x', order: 2, is: ({ x, A }) => x.t.at(A, x) },
  ),
  ask(
    { x: 'n', A: 'n n symmetric', b: 'n' },
    {
      latex: tex`\tfrac12 x^\top A x + b^\top x`,
      plain: "1/2*x'*A*x + b'*x",
      by: 'x',
      order: 2,
      is: ({ x, A, b }) => x.t.at(A, x).times(0.5).plus(b.dot(x)),
    },
  ),
  ask(
    { X: 'm n', w: 'n', y: 'm' },
    {
      latex: tex`\|X w - y\|^2`,
      plain: 'norm2(X*w - y)^2',
      by: 'w',
      order: 2,
      is: ({ X, w, y }) => X.at(w).minus(y).square.sum(),
    },
  ),
  ask({ x: 'n' }, { latex: tex`\|x\|`, plain: 'norm2(x)', by: 'x', order: 2, is: ({ x }) => x.norm() }),
  ask(
    { x: 'n', a: 'n' },
    {
      latex: tex`\frac{1}{2} \|x - a\|^2`,
      plain: '1/2*norm2(x - a)^2',
      by: 'x',
      order: 2,
      is: ({ x, a }) => x.minus(a).square.sum().times(0.5),
    },
  ),
  ask(
    { z: 'n' },
    {
      latex: tex`\log \sum_{i=1}^n e^{z_i}`,
      plain: 'log(sum(i=1:n, exp(z[i])))',
      by: 'z',
      order: 2,
      is: ({ z }) => z.logSumExp(),
    },
  ),
  ask(
    { z: 'K', y: 'K onehot' },
    {
      latex: [tex`p = \mathrm{softmax}(z)`, tex`-\sum_{k=1}^K y_k \log p_k`],
      plain: ['p = softmax(z)', '-sum(k=1:K, y[k]*log(p[k]))'],
      by: 'z',
      order: 2,
      assume: [[tex`\mathbf{1}^\top y = 1`, 'sum(y) = 1']],
      is: ({ z, y }) => y.dot(z.softmax().log()).negative,
    },
  ),
  ask(
    { X: 'm d', w: 'd', y: 'm bit' },
    {
      latex: [tex`p = \sigma(X w)`, tex`-y^\top \log p - (1 - y)^\top \log(1 - p)`],
      plain: ['p = sigmoid(X*w)', "-y'*log(p) - (1 - y)'*log(1 - p)"],
      by: 'w',
      order: 2,
      is: ({ X, w, y }) => {
        const p = X.at(w).sigmoid()
        return y.dot(p.log()).plus(y.negative.plus(1).dot(p.negative.plus(1).log())).negative
      },
    },
  ),
  ask(
    { w: 'd', x: 'd', y: 'sign' },
    {
      latex: tex`\log(1 + e^{-y w^\top x})`,
      plain: "log(1 + exp(-y*w'*x))",
      by: 'w',
      order: 2,
      is: ({ w, x, y }) => y.times(w.dot(x)).negative.softplus(),
    },
  ),
  ask(
    { x: 'n', c: 'n' },
    { latex: tex`c^\top \sin(x)`, plain: "c'*sin(x)", by: 'x', order: 2, is: ({ x, c }) => c.dot(x.sin()) },
  ),
  ask(
    { x: 'n', a: 'n' },
    { latex: tex`e^{a^\top x}`, plain: "exp(a'*x)", by: 'x', order: 2, is: ({ x, a }) => a.dot(x).exp() },
  ),
  ask(
    { x: 'n', a: 'n' },
    {
      latex: tex`\exp(-\tfrac12 \|x - a\|^2)`,
      plain: 'exp(-1/2*norm2(x - a)^2)',
      by: 'x',
      order: 2,
      is: ({ x, a }) => x.minus(a).square.sum().times(-0.5).exp(),
    },
  ),
  ask(
    { x: 'n', A: 'm n', v: 'm' },
    {
      latex: tex`v^\top \sigma(A x)`,
      plain: "v'*sigmoid(A*x)",
      by: 'x',
      order: 2,
      is: ({ x, A, v }) => v.dot(A.at(x).sigmoid()),
    },
  ),
  ask(
    { x: 'n' },
    { latex: tex`(x^\top x)^2`, plain: "(x'*x)^2", by: 'x', order: 2, is: ({ x }) => x.dot(x).square },
  ),
  ask(
    { x: 'n', A: 'n n' },
    {
      latex: tex`\log(1 + x^\top A x)`,
      plain: "log(1 + x'*A*x)",
      by: 'x',
      order: 2,
      is: ({ x, A }) => x.t.at(A, x).plus(1).log(),
      sizes: { n: 3 },
    },
  ),
  ask(
    { x: 'n up' },
    {
      latex: tex`\sum_{i=1}^n x_i \log x_i`,
      plain: 'sum(i=1:n, x[i]*log(x[i]))',
      by: 'x',
      order: 2,
      is: ({ x }) => x.dot(x.log()),
    },
  ),
  ask(
    { x: 'n', b: 'n' },
    { latex: tex`(b^\top x)^3`, plain: "(b'*x)^3", by: 'x', order: 2, is: ({ x, b }) => b.dot(x).pow(3) },
  ),
  ask(
    { x: 'N d each i', y: 'N sign each i', w: 'd' },
    {
      latex: tex`\sum_{i=1}^N \log(1 + e^{-y_i w^\top x_i})`,
      plain: "sum(i=1:N, log(1 + exp(-y[i]*w'*x[i])))",
      by: 'w',
      order: 2,
      is: ({ x, y, w }) => y.times(x.at(w)).negative.softplus().sum(),
    },
  ),
  ask(
    { x: 'n', lambda: '>0', A: 'm n', b: 'm' },
    {
      latex: tex`\frac12 \|A x - b\|_2^2 + \frac{\lambda}{2} \|x\|_2^2`,
      plain: '1/2*norm2(A*x - b)^2 + lambda/2*norm2(x)^2',
      by: 'x',
      order: 2,
      is: ({ x, lambda, A, b }) =>
        A.at(x).minus(b).square.sum().times(0.5).plus(lambda.times(x.square.sum()).times(0.5)),
    },
  ),
  ask(
    { x: 'n' },
    {
      latex: tex`\sqrt{1 + x^\top x}`,
      plain: "sqrt(1 + x'*x)",
      by: 'x',
      order: 2,
      is: ({ x }) => x.dot(x).plus(1).sqrt(),
    },
  ),
  ask(
    { x: 'n', y: 'n' },
    {
      latex: tex`\log(1 + e^{x^\top y})`,
      plain: "log(1 + exp(x'*y))",
      by: 'y',
      order: 2,
      is: ({ x, y }) => x.dot(y).softplus(),
    },
  ),
  ask(
    { X: 'm n', A: 'm m' },
    {
      latex: tex`\operatorname{tr}(X^\top A X)`,
      plain: "tr(X'*A*X)",
      by: 'X',
      order: 2,
      is: ({ X, A }) => X.t.at(A, X).trace(),
      sizes: { m: 3, n: 2 },
    },
  ),
  ask(
    { X: 'n n' },
    {
      latex: tex`\log\det X`,
      plain: 'logdet(X)',
      by: 'X',
      order: 2,
      is: ({ X }) => X.logdet(),
      sizes: { n: 2 },
    },
  ),
  ask(
    { x: 'n', mu: 'n', Sigma: 'n n definite' },
    {
      latex: tex`-\frac12 (x - \mu)^\top \Sigma^{-1} (x - \mu)`,
      plain: "-1/2*(x - mu)'*inv(Sigma)*(x - mu)",
      by: 'mu',
      order: 2,
      is: ({ x, mu, Sigma }) => x.minus(mu).t.at(Sigma.inv(), x.minus(mu)).times(-0.5),
    },
  ),
  ask(
    { W: 'm n', x: 'n', y: 'm' },
    {
      latex: tex`\|W x - y\|^2`,
      plain: 'norm2(W*x - y)^2',
      by: 'W',
      order: 2,
      is: ({ W, x, y }) => W.at(x).minus(y).square.sum(),
      sizes: { m: 2, n: 3 },
    },
  ),
  ask(
    { x: 'n' },
    {
      latex: tex`\prod_{i=1}^{n} x_i`,
      plain: 'prod(i=1:n, x[i])',
      by: 'x',
      order: 2,
      is: ({ x }) => x.product(),
      sizes: { n: 3 },
      inEntries: true,
    },
  ),
])
