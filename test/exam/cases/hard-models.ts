import type { Quantity } from '../quantity.js'
import { ask, type Draft, tex } from '../question.js'

export const hardModels: readonly Draft[] = [
  ask(
    { x: 'N d each i', mu: 'd', Sigma: 'd d definite' },
    {
      latex: tex`-\frac{N}{2} \log\det\Sigma - \frac12 \sum_{i=1}^N (x_i - \mu)^\top \Sigma^{-1} (x_i - \mu)`,
      plain: "-N/2*logdet(Sigma) - 1/2*sum(i=1:N, (x[i] - mu)'*inv(Sigma)*(x[i] - mu))",
      by: 'Sigma',
      is: ({ x, mu, Sigma }) =>
        Sigma.logdet()
          .times(-x.height / 2)
          .minus(x.overRows(row => row.minus(mu).t.at(Sigma.inv(), row.minus(mu))).times(0.5)),
    },
  ),
  ask(
    { x: 'N d each i', mu: 'd', Lambda: 'd d definite' },
    {
      latex: tex`\frac{N}{2} \log|\Lambda| - \frac12 \sum_{i=1}^N (x_i - \mu)^\top \Lambda (x_i - \mu)`,
      plain: "N/2*logdet(Lambda) - 1/2*sum(i=1:N, (x[i] - mu)'*Lambda*(x[i] - mu))",
      by: 'Lambda',
      is: ({ x, mu, Lambda }) =>
        Lambda.logdet()
          .times(x.height / 2)
          .minus(x.overRows(row => row.minus(mu).t.at(Lambda, row.minus(mu))).times(0.5)),
    },
  ),
  ask(
    { y: 'n', K: 'n n definite', sigma: '>0' },
    {
      latex: [
        tex`C = K + \sigma^2 I_n`,
        tex`-\tfrac12 y^\top C^{-1} y - \tfrac12 \log\det C - \tfrac{n}{2} \log(2\pi)`,
      ],
      plain: ['C = K + sigma^2*eye(n)', "-1/2*y'*inv(C)*y - 1/2*logdet(C) - n/2*log(2*pi)"],
      by: 'sigma',
      is: ({ y, K, sigma }) => {
        const C = K.plus(K.eye(K.height).times(sigma.square))
        return y.t.at(C.inv(), y).plus(C.logdet()).times(-0.5)
      },
    },
  ),
  ask(
    { y: 'n', K: 'n n definite', sigma: '>0' },
    {
      latex: tex`-\frac12 y^\top (K + \sigma^2 I)^{-1} y - \frac12 \log |K + \sigma^2 I|`,
      plain: "-1/2*y'*inv(K + sigma^2*I)*y - 1/2*logdet(K + sigma^2*I)",
      by: 'K',
      is: ({ y, K, sigma }) => {
        const C = K.plus(K.eye(K.height).times(sigma.square))
        return y.t.at(C.inv(), y).plus(C.logdet()).times(-0.5)
      },
    },
  ),
  ask(
    { X: 'N d', W: 'd k' },
    {
      latex: tex`\| X - X W W^\top \|_F^2`,
      plain: "norm2(X - X*W*W')^2",
      by: 'W',
      is: ({ X, W }) => X.minus(X.at(W, W.t)).square.sum(),
    },
  ),
  ask(
    { S: 'd d definite', u: 'd', lambda: '' },
    {
      latex: tex`u^\top S u - \lambda (u^\top u - 1)`,
      plain: "u'*S*u - lambda*(u'*u - 1)",
      by: 'u',
      is: ({ S, u, lambda }) => u.t.at(S, u).minus(lambda.times(u.dot(u).minus(1))),
    },
  ),
  ask(
    { A: 'p k', B: 'q k', C: 'p q', S: 'p p definite', T: 'q q definite' },
    {
      latex: tex`\operatorname{tr}(A^\top C B) - \tfrac12 \operatorname{tr}(A^\top S A) - \tfrac12 \operatorname{tr}(B^\top T B)`,
      plain: "tr(A'*C*B) - 1/2*tr(A'*S*A) - 1/2*tr(B'*T*B)",
      by: 'A',
      is: ({ A, B, C, S, T }) =>
        A.dot(C.at(B))
          .minus(A.dot(S.at(A)).times(0.5))
          .minus(B.dot(T.at(B)).times(0.5)),
    },
  ),
  ask(
    { z: 'K', y: 'K onehot', tau: '>0' },
    {
      latex: [tex`p = \mathrm{softmax}(z / \tau)`, tex`-y^\top \log p`],
      plain: ['p = softmax(z/tau)', "-y'*log(p)"],
      by: 'z',
      assume: [[tex`\mathbf{1}^\top y = 1`, 'sum(y) = 1']],
      is: ({ z, y, tau }) => y.dot(z.over(tau).softmax().log()).negative,
    },
  ),
  ask(
    { z: 'K', y: 'K onehot', tau: '>0' },
    {
      latex: [tex`p = \mathrm{softmax}(z / \tau)`, tex`-y^\top \log p`],
      plain: ['p = softmax(z/tau)', "-y'*log(p)"],
      by: 'tau',
      assume: [[tex`\mathbf{1}^\top y = 1`, 'sum(y) = 1']],
      is: ({ z, y, tau }) => y.dot(z.over(tau).softmax().log()).negative,
    },
  ),
  ask(
    { A: 'm n', x: 'n', B: 'm n' },
    {
      latex: tex`\mathbf{1}^\top \operatorname{diag}\left(A \operatorname{diag}(x) B^\top\right)`,
      plain: "sum(diag(A*diag(x)*B'))",
      by: 'x',
      is: ({ A, x, B }) => A.times(B).at(x).sum(),
    },
  ),
  ask(
    { x: 'n', pi: 'K simplex as \\pi', mu: 'K', s: '>0' },
    {
      latex: tex`\log \sum_{k=1}^K \pi_k \exp\left(-\frac{(x_1 - \mu_k)^2}{2 s^2}\right)`,
      plain: 'log(sum(k=1:K, pi[k]*exp(-(x[1] - mu[k])^2/(2*s^2))))',
      by: 'mu',
      is: ({ x, pi, mu, s }) => pi.dot(x.entry(0).minus(mu).square.over(s.square).times(-0.5).exp()).log(),
    },
  ),
  ask(
    { x: 'N d each i', pi: 'K simplex as w', c: 'K d each k' },
    {
      latex: tex`\sum_{i=1}^N \log \sum_{k=1}^K w_k \exp\left(-\tfrac12 \|x_i - c_k\|^2\right)`,
      plain: 'sum(i=1:N, log(sum(k=1:K, pi[k]*exp(-1/2*norm2(x[i] - c[k])^2))))',
      by: 'c',
      is: ({ x, pi, c }) =>
        x.overRows(row =>
          c
            .overRows((center, k) => pi.entry(k).times(row.minus(center).square.sum().times(-0.5).exp()))
            .log(),
        ),
    },
  ),
  ask(
    { x: 'N d each i', pi: 'K simplex as w', c: 'K d each k' },
    {
      latex: tex`\sum_{i=1}^N \log \sum_{k=1}^K w_k \exp\left(-\tfrac12 \|x_i - c_k\|^2\right)`,
      plain: 'sum(i=1:N, log(sum(k=1:K, pi[k]*exp(-1/2*norm2(x[i] - c[k])^2))))',
      by: 'pi',
      is: ({ x, pi, c }) =>
        x.overRows(row =>
          c
            .overRows((center, k) => pi.entry(k).times(row.minus(center).square.sum().times(-0.5).exp()))
            .log(),
        ),
    },
  ),
  ask(
    { X: 'N d', y: 'N', beta: 'd', lambda: '>0' },
    {
      latex: [tex`M = X^\top X + \lambda I`, tex`b = M^{-1} X^\top y`, tex`\| X b - y \|^2`],
      plain: ["M = X'*X + lambda*I", "b = inv(M)*X'*y", 'norm2(X*b - y)^2'],
      by: 'lambda',
      sizes: { N: 4, d: 2 },
      is: ({ X, y, lambda }) =>
        X.at(X.t.at(X).plus(X.eye(X.width).times(lambda)).inv().at(X.t, y))
          .minus(y)
          .square.sum(),
    },
  ),
  ask(
    { x: 'n', W: 'k n', V: 'n k', b: 'k' },
    {
      latex: tex`\| x - V \sigma(W x + b) \|^2`,
      plain: 'norm2(x - V*sigmoid(W*x + b))^2',
      by: 'x',
      is: ({ x, W, V, b }) => x.minus(V.at(W.at(x).plus(b).sigmoid())).square.sum(),
    },
  ),
  ask(
    { u: 'd', v: 'd', w: 'd', tau: '>0' },
    {
      latex: [
        tex`s(a, b) = \frac{a^\top b}{\|a\| \|b\|}`,
        tex`-\log \frac{e^{s(u, v)/\tau}}{e^{s(u, v)/\tau} + e^{s(u, w)/\tau}}`,
      ],
      plain: [
        "s(a, b) = a'*b/(norm2(a)*norm2(b))",
        '-log(exp(s(u, v)/tau)/(exp(s(u, v)/tau) + exp(s(u, w)/tau)))',
      ],
      by: 'u',
      is: ({ u, v, w, tau }) => {
        const s = (b: Quantity) => u.dot(b).over(u.norm().times(b.norm())).over(tau).exp()
        return s(v)
          .over(s(v).plus(s(w)))
          .log().negative
      },
    },
  ),
  ask(
    { X: 'n d', L: 'n n symmetric' },
    {
      latex: tex`\operatorname{tr}(X^\top L X) + \|X^\top X - I\|_F^2`,
      plain: "tr(X'*L*X) + norm2(X'*X - I)^2",
      by: 'X',
      sizes: { n: 4, d: 2 },
      is: ({ X, L }) => X.dot(L.at(X)).plus(X.t.at(X).minus(X.eye(X.width)).square.sum()),
    },
  ),
  ask(
    { X: 'n d', y: 'n', Omega: 'n n definite as \\Omega', w: 'd' },
    {
      latex: tex`(y - X w)^\top \Omega^{-1} (y - X w)`,
      plain: "(y - X*w)'*inv(Omega)*(y - X*w)",
      by: 'w',
      is: ({ X, y, Omega, w }) => y.minus(X.at(w)).t.at(Omega.inv(), y.minus(X.at(w))),
    },
  ),
]
