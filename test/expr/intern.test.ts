import { describe, expect, it } from 'vitest'
import { rational } from '../../src/base/rational.js'
import { call, number, operation, symbol } from '../../src/expr/intern.js'
import type { Expr } from '../../src/expr/node.js'
import { SCALAR, shapeOf } from '../../src/expr/shape.js'
import { abstractFunction } from '../../src/ops/abstract.js'
import { circleConstant } from '../../src/ops/constants.js'
import { addition, hadamardProduct } from '../../src/ops/core.js'
import { letter, literal } from '../support/letters.js'

const HOSTILE = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf', '', '|', 'n,m', '#1']

describe('formulas of one structure', () => {
  it('are one node', () => {
    const [x, y] = [letter('x', 'n'), letter('y', 'n')]
    expect(letter('x', 'n')).toBe(x)
    expect(call(addition, [x, y])).toBe(call(addition, [x, y]))
    expect(number(rational(1, 2))).toBe(number(rational(2, 4)))
    expect(number(rational(1), shapeOf('n'))).toBe(number(rational(1), shapeOf('n')))
  })

  it('are one node among many with the same youngest argument', () => {
    const shared = letter('youngest')
    const others = Array.from({ length: 40 }, (_, i) => literal(i))
    const made = others.map(other => call(addition, [other, shared]))
    expect(others.map(other => call(addition, [other, shared]))).toEqual(made)
    for (const [i, other] of others.entries()) expect(call(addition, [other, shared])).toBe(made[i])
    expect(new Set(made).size).toBe(40)
  })

  it('are one node for a constant without arguments', () => {
    expect(call(circleConstant, [])).toBe(call(circleConstant, []))
  })

  it('have one operation for an unknown function of one name and order', () => {
    expect(abstractFunction('g', 1)).toBe(abstractFunction('g', 1))
    expect(abstractFunction('g', 1)).not.toBe(abstractFunction('g', 2))
    expect(abstractFunction('__proto__')).toBe(abstractFunction('__proto__'))
    const made = operation('a key of this test', () => addition)
    expect(operation('a key of this test', () => hadamardProduct)).toBe(made)
  })
})

describe('formulas that differ', () => {
  it('in a shape are different nodes', () => {
    const shapes = [SCALAR, shapeOf('n'), shapeOf(1, 'n'), shapeOf('n', 'n'), shapeOf(3), shapeOf('3')]
    expect(new Set(shapes.map(shape => symbol('x', shape))).size).toBe(shapes.length)
    expect(new Set(shapes.map(shape => number(rational(1), shape))).size).toBe(shapes.length)
  })

  it('in a role, an operation or an order of arguments are different nodes', () => {
    const [x, y] = [letter('x', 'n'), letter('y', 'n')]
    expect(symbol('n', SCALAR, 'dimension')).not.toBe(symbol('n', SCALAR, 'index'))
    expect(call(addition, [x, y])).not.toBe(call(hadamardProduct, [x, y]))
    expect(call(addition, [x, y])).not.toBe(call(addition, [y, x]))
  })

  it('in a sign or a denominator are different numbers', () => {
    expect(new Set([literal(2), literal(-2), literal(1, 2), literal(-1, 2)]).size).toBe(4)
  })
})

describe('a name', () => {
  it.each(HOSTILE)("may be '%s', and is that symbol only", name => {
    const made = symbol(name)
    expect(made.name).toBe(name)
    expect(symbol(name)).toBe(made)
    expect(symbol(name, shapeOf(name === '' ? 'n' : name)).name).toBe(name)
    expect(HOSTILE.filter(other => symbol(other) === made)).toEqual([name])
  })

  it('is told apart from a size with the same letters', () => {
    expect(symbol('b|c', shapeOf('a'))).not.toBe(symbol('c', shapeOf('a', 'b')))
    expect(symbol('x', shapeOf('n_{1,2}', 'k'))).not.toBe(symbol('x', shapeOf('n_{1}', 'n_{2,k}')))
  })
})

describe('a node', () => {
  it('is frozen with its arguments', () => {
    const sum: Expr = call(addition, [letter('x'), letter('y')])
    expect([sum, sum.args, ...sum.args].every(Object.isFrozen)).toBe(true)
    expect(() => Object.assign(sum, { op: hadamardProduct })).toThrowError(TypeError)
  })

  it('does not share the list its caller goes on to write to', () => {
    const args = [letter('x'), letter('y')]
    const sum = call(addition, args)
    args[0] = letter('z')
    expect(sum.args).toEqual([letter('x'), letter('y')])
  })

  it('knows its size as a tree and its depth', () => {
    const inner = call(addition, [letter('x'), letter('y')])
    const outer = call(hadamardProduct, [inner, inner])
    expect([inner.treeSize, inner.depth]).toEqual([3, 1])
    expect([outer.treeSize, outer.depth]).toEqual([7, 2])
  })
})
