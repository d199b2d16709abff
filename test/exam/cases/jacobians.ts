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
