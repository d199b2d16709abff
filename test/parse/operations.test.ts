import { expect, test } from 'vitest'
import { symbol } from '../../src/expr/intern.js'
import { DEFAULT_NOTATION } from '../../src/expr/notation.js'
import type { Op } from '../../src/expr/op.js'
import { SCALAR, shapeOf } from '../../src/expr/shape.js'
import { operations } from '../../src/ops/table.js'
import { readExpression } from '../../src/parse/problem.js'
import { toText } from '../../src/print/text.js'

const DECLARATIONS = [
  ...['a', 'b', 'x', 'y', 'z', 'p'].map(name => symbol(name, shapeOf('n'))),
  ...['A', 'B', 'C', 'W', 'X', 'Y'].map(name => symbol(name, shapeOf('n', 'n'))),
  ...['s', 't'].map(name => symbol(name)),
  ...['m', 'n', 'k', 'N'].map(name => symbol(name, SCALAR, 'dimension')),
  ...['i', 'j'].map(name => symbol(name, SCALAR, 'index')),
]

const EXAMPLES = operations.flatMap(op =>
  op.examples.map((example): [string, string, Op] => [op.name, example, op]),
)

test('nearly every operation has an example', () => {
  expect(EXAMPLES.length).toBeGreaterThan(operations.length * 0.9)
})

test.each(EXAMPLES)('%s: its example %s is read, and reads back from print as the same', (_, example) => {
  const options = { dialect: 'plain', declarations: DECLARATIONS } as const
  const read = readExpression(example, options)
  expect(
    readExpression(
      toText(
        read,
        DEFAULT_NOTATION,
        DECLARATIONS.map(each => each.name),
      ),
      options,
    ),
  ).toBe(read)
})

test.each([
  ['a > b && a > 0', '(a > b) && (a > 0)'],
  ['a > b && a > 0 || b > 0', '((a > b) && (a > 0)) || (b > 0)'],
  ['s > t && t > 0 && s < 1', '(s > t) && (t > 0) && (s < 1)'],
  ['-1 <= a <= 1', '(-1 <= a) && (a <= 1)'],
  ['where(-1 <= s <= 1 && t > 0, s, 0)', 'where(((-1 <= s) && (s <= 1)) && (t > 0), s, 0)'],
])('plain conditions may be joined: %s', (text, meaning) => {
  const options = { dialect: 'plain', declarations: DECLARATIONS } as const
  expect(toText(readExpression(text, options))).toBe(toText(readExpression(meaning, options)))
})

test.each([
  [
    String.raw`\begin{cases} s & -1 \le s \le 1 \\ 0 & \text{otherwise} \end{cases}`,
    'where((-1 <= s) && (s <= 1), s, 0)',
  ],
  [
    String.raw`\begin{cases} s & s < 1 \vee t > 0 \wedge t < 1 \\ 0 & \text{otherwise} \end{cases}`,
    'where((s < 1) || ((t > 0) && (t < 1)), s, 0)',
  ],
])('and so may those of LaTeX: %s', (text, meaning) => {
  const read = readExpression(text, { dialect: 'latex', declarations: DECLARATIONS })
  expect(read).toBe(readExpression(meaning, { dialect: 'plain', declarations: DECLARATIONS }))
})
