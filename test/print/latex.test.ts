import { expect, test } from 'vitest'
import { LimitError } from '../../src/base/errors.js'
import { number, symbol } from '../../src/expr/intern.js'
import type { Expr } from '../../src/expr/node.js'
import { DEFAULT_NOTATION } from '../../src/expr/notation.js'
import { SCALAR, shapeOf } from '../../src/expr/shape.js'
import { abstractFunction } from '../../src/ops/abstract.js'
import { sigmoidOf } from '../../src/ops/activations.js'
import { applyOp } from '../../src/ops/apply.js'
import { blocksOf } from '../../src/ops/blocks.js'
import { bothOf, greaterOf, lessOf } from '../../src/ops/comparison.js'
import {
  add,
  divide,
  divideEach,
  hadamard,
  multiply,
  negate,
  ones,
  subtract,
  sumOf,
  transpose,
  zeros,
} from '../../src/ops/core.js'
import { dimensionOf } from '../../src/ops/dimension.js'
import { basisVector, columnOf, delta, entry, indexedSum, rowOf } from '../../src/ops/indexed.js'
import { kroneckerOf } from '../../src/ops/kronecker.js'
import {
  determinant,
  diagonalMatrixOf,
  identity,
  inverseOf,
  matrixPowerOf,
  traceOf,
} from '../../src/ops/matrix.js'
import { norm1Of, norm2Of, squaredNormOf } from '../../src/ops/norms.js'
import { choose, maximumOf, piecewise } from '../../src/ops/piecewise.js'
import { expOf, logOf, power, sqrtOf, squareOf } from '../../src/ops/powers.js'
import { absOf } from '../../src/ops/signs.js'
import { softmax } from '../../src/ops/softmax.js'
import { hyperbolicTangent, sine } from '../../src/ops/trigonometric.js'
import { latexEquation, toLatex } from '../../src/print/latex.js'
import { latexSymbol } from '../../src/print/latex-names.js'
import { latexShape, latexSpace } from '../../src/print/latex-shapes.js'
import { letter, literal } from '../support/letters.js'

const [s, t, u] = ['s', 't', 'u'].map(name => letter(name)) as [Expr, Expr, Expr]
const [x, y, z] = ['x', 'y', 'z'].map(name => letter(name, 'n')) as [Expr, Expr, Expr]
const [A, B] = ['A', 'B'].map(name => letter(name, 'n', 'n')) as [Expr, Expr]
const W = letter('W', 'm', 'n')
const one = literal(1)
const two = literal(2)
const tanh = (node: Expr) => applyOp(hyperbolicTangent, node)
const index = (name: string) => symbol(name, SCALAR, 'index')
let fresh = 0
const sum = (body: (i: Expr) => Expr, size = 'n') => {
  const i = index(`fresh ${fresh++}`)
  return indexedSum(i, one, dimensionOf(size), body(i))
}

function printed(rows: readonly (readonly [Expr, string])[]): void {
  expect(rows.map(([node]) => toLatex(node))).toEqual(rows.map(([, latex]) => latex))
}

test('products stand side by side, and a chain binds as it was built', () => {
  printed([
    [multiply(two, x), '2x'],
    [multiply(s, t, u), 's t u'],
    [multiply(transpose(x), A, x), 'x^\\top A x'],
    [multiply(add(A, transpose(A)), x), '(A + A^\\top)x'],
    [multiply(two, add(A, transpose(A)), x), '2(A + A^\\top)x'],
    [multiply(W, add(x, y)), 'W(x + y)'],
    [multiply(multiply(transpose(x), y), z), '(x^\\top y)\\,z'],
    [multiply(s, multiply(transpose(x), y), A, x), 's\\,(x^\\top y)\\,A x'],
    [multiply(expOf(s), multiply(transpose(x), y), x), 'e^{s} \\cdot (x^\\top y)\\,x'],
    [multiply(s, multiply(transpose(x), y)), 's x^\\top y'],
    [multiply(transpose(multiply(A, B)), x), '(A B)^\\top x'],
    [multiply(transpose(W), subtract(multiply(W, x), letter('b', 'm'))), 'W^\\top(W x - b)'],
    [multiply(literal(2), literal(3), s), '2 \\cdot 3s'],
    [multiply(s, literal(2)), 's \\cdot 2'],
    [multiply(s, literal(-2)), 's \\cdot (-2)'],
    [multiply(letter('alpha'), x), '\\alpha x'],
    [multiply(letter('loss'), letter('rate')), '\\mathrm{loss}\\,\\mathrm{rate}'],
    [multiply(literal(1, 2), s), '\\frac{1}{2}s'],
    [divide(s, two), '\\frac{s}{2}'],
  ])
})

