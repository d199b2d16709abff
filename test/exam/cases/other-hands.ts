import type { Quantity } from '../quantity.js'
import { ask, group, tex } from '../question.js'
import { moreHands } from './more-hands.js'

const lse = (z: Quantity) => z.logSumExp()

/** The same mathematics in other people's notation: other letters, macros, brackets and ways to declare. */
export const otherHands = group('other hands', [
  ask(
    { theta: 'p as \\boldsymbol{\\theta}', c: 'p as \\mathbf{c}' },
    {
      declared: [tex`\boldsymbol{\theta}, \mathbf{c} \in \mathbb{R}^{p}`],
      latex: tex`\mathbf{c}^{\mathsf T} \boldsymbol{\theta}`,
      by: 'theta',
      is: ({ theta, c }) => c.dot(theta),
    },
  ),
  ask(
    { x: 'n', y: 'n' },
    {
      declared: [tex`x, y \in \mathbb{R}^n`],
      latex: tex`\langle x, y \rangle^2`,
      by: 'x',
      is: ({ x, y }) => x.dot(y).square,
    },
  ),
  ask(
    { x: 'n', y: 'n' },
    {
      latex: tex`\left\langle x - y, x + y \right\rangle`,
      by: 'y',
      is: ({ x, y }) => x.minus(y).dot(x.plus(y)),
    },
  ),
  ask({ x: 'n' }, { latex: tex`\|x\|_2^2`, by: 'x', is: ({ x }) => x.square.sum() }),
  ask(
    { x: 'n', b: 'm', A: 'm n' },
    {
      declared: [tex`A \in \mathbb{R}^{m\times n},\ x \in \mathbb{R}^n,\ b \in \mathbb{R}^m`],
      latex: tex`\tfrac{1}{2}\Vert Ax-b\Vert_2^2`,
      by: 'x',
      is: ({ x, b, A }) => A.at(x).minus(b).square.sum().times(0.5),
    },
  ),
  ask(
    { S: 'n n definite' },
    {
      declared: [tex`S \in \mathbb{S}^n_{++}`],
      latex: tex`\ln\det S - \operatorname{trace}(S)`,
      by: 'S',
      is: ({ S }) => S.logdet().minus(S.trace()),
    },
  ),
  ask({ v: 'k' }, { latex: tex`\text{softmax}(v)`, by: 'v', is: ({ v }) => v.softmax() }),
  ask(
    { v: 'k', u: 'k' },
    { latex: tex`u^{\intercal}\,\operatorname{Softmax}(v)`, by: 'v', is: ({ v, u }) => u.dot(v.softmax()) },
  ),
  ask(
    { d: 'n', a: 'n', b: 'n' },
    { latex: tex`a^\top \mathop{\mathrm{diag}}(d)\, b`, by: 'd', is: ({ d, a, b }) => a.times(d).dot(b) },
  ),
  ask({ z: 'n spread' }, { latex: tex`\sum_i \max\{0, z_i\}`, by: 'z', is: ({ z }) => z.relu().sum() }),
  ask(
    { z: 'n spread' },
    { latex: tex`\sum_{i=1}^n z_i\,\mathbb{1}\{z_i > 0\}`, by: 'z', is: ({ z }) => z.relu().sum() },
  ),
  ask(
    { z: 'n spread', a: 'n' },
    {
      latex: [tex`f(t) = t\,\mathbf{1}_{t > 0} + \tfrac{1}{10} t\,\mathbf{1}_{t \le 0}`, tex`a^\top f(z)`],
      by: 'z',
      is: ({ z, a }) => a.dot(z.above(0).choose(z, z.times(0.1))),
    },
  ),
  ask({ x: 'n' }, { latex: tex`\sum_i x_i^2`, by: 'x', is: ({ x }) => x.square.sum() }),
  ask({ M: 'p q' }, { latex: tex`\sum_{i,j} M_{ij}^2`, by: 'M', is: ({ M }) => M.square.sum() }),
  ask(
    { M: 'p q', N: 'p q' },
    {
      latex: tex`\sum_{i,j} M_{i,j} N_{i,j} - \sum_{i,j} M_{i,j}^3`,
      by: 'M',
      is: ({ M, N }) => M.dot(N).minus(M.pow(3).sum()),
    },
  ),
  ask(
    { x: 'n', y: 'm', A: 'm n' },
    { latex: tex`\sum_{i,j} y_i A_{ij} x_j`, by: 'A', is: ({ x, y, A }) => y.t.at(A, x) },
  ),
  ask(
    { q: 'n unit' },
    { latex: tex`-\sum_{i=1}^n q_i \ln q_i`, by: 'q', is: ({ q }) => q.dot(q.log()).negative },
  ),
  ask(
    { x: 'n' },
    {
      latex: [tex`g(u) = \frac{1}{1+e^{-u}}`, tex`\mathbf{1}^T g(x)`],
      by: 'x',
      is: ({ x }) => x.sigmoid().sum(),
    },
  ),
  ask(
    { x: 'n', w: 'n', b: '' },
    {
      latex: [tex`s(t) = \frac{1}{1 + \exp(-t)}`, tex`p = s(w^T x + b)`, tex`-\ln p`],
      by: 'w',
      is: ({ x, w, b }) => w.dot(x).plus(b).sigmoid().log().negative,
    },
  ),
  ask(
    { x: 'n', w: 'n', b: '' },
    {
      latex: [tex`s(t) = \frac{1}{1 + \exp(-t)}`, tex`p = s(w^T x + b)`, tex`-\ln p`],
      by: 'b',
      is: ({ x, w, b }) => w.dot(x).plus(b).sigmoid().log().negative,
    },
  ),
  ask(
    { x: 'N d each i', y: 'N sign each i', w: 'd', C: '>0' },
    {
      declared: [
        tex`x_i \in \mathbb{R}^d,\; i = 1, \ldots, N`,
        tex`y_i \in \{-1, 1\},\; i = 1, \ldots, N`,
        tex`w \in \mathbb{R}^d`,
        tex`C > 0`,
      ],
      latex: tex`\frac{1}{2}\|w\|^2 + C \sum_{i=1}^N \max\left(0,\, 1 - y_i x_i^\top w\right)`,
      by: 'w',
      is: ({ x, y, w, C }) =>
        w.square
          .sum()
          .times(0.5)
          .plus(C.times(y.times(x.at(w)).negative.plus(1).relu().sum())),
    },
  ),
  ask(
    { x: 'N d each n', t: 'N each n', w: 'd' },
    {
      latex: tex`\frac{1}{2}\sum_{n=1}^{N}\bigl\{t_n - w^{\mathrm T} x_n\bigr\}^2`,
      by: 'w',
      is: ({ x, t, w }) => t.minus(x.at(w)).square.sum().times(0.5),
    },
  ),
  ask(
    { x: 'N d each i', y: 'N each i', w: 'd', lambda: '>0' },
    {
      latex: tex`\frac1N\sum_{i=1}^N (y_i - \langle w, x_i\rangle)^2 + \lambda\|w\|_2^2`,
      by: 'w',
      is: ({ x, y, w, lambda }) => x.at(w).minus(y).square.mean().plus(lambda.times(w.square.sum())),
    },
  ),
  ask(
    { x: 'N d each i', y: 'N each i', w: 'd' },
    {
      latex: tex`\sum_i \ln\left(1 + e^{-y_i w \cdot x_i}\right)`,
      by: 'w',
      is: ({ x, y, w }) => y.times(x.at(w)).negative.softplus().sum(),
    },
  ),
  ask(
    { x: 'N d each i', m: 'd', P: 'd d definite' },
    {
      declared: [
        tex`x_i \in \mathbb{R}^d,\; i = 1, \dots, N`,
        tex`m \in \mathbb{R}^d`,
        tex`P \in \mathbb{S}_{++}^d`,
      ],
      latex: tex`\sum_{i=1}^N (x_i-m)^T P (x_i-m)`,
      by: 'P',
      is: ({ x, m, P }) => x.overRows(row => row.minus(m).t.at(P, row.minus(m))),
    },
  ),
  ask(
    { X: 'N d', w: 'd', y: 'N' },
    {
      declared: [tex`X \in \mathbb{R}^{N \times d}, w \in \mathbb{R}^d, y \in \mathbb{R}^N`],
      latex: tex`(y - Xw)^{\mathsf{T}}(y - Xw)`,
      by: 'w',
      is: ({ X, w, y }) => y.minus(X.at(w)).square.sum(),
    },
  ),
  ask(
    { X: 'N d', w: 'd', y: 'N' },
    {
      latex: tex`\frac{1}{N}\left(Xw-y\right)^{\top}\left(Xw-y\right)`,
      by: 'w',
      order: 2,
      is: ({ X, w, y }) => y.minus(X.at(w)).square.mean(),
    },
  ),
  ask(
    { W: 'm n', x: 'n', b: 'm' },
    {
      latex: [tex`\mathbf{h} = \phi(W x + b)`, tex`\phi(s) = \max(s, 0)`, tex`\mathbf{1}^\top \mathbf{h}`],
      by: 'W',
      is: ({ W, x, b }) => W.at(x).plus(b).relu().sum(),
    },
  ),
  ask(
    { W: 'm n as \\mathbf{W}', x: 'n as \\mathbf{x}', y: 'm as \\mathbf{y}' },
    {
      declared: [
        tex`\mathbf{W} \in \mathbb{R}^{m \times n}`,
        tex`\mathbf{x} \in \mathbb{R}^n`,
        tex`\mathbf{y} \in \mathbb{R}^m`,
      ],
      latex: [tex`\mathcal{L} = \lVert \mathbf{y} - \mathbf{W}\mathbf{x} \rVert_2^2`, tex`\mathcal{L}`],
      by: 'W',
      is: ({ W, x, y }) => y.minus(W.at(x)).square.sum(),
    },
  ),
  ask(
    { x: '', y: '' },
    {
      declared: [tex`x, y \in \mathbb{R}`],
      latex: tex`\dfrac{x^{2}-y^{2}}{x^{2}+y^{2}}`,
      by: 'x',
      is: ({ x, y }) => x.square.minus(y.square).over(x.square.plus(y.square)),
    },
  ),
  ask(
    { x: 'n', mu: 'n', Sigma: 'n n definite' },
    {
      declared: [tex`x, \mu \in \mathbb{R}^n`, tex`\Sigma \in \mathbb{S}^n_{++}`],
      latex: tex`\exp\left\{-\tfrac12 (x-\mu)^\top \Sigma^{-1}(x-\mu)\right\}`,
      by: 'x',
      is: ({ x, mu, Sigma }) => x.minus(mu).t.at(Sigma.inv(), x.minus(mu)).times(-0.5).exp(),
    },
  ),
  ask(
    { A: 'n n', B: 'n n' },
    {
      latex: tex`\mathrm{Tr}\left[A^{T}B\right] + \mathrm{Tr}\left[A^2\right]`,
      by: 'A',
      is: ({ A, B }) => A.dot(B).plus(A.at(A).trace()),
    },
  ),
  ask({ A: 'n n', x: 'n' }, { latex: tex`x' A x`, by: 'x', is: ({ A, x }) => x.t.at(A, x) }),
  ask({ x: 'n' }, { latex: tex`x \cdot x`, by: 'x', is: ({ x }) => x.dot(x) }),
  ask(
    { x: 'n', y: 'n' },
    {
      latex: tex`\frac{x \cdot y}{\|x\|_2 \|y\|_2}`,
      by: 'y',
      is: ({ x, y }) => x.dot(y).over(x.norm().times(y.norm())),
    },
  ),
  ask({ x: '' }, { latex: tex`\ln\left|\cos x\right|`, by: 'x', is: ({ x }) => x.cos().abs().log() }),
  ask({ x: '' }, { latex: tex`\sin^{-1}(x/2)`, by: 'x', is: ({ x }) => x.times(0.5).asin() }),
  ask(
    { x: 'small' },
    {
      latex: tex`\tanh^{-1}(x)`,
      by: 'x',
      is: ({ x }) => x.plus(1).over(x.negative.plus(1)).log().times(0.5),
    },
  ),
  ask({ x: '' }, { latex: tex`\operatorname{sech}(x)`, by: 'x', is: ({ x }) => x.cosh().pow(-1) }),
  ask(
    { x: '', omega: '' },
    {
      declared: [tex`x, \omega \in \mathbb{R}`],
      latex: tex`\exp\{-x^2\}\cos(\omega x)`,
      by: 'x',
      is: ({ x, omega }) => x.square.negative.exp().times(x.times(omega).cos()),
    },
  ),
  ask({ x: 'n' }, { latex: tex`\sqrt{\sum_{i=1}^{n} x_i^2}`, by: 'x', is: ({ x }) => x.norm() }),
  ask(
    { x: 'n' },
    {
      latex: tex`\left(\sum_{i=1}^{n} |x_i|^3\right)^{1/3}`,
      by: 'x',
      is: ({ x }) =>
        x
          .abs()
          .pow(3)
          .sum()
          .log()
          .times(1 / 3)
          .exp(),
    },
  ),
  ask({ z: 'K' }, { latex: tex`\operatorname{LSE}(z)`, by: 'z', is: ({ z }) => lse(z) }),
  ask({ z: 'K' }, { latex: tex`\mathrm{logsumexp}(z)`, by: 'z', is: ({ z }) => lse(z) }),
  ask(
    { z: 'K', y: 'K' },
    {
      latex: tex`-\sum_{c} y_c \log \frac{e^{z_c}}{\sum_{c'} e^{z_{c'}}}`,
      by: 'z',
      is: ({ z, y }) => y.dot(z.minus(lse(z))).negative,
    },
  ),
  ask(
    { z: 'K', y: 'K onehot' },
    {
      latex: [
        tex`\hat{y} = \mathrm{softmax}(z)`,
        tex`\mathcal{L} = -\sum_{k} y_k \log \hat{y}_k`,
        tex`\mathcal{L}`,
      ],
      assume: [[tex`\sum_k y_k = 1`, '']],
      by: 'z',
      is: ({ z, y }) => y.dot(z.minus(lse(z))).negative,
    },
  ),
  ask(
    { W: 'm n', x: 'n', y: 'm' },
    {
      latex: [tex`J(W) = \tfrac12\|Wx-y\|^2`, 'J'],
      by: 'W',
      is: ({ W, x, y }) => W.at(x).minus(y).square.sum().times(0.5),
    },
  ),
  ask(
    { W: 'm n', x: 'n', y: 'm', lambda: '>0' },
    {
      latex: [tex`J(W) = \tfrac12\|Wx-y\|^2 + \tfrac{\lambda}{2}\|W\|_F^2`, 'J(W)'],
      by: 'W',
      is: ({ W, x, y, lambda }) =>
        W.at(x).minus(y).square.sum().times(0.5).plus(lambda.times(W.square.sum()).times(0.5)),
    },
  ),
  ask({ x: 'n' }, { latex: tex`\|x\|^4`, by: 'x', is: ({ x }) => x.dot(x).square }),
  ask(
    { x: 'n', A: 'n n' },
    { latex: tex`\sqrt{x^\top A^\top A x}`, by: 'x', is: ({ x, A }) => A.at(x).norm() },
  ),
  ask(
    { r: 'n as \\mathbf{r}', s: 'n as \\mathbf{s}' },
    {
      latex: tex`\mathbf{r}^{\top}(\mathbf{s} \odot \mathbf{s})`,
      by: 's',
      is: ({ r, s }) => r.dot(s.square),
    },
  ),
  ask(
    { x: 'n', y: 'n' },
    { latex: tex`(x \circ y)^\top (x \circ y)`, by: 'x', is: ({ x, y }) => x.times(y).square.sum() },
  ),
  ask(
    { U: 'm k', V: 'k n', R: 'm n', M: 'm n bit' },
    {
      declared: [
        tex`U \in \mathbb{R}^{m \times k}, V \in \mathbb{R}^{k \times n}`,
        tex`R \in \mathbb{R}^{m \times n}`,
        tex`M \in \{0,1\}^{m\times n}`,
      ],
      latex: tex`\|M \odot (R - UV)\|_F^2`,
      by: 'U',
      is: ({ U, V, R, M }) => M.times(R.minus(U.at(V))).square.sum(),
    },
  ),
  ask(
    { U: 'm k', V: 'n k', R: 'm n' },
    {
      latex: tex`\sum_{i=1}^m\sum_{j=1}^n (R_{ij} - U_{i,:} V_{j,:}^\top)^2`,
      by: 'U',
      inEntries: true,
      is: ({ U, V, R }) => R.minus(U.at(V.t)).square.sum(),
    },
  ),
  ask(
    { X: 'm n', a: 'm', b: 'n' },
    { latex: tex`a^{\mathrm{T}}Xb`, by: 'X', is: ({ X, a, b }) => a.t.at(X, b) },
  ),
  ask(
    { t: '', a: '3', b: '3' },
    {
      declared: [tex`t \in \mathbb{R}`, tex`a, b \in \mathbb{R}^3`],
      latex: tex`(1-t)a + tb`,
      by: 't',
      is: ({ t, a, b }) => a.times(t.negative.plus(1)).plus(b.times(t)),
    },
  ),
  ask(
    { x: '3', A: '2 3' },
    {
      declared: [tex`x \in \mathbb{R}^3`, tex`A \in \mathbb{R}^{2 \times 3}`],
      latex: tex`\tanh(Ax)`,
      by: 'x',
      is: ({ x, A }) => A.at(x).tanh(),
    },
  ),
  ask(
    { x: 'n', W1: 'h n as W^{[1]}', b1: 'h as b^{[1]}', W2: 'h as w' },
    {
      declared: [
        tex`x \in \mathbb{R}^n`,
        tex`W^{[1]} \in \mathbb{R}^{h \times n}`,
        tex`b^{[1]} \in \mathbb{R}^h`,
        tex`w \in \mathbb{R}^h`,
      ],
      latex: [tex`z^{[1]} = W^{[1]} x + b^{[1]}`, tex`a^{[1]} = \tanh(z^{[1]})`, tex`w^\top a^{[1]}`],
      by: 'W1',
      is: ({ x, W1, b1, W2 }) => W2.dot(W1.at(x).plus(b1).tanh()),
    },
  ),
  ask(
    { x: 'n', W: 'h n as W_{xh}', U: 'h h as W_{hh}', h: 'h as h_{0}' },
    {
      declared: [
        tex`x \in \mathbb{R}^n`,
        tex`W_{xh} \in \mathbb{R}^{h \times n}`,
        tex`W_{hh} \in \mathbb{R}^{h \times h}`,
        tex`h_{0} \in \mathbb{R}^h`,
      ],
      latex: [tex`h_{1} = \tanh(W_{xh} x + W_{hh} h_{0})`, tex`\tfrac12\|h_{1}\|^2`],
      by: 'U',
      is: ({ x, W, U, h }) => W.at(x).plus(U.at(h)).tanh().square.sum().times(0.5),
    },
  ),
  ask(
    { x: 'n' },
    { latex: tex`\frac{\exp(x)}{\mathbf{1}^\top \exp(x)}`, by: 'x', is: ({ x }) => x.softmax() },
  ),
  ask(
    { x: 'n' },
    {
      latex: [tex`\bar{x} = \frac{1}{n}\sum_{i=1}^n x_i`, tex`\frac1n\sum_{i=1}^n (x_i - \bar{x})^2`],
      by: 'x',
      is: ({ x }) => x.minus(x.mean()).square.mean(),
    },
  ),
  ask(
    { x: 'n', y: 'n' },
    {
      latex: [
        tex`\bar x = \tfrac1n \mathbf 1^\top x`,
        tex`\bar y = \tfrac1n \mathbf 1^\top y`,
        tex`\sum_{i=1}^n (x_i - \bar x)(y_i - \bar y)`,
      ],
      by: 'x',
      is: ({ x, y }) => x.minus(x.mean()).dot(y.minus(y.mean())),
    },
  ),
  ask(
    { a: '', b: '', x: '' },
    {
      declared: [tex`a,b,x\in\mathbb{R}`],
      latex: tex`\frac{ax+b}{1+e^{-x}}`,
      by: 'x',
      is: ({ a, b, x }) => a.times(x).plus(b).times(x.sigmoid()),
    },
  ),
  ask({ x: 'n', A: 'n n' }, { latex: tex`\exp(x^\top A x)`, by: 'A', is: ({ x, A }) => x.t.at(A, x).exp() }),
  ask({ X: 'n n' }, { latex: tex`\log\left|\det X\right|`, by: 'X', is: ({ X }) => X.logdet() }),
  ask(
    { X: 'n n', A: 'n n' },
    {
      latex: tex`\operatorname{tr} \left( A X^{-1} A^\top \right)`,
      by: 'X',
      is: ({ X, A }) => A.at(X.inv(), A.t).trace(),
    },
  ),
  ask(
    { A: 'n n', y: 'n' },
    { latex: tex`\left\|A^{-1}y\right\|^2`, by: 'y', is: ({ A, y }) => A.inv().at(y).square.sum() },
  ),
  ask(
    { x: 'n', k: '' },
    {
      declared: [tex`x \in \mathbb{R}^n`, tex`k \in \mathbb{R}`],
      latex: tex`\sum_{i=1}^n \frac{1}{1 + e^{-k x_i}}`,
      by: 'k',
      is: ({ x, k }) => x.times(k).sigmoid().sum(),
    },
  ),
  ask(
    { X: 'n d', W: 'd c', Y: 'n c onehot' },
    {
      latex: [
        tex`P = \operatorname{softmax}(XW)`,
        tex`\ell = -\frac{1}{n}\sum_{i=1}^n \sum_{k=1}^{c} Y_{ik} \log P_{ik}`,
        tex`\ell`,
      ],
      by: 'W',
      is: ({ X, W, Y }) => Y.dot(X.at(W).softmaxRows().log()).over(-X.height),
    },
  ),
  ...moreHands,
])
