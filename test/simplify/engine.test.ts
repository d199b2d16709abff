import { describe, expect, it } from 'vitest'
import { LimitError } from '../../src/base/errors.js'
import { startBudget } from '../../src/base/limits.js'
import { work } from '../../src/derive/derive.js'
import type { Call, Expr, Sym } from '../../src/expr/node.js'
import type { Rule } from '../../src/expr/rule.js'
import { collect } from '../../src/expr/step.js'
import { sigmoid } from '../../src/ops/activations.js'
import { applyOp } from '../../src/ops/apply.js'
import { add, addition, multiply, transpose } from '../../src/ops/core.js'
import { power } from '../../src/ops/powers.js'
import { readExpression, readProblem } from '../../src/parse/problem.js'
import { startRewriting } from '../../src/simplify/engine.js'
import { factsOf } from '../../src/simplify/facts.js'
import { defineLaw } from '../../src/simplify/law.js'
import { startSimplifier } from '../../src/simplify/simplify.js'
import { letter, literal } from '../support/letters.js'

const letters: readonly Sym[] = [
  ...['s', 't'].map(name => letter(name)),
  ...['x', 'y'].map(name => letter(name, 'n')),
  ...['A', 'B'].map(name => letter(name, 'n', 'n')),
]
const [s, t] = letters as readonly [Sym, Sym]
const read = (text: string): Expr => readExpression(text, { dialect: 'plain', declarations: letters })

/** Turns sums round: a law that would go on for ever. */
const swap = defineLaw({
  id: 'swap',
  name: 'swap',
  statement: 'a+b=b+a',
  sentence: 'Turned round.',
  example: 's + t = t + s',
  apply: node => add(...node.args.toReversed()),
})
const run = (root: Expr, law = swap) =>
  startRewriting(new Map([[addition, [law]]]), factsOf({}), startBudget({ milliseconds: 20_000 }))(root)

describe('the engine', () => {
  it('works from the leaves up, one step for each law used, each from the formula before to the one after', () => {
    const { answer, steps } = collect(startSimplifier().simplify(read('exp(log(s))*exp(log(s)) + 0*t')))
    expect(answer).toBe(read('s^2'))
    for (const step of steps) {
      expect(step.kind).toBe('rewrite')
      expect(step.after).not.toBe(step.before)
    }
    expect(steps.map(({ rule }) => rule.id)).toEqual([
      'exponential-of-a-logarithm',
      'like-factors',
      'zero-product',
      'collect-like-terms',
    ])
  })

  it('leaves alone what no law applies to', () => {
    const node = read("x'*A*y")
    expect(collect(startSimplifier().simplify(node))).toEqual({ answer: node, steps: [] })
  })

  it('changes nothing the second time', () => {
    for (const text of ["2*s*3 + (A*x)'*y", 's*t/s + sum(x)', 'exp(s)*t + exp(s)*s']) {
      const { answer } = collect(startSimplifier().simplify(read(text)))
      expect(collect(startSimplifier().simplify(answer)), text).toEqual({ answer, steps: [] })
    }
  })

  it('takes the steps of a part it has met once, for as long as it is kept', () => {
    const { simplify } = startSimplifier()
    expect(collect(simplify(read('exp(log(s))*x'))).steps).toHaveLength(1)
    expect(collect(simplify(read('exp(log(s))*y'))).steps).toHaveLength(0)
  })

  it('goes 100,000 deep', () => {
    let node: Expr = multiply(literal(1), s)
    for (let i = 0; i < 100_000; i++) node = applyOp(sigmoid, node)
    const { answer } = collect(startSimplifier().simplify(node))
    expect(answer.depth).toBe(100_000)
  })

  it('goes through 100,000 powers of powers beside another factor', () => {
    let node: Expr = s
    for (let i = 0; i < 100_000; i++) node = power(node, letter('a'))
    const product = multiply(node, letter('b'))
    expect(collect(startSimplifier().simplify(product)).answer).toBe(product)
  })

  it('stops laws that undo each other by the budget', () => {
    const chain = add(...Array.from({ length: 3 }, (_, i) => letter(`a_${i}`)))
    const grow = defineLaw({ ...swap.rule, example: '', apply: node => add(...node.args, s) })
    const laws = new Map([[addition, [grow]]])
    const endless = startRewriting(laws, factsOf({}), startBudget({ milliseconds: 50 }))
    expect(() => endless(chain)).toThrowError(LimitError)
  })

  it('names the rule that a law says it went by', () => {
    const other: Rule = { ...swap.rule, id: 'by-another-name' }
    const once = defineLaw({
      ...swap.rule,
      example: '',
      apply: (node: Call) => (node.args[0] === s ? { to: add(t, t), rule: other } : undefined),
    })
    const { steps } = run(add(s, t), once)
    expect(steps.map(({ rule }) => rule)).toEqual([other])
  })
})

describe('a declared fact', () => {
  const assumption = { latex: 'A^\\top = A' }
  const fact = { left: transpose(read('A')), right: read('A'), assumption }

  it('is used by the engine, and its step carries the assumption', () => {
    const { answer, steps } = collect(startSimplifier({ facts: [fact] }).simplify(read("(A + A')*x")))
    expect(answer).toBe(read('2*A*x'))
    expect(steps.filter(step => step.assumption !== undefined).map(step => step.assumption)).toEqual([
      assumption,
    ])
  })

  it('is listed with the answers that use it', () => {
    const problem = readProblem("A in R^(n x n)\nx in R^n\nf = x'*A*x\ng = x'*x", {
      assumptions: ["A' = A"],
    })
    const asked = (of: string) => {
      const output = problem.definitions.find(({ symbol }) => symbol.name === of)!.symbol
      const wrt = problem.declarations.find(({ symbol }) => symbol.name === 'x')!.symbol
      return work({ ...problem, questions: [{ of: output, wrt, order: 1 }] }).answers[0]!
    }
    expect(problem.facts).toHaveLength(1)
    expect(asked('f').assumptions).toEqual([problem.facts[0]!.assumption])
    expect(asked('g').assumptions).toEqual([])
  })
})

describe('a condition', () => {
  const positive = [{ symbol: s, set: 'positive' as const }]

  it('that is proved lets its law fire, and one that is unknown does not', () => {
    for (const [text, known] of [
      ['abs(s)', 's'],
      ['sign(s)', '1'],
    ] as const) {
      const proved = collect(startSimplifier({ declarations: positive }).simplify(read(text))).answer
      expect(proved).toBe(read(known))
      expect(collect(startSimplifier().simplify(read(text))).answer).toBe(read(text))
    }
  })

  it('a transpose disappears only from a matrix known to be symmetric', () => {
    const declarations = [{ symbol: letters.find(({ name }) => name === 'A')!, set: 'symmetric' as const }]
    const { simplify } = startSimplifier({ declarations })
    expect(collect(simplify(read("A'*x"))).answer).toBe(read('A*x'))
    expect(collect(simplify(read("B'*x"))).answer).toBe(read("B'*x"))
  })

  it('a root of a square stays where the sign is unknown', () => {
    expect(collect(startSimplifier().simplify(read('sqrt(s^2)'))).answer).not.toBe(s)
  })
})
