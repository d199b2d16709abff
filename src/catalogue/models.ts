import type { CatalogueEntry } from './entry.js'

const LOGITS = ['z in R^K', 't in R^K']

/** Gradients and Hessians of whole models, of penalties and similarities. */
export const modelEntries: readonly CatalogueEntry[] = [
  {
    id: 'gaussian-likelihood',
    name: 'Gaussian negative log-likelihood',
    statements: [
      '\\frac{\\partial}{\\partial\\mu}\\Big(\\frac{(t-\\mu)^2}{2s^2}+\\ln s\\Big)=\\frac{\\mu-t}{s^2}',
      '\\nabla_x\\big(-\\tfrac12(x-\\mu)^\\top\\Sigma^{-1}(x-\\mu)\\big)=-\\Sigma^{-1}(x-\\mu)',
    ],
    level: 'normal',
    source: 'goodfellow:5.5',
    sentence: 'The residual measured in variances.',
    instances: [
      {
        declarations: ['mu in R', 't in R', 's in R_{>0}'],
        function: '(t - mu)^2/(2*s^2) + log(s)',
        variable: 'mu',
        answer: '(mu - t)/s^2',
      },
      {
        declarations: ['x in R^n', 'mu in R^n', 'Sigma in S_{++}^n'],
        function: "-1/2*(x - mu)'*inv(Sigma)*(x - mu)",
        variable: 'x',
        answer: '-inv(Sigma)*(x - mu)',
      },
      {
        declarations: ['x in R^n', 'mu in R^n', 'Sigma in S_{++}^n'],
        function: "-1/2*(x - mu)'*inv(Sigma)*(x - mu)",
        variable: 'mu',
        answer: 'inv(Sigma)*(x - mu)',
      },
      {
        declarations: ['y in R^n', 'K in S_{++}^n'],
        function: "-1/2*y'*inv(K)*y - 1/2*logdet(K)",
        variable: 'K',
        answer: "1/2*inv(K)*y*y'*inv(K) - 1/2*inv(K)",
      },
    ],
  },
  {
    id: 'logistic-regression',
    name: 'logistic regression',
    statements: [
      '\\nabla_w L=X^\\top(\\sigma(Xw)-y)',
      '\\nabla_w^2L=X^\\top\\operatorname{diag}\\big(\\sigma(Xw)\\odot(1-\\sigma(Xw))\\big)X',
    ],
    level: 'brief',
    source: 'boyd-vandenberghe:7.1.1',
    sentence:
      'Residuals of the probabilities, collected by the data; the curvature weighs the samples by their variances.',
    instances: [
      {
        declarations: ['X in R^(m x n)', 'w in R^n', 'y in {0, 1}^m'],
        function: "sum(log(1 + exp(X*w))) - y'*X*w",
        variable: 'w',
        answer: "X'*(sigmoid(X*w) - y)",
      },
      {
        declarations: ['X in R^(m x n)', 'w in R^n', 'y in {0, 1}^m'],
        definitions: ['p = sigmoid(X*w)', "L = -y'*log(p) - (1 - y)'*log(1 - p)"],
        function: 'L',
        variable: 'w',
        answer: "X'*(p - y)",
      },
      {
        declarations: ['X in R^(m x n)', 'w in R^n', 'y in {0, 1}^m'],
        function: "sum(log(1 + exp(X*w))) - y'*X*w",
        variable: 'w',
        order: 2,
        answer: "X'*diag(sigmoid(X*w) .* (1 - sigmoid(X*w)))*X",
      },
      {
        declarations: ['X in R^(m x n)', 'w in R^n', 'y in {0, 1}^m'],
        definitions: ['p = sigmoid(X*w)', "L = -y'*log(p) - (1 - y)'*log(1 - p)"],
        function: 'L',
        variable: 'w',
        order: 2,
        answer: "X'*diag(p .* (1 - p))*X",
      },
    ],
  },
  {
    id: 'softmax-cross-entropy-hessian',
    name: 'Hessian of softmax with cross-entropy',
    statements: ['\\nabla_z^2L=\\operatorname{diag}(s)-ss^\\top'],
    level: 'brief',
    source: 'boyd-vandenberghe:3.1.5',
    sentence: 'The labels enter linearly, so the curvature does not see them.',
    instances: [
      {
        declarations: LOGITS,
        definitions: ['s = softmax(z)', "L = -t'*log(s)"],
        function: 'L',
        variable: 'z',
        order: 2,
        assumptions: ["ones(K)'*t = 1"],
        answer: "diag(s) - s*s'",
      },
      {
        declarations: LOGITS,
        function: "log(sum(exp(z))) - t'*z",
        variable: 'z',
        order: 2,
        answer: "diag(softmax(z)) - softmax(z)*softmax(z)'",
      },
    ],
  },
  {
    id: 'weight-decay',
    name: 'weight decay',
    statements: [
      '\\nabla_W\\tfrac\\lambda2\\|W\\|_F^2=\\lambda W',
      '\\nabla_W\\lambda\\|W\\|_1=\\lambda\\operatorname{sign}(W)',
    ],
    level: 'normal',
    source: 'goodfellow:7.1',
    sentence: 'Each weight is pulled to zero, in proportion to its size or by its sign.',
    instances: [
      {
        declarations: ['W in R^(m x n)', 'lambda in R_{>0}'],
        function: 'lambda/2*norm2(W)^2',
        variable: 'W',
        answer: 'lambda*W',
      },
      {
        declarations: ['W in R^(m x n)', 'lambda in R_{>0}'],
        function: 'lambda*norm1(W)',
        variable: 'W',
        answer: 'lambda*sign(W)',
      },
    ],
    note: 'the 1-norm has no derivative where a weight is 0; the sign 0 is used there',
  },
  {
    id: 'cosine-similarity',
    name: 'cosine similarity',
    statements: [
      '\\nabla_x\\frac{x^\\top t}{\\|x\\|\\,\\|t\\|}=\\frac{t}{\\|x\\|\\,\\|t\\|}-\\frac{(x^\\top t)\\,x}{\\|x\\|^3\\,\\|t\\|}',
    ],
    level: 'normal',
    source: 'calculus:quotient',
    sentence: 'The other direction, without its part along the vector itself.',
    instances: [
      {
        declarations: ['x in R^n', 't in R^n'],
        function: "x'*t/(norm2(x)*norm2(t))",
        variable: 'x',
        answer: "t/(norm2(x)*norm2(t)) - x'*t*x/(norm2(x)^3*norm2(t))",
      },
    ],
  },
]
