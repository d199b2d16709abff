import { ask, group, tex } from '../question.js'

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
