import { describe, expect, it } from 'vitest'
import { NotDifferentiableError } from '../../src/base/errors.js'
import { work } from '../../src/derive/derive.js'
import { symbol } from '../../src/expr/intern.js'
import type { Expr, Sym } from '../../src/expr/node.js'
import { shapeOf } from '../../src/expr/shape.js'
import { abstractFunction } from '../../src/ops/abstract.js'
import { sigmoid } from '../../src/ops/activations.js'
import { applyOp } from '../../src/ops/apply.js'
import { add, multiply, transpose, zeros } from '../../src/ops/core.js'
import { basisVector, rowOf } from '../../src/ops/indexed.js'
import { literal } from '../support/letters.js'
import { problemFrom } from '../support/problems.js'

/** Two inputs, layers of two units, one output; every weight has its own name. */
function network(depth: number) {
  const weights: Sym[] = []
  const weight = (from: Sym, to: Sym) => {
    const made = symbol(`W_{${from.name},${to.name}}`)
    weights.push(made)
    return made
  }
  const unit = (name: string, layer: number, inputs: readonly Sym[]): readonly [Sym, Expr] => {
    const made = symbol(name)
    const total = add(...inputs.map(input => multiply(input, weight(input, made))))
    return [made, applyOp(abstractFunction(`g_${layer}`), total)]
  }
  const definitions: (readonly [Sym, Expr])[] = []
  let units: readonly Sym[] = [symbol('x_0'), symbol('x_1')]
  for (let layer = 1; layer <= depth; layer++) {
    const made = [0, 1].map(i => unit(`h_{${layer},${i}}`, layer, units))
    definitions.push(...made)
    units = made.map(([name]) => name)
  }
  const output = unit('y', depth + 1, units)
  definitions.push(output)
  return problemFrom(definitions, output[0], weights)
}

describe('one reverse pass', () => {
  it('gives all gradients of a network in steps that grow linearly with its depth', () => {
    const [short, long] = [50, 100].map(depth => work(network(depth)).steps.length) as [number, number]
    expect(long / short).toBeLessThan(2.05)
  })

  it('goes through a formula of 100,000 nested functions', () => {
    const x = symbol('x')
    let nested: Expr = x
    for (let i = 0; i < 100_000; i++) nested = applyOp(sigmoid, nested)
    const { answers, adjoints } = work(problemFrom([], nested, [x]))
    expect(answers).toHaveLength(1)
    expect(adjoints.length).toBeGreaterThan(1000)
  })

  it('goes through 100,000 definitions', () => {
    const definitions: (readonly [Sym, Expr])[] = []
    let last = symbol('v_0')
    for (let i = 1; i <= 100_000; i++) {
      const next = symbol(`v_{${i}}`)
      definitions.push([next, applyOp(sigmoid, last)])
      last = next
    }
    const { answers } = work(problemFrom(definitions, last, [symbol('v_0')]), { stage: false })
    expect(answers[0]?.kind).toBe('gradient')
  })

  it('treats a defined symbol that is asked for as an independent variable', () => {
    const [x, z, y] = [symbol('x'), symbol('z'), symbol('y')]
    const definitions = [
      [z, multiply(x, x)],
      [y, multiply(z, z)],
    ] as const
    const { answers } = work(problemFrom(definitions, y, [z, x]))
    expect(answers[0]!.expanded).toBe(multiply(literal(2), z))
    // By x, through z, with z left as the name it has.
    expect(answers[1]!.expanded).toBe(multiply(literal(4), z, x))
  })

  it('gives a zero of the shape of the variable where the function does not depend on it', () => {
    const [x, unused] = [symbol('x', shapeOf('n')), symbol('u', shapeOf('n', 'm'))]
    const { answers } = work(problemFrom([], multiply(transpose(x), x), [unused]))
    expect(answers[0]?.result).toBe(zeros(unused.shape))
  })

  it('adds what reaches a symbol over several paths, in reading order', () => {
    const [x, A] = [symbol('x', shapeOf('n')), symbol('A', shapeOf('n', 'n'))]
    const { answers } = work(problemFrom([], multiply(transpose(x), A, x), [x]))
    expect(answers[0]?.result).toBe(multiply(add(A, transpose(A)), x))
  })

  it('gives the gradient by a matrix of one of its rows in the place of that row', () => {
    const [X, a] = [symbol('X', shapeOf(3, 'n')), symbol('a', shapeOf('n'))]
    const second = literal(2)
    const { answers } = work(problemFrom([], multiply(rowOf(X, second), a), [X]))
    expect(answers[0]?.result).toBe(multiply(basisVector(second, 3), transpose(a)))
  })

  it('refuses a gradient of an array, and says what to ask for instead', () => {
    const x = symbol('x', shapeOf('n'))
    const problem = problemFrom([], x, [symbol('B', shapeOf('n', 'n'))], { order: 2 })
    expect(() => work(problem)).toThrowError(NotDifferentiableError)
  })
})
