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