test('a scalar name before a bracket is kept from looking like a call', () => {
  printed([
    [multiply(s, add(t, u)), 's\\,(t + u)'],
    [multiply(letter('rho'), subtract(x, y)), '\\rho\\,(x - y)'],
    [multiply(sigmoidOf(s), subtract(one, sigmoidOf(s))), '\\sigma(s)(1 - \\sigma(s))'],
  ])
})

test('a quotient of products that begin with d is no derivative', () => {
  const d = letter('d')
  printed([
    [divide(multiply(d, s), multiply(d, t)), '\\frac{(d s)}{d t}'],
    [divide(multiply(letter('delta_1'), s), letter('delta_2')), '\\frac{\\delta_1s}{\\delta_2}'],
  ])
})

test('signs are printed where reading them gives the same node', () => {
  printed([
    [negate(x), '-x'],
    [subtract(s, t), 's - t'],
    [add(negate(s), t), '-s + t'],
    [subtract(s, multiply(two, t)), 's - 2t'],
    [subtract(s, subtract(t, u)), 's - (t - u)'],
    [add(s, literal(-1)), 's - 1'],
    [negate(multiply(literal(2), literal(3))), '-2 \\cdot 3'],
    [multiply(literal(-1), literal(2)), '-1 \\cdot 2'],
    [negate(hadamard(x, y)), '-x \\odot y'],
    [hadamard(negate(x), y), '(-x) \\odot y'],
    [negate(divide(s, t)), '-\\frac{s}{t}'],
    [divide(negate(s), t), '\\frac{-s}{t}'],
    [multiply(literal(-1, 2), s), '-\\frac{1}{2}s'],
    [
      negate(divide(expOf(negate(s)), squareOf(add(one, expOf(negate(s)))))),
      '-\\frac{e^{-s}}{(1 + e^{-s})^{2}}',
    ],
  ])
})

test('entry-by-entry products bind loosest, and a chain among their operands is bracketed', () => {
  const X = letter('X', 'm', 'n')
  const W1 = letter('W_1', 'n', 'd')
  const W2 = letter('W_2', 'd', 'k')
  const gap = subtract(letter('S', 'm', 'k'), letter('I_y', 'm', 'k'))
  const slope = applyOp(abstractFunction('sigma', 1), multiply(X, W1))
  printed([
    [hadamard(x, y, z), 'x \\odot y \\odot z'],
    [multiply(two, hadamard(x, y)), '2(x \\odot y)'],
    [hadamard(multiply(two, x), y), '2x \\odot y'],
    [divideEach(hadamard(x, y), z), '(x \\odot y) \\oslash z'],
    [hadamard(multiply(A, x), y), '(A x) \\odot y'],
    [
      hadamard(negate(sum(j => multiply(entry(x, j), y))), z),
      '\\left( -\\sum_{i=1}^{n} x_{i}y \\right) \\odot z',
    ],
    [
      multiply(transpose(X), hadamard(slope, multiply(gap, transpose(W2)))),
      "X^\\top(\\sigma'(X W_1) \\odot ((S - I_y)W_2^\\top))",
    ],
  ])
  expect(toLatex(hadamard(x, y), { ...DEFAULT_NOTATION, hadamard: '\\circ' })).toBe('x \\circ y')
})

