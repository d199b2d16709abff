import { expect, test } from 'vitest'
import { latexNumber, plainNumber } from '../../src/present/number-text.js'

test.each([
  [0, '0', '0'],
  [-0, '0', '0'],
  [3, '3', '3'],
  [-12, '-12', '-12'],
  [0.1, '0.1', '0.1'],
  [0.2446805323339812, '0.24468', '0.24468'],
  [-0.0145010293, '-0.014501', '-0.014501'],
  [0.7310585786300049, '0.73106', '0.73106'],
  [123456.789, '123457', '123457'],
  [0.30000000000000004, '0.3', '0.3'],
  [99999.96, '100000', '100000'],
  [1.25e-7, '1.25e-7', '1.25 \\cdot 10^{-7}'],
  [-6.02214e23, '-6.0221e23', '-6.0221 \\cdot 10^{23}'],
  [Number.POSITIVE_INFINITY, 'Infinity', '\\infty'],
  [Number.NEGATIVE_INFINITY, '-Infinity', '-\\infty'],
  [Number.NaN, 'NaN', '\\text{undefined}'],
])('%d is written %s, in LaTeX %s', (value, plain, latex) => {
  expect(plainNumber(value)).toBe(plain)
  expect(latexNumber(value)).toBe(latex)
})
