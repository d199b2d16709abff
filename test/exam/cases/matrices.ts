import { ask, group, tex } from '../question.js'

export const traces = group('trace', [
  ask(
    { A: 'n m', X: 'm n' },
    { latex: tex`\operatorname{tr}(A X)`, plain: 'tr(A*X)', by: 'X', is: ({ A, X }) => A.at(X).trace() },
  ),
  ask(
    { A: 'm n', X: 'm n' },
    { latex: tex`\mathrm{tr}(A X^\top)`, plain: "tr(A*X')", by: 'X', is: ({ A, X }) => A.at(X.t).trace() },
  ),
  ask(
    { A: 'p m', X: 'm n', B: 'n p' },
    {
      latex: tex`\operatorname{tr}\left(A X B\right)`,
      plain: 'tr(A*X*B)',
      by: 'X',
      is: ({ A, X, B }) => A.at(X, B).trace(),
    },
  ),
  ask(
    { X: 'm n' },
    { latex: tex`\operatorname{tr}(X^\top X)`, plain: "tr(X'*X)", by: 'X', is: ({ X }) => X.square.sum() },
  ),
  ask(
    { X: 'm n', B: 'm m' },
    {
      latex: tex`\operatorname{Tr}(X^\top B X)`,
      plain: "tr(X'*B*X)",
      by: 'X',
      is: ({ X, B }) => X.t.at(B, X).trace(),
    },
  ),
  ask(
    { A: 'p m', X: 'm n', B: 'n n', C: 'm p' },
    {
      latex: tex`\mathrm{tr}(A X B X^\top C)`,
      plain: "tr(A*X*B*X'*C)",
      by: 'X',
      is: ({ A, X, B, C }) => A.at(X, B, X.t, C).trace(),
    },
  ),
  ask(
    { X: 'n n', A: 'n n' },
    {
      latex: tex`\operatorname{tr}(A X^2)`,
      plain: 'tr(A*X^2)',
      by: 'X',
      is: ({ X, A }) => A.at(X, X).trace(),
    },
  ),
  ask(
    { X: 'n n' },
    { latex: tex`\operatorname{tr}(X^3)`, plain: 'tr(X^3)', by: 'X', is: ({ X }) => X.at(X, X).trace() },
  ),
  ask(
    { X: 'n n' },
    { latex: tex`(\operatorname{tr} X)^2`, plain: 'tr(X)^2', by: 'X', is: ({ X }) => X.trace().square },
  ),
  ask(
    { X: 'n n', A: 'n n', B: 'n n' },
    {
      latex: tex`\operatorname{tr}(A X B X)`,
      plain: 'tr(A*X*B*X)',
      by: 'X',
      is: ({ X, A, B }) => A.at(X, B, X).trace(),
    },
  ),
  ask(
    { X: 'm n', A: 'n n symmetric' },
    {
      latex: tex`\operatorname{tr}(X A X^\top)`,
      plain: "tr(X*A*X')",
      by: 'X',
      assume: [['', "A = A'"]],
      is: ({ X, A }) => X.at(A, X.t).trace(),
    },
  ),
  ask(
    { U: 'm r', V: 'n r', M: 'm n' },
    {
      latex: tex`\operatorname{tr}\left((U V^\top - M)^\top (U V^\top - M)\right)`,
      plain: "tr((U*V' - M)'*(U*V' - M))",
      by: 'V',
      is: ({ U, V, M }) => U.at(V.t).minus(M).square.sum(),
    },
  ),
  ask(
    { X: 'n n', A: 'n n' },
    {
      latex: tex`\log \operatorname{tr}(X^\top X) + \operatorname{tr}(A^\top X)`,
      plain: "log(tr(X'*X)) + tr(A'*X)",
      by: 'X',
      is: ({ X, A }) => X.square.sum().log().plus(A.dot(X)),
    },
  ),
  ask(
    { W: 'd k', S: 'd d' },
    {
      latex: tex`\frac{\operatorname{tr}(W^\top S W)}{\operatorname{tr}(W^\top W)}`,
      plain: "tr(W'*S*W)/tr(W'*W)",
      by: 'W',
      is: ({ W, S }) => W.t.at(S, W).trace().over(W.square.sum()),
    },
  ),
  ask(
    { X: 'n n', a: 'n' },
    {
      latex: tex`\operatorname{tr}(X a a^\top X^\top)`,
      plain: "tr(X*a*a'*X')",
      by: 'a',
      is: ({ X, a }) => X.at(a).square.sum(),
    },
  ),
  ask(
    { X: 'm n', A: 'm n' },
    {
      latex: tex`\langle A, X \rangle + \operatorname{tr}(X X^\top)`,
      plain: "tr(A'*X) + tr(X*X')",
      by: 'X',
      is: ({ X, A }) => A.dot(X).plus(X.square.sum()),
    },
  ),
])

