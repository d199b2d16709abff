import type { RightDerivation } from './kinds.js'

const raw = String.raw
const vector = raw`x \in \mathbb{R}^n`
const square = raw`A \in \mathbb{R}^{n \times n}`

/** Vectors and matrices. */
export const MATRICES: readonly RightDerivation[] = [
  {
    id: 'quadratic',
    decls: [vector, square],
    defs: [raw`f(x) = x^\top A x`],
    lines: [
      raw`\nabla f(x) = A x + A^\top x`,
      raw`= (A + A^\top) x`,
      raw`\nabla^2_x f = A + A^\top`,
      raw`\frac{\partial f}{\partial A} = x x^\top`,
    ],
  },
  {
    id: 'symmetric-quadratic',
    decls: [vector, raw`A \in \mathbb{S}^n`, raw`b \in \mathbb{R}^n`],
    defs: [raw`f = \frac{1}{2} x^\top A x - b^\top x`],
    lines: [raw`\nabla_x f = \frac{1}{2} (A + A^\top) x - b`, raw`= A x - b`, raw`\nabla_x^2 f = A`],
  },
  {
    id: 'least-squares',
    decls: [raw`A \in \mathbb{R}^{m \times n}`, vector, raw`b \in \mathbb{R}^m`],
    defs: [raw`f = \frac{1}{2} \| A x - b \|_2^2`],
    lines: [
      raw`f = \frac{1}{2} (A x - b)^\top (A x - b)`,
      raw`= \frac{1}{2} x^\top A^\top A x - b^\top A x + \frac{1}{2} b^\top b`,
      raw`\nabla_x f = A^\top A x - A^\top b`,
      raw`= A^\top (A x - b)`,
      raw`\nabla_x^2 f = A^\top A`,
      raw`\frac{\partial f}{\partial A} = (A x - b) x^\top`,
    ],
  },
  {
    id: 'ridge',
    decls: [
      raw`X \in \mathbb{R}^{m \times n}`,
      raw`w \in \mathbb{R}^n`,
      raw`y \in \mathbb{R}^m`,
      raw`\lambda \in \mathbb{R}_{>0}`,
    ],
    defs: [raw`J = \frac{1}{m} \| X w - y \|^2 + \lambda \| w \|^2`],
    lines: [
      raw`\nabla_w J = \frac{2}{m} X^\top (X w - y) + 2 \lambda w`,
      raw`\nabla_w^2 J = \frac{2}{m} X^\top X + 2 \lambda I`,
    ],
  },
  {
    id: 'trace-product',
    decls: [
      raw`A \in \mathbb{R}^{k \times m}`,
      raw`X \in \mathbb{R}^{m \times n}`,
      raw`B \in \mathbb{R}^{n \times k}`,
    ],
    defs: [raw`f = \operatorname{tr}(A X B)`],
    lines: [
      raw`f = \operatorname{tr}(B A X) = \operatorname{tr}(X B A)`,
      raw`\mathrm{d}f = \operatorname{tr}(A\, \mathrm{d}X\, B) = \operatorname{tr}(B A\, \mathrm{d}X)`,
      raw`\Rightarrow \frac{\partial f}{\partial X} = (B A)^\top = A^\top B^\top`,
    ],
    wrt: ['X'],
  },
  {
    id: 'trace-quadratic',
    decls: [raw`A \in \mathbb{R}^{m \times m}`, raw`X \in \mathbb{R}^{m \times n}`],
    defs: [raw`f = \operatorname{tr}(X^\top A X)`],
    lines: [
      raw`\mathrm{d}f = \operatorname{tr}(\mathrm{d}X^\top A X) + \operatorname{tr}(X^\top A\, \mathrm{d}X)`,
      raw`= \operatorname{tr}(X^\top A^\top \mathrm{d}X) + \operatorname{tr}(X^\top A\, \mathrm{d}X)`,
      raw`= \operatorname{tr}\left( X^\top (A + A^\top)\, \mathrm{d}X \right)`,
      raw`\Rightarrow \frac{\partial f}{\partial X} = (A + A^\top) X`,
    ],
    wrt: ['X'],
  },
  {
    id: 'inverse',
    decls: [raw`X \in \mathbb{R}^{n \times n}`, raw`a \in \mathbb{R}^n`, raw`b \in \mathbb{R}^n`],
    defs: [raw`f = a^\top X^{-1} b`],
    lines: [
      raw`\mathrm{d}f = -a^\top X^{-1}\, \mathrm{d}X\, X^{-1} b`,
      raw`= -\operatorname{tr}(X^{-1} b a^\top X^{-1}\, \mathrm{d}X)`,
      raw`\Rightarrow \frac{\partial f}{\partial X} = -X^{-\top} a b^\top X^{-\top}`,
    ],
    wrt: 'X',
  },
  {
    id: 'log-det',
    decls: [raw`X \in \mathbb{R}^{n \times n}`, raw`S \in \mathbb{R}^{n \times n}`],
    defs: [raw`f = \log \det X + \operatorname{tr}(X^{-1} S)`],
    lines: [
      raw`\mathrm{d}f = \operatorname{tr}(X^{-1}\, \mathrm{d}X) - \operatorname{tr}(X^{-1}\, \mathrm{d}X\, X^{-1} S)`,
      raw`= \operatorname{tr}\left( (X^{-1} - X^{-1} S X^{-1})\, \mathrm{d}X \right)`,
      raw`\nabla_X f = X^{-\top} - X^{-\top} S^\top X^{-\top}`,
    ],
    wrt: ['X'],
  },
  {
    id: 'frobenius',
    decls: [
      raw`A \in \mathbb{R}^{m \times k}`,
      raw`B \in \mathbb{R}^{k \times n}`,
      raw`C \in \mathbb{R}^{m \times n}`,
    ],
    defs: [raw`R = A B - C`, raw`f = \frac{1}{2} \| R \|_F^2`],
    lines: [
      raw`f = \frac{1}{2} \operatorname{tr}(R^\top R)`,
      raw`\frac{\partial f}{\partial R} = R`,
      raw`\frac{\partial f}{\partial A} = R B^\top = (A B - C) B^\top`,
      raw`\frac{\partial f}{\partial B} = A^\top R`,
    ],
  },
  {
    id: 'norm',
    decls: [vector],
    defs: [raw`f = \| x \|_2`],
    lines: [
      raw`f = (x^\top x)^{1/2}`,
      raw`\nabla_x f = \frac{x}{\| x \|}`,
      raw`\nabla_x^2 f = \frac{1}{\|x\|} I - \frac{x x^\top}{\|x\|^3}`,
      raw`= \frac{1}{\|x\|} \left( I - \frac{x x^\top}{x^\top x} \right)`,
    ],
  },
  {
    id: 'hadamard',
    decls: [raw`a \in \mathbb{R}^n`, vector, raw`y \in \mathbb{R}^n`],
    defs: [raw`f = a^\top (x \odot y)`],
    lines: [
      raw`f = \sum_{i=1}^{n} a_i x_i y_i`,
      raw`\frac{\partial f}{\partial x} = a \odot y = \operatorname{diag}(a) y`,
      raw`\frac{\partial f}{\partial x_k} = a_k y_k`,
    ],
  },
  {
    id: 'elementwise-exponential',
    decls: [raw`A \in \mathbb{R}^{m \times n}`, vector],
    defs: [raw`u = A x`, raw`f = \mathbf{1}^\top e^{u}`],
    lines: [
      raw`\frac{\partial f}{\partial u} = e^{u}`,
      raw`\nabla_x f = A^\top e^{A x}`,
      raw`\nabla_x^2 f = A^\top \operatorname{diag}(e^{A x}) A`,
    ],
  },
  {
    id: 'log-sum-exp',
    decls: [vector],
    defs: [raw`f = \log \sum_{i=1}^{n} e^{x_i}`, raw`p = \mathrm{softmax}(x)`],
    lines: [
      raw`\frac{\partial f}{\partial x_k} = \frac{e^{x_k}}{\sum_{i=1}^{n} e^{x_i}} = p_k`,
      raw`\nabla_x f = p`,
      raw`\nabla_x^2 f = \operatorname{diag}(p) - p p^\top`,
    ],
  },
  {
    id: 'bilinear-entries',
    decls: [square, vector],
    defs: [raw`f = \sum_{i=1}^{n} \sum_{j=1}^{n} A_{ij} x_i x_j`],
    lines: [
      raw`\frac{\partial f}{\partial x_k} = \sum_{i=1}^{n} \sum_{j=1}^{n} A_{ij} ( \delta_{ik} x_j + x_i \delta_{jk} )`,
      raw`= \sum_{j=1}^{n} A_{kj} x_j + \sum_{i=1}^{n} A_{ik} x_i`,
      raw`\frac{\partial f}{\partial A_{kl}} = x_k x_l`,
    ],
  },
  {
    id: 'rayleigh',
    decls: [vector, raw`A \in \mathbb{S}^n`],
    defs: [raw`r = \frac{x^\top A x}{x^\top x}`],
    lines: [
      raw`\nabla_x r = \frac{2 A x (x^\top x) - 2 x (x^\top A x)}{(x^\top x)^2}`,
      raw`= \frac{2}{x^\top x} (A x - r x)`,
    ],
  },
  {
    id: 'affine-jacobian',
    decls: [raw`A \in \mathbb{R}^{m \times n}`, vector, raw`b \in \mathbb{R}^m`],
    defs: [raw`y = A x + b`, raw`q = y \odot y`],
    lines: [
      raw`\frac{\partial y}{\partial x} = A`,
      raw`\frac{\partial q}{\partial y} = 2 \operatorname{diag}(y)`,
      raw`\frac{\partial q}{\partial x} = 2 \operatorname{diag}(y) A = 2 \operatorname{diag}(A x + b) A`,
    ],
  },
  {
    id: 'gaussian',
    decls: [vector, raw`\mu \in \mathbb{R}^n`, raw`\Sigma \in \mathbb{S}_{++}^n`],
    defs: [raw`\ell = -\frac{1}{2} \log \det \Sigma - \frac{1}{2} (x - \mu)^\top \Sigma^{-1} (x - \mu)`],
    lines: [
      raw`\frac{\partial \ell}{\partial \mu} = \Sigma^{-1} (x - \mu)`,
      raw`\frac{\partial \ell}{\partial \Sigma} = -\frac{1}{2} \Sigma^{-1} + \frac{1}{2} \Sigma^{-1} (x - \mu) (x - \mu)^\top \Sigma^{-1}`,
    ],
  },
  {
    id: 'kronecker-vec',
    decls: [
      raw`A \in \mathbb{R}^{m \times n}`,
      raw`B \in \mathbb{R}^{p \times q}`,
      raw`X \in \mathbb{R}^{n \times p}`,
    ],
    defs: [raw`Y = A X B`],
    lines: [raw`\operatorname{vec}(Y) = (B^\top \otimes A) \operatorname{vec}(X)`],
  },
  {
    id: 'plain-quadratic',
    syntax: 'plain',
    decls: [
      { name: 'x', shape: ['n'] },
      { name: 'A', shape: ['n', 'n'] },
    ],
    defs: ["f = x'*A*x"],
    lines: ["df/dx = (A + A')*x", "= A*x + A'*x"],
  },
]
