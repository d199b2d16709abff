import { expect, test } from 'vitest'
import { readProblem } from '../../src/parse/problem.js'
import { definitions, pointed } from './shown.js'

const latex = String.raw

function defined(source: string, dialect: 'latex' | 'plain' = 'latex'): readonly string[] {
  return definitions(readProblem(source, { dialect }))
}

test.each([
  latex`\begin{align} f &= x^2 \\ &\quad + x^3 \end{align}`,
  latex`\begin{align} f &= x^2 \\ &\qquad{} + x^3 \end{align}`,
  latex`\begin{align} f &= x^2 \nonumber \\ &\quad + x^3 \end{align}`,
  latex`\begin{multline} f = x^2 \\ \quad + x^3 \end{multline}`,
  latex`\begin{align} f &= x^2, \\ &\quad + x^3 \end{align}`,
  latex`f = x^2, \\ + x^3`,
  latex`f = x^2 \\ + x^3`,
])('a row that begins with an operator belongs to the row before: %s', source => {
  expect(defined(source)).toEqual(['f = (x^2 + x^3)'])
})

test('a bracket may be closed and opened again for a row break', () => {
  const two = latex`\begin{align} f &= 2\left(x^2 \right. \\ &\quad \left. + x^3\right) \end{align}`
  const three = latex`f = 2\left(x \right. \\ \left. + x^2 \right. \\ + \left. x^3\right)`
  expect(defined(two)).toEqual(defined('f = 2(x^2 + x^3)'))
  expect(defined(three)).toEqual(defined('f = 2(x + x^2 + x^3)'))
})

test('behind a comma or in plain text an equation that begins with a sign stands alone', () => {
  expect(readProblem(latex`f = x, \\ -f = -x`).claims).toHaveLength(1)
  expect(readProblem('f = x\n-f = -x', { dialect: 'plain' }).claims).toHaveLength(1)
})

test.each([
  ['f = x^2\n  + x^3', 'f = (x^2 + x^3)'],
  ['f = x^2 # the square\n  + x^3', 'f = (x^2 + x^3)'],
  ['f = x^2\n  - x^3', 'f = (x^2 + (-1 x^3))'],
  ['f = x^2\n  * x^3', 'f = (x^2 x^3)'],
  ['f = x^2 +\n  x^3', 'f = (x^2 + x^3)'],
])('in plain text a line goes on from an operator: %j', (source, expected) => {
  expect(defined(source, 'plain')).toEqual([expected])
})

test.each(['f = x^2; + x^3', 'f = x^2\n\n+ x^3'])(
  'a semicolon or a blank line ends a plain formula: %j',
  source => {
    expect(pointed(source, () => readProblem(source, { dialect: 'plain' }))).toBe(
      'ParseError unused-line: + x^3',
    )
  },
)
