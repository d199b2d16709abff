import { ask, group, SELF, tex } from '../question.js'

const layer = { W: 'm n', x: 'n', b: 'm', y: 'm' }
const two = { W1: 'h n', b1: 'h', W2: 'm h', b2: 'm', x: 'n', y: 'm' }
const twoLayers = {
  latex: [
    'z_1 = W_1 x + b_1',
    tex`a_1 = \sigma(z_1)`,
    'z_2 = W_2 a_1 + b_2',
    tex`L = \frac12 \left\| z_2 - y \right\|^2`,
    'L',
  ],
  plain: ['z1 = W1*x + b1', 'a1 = sigmoid(z1)', 'z2 = W2*a1 + b2', 'L = 1/2*norm2(z2 - y)^2', 'L'],
}
const classifier = { W1: 'h n', b1: 'h', W2: 'K h', b2: 'K', x: 'n', y: 'K onehot' }
const classified = {
  latex: [
    tex`h = \tanh(W_1 x + b_1)`,
    tex`p = \mathrm{softmax}(W_2 h + b_2)`,
    tex`L = -\sum_{k=1}^K y_k \log p_k`,
    'L',
  ],
  plain: ['h = tanh(W1*x + b1)', 'p = softmax(W2*h + b2)', 'L = -sum(k=1:K, y[k]*log(p[k]))', 'L'],
}
const batch = { X: 'N d', W1: 'd h', b1: 'h', W2: 'h K', Y: 'N K' }
const batched = {
  latex: [
    tex`Z = X W_1 + \mathbf{1} b_1^\top`,
    tex`A = \mathrm{ReLU}(Z)`,
    'P = A W_2',
    tex`L = \frac{1}{2N} \|P - Y\|_F^2`,
    'L',
  ],
  plain: ["Z = X*W1 + ones(N)*b1'", 'A = relu(Z)', 'P = A*W2', 'L = 1/(2*N)*norm2(P - Y)^2', 'L'],
}

