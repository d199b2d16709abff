import { type Quantity, range, stacked, total } from '../quantity.js'
import { ask, group, tex } from '../question.js'

const normalized = (x: Quantity, epsilon = 0) => {
  const rest = x.minus(x.mean())
  return rest.over(rest.square.mean().plus(epsilon).sqrt())
}

const attended = (Q: Quantity, K: Quantity, V: Quantity) =>
  Q.at(K.t).over(Math.sqrt(Q.width)).softmaxRows().at(V)

const attention = {
  latex: [
    tex`S = \frac{Q K^\top}{\sqrt{d}}`,
    tex`P = \mathrm{softmax}(S)`,
    'O = P V',
    tex`\operatorname{tr}(C^\top O)`,
  ],
  plain: ["S = Q*K'/sqrt(d)", 'P = softmax(S)', 'O = P*V', "tr(C'*O)"],
}
const heads = { Q: 'n d', K: 'm d', V: 'm p', C: 'n p' }

const cell = { Wf: 'h h+d', Wi: 'h h+d', Wo: 'h h+d', Wc: 'h h+d', x: 'd', s: 'h', c: 'h', a: 'h' }

export const hard = group('hard', [
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
  ...['Q', 'K', 'V'].map(by =>
    ask(heads, { ...attention, by, is: ({ Q, K, V, C }) => C.dot(attended(Q, K, V)) }),
  ),
  ask(
    { X: 'n d', A: 'd k', B: 'd k', D: 'd p', C: 'n p' },
    {
      latex: [
        tex`Q = X A`,
        'K = X B',
        'V = X D',
        tex`O = \mathrm{softmax}\left(\frac{Q K^\top}{\sqrt{k}}\right) V`,
        tex`\operatorname{tr}(C^\top O)`,
      ],
      plain: ['Q = X*A', 'K = X*B', 'V = X*D', "O = softmax(Q*K'/sqrt(k))*V", "tr(C'*O)"],
      by: 'X',
      is: ({ X, A, B, D, C }) => C.dot(attended(X.at(A), X.at(B), X.at(D))),
    },
  ),
  ask(
    { x: 'n', a: 'n' },
    {
      latex: [
        tex`\mu = \frac1n \mathbf{1}^\top x`,
        tex`v = \frac{1}{n} \|x - \mu \mathbf{1}\|^2`,
        tex`\hat{x} = \frac{x - \mu \mathbf{1}}{\sqrt{v}}`,
        tex`a^\top \hat{x}`,
      ],
      plain: [
        'mu = 1/n*sum(x)',
        'v = 1/n*norm2(x - mu*ones(n))^2',
        'xhat = (x - mu*ones(n))/sqrt(v)',
        "a'*xhat",
      ],
      by: 'x',
      is: ({ x, a }) => a.dot(normalized(x)),
    },
  ),
  ask(
    { x: 'n', a: 'n', epsilon: '>0', gamma: 'n', beta: 'n' },
    {
      latex: [
        tex`\mu = \frac{1}{n} \sum_{i=1}^n x_i`,
        tex`v = \frac{1}{n} \sum_{i=1}^n (x_i - \mu)^2`,
        tex`y = \gamma \odot \frac{x - \mu \mathbf{1}}{\sqrt{v + \epsilon}} + \beta`,
        tex`a^\top y`,
      ],
      plain: [
        'mu = 1/n*sum(i=1:n, x[i])',
        'v = 1/n*sum(i=1:n, (x[i] - mu)^2)',
        'y = gamma.*((x - mu*ones(n))/sqrt(v + epsilon)) + beta',
        "a'*y",
      ],
      by: 'x',
      is: ({ x, a, epsilon, gamma, beta }) => {
        const rest = x.minus(x.mean())
        return a.dot(gamma.times(rest.over(rest.square.mean().plus(epsilon).sqrt())).plus(beta))
      },
    },
  ),
  ask(
    { x: 'n', epsilon: '>0' },
    {
      latex: [
        tex`\mu = \tfrac1n \mathbf{1}^\top x`,
        tex`s = \sqrt{\tfrac1n \|x - \mu\mathbf{1}\|_2^2 + \epsilon}`,
        tex`\frac{x - \mu \mathbf{1}}{s}`,
      ],
      plain: ['mu = 1/n*sum(x)', 's = sqrt(1/n*norm2(x - mu*ones(n))^2 + epsilon)', '(x - mu*ones(n))/s'],
      by: 'x',
      is: ({ x, epsilon }) => {
        const rest = x.minus(x.mean())
        return rest.over(rest.square.mean().plus(epsilon).sqrt())
      },
    },
  ),
  ask(
    { x: 'n', g: 'n', a: 'n', epsilon: '>0' },
    {
      latex: tex`a^\top \left( g \odot \frac{x}{\sqrt{\frac1n x^\top x + \epsilon}} \right)`,
      plain: "a'*(g.*(x/sqrt(1/n*x'*x + epsilon)))",
      by: 'x',
      is: ({ x, g, a, epsilon }) => a.dot(g.times(x.over(x.square.mean().plus(epsilon).sqrt()))),
    },
  ),
  ...['Wf', 'Wc', 'c'].map(by =>
    ask(
      { ...cell, Wf: 'h h+d as W_f', Wi: 'h h+d as W_i', Wo: 'h h+d as W_o', Wc: 'h h+d as W_c' },
      {
        latex: [
          tex`u = \begin{bmatrix} s \\ x \end{bmatrix}`,
          tex`f = \sigma(W_f u)`,
          tex`i = \sigma(W_i u)`,
          tex`o = \sigma(W_o u)`,
          tex`g = \tanh(W_c u)`,
          tex`k = f \odot c + i \odot g`,
          tex`h = o \odot \tanh(k)`,
          tex`a^\top h`,
        ].map(text =>
          text.replaceAll(' h =', ' q =').replace(/^h = /, 'q = ').replace('a^\\top h', 'a^\\top q'),
        ),
        plain: [
          'u = [s; x]',
          'f = sigmoid(Wf*u)',
          'i = sigmoid(Wi*u)',
          'o = sigmoid(Wo*u)',
          'g = tanh(Wc*u)',
          'k = f.*c + i.*g',
          'q = o.*tanh(k)',
          "a'*q",
        ],
        by,
        is: ({ Wf, Wi, Wo, Wc, x, s, c, a }) => {
          const u = s.below(x)
          const k = Wf.at(u)
            .sigmoid()
            .times(c)
            .plus(Wi.at(u).sigmoid().times(Wc.at(u).tanh()))
          return a.dot(Wo.at(u).sigmoid().times(k.tanh()))
        },
      },
    ),
  ),
  ask(
    { x: 'n', w: 'k', y: 'm' },
    {
      latex: [tex`z_i = \sum_{j=1}^{k} w_j x_{i+j-1}`, tex`\tfrac12 \|z - y\|^2`],
      plain: ['z[i] = sum(j=1:k, w[j]*x[i + j - 1])', '1/2*norm2(z - y)^2'],
      also: [[tex`i = 1, \dots, m`, 'i = 1:m']],
      assume: [['n = m + k - 1', 'n = m + k - 1']],
      by: 'w',
      sizes: { n: 6, k: 3, m: 4 },
      is: ({ x, w, y }) =>
        stacked(...range(4).map(i => w.dot(x.rows(i, i + 3))))
          .minus(y)
          .square.sum()
          .times(0.5),
    },
  ),
  ask(
    { x: 'n', w: 'k', y: 'm' },
    {
      latex: [tex`z_i = \sum_{j=1}^{k} w_j x_{i+j-1}`, tex`\tfrac12 \|z - y\|^2`],
      plain: ['z[i] = sum(j=1:k, w[j]*x[i + j - 1])', '1/2*norm2(z - y)^2'],
      also: [[tex`i = 1, \dots, m`, 'i = 1:m']],
      assume: [['n = m + k - 1', 'n = m + k - 1']],
      by: 'x',
      sizes: { n: 6, k: 3, m: 4 },
      is: ({ x, w, y }) =>
        stacked(...range(4).map(i => w.dot(x.rows(i, i + 3))))
          .minus(y)
          .square.sum()
          .times(0.5),
    },
  ),
  ask(
    { mu: 'n', s: 'n' },
    {
      latex: tex`\frac12 \sum_{j=1}^n \left( \mu_j^2 + e^{s_j} - 1 - s_j \right)`,
      plain: '1/2*sum(j=1:n, mu[j]^2 + exp(s[j]) - 1 - s[j])',
      by: 's',
      is: ({ mu, s }) => mu.square.plus(s.exp()).minus(1).minus(s).sum().times(0.5),
    },
  ),
  ask(
    { mu: 'n', sigma: 'n >0', x: 'm', W: 'm n', epsilon: 'n' },
    {
      latex: [
        tex`z = \mu + \sigma \odot \epsilon`,
        tex`\frac12 \|x - W z\|^2 + \frac12 \left( \|\mu\|^2 + \|\sigma\|^2 - \mathbf{1}^\top \log(\sigma^{\odot 2}) - n \right)`,
      ],
      plain: [
        'z = mu + sigma.*epsilon',
        '1/2*norm2(x - W*z)^2 + 1/2*(norm2(mu)^2 + norm2(sigma)^2 - sum(log(sigma.^2)) - n)',
      ],
      by: 'sigma',
      is: ({ mu, sigma, x, W, epsilon }) =>
        x
          .minus(W.at(mu.plus(sigma.times(epsilon))))
          .square.sum()
          .plus(mu.square.sum())
          .plus(sigma.square.sum())
          .minus(sigma.square.log().sum())
          .times(0.5),
    },
  ),
  ask(
    { X: 'm d', w: 'd', y: 'm', lambda: '>0' },
    {
      latex: tex`\|X w - y\|_2^2 + \lambda \|w\|_2^2`,
      plain: 'norm2(X*w - y)^2 + lambda*norm2(w)^2',
      by: 'w',
      is: ({ X, w, y, lambda }) => X.at(w).minus(y).square.sum().plus(lambda.times(w.square.sum())),
    },
  ),
  ask(
    { X: 'm d', w: 'd spread', y: 'm', lambda: '>0' },
    {
      latex: tex`\frac{1}{2m} \|X w - y\|_2^2 + \lambda \|w\|_1`,
      plain: '1/(2*m)*norm2(X*w - y)^2 + lambda*norm1(w)',
      by: 'w',
      is: ({ X, w, y, lambda }) => X.at(w).minus(y).square.mean().times(0.5).plus(lambda.times(w.norm1())),
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
])

export const indices = group('indices and assumptions', [
  ask(
    { W: 'm n', x: 'n', c: 'm' },
    {
      latex: [tex`y_i = \sum_{j=1}^n W_{ij} x_j`, tex`\sum_{i=1}^m c_i y_i^2`],
      plain: ['y[i] = sum(j=1:n, W[i,j]*x[j])', 'sum(i=1:m, c[i]*y[i]^2)'],
      also: [[tex`i = 1, \dots, m`, 'i = 1:m']],
      by: 'W',
      is: ({ W, x, c }) => c.dot(W.at(x).square),
    },
  ),
  ask(
    { W: 'm n', x: 'n', c: 'm' },
    {
      latex: [tex`y_i = \sum_{j=1}^n W_{ij} x_j`, tex`\sum_{i=1}^m c_i y_i^2`],
      plain: ['y[i] = sum(j=1:n, W[i,j]*x[j])', 'sum(i=1:m, c[i]*y[i]^2)'],
      also: [[tex`i = 1, \dots, m`, 'i = 1:m']],
      by: 'x',
      is: ({ W, x, c }) => c.dot(W.at(x).square),
    },
  ),
  ask(
    { z: 'K', a: 'K' },
    {
      latex: [tex`p_k = \frac{e^{z_k}}{\sum_{j=1}^{K} e^{z_j}}`, tex`a^\top p`],
      plain: ['p[k] = exp(z[k])/sum(j=1:K, exp(z[j]))', "a'*p"],
      also: [[tex`k = 1, \dots, K`, 'k = 1:K']],
      by: 'z',
      is: ({ z, a }) => a.dot(z.softmax()),
    },
  ),
  ask(
    { z: 'K', y: 'K onehot' },
    {
      latex: [tex`p_k = \frac{e^{z_k}}{\sum_{j=1}^{K} e^{z_j}}`, tex`-\sum_{k=1}^K y_k \log p_k`],
      plain: ['p[k] = exp(z[k])/sum(j=1:K, exp(z[j]))', '-sum(k=1:K, y[k]*log(p[k]))'],
      also: [[tex`k = 1, \dots, K`, 'k = 1:K']],
      assume: [[tex`\sum_{k=1}^K y_k = 1`, 'sum(y) = 1']],
      by: 'z',
      is: ({ z, y }) => y.dot(z.softmax().log()).negative,
    },
  ),
  ask(
    { x: 'n', y: 'n' },
    {
      latex: tex`\sum_{i=1}^n x_i^2 y_i`,
      plain: 'sum(i=1:n, x[i]^2*y[i])',
      by: 'x',
      is: ({ x, y }) => x.square.dot(y),
    },
  ),
  ask(
    { A: 'm n', x: 'n', y: 'm' },
    {
      latex: tex`\sum_{i=1}^m \sum_{j=1}^n A_{ij} y_i x_j`,
      plain: 'sum(i=1:m, sum(j=1:n, A[i,j]*y[i]*x[j]))',
      by: 'A',
      is: ({ A, x, y }) => y.t.at(A, x),
    },
  ),
  ask(
    { A: 'm n', x: 'n', y: 'm' },
    {
      latex: tex`\sum_{i=1}^m \sum_{j=1}^n A_{ij} y_i x_j`,
      plain: 'sum(i=1:m, sum(j=1:n, A[i,j]*y[i]*x[j]))',
      by: 'y',
      is: ({ A, x, y }) => y.t.at(A, x),
    },
  ),
  ask(
    { x: 'n' },
    {
      latex: tex`\sum_{i=1}^{n-1} (x_{i+1} - x_i)^2`,
      plain: 'sum(i=1:n-1, (x[i+1] - x[i])^2)',
      by: 'x',
      is: ({ x }) =>
        x
          .rows(1, x.height)
          .minus(x.rows(0, x.height - 1))
          .square.sum(),
    },
  ),
  ask(
    { W: 'm n', x: 'n' },
    {
      latex: tex`W_{1,:} x + W_{2,1}^2`,
      plain: 'W[1,:]*x + W[2,1]^2',
      by: 'W',
      is: ({ W, x }) => W.row(0).dot(x).plus(W.entry(1, 0).square),
    },
  ),
  ask(
    { x: 'n' },
    {
      latex: tex`x_1 x_2 + \sin(x_1)`,
      plain: 'x[1]*x[2] + sin(x[1])',
      by: 'x',
      is: ({ x }) => x.entry(0).times(x.entry(1)).plus(x.entry(0).sin()),
    },
  ),
  ask(
    { X: 'm n' },
    {
      latex: tex`\sum_{i,j} X_{ij}^2`,
      plain: 'sum(i=1:m, sum(j=1:n, X[i,j]^2))',
      by: 'X',
      is: ({ X }) => X.square.sum(),
    },
  ),
  ask(
    { x: 'n up' },
    { latex: tex`\prod_{i=1}^n x_i`, plain: 'prod(i=1:n, x[i])', by: 'x', is: ({ x }) => x.product() },
  ),
  ask(
    { x: 'n up', w: 'n' },
    {
      latex: tex`\log \prod_{i=1}^n x_i^{w_i}`,
      plain: 'log(prod(i=1:n, x[i]^w[i]))',
      by: 'w',
      is: ({ x, w }) => w.dot(x.log()),
    },
  ),
  ask(
    { A: 'n n symmetric', x: 'n' },
    {
      latex: tex`x^\top A x + x^\top A^\top x`,
      plain: "x'*A*x + x'*A'*x",
      by: 'x',
      assume: [['', "A = A'"]],
      is: ({ A, x }) => x.t.at(A, x).times(2),
    },
  ),
  ask(
    { A: 'n n symmetric', x: 'n' },
    { latex: tex`x^\top A x`, plain: "x'*A*x", by: 'A', is: ({ A, x }) => x.t.at(A, x) },
  ),
  ask(
    { x: 'n >0', y: 'n simplex' },
    {
      latex: [tex`s = \mathbf{1}^\top x`, tex`y^\top \log(x / s)`],
      plain: ['s = sum(x)', "y'*log(x/s)"],
      by: 'x',
      assume: [[tex`\mathbf{1}^\top y = 1`, 'sum(y) = 1']],
      is: ({ x, y }) => y.dot(x.over(x.sum()).log()),
    },
  ),
  ask(
    { W: 'm n', V: 'm n' },
    {
      latex: tex`\sum_{i=1}^m \left( \sum_{j=1}^n W_{ij} V_{ij} \right)^2`,
      plain: 'sum(i=1:m, sum(j=1:n, W[i,j]*V[i,j])^2)',
      by: 'W',
      is: ({ W, V }) => W.times(V).rowSums().square.sum(),
    },
  ),
  ask(
    { A: 'n n' },
    {
      latex: tex`\sum_{i=1}^n A_{ii}^2`,
      plain: 'sum(i=1:n, A[i,i]^2)',
      by: 'A',
      is: ({ A }) => A.diagonal().square.sum(),
    },
  ),
  ask(
    { A: 'm n', B: 'n p' },
    {
      latex: tex`\sum_{i=1}^m \sum_{k=1}^p \sum_{j=1}^n A_{ij} B_{jk}`,
      plain: 'sum(i=1:m, sum(k=1:p, sum(j=1:n, A[i,j]*B[j,k])))',
      by: 'B',
      is: ({ A, B }) => A.at(B).sum(),
    },
  ),
  ask(
    { x: 'n', y: 'n' },
    {
      latex: tex`\sum_{i=1}^n \sum_{j=1}^n (x_i - y_j)^2`,
      plain: 'sum(i=1:n, sum(j=1:n, (x[i] - y[j])^2))',
      by: 'x',
      is: ({ x, y }) => total(x.height, i => x.entry(i).minus(y).square.sum()),
    },
  ),
])
