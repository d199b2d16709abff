import { beforeAll, describe, expect, it } from 'vitest'
import { seededRandom } from '../../src/base/random.js'
import { compareTensors } from '../../src/evaluate/compare.js'
import { evaluateExpr } from '../../src/evaluate/evaluate.js'
import { symbol } from '../../src/expr/intern.js'
import type { Expr, Sym } from '../../src/expr/node.js'
import { shapeOf } from '../../src/expr/shape.js'
import { collect } from '../../src/expr/step.js'
import { citation } from '../../src/ops/sources.js'
import { readExpression } from '../../src/parse/problem.js'
import { startSimplifier } from '../../src/simplify/simplify.js'
import { lawTable } from '../../src/simplify/table.js'
import { loadTensors } from '../../src/tensor/load.js'
import type { Tensors } from '../../src/tensor/tensor.js'

/** Letters as in the examples of operations and laws: small ones vectors, capitals matrices, `s` and `t` scalars. */
const letters: readonly Sym[] = [
  ...['s', 't'].map(name => symbol(name)),
  ...['x', 'y'].map(name => symbol(name, shapeOf('n'))),
  ...['A', 'B'].map(name => symbol(name, shapeOf('n', 'n'))),
]
const laws = [...new Set([...lawTable.values()].flat())]
const read = (text: string): Expr => readExpression(text, { dialect: 'plain', declarations: letters })

let tensors: Tensors
beforeAll(async () => {
  tensors = await loadTensors()
})

/** Values on both sides, positive so that logarithms and roots are defined, away from the kinks at zero. */
function valuesAt(roots: readonly Expr[], seed: string) {
  const random = seededRandom(seed)
  const size = 3
  const draw = ({ shape }: Sym) => {
    const rows = shape.rows === 1 ? 1 : size
    const columns = shape.columns === 1 ? 1 : size
    return tensors.create(
      rows,
      columns,
      Array.from({ length: rows * columns }, () => random.between(0.4, 1.6)),
    )
  }
  const values = new Map(letters.map(letter => [letter, draw(letter)]))
  const point = { values, sizes: new Map([['n', size]]), indices: new Map(), functions: new Map() }
  return evaluateExpr(tensors, roots, point, { definitions: [] })
}

describe('every law', () => {
  for (const law of laws) {
    it(`'${law.rule.name}' holds where its example is evaluated`, () => {
      const [left, right] = law.example.split(' = ').map(read) as [Expr, Expr]
      for (const seed of ['one', 'two', 'three']) {
        const [a, b] = valuesAt([left, right], `${law.rule.id} ${seed}`) as [never, never]
        expect(compareTensors(a, b).verdict, `${law.example} at seed ${seed}`).toBe('same')
      }
    })

    it(`'${law.rule.name}' rewrites the left side of its example to the right side`, () => {
      const [left, right] = law.example.split(' = ').map(read) as [Expr, Expr]
      const simplifier = startSimplifier()
      const reached = collect(simplifier.simplify(left))
      const expected = collect(simplifier.simplify(right))
      expect(simplifier.facts.classOf(reached.answer)).toBe(simplifier.facts.classOf(expected.answer))
    })

    it(`'${law.rule.name}' has a source and a sentence`, () => {
      expect(citation(law.rule.source)).toBeDefined()
      expect(law.rule.sentence).toMatch(/^[A-Z].*\.$/)
    })
  }

  it('has a name of its own', () => {
    const ids = laws.map(law => law.rule.id)
    expect(new Set(ids).size).toBe(ids.length)
  })
})