export const networks = group('matrix networks', [
  ...['W', 'b', 'x', 'y'].map(by =>
    ask(layer, {
      latex: ['z = W x + b', tex`a = \sigma(z)`, tex`L = \frac{1}{2} \| a - y \|_2^2`, 'L'],
      plain: ['z = W*x + b', 'a = sigmoid(z)', 'L = 1/2*norm2(a - y)^2', 'L'],
      by,
      is: ({ W, x, b, y }) => W.at(x).plus(b).sigmoid().minus(y).square.sum().times(0.5),
    }),
  ),
  ask(layer, {
    latex: ['z = W x + b', tex`a = \tanh(z)`, tex`L = \|a - y\|^2`, 'L'],
    plain: ['z = W*x + b', 'a = tanh(z)', 'L = norm2(a - y)^2', 'L'],
    by: 'z',
    self: ({ W, x, b }) => W.at(x).plus(b),
    is: ({ y, [SELF]: z }) => z.tanh().minus(y).square.sum(),
  }),
  ...['W1', 'b1', 'W2', 'b2', 'x'].map(by =>
    ask(two, {
      ...twoLayers,
      by,
      is: ({ W1, b1, W2, b2, x, y }) =>
        W2.at(W1.at(x).plus(b1).sigmoid()).plus(b2).minus(y).square.sum().times(0.5),
    }),
  ),
  ...['W1', 'W2', 'b2', 'x'].map(by =>
    ask(classifier, {
      ...classified,
      by,
      assume: [[tex`\mathbf{1}_K^\top y = 1`, 'sum(y) = 1']],
      is: ({ W1, b1, W2, b2, x, y }) =>
        y.dot(W2.at(W1.at(x).plus(b1).tanh()).plus(b2).softmax().log()).negative,
    }),
  ),
  ...['W1', 'b1', 'W2', 'X'].map(by =>
    ask(batch, {
      ...batched,
      by,
      is: ({ X, W1, b1, W2, Y }) =>
        X.at(W1)
          .plus(X.ones(X.height).outer(b1))
          .relu()
          .at(W2)
          .minus(Y)
          .square.sum()
          .times(0.5 / X.height),
    }),
  ),
  ask(
    { X: 'N d', W: 'd K', b: 'K', Y: 'N K onehot' },
    {
      latex: [
        tex`Z = X W + \mathbf{1}_N b^\top`,
        tex`P = \mathrm{softmax}(Z)`,
        tex`L = -\frac1N \sum_{i=1}^N \sum_{k=1}^K Y_{ik} \log P_{ik}`,
        'L',
      ],
      plain: [
        "Z = X*W + ones(N)*b'",
        'P = softmax(Z)',
        'L = -1/N*sum(i=1:N, sum(k=1:K, Y[i,k]*log(P[i,k])))',
        'L',
      ],
      by: 'b',
      is: ({ X, W, b, Y }) =>
        Y.dot(X.at(W).plus(X.ones(X.height).outer(b)).softmaxRows().log()).over(-X.height),
    },
  ),
  ask(
    { x: 'n', W: 'n n', b: 'n', a: 'n' },
    {
      latex: [tex`y = x + \tanh(W x + b)`, tex`a^\top y`],
      plain: ['y = x + tanh(W*x + b)', "a'*y"],
      by: 'x',
      is: ({ x, W, b, a }) => a.dot(x.plus(W.at(x).plus(b).tanh())),
    },
  ),
  ask(
    { W: 'h h', U: 'h n', h0: 'h', x1: 'n', x2: 'n', y: 'h' },
    {
      latex: [
        tex`h_1 = \tanh(W h_0 + U x_1)`,
        tex`h_2 = \tanh(W h_1 + U x_2)`,
        tex`L = \tfrac12 \|h_2 - y\|^2`,
        'L',
      ],
      plain: ['h1 = tanh(W*h0 + U*x1)', 'h2 = tanh(W*h1 + U*x2)', 'L = 1/2*norm2(h2 - y)^2', 'L'],
      by: 'W',
      is: ({ W, U, h0, x1, x2, y }) =>
        W.at(W.at(h0).plus(U.at(x1)).tanh())
          .plus(U.at(x2))
          .tanh()
          .minus(y)
          .square.sum()
          .times(0.5),
    },
  ),
  ask(
    { W: 'h h', U: 'h n', h0: 'h', x1: 'n', x2: 'n', y: 'h' },
    {
      latex: [
        tex`h_1 = \tanh(W h_0 + U x_1)`,
        tex`h_2 = \tanh(W h_1 + U x_2)`,
        tex`L = \tfrac12 \|h_2 - y\|^2`,
        'L',
      ],
      plain: ['h1 = tanh(W*h0 + U*x1)', 'h2 = tanh(W*h1 + U*x2)', 'L = 1/2*norm2(h2 - y)^2', 'L'],
      by: 'U',
      is: ({ W, U, h0, x1, x2, y }) =>
        W.at(W.at(h0).plus(U.at(x1)).tanh())
          .plus(U.at(x2))
          .tanh()
          .minus(y)
          .square.sum()
          .times(0.5),
    },
  ),
  ask(
    { x: 'n', E: 'k n', D: 'n k', c: 'k' },
    {
      latex: [tex`h = \sigma(E x + c)`, tex`\hat{x} = D h`, tex`\| \hat{x} - x \|^2`],
      plain: ['h = sigmoid(E*x + c)', 'xhat = D*h', 'norm2(xhat - x)^2'],
      by: 'E',
      is: ({ x, E, D, c }) => D.at(E.at(x).plus(c).sigmoid()).minus(x).square.sum(),
    },
  ),
  ask(
    { W1: 'h n as W^{(1)}', W2: 'm h as W^{(2)}', x: 'n', y: 'm' },
    {
      latex: [
        tex`z^{(1)} = W^{(1)} x`,
        tex`a^{(1)} = \mathrm{ReLU}(z^{(1)})`,
        tex`L = \|W^{(2)} a^{(1)} - y\|^2`,
        'L',
      ],
      plain: ['z1 = W1*x', 'a1 = relu(z1)', 'L = norm2(W2*a1 - y)^2', 'L'],
      by: 'W1',
      is: ({ W1, W2, x, y }) => W2.at(W1.at(x).relu()).minus(y).square.sum(),
    },
  ),
  ask(
    { W: 'm n as \\mathbf{W}', x: 'n as \\mathbf{x}', b: 'm as \\mathbf{b}', y: 'm as \\mathbf{y}' },
    {
      latex: [
        tex`\mathbf{z} = \mathbf{W}\mathbf{x} + \mathbf{b}`,
        tex`\mathbf{a} = \tanh(\mathbf{z})`,
        tex`\frac{1}{2}\lVert \mathbf{a} - \mathbf{y} \rVert_2^2`,
      ],
      plain: ['z = W*x + b', 'a = tanh(z)', '1/2*norm2(a - y)^2'],
      by: 'W',
      is: ({ W, x, b, y }) => W.at(x).plus(b).tanh().minus(y).square.sum().times(0.5),
    },
  ),
  ask(
    { x: 'n', W: 'm n', V: 'm n', a: 'm' },
    {
      latex: [tex`g = \sigma(V x)`, tex`h = g \odot (W x)`, tex`a^\top h`],
      plain: ['g = sigmoid(V*x)', 'h = g.*(W*x)', "a'*h"],
      by: 'V',
      is: ({ x, W, V, a }) => a.dot(V.at(x).sigmoid().times(W.at(x))),
    },
  ),
])