export const determinants = group('determinant and inverse', [
  ask({ X: 'n n' }, { latex: tex`\det(X)`, plain: 'det(X)', by: 'X', is: ({ X }) => X.det() }),
  ask({ X: 'n n' }, { latex: tex`\log\det X`, plain: 'logdet(X)', by: 'X', is: ({ X }) => X.logdet() }),
  ask({ X: 'n n' }, { latex: tex`|X|^2`, plain: 'det(X)^2', by: 'X', is: ({ X }) => X.det().square }),
  ask(
    { X: 'n n', a: 'n', b: 'n' },
    { latex: tex`a^\top X^{-1} b`, plain: "a'*inv(X)*b", by: 'X', is: ({ X, a, b }) => a.t.at(X.inv(), b) },
  ),
  ask(
    { X: 'n n', A: 'n n' },
    {
      latex: tex`\operatorname{tr}(A X^{-1})`,
      plain: 'tr(A*inv(X))',
      by: 'X',
      is: ({ X, A }) => A.at(X.inv()).trace(),
    },
  ),
  ask(
    { X: 'n n' },
    {
      latex: tex`\operatorname{tr}(X^{-\top} X^{-1})`,
      plain: "tr(inv(X)'*inv(X))",
      by: 'X',
      is: ({ X }) => X.inv().square.sum(),
    },
  ),
  ask(
    { X: 'm n' },
    {
      latex: tex`\log\det(X^\top X)`,
      plain: "logdet(X'*X)",
      by: 'X',
      is: ({ X }) => X.t.at(X).logdet(),
      sizes: { m: 4, n: 2 },
    },
  ),
  ask(
    { X: 'n n', A: 'n n', B: 'n n' },
    { latex: tex`\det(A X B)`, plain: 'det(A*X*B)', by: 'X', is: ({ X, A, B }) => A.at(X, B).det() },
  ),
  ask(
    { A: 'n n', x: 'n', b: 'n' },
    { latex: tex`x^\top A^{-1} b`, plain: "x'*inv(A)*b", by: 'x', is: ({ A, x, b }) => x.t.at(A.inv(), b) },
  ),
  ask(
    { X: 'n n', lambda: '>0' },
    {
      latex: tex`\log\det(X + \lambda I)`,
      plain: 'logdet(X + lambda*I)',
      by: 'X',
      is: ({ X, lambda }) => X.plus(X.eye(X.height).times(lambda)).logdet(),
    },
  ),
  ask(
    { X: 'n n', lambda: '>0' },
    {
      latex: tex`\log\det(X + \lambda I_n)`,
      plain: 'logdet(X + lambda*eye(n))',
      by: 'lambda',
      is: ({ X, lambda }) => X.plus(X.eye(X.height).times(lambda)).logdet(),
    },
  ),
  ask(
    { Sigma: 'n n definite', x: 'n' },
    {
      latex: tex`\log |\Sigma| + x^\top \Sigma^{-1} x`,
      plain: "logdet(Sigma) + x'*inv(Sigma)*x",
      by: 'Sigma',
      is: ({ Sigma, x }) => Sigma.logdet().plus(x.t.at(Sigma.inv(), x)),
    },
  ),
  ask(
    { A: 'n n', b: 'n', c: 'n' },
    {
      latex: tex`c^\top (I + A)^{-1} b`,
      plain: "c'*inv(I + A)*b",
      by: 'A',
      is: ({ A, b, c }) => c.t.at(A.plus(A.eye(A.height)).inv(), b),
    },
  ),
  ask(
    { X: 'n n', a: 'n' },
    {
      latex: tex`\frac{\det X}{a^\top X a}`,
      plain: "det(X)/(a'*X*a)",
      by: 'X',
      is: ({ X, a }) => X.det().over(a.t.at(X, a)),
    },
  ),
  ask(
    { A: 'n n', t: '' },
    {
      latex: tex`\det(A + t I)`,
      plain: 'det(A + t*I)',
      by: 't',
      is: ({ A, t }) => A.plus(A.eye(A.height).times(t)).det(),
    },
  ),
  ask(
    { X: 'n n', A: 'n n' },
    {
      latex: tex`\operatorname{tr}\left( (A + X^\top X)^{-1} \right)`,
      plain: "tr(inv(A + X'*X))",
      by: 'X',
      is: ({ X, A }) => A.plus(X.t.at(X)).inv().trace(),
    },
  ),
  ask(
    { X: 'n n' },
    {
      latex: tex`\ln \det(X X^\top) - \operatorname{tr}(X)`,
      plain: "logdet(X*X') - tr(X)",
      by: 'X',
      is: ({ X }) => X.at(X.t).logdet().minus(X.trace()),
    },
  ),
  ask(
    { u: 'n', v: 'n', A: 'n n' },
    {
      latex: tex`\det(A + u v^\top)`,
      plain: "det(A + u*v')",
      by: 'u',
      is: ({ u, v, A }) => A.plus(u.outer(v)).det(),
    },
  ),
  ask(
    { X: 'n n', b: 'n' },
    {
      latex: [tex`y = X^{-1} b`, tex`\tfrac12 \|y\|^2`],
      plain: ['y = inv(X)*b', '1/2*norm2(y)^2'],
      by: 'X',
      is: ({ X, b }) => X.inv().at(b).square.sum().times(0.5),
    },
  ),
  ask(
    { X: 'n n' },
    { latex: tex`\det(X^{-1})`, plain: 'det(inv(X))', by: 'X', is: ({ X }) => X.inv().det() },
  ),
])

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

