import { expect, test } from 'vitest'
import { latexLines, latexWidth } from '../../src/present/width.js'

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