test('powers of functions stand before the argument, powers of arrays say whose entries they mean', () => {
  printed([
    [subtract(one, squareOf(tanh(s))), '1 - \\tanh^{2}(s)'],
    [subtract(ones(shapeOf('n')), squareOf(tanh(z))), '1 - \\tanh^{2}(z)'],
    [power(tanh(s), literal(-1)), '\\tanh(s)^{-1}'],
    [power(sigmoidOf(s), two), '\\sigma(s)^{2}'],
    [power(s, literal(1, 2)), 's^{1/2}'],
    [power(power(s, two), t), '(s^{2})^{t}'],
    [squareOf(negate(s)), '(-s)^{2}'],
    [squareOf(x), 'x^{\\odot 2}'],
    [power(x, literal(-1)), 'x^{\\odot -1}'],
    [power(x, add(s, t)), 'x^{\\odot {s + t}}'],
    [power(divide(s, t), two), '\\left( \\frac{s}{t} \\right)^{2}'],
    [matrixPowerOf(A, 2), 'A^{2}'],
    [matrixPowerOf(tanh(A), 2), '\\tanh(A)^{2}'],
  ])
})

test('exponentials, logarithms and roots follow the author and the height of their argument', () => {
  const functional = { ...DEFAULT_NOTATION, exponential: 'function', logarithm: '\\ln' } as const
  printed([
    [expOf(negate(squareOf(s))), 'e^{-s^{2}}'],
    [expOf(divide(s, t)), '\\exp\\left( \\frac{s}{t} \\right)'],
    [squareOf(expOf(s)), '(e^{s})^{2}'],
    [multiply(letter('e'), expOf(s)), 'e\\exp(s)'],
    [logOf(add(one, expOf(s))), '\\log(1 + e^{s})'],
    [sqrtOf(divide(s, two)), '\\sqrt{\\frac{s}{2}}'],
  ])
  expect(toLatex(logOf(expOf(s)), functional)).toBe('\\ln(\\exp(s))')
})

test('a Greek letter that is declared is no function', () => {
  printed([[divide(sigmoidOf(s), letter('sigma')), '\\frac{\\operatorname{sigmoid}(s)}{\\sigma}']])
})

test('unknown functions wear their primes', () => {
  printed([
    [applyOp(abstractFunction('g_y', 1), z), "g_y'(z)"],
    [applyOp(abstractFunction('phi', 2), s), "\\phi''(s)"],
  ])
})

test('transposes, inverses and what becomes of both', () => {
  printed([
    [transpose(inverseOf(A)), 'A^{-\\top}'],
    [inverseOf(transpose(A)), '(A^\\top)^{-1}'],
    [inverseOf(add(A, B)), '(A + B)^{-1}'],
    [transpose(letter('Theta^{1}', 'n', 'n')), '(\\Theta^{1})^\\top'],
    [traceOf(multiply(inverseOf(A), B)), '\\operatorname{tr}(A^{-1}B)'],
    [applyOp(determinant, A), '\\det(A)'],
    [diagonalMatrixOf(x), '\\operatorname{diag}(x)'],
    [add(A, multiply(s, identity('n'))), 'A + s I_{n}'],
    [kroneckerOf(A, B), 'A \\otimes B'],
    [kroneckerOf(x, y), 'x \\otimes y'],
  ])
  expect(toLatex(transpose(x), { ...DEFAULT_NOTATION, transpose: 'T' })).toBe('x^T')
  expect(toLatex(transpose(inverseOf(A)), { ...DEFAULT_NOTATION, transpose: '\\mathsf{T}' })).toBe(
    'A^{-\\mathsf{T}}',
  )
})

test('norms stand between double bars, absolute values between single ones', () => {
  printed([
    [norm2Of(x), '\\lVert x \\rVert'],
    [norm1Of(x), '\\lVert x \\rVert_1'],
    [squaredNormOf(subtract(multiply(A, x), y)), '\\lVert A x - y \\rVert^{2}'],
    [squaredNormOf(A), '\\lVert A \\rVert_F^{2}'],
    [power(norm2Of(x), literal(3)), '\\lVert x \\rVert^{3}'],
    [absOf(x), '\\lvert x \\rvert'],
    [absOf(A), '\\operatorname{abs}(A)'],
    [absOf(divide(s, t)), '\\left\\lvert \\frac{s}{t} \\right\\rvert'],
  ])
})

