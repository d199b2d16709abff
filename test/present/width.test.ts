import { expect, test } from 'vitest'
import { latexLines, latexWidth, PAGE } from '../../src/present/width.js'

test('a fraction is as wide as the wider of its halves', () => {
  expect(latexWidth('\\frac{a b c d}{e}')).toBe(latexWidth('abcd'))
  expect(latexWidth('\\frac{e}{a b c d}')).toBe(latexWidth('abcd'))
  expect(latexWidth('x\\frac{a}{b}y')).toBe(3)
})

test('control words count as one letter, font commands as none, scripts as small ones', () => {
  expect(latexWidth('\\delta')).toBe(1)
  expect(latexWidth('\\mathbf{x}')).toBe(1)
  expect(latexWidth('x^{2}')).toBeCloseTo(1.7)
  expect(latexWidth('W_{r_0,s_0}')).toBeLessThan(latexWidth('Wr0,s0'))
})

test('a matrix is as wide as its widest row', () => {
  const wide = latexWidth('\\begin{bmatrix} a + b & c \\\\ d & e \\end{bmatrix}')
  expect(wide).toBeLessThan(latexWidth('\\begin{bmatrix} a + b & c & d & e \\end{bmatrix}'))
})

test('a long sum is cut before its signs and nowhere inside brackets', () => {
  const sum = 'a b + \\left( c + d \\right) - \\frac{e + f}{g} + h_{i + j}'
  const lines = latexLines(sum, 8)
  expect(lines.join(' ')).toBe(sum)
  expect(lines).toEqual(['a b', '+ \\left( c + d \\right)', '- \\frac{e + f}{g}', '+ h_{i + j}'])
})

test('what fits on a line is not cut', () => {
  expect(latexLines('a + b', 90)).toEqual(['a + b'])
})

test('a list is cut behind its commas', () => {
  expect(latexLines('a, b_{c, d}, e', 3, ',')).toEqual(['a,', 'b_{c, d},', 'e'])
})

test('deep braces cost neither the stack nor quadratic time', () => {
  const deep = `${'{'.repeat(100_000)}x${'}'.repeat(100_000)}`
  expect(latexWidth(deep)).toBe(1)
})

/** Widths that \settowidth gives in an article at ten points, whose lines are 345 points wide. */
const MEASURED: readonly (readonly [latex: string, points: number])[] = [
  [
    '\\frac{1}{N}X^\\top(\\mathbf{1}[Z > 0] \\odot ((P \\odot (T\\mathbf{1}\\mathbf{1}^\\top) - T)W^\\top))',
    189,
  ],
  ['\\text{(chain rule, product rule for matrices, derivative of the rectifier)}', 280.6],
  ['(d \\times N)(N \\times h) = d \\times h', 105.7],
  ['\\frac{1}{\\sqrt{d}}(A \\odot (G V^\\top - (A \\odot (G V^\\top))\\mathbf{1}\\mathbf{1}^\\top))K', 171.5],
  ['-(y^\\top\\log(p) + (1 - y)^\\top\\log(1 - p))', 148.8],
  ['\\operatorname{softmax}(Z_2)', 53.6],
  ['W_1 \\in \\mathbb{R}^{d \\times h}', 49],
  ['A \\odot B - C', 47.9],
]

test.each(MEASURED)('%s is taken to be about as wide as TeX sets it', (latex, points) => {
  const estimate = (latexWidth(latex) / PAGE) * 345
  expect(estimate).toBeGreaterThan(0.98 * points)
  expect(estimate).toBeLessThan(1.2 * points)
})
