import { ask, group, tex } from '../question.js'

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
