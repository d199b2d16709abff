import { ask, group, tex } from '../question.js'

/** Functions of one variable. */
export const calculus = group('single variable', [
  ask(
    { x: '' },
    {
      latex: tex`x^3 \cos(3x)`,
      plain: 'x^3*cos(3*x)',
      by: 'x',
      is: ({ x }) => x.pow(3).times(x.times(3).cos()),
    },
  ),
  ask(
    { x: '' },
    {
      latex: tex`\frac{x^2 - 1}{x^2 + 1}`,
      plain: '(x^2 - 1)/(x^2 + 1)',
      by: 'x',
      is: ({ x }) => x.square.minus(1).over(x.square.plus(1)),
    },
  ),
  ask(
    { t: '' },
    { latex: tex`e^{-t^2/2}`, plain: 'exp(-t^2/2)', by: 't', is: ({ t }) => t.square.times(-0.5).exp() },
  ),
  ask({ x: '>0' }, { latex: tex`x^x`, plain: 'x^x', by: 'x', is: ({ x }) => x.pow(x) }),
  ask(
    { x: '>0' },
    { latex: tex`\frac{\ln x}{x}`, plain: 'log(x)/x', by: 'x', is: ({ x }) => x.log().over(x) },
  ),
  ask(
    { x: 'up' },
    {
      latex: tex`\sqrt{x + \sqrt{x}}`,
      plain: 'sqrt(x + sqrt(x))',
      by: 'x',
      is: ({ x }) => x.plus(x.sqrt()).sqrt(),
    },
  ),
  ask(
    { x: '' },
    {
      latex: tex`\arctan\left(\frac{2x}{1 + x^2}\right)`,
      plain: 'arctan(2*x/(1 + x^2))',
      by: 'x',
      is: ({ x }) => x.times(2).over(x.square.plus(1)).atan(),
    },
  ),
  ask(
    { x: 'small' },
    {
      latex: tex`\arcsin x + \arccos(x^2)`,
      plain: 'arcsin(x) + arccos(x^2)',
      by: 'x',
      is: ({ x }) => x.asin().plus(x.square.acos()),
    },
  ),
  ask(
    { x: '' },
    {
      latex: tex`\cosh^2(x) - \sinh x`,
      plain: 'cosh(x)^2 - sinh(x)',
      by: 'x',
      is: ({ x }) => x.cosh().square.minus(x.sinh()),
    },
  ),
  ask(
    { x: '' },
    {
      latex: tex`2^x + x^2`,
      plain: '2^x + x^2',
      by: 'x',
      is: ({ x }) => x.times(Math.LN2).exp().plus(x.square),
    },
  ),
  ask(
    { x: '', a: '>0' },
    { latex: tex`a^{\sin x}`, plain: 'a^sin(x)', by: 'x', is: ({ x, a }) => a.log().times(x.sin()).exp() },
  ),
  ask(
    { x: '', a: '>0' },
    { latex: tex`a^{\sin x}`, plain: 'a^sin(x)', by: 'a', is: ({ x, a }) => a.log().times(x.sin()).exp() },
  ),
  ask(
    { x: '' },
    {
      latex: tex`\operatorname{erf}(x / \sqrt{2})`,
      plain: 'erf(x/sqrt(2))',
      by: 'x',
      is: ({ x }) => x.times(Math.SQRT1_2).erf(),
    },
  ),
  ask({ x: 'spread' }, { latex: tex`|x|\, x`, plain: 'abs(x)*x', by: 'x', is: ({ x }) => x.abs().times(x) }),
  ask(
    { x: '' },
    {
      latex: tex`\log(1 + e^{-x})`,
      plain: 'log(1 + exp(-x))',
      by: 'x',
      is: ({ x }) => x.negative.softplus(),
    },
  ),
  ask(
    { x: '' },
    { latex: tex`\tan^2 x`, plain: 'tan(x)^2', by: 'x', is: ({ x }) => x.times(0.5).times(2).tan().square },
  ),
  ask(
    { x: '', n: '' },
    { latex: tex`(1 + x^2)^{n}`, plain: '(1 + x^2)^n', by: 'x', is: ({ x, n }) => x.square.plus(1).pow(n) },
  ),
  ask(
    { x: 'up' },
    {
      latex: tex`\frac{1}{\sqrt{x}} + x^{2/3}`,
      plain: '1/sqrt(x) + x^(2/3)',
      by: 'x',
      is: ({ x }) =>
        x.pow(-0.5).plus(
          x
            .log()
            .times(2 / 3)
            .exp(),
        ),
    },
  ),
  ask(
    { x: '' },
    {
      latex: ['u = x^2 + 1', tex`v = \log u`, 'u v'],
      plain: ['u = x^2 + 1', 'v = log(u)', 'u*v'],
      by: 'x',
      is: ({ x }) => {
        const u = x.square.plus(1)
        return u.times(u.log())
      },
    },
  ),
  ask(
    { x: 'spread' },
    {
      latex: tex`\begin{cases} x^2 & x > 0 \\ -x & \text{otherwise} \end{cases}`,
      plain: 'where(x > 0, x^2, -x)',
      by: 'x',
      is: ({ x }) => x.above(0).choose(x.square, x.negative),
    },
  ),
  ask(
    { theta: '' },
    {
      latex: tex`\sin^2\theta\,\cos\theta`,
      plain: 'sin(theta)^2*cos(theta)',
      by: 'theta',
      is: ({ theta }) => theta.sin().square.times(theta.cos()),
    },
  ),
  ask(
    { x: '' },
    {
      latex: tex`x^4 - 3x^2 + \tfrac12 x`,
      plain: 'x^4 - 3*x^2 + 1/2*x',
      by: 'x',
      order: 2,
      is: ({ x }) => x.pow(4).minus(x.square.times(3)).plus(x.times(0.5)),
    },
  ),
  ask(
    { s: '' },
    {
      latex: tex`\frac{1}{1 + \exp(-s)}`,
      plain: '1/(1 + exp(-s))',
      by: 's',
      order: 2,
      is: ({ s }) => s.sigmoid(),
    },
  ),
  ask(
    { x: '>0' },
    {
      latex: tex`\log_2(x^3)`,
      plain: 'log(x^3)/log(2)',
      by: 'x',
      is: ({ x }) => x.log().times(3 / Math.LN2),
    },
  ),
])
