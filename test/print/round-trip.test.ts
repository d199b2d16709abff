import { expect, test } from 'vitest'
import { seededRandom } from '../../src/base/random.js'
import { DEFAULT_NOTATION } from '../../src/expr/notation.js'
import { readExpression } from '../../src/parse/problem.js'
import { toLatex } from '../../src/print/latex.js'
import { toText } from '../../src/print/text.js'
import { type RandomExpression, randomExpression } from '../support/random-expression.js'

const PRINTERS = { latex: toLatex, plain: toText } as const
type Dialect = keyof typeof PRINTERS
const COUNT = 2500

/** What became of a printed formula, when it is not the identical node. */
function fault({ expr, declarations }: RandomExpression, dialect: Dialect): string | undefined {
  const print = PRINTERS[dialect]
  const known = declarations.map(each => each.symbol.name)
  const text = print(expr, DEFAULT_NOTATION, known)
  try {
    const back = readExpression(text, { dialect, declarations })
    return back === expr ? undefined : `${text} is read as ${print(back, DEFAULT_NOTATION, known)}`
  } catch (error) {
    return `${text} is refused: ${String(error)}`
  }
}

for (const dialect of ['latex', 'plain'] as const) {
  test(`what is printed in the ${dialect} dialect reads back as the identical expression`, () => {
    const seed = `round trip ${dialect}`
    const random = seededRandom(seed)
    const faults: string[] = []
    for (let i = 0; i < COUNT; i++) {
      const made = randomExpression(random, { depth: random.integer(1, 5), functions: ['g', 'g_y'] })
      // An array of one number alone has no shape that a text could say.
      if (made.expr.kind === 'num') continue
      const found = fault(made, dialect)
      if (found !== undefined) faults.push(`seed "${seed}", formula ${i}: ${found}`)
    }
    expect(faults).toEqual([])
  })
}
