import { ask, group, tex } from '../question.js'

/** Linear and quadratic forms. */
export const forms = group('linear and quadratic forms', [
  ask({ a: 'n', x: 'n' }, { latex: tex`a^\top x`, plain: "a'*x", by: 'x', is: ({ a, x }) => a.dot(x) }),
  ask(
    { x: 'n', A: 'n n' },
    { latex: tex`x^\top A x`, plain: "x'*A*x", by: 'x', is: ({ x, A }) => x.t.at(A, x) },
  ),
  ask(
    { x: 'n', A: 'n n' },
    { latex: tex`x^T A x`, plain: "x'*A*x", by: 'A', is: ({ x, A }) => x.t.at(A, x) },
  ),
  ask(
    { x: 'n', A: 'n n symmetric' },
    {
      latex: tex`\frac{1}{2} x^{\top} A x`,
      plain: "1/2*x'*A*x",
      by: 'x',
      assume: [['', "A = A'"]],
      is: ({ x, A }) => x.t.at(A, x).times(0.5),
    },
  ),
  ask(
    { x: 'n', A: 'n n symmetric', b: 'n', c: '' },
    {
      latex: tex`\tfrac12 x^\top A x - b^\top x + c`,
      plain: "1/2*x'*A*x - b'*x + c",
      by: 'x',
      assume: [[tex`A = A^\top`, "A = A'"]],
      is: ({ x, A, b, c }) => x.t.at(A, x).times(0.5).minus(b.dot(x)).plus(c),
    },
  ),
  ask(
    { u: 'm', W: 'm n', v: 'n' },
    { latex: tex`u^\top W v`, plain: "u'*W*v", by: 'W', is: ({ u, W, v }) => u.t.at(W, v) },
  ),
  ask(
    { u: 'm', W: 'm n', v: 'n' },
    { latex: tex`v^\top W^\top u`, plain: "v'*W'*u", by: 'v', is: ({ u, W, v }) => u.t.at(W, v) },
  ),
  ask(
    { x: 'n', B: 'm n', C: 'm m', D: 'm n', b: 'm', d: 'm' },
    {
      latex: tex`(B x + b)^\top C (D x + d)`,
      plain: "(B*x + b)'*C*(D*x + d)",
      by: 'x',
      is: ({ x, B, C, D, b, d }) => B.at(x).plus(b).t.at(C, D.at(x).plus(d)),
    },
  ),
  ask(
    { x: 'n', mu: 'n', Sigma: 'n n definite' },
    {
      latex: tex`(x - \mu)^\top \Sigma^{-1} (x - \mu)`,
      plain: "(x - mu)'*inv(Sigma)*(x - mu)",
      by: 'mu',
      is: ({ x, mu, Sigma }) => x.minus(mu).t.at(Sigma.inv(), x.minus(mu)),
    },
  ),
  ask(
    { x: 'n', A: 'm n' },
    { latex: tex`x^\top A^\top A x`, plain: "x'*A'*A*x", by: 'A', is: ({ x, A }) => A.at(x).square.sum() },
  ),
  ask(
    { x: 'n', A: 'm n' },
    { latex: tex`x^\top A^\top A x`, plain: "x'*A'*A*x", by: 'x', is: ({ x, A }) => A.at(x).square.sum() },
  ),
  ask(
    { a: 'n', x: 'n', b: 'n' },
    {
      latex: tex`(a^\top x)(b^\top x)`,
      plain: "(a'*x)*(b'*x)",
      by: 'x',
      is: ({ a, x, b }) => a.dot(x).times(b.dot(x)),
    },
  ),
  ask(
    { a: 'n', x: 'n' },
    { latex: tex`(a^\top x)^3`, plain: "(a'*x)^3", by: 'a', is: ({ a, x }) => a.dot(x).pow(3) },
  ),
  ask(
    { x: 'n', A: 'n n' },
    {
      latex: tex`\frac{x^\top A x}{x^\top x}`,
      plain: "(x'*A*x)/(x'*x)",
      by: 'x',
      is: ({ x, A }) => x.t.at(A, x).over(x.dot(x)),
    },
  ),
  ask(
    { x: 'n', w: 'n', b: '' },
    {
      latex: tex`\sigma(w^\top x + b)`,
      plain: "sigmoid(w'*x + b)",
      by: 'w',
      is: ({ x, w, b }) => w.dot(x).plus(b).sigmoid(),
    },
  ),
  ask(
    { x: 'n', y: 'n' },
    { latex: tex`e^{-x^\top y}`, plain: "exp(-x'*y)", by: 'y', is: ({ x, y }) => x.dot(y).negative.exp() },
  ),
  ask(
    { a: 'n', X: 'n n', b: 'n' },
    { latex: tex`a^\top X X b`, plain: "a'*X*X*b", by: 'X', is: ({ a, X, b }) => a.t.at(X, X, b) },
  ),
  ask(
    { a: 'n', X: 'm n', b: 'n' },
    { latex: tex`a^\top X^\top X b`, plain: "a'*X'*X*b", by: 'X', is: ({ a, X, b }) => a.t.at(X.t, X, b) },
  ),
  ask(
    { x: 'n as \\mathbf{x}', A: 'n n as \\mathbf{A}' },
    {
      latex: tex`\mathbf{x}^\top \mathbf{A} \mathbf{x}`,
      plain: "x'*A*x",
      by: 'x',
      is: ({ x, A }) => x.t.at(A, x),
    },
  ),
  ask(
    { x: 'n', y: 'm', A: 'n n', B: 'n m' },
    {
      latex: tex`x^\top A x + x^\top B y`,
      plain: "x'*A*x + x'*B*y",
      by: 'x',
      is: ({ x, y, A, B }) => x.t.at(A, x).plus(x.t.at(B, y)),
    },
  ),
  ask(
    { c: 'n up', x: 'n up' },
    {
      latex: tex`\log(c^\top x)`,
      plain: "log(c'*x)",
      by: 'c',
      is: ({ c, x }) => c.dot(x).log(),
      sizes: { n: 3 },
    },
  ),
  ask(
    { x: 'n', Q: 'n n', R: 'm m', u: 'm' },
    {
      latex: tex`J = \tfrac12\left( x^\top Q x + u^\top R u \right)`.slice(4),
      plain: "1/2*(x'*Q*x + u'*R*u)",
      by: 'u',
      is: ({ x, Q, R, u }) => x.t.at(Q, x).plus(u.t.at(R, u)).times(0.5),
    },
  ),
])
