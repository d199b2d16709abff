import { expect, test } from 'vitest'
import { LimitError } from '../../src/base/errors.js'
import { readProblem } from '../../src/parse/problem.js'

const nested = (depth: number) => `${'g('.repeat(depth)}x${')'.repeat(depth)}`
const towers = Array.from({ length: 30 }, (_, k) => `f_${k + 1}(t) = f_${k}(f_${k}(t))`)
const OUT_OF_BOUNDS = [
  ['five thousand signs', `f = ${'-'.repeat(5000)}x`, 'limit-nesting'],
  ['a hundred thousand signs', `f = ${'-'.repeat(100_000)}x`, 'limit-nesting'],
  ['a function written five thousand times', `f = ${'sin '.repeat(5000)}x`, 'limit-nesting'],
  ['a square forty deep', `g(t) = t*t\nf = ${nested(40)}`, 'limit-expansions'],
  ['functions that double', ['f_0(t) = t + 1', ...towers, 'L = f_30(x)'].join('\n'), 'limit-expansions'],
] as const

test.each(OUT_OF_BOUNDS)(
  '%s is an error of its own, and found at once',
  (_, text, code) => {
    const read = () => readProblem(`x in R\n${text}\n`, { dialect: 'plain' })
    expect(read).toThrow(LimitError)
    expect(read).toThrow(expect.objectContaining({ code }))
  },
  2000,
)

test('what is within the bounds is read', () => {
  const texts = [
    `f = ${'-'.repeat(900)}x`,
    `g(t) = sin(t)\nf = ${nested(900)}`,
    `g(t) = t*sin(t)\nf = ${nested(5)}`,
  ]
  for (const text of texts) {
    expect(readProblem(`x in R\n${text}\n`, { dialect: 'plain' }).definitions.length).toBe(1)
  }
})
