import { ask, group, tex } from '../question.js'

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
