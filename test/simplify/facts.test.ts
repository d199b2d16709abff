import { describe, expect, it } from 'vitest'
import { symbol } from '../../src/expr/intern.js'
import type { Expr, Sym } from '../../src/expr/node.js'
import type { EntrySet } from '../../src/expr/problem.js'
import { SCALAR } from '../../src/expr/shape.js'
import { applyOp } from '../../src/ops/apply.js'
import { squareRoot } from '../../src/ops/powers.js'
import { readExpression } from '../../src/parse/problem.js'
import { factsOf } from '../../src/simplify/facts.js'
import { letter } from '../support/letters.js'

const letters: readonly Sym[] = [
  ...['s', 't', 'u'].map(name => letter(name)),
  ...['x', 'y'].map(name => letter(name, 'n')),
  ...['A', 'B'].map(name => letter(name, 'n', 'n')),
]
const named = (name: string): Sym => letters.find(known => known.name === name)!
const read = (text: string): Expr => readExpression(text, { dialect: 'plain', declarations: letters })
const declare = (sets: Readonly<Record<string, EntrySet>>) =>
  Object.entries(sets).map(([name, set]) => ({ symbol: named(name), set }))

describe('a quantity is proved positive', () => {
  const facts = factsOf({
    declarations: declare({ s: 'positive', t: 'unit-interval', x: 'positive' }),
    definitions: [{ symbol: named('u'), body: read('s*t') }],
  })

  it.each(['s', 't', 'x', '3', '1/2', 's + t', 's*t', 's/t', 's^(-3)', 'exp(y)', 'sigmoid(y)'])(
    '%s',
    text => {
      expect(facts.positive(read(text))).toBe(true)
      expect(facts.nonzero(read(text))).toBe(true)
    },
  )

  it.each(["x'*x", 'x .* x', 'x ./ x', 'sqrt(s)', 'exp(y) + x'])('%s', text => {
    expect(facts.positive(read(text))).toBe(true)
  })

  it('through its definition', () => {
    expect(facts.positive(named('u'))).toBe(true)
    expect(factsOf({}).positive(named('u'))).toBe(false)
  })

  it('because it is a size', () => {
    expect(factsOf({}).positive(symbol('n', SCALAR, 'dimension'))).toBe(true)
    expect(factsOf({}).positive(symbol('n', SCALAR, 'variable'))).toBe(false)
  })
})

describe('what is not proved is answered with no', () => {
  const facts = factsOf({ declarations: declare({ s: 'positive', t: 'nonnegative', x: 'real' }) })

  it.each(['t', 'u', 'x', '0', '-3', 's - 1', '-s', 's + t', 'u^2', 'abs(u)', 'sin(s)', 'log(s)', 'tanh(s)'])(
    '%s is not called positive',
    text => {
      expect(facts.positive(read(text))).toBe(false)
    },
  )

  it('zero is not called non-zero, another number is', () => {
    expect(['0', '-3', '2', 'u'].map(text => facts.nonzero(read(text)))).toEqual([false, true, true, false])
  })

  it('nothing is known of a name nobody declared, whatever it looks like', () => {
    expect(factsOf({}).positive(letter('__proto__'))).toBe(false)
    expect(factsOf({}).body(letter('constructor'))).toBeUndefined()
  })

  it('a proof that would go too deep is given up', () => {
    let node: Expr = named('s')
    for (let i = 0; i < 100_000; i++) node = applyOp(squareRoot, node)
    expect(facts.positive(node)).toBe(false)
  })
})

describe('a matrix is symmetric', () => {
  it('where it was declared so, or is the identity or a filled square', () => {
    const facts = factsOf({ declarations: declare({ A: 'symmetric', B: 'positive-definite' }) })
    for (const text of ['A', 'B', 'eye(n)', 'ones(n, n)']) expect(facts.symmetric(read(text))).toBe(true)
    expect(facts.symmetric(read('A*B'))).toBe(false)
    expect(facts.symmetric(named('x'))).toBe(false)
    expect(factsOf({}).symmetric(named('A'))).toBe(false)
  })

  it('where the author declared it equal to its transpose, in either order', () => {
    const assumption = { latex: 'A = A^\\top' }
    for (const [left, right] of [
      ['A', "A'"],
      ["A'", 'A'],
    ] as const) {
      const facts = factsOf({ facts: [{ left: read(left), right: read(right), assumption }] })
      expect(facts.symmetric(named('A'))).toBe(true)
      expect(facts.symmetric(named('B'))).toBe(false)
      expect(facts.equal(read("A'"))).toEqual({ to: named('A'), assumption })
      expect(facts.equal(named('A'))).toBeUndefined()
    }
  })

  it('where its definition is', () => {
    const definitions = [{ symbol: named('A'), body: named('B') }]
    const facts = factsOf({ definitions, declarations: declare({ B: 'symmetric' }) })
    expect(facts.symmetric(named('A'))).toBe(true)
  })
})

describe('two formulas are of one class', () => {
  const { classOf } = factsOf({})
  const same = (a: string, b: string) => classOf(read(a)) === classOf(read(b))

  it.each([
    ['s + t', 't + s'],
    ['s*t*u', 'u*s*t'],
    ['x .* y', 'y .* x'],
    ['exp(s + t)*u', 'u*exp(t + s)'],
    ["x'*A*y", "y'*A'*x"],
    ["x'*y", "y'*x"],
  ])('where only what commutes has another order: %s and %s', (a, b) => {
    expect(same(a, b)).toBe(true)
  })

  it.each([
    ['A*B', 'B*A'],
    ['s - t', 't - s'],
    ['s/t', 't/s'],
    ["x*y'", "y*x'"],
    ["x'*A*y", "y'*A*x"],
  ])('and not where the order matters: %s and %s', (a, b) => {
    expect(same(a, b)).toBe(false)
  })
})
