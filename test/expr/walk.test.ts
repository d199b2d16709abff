import { describe, expect, it } from 'vitest'
import { call, symbol } from '../../src/expr/intern.js'
import type { Expr, Sym } from '../../src/expr/node.js'
import { SCALAR, shapeOf } from '../../src/expr/shape.js'
import { dependsOn, postorder, substitute, symbolsOf } from '../../src/expr/walk.js'
import { sigmoid } from '../../src/ops/activations.js'
import { applyOp } from '../../src/ops/apply.js'
import { add, addition, multiply } from '../../src/ops/core.js'
import { indexedSum, member } from '../../src/ops/indexed.js'
import { letter, literal } from '../support/letters.js'

const [x, y, z] = ['x', 'y', 'z'].map(name => letter(name)) as [Sym, Sym, Sym]

function nested(depth: number, inside: Expr): Expr {
  let node = inside
  for (let i = 0; i < depth; i++) node = applyOp(sigmoid, node)
  return node
}

describe('a walk from the leaves up', () => {
  it('meets arguments before the calls that use them, from left to right, shared ones once', () => {
    const product = multiply(x, y)
    const root = add(product, z, applyOp(sigmoid, product))
    expect(postorder([root])).toEqual([x, y, product, z, applyOp(sigmoid, product), root])
  })

  it('takes several roots one after the other', () => {
    const [sum, product] = [add(x, y), multiply(y, z)]
    expect(postorder([sum, product, sum])).toEqual([x, y, sum, z, product])
  })

  it('leaves out what it has seen, and what it is told not to enter', () => {
    const [inner, outer] = [add(x, y), multiply(add(x, y), z)]
    expect(postorder([outer], () => true, new Set([inner]))).toEqual([z, outer])
    expect(postorder([outer], node => node !== inner)).toEqual([inner, z, outer])
  })

  it('goes 100,000 deep', () => {
    const root = nested(100_000, x)
    expect(postorder([root])).toHaveLength(100_001)
    expect(dependsOn(root, new Set([x]))).toBe(true)
    expect(dependsOn(root, new Set([y]))).toBe(false)
    expect(substitute(root, new Map([[x, y]]))).toBe(nested(100_000, y))
  })

  it('is linear in the nodes of a formula that is exponential as a tree', () => {
    let node: Expr = x
    for (let i = 0; i < 200; i++) node = call(addition, [node, node])
    expect(node.treeSize).toBeGreaterThan(2 ** 200)
    expect(postorder([node])).toHaveLength(201)
    expect(symbolsOf([node])).toEqual([x])
  })
})

describe('the symbols of a formula', () => {
  it('come in the order of their first appearance, bound indices left out', () => {
    const [X, i] = [letter('X', 'N', 'd'), symbol('i', SCALAR, 'index')]
    const N = symbol('N', SCALAR, 'dimension')
    const sum = indexedSum(i, literal(1), N, multiply(y, member(X, i)))
    expect(symbolsOf([sum, x])).toEqual([N, y, X, x])
  })
})

describe('replacing', () => {
  it('gives the same node where nothing changed', () => {
    const root = add(multiply(x, y), z)
    expect(substitute(root, new Map([[letter('w'), x]]))).toBe(root)
  })

  it('goes through the constructors: a sum put into a sum is opened', () => {
    expect(substitute(add(x, z), new Map<Expr, Expr>([[x, add(x, y)]]))).toBe(add(x, y, z))
  })

  it('does not search what it puts in', () => {
    expect(
      substitute(
        multiply(x, y),
        new Map<Expr, Expr>([
          [x, y],
          [y, x],
        ]),
      ),
    ).toBe(multiply(y, x))
  })

  it('takes whole formulas as well as symbols', () => {
    expect(substitute(multiply(add(x, y), z), new Map<Expr, Expr>([[add(x, y), z]]))).toBe(multiply(z, z))
  })

  it('raises ShapeError where the new part does not fit', () => {
    const [v, w] = [letter('v', 'n'), symbol('w', shapeOf('m'))]
    expect(() => substitute(add(v, letter('u', 'n')), new Map<Expr, Expr>([[v, w]]))).toThrowError(
      expect.objectContaining({ name: 'ShapeError' }),
    )
  })
})
