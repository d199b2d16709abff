import { expect, test } from 'vitest'
import { readProblem } from '../../src/parse/problem.js'
import { definitions } from './shown.js'

test.each([
  ['z^{[1]} = W x', 'LaTeX', ['z^{[1]} = (W @ x)']],
  ['f = a^{(1)} x', 'LaTeX', ['f = (a^{(1)} x)']],
  ['f = a^{2} b', 'LaTeX', ['f = (a^2 b)']],
  ['z = W x', 'LaTeX', ['z = (W @ x)']],
  ["f = x'*y", 'plain text', ["f = (x' @ y)"]],
  ['f = a.*b', 'plain text', ['f = (a .* b)']],
  ['W in R^{m x n}\nx: n\nz = W*x', 'plain text', ['z = (W @ x)']],
  ['f = norm2(a)', 'plain text', ['f = norm-2(a)']],
  ['f = s*t', 'plain text', ['f = (s t)']],
])('%s looks like %s', (source, dialect, meaning) => {
  const problem = readProblem(source)
  expect(definitions(problem)).toEqual(meaning)
  expect(problem.readings.map(({ what }) => what)).toContain(`the text is read as ${dialect}`)
})

test.each(['f = s + t', '# a comment: z^{[1]}\nf = s + t', String.raw`f = \sin s`])(
  'nothing is said where both dialects agree or a backslash decides: %s',
  source => {
    expect(readProblem(source).readings.filter(({ what }) => what.startsWith('the text'))).toEqual([])
  },
)
