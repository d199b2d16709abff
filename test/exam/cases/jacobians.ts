import { stacked } from '../quantity.js'
import { ask, group, tex } from '../question.js'

export const jacobians = group('Jacobians', [
  ask(
    { A: 'm n', x: 'n', b: 'm' },
    { latex: 'A x + b', plain: 'A*x + b', by: 'x', is: ({ A, x, b }) => A.at(x).plus(b) },
  ),
  ask(
    { W: 'm n', x: 'n', b: 'm' },
    {
      latex: tex`\sigma(W x + b)`,
      plain: 'sigmoid(W*x + b)',
      by: 'x',
      is: ({ W, x, b }) => W.at(x).plus(b).sigmoid(),
    },
  ),
  ask(
    { W: 'm n', x: 'n', b: 'm' },
    {
      latex: [tex`z = W x + b`, tex`\tanh(z)`],
      plain: ['z = W*x + b', 'tanh(z)'],
      by: 'b',
      is: ({ W, x, b }) => W.at(x).plus(b).tanh(),
    },
  ),
  ask(
    { z: 'n' },
    { latex: tex`\mathrm{softmax}(z)`, plain: 'softmax(z)', by: 'z', is: ({ z }) => z.softmax() },
  ),
  ask(
    { z: 'n', tau: '>0' },
    {
      latex: tex`\operatorname{softmax}(z/\tau)`,
      plain: 'softmax(z/tau)',
      by: 'z',
      is: ({ z, tau }) => z.over(tau).softmax(),
    },
  ),
  ask(
    { z: 'n' },
    {
      latex: tex`\log\operatorname{softmax}(z)`,
      plain: 'log(softmax(z))',
      by: 'z',
      is: ({ z }) => z.softmax().log(),
    },
  ),
  ask({ x: 'n', y: 'n' }, { latex: tex`x \odot y`, plain: 'x.*y', by: 'x', is: ({ x, y }) => x.times(y) }),
  ask({ x: 'n' }, { latex: tex`x x^\top x`, plain: "x*x'*x", by: 'x', is: ({ x }) => x.times(x.dot(x)) }),
  ask(
    { x: 'n' },
    { latex: tex`\frac{x}{\|x\|}`, plain: 'x/norm2(x)', by: 'x', is: ({ x }) => x.over(x.norm()) },
  ),
  ask(
    { x: 'n', A: 'n n' },
    { latex: tex`(x^\top A x)\, x`, plain: "(x'*A*x)*x", by: 'x', is: ({ x, A }) => x.times(x.t.at(A, x)) },
  ),
  ask(
    { x: 'n', y: 'n' },
    { latex: tex`x \odot \exp(y)`, plain: 'x.*exp(y)', by: 'y', is: ({ x, y }) => x.times(y.exp()) },
  ),
  ask({ x: 'n spread' }, { latex: tex`\max(0, x)`, plain: 'max(0, x)', by: 'x', is: ({ x }) => x.relu() }),
  ask(
    { x: 'n', A: 'm n', B: 'k m' },
    {
      latex: [tex`h = \tanh(A x)`, 'B h'],
      plain: ['h = tanh(A*x)', 'B*h'],
      by: 'x',
      is: ({ x, A, B }) => B.at(A.at(x).tanh()),
    },
  ),
  ask(
    { x: 'n', a: 'n' },
    {
      latex: tex`x - \frac{a^\top x}{a^\top a} a`,
      plain: "x - (a'*x)/(a'*a)*a",
      by: 'x',
      is: ({ x, a }) => x.minus(a.times(a.dot(x).over(a.dot(a)))),
    },
  ),
  ask(
    { x: 'n' },
    { latex: tex`x^{\odot 2} + \mathbf{1}`, plain: 'x.^2 + 1', by: 'x', is: ({ x }) => x.square.plus(1) },
  ),
  ask(
    { A: 'n n', b: 'n', x: 'n' },
    {
      latex: tex`A^{-1}(b - x)`,
      plain: 'inv(A)*(b - x)',
      by: 'x',
      is: ({ A, b, x }) => A.inv().at(b.minus(x)),
    },
  ),
  ask(
    { x: 'n', W: 'n n', b: 'n' },
    {
      latex: tex`x + \mathrm{ReLU}(W x + b)`,
      plain: 'x + relu(W*x + b)',
      by: 'x',
      is: ({ x, W, b }) => x.plus(W.at(x).plus(b).relu()),
    },
  ),
  ask(
    { x: 'n' },
    {
      latex: [tex`\mu = \frac{1}{n} \mathbf{1}^\top x`, tex`x - \mu \mathbf{1}`],
      plain: ['mu = 1/n*sum(x)', 'x - mu*ones(n)'],
      by: 'x',
      is: ({ x }) => x.minus(x.mean()),
    },
  ),
  ask(
    { x: 'n', y: 'n' },
    {
      latex: tex`x \oslash (1 + y^{\odot 2})`,
      plain: 'x./(1 + y.^2)',
      by: 'y',
      is: ({ x, y }) => x.over(y.square.plus(1)),
    },
  ),
  ask(
    { A: 'm n', x: 'n' },
    {
      latex: tex`\operatorname{diag}(A x) A x`,
      plain: 'diag(A*x)*A*x',
      by: 'x',
      is: ({ A, x }) => A.at(x).square,
    },
  ),
  ask(
    { x: 'n' },
    {
      latex: tex`\mathrm{softmax}(x) \odot x`,
      plain: 'softmax(x).*x',
      by: 'x',
      is: ({ x }) => x.softmax().times(x),
    },
  ),
  ask(
    { X: 'N d', w: 'd' },
    { latex: tex`\sigma(X w)`, plain: 'sigmoid(X*w)', by: 'w', is: ({ X, w }) => X.at(w).sigmoid() },
  ),
  ask(
    { x: 'n', y: 'm' },
    { latex: tex`x y^\top y`, plain: "x*y'*y", by: 'y', is: ({ x, y }) => x.times(y.dot(y)) },
  ),
  ask(
    { x: '2' },
    {
      latex: tex`\begin{bmatrix} x_1^2 x_2 \\ \sin x_1 \\ e^{x_2} \end{bmatrix}`,
      plain: '[x[1]^2*x[2]; sin(x[1]); exp(x[2])]',
      by: 'x',
      is: ({ x }) => stacked(x.entry(0).square.times(x.entry(1)), x.entry(0).sin(), x.entry(1).exp()),
    },
  ),
  ask(
    { x: 'n', h: 'n', W: 'm n', U: 'm n' },
    {
      latex: [tex`r = \sigma(W x + U h)`, tex`r \odot r`],
      plain: ['r = sigmoid(W*x + U*h)', 'r.*r'],
      by: 'h',
      is: ({ x, h, W, U }) => W.at(x).plus(U.at(h)).sigmoid().square,
    },
  ),
])

