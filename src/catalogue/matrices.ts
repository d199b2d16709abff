import type { CatalogueEntry } from './entry.js'

const SQUARE = ['X in R^(n x n)', 'A in R^(n x n)', 'B in R^(n x n)']

/** Rules for functions of matrices, and for the larger pieces of networks. */
export const matrixEntries: readonly CatalogueEntry[] = [
  {
    id: 'inverse',
    name: 'inverse',
    statements: [
      '\\mathrm{d}X^{-1}=-X^{-1}\\,\\mathrm{d}X\\,X^{-1}',
      '\\nabla_X\\,a^\\top X^{-1}b=-X^{-\\top}ab^\\top X^{-\\top}',
      '\\nabla_X\\operatorname{tr}(AX^{-1}B)=-(X^{-1}BAX^{-1})^\\top',
    ],
    level: 'normal',
    source: 'matrix-cookbook:61',
    sentence: 'Minus the inverse on both sides of the change.',
    instances: [
      {
        declarations: ['a in R^n', 'X in R^(n x n)', 'b in R^n'],
        function: "a'*inv(X)*b",
        variable: 'X',
        answer: "-inv(X)'*a*b'*inv(X)'",
      },
      {
        declarations: SQUARE,
        function: 'tr(A*inv(X)*B)',
        variable: 'X',
        answer: "-(inv(X)*B*A*inv(X))'",
      },
      { declarations: ['X in R^(n x n)'], function: 'tr(inv(X))', variable: 'X', answer: "-(inv(X)')^2" },
    ],
  },
  {
    id: 'determinant',
    name: 'determinant',
    statements: ['\\nabla_X\\det(X)=\\det(X)\\,X^{-\\top}'],
    level: 'normal',
    source: 'matrix-cookbook:49',
    sentence: 'Written this way the matrix of cofactors needs an invertible matrix.',
    instances: [
      { declarations: SQUARE, function: 'det(X)', variable: 'X', answer: "det(X)*inv(X)'" },
      { declarations: SQUARE, function: 'det(A*X*B)', variable: 'X', answer: "det(A*X*B)*inv(X)'" },
      {
        declarations: ['X in R^(m x n)'],
        function: "det(X'*X)",
        variable: 'X',
        answer: "2*det(X'*X)*X*inv(X'*X)",
      },
    ],
  },
  {
    id: 'log-determinant',
    name: 'log-determinant',
    statements: ['\\nabla_X\\ln|\\det X|=X^{-\\top}', '\\nabla_X\\ln\\det(XX^\\top)=2(XX^\\top)^{-1}X'],
    level: 'normal',
    source: 'matrix-cookbook:57',
    sentence: 'The determinant cancels and the transposed inverse is left.',
    instances: [
      { declarations: SQUARE, function: 'logdet(X)', variable: 'X', answer: "inv(X)'" },
      { declarations: SQUARE, function: 'log(det(X))', variable: 'X', answer: "inv(X)'" },
      {
        declarations: ['X in R^(m x n)'],
        function: "logdet(X*X')",
        variable: 'X',
        answer: "2*inv(X*X')*X",
      },
      { declarations: ['X in S_{++}^n'], function: 'logdet(X)', variable: 'X', answer: 'inv(X)' },
    ],
  },
  {
    id: 'differential-of-a-product',
    name: 'differential of a product',
    statements: ['\\mathrm{d}(XY)=\\mathrm{d}X\\,Y+X\\,\\mathrm{d}Y'],
    level: 'normal',
    source: 'matrix-cookbook:37',
    sentence: 'Each factor changes in its own place.',
    instances: [
      {
        declarations: SQUARE,
        function: 'tr(A*X*X)',
        variable: 'X',
        answer: "A'*X' + X'*A'",
      },
    ],
  },
  {
    id: 'differentials-entry-by-entry',
    name: 'differentials of Hadamard and Kronecker products, transposes and traces',
    statements: [
      '\\mathrm{d}(X\\odot Y)=\\mathrm{d}X\\odot Y+X\\odot\\mathrm{d}Y',
      '\\mathrm{d}(X\\otimes Y)=\\mathrm{d}X\\otimes Y+X\\otimes\\mathrm{d}Y',
      '\\mathrm{d}X^\\top=(\\mathrm{d}X)^\\top',
      '\\mathrm{d}\\operatorname{tr}X=\\operatorname{tr}\\mathrm{d}X',
    ],
    level: 'normal',
    source: 'matrix-cookbook:38',
    sentence:
      'Every product obeys the product rule, and whatever is linear changes places with the differential.',
    instances: [
      {
        declarations: SQUARE,
        function: 'sum(X .* X .* A)',
        variable: 'X',
        answer: '2*(X .* A)',
      },
      { declarations: SQUARE, function: 'tr(X)', variable: 'X', answer: 'eye(n)' },
      { declarations: SQUARE, function: "tr(X'*A)", variable: 'X', answer: 'A' },
      {
        declarations: ['X in R^(m x n)', 's in R', 'A in R^(p x q)'],
        function: 'kron(A, s*X)',
        variable: 's',
        answer: 'kron(A, X)',
      },
    ],
  },
  {
    id: 'identification-of-the-gradient',
    name: 'identification of the gradient',
    statements: [
      '\\mathrm{d}\\phi=\\langle G,\\mathrm{d}X\\rangle=\\operatorname{tr}(G^\\top\\mathrm{d}X)\\Rightarrow\\nabla_X\\phi=G',
    ],
    level: 'normal',
    source: 'magnus-neudecker:9',
    sentence: 'What stands in the inner product beside the change of the variable is the gradient.',
    instances: [
      {
        declarations: ['G in R^(m x n)', 'X in R^(m x n)'],
        function: "tr(G'*X)",
        variable: 'X',
        answer: 'G',
      },
    ],
  },
  {
    id: 'cyclic-property',
    name: 'cyclic property of the trace',
    statements: ['\\operatorname{tr}(ABC)=\\operatorname{tr}(BCA)'],
    level: 'every',
    source: 'matrix-cookbook:16',
    sentence: 'Under the trace the first factor may go to the end.',
    instances: [
      { declarations: SQUARE, function: 'tr(A*X*B)', variable: 'X', answer: "A'*B'" },
      { declarations: SQUARE, function: 'tr(X*B*A)', variable: 'X', answer: "A'*B'" },
    ],
  },
  {
    id: 'moving-factors',
    name: 'moving factors across the inner product',
    statements: [
      '\\langle P,QR\\rangle=\\langle Q^\\top P,R\\rangle=\\langle PR^\\top,Q\\rangle',
      '\\langle P,Q\\odot R\\rangle=\\langle P\\odot Q,R\\rangle',
    ],
    level: 'normal',
    source: 'matrix-cookbook:521',
    sentence: 'A factor changes sides transposed, a Hadamard factor as it is.',
    instances: [
      {
        declarations: ['P in R^(m x n)', 'Q in R^(m x k)', 'R in R^(k x n)'],
        function: 'sum(P .* (Q*R))',
        variable: 'R',
        answer: "Q'*P",
      },
      {
        declarations: ['P in R^(m x n)', 'Q in R^(m x n)', 'R in R^(m x n)'],
        function: 'sum(P .* (Q .* R))',
        variable: 'R',
        answer: 'P .* Q',
      },
    ],
  },
  {
    id: 'hadamard-with-a-vector',
    name: 'Hadamard product with a vector',
    statements: [
      '\\frac{\\partial(x\\odot b)}{\\partial x}=\\operatorname{diag}(b)',
      '\\operatorname{diag}(a)\\,b=a\\odot b',
    ],
    level: 'normal',
    source: 'parr-howard:4.2',
    sentence: 'Multiplying entry by entry is multiplying by a diagonal matrix.',
    instances: [
      { declarations: ['x in R^n', 'b in R^n'], function: 'x .* b', variable: 'x', answer: 'diag(b)' },
      {
        declarations: ['x in R^n', 'b in R^n', 'a in R^n'],
        function: "a'*diag(b)*x",
        variable: 'x',
        answer: 'a .* b',
      },
    ],
  },
  {
    id: 'sum-and-mean',
    name: 'sum and mean',
    statements: [
      '\\nabla_x\\mathbf{1}^\\top x=\\mathbf{1}',
      '\\nabla_x\\operatorname{mean}(x)=\\tfrac1n\\mathbf{1}',
    ],
    level: 'normal',
    source: 'parr-howard:4.4',
    sentence: 'Every entry has the same share.',
    instances: [
      { declarations: ['x in R^n'], function: 'sum(x)', variable: 'x', answer: 'ones(n)' },
      { declarations: ['x in R^n'], function: 'mean(x)', variable: 'x', answer: '1/n*ones(n)' },
      { declarations: ['X in R^(m x n)'], function: 'sum(X)', variable: 'X', answer: 'ones(m, n)' },
      {
        declarations: ['x in R^n'],
        definitions: ['mu = 1/n*sum(x)', 'v = 1/n*sum((x - mu*ones(n)).^2)'],
        function: 'v',
        variable: 'x',
        answer: '2/n*(x - mu*ones(n))',
      },
    ],
  },
  {
    id: 'scalar-expansion',
    name: 'a scalar spread over a vector',
    statements: [
      '\\frac{\\partial(x+z\\mathbf{1})}{\\partial z}=\\mathbf{1}',
      '\\frac{\\partial(zx)}{\\partial z}=x',
    ],
    level: 'normal',
    source: 'parr-howard:4.3',
    sentence: 'The scalar reaches every entry.',
    instances: [
      { declarations: ['x in R^n', 'z in R'], function: 'x + z*ones(n)', variable: 'z', answer: 'ones(n)' },
      { declarations: ['x in R^n', 'z in R'], function: 'z*x', variable: 'z', answer: 'x' },
    ],
  },
  {
    id: 'outer-product',
    name: 'outer product',
    statements: ['Y=uv^\\top:\\quad\\bar u=\\bar Yv,\\quad\\bar v=\\bar Y^\\top u'],
    level: 'normal',
    source: 'giles:2.2',
    sentence: 'Backward, a column and a row pass through the incoming matrix.',
    instances: [
      {
        declarations: ['u in R^m', 'v in R^n', 'G in R^(m x n)'],
        function: "sum(G .* (u*v'))",
        variable: 'u',
        answer: 'G*v',
      },
      {
        declarations: ['u in R^m', 'v in R^n', 'G in R^(m x n)'],
        function: "sum(G .* (u*v'))",
        variable: 'v',
        answer: "G'*u",
      },
    ],
  },
]