test('an array of one number is the number in a sum, and its symbol elsewhere, with a size where nothing else tells', () => {
  const ones_n = ones(shapeOf('n'))
  printed([
    [subtract(ones_n, x), '1 - x'],
    [add(x, number(literal(1, 2).value, shapeOf('n'))), 'x + \\frac{1}{2}'],
    [maximumOf(zeros(shapeOf('n')), x), '\\max(0, x)'],
    [multiply(transpose(ones_n), x), '\\mathbf{1}^\\top x'],
    [multiply(transpose(ones_n), ones_n), '\\mathbf{1}_{n}^\\top\\mathbf{1}_{n}'],
    [add(multiply(ones(shapeOf('m')), transpose(x)), W), '\\mathbf{1}x^\\top + W'],
    [multiply(ones(shapeOf('m')), transpose(x)), '\\mathbf{1}_{m}x^\\top'],
    [hadamard(W, ones(shapeOf('m', 'n'))), 'W \\odot \\mathbf{1}'],
    [applyOp(softmax, ones(shapeOf('n+1'))), '\\operatorname{softmax}(\\mathbf{1}_{n+1})'],
    [ones_n, '\\mathbf{1}'],
    [negate(ones_n), '-\\mathbf{1}'],
    [multiply(two, ones_n), '2\\mathbf{1}_{n}'],
    [zeros(shapeOf('n')), '0'],
  ])
})

test('choices are cases, and conditions elsewhere are indicators', () => {
  const zero = literal(0)
  printed([
    [
      choose(greaterOf(s, zero), s, zero),
      '\\begin{cases} s & \\text{if } s > 0 \\\\ 0 & \\text{otherwise} \\end{cases}',
    ],
    [
      applyOp(piecewise, lessOf(s, literal(-1)), zero, greaterOf(s, one), zero, one),
      '\\begin{cases} 0 & \\text{if } s < -1 \\\\ 0 & \\text{if } s > 1 \\\\ 1 & \\text{otherwise} \\end{cases}',
    ],
    [multiply(t, greaterOf(s, zero)), 't\\mathbb{1}[s > 0]'],
    [hadamard(y, greaterOf(x, zeros(shapeOf('n')))), 'y \\odot \\mathbb{1}[x > 0]'],
    [bothOf(greaterOf(one, s), greaterOf(s, zero)), '\\mathbb{1}[1 > s > 0]'],
    [bothOf(greaterOf(s, zero), lessOf(s, one)), '\\mathbb{1}[(s > 0) \\wedge (s < 1)]'],
  ])
})

test('indices get letters that are free, nested sums different ones', () => {
  printed([
    [sum(i => entry(x, i)), '\\sum_{i=1}^{n} x_{i}'],
    [
      sum(i => sum(j => multiply(entry(A, i, j), entry(x, j)))),
      '\\sum_{i=1}^{n} \\sum_{j=1}^{n} A_{i,j}x_{j}',
    ],
    [
      add(
        sum(i => entry(x, i)),
        sum(i => sum(j => entry(A, i, j))),
      ),
      '\\sum_{i=1}^{n} x_{i} + \\sum_{i=1}^{n} \\sum_{j=1}^{n} A_{i,j}',
    ],
    [
      multiply(
        letter('i'),
        sum(i => entry(x, i)),
      ),
      'i\\sum_{j=1}^{n} x_{j}',
    ],
    [sum(i => add(entry(x, i), s)), '\\sum_{i=1}^{n} (x_{i} + s)'],
    [
      multiply(
        sum(i => entry(x, i)),
        s,
      ),
      '\\left( \\sum_{i=1}^{n} x_{i} \\right)s',
    ],
    [sum(i => multiply(entry(x, index('k')), delta(i, index('k')))), '\\sum_{i=1}^{n} x_{k}\\delta_{i k}'],
    [sum(i => entry(letter('v', 'k'), i), 'k'), '\\sum_{i=1}^{k} v_{i}'],
  ])
})

