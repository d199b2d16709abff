import type { Quantity } from '../quantity.js'
import { ask, group, tex } from '../question.js'

const gelu = (z: Quantity) => z.times(z.times(Math.SQRT1_2).erf().plus(1)).times(0.5)
const roughGelu = (z: Quantity) =>
  z
    .times(
      z
        .plus(z.pow(3).times(0.044715))
        .times(Math.sqrt(2 / Math.PI))
        .tanh()
        .plus(1),
    )
    .times(0.5)

export const activations = group('activations', [
  ask(
    { a: 'n', x: 'n' },
    { latex: tex`a^\top \sigma(x)`, plain: "a'*sigmoid(x)", by: 'x', is: ({ a, x }) => a.dot(x.sigmoid()) },
  ),
  ask(
    { a: 'n', x: 'n' },
    {
      latex: tex`a^\top \tanh^2(x)`,
      plain: "a'*tanh(x).^2",
      by: 'x',
      is: ({ a, x }) => a.dot(x.tanh().square),
    },
  ),
  ask(
    { a: 'n', z: 'n spread' },
    {
      latex: tex`a^\top \operatorname{ReLU}(z)`,
      plain: "a'*relu(z)",
      by: 'z',
      is: ({ a, z }) => a.dot(z.relu()),
    },
  ),
  ask(
    { a: 'n', z: 'n spread' },
    { latex: tex`a^\top \max(0, z)`, plain: "a'*max(0, z)", by: 'z', is: ({ a, z }) => a.dot(z.relu()) },
  ),
  ask(
    { z: 'n spread', alpha: '>0', a: 'n' },
    {
      latex: [tex`f(t) = \begin{cases} t & t > 0 \\ \alpha t & t \le 0 \end{cases}`, tex`a^\top f(z)`],
      plain: ['f(t) = where(t > 0, t, alpha*t)', "a'*f(z)"],
      by: 'z',
      is: ({ z, alpha, a }) => a.dot(z.above(0).choose(z, z.times(alpha))),
    },
  ),
  ask(
    { z: 'n spread', alpha: '>0', a: 'n' },
    {
      latex: [tex`f(t) = \max(0, t) + \alpha \min(0, t)`, tex`a^\top f(z)`],
      plain: ['f(t) = max(0, t) + alpha*min(0, t)', "a'*f(z)"],
      by: 'alpha',
      is: ({ z, alpha, a }) => a.dot(z.larger(0).plus(z.smaller(0).times(alpha))),
    },
  ),
  ask(
    { z: 'n spread', alpha: '>0', a: 'n' },
    {
      latex: [
        tex`\phi(t) = \begin{cases} t & \text{if } t > 0 \\ \alpha (e^t - 1) & \text{otherwise} \end{cases}`,
        tex`a^\top \phi(z)`,
      ],
      plain: ['phi(t) = where(t > 0, t, alpha*(exp(t) - 1))', "a'*phi(z)"],
      by: 'z',
      is: ({ z, alpha, a }) => a.dot(z.above(0).choose(z, z.exp().minus(1).times(alpha))),
    },
  ),
  ask(
    { z: 'n', a: 'n' },
    {
      latex: tex`a^\top \log(1 + e^{z})`,
      plain: "a'*log(1 + exp(z))",
      by: 'z',
      is: ({ z, a }) => a.dot(z.softplus()),
    },
  ),
  ask(
    { z: 'n', a: 'n' },
    {
      latex: tex`a^\top \operatorname{softplus}(z)`,
      plain: "a'*softplus(z)",
      by: 'z',
      is: ({ z, a }) => a.dot(z.softplus()),
    },
  ),
  ask(
    { z: 'n spread', a: 'n' },
    {
      latex: tex`a^\top (z \oslash (1 + |z|))`,
      plain: "a'*(z./(1 + abs(z)))",
      by: 'z',
      is: ({ z, a }) => a.dot(z.over(z.abs().plus(1))),
    },
  ),
  ask(
    { z: 'n', beta: '', a: 'n' },
    {
      latex: tex`a^\top \left( z \odot \sigma(\beta z) \right)`,
      plain: "a'*(z.*sigmoid(beta*z))",
      by: 'z',
      is: ({ z, beta, a }) => a.dot(z.times(z.times(beta).sigmoid())),
    },
  ),
  ask(
    { z: 'n', beta: '', a: 'n' },
    {
      latex: tex`a^\top \left( z \odot \sigma(\beta z) \right)`,
      plain: "a'*(z.*sigmoid(beta*z))",
      by: 'beta',
      is: ({ z, beta, a }) => a.dot(z.times(z.times(beta).sigmoid())),
    },
  ),
  ask(
    { z: 'n', a: 'n' },
    {
      latex: [
        tex`g(t) = \tfrac12 t \left(1 + \operatorname{erf}\left(\tfrac{t}{\sqrt 2}\right)\right)`,
        tex`a^\top g(z)`,
      ],
      plain: ['g(t) = 1/2*t*(1 + erf(t/sqrt(2)))', "a'*g(z)"],
      by: 'z',
      is: ({ z, a }) => a.dot(gelu(z)),
    },
  ),
  ask(
    { z: 'n', a: 'n' },
    {
      latex: [
        tex`g(t) = \frac{t}{2}\left(1 + \tanh\left(\sqrt{2/\pi}\,(t + 0.044715 t^3)\right)\right)`,
        tex`a^\top g(z)`,
      ],
      plain: ['g(t) = t/2*(1 + tanh(sqrt(2/pi)*(t + 0.044715*t^3)))', "a'*g(z)"],
      by: 'z',
      is: ({ z, a }) => a.dot(roughGelu(z)),
    },
  ),
  ask(
    { z: 'n', a: 'n' },
    { latex: tex`a^\top \mathrm{GELU}(z)`, plain: "a'*gelu(z)", by: 'z', is: ({ z, a }) => a.dot(gelu(z)) },
  ),
  ask(
    { z: 'n spread', a: 'n' },
    {
      latex: tex`a^\top \max(-1, \min(1, z))`,
      plain: "a'*max(-1, min(1, z))",
      by: 'z',
      is: ({ z, a }) => a.dot(z.smaller(1).larger(-1)),
      sizes: { n: 6 },
    },
  ),
  ask(
    { z: 'n spread', a: 'n' },
    {
      latex: tex`a^\top \max\left(0, \min\left(1, \frac{z + 3}{6}\right)\right)`,
      plain: "a'*max(0, min(1, (z + 3)/6))",
      by: 'z',
      is: ({ z, a }) => a.dot(z.plus(3).over(6).smaller(1).larger(0)),
    },
  ),
  ask(
    { z: 'n spread', a: 'n' },
    {
      latex: tex`a^\top \left(z \odot \min(\max(z + 3, 0), 6)\right) / 6`,
      plain: "a'*(z.*min(max(z + 3, 0), 6))/6",
      by: 'z',
      is: ({ z, a }) => a.dot(z.times(z.plus(3).larger(0).smaller(6))).over(6),
    },
  ),
  ask(
    { z: 'n', a: 'n' },
    {
      latex: tex`a^\top \left(z \odot \tanh(\log(1 + e^z))\right)`,
      plain: "a'*(z.*tanh(log(1 + exp(z))))",
      by: 'z',
      is: ({ z, a }) => a.dot(z.times(z.softplus().tanh())),
    },
  ),
  ask(
    { z: 'n', a: 'n' },
    {
      latex: tex`a^\top \log \sigma(z)`,
      plain: "a'*log(sigmoid(z))",
      by: 'z',
      is: ({ z, a }) => a.dot(z.sigmoid().log()),
    },
  ),
  ask(
    { z: 'n', a: 'n' },
    {
      latex: tex`a^\top \operatorname{softmax}(z)`,
      plain: "a'*softmax(z)",
      by: 'z',
      is: ({ z, a }) => a.dot(z.softmax()),
    },
  ),
  ask(
    { z: 'n', a: 'n' },
    {
      latex: tex`a^\top \log \mathrm{softmax}(z)`,
      plain: "a'*log(softmax(z))",
      by: 'z',
      is: ({ z, a }) => a.dot(z.softmax().log()),
    },
  ),
  ask(
    { z: 'n' },
    {
      latex: tex`\log \sum_{k=1}^{n} e^{z_k}`,
      plain: 'log(sum(k=1:n, exp(z[k])))',
      by: 'z',
      is: ({ z }) => z.logSumExp(),
    },
  ),
  ask(
    { Z: 'm n', A: 'm n' },
    {
      latex: tex`\operatorname{tr}(A^\top \mathrm{softmax}(Z))`,
      plain: "tr(A'*softmax(Z))",
      by: 'Z',
      is: ({ Z, A }) => A.dot(Z.softmaxRows()),
    },
  ),
  ask(
    { z: 'n spread', a: 'n' },
    {
      latex: tex`a^\top \left(\mathbb{1}[z > 0] \odot z^{\odot 2}\right)`,
      plain: "a'*where(z > 0, z.^2, 0)",
      by: 'z',
      is: ({ z, a }) => a.dot(z.above(0).times(z.square)),
    },
  ),
  ask(
    { z: 'n spread', a: 'n', lambda: '>0', alpha: '>0' },
    {
      latex: [
        tex`s(t) = \lambda \begin{cases} t, & t > 0, \\ \alpha e^t - \alpha, & t \leq 0 \end{cases}`,
        tex`a^\top s(z)`,
      ],
      plain: ['s(t) = lambda*where(t > 0, t, alpha*exp(t) - alpha)', "a'*s(z)"],
      by: 'z',
      is: ({ z, a, lambda, alpha }) =>
        a.dot(z.above(0).choose(z, z.exp().minus(1).times(alpha)).times(lambda)),
    },
  ),
  ask(
    { W: 'm n', x: 'n', b: 'm', v: 'm' },
    {
      latex: tex`v^\top \mathrm{ReLU}(W x + b)`,
      plain: "v'*relu(W*x + b)",
      by: 'W',
      is: ({ W, x, b, v }) => v.dot(W.at(x).plus(b).relu()),
    },
  ),
  ask(
    { x: 'n', a: 'n' },
    {
      latex: tex`a^\top \operatorname{SiLU}(x)`,
      plain: "a'*(x.*sigmoid(x))",
      by: 'x',
      is: ({ x, a }) => a.dot(x.times(x.sigmoid())),
    },
  ),
])
