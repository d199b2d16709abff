import { type Quantity, range, stacked } from '../quantity.js'
import { ask, type Draft, tex } from '../question.js'

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

export const hardNetworks: readonly Draft[] = [
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
]
