import { expect, test } from 'vitest'
import {
  DomainError,
  NameError,
  ParseError,
  ShapeError,
  UsageError,
  VerificationError,
} from '../../src/base/errors.js'
import { exitCodeOf, formatProblem } from '../../src/cli/diagnostics.js'

const show = (text: string, from: number, to: number) =>
  formatProblem(
    new ParseError('unbalanced', 'a brace is missing', { span: { from, to } }),
    { name: 'a.tex', text },
    false,
  )

test('a problem has its file, line, column, code, message, the line with a mark, notes and hint', () => {
  const error = new ShapeError('shape-clash', 'cannot multiply 3×4 by 5×2', {
    span: { from: 14, to: 17 },
    notes: ['the inner sizes are 4 and 5'],
    hint: 'transpose the left factor',
  })
  expect(formatProblem(error, { name: 'net.txt', text: 'a = b + c\nz = A*B\n' }, false)).toBe(
    `net.txt:2:5 - error shape-clash: cannot multiply 3×4 by 5×2

  2 | z = A*B
    |     ^^^

  note: the inner sizes are 4 and 5
  hint: transpose the left factor
`,
  )
})

test('a problem without a place has neither line nor frame', () => {
  expect(
    formatProblem(
      new NameError('cycle', 'x is defined through itself'),
      { name: 'a.tex', text: 'x = x' },
      false,
    ),
  ).toBe('a.tex - error cycle: x is defined through itself\n')
})

test('a mark at the end of the text still has one caret', () => {
  expect(show('x = {', 5, 5)).toContain('  1 | x = {\n    |      ^\n')
})

test('lines end at any line break, and a mark does not go past its line', () => {
  expect(show('a\r\nb + c\r\nd', 3, 12)).toContain('a.tex:2:1 - error')
  expect(show('a\r\nb + c\r\nd', 3, 12)).toContain('  2 | b + c\n    | ^^^^^\n')
  expect(show('a\rbc\rd', 2, 4)).toContain('  2 | bc\n    | ^^\n')
})

test('of a very long line only the part around the mark is shown', () => {
  const text = `${'x + '.repeat(50_000)}y`
  const shown = show(text, 100_000, 100_001)
  expect(shown.length).toBeLessThan(400)
  const [line, mark] = shown.split('\n').slice(2, 4) as [string, string]
  expect(line[mark.indexOf('^')]).toBe(text[100_000])
})

test('the mark stands under its letters behind tabs, accents and wide letters', () => {
  expect(show('\tx = y', 5, 6)).toContain('  1 |  x = y\n    |      ^\n')
  expect(show('e\u0301 = y', 5, 6)).toContain('    |     ^\n')
  expect(show('漢 = y', 4, 5)).toContain('    |      ^\n')
})

test('control characters of the source or of a message never reach the terminal', () => {
  const text = 'x\u001b[31m = \u0007y\u202e'
  const error = new ParseError('unexpected', `found ${text}`, {
    span: { from: 0, to: text.length },
    hint: text,
  })
  const shown = formatProblem(error, { name: 'a.tex', text }, false)
  expect(shown.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u)
})

test('colour changes nothing but the colour', () => {
  const error = new ParseError('unbalanced', 'a brace is missing', {
    span: { from: 0, to: 1 },
    hint: 'close it',
  })
  const source = { name: 'a.tex', text: '{x' }
  const colored = formatProblem(error, source, true)
  const start = String.fromCharCode(27)
  expect(colored).toContain(`${start}[`)
  expect(colored.replace(new RegExp(`${start}\\[\\d+m`, 'g'), '')).toBe(formatProblem(error, source, false))
})

test('problems of the mathematics end with 1, wrong use and faults of the program with 2', () => {
  expect(exitCodeOf(new DomainError('outside', 'no'))).toBe(1)
  expect(exitCodeOf(new UsageError('option', 'no'))).toBe(2)
  expect(exitCodeOf(new VerificationError('check-failed', 'no'))).toBe(2)
})
