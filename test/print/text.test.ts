import { expect, test } from 'vitest'
import { LimitError } from '../../src/base/errors.js'
import { symbol } from '../../src/expr/intern.js'
import type { Expr } from '../../src/expr/node.js'
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
} from '../../src/ops/core.js'
import { dimensionOf } from '../../src/ops/dimension.js'
import { entry, indexedSum, member } from '../../src/ops/indexed.js'
import { kroneckerOf } from '../../src/ops/kronecker.js'
import { identity, inverseOf, matrixPowerOf, traceOf } from '../../src/ops/matrix.js'
import { norm2Of, squaredNormOf } from '../../src/ops/norms.js'
import { maximumOf, piecewise } from '../../src/ops/piecewise.js'
import { expOf, power, squareOf } from '../../src/ops/powers.js'
import { toText } from '../../src/print/text.js'
import { letter, literal } from '../support/letters.js'

const [s, t, u] = ['s', 't', 'u'].map(name => letter(name)) as [Expr, Expr, Expr]
const [x, y, z] = ['x', 'y', 'z'].map(name => letter(name, 'n')) as [Expr, Expr, Expr]
const A = letter('A', 'n', 'n')
const B = letter('B', 'n', 'n')
const one = literal(1)
const two = literal(2)

function printed(rows: readonly (readonly [Expr, string])[]): void {
  expect(rows.map(([node]) => toText(node))).toEqual(rows.map(([, text]) => text))
}

test('every product has its star, and quotients are read from the left', () => {
  printed([
    [multiply(transpose(x), A, x), "x'*A*x"],
    [multiply(two, add(A, transpose(A)), x), "2*(A + A')*x"],
    [multiply(transpose(multiply(A, B)), x), "(A*B)'*x"],
    [multiply(literal(1, 2), s), '1/2*s'],
    [multiply(s, literal(1, 2)), 's*(1/2)'],
    [divide(s, multiply(two, t)), 's/(2*t)'],
    [divide(multiply(two, s), t), '2*s/t'],
    [multiply(two, divide(s, t)), '2*(s/t)'],
    [divide(s, divide(t, u)), 's/(t/u)'],
    [multiply(s, literal(-2)), 's*(-2)'],
  ])
})

test('products entry by entry bind like products, so their operands are bracketed', () => {
  printed([
    [hadamard(x, y, z), 'x .* y .* z'],
    [hadamard(multiply(A, x), y), '(A*x) .* y'],
    [multiply(two, hadamard(x, y)), '2*(x .* y)'],
    [divideEach(hadamard(x, y), z), '(x .* y) ./ z'],
    [negate(hadamard(x, y)), '-x .* y'],
  ])
})

test('powers of arrays entry by entry have a dot', () => {
  printed([
    [squareOf(s), 's^2'],
    [power(s, literal(-1)), 's^(-1)'],
    [power(s, literal(1, 2)), 's^(1/2)'],
    [squareOf(x), 'x.^2'],
    [matrixPowerOf(A, 2), 'A^2'],
    [squareOf(negate(s)), '(-s)^2'],
    [negate(squareOf(s)), '-s^2'],
    [power(transpose(x), two), "(x').^2"],
  ])
})

test('functions, norms and inverses are calls', () => {
  printed([
    [multiply(sigmoidOf(s), subtract(one, sigmoidOf(s))), 'sigmoid(s)*(1 - sigmoid(s))'],
    [expOf(negate(s)), 'exp(-s)'],
    [traceOf(multiply(inverseOf(A), B)), 'tr(inv(A)*B)'],
    [transpose(inverseOf(A)), "inv(A)'"],
    [norm2Of(subtract(x, y)), 'norm2(x - y)'],
    [squaredNormOf(subtract(x, y)), 'norm2(x - y)^2'],
    [maximumOf(s, t), 'max(s, t)'],
    [sumOf(A), 'sum(A)'],
    [kroneckerOf(A, B), 'kron(A, B)'],
    [applyOp(abstractFunction('g_y', 1), transpose(x)), "g_y'(x')"],
  ])
})

test('sums over an index, entries and members name their index', () => {
  const i = symbol('any', SCALAR, 'index')
  const sum = (body: Expr) => indexedSum(i, one, dimensionOf('n'), body)
  printed([
    [sum(squareOf(entry(x, i))), 'sum(i=1:n, x[i]^2)'],
    [sum(entry(A, i, add(i, one))), 'sum(i=1:n, A[i, i + 1])'],
    [sum(entry(multiply(A, x), i)), 'sum(i=1:n, (A*x)[i])'],
    [multiply(two, sum(member(letter('c', 'n', 'd'), i))), '2*sum(i=1:n, c[i])'],
  ])
})

test('choices, conditions and matrices have their plain forms', () => {
  printed([
    [applyOp(piecewise, greaterOf(s, one), s, lessOf(s, negate(t)), t, u), 'where(s > 1, s, s < -t, t, u)'],
    [multiply(t, greaterOf(s, one)), 't*(s > 1)'],
    [bothOf(lessOf(s, t), lessOf(t, u)), 's < t < u'],
    [bothOf(bothOf(lessOf(s, t), lessOf(t, u)), lessOf(s, u)), '(s < t < u) && (s < u)'],
    [bothOf(greaterOf(s, t), lessOf(s, u)), '(s > t) && (s < u)'],
    [
      blocksOf([
        [s, t],
        [literal(0), negate(u)],
      ]),
      '[s, t; 0, -u]',
    ],
    [add(A, multiply(s, identity('n'))), 'A + s*eye(n)'],
    [subtract(ones(shapeOf('n')), x), '1 - x'],
    [multiply(transpose(ones(shapeOf('n'))), x), "ones(n)'*x"],
  ])
})

test('names are written as they are', () => {
  const names = ['hat{y}', 'W_{x_0,r_0}', 'Theta^{1}', '__proto__', 'constructor']
  printed([
    [add(...names.map(name => letter(name))), 'hat{y} + W_{x_0,r_0} + Theta^{1} + __proto__ + constructor'],
  ])
})

test('a formula too large to print is refused before anything is built', () => {
  let large: Expr = s
  for (let i = 0; i < 60; i++) large = multiply(add(large, t), add(large, u))
  expect(() => toText(large)).toThrow(LimitError)
})
