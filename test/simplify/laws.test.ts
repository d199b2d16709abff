import { beforeAll, describe, expect, it } from 'vitest'
import { seededRandom } from '../../src/base/random.js'
import { compareTensors } from '../../src/evaluate/compare.js'
import { evaluateExpr } from '../../src/evaluate/evaluate.js'
import { symbol } from '../../src/expr/intern.js'
import type { Expr, Sym } from '../../src/expr/node.js'
import type { Rule } from '../../src/expr/rule.js'
import { shapeOf } from '../../src/expr/shape.js'
import { collect } from '../../src/expr/step.js'
import { citation } from '../../src/ops/sources.js'
import { readExpression } from '../../src/parse/problem.js'
import { toText } from '../../src/print/text.js'
import { declaredFact } from '../../src/simplify/law.js'
import { productRules } from '../../src/simplify/laws/products.js'
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
/** Instances of the rules by which the collection of factors goes, where it does more than multiply numbers. */
const PRODUCT_EXAMPLES: ReadonlyMap<string, string> = new Map([
  ['like-factors', 's*t*s^2 = s^3*t'],
  ['cancel-common-factors', 's*t/s = t'],
])
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

/** Laws that need a declared fact or a definition to fire; they have tests of their own. */
const RESTS_ON_FACTS: ReadonlySet<string> = new Set([
  'declared-fact-in-a-product',
  'multiply-out-by-assumption',
  'use-a-defined-quotient',
  'use-a-defined-value',
])
const withoutFacts = laws.filter(law => !RESTS_ON_FACTS.has(law.rule.id))

/** Every rule that a step of the simplifier may name, and an instance of each. */
const examples: readonly { readonly rule: Rule; readonly example: string }[] = [
  ...withoutFacts,
  ...productRules.map(rule => ({ rule, example: PRODUCT_EXAMPLES.get(rule.id)! })),
]
const rules: readonly Rule[] = [...laws.map(law => law.rule), ...productRules, declaredFact]

describe('every law', () => {
  for (const { rule, example } of examples) {
    it(`'${rule.id}' holds where its example is evaluated`, () => {
      const [left, right] = example.split(' = ').map(read) as [Expr, Expr]
      for (const seed of ['one', 'two', 'three']) {
        const [a, b] = valuesAt([left, right], `${rule.id} ${seed}`) as [never, never]
        expect(compareTensors(a, b).verdict, `${example} at seed ${seed}`).toBe('same')
      }
    })

    it(`'${rule.id}' is the rule that rewrites the left side of its example to the right side`, () => {
      const [left, right] = example.split(' = ').map(read) as [Expr, Expr]
      const { simplify, facts } = startSimplifier()
      const { answer, steps } = collect(simplify(left))
      expect(steps.map(step => step.rule.id)).toContain(rule.id)
      expect(answer).not.toBe(left)
      expect(facts.classOf(answer), `${example}, but simplified to ${toText(answer)}`).toBe(
        facts.classOf(right),
      )
    })
  }

  for (const rule of rules) {
    it(`'${rule.id}' has a source and a sentence`, () => {
      expect(citation(rule.source)).toBeDefined()
      expect(rule.sentence).toMatch(/^[A-Z].*\.$/)
    })
  }

  it('has a name of its own', () => {
    const ids = rules.map(rule => rule.id)
    expect(ids.filter((id, i) => ids.indexOf(id) !== i)).toEqual([])
  })
})

describe('a declared fact', () => {
  const fact = { left: read('A*B'), right: read('eye(n)'), assumption: { latex: 'AB = I' } }
  const simplified = (text: string) => {
    const { answer, steps } = collect(startSimplifier({ facts: [fact] }).simplify(read(text)))
    return { answer, named: steps.map(({ rule, assumption }) => [rule.id, assumption?.latex]) }
  }

  it('replaces a part of a longer product, and the step names the assumption', () => {
    expect(simplified('B*A*B*x')).toEqual({
      answer: read('B*x'),
      named: [
        [declaredFact.id, 'AB = I'],
        ['identity-factor', undefined],
      ],
    })
  })

  it('replaces the formula it was declared for, and its transpose', () => {
    expect(simplified('A*B')).toEqual({ answer: read('eye(n)'), named: [[declaredFact.id, 'AB = I']] })
    expect(simplified("(A*B)'").answer).toBe(read('eye(n)'))
  })

  it('is used for the other order, where the product of two square matrices is the identity', () => {
    expect(simplified('B*A*x')).toEqual({
      answer: read('x'),
      named: [
        [declaredFact.id, 'AB = I'],
        ['identity-factor', undefined],
      ],
    })
    expect(simplified("A'*B'*x").answer).toBe(read('x'))
    expect(simplified("B'*A'*x").answer).toBe(read('x'))
    expect(simplified('inv(A)*x').answer).toBe(read('B*x'))
  })

  it('is not used for another product in another order', () => {
    const other = { left: read('A*B'), right: read('2*A'), assumption: { latex: 'AB = 2A' } }
    const { answer, steps } = collect(startSimplifier({ facts: [other] }).simplify(read('B*A*x')))
    expect(answer).toBe(read('B*A*x'))
    expect(steps).toEqual([])
  })

  it('is used for what it says of a transpose in a chain', () => {
    const other = { left: read('A*B'), right: read('2*A'), assumption: { latex: 'AB = 2A' } }
    const { answer } = collect(startSimplifier({ facts: [other] }).simplify(read("B'*A'*x")))
    expect(answer).toBe(read("2*A'*x"))
  })

  it('is multiplied into a sum where that is shorter', () => {
    expect(simplified('B*(A*x - y)')).toEqual({
      answer: read('x - B*y'),
      named: [['multiply-out-by-assumption', 'AB = I']],
    })
    expect(simplified('A*(x - y)').named).toEqual([])
  })
})
