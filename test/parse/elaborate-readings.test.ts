import { expect, test } from 'vitest'
import { readProblem } from '../../src/parse/problem.js'
import { definitions, questions, shapes, shown } from './shown.js'

const latex = String.raw

/** The body of the last definition, after some declarations. */
function body(
  text: string,
  declarations = latex`x, y \in \mathbb{R}^n, A, B \in \mathbb{R}^{n \times n}, s, t \in \mathbb{R}`,
): string {
  const { definitions: all } = readProblem(`${declarations} \\\\ f = ${text}`)
  return shown(all[all.length - 1]!.body)
}

test.each([
  // Transposes, powers, labels.
  [latex`x^T y`, "(x' @ y)"],
  [latex`x^{\mathsf{T}} y`, "(x' @ y)"],
  [latex`A^{-\top} x`, "(inverse(A)' @ x)"],
  [latex`A^2`, 'matrix-power(A, 2)'],
  [latex`s^2`, 's^2'],
  [latex`x^{\odot 2}`, 'x^2'],
  [latex`s^{-1}`, 's^-1'],
  [latex`A^{-1} x`, '(inverse(A) @ x)'],
  // Products.
  [latex`x \cdot y`, "(x' @ y)"],
  [latex`s \cdot x`, '(s x)'],
  [latex`A * B`, '(A .* B)'],
  [latex`s * t`, '(s t)'],
  [latex`x \otimes y`, 'kronecker(x, y)'],
  [latex`A \otimes B`, 'kronecker(A, B)'],
  [latex`x \circ y`, '(x .* y)'],
  [latex`A x \odot y`, '((A @ x) .* y)'],
  [latex`\langle x, y \rangle`, "(x' @ y)"],
  [latex`s(1 - s)`, '(s (1 + (-1 s)))'],
  [latex`A(x + y)`, '(A @ (x + y))'],
  [latex`s(x + y)^\top A`, "(s ((x + y)' @ A))"],
  [latex`x^\top y x`, "((x' @ y) x)"],
  // Numbers fill, and so do constants by name.
  [latex`1 - x`, '(1[n×1] + (-1 x))'],
  [latex`x - \frac{1}{n} \mathbf{1} \mathbf{1}^\top x`, '(x + (-1 (1 / n) (1[n×1] @ 1[1×n] @ x)))'],
  [latex`A + s I`, '(A + (s identity(n)))'],
  [latex`A - I_n`, '(A + (-1 identity(n)))'],
  [latex`2 \pi s`, '(2 pi() s)'],
  [latex`e^{A}`, 'exp(A)'],
  [latex`e \cdot s`, '(exp(1) s)'],
  // Functions.
  [latex`\sigma(x)`, 'sigmoid(x)'],
  [latex`\sigma'(s)`, '(sigmoid(s) (1 + (-1 sigmoid(s))))'],
  [latex`\tanh^2(x)`, 'tanh(x)^2'],
  [latex`\sin^{-1} s`, 'arcsin(s)'],
  [latex`\log_2 s`, '(log(s) / log(2))'],
  [latex`\max\{0, x\}`, 'maximum(0[n×1], x)'],
  [latex`g(x) + g'(x)`, "(g(x) + g'(x))"],
  [latex`\log \det A`, 'log-determinant(A)'],
  [latex`|A| + |s|`, '(determinant(A) + absolute-value(s))'],
  [latex`\|x\| + \|x\|_1 + \|A\|_F^2`, '(norm-2(x) + norm-1(x) + squared-norm(A))'],
  [latex`\operatorname{diag}(x) A \operatorname{diag}(A)`, '(diagonal-matrix(x) @ A @ diagonal(A))'],
  [latex`\mathbb{1}[x > 0]`, 'greater(x, 0[n×1])'],
  [latex`1\{s > 0\}`, 'greater(s, 0)'],
  // Entries and sums.
  [
    latex`x_2 + A_{12} + A_{i,:} x`,
    '(entry(x, 2, 1) + entry(A, 1, 2) + (row(A, i) @ x))',
    latex`i = 1, \dots, n`,
  ],
  [latex`\sum_{i=1}^n x_i y_i`, "(x' @ y)"],
  [latex`\sum_i x_i^2`, 'squared-norm(x)'],
  [latex`\sum_{i=1}^n \sum_{j=1}^n x_i A_{ij} y_j`, "(x' @ A @ y)"],
  [latex`\log \sum_j e^{x_j}`, 'log(sum(exp(x)))'],
  [latex`\sum_{k=1}^{2} k s`, 'indexed-sum(#1, 1, 2, (#1 s))'],
  [latex`\prod_{i=1}^n x_i`, 'indexed-product(#1, 1, n, entry(x, #1, 1))'],
])('%s is read as %s', (text, meaning, more = '') => {
  const declarations = latex`x, y \in \mathbb{R}^n, A, B \in \mathbb{R}^{n \times n}, s, t \in \mathbb{R}`
  expect(body(text, more === '' ? declarations : `${declarations} \\\\ ${more}`)).toBe(meaning)
})

