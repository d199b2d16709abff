import type { Quantity } from '../quantity.js'
import { ask, group, tex } from '../question.js'

const cross = (y: Quantity, p: Quantity) => y.dot(p.log()).negative

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
      latex: tex`-\sum_{i=1}^N y_i^\top \log \mathrm{softmax}(W x_i)`,
      plain: "-sum(i=1:N, y[i]'*log(softmax(W*x[i])))",
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
  ask(
    { x: 'N d each i', y: 'N K onehot each i', W: 'K d' },
    {
      latex: [tex`p_i = \mathrm{softmax}(W x_i)`, tex`-\sum_{i=1}^N y_i^\top \log p_i`],
      plain: ['p[i] = softmax(W*x[i])', "-sum(i=1:N, y[i]'*log(p[i]))"],
      by: 'W',
      is: ({ x, y, W }) => cross(y, x.at(W.t).softmaxRows()),
    },
  ),
  ...['W', 'b'].map(by =>
    ask(
      { x: 'N d each i', y: 'N K each i', W: 'K d', b: 'K' },
      {
        latex: ['z_i = W x_i + b', tex`a_i = \tanh(z_i)`, tex`\frac{1}{2N} \sum_{i=1}^N \|a_i - y_i\|^2`],
        plain: ['z[i] = W*x[i] + b', 'a[i] = tanh(z[i])', '1/(2*N)*sum(i=1:N, norm2(a[i] - y[i])^2)'],
        by,
        is: ({ x, y, W, b }) =>
          x.overRows((row, i) => W.at(row).plus(b).tanh().minus(y.row(i)).square.sum()).over(2 * x.height),
      },
    ),
  ),
])
