import katex from 'katex'
import { expect, test } from 'vitest'
import { seededRandom } from '../../src/base/random.js'
import { toLatex } from '../../src/print/latex.js'
import { toText } from '../../src/print/text.js'
import { randomExpression } from '../support/random-expression.js'

const SEED = 'print'

test('KaTeX accepts every printed formula in strict mode', () => {
  const random = seededRandom(SEED)
  const refused: string[] = []
  for (let i = 0; i < 2500; i++) {
    const { expr } = randomExpression(random, { depth: random.integer(1, 5), functions: ['g', 'g_y'] })
    const latex = toLatex(expr)
    try {
      katex.renderToString(latex, { strict: 'error', displayMode: true, throwOnError: true })
    } catch (error) {
      refused.push(`seed ${SEED}, formula ${i}: ${latex} — ${String(error)}`)
    }
  }
  expect(refused).toEqual([])
})

test('formulas are printed in both dialects, the same on every run', () => {
  const print = () => {
    const random = seededRandom(SEED)
    return Array.from({ length: 300 }, () => {
      const { expr } = randomExpression(random, { functions: ['g'] })
      return `${toLatex(expr)}\n${toText(expr)}`
    })
  }
  expect(print()).toEqual(print())
})
