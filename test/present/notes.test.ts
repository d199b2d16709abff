import { expect, test } from 'vitest'
import { work } from '../../src/derive/derive.js'
import { problemOf } from '../../src/parse/problem.js'
import { reportOf } from '../../src/present/report.js'
import { toTerminal } from '../../src/present/text.js'

/** The notes under a result, in one line. */
function notesOf(
  decls: readonly string[],
  expr: string,
  wrt: string,
  assume: readonly string[] = [],
): string {
  const problem = problemOf({ syntax: 'latex', decls, expr, wrt, assume })
  const text = toTerminal(reportOf(work(problem)))
  return (/\nNotes\n([\s\S]*?)(?:\n\n|$)/.exec(text)?.[1] ?? '').replace(/\s+/g, ' ').trim()
}

test('a derivative by a symmetric matrix says which of two meanings is taken', () => {
  const said =
    'All entries of A are varied independently, although it is symmetric; among symmetric matrices the gradient is ' +
    "1/2*(G + G'), with G the result above."
  expect(notesOf(['A \\in \\mathbb{S}^n', 'x \\in \\mathbb{R}^n'], 'x^\\top A x', 'A')).toBe(said)
  expect(notesOf(['A \\in \\mathbb{R}^{n \\times n}', 'x \\in \\mathbb{R}^n'], 'x^\\top A x', 'A')).toBe('')
  expect(notesOf(['A \\in \\mathbb{S}^n', 'x \\in \\mathbb{R}^n'], 'x^\\top A x', 'x')).not.toContain(
    'independently',
  )
  const other = notesOf(
    ['A \\in \\mathbb{S}^n', 'G \\in \\mathbb{R}^{n \\times n}'],
    '\\operatorname{tr}(G A)',
    'A',
  )
  expect(other).toContain("1/2*(H + H'), with H the result above.")
})

test('what was declared by a set is listed as the equation it amounts to, once it is used', () => {
  const notes = notesOf(['A \\in \\mathbb{S}^n', 'x \\in \\mathbb{R}^n'], 'x^\\top A x', 'x')
  expect(notes).toBe("Uses the assumption A = A'.")
})

test('where there are more conditions than are listed, their number is told', () => {
  const letters = ['a', 'b', 'c', 'd', 'p', 'q', 'r', 'u']
  const sum = (count: number) =>
    letters
      .slice(0, count)
      .map(letter => `\\log(${letter})`)
      .join(' + ')
  const decls = letters.map(letter => `${letter} \\in \\mathbb{R}`)
  expect(notesOf(decls, sum(6), 'a')).toMatch(/^Valid where a > 0, .*, q > 0\.$/)
  expect(notesOf(decls, sum(7), 'a')).toMatch(
    /^Valid where a > 0, .*, q > 0, and under 1 more condition of this kind\.$/,
  )
  expect(notesOf(decls, sum(8), 'a')).toMatch(/, and under 2 more conditions of this kind\.$/)
})

test('where sigma is a function of the author, the logistic function is written by its word', () => {
  const read = (definition: string) => {
    const problem = problemOf({
      syntax: 'latex',
      decls: ['z \\in \\mathbb{R}'],
      defs: [definition],
      expr: '\\sigma(z) \\operatorname{softplus}(z)',
      wrt: 'z',
    })
    return problem.notation.sigmoid
  }
  expect(read('\\sigma(t) = \\max(0, t)')).toBe('\\operatorname{sigmoid}')
  expect(read('\\sigma(t) = \\frac{1}{1 + e^{-t}}')).toBe('\\sigma')
})
