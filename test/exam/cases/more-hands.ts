import type { Quantity } from '../quantity.js'
import { ask, type Draft, tex } from '../question.js'

const bernoulli = (y: Quantity, p: Quantity) =>
  y.dot(p.log()).plus(y.negative.plus(1).dot(p.negative.plus(1).log()))

/** Requests in the manner of course notes, exercises and papers. */
export const moreHands: readonly Draft[] = [
  ask(
    { x: 'N d each i', y: 'N bit each i', w: 'd', b: '' },
    {
      latex: [
        tex`z_i = w^\top x_i + b`,
        tex`p_i = \sigma(z_i)`,
        tex`L = -\frac{1}{N}\sum_{i=1}^N \left[y_i\log p_i + (1-y_i)\log(1-p_i)\right]`,
        'L',
      ],
      by: 'w',
      is: ({ x, y, w, b }) => bernoulli(y, x.at(w).plus(b).sigmoid()).over(-x.height),
    },
  ),
  ask(
    { x: 'N d each i', y: 'N bit each i', w: 'd', b: '' },
    {
      latex: [
        tex`z_i = w^\top x_i + b`,
        tex`p_i = \sigma(z_i)`,
        tex`L = -\frac{1}{N}\sum_{i=1}^N \left[y_i\log p_i + (1-y_i)\log(1-p_i)\right]`,
        'L',
      ],
      by: 'b',
      is: ({ x, y, w, b }) => bernoulli(y, x.at(w).plus(b).sigmoid()).over(-x.height),
    },
  ),
  ask(
    { x: 'm n each i', y: 'm each i', theta: 'n' },
    {
      declared: [
        tex`x^{(i)} \in \mathbb{R}^n,\; i = 1, \dots, m`,
        tex`y^{(i)} \in \mathbb{R},\; i = 1, \dots, m`,
        tex`\theta \in \mathbb{R}^n`,
      ],
      latex: tex`\frac{1}{2m}\sum_{i=1}^m\left(\theta^T x^{(i)} - y^{(i)}\right)^2`,
      by: 'theta',
      is: ({ x, y, theta }) => x.at(theta).minus(y).square.mean().times(0.5),
    },
  ),
  ask(
    { x: 'm n each i', y: 'm bit each i', theta: 'n' },
    {
      declared: [
        tex`x^{(i)} \in \mathbb{R}^n,\; i = 1, \dots, m`,
        tex`y^{(i)} \in \{0, 1\},\; i = 1, \dots, m`,
        tex`\theta \in \mathbb{R}^n`,
      ],
      latex: [
        tex`h(x) = \frac{1}{1 + e^{-\theta^T x}}`,
        tex`-\frac1m \sum_{i=1}^m \left[ y^{(i)} \log h(x^{(i)}) + (1 - y^{(i)}) \log(1 - h(x^{(i)})) \right]`,
      ],
      by: 'theta',
      is: ({ x, y, theta }) => bernoulli(y, x.at(theta).sigmoid()).over(-x.height),
    },
  ),
  ask(
    { x: 'N d each i', a: 'N each i', y: 'N sign each i' },
    {
      latex: tex`\sum_{i=1}^N a_i - \frac{1}{2}\sum_{i=1}^N\sum_{j=1}^N a_i a_j y_i y_j x_i^\top x_j`,
      by: 'a',
      is: ({ x, a, y }) => a.sum().minus(x.t.at(a.times(y)).square.sum().times(0.5)),
    },
  ),
  ask(
    { x: 'N d each i', W: 'k d' },
    {
      latex: tex`\frac{1}{N}\sum_{i=1}^N \|x_i - W^\top W x_i\|^2`,
      by: 'W',
      is: ({ x, W }) => x.minus(x.at(W.t, W)).square.sum().over(x.height),
    },
  ),
  ask(
    { x: 'N d each i', m: 'd' },
    {
      latex: tex`\sum_{i=1}^N \|x_i - m\|_2`,
      by: 'm',
      is: ({ x, m }) => x.overRows(row => row.minus(m).norm()),
    },
  ),
  ask(
    { x: 'N d each i' },
    {
      latex: [tex`\bar{x} = \frac{1}{N}\sum_{i=1}^N x_i`, tex`\|\bar{x}\|^2`],
      by: 'x',
      inEntries: true,
      is: ({ x }) => x.columnSums().over(x.height).square.sum(),
    },
  ),
  ask(
    { X: 'n d', y: 'n', w: 'd' },
    {
      latex: tex`\frac{1}{2n}\lVert y - Xw\rVert^{2}_{2}`,
      by: 'w',
      is: ({ X, y, w }) => y.minus(X.at(w)).square.mean().times(0.5),
    },
  ),
  ask(
    { X: 'n d', y: 'n', w: 'd', lambda: '>0', alpha: 'unit' },
    {
      latex: tex`\frac{1}{2n}\|y - Xw\|^2 + \lambda\left(\alpha\|w\|_1 + \frac{1-\alpha}{2}\|w\|^2\right)`,
      by: 'w',
      is: ({ X, y, w, lambda, alpha }) =>
        y
          .minus(X.at(w))
          .square.mean()
          .times(0.5)
          .plus(
            lambda.times(
              alpha.times(w.norm1()).plus(alpha.negative.plus(1).times(w.square.sum()).times(0.5)),
            ),
          ),
    },
  ),
  ask(
    { z: '', y: 'sign' },
    { latex: tex`[1 - y z]_+`, by: 'z', is: ({ z, y }) => y.times(z).negative.plus(1).relu() },
  ),
  ask({ x: 'n spread' }, { latex: tex`\|(x)_+\|^2`, by: 'x', is: ({ x }) => x.relu().square.sum() }),
  ask({ x: 'n' }, { latex: tex`\max_i x_i`, by: 'x', is: ({ x }) => x.max() }),
  ask(
    { x: 'n spread', a: 'n' },
    { latex: tex`a^\top \text{ReLU}(x)`, by: 'x', is: ({ x, a }) => a.dot(x.relu()) },
  ),
  ask(
    { x: 'n spread', a: 'n' },
    {
      latex: tex`a^\top \operatorname{relu}(x)^{\odot 2}`,
      by: 'x',
      is: ({ x, a }) => a.dot(x.relu().square),
    },
  ),
  ask(
    { x: 'n spread', a: 'n' },
    { latex: tex`a^\top (x \odot \operatorname{sgn}(x))`, by: 'x', is: ({ x, a }) => a.dot(x.abs()) },
  ),
  ask(
    { x: 'n', a: 'n' },
    { latex: tex`a^\top \mathrm{sigmoid}(x)`, by: 'x', is: ({ x, a }) => a.dot(x.sigmoid()) },
  ),
  ask(
    { x: 'n', a: 'n' },
    {
      latex: [tex`s = \sigma(x)`, tex`a^\top \left(s \odot (1 - s)\right)`],
      by: 'x',
      is: ({ x, a }) => {
        const s = x.sigmoid()
        return a.dot(s.times(s.negative.plus(1)))
      },
    },
  ),
  ask(
    { x: 'n', y: 'n', sigma: '>0' },
    {
      latex: tex`e^{-\frac{\|x-y\|^2}{2\sigma^2}}`,
      by: 'x',
      is: ({ x, y, sigma }) => x.minus(y).square.sum().over(sigma.square.times(-2)).exp(),
    },
  ),
  ask(
    { x: 'n', y: 'n', sigma: '>0' },
    {
      latex: tex`e^{-\frac{\|x-y\|^2}{2\sigma^2}}`,
      by: 'sigma',
      is: ({ x, y, sigma }) => x.minus(y).square.sum().over(sigma.square.times(-2)).exp(),
    },
  ),
  ask(
    { A: 'n n', b: 'n' },
    { latex: tex`b^\top A^{-T} A^{-1} b`, by: 'A', is: ({ A, b }) => A.inv().at(b).square.sum() },
  ),
  ask(
    { A: 'n n', b: 'n' },
    { latex: tex`b^\top (A^{-1})^\top b`, by: 'A', is: ({ A, b }) => b.t.at(A.inv(), b) },
  ),
  ask({ A: 'n n' }, { latex: tex`\frac{1}{\det(A)}`, by: 'A', is: ({ A }) => A.det().pow(-1) }),
  ask(
    { A: 'n n', lambda: '' },
    {
      latex: tex`\log\det(A - \lambda I)`,
      by: 'lambda',
      is: ({ A, lambda }) => A.minus(A.eye(A.height).times(lambda)).logdet(),
    },
  ),
  ask(
    { X: 'n d' },
    {
      latex: [tex`H = X (X^\top X)^{-1} X^\top`, tex`\operatorname{tr}(H)`],
      by: 'X',
      sizes: { n: 4, d: 2 },
      is: ({ X }) => X.at(X.t.at(X).inv(), X.t).trace(),
    },
  ),
  ask(
    { Q: 'n d as Q', K: 'n d as K', v: 'n' },
    {
      latex: tex`v^\top \operatorname{softmax}\!\left(\tfrac{QK^\top}{\sqrt{d}}\right) v`,
      by: 'Q',
      is: ({ Q, K, v }) => v.t.at(Q.at(K.t).over(Math.sqrt(Q.width)).softmaxRows(), v),
    },
  ),
  ask(
    { q: 'd as \\mathbf{q}', K: 'n d as \\mathbf{K}', V: 'n p as \\mathbf{V}', c: 'p as \\mathbf{c}' },
    {
      latex: [
        tex`\boldsymbol{\alpha} = \mathrm{softmax}(\mathbf{K}\mathbf{q}/\sqrt{d})`,
        tex`\mathbf{o} = \mathbf{V}^\top \boldsymbol{\alpha}`,
        tex`\mathbf{c}^\top \mathbf{o}`,
      ],
      by: 'q',
      is: ({ q, K, V, c }) => c.dot(V.t.at(K.at(q).over(Math.sqrt(q.height)).softmax())),
    },
  ),
  ask(
    { x: 'n', w: '3' },
    {
      declared: [tex`x \in \mathbb{R}^n`, tex`w \in \mathbb{R}^3`],
      latex: tex`\sum_{i=1}^{n-2} \left(w_1 x_i + w_2 x_{i+1} + w_3 x_{i+2}\right)^2`,
      by: 'w',
      sizes: { n: 5 },
      is: ({ x, w }) =>
        w
          .entry(0)
          .times(x.rows(0, 3))
          .plus(w.entry(1).times(x.rows(1, 4)))
          .plus(w.entry(2).times(x.rows(2, 5)))
          .square.sum(),
    },
  ),
  ask(
    { x: 'n', w: '3' },
    {
      declared: [tex`x \in \mathbb{R}^n`, tex`w \in \mathbb{R}^3`],
      latex: tex`\sum_{i=1}^{n-2} \left(w_1 x_i + w_2 x_{i+1} + w_3 x_{i+2}\right)^2`,
      by: 'x',
      sizes: { n: 5 },
      is: ({ x, w }) =>
        w
          .entry(0)
          .times(x.rows(0, 3))
          .plus(w.entry(1).times(x.rows(1, 4)))
          .plus(w.entry(2).times(x.rows(2, 5)))
          .square.sum(),
    },
  ),
  ask(
    { x: 'n', theta: 'n' },
    {
      latex: [tex`f(\theta) = \log\left(1 + e^{\theta^\top x}\right)`, tex`f(\theta)`],
      by: 'theta',
      order: 2,
      is: ({ x, theta }) => theta.dot(x).softplus(),
    },
  ),
  ask(
    { x: 'n', W: 'h n', v: 'h', b: 'h' },
    {
      latex: [tex`f(x) = v^\top \tanh(Wx + b)`, 'f'],
      by: 'x',
      is: ({ x, W, v, b }) => v.dot(W.at(x).plus(b).tanh()),
    },
  ),
  ask(
    { x: 'n', W: 'h n', v: 'h', b: 'h' },
    {
      latex: [tex`f(x) = v^\top \tanh(Wx + b)`, 'f(x)'],
      by: 'x',
      order: 2,
      is: ({ x, W, v, b }) => v.dot(W.at(x).plus(b).tanh()),
    },
  ),
  ask(
    { a: 'n', b: 'n' },
    {
      latex: tex`\lVert a \rVert_2 \lVert b \rVert_2 - \lvert a^\top b \rvert`,
      by: 'a',
      is: ({ a, b }) => a.norm().times(b.norm()).minus(a.dot(b).abs()),
    },
  ),
  ask(
    { p: 'n simplex', q: 'n simplex' },
    { latex: tex`\sum_{i=1}^n p_i \log\frac{p_i}{q_i}`, by: 'q', is: ({ p, q }) => p.dot(p.over(q).log()) },
  ),
  ask(
    { p: 'n simplex', q: 'n simplex' },
    {
      latex: tex`\frac12 \sum_i (\sqrt{p_i} - \sqrt{q_i})^2`,
      by: 'p',
      is: ({ p, q }) => p.sqrt().minus(q.sqrt()).square.sum().times(0.5),
    },
  ),
  ask(
    { x: 'n', y: 'n' },
    { latex: tex`\sum_{i=1}^n \left| x_i - y_i \right|`, by: 'x', is: ({ x, y }) => x.minus(y).norm1() },
  ),
  ask(
    { X: 'm n', Y: 'm n' },
    { latex: tex`\left\langle X, Y \right\rangle_F`, by: 'X', is: ({ X, Y }) => X.dot(Y) },
  ),
  ask(
    { X: 'm n', Y: 'm n' },
    { latex: tex`\operatorname{vec}(X)^\top \operatorname{vec}(Y)`, by: 'Y', is: ({ X, Y }) => X.dot(Y) },
  ),
  ask(
    { A: 'm m', B: 'n n', X: 'm n' },
    { latex: tex`\|AX - XB\|_{F}^{2}`, by: 'X', is: ({ A, B, X }) => A.at(X).minus(X.at(B)).square.sum() },
  ),
  ask(
    { A: 'm m', B: 'n n', X: 'm n' },
    {
      latex: tex`\|AX + XB\|_{\mathrm{F}}^{2}`,
      by: 'A',
      is: ({ A, B, X }) => A.at(X).plus(X.at(B)).square.sum(),
    },
  ),
  ask({ x: 'n' }, { latex: tex`\mathrm{mean}(x)`, by: 'x', is: ({ x }) => x.mean() }),
  ask(
    { x: 'n' },
    { latex: tex`\operatorname{Var}(x)`, by: 'x', is: ({ x }) => x.minus(x.mean()).square.mean() },
  ),
  ask(
    { x: 'n', a: 'n' },
    {
      latex: tex`a^\top \mathrm{softplus}(x) - a^\top x`,
      by: 'x',
      is: ({ x, a }) => a.dot(x.softplus().minus(x)),
    },
  ),
  ask(
    { x: 'n as \\vec{x}', w: 'n as \\vec{w}', b: '' },
    { latex: tex`\tanh(\vec{w}\cdot\vec{x} + b)`, by: 'w', is: ({ x, w, b }) => w.dot(x).plus(b).tanh() },
  ),
  ask(
    { x: 'n', W1: 'h n as W_{1}', W2: 'm h as W_{2}', y: 'm' },
    {
      latex: [tex`L = \left\|\, W_{2}\,\sigma\!\left(W_{1} x\right) - y \,\right\|_{2}^{2}`, 'L'],
      by: 'W1',
      is: ({ x, W1, W2, y }) => W2.at(W1.at(x).sigmoid()).minus(y).square.sum(),
    },
  ),
  ask(
    { X: 'N D', W: 'D M', b: 'M', T: 'N M' },
    {
      latex: [
        tex`Y = XW + \mathbf{1}b^{\mathsf T}`,
        tex`E = \frac{1}{2}\sum_{n=1}^N\sum_{m=1}^M (Y_{nm} - T_{nm})^2`,
        'E',
      ],
      by: 'W',
      is: ({ X, W, b, T }) => X.at(W).plus(X.ones(X.height).outer(b)).minus(T).square.sum().times(0.5),
    },
  ),
  ask(
    { X: 'N D', W: 'D M', b: 'M', T: 'N M' },
    {
      latex: [
        tex`Y = XW + \mathbf{1}b^{\mathsf T}`,
        tex`E = \frac{1}{2}\sum_{n=1}^N\sum_{m=1}^M (Y_{nm} - T_{nm})^2`,
        'E',
      ],
      by: 'b',
      is: ({ X, W, b, T }) => X.at(W).plus(X.ones(X.height).outer(b)).minus(T).square.sum().times(0.5),
    },
  ),
  ask(
    { x: 'n', g: 'n as \\gamma', b: 'n as \\beta', a: 'n', e: '>0 as \\varepsilon' },
    {
      latex: [
        tex`\mu = \frac1n\sum_{j=1}^n x_j`,
        tex`\sigma^2 = \frac1n\sum_{j=1}^n (x_j-\mu)^2`,
        tex`\hat{x} = \frac{x-\mu\mathbf{1}}{\sqrt{\sigma^2+\varepsilon}}`,
        tex`y = \gamma\odot\hat{x}+\beta`,
        tex`a^\top y`,
      ],
      by: 'x',
      is: ({ x, g, b, a, e }) => {
        const rest = x.minus(x.mean())
        return a.dot(g.times(rest.over(rest.square.mean().plus(e).sqrt())).plus(b))
      },
    },
  ),
  ask(
    { x: 'n', h: 'n', W: 'n n', U: 'n n', a: 'n' },
    {
      latex: [
        tex`z = \sigma(Wx + Uh)`,
        tex`\tilde{h} = \tanh(Wx)`,
        tex`h' = (1 - z)\odot h + z\odot\tilde{h}`,
        tex`a^\top h'`,
      ],
      by: 'U',
      is: ({ x, h, W, U, a }) => {
        const z = W.at(x).plus(U.at(h)).sigmoid()
        return a.dot(
          z.negative
            .plus(1)
            .times(h)
            .plus(z.times(W.at(x).tanh())),
        )
      },
    },
  ),
  ask(
    { theta: '>0', x: 'n up' },
    {
      latex: tex`\sum_{i=1}^n \log\left(\theta e^{-\theta x_i}\right)`,
      by: 'theta',
      declared: [tex`\theta > 0`, tex`x \in \mathbb{R}^n_{>0}`],
      is: ({ theta, x }) => theta.log().times(x.height).minus(theta.times(x.sum())),
    },
  ),
  ask(
    { k: 'n', lambda: '>0' },
    {
      declared: [tex`k \in \mathbb{R}^n`, tex`\lambda > 0`],
      latex: tex`\sum_{i=1}^{n}\left(k_i\ln\lambda - \lambda\right)`,
      by: 'lambda',
      is: ({ k, lambda }) => lambda.log().times(k.sum()).minus(lambda.times(k.height)),
    },
  ),
  ask(
    { x: '', y: '' },
    {
      declared: [tex`x, y \in \mathbb{R}`],
      latex: tex`100(y - x^2)^2 + (1-x)^2`,
      by: 'x',
      is: ({ x, y }) => y.minus(x.square).square.times(100).plus(x.negative.plus(1).square),
    },
  ),
  ask(
    { x: 'n' },
    {
      latex: tex`\sum_{i=1}^{n-1}\left[100(x_{i+1}-x_i^2)^2+(1-x_i)^2\right]`,
      by: 'x',
      is: ({ x }) => {
        const [u, v] = [x.rows(0, x.height - 1), x.rows(1, x.height)]
        return v.minus(u.square).square.sum().times(100).plus(u.negative.plus(1).square.sum())
      },
    },
  ),
  ask(
    { w: 'n', x: 'n' },
    {
      latex: [tex`u = w \odot x`, tex`\frac{u^\top u}{1 + u^\top u}`],
      by: 'w',
      is: ({ w, x }) => {
        const s = w.times(x).square.sum()
        return s.over(s.plus(1))
      },
    },
  ),
  ask({ A: 'm n', x: 'n' }, { latex: tex`\|Ax\|_1`, by: 'x', is: ({ A, x }) => A.at(x).norm1() }),
  ask(
    { x: 'n up', c: 'n' },
    {
      latex: tex`c^{\top}x - \sum_{i}\log x_{i}`,
      by: 'x',
      declared: [tex`x \in \mathbb{R}^{n}_{>0}`, tex`c \in \mathbb{R}^{n}`],
      is: ({ x, c }) => c.dot(x).minus(x.log().sum()),
    },
  ),
  ask(
    { A: 'm n small', b: 'm unit', x: 'n small', t: '>0', c: 'n' },
    {
      latex: tex`t\,c^\top x - \sum_{i=1}^m \log(3 + b_i - A_{i,:}x)`,
      by: 'x',
      inEntries: true,
      is: ({ A, b, x, t, c }) => t.times(c.dot(x)).minus(b.plus(3).minus(A.at(x)).log().sum()),
    },
  ),
]
