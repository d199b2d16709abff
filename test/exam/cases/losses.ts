import type { Quantity } from '../quantity.js'
import { ask, group, tex } from '../question.js'

const simplexSum: readonly (readonly [string, string])[] = [[tex`\mathbf{1}^\top y = 1`, 'sum(y) = 1']]
const cross = (y: Quantity, p: Quantity) => y.dot(p.log()).negative

export const losses = group('losses', [
  ask(
    { z: 'n', t: 'n' },
    {
      latex: tex`\frac12 \|z - t\|^2`,
      plain: '1/2*norm2(z - t)^2',
      by: 'z',
      is: ({ z, t }) => z.minus(t).square.sum().times(0.5),
    },
  ),
  ask(
    { z: 'n', t: 'n' },
    {
      latex: tex`\frac{1}{n} \sum_{i=1}^{n} (z_i - t_i)^2`,
      plain: '1/n*sum(i=1:n, (z[i] - t[i])^2)',
      by: 'z',
      is: ({ z, t }) => z.minus(t).square.mean(),
    },
  ),
  ask(
    { p: 'unit', y: 'bit' },
    {
      latex: tex`-y \log p - (1 - y) \log(1 - p)`,
      plain: '-y*log(p) - (1 - y)*log(1 - p)',
      by: 'p',
      is: ({ p, y }) => y.times(p.log()).plus(y.negative.plus(1).times(p.negative.plus(1).log())).negative,
    },
  ),
  ask(
    { z: '', y: 'bit' },
    {
      latex: [tex`p = \sigma(z)`, tex`L = -\left(y \log p + (1 - y)\log(1 - p)\right)`, 'L'],
      plain: ['p = sigmoid(z)', 'L = -(y*log(p) + (1 - y)*log(1 - p))', 'L'],
      by: 'z',
      is: ({ z, y }) => {
        const p = z.sigmoid()
        return y.times(p.log()).plus(y.negative.plus(1).times(p.negative.plus(1).log())).negative
      },
    },
  ),
  ask(
    { p: 'n unit', t: 'n bit' },
    {
      latex: tex`-\sum_{i=1}^n \left[ t_i \log p_i + (1 - t_i) \log(1 - p_i) \right]`,
      plain: '-sum(i=1:n, t[i]*log(p[i]) + (1 - t[i])*log(1 - p[i]))',
      by: 'p',
      is: ({ p, t }) => t.dot(p.log()).plus(t.negative.plus(1).dot(p.negative.plus(1).log())).negative,
    },
  ),
  ask(
    { p: 'n up', t: 'n' },
    { latex: tex`-t^\top \log p`, plain: "-t'*log(p)", by: 'p', is: ({ p, t }) => cross(t, p) },
  ),
  ask(
    { z: 'K', y: 'K onehot' },
    {
      latex: [tex`p = \mathrm{softmax}(z)`, tex`L = -\sum_{k=1}^{K} y_k \log p_k`, 'L'],
      plain: ['p = softmax(z)', 'L = -sum(k=1:K, y[k]*log(p[k]))', 'L'],
      by: 'z',
      assume: simplexSum,
      is: ({ z, y }) => cross(y, z.softmax()),
    },
  ),
  ask(
    { z: 'K', y: 'K' },
    {
      latex: tex`-y^\top \log \mathrm{softmax}(z)`,
      plain: "-y'*log(softmax(z))",
      by: 'z',
      is: ({ z, y }) => cross(y, z.softmax()),
    },
  ),
  ask(
    { z: 'K', y: 'K simplex' },
    {
      latex: [tex`s = \operatorname{softmax}(z)`, tex`\sum_{k=1}^K y_k \log \frac{y_k}{s_k}`],
      plain: ['s = softmax(z)', 'sum(k=1:K, y[k]*log(y[k]/s[k]))'],
      by: 'z',
      assume: simplexSum,
      is: ({ z, y }) => y.dot(y.log().minus(z.softmax().log())),
    },
  ),
  ask(
    { X: 'm d', W: 'd K', Y: 'm K onehot' },
    {
      latex: [tex`S = \mathrm{softmax}(X W)`, tex`L = -\frac{1}{m} \operatorname{tr}(Y^\top \log S)`, 'L'],
      plain: ['S = softmax(X*W)', "L = -1/m*tr(Y'*log(S))", 'L'],
      by: 'W',
      is: ({ X, W, Y }) => cross(Y, X.at(W).softmaxRows()).over(X.height),
    },
  ),
  ask(
    { z: '', y: 'sign' },
    {
      latex: tex`\log(1 + e^{-y z})`,
      plain: 'log(1 + exp(-y*z))',
      by: 'z',
      is: ({ z, y }) => y.times(z).negative.softplus(),
    },
  ),
  ask(
    { w: 'd', x: 'd', y: 'sign' },
    {
      latex: tex`\max(0, 1 - y\, w^\top x)`,
      plain: "max(0, 1 - y*w'*x)",
      by: 'w',
      is: ({ w, x, y }) => y.times(w.dot(x)).negative.plus(1).relu(),
    },
  ),
  ask(
    { z: 'spread', t: '', delta: '>0' },
    {
      latex: tex`\begin{cases} \tfrac12 (z - t)^2 & |z - t| \le \delta \\ \delta\left(|z - t| - \tfrac12\delta\right) & \text{otherwise} \end{cases}`,
      plain: 'where(abs(z - t) <= delta, 1/2*(z - t)^2, delta*(abs(z - t) - 1/2*delta))',
      by: 'z',
      is: ({ z, t, delta }) => {
        const r = z.minus(t)
        return r
          .abs()
          .above(delta)
          .choose(delta.times(r.abs().minus(delta.times(0.5))), r.square.times(0.5))
      },
    },
  ),
  ask(
    { z: 'n spread', t: 'n', delta: '>0' },
    {
      latex: [
        tex`h(r) = \begin{cases} \frac{r^2}{2} & \text{if } |r| \leq \delta \\ \delta |r| - \frac{\delta^2}{2} & \text{else} \end{cases}`,
        tex`\sum_{i=1}^n h(z_i - t_i)`,
      ],
      plain: ['h(r) = where(abs(r) <= delta, r^2/2, delta*abs(r) - delta^2/2)', 'sum(i=1:n, h(z[i] - t[i]))'],
      by: 'z',
      is: ({ z, t, delta }) => {
        const r = z.minus(t)
        return r
          .abs()
          .above(delta)
          .choose(r.abs().minus(delta.times(0.5)).times(delta), r.square.times(0.5))
          .sum()
      },
    },
  ),
  ask(
    { z: 'n spread', t: 'n' },
    { latex: tex`\|z - t\|_1`, plain: 'norm1(z - t)', by: 't', is: ({ z, t }) => z.minus(t).norm1() },
  ),
  ask(
    { z: 'n', t: 'n' },
    {
      latex: tex`\sum_{i=1}^n \log\cosh(z_i - t_i)`,
      plain: 'sum(i=1:n, log(cosh(z[i] - t[i])))',
      by: 'z',
      is: ({ z, t }) => z.minus(t).cosh().log().sum(),
    },
  ),
  ask(
    { t: 'n', mu: 'n', s: '>0' },
    {
      latex: tex`\frac{n}{2}\log(2\pi s^2) + \frac{1}{2 s^2}\|t - \mu\|^2`,
      plain: 'n/2*log(2*pi*s^2) + 1/(2*s^2)*norm2(t - mu)^2',
      by: 'mu',
      is: ({ t, mu, s }) =>
        s.square
          .times(2 * Math.PI)
          .log()
          .times(t.height / 2)
          .plus(t.minus(mu).square.sum().over(s.square.times(2))),
    },
  ),
  ask(
    { t: 'n', mu: 'n', s: '>0' },
    {
      latex: tex`\frac{n}{2}\log(2\pi s^2) + \frac{1}{2 s^2}\|t - \mu\|^2`,
      plain: 'n/2*log(2*pi*s^2) + 1/(2*s^2)*norm2(t - mu)^2',
      by: 's',
      is: ({ t, mu, s }) =>
        s.square
          .times(2 * Math.PI)
          .log()
          .times(t.height / 2)
          .plus(t.minus(mu).square.sum().over(s.square.times(2))),
    },
  ),
  ask(
    { X: 'm d', w: 'd', y: 'm bit' },
    {
      latex: [tex`p = \sigma(X w)`, tex`-y^\top \log p - (1 - y)^\top \log(1 - p)`],
      plain: ['p = sigmoid(X*w)', "-y'*log(p) - (1 - y)'*log(1 - p)"],
      by: 'w',
      is: ({ X, w, y }) => {
        const p = X.at(w).sigmoid()
        return cross(y, p).minus(y.negative.plus(1).dot(p.negative.plus(1).log()))
      },
    },
  ),
  ask(
    { X: 'm d', w: 'd', y: 'm sign' },
    {
      latex: tex`\sum_{i=1}^m \log\left(1 + \exp(-y_i X_{i,:} w)\right)`,
      plain: 'sum(log(1 + exp(-y.*(X*w))))',
      by: 'w',
      is: ({ X, w, y }) => y.times(X.at(w)).negative.softplus().sum(),
    },
  ),
  ask(
    { W: 'm n spread', lambda: '>0', mu: '>0' },
    {
      latex: tex`\frac{\lambda}{2} \|W\|_F^2 + \mu \|W\|_1`,
      plain: 'lambda/2*norm2(W)^2 + mu*norm1(W)',
      by: 'W',
      is: ({ W, lambda, mu }) => lambda.times(W.square.sum()).times(0.5).plus(mu.times(W.norm1())),
    },
  ),
  ask(
    { x: 'n', t: 'n' },
    {
      latex: tex`1 - \frac{x^\top t}{\|x\|\,\|t\|}`,
      plain: "1 - x'*t/(norm2(x)*norm2(t))",
      by: 't',
      is: ({ x, t }) => x.dot(t).over(x.norm().times(t.norm())).negative.plus(1),
    },
  ),
  ask(
    { z: 'K', y: 'K' },
    {
      latex: tex`\log\left(\sum_{j=1}^{K} \exp(z_j)\right) - y^\top z`,
      plain: "log(sum(j=1:K, exp(z[j]))) - y'*z",
      by: 'z',
      is: ({ z, y }) => z.logSumExp().minus(y.dot(z)),
    },
  ),
  ask(
    { s: 'K', y: 'K bit', gamma: '>0' },
    {
      latex: [tex`p = \sigma(s)`, tex`-\sum_{k=1}^K y_k (1 - p_k)^2 \log p_k`],
      plain: ['p = sigmoid(s)', '-sum(k=1:K, y[k]*(1 - p[k])^2*log(p[k]))'],
      by: 's',
      is: ({ s, y }) => {
        const p = s.sigmoid()
        return y.times(p.negative.plus(1).square).dot(p.log()).negative
      },
    },
  ),
  ask(
    { a: 'd', p: 'd', n: 'd', alpha: '>0' },
    {
      latex: tex`\max\left(0, \|a - p\|^2 - \|a - n\|^2 + \alpha\right)`,
      plain: 'max(0, norm2(a - p)^2 - norm2(a - n)^2 + alpha)',
      by: 'a',
      is: ({ a, p, n, alpha }) => a.minus(p).square.sum().minus(a.minus(n).square.sum()).plus(alpha).relu(),
    },
  ),
  ask(
    { z: 'n', t: 'n' },
    {
      latex: tex`\sum_{i=1}^n \sqrt{1 + (z_i - t_i)^2} - n`,
      plain: 'sum(i=1:n, sqrt(1 + (z[i] - t[i])^2)) - n',
      by: 't',
      is: ({ z, t }) => z.minus(t).square.plus(1).sqrt().sum().minus(z.height),
    },
  ),
  ask(
    { y: 'n', q: 'n', tau: 'unit' },
    {
      latex: tex`\sum_{i=1}^n \max\left(\tau (y_i - q_i), (\tau - 1)(y_i - q_i)\right)`,
      plain: 'sum(i=1:n, max(tau*(y[i] - q[i]), (tau - 1)*(y[i] - q[i])))',
      by: 'q',
      is: ({ y, q, tau }) => {
        const r = y.minus(q)
        return r
          .times(tau)
          .larger(r.times(tau.minus(1)))
          .sum()
      },
    },
  ),
  ask(
    { lambda: 'n up', k: 'n' },
    {
      latex: tex`\mathbf{1}^\top \lambda - k^\top \log \lambda`,
      plain: "sum(lambda) - k'*log(lambda)",
      by: 'lambda',
      is: ({ lambda, k }) => lambda.sum().minus(k.dot(lambda.log())),
    },
  ),
])
