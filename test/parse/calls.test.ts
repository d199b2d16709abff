import { expect, test } from 'vitest'
import { symbol } from '../../src/expr/intern.js'
import { SCALAR, shapeOf } from '../../src/expr/shape.js'
import { readExpression } from '../../src/parse/problem.js'
import { shown } from './shown.js'

const declarations = [
  ...['x', 'y', 'v'].map(name => symbol(name, shapeOf('n'))),
  ...['A', 'B'].map(name => symbol(name, shapeOf('n', 'n'))),
  ...['s', 't'].map(name => symbol(name)),
  symbol('n', SCALAR, 'dimension'),
  symbol('i', SCALAR, 'index'),
]

test.each([
  ['plain', "g'(x)", "g'(x)"],
  ['plain', "g''(x)'*y", "(g''(x)' @ y)"],
  ['plain', '(A*x)[2]', 'entry((A @ x), 2, 1)'],
  ['plain', "(A')[i, 1]", "entry(A', i, 1)"],
  ['plain', 'tanh(A)[1, i]^2', 'entry(tanh(A), 1, i)^2'],
  ['latex', String.raw`v^\top v(x - y)`, "((v' @ v) (x + (-1 y)))"],
  ['latex', String.raw`s x^\top y(A)^\top v`, "(s (x' @ y) (A' @ v))"],
  ['latex', String.raw`A \odot s(A + B) \odot B`, '(A .* (s (A + B)) .* B)'],
  ['latex', String.raw`\mathbf{1}_{n \times n} x`, '(1[n×n] @ x)'],
  ['latex', String.raw`\delta_{i 1}(s + t)`, '(delta(i, 1) (s + t))'],
] as const)('in %s %s is %s', (dialect, text, meaning) => {
  expect(shown(readExpression(text, { dialect, declarations }))).toBe(meaning)
})