export const higherRank = group('rank 3 and 4', [
  ask(
    { W: 'm n', x: 'n', b: 'm' },
    { latex: 'W x + b', plain: 'W*x + b', by: 'W', is: ({ W, x, b }) => W.at(x).plus(b) },
  ),
  ask({ X: 'm n', a: 'm' }, { latex: tex`X^\top a`, plain: "X'*a", by: 'X', is: ({ X, a }) => X.t.at(a) }),
  ask(
    { W: 'm n', x: 'n' },
    { latex: tex`\sigma(W x)`, plain: 'sigmoid(W*x)', by: 'W', is: ({ W, x }) => W.at(x).sigmoid() },
  ),
  ask({ X: 'm n' }, { latex: 'X', plain: 'X', by: 'X', is: ({ X }) => X }),
  ask({ X: 'm n' }, { latex: tex`X^\top`, plain: "X'", by: 'X', is: ({ X }) => X.t }),
  ask(
    { A: 'p m', X: 'm n', B: 'n q' },
    {
      latex: 'A X B',
      plain: 'A*X*B',
      by: 'X',
      is: ({ A, X, B }) => A.at(X, B),
      sizes: { p: 2, m: 3, n: 2, q: 3 },
    },
  ),
  ask({ x: 'n', y: 'm' }, { latex: tex`x y^\top`, plain: "x*y'", by: 'x', is: ({ x, y }) => x.outer(y) }),
  ask({ x: 'n' }, { latex: tex`x x^\top`, plain: "x*x'", by: 'x', is: ({ x }) => x.outer(x) }),
  ask(
    { x: 'n' },
    { latex: tex`\operatorname{diag}(x)`, plain: 'diag(x)', by: 'x', is: ({ x }) => x.onDiagonal() },
  ),
  ask(
    { X: 'n n' },
    { latex: tex`X^{-1}`, plain: 'inv(X)', by: 'X', is: ({ X }) => X.inv(), sizes: { n: 2 } },
  ),
  ask({ X: 'n n' }, { latex: 'X^2', plain: 'X^2', by: 'X', is: ({ X }) => X.at(X), sizes: { n: 2 } }),
  ask(
    { X: 'm n' },
    { latex: tex`X^\top X`, plain: "X'*X", by: 'X', is: ({ X }) => X.t.at(X), sizes: { m: 3, n: 2 } },
  ),
  ask(
    { X: 'm n' },
    { latex: tex`X \odot X`, plain: 'X.*X', by: 'X', is: ({ X }) => X.square, sizes: { m: 2, n: 3 } },
  ),
  ask(
    { X: 'm n' },
    { latex: tex`\tanh(X)`, plain: 'tanh(X)', by: 'X', is: ({ X }) => X.tanh(), sizes: { m: 2, n: 3 } },
  ),
  ask(
    { X: 'm n' },
    {
      latex: tex`\mathrm{softmax}(X)`,
      plain: 'softmax(X)',
      by: 'X',
      is: ({ X }) => X.softmaxRows(),
      sizes: { m: 2, n: 3 },
    },
  ),
  ask(
    { X: 'm n', w: 'n' },
    {
      latex: tex`X \operatorname{diag}(w)`,
      plain: 'X*diag(w)',
      by: 'w',
      is: ({ X, w }) => X.times(w.t.tall(X.height)),
    },
  ),
  ask(
    { X: 'n n' },
    {
      latex: tex`\operatorname{diag}(X)`,
      plain: 'diag(X)',
      by: 'X',
      is: ({ X }) => X.diagonal(),
      sizes: { n: 3 },
    },
  ),
  ask(
    { X: 'm n' },
    {
      latex: tex`\operatorname{vec}(X)`,
      plain: 'vec(X)',
      by: 'X',
      is: ({ X }) => X.vec(),
      sizes: { m: 2, n: 3 },
    },
  ),
  ask(
    { X: 'N d', W: 'd h' },
    {
      latex: tex`\mathrm{ReLU}(X W)`,
      plain: 'relu(X*W)',
      by: 'W',
      is: ({ X, W }) => X.at(W).relu(),
      sizes: { N: 3, d: 2, h: 4 },
    },
  ),
  ask(
    { Q: 'n d', K: 'm d' },
    {
      latex: tex`Q K^\top`,
      plain: "Q*K'",
      by: 'K',
      is: ({ Q, K }) => Q.at(K.t),
      sizes: { n: 2, m: 3, d: 2 },
    },
  ),
  ask(
    { X: 'm n', t: '' },
    {
      latex: tex`X^\top X \mathbf{1}`,
      plain: "X'*X*ones(n)",
      by: 'X',
      is: ({ X }) => X.t.at(X, X.ones(X.width)),
      sizes: { m: 3, n: 2 },
    },
  ),
  ask(
    { x: 'n', A: 'n n' },
    {
      latex: tex`A x x^\top A^\top`,
      plain: "A*x*x'*A'",
      by: 'x',
      is: ({ x, A }) => A.at(x).outer(A.at(x)),
      sizes: { n: 3 },
    },
  ),
  ask(
    { x: 'n', W: 'm n' },
    {
      latex: tex`\tanh(W x)\, x^\top`,
      plain: "tanh(W*x)*x'",
      by: 'x',
      is: ({ x, W }) => W.at(x).tanh().outer(x),
      sizes: { n: 3, m: 2 },
    },
  ),
  ask(
    { A: 'm n', B: 'p q' },
    {
      latex: tex`A \otimes B`,
      plain: 'kron(A, B)',
      by: 'A',
      is: ({ A, B }) => A.kron(B),
      sizes: { m: 2, n: 3, p: 2, q: 2 },
    },
  ),
])

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