test('entries of anything but a bare name are bracketed', () => {
  const i = index('i')
  printed([
    [entry(x, i), 'x_{i}'],
    [entry(W, i, literal(2)), 'W_{i,2}'],
    [entry(letter('W_1', 'n', 'n'), i, i), '(W_1)_{i,i}'],
    [entry(multiply(A, x), i), '(A x)_{i}'],
    [entry(x, add(i, one)), 'x_{i + 1}'],
    [rowOf(W, i), 'W_{i,:}'],
    [columnOf(W, i), 'W_{:,i}'],
    [basisVector(i, 'n'), 'e_{i}'],
    [add(entry(x, literal(2)), letter('x_2')), '(x)_{2} + x_2'],
    [multiply(rowOf(W, literal(1)), letter('W_1', 'n')), '(W)_{1,:}W_1'],
  ])
  expect(toLatex(entry(x, literal(2)), DEFAULT_NOTATION, ['x_2'])).toBe('(x)_{2}')
  expect(
    toLatex(
      sum(j => entry(x, j)),
      DEFAULT_NOTATION,
      ['i'],
    ),
  ).toBe('\\sum_{j=1}^{n} x_{j}')
})

test('matrices are written out row by row', () => {
  printed([
    [
      blocksOf([
        [s, t],
        [zeros(SCALAR), negate(u)],
      ]),
      '\\begin{bmatrix} s & t \\\\ 0 & -u \\end{bmatrix}',
    ],
  ])
})

test('brackets grow with what is inside', () => {
  printed([
    [multiply(two, add(divide(s, t), u)), '2\\left( \\frac{s}{t} + u \\right)'],
    [sigmoidOf(divide(s, t)), '\\sigma\\left( \\frac{s}{t} \\right)'],
    [squareOf(sumOf(x)), '\\operatorname{sum}(x)^{2}'],
  ])
})

test('equations share the letters of both sides', () => {
  const i = index('i')
  expect(
    latexEquation(
      entry(x, i),
      sum(j => multiply(entry(A, i, j), entry(y, j))),
    ),
  ).toBe('x_{i} = \\sum_{j=1}^{n} A_{i,j}y_{j}')
  expect(latexEquation(letter('v', 'm', 'n'), multiply(ones(shapeOf('m')), transpose(x)))).toBe(
    'v = \\mathbf{1}x^\\top',
  )
})

test('names, shapes and spaces are spelled for the page', () => {
  expect(latexSymbol(letter('hat{y}', 'n'), DEFAULT_NOTATION)).toBe('\\hat{y}')
  const notation = { ...DEFAULT_NOTATION, latexNames: new Map([['W_1', 'W^{(1)}']]) }
  expect(latexSymbol(letter('W_1', 'n'), notation)).toBe('W^{(1)}')
  expect(latexShape(shapeOf('m', 'n+1'))).toBe('m \\times n+1')
  expect([SCALAR, shapeOf('n'), shapeOf('m', 3)].map(shape => latexSpace(shape))).toEqual([
    '\\mathbb{R}',
    '\\mathbb{R}^{n}',
    '\\mathbb{R}^{m \\times 3}',
  ])
})

test('names of the host language are names like any other', () => {
  const names = ['constructor', '__proto__', 'toString']
  printed([
    [
      add(...names.map(name => letter(name))),
      '\\mathrm{constructor} + \\mathtt{\\_\\_proto\\_\\_} + \\mathrm{toString}',
    ],
  ])
})

test('a formula too large to print is refused before anything is built', () => {
  let large: Expr = s
  for (let i = 0; i < 60; i++) large = multiply(add(large, t), add(large, u))
  expect(() => toLatex(large)).toThrow(LimitError)
})

test('depth is no limit', () => {
  let deep: Expr = s
  for (let i = 0; i < 9000; i++) deep = applyOp(sine, deep)
  expect(toLatex(deep)).toHaveLength(1 + 9000 * '\\sin()'.length)
})
