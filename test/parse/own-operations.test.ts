import { expect, test } from 'vitest'
import { rational } from '../../src/base/rational.js'
import { gradient } from '../../src/derive/library.js'
import { number, symbol } from '../../src/expr/intern.js'
import { defineOp, PRECEDENCE } from '../../src/expr/op.js'
import { shapeOf } from '../../src/expr/shape.js'
import { applyOp } from '../../src/ops/apply.js'
import { multiply } from '../../src/ops/core.js'
import { defineElementwise } from '../../src/ops/elementwise.js'
import { power } from '../../src/ops/powers.js'
import { problemOf, readExpression, readProblem } from '../../src/parse/problem.js'
import { toLatex } from '../../src/print/latex.js'
import { toText } from '../../src/print/text.js'
import { definitions } from './shown.js'

/** `cube(x)`, entry by entry, as a caller of the library would add it. */
const cube = defineElementwise({
  name: 'cube',
  title: 'cube',
  latex: '\\operatorname{cube}',
  plain: 'cube',
  plainAliases: ['cubed'],
  value: (algebra, x) => algebra.hadamard(x, algebra.hadamard(x, x)),
  derivative: x => multiply(number(rational(3)), power(x, number(rational(2)))),
  rule: {
    id: 'cube-rule',
    name: 'derivative of the cube',
    statement: "\\operatorname{cube}'(x)=3x^2",
    source: 'cs231n:optimization-2',
    sentence: 'The cube is differentiated like any power.',
    level: 'normal',
  },
})

const x = symbol('x', shapeOf('n'))

test.each([
  ['latex', String.raw`\operatorname{cube}(x)`],
  ['plain', 'cube(x)'],
  ['plain', 'cubed(x)'],
] as const)('an operation of the caller is read in %s: %s', (dialect, text) => {
  const read = readExpression(text, { dialect, declarations: [x], operations: [cube] })
  expect(read).toBe(applyOp(cube, x))
  const print = dialect === 'latex' ? toLatex : toText
  expect(readExpression(print(read), { dialect, declarations: [x], operations: [cube] })).toBe(read)
})

test.each([
  ['latex', String.raw`x \in \mathbb{R}^n \\ f = \operatorname{cube}(x)`],
  ['plain', 'x: n\nf = cube(x)'],
] as const)('it is read in a document in %s, for that call only', (dialect, source) => {
  expect(definitions(readProblem(source, { dialect, operations: [cube] }))).toEqual(['f = cube(x)'])
  expect(() => readProblem(source, { dialect })).toThrow('cube is not defined')
})

test('it is read in the fields of a request', () => {
  const problem = problemOf({
    syntax: 'plain',
    decls: [{ name: 'x', shape: ['n'] }],
    expr: 'sum(cube(x))',
    wrt: 'x',
    operations: [cube],
  })
  expect(problem.questions[0]!.of).toBe(
    readExpression('sum(cube(x))', { dialect: 'plain', declarations: [x], operations: [cube] }),
  )
})

test('of two operations with one word that of the caller counts', () => {
  const own = defineOp({
    ...cube,
    name: 'own-tanh',
    notation: { ...cube.notation, plain: 'tanh', latex: '\\tanh', precedence: PRECEDENCE.product },
  })
  for (const [dialect, text] of [
    ['plain', 'tanh(x)'],
    ['latex', '\\tanh(x)'],
  ] as const) {
    const read = readExpression(text, { dialect, declarations: [x], operations: [own] })
    expect(read).toBe(applyOp(own, x))
  }
})

test('it is differentiated and printed', () => {
  const problem = readProblem('x: n\nf = sum(cube(x))\ndf/dx', { dialect: 'plain', operations: [cube] })
  const [answer] = gradient(problem).answers
  expect(toText(answer!.expanded)).toBe('3*x.^2')
  expect(toLatex(problem.definitions[0]!.body)).toContain('\\operatorname{cube}')
})