export const byScalar = group('arrays by a scalar', [
  ask(
    { x: 'n', y: 'n', t: '' },
    {
      latex: tex`t^2 x + e^{t} y`,
      plain: 't^2*x + exp(t)*y',
      by: 't',
      is: ({ x, y, t }) => x.times(t.square).plus(y.times(t.exp())),
    },
  ),
  ask(
    { A: 'm n', B: 'm n', t: '' },
    {
      latex: tex`A + t B + t^2 A`,
      plain: 'A + t*B + t^2*A',
      by: 't',
      is: ({ A, B, t }) => A.plus(B.times(t)).plus(A.times(t.square)),
    },
  ),
  ask(
    { A: 'n n', t: '' },
    {
      latex: tex`(I + t A)^{-1}`,
      plain: 'inv(I + t*A)',
      by: 't',
      is: ({ A, t }) => A.eye(A.height).plus(A.times(t)).inv(),
      sizes: { n: 2 },
    },
  ),
  ask(
    { x: 'n', t: '' },
    { latex: tex`\sin(t x)`, plain: 'sin(t*x)', by: 't', is: ({ x, t }) => x.times(t).sin() },
  ),
  ask(
    { z: 'n', tau: '>0' },
    {
      latex: tex`\mathrm{softmax}(z / \tau)`,
      plain: 'softmax(z/tau)',
      by: 'tau',
      is: ({ z, tau }) => z.over(tau).softmax(),
    },
  ),
  ask(
    { W: 'm n', x: 'n', b: 'm', t: '' },
    {
      latex: tex`\sigma(t W x + b)`,
      plain: 'sigmoid(t*W*x + b)',
      by: 't',
      is: ({ W, x, b, t }) => W.at(x).times(t).plus(b).sigmoid(),
    },
  ),
  ask({ X: 'm n', t: '>0' }, { latex: tex`\frac{X}{t}`, plain: 'X/t', by: 't', is: ({ X, t }) => X.over(t) }),
  ask(
    { u: 'm', v: 'n', t: '' },
    {
      latex: tex`\cos(t)\, u v^\top`,
      plain: "cos(t)*u*v'",
      by: 't',
      is: ({ u, v, t }) => u.outer(v).times(t.cos()),
    },
  ),
  ask(
    { X: 'n d', lambda: '>0', y: 'n' },
    {
      latex: tex`(X^\top X + \lambda I)^{-1} X^\top y`,
      plain: "inv(X'*X + lambda*I)*X'*y",
      by: 'lambda',
      is: ({ X, lambda, y }) => X.t.at(X).plus(X.eye(X.width).times(lambda)).inv().at(X.t, y),
      sizes: { n: 4, d: 2 },
    },
  ),
  ask(
    { z: 'n spread', alpha: '' },
    {
      latex: tex`\max(z, \alpha z)`,
      plain: 'max(z, alpha*z)',
      by: 'alpha',
      is: ({ z, alpha }) => z.larger(z.times(alpha)),
      sizes: { n: 4 },
    },
  ),
  ask(
    { X: 'm n', Y: 'm n', c: '' },
    {
      latex: tex`X \odot (c Y - X)`,
      plain: 'X.*(c*Y - X)',
      by: 'c',
      is: ({ X, Y, c }) => X.times(Y.times(c).minus(X)),
    },
  ),
  ask(
    { t: '', w: 'n' },
    {
      latex: tex`\exp(-t)\tanh(w)`,
      plain: 'exp(-t)*tanh(w)',
      by: 't',
      is: ({ t, w }) => w.tanh().times(t.negative.exp()),
    },
  ),
  ask(
    { w: 'n', beta: '' },
    {
      latex: tex`\frac{w}{1 + \beta^2}`,
      plain: 'w/(1 + beta^2)',
      by: 'beta',
      is: ({ w, beta }) => w.over(beta.square.plus(1)),
    },
  ),
])