test('a declared letter means what it is declared to be', () => {
  const declared = latex`\sigma, T, s \in \mathbb{R}, e, n \in \mathbb{R}^m`
  expect(body(latex`\sigma(s + 1) + s^T + \sigma^2`, declared)).toBe('((sigma (s + 1)) + s^T + sigma^2)')
  expect(body(latex`e^\top n`, declared)).toBe("(e' @ n)")
})

test('a superscript is a label where the document shows that it counts', () => {
  expect(definitions(readProblem(latex`a^1 = s^2 \\ a^2 = a^1 + (a^1)^2`))).toEqual([
    'a^{1} = s^2',
    'a^{2} = (a^{1} + a^{1}^2)',
  ])
  expect(definitions(readProblem(latex`z^{[1]} = w^{(2)} + t^2`, { dialect: 'latex' }))).toEqual([
    'z^{[1]} = (w^{(2)} + t^2)',
  ])
})

test('names keep their fonts, decorations and primes apart', () => {
  const problem = readProblem(
    latex`\mathbf{x} \in \mathbb{R}^n, x \in \mathbb{R} \\ x' = \hat{x} \tilde{x} \\ f = x' \mathbf{x}`,
  )
  expect(definitions(problem)).toEqual(["x' = (hat{x} tilde{x})", "f = (x' bold{x})"])
})

test('a user function of a placeholder acts entry by entry', () => {
  const problem = readProblem(
    latex`X \in \mathbb{R}^{m \times n} \\ \phi(t) = \frac{t}{1 + e^{-t}} \\ Y = \phi(X) \\ G = \phi'(X)`,
  )
  expect(definitions(problem)[0]).toBe('Y = hadamard-quotient(X, (1[m×n] + exp((-1 X))))')
  expect(shapes(problem)).toMatchObject({ Y: 'm×n', G: 'm×n' })
})

test('a function of whole arrays is put in where it is called', () => {
  const problem = readProblem(
    latex`A \in \mathbb{R}^{n \times n}, x, y \in \mathbb{R}^n \\ q(v) = v^\top A v \\ f = q(x) - q(y)`,
  )
  expect(definitions(problem)).toEqual(["f = ((x' @ A @ x) + (-1 (y' @ A @ y)))"])
})

test('the logistic function by its formula stays the logistic function', () => {
  const problem = readProblem(latex`\sigma(x) = \frac{1}{1 + e^{-x}} \\ \frac{d \sigma(x)}{dx}`)
  expect(questions(problem)).toEqual(['sigmoid(x) by x'])
})

test('a definition by entries defines the array', () => {
  const problem = readProblem(
    latex`z \in \mathbb{R}^K, k = 1, \dots, K \\ p_k = \frac{e^{z_k}}{\sum_{j=1}^{K} e^{z_j}}`,
  )
  expect(definitions(problem)).toEqual(['p = (exp(z) / sum(exp(z)))'])
})

test('definitions come after what they use, in whatever order they are written', () => {
  const problem = readProblem(latex`c = b + 1 \\ b = a^2 \\ a = 3x`)
  expect(problem.definitions.map(({ symbol }) => symbol.name)).toEqual(['a', 'b', 'c'])
})

test('a chain defines by its first part and claims the rest', () => {
  const problem = readProblem(
    latex`x \in \mathbb{R} \\ f = (x + 1)^2 = x^2 + 2x + 1 \\ \frac{\partial f}{\partial x} = 2x + 2`,
  )
  expect(definitions(problem)).toEqual(['f = (x + 1)^2'])
  expect(problem.claims.map(({ left, right }) => `${shown(left)} = ${shown(right)}`)).toEqual([
    'f = (x^2 + (2 x) + 1)',
    'written-derivative(f, x) = ((2 x) + 2)',
  ])
  expect(problem.questions).toEqual([])
})

test('the notation of the author is read off the document', () => {
  const { notation } = readProblem(
    latex`\boldsymbol{x}, y \in \mathbb{R}^n \\ f = \boldsymbol{x}^\intercal (y \circ y) + \ln \exp(2)`,
  )
  expect(notation).toMatchObject({
    transpose: latex`\intercal`,
    hadamard: latex`\circ`,
    logarithm: latex`\ln`,
    exponential: 'function',
  })
  expect([...notation.latexNames]).toEqual([['bold{x}', latex`\boldsymbol{x}`]])
})

test('names of objects and prototypes are names like any other', () => {
  const problem = readProblem('constructor = toString^2 + __proto__*valueOf')
  expect(definitions(problem)).toEqual(['constructor = (toString^2 + (__proto__ valueOf))'])
})

test('a directive in a comment asks as a formula does', () => {
  const problem = readProblem('L = \\|Wx\\|^2 % backprose: derive dL/dW')
  expect(questions(problem)).toEqual(['L by W'])
})
