import { ask, group, tex } from '../question.js'

export const entrywise = group('Hadamard, diag, Kronecker, vec', [
  ask(
    { x: 'n', y: 'n' },
    {
      latex: tex`\mathbf{1}^\top (x \odot y \odot x)`,
      plain: "ones(n)'*(x.*y.*x)",
      by: 'x',
      is: ({ x, y }) => x.times(y).times(x).sum(),
    },
  ),
  ask(
    { a: 'n', x: 'n spread' },
    {
      latex: tex`\mathbf{1}_n^\top (a \oslash x)`,
      plain: 'sum(a./x)',
      by: 'x',
      is: ({ a, x }) => a.over(x).sum(),
    },
  ),
  ask(
    { A: 'm n', X: 'm n' },
    {
      latex: tex`\operatorname{tr}\left(A^\top (X \odot X)\right)`,
      plain: "tr(A'*(X.*X))",
      by: 'X',
      is: ({ A, X }) => A.dot(X.square),
    },
  ),
  ask(
    { A: 'm n', X: 'm n' },
    {
      latex: tex`\|A \circ X\|_F^2`,
      plain: 'norm2(A.*X)^2',
      by: 'X',
      is: ({ A, X }) => A.times(X).square.sum(),
    },
  ),
  ask(
    { x: 'n', A: 'n n' },
    {
      latex: tex`\operatorname{tr}(A \operatorname{diag}(x))`,
      plain: 'tr(A*diag(x))',
      by: 'x',
      is: ({ x, A }) => A.diagonal().dot(x),
    },
  ),
  ask(
    { x: 'n', a: 'n', b: 'n' },
    {
      latex: tex`a^\top \operatorname{diag}(x) b`,
      plain: "a'*diag(x)*b",
      by: 'x',
      is: ({ x, a, b }) => a.times(x).dot(b),
    },
  ),
  ask(
    { X: 'n n', a: 'n' },
    {
      latex: tex`a^\top \operatorname{diag}(X)`,
      plain: "a'*diag(X)",
      by: 'X',
      is: ({ X, a }) => a.dot(X.diagonal()),
    },
  ),
  ask(
    { X: 'm n', d: 'n', a: 'm' },
    {
      latex: tex`a^\top X \operatorname{diag}(d) X^\top a`,
      plain: "a'*X*diag(d)*X'*a",
      by: 'd',
      is: ({ X, d, a }) => X.t.at(a).square.dot(d),
    },
  ),
  ask(
    { X: 'm n', d: 'n', a: 'm' },
    {
      latex: tex`a^\top X \mathrm{diag}(d) X^\top a`,
      plain: "a'*X*diag(d)*X'*a",
      by: 'X',
      is: ({ X, d, a }) => X.t.at(a).square.dot(d),
    },
  ),
  ask(
    { x: 'm', y: 'n', c: 'm*n' },
    {
      latex: tex`c^\top (x \otimes y)`,
      plain: "c'*kron(x, y)",
      by: 'x',
      is: ({ x, y, c }) => c.dot(x.kron(y)),
    },
  ),
  ask(
    { A: 'm n', X: 'n p', c: 'm*p' },
    {
      latex: tex`c^\top \operatorname{vec}(A X)`,
      plain: "c'*vec(A*X)",
      by: 'X',
      is: ({ A, X, c }) => c.dot(A.at(X).vec()),
    },
  ),
  ask(
    { X: 'm n' },
    {
      latex: tex`\|\operatorname{vec}(X)\|^2`,
      plain: 'norm2(vec(X))^2',
      by: 'X',
      is: ({ X }) => X.square.sum(),
    },
  ),
  ask(
    { A: 'n n', B: 'm m' },
    {
      latex: tex`\operatorname{tr}(A \otimes B)`,
      plain: 'tr(kron(A, B))',
      inEntries: true,
      by: 'A',
      is: ({ A, B }) => A.kron(B).trace(),
    },
  ),
  ask(
    { x: 'n' },
    { latex: tex`\mathbf{1}^\top x^{\odot 3}`, plain: 'sum(x.^3)', by: 'x', is: ({ x }) => x.pow(3).sum() },
  ),
  ask(
    { W: 'm n', M: 'm n', x: 'n', y: 'm' },
    {
      latex: tex`\tfrac12 \|(M \odot W) x - y\|^2`,
      plain: '1/2*norm2((M.*W)*x - y)^2',
      by: 'W',
      is: ({ W, M, x, y }) => M.times(W).at(x).minus(y).square.sum().times(0.5),
    },
  ),
  ask(
    { A: 'm n', B: 'm n', x: 'n', y: 'm' },
    {
      latex: tex`y^\top (A \odot B) x`,
      plain: "y'*(A.*B)*x",
      by: 'B',
      is: ({ A, B, x, y }) => y.t.at(A.times(B), x),
    },
  ),
  ask(
    { x: 'n', A: 'n n' },
    {
      latex: tex`\log\det(A + \operatorname{diag}(x))`,
      plain: 'logdet(A + diag(x))',
      by: 'x',
      is: ({ x, A }) => A.plus(x.onDiagonal()).logdet(),
    },
  ),
  ask(
    { x: 'n up', a: 'n' },
    {
      latex: tex`a^\top (x^{\odot 2} + \log x)`,
      plain: "a'*(x.^2 + log(x))",
      by: 'x',
      is: ({ x, a }) => a.dot(x.square.plus(x.log())),
    },
  ),
  ask(
    { X: 'm n', u: 'm', v: 'n' },
    {
      latex: tex`u^\top (X \odot X \odot X) v`,
      plain: "u'*(X.*X.*X)*v",
      by: 'X',
      is: ({ X, u, v }) => u.t.at(X.pow(3), v),
    },
  ),
  ask(
    { x: 'n', A: 'n n' },
    {
      latex: tex`\operatorname{tr}\left(\operatorname{diag}(x) A \operatorname{diag}(x)\right)`,
      plain: 'tr(diag(x)*A*diag(x))',
      by: 'x',
      is: ({ x, A }) => A.diagonal().dot(x.square),
    },
  ),
  ask(
    { x: 'n', A: 'n n', b: 'n' },
    {
      latex: tex`b^\top \operatorname{diag}(A x) x`,
      plain: "b'*diag(A*x)*x",
      by: 'x',
      is: ({ x, A, b }) => b.dot(A.at(x).times(x)),
    },
  ),
])
