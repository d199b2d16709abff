import { ask, group, tex } from '../question.js'

/** Functions of several scalar variables. */
export const several = group('several variables', [
  ask(
    { x: '', y: '' },
    {
      latex: tex`x^2 y^3 - \frac{x}{1 + y^2}`,
      plain: 'x^2*y^3 - x/(1 + y^2)',
      by: 'y',
      is: ({ x, y }) => x.square.times(y.pow(3)).minus(x.over(y.square.plus(1))),
    },
  ),
  ask(
    { x: '', y: '' },
    {
      latex: tex`e^{xy}\sin(x - y)`,
      plain: 'exp(x*y)*sin(x - y)',
      by: 'x',
      is: ({ x, y }) => x.times(y).exp().times(x.minus(y).sin()),
    },
  ),
  ask(
    { a: '', b: '', c: '' },
    {
      latex: tex`\tanh(ab + c)^2`,
      plain: 'tanh(a*b + c)^2',
      by: 'b',
      is: ({ a, b, c }) => a.times(b).plus(c).tanh().square,
    },
  ),
  ask(
    { x: '', y: '' },
    {
      latex: tex`\sqrt{x^2 + y^2}`,
      plain: 'sqrt(x^2 + y^2)',
      by: 'x',
      is: ({ x, y }) => x.square.plus(y.square).sqrt(),
    },
  ),
  ask(
    { x: '', mu: '', sigma: '>0' },
    {
      latex: tex`\frac{1}{\sqrt{2\pi}\,\sigma} \exp\left(-\frac{(x - \mu)^2}{2\sigma^2}\right)`,
      plain: '1/(sqrt(2*pi)*sigma)*exp(-(x - mu)^2/(2*sigma^2))',
      by: 'sigma',
      is: ({ x, mu, sigma }) =>
        x
          .minus(mu)
          .square.over(sigma.square)
          .times(-0.5)
          .exp()
          .over(sigma.times(Math.sqrt(2 * Math.PI))),
    },
  ),
  ask(
    { x: '', mu: '', sigma: '>0' },
    {
      latex: tex`\log\left(\frac{1}{\sqrt{2\pi\sigma^2}} e^{-\frac{(x - \mu)^2}{2\sigma^2}}\right)`,
      plain: 'log(1/sqrt(2*pi*sigma^2)*exp(-(x - mu)^2/(2*sigma^2)))',
      by: 'mu',
      is: ({ x, mu, sigma }) =>
        x
          .minus(mu)
          .square.over(sigma.square)
          .times(-0.5)
          .exp()
          .over(sigma.times(Math.sqrt(2 * Math.PI)))
          .log(),
    },
  ),
  ask(
    { x: '>0', y: '>0' },
    {
      latex: tex`x \ln\frac{x}{y}`,
      plain: 'x*log(x/y)',
      by: 'y',
      is: ({ x, y }) => x.times(x.over(y).log()),
    },
  ),
  ask(
    { r: '>0', phi: '' },
    {
      latex: [tex`x = r\cos\phi`, tex`y = r\sin\phi`, 'x^2 y'],
      plain: ['x = r*cos(phi)', 'y = r*sin(phi)', 'x^2*y'],
      by: 'phi',
      is: ({ r, phi }) => r.times(phi.cos()).square.times(r.times(phi.sin())),
    },
  ),
  ask(
    { x: '', y: '' },
    {
      latex: [tex`u = x y`, tex`v = x + y`, tex`\frac{u}{v^2 + 1}`],
      plain: ['u = x*y', 'v = x + y', 'u/(v^2 + 1)'],
      by: 'x',
      is: ({ x, y }) => x.times(y).over(x.plus(y).square.plus(1)),
    },
  ),
  ask(
    { w: '', x: '', b: '', y: '' },
    {
      latex: tex`\frac{1}{2}\left(\sigma(w x + b) - y\right)^2`,
      plain: '1/2*(sigmoid(w*x + b) - y)^2',
      by: 'w',
      is: ({ w, x, b, y }) => w.times(x).plus(b).sigmoid().minus(y).square.times(0.5),
    },
  ),
  ask(
    { x: '', y: '' },
    { latex: tex`\max(x, y^2)`, plain: 'max(x, y^2)', by: 'y', is: ({ x, y }) => x.larger(y.square) },
  ),
  ask(
    { x: '', y: '', z: '' },
    {
      latex: tex`\log(e^x + e^y + e^z)`,
      plain: 'log(exp(x) + exp(y) + exp(z))',
      by: 'z',
      is: ({ x, y, z }) => x.exp().plus(y.exp()).plus(z.exp()).log(),
    },
  ),
  ask(
    { x: '', y: '' },
    {
      latex: tex`x^3 y + \cos(x y)`,
      plain: 'x^3*y + cos(x*y)',
      by: 'x',
      order: 2,
      is: ({ x, y }) => x.pow(3).times(y).plus(x.times(y).cos()),
    },
  ),
  ask(
    { alpha: '', beta: '', x: '' },
    {
      latex: tex`\alpha e^{-\beta x} + \beta`,
      plain: 'alpha*exp(-beta*x) + beta',
      by: 'beta',
      is: ({ alpha, beta, x }) => alpha.times(beta.times(x).negative.exp()).plus(beta),
    },
  ),
  ask(
    { p: '>0', q: 'unit' },
    {
      latex: tex`p^q (1 - q)^p`,
      plain: 'p^q*(1 - q)^p',
      by: 'p',
      is: ({ p, q }) => p.pow(q).times(q.negative.plus(1).pow(p)),
    },
  ),
])
