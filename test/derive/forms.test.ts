import { describe, expect, it } from 'vitest'
import { work } from '../../src/derive/derive.js'
import { readProblem } from '../../src/parse/problem.js'
import { toLatex } from '../../src/print/latex.js'

/** The simplified derivatives of a text, as LaTeX. */
function derivativesOf(text: string): readonly string[] {
  const problem = readProblem(text, { kind: 'latex' })
  return work(problem).answers.map(({ expanded }) => toLatex(expanded, problem.notation))
}

const VECTORS = String.raw`x, a, \beta \in \mathbb{R}^n \\ A \in \mathbb{R}^{n \times n} \\ B \in \mathbb{R}^{m \times n} \\ b \in \mathbb{R}^m \\`

describe('the form a lecturer writes', () => {
  const cases: readonly (readonly [fact: string, text: string, expected: string])[] = [
    [
      'a linear form gives its coefficients',
      String.raw`${VECTORS} \frac{\partial}{\partial x} \beta^\top x`,
      String.raw`\beta`,
    ],
    [
      'a squared length gives twice the vector',
      String.raw`${VECTORS} \frac{\partial}{\partial x} x^\top x`,
      '2x',
    ],
    [
      'a quadratic form gives both halves',
      String.raw`${VECTORS} \frac{\partial}{\partial x} x^\top A x`,
      String.raw`(A + A^\top)x`,
    ],
    [
      'a quadratic form with a symmetric matrix gives twice the product',
      String.raw`${VECTORS} A = A^\top \\ \frac{\partial}{\partial x} x^\top A x`,
      '2A x',
    ],
    [
      'least squares give the residual',
      String.raw`${VECTORS} \frac{\partial}{\partial x} \| B x - b \|^2`,
      String.raw`2B^\top(B x - b)`,
    ],
    [
      'the residual is turned round',
      String.raw`${VECTORS} \frac{\partial}{\partial x} \| b - B x \|^2`,
      String.raw`2B^\top(B x - b)`,
    ],
    [
      'a length gives the unit vector',
      String.raw`${VECTORS} \frac{\partial}{\partial x} \| x \|`,
      String.raw`\frac{x}{\lVert x \rVert}`,
    ],
    [
      'the sigmoid is given by its output',
      String.raw`\frac{\partial}{\partial z} \sigma(z)`,
      String.raw`\sigma(z)(1 - \sigma(z))`,
    ],
    [
      'the hyperbolic tangent is given by its output',
      String.raw`\frac{\partial}{\partial z} \tanh(z)`,
      String.raw`1 - \tanh^{2}(z)`,
    ],
    ['the product rule keeps the order of factors', String.raw`\frac{\partial}{\partial x} x^2 y`, '2x y'],
    [
      'the product rule keeps the order of terms',
      String.raw`\frac{\partial}{\partial x} \sin(x) \cos(x)`,
      String.raw`\cos^{2}(x) - \sin^{2}(x)`,
    ],
    ['exponents come down', String.raw`\frac{\partial}{\partial x} e^{-x^2}`, '-2x e^{-x^{2}}'],
    [
      'a logarithm gives a fraction',
      String.raw`\frac{\partial}{\partial x} \log(\sin(x))`,
      String.raw`\frac{\cos(x)}{\sin(x)}`,
    ],
    [
      'the logistic function written out gives its textbook quotient',
      String.raw`\frac{\partial}{\partial x} \frac{1}{1 + e^{-x}}`,
      String.raw`\frac{e^{-x}}{(1 + e^{-x})^{2}}`,
    ],
    [
      'a Jacobian of an affine map is its matrix',
      String.raw`${VECTORS} \frac{\partial}{\partial x} (B x + b)`,
      'B',
    ],
    [
      'the Jacobian of the softmax is a diagonal matrix less an outer product',
      String.raw`${VECTORS} p = \operatorname{softmax}(x) \\ \frac{\partial p}{\partial x}`,
      String.raw`\operatorname{diag}(p) - p p^\top`,
    ],
  ]
  for (const [fact, text, expected] of cases) {
    it(fact, () => {
      expect(derivativesOf(text)).toEqual([expected])
    })
  }

  it('softmax and cross-entropy cancel to the difference when the labels sum to one', () => {
    const text = String.raw`z \in \mathbb{R}^k \\ y \in \{0, 1\}^k \\ \mathbf{1}^\top y = 1 \\
      p = \operatorname{softmax}(z) \\ L = -y^\top \log p \\ \frac{\partial L}{\partial z}`
    expect(derivativesOf(text)).toEqual(['p - y'])
  })

  it('softmax and cross-entropy keep the sum of the labels when nothing is declared of them', () => {
    const text = String.raw`z, y \in \mathbb{R}^k \\ p = \operatorname{softmax}(z) \\ L = -y^\top \log p \\ \frac{\partial L}{\partial z}`
    expect(derivativesOf(text)).toEqual([String.raw`(\mathbf{1}^\top y)\,p - y`])
  })

  it('the binary cross-entropy of a sigmoid is the difference', () => {
    const text = String.raw`p = \sigma(z) \\ L = -(t \log p + (1 - t) \log(1 - p)) \\ \frac{\partial L}{\partial z}`
    expect(derivativesOf(text)).toEqual(['p - t'])
  })

  it('a bias that is broadcast receives the sum over the batch', () => {
    const text = String.raw`X \in \mathbb{R}^{m \times n} \\ W \in \mathbb{R}^{n \times d} \\ b \in \mathbb{R}^d \\ T \in \mathbb{R}^{m \times d} \\
      Y = X W + \mathbf{1} b^\top \\ L = \frac{1}{2} \| Y - T \|_F^2 \\ \frac{\partial L}{\partial b}`
    expect(derivativesOf(text)).toEqual([String.raw`(Y - T)^\top\mathbf{1}`])
  })
})
