import { ask, group, tex } from '../question.js'

export const norms = group('norms', [
  ask({ x: 'n' }, { latex: tex`\|x\|`, plain: 'norm2(x)', by: 'x', is: ({ x }) => x.norm() }),
  ask(
    { x: 'n', a: 'n' },
    {
      latex: tex`\left\| x - a \right\|_2`,
      plain: 'norm2(x - a)',
      by: 'x',
      is: ({ x, a }) => x.minus(a).norm(),
    },
  ),
  ask(
    { x: 'n', a: 'n' },
    {
      latex: tex`\frac12 \lVert x - a \rVert^2`,
      plain: '1/2*norm2(x - a)^2',
      by: 'a',
      is: ({ x, a }) => x.minus(a).square.sum().times(0.5),
    },
  ),
  ask({ x: 'n spread' }, { latex: tex`\|x\|_1`, plain: 'norm1(x)', by: 'x', is: ({ x }) => x.norm1() }),
  ask(
    { X: 'm n', w: 'n', y: 'm' },
    {
      latex: tex`\|X w - y\|_2^2`,
      plain: 'norm2(X*w - y)^2',
      by: 'w',
      is: ({ X, w, y }) => X.at(w).minus(y).square.sum(),
    },
  ),
  ask(
    { X: 'm n', w: 'n', y: 'm' },
    {
      latex: tex`\| y - X w \|^2`,
      plain: 'norm2(y - X*w)^2',
      by: 'X',
      is: ({ X, w, y }) => X.at(w).minus(y).square.sum(),
    },
  ),
  ask({ X: 'm n' }, { latex: tex`\|X\|_F`, plain: 'norm2(X)', by: 'X', is: ({ X }) => X.norm() }),
  ask(
    { X: 'm n', Y: 'm n' },
    {
      latex: tex`\tfrac{1}{2}\left\|X - Y\right\|_F^2`,
      plain: '1/2*norm2(X - Y)^2',
      by: 'X',
      is: ({ X, Y }) => X.minus(Y).square.sum().times(0.5),
    },
  ),
  ask(
    { A: 'p m', X: 'm n', B: 'n q', C: 'p q' },
    {
      latex: tex`\|A X B + C\|_F^2`,
      plain: 'norm2(A*X*B + C)^2',
      by: 'X',
      is: ({ A, X, B, C }) => A.at(X, B).plus(C).square.sum(),
    },
  ),
  ask(
    { X: 'm k', U: 'm r', V: 'k r' },
    {
      latex: tex`\| X - U V^\top \|_F^2`,
      plain: "norm2(X - U*V')^2",
      by: 'U',
      is: ({ X, U, V }) => X.minus(U.at(V.t)).square.sum(),
    },
  ),
  ask(
    { X: 'm k', U: 'm r', V: 'k r' },
    {
      latex: tex`\| X - U V^\top \|_F^2`,
      plain: "norm2(X - U*V')^2",
      by: 'V',
      is: ({ X, U, V }) => X.minus(U.at(V.t)).square.sum(),
    },
  ),
  ask(
    { x: 'n', lambda: '>0' },
    {
      latex: tex`\frac{\lambda}{2} \|x\|_2^2 + \lambda \|x\|_1`,
      plain: 'lambda/2*norm2(x)^2 + lambda*norm1(x)',
      by: 'x',
      is: ({ x, lambda }) => lambda.times(x.square.sum()).times(0.5).plus(lambda.times(x.norm1())),
    },
  ),
  ask(
    { x: 'n', A: 'm n' },
    { latex: tex`\|A x\|`, plain: 'norm2(A*x)', by: 'x', is: ({ x, A }) => A.at(x).norm() },
  ),
  ask(
    { x: 'n', A: 'm n' },
    { latex: tex`\|A x\|`, plain: 'norm2(A*x)', by: 'A', is: ({ x, A }) => A.at(x).norm() },
  ),
  ask(
    { x: 'n', a: 'n', gamma: '>0' },
    {
      latex: tex`\exp\left(-\gamma \|x - a\|^2\right)`,
      plain: 'exp(-gamma*norm2(x - a)^2)',
      by: 'x',
      is: ({ x, a, gamma }) => gamma.times(x.minus(a).square.sum()).negative.exp(),
    },
  ),
  ask(
    { x: 'n', y: 'n' },
    {
      latex: tex`\frac{x^\top y}{\|x\| \|y\|}`,
      plain: "x'*y/(norm2(x)*norm2(y))",
      by: 'x',
      is: ({ x, y }) => x.dot(y).over(x.norm().times(y.norm())),
    },
  ),
  ask({ x: 'n' }, { latex: tex`\|x\|^3`, plain: 'norm2(x)^3', by: 'x', is: ({ x }) => x.norm().pow(3) }),
  ask(
    { x: 'n', epsilon: '>0' },
    {
      latex: tex`\sqrt{x^\top x + \epsilon}`,
      plain: "sqrt(x'*x + epsilon)",
      by: 'x',
      is: ({ x, epsilon }) => x.dot(x).plus(epsilon).sqrt(),
    },
  ),
  ask(
    { W: 'm n spread', lambda: '>0' },
    {
      latex: tex`\lambda \|W\|_1`,
      plain: 'lambda*norm1(W)',
      by: 'W',
      is: ({ W, lambda }) => lambda.times(W.norm1()),
    },
  ),
  ask(
    { x: 'n', a: 'n' },
    {
      latex: tex`\log \|x - a\|`,
      plain: 'log(norm2(x - a))',
      by: 'x',
      is: ({ x, a }) => x.minus(a).norm().log(),
    },
  ),
])
