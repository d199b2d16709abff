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

/** Sums over a family of examples. */
export const families = group('families', [
  ask(
    { x: 'N d each i', y: 'N each i', w: 'd', b: '' },
    {
      latex: tex`\frac{1}{2N} \sum_{i=1}^{N} (w^\top x_i + b - y_i)^2`,
      plain: "1/(2*N)*sum(i=1:N, (w'*x[i] + b - y[i])^2)",
      by: 'b',
      is: ({ x, y, w, b }) => x.at(w).plus(b).minus(y).square.mean().times(0.5),
    },
  ),
  ask(
    { x: 'N d each i', y: 'N sign each i', w: 'd' },
    {
      latex: tex`\frac1N \sum_{i=1}^N \log\left(1 + e^{-y_i w^\top x_i}\right)`,
      plain: "1/N*sum(i=1:N, log(1 + exp(-y[i]*w'*x[i])))",
      by: 'w',
      is: ({ x, y, w }) => y.times(x.at(w)).negative.softplus().mean(),
    },
  ),
  ask(
    { x: 'N d each i', y: 'N sign each i', w: 'd', lambda: '>0' },
    {
      latex: tex`\frac{\lambda}{2}\|w\|^2 + \frac{1}{N} \sum_{i=1}^N \max(0, 1 - y_i w^\top x_i)`,
      plain: "lambda/2*norm2(w)^2 + 1/N*sum(i=1:N, max(0, 1 - y[i]*w'*x[i]))",
      by: 'w',
      is: ({ x, y, w, lambda }) =>
        lambda
          .times(w.square.sum())
          .times(0.5)
          .plus(y.times(x.at(w)).negative.plus(1).relu().mean()),
    },
  ),
  ask(
    { x: 'N d each i', mu: 'd' },
    {
      latex: tex`\sum_{i=1}^{N} \|x_i - \mu\|^2`,
      plain: 'sum(i=1:N, norm2(x[i] - mu)^2)',
      by: 'mu',
      is: ({ x, mu }) => x.overRows(row => row.minus(mu).square.sum()),
    },
  ),
  ask(
    { x: 'N d each i', mu: 'd', Sigma: 'd d definite' },
    {
      latex: tex`\frac12 \sum_{i=1}^{N} (x_i - \mu)^\top \Sigma^{-1} (x_i - \mu)`,
      plain: "1/2*sum(i=1:N, (x[i] - mu)'*inv(Sigma)*(x[i] - mu))",
      by: 'mu',
      is: ({ x, mu, Sigma }) => x.overRows(row => row.minus(mu).t.at(Sigma.inv(), row.minus(mu))).times(0.5),
    },
  ),
  ask(
    { x: 'N d each n', W: 'k d', t: 'N k each n' },
    {
      latex: tex`\frac12 \sum_{n=1}^{N} \|W x_n - t_n\|^2`,
      plain: '1/2*sum(n=1:N, norm2(W*x[n] - t[n])^2)',
      by: 'W',
      is: ({ x, W, t }) => x.at(W.t).minus(t).square.sum().times(0.5),
    },
  ),
  ask(
    { x: 'N d each i', y: 'N K onehot each i', W: 'K d' },
    {
      latex: [tex`p_i = \mathrm{softmax}(W x_i)`, tex`-\sum_{i=1}^N y_i^\top \log p_i`],
      plain: ['p[i] = softmax(W*x[i])', "-sum(i=1:N, y[i]'*log(p[i]))"],
      by: 'W',
      is: ({ x, y, W }) => cross(y, x.at(W.t).softmaxRows()),
    },
  ),
  ask(
    { x: 'N d each i', y: 'N bit each i', w: 'd' },
    {
      latex: [
        tex`-\sum_{i=1}^N \left( y_i \log \sigma(w^\top x_i) + (1 - y_i) \log(1 - \sigma(w^\top x_i)) \right)`,
      ],
      plain: "-sum(i=1:N, y[i]*log(sigmoid(w'*x[i])) + (1 - y[i])*log(1 - sigmoid(w'*x[i])))",
      by: 'w',
      is: ({ x, y, w }) => {
        const p = x.at(w).sigmoid()
        return cross(y, p).minus(y.negative.plus(1).dot(p.negative.plus(1).log()))
      },
    },
  ),
  ask(
    { x: 'N each i', mu: '', sigma: '>0' },
    {
      latex: tex`-\frac{N}{2} \log(2\pi\sigma^2) - \sum_{i=1}^N \frac{(x_i - \mu)^2}{2\sigma^2}`,
      plain: '-N/2*log(2*pi*sigma^2) - sum(i=1:N, (x[i] - mu)^2/(2*sigma^2))',
      by: 'sigma',
      is: ({ x, mu, sigma }) =>
        sigma.square
          .times(2 * Math.PI)
          .log()
          .times(-x.height / 2)
          .minus(x.minus(mu).square.sum().over(sigma.square.times(2))),
    },
  ),
  ask(
    { x: 'N d each i', A: 'd d' },
    {
      latex: tex`\sum_{i=1}^{N} x_i^\top A x_i`,
      plain: "sum(i=1:N, x[i]'*A*x[i])",
      by: 'A',
      is: ({ x, A }) => x.at(A).dot(x),
    },
  ),
  ask(
    { x: 'N d each i', A: 'd d' },
    {
      latex: tex`\sum_{i=1}^{N} x_i^\top A x_i`,
      plain: "sum(i=1:N, x[i]'*A*x[i])",
      by: 'x',
      is: ({ x, A }) => x.at(A).dot(x),
      inEntries: true,
    },
  ),
  ask(
    { x: 'N d each i', alpha: 'N each i', b: 'd' },
    {
      latex: tex`b^\top \sum_{i=1}^N \alpha_i x_i`,
      plain: "b'*sum(i=1:N, alpha[i]*x[i])",
      by: 'alpha',
      is: ({ x, alpha, b }) => x.at(b).dot(alpha),
    },
  ),
  ask(
    { x: 'N d each i', u: 'd' },
    {
      latex: tex`\frac{1}{N} \sum_{i=1}^N (u^\top x_i)^2`,
      plain: "1/N*sum(i=1:N, (u'*x[i])^2)",
      by: 'u',
      is: ({ x, u }) => x.at(u).square.mean(),
    },
  ),
  ask(
    { x: 'N d each i', c: 'K d each k', r: 'N K' },
    {
      latex: tex`\sum_{i=1}^N \sum_{k=1}^K r_{ik} \|x_i - c_k\|^2`,
      plain: 'sum(i=1:N, sum(k=1:K, r[i,k]*norm2(x[i] - c[k])^2))',
      by: 'c',
      is: ({ x, c, r }) =>
        x.overRows((row, i) =>
          c.overRows((center, k) => r.entry(i, k).times(row.minus(center).square.sum())),
        ),
    },
  ),
  ask(
    { x: 'N d each i', y: 'N each i', w: 'd', lambda: '>0' },
    {
      latex: tex`\sum_{i=1}^N (y_i - w^\top x_i)^2 + \lambda \|w\|_2^2`,
      plain: "sum(i=1:N, (y[i] - w'*x[i])^2) + lambda*norm2(w)^2",
      by: 'w',
      is: ({ x, y, w, lambda }) => x.at(w).minus(y).square.sum().plus(lambda.times(w.square.sum())),
    },
  ),
])
