import type { CatalogueEntry } from './entry.js'

/** Rules for the larger pieces of networks, and for rearranged and symmetric variables. */
export const networkEntries: readonly CatalogueEntry[] = [
  {
    id: 'vec-identity',
    name: 'vec identity',
    statements: ['\\operatorname{vec}(AXB)=(B^\\top\\otimes A)\\operatorname{vec}X'],
    level: 'normal',
    source: 'matrix-cookbook:520',
    sentence: 'A product on both sides is one large matrix acting on the stacked columns.',
    instances: [
      {
        declarations: ['A in R^(p x m)', 'X in R^(m x n)', 'B in R^(n x q)', 'c in R^(p*q)'],
        function: "c'*vec(A*X*B)",
        variable: 'X',
        answer: "A'*unvec(c, p, q)*B'",
      },
    ],
  },
  {
    id: 'commutation-matrix',
    name: 'commutation matrix',
    statements: ['\\operatorname{vec}(X^\\top)=K_{mn}\\operatorname{vec}X'],
    level: 'normal',
    source: 'magnus-neudecker:3',
    sentence: 'Transposing reorders the stacked entries.',
    instances: [
      {
        declarations: ['X in R^(m x n)', 'C in R^(n x m)'],
        function: "vec(C)'*vec(X')",
        variable: 'X',
        answer: "C'",
      },
    ],
  },
  {
    id: 'hessian-of-a-quadratic-form',
    name: 'Hessian of a quadratic form',
    statements: ['\\nabla_x^2\\,x^\\top Ax=A+A^\\top'],
    level: 'normal',
    source: 'matrix-cookbook:98',
    sentence: 'The gradient is linear, and its matrix is the Hessian.',
    instances: [
      {
        declarations: ['x in R^n', 'A in R^(n x n)', 'b in R^n'],
        function: "x'*A*x + b'*x",
        variable: 'x',
        order: 2,
        answer: "A + A'",
      },
      {
        declarations: ['x in R^n', 'A in S^n'],
        function: "1/2*x'*A*x",
        variable: 'x',
        order: 2,
        answer: 'A',
      },
    ],
  },
  {
    id: 'selection',
    name: 'selection and concatenation',
    statements: [
      'x=E_{k,:}:\\quad\\bar E=e_k\\bar x',
      'y=\\begin{bmatrix}u\\\\v\\end{bmatrix}:\\quad\\bar u=\\bar y_{1:m}',
    ],
    level: 'normal',
    source: 'goodfellow:12.4.2',
    sentence: 'What was taken out receives its derivative in its place; what was put together is cut apart.',
    instances: [
      {
        declarations: ['u in R^m', 'v in R^n', 'W in R^(k x m)', 'U in R^(k x n)', 'g in R^k'],
        function: "g'*[W, U]*[u; v]",
        variable: 'u',
        answer: "W'*g",
      },
    ],
  },
  {
    id: 'normalisation',
    name: 'normalisation over a sample',
    statements: [
      '\\bar x=\\frac1s\\big(\\bar y-\\operatorname{mean}(\\bar y)\\mathbf{1}-\\operatorname{mean}(\\hat x\\odot\\bar y)\\,\\hat x\\big)',
    ],
    level: 'brief',
    source: 'ba-kiros-hinton:3',
    sentence: 'The mean and the spread depend on every entry, so two means are taken off.',
    instances: [
      {
        declarations: ['x in R^n', 'g in R^n'],
        definitions: [
          'mu = 1/n*sum(x)',
          's = sqrt(1/n*sum((x - mu*ones(n)).^2))',
          'y = (x - mu*ones(n))/s',
          "L = g'*y",
        ],
        function: 'L',
        variable: 'x',
        answer: "1/s*(g - 1/n*sum(g)*ones(n) - 1/n*(y'*g)*y)",
      },
    ],
  },
  {
    id: 'attention',
    name: 'attention',
    statements: [
      '\\bar V=P^\\top\\bar O',
      '\\bar S=P\\odot\\big(\\bar P-\\operatorname{rowsum}(P\\odot\\bar P)\\mathbf{1}^\\top\\big),\\quad\\bar P=\\bar OV^\\top',
      '\\bar Q=\\frac{1}{\\sqrt d}\\bar SK,\\quad\\bar K=\\frac{1}{\\sqrt d}\\bar S^\\top Q',
    ],
    level: 'brief',
    source: 'vaswani:3.2.1',
    sentence: 'Softmax row by row between two products of matrices.',
    instances: [
      {
        declarations: ['Q in R^(m x d)', 'K in R^(m x d)', 'V in R^(m x p)', 'C in R^(m x p)'],
        definitions: ["S = Q*K'/sqrt(d)", 'P = softmax(S)', 'O = P*V', 'L = sum(C .* O)'],
        function: 'L',
        variable: 'V',
        answer: "P'*C",
      },
      {
        declarations: ['Q in R^(m x d)', 'K in R^(m x d)', 'V in R^(m x p)', 'C in R^(m x p)'],
        definitions: ["S = Q*K'/sqrt(d)", 'P = softmax(S)', 'O = P*V', 'L = sum(C .* O)'],
        function: 'L',
        variable: 'S',
        answer: "P .* (C*V' - ((P .* (C*V'))*ones(m))*ones(m)')",
      },
    ],
  },
  {
    id: 'convolution',
    name: 'convolution',
    statements: ['y_i=\\sum_j w_jx_{i+j-1}:\\quad\\bar w_j=\\sum_i\\bar y_i\\,x_{i+j-1}'],
    level: 'normal',
    source: 'goodfellow:9.5',
    sentence: 'Each weight meets the input shifted by its place.',
    instances: [
      {
        declarations: ['x in R^(m + k - 1)', 'w in R^k', 'g in R^m'],
        function: 'sum(i=1:m, g[i]*sum(j=1:k, w[j]*x[i+j-1]))',
        variable: 'w',
        answer: 'sum(j=1:k, sum(i=1:m, g[i]*x[i+j-1])*basis(k, j))',
      },
    ],
  },
  {
    id: 'backpropagation',
    name: 'backpropagation',
    statements: [
      "\\delta^l=\\big((W^{l+1})^\\top\\delta^{l+1}\\big)\\odot\\sigma'(z^l)",
      '\\bar b^l=\\delta^l,\\quad\\bar W^l=\\delta^l(a^{l-1})^\\top',
    ],
    level: 'brief',
    source: 'nielsen:BP1-BP4',
    sentence: 'The error of a layer is that of the next one, carried back through the weights and the slope.',
    instances: [
      {
        declarations: ['x in R^n', 'W in R^(m x n)', 'b in R^m', 'V in R^(k x m)', 'c in R^k', 't in R^k'],
        definitions: ['z = W*x + b', 'a = sigmoid(z)', 'y = V*a + c', 'L = 1/2*norm2(y - t)^2'],
        function: 'L',
        variable: 'z',
        answer: "(V'*(y - t)) .* a .* (1 - a)",
      },
      {
        declarations: ['x in R^n', 'W in R^(m x n)', 'b in R^m', 'V in R^(k x m)', 'c in R^k', 't in R^k'],
        definitions: ['z = W*x + b', 'a = sigmoid(z)', 'y = V*a + c', 'L = 1/2*norm2(y - t)^2'],
        function: 'L',
        variable: 'W',
        answer: "((V'*(y - t)) .* a .* (1 - a))*x'",
      },
      {
        declarations: ['x in R^n', 'W in R^(m x n)', 'b in R^m', 'V in R^(k x m)', 'c in R^k', 't in R^k'],
        definitions: ['z = W*x + b', 'a = sigmoid(z)', 'y = V*a + c', 'L = 1/2*norm2(y - t)^2'],
        function: 'L',
        variable: 'V',
        answer: "(y - t)*a'",
      },
    ],
  },
  {
    id: 'symmetric-variable',
    name: 'differentiating by a symmetric matrix',
    statements: ['\\nabla_A\\,x^\\top Ax=xx^\\top', '\\text{projected: }\\tfrac12(G+G^\\top)'],
    level: 'brief',
    source: 'srinivasan-panda:3',
    sentence:
      'All entries are varied on their own; within the symmetric matrices the gradient is the symmetric part.',
    instances: [
      { declarations: ['x in R^n', 'A in S^n'], function: "x'*A*x", variable: 'A', answer: "x*x'" },
      {
        declarations: ['a in R^n', 'b in R^n', 'A in S^n'],
        function: "a'*A*b",
        variable: 'A',
        answer: "a*b'",
      },
    ],
    note: 'the gradient with all entries varied independently is given; the projected gradient is another matrix',
  },
]
