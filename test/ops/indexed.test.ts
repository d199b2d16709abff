import { beforeAll, describe, expect, test } from 'vitest'
import { rational } from '../../src/base/rational.js'
import { number, symbol } from '../../src/expr/intern.js'
import type { Call, Expr } from '../../src/expr/node.js'
import { SCALAR, shapeOf } from '../../src/expr/shape.js'
import { substitute } from '../../src/expr/walk.js'
import { add, isCall, multiply } from '../../src/ops/core.js'
import {
  basisVector,
  delta,
  entry,
  indexedProduct,
  indexedSum,
  member,
  summationOverIndex,
} from '../../src/ops/indexed.js'
import { squareOf } from '../../src/ops/powers.js'
import { loadTensors } from '../../src/tensor/load.js'
import type { Tensors } from '../../src/tensor/tensor.js'
import { evaluate } from '../support/evaluate.js'

let tensors: Tensors
beforeAll(async () => {
  tensors = await loadTensors()
})

const whole = (value: number) => number(rational(value))
const index = (name: string) => symbol(name, SCALAR, 'index')
const n = symbol('n', SCALAR, 'dimension')
const [i, j, k] = [index('i'), index('j'), index('k')]
const x = symbol('x', shapeOf('n'))
const A = symbol('A', shapeOf('n', 'n'))
const sumTo = (over: typeof i, body: Expr) => indexedSum(over, whole(1), n, body)

const sizes = new Map([['n', 3]])
const numeric = (node: Expr) => {
  const values = new Map<Expr, ReturnType<Tensors['create']>>([
    [x, tensors.create(3, 1, [2, -1, 5])],
    [A, tensors.create(3, 3, [1, 2, 3, 4, 5, 6, 7, 8, 9])],
  ])
  return tensors.toNested(evaluate(node, { algebra: tensors, values, sizes }))
}

describe('sums over an index', () => {
  test('are the same node whatever their index is called', () => {
    expect(sumTo(i, entry(x, i))).toBe(sumTo(k, entry(x, k)))
    const inner = (a: typeof i, b: typeof i) => sumTo(a, sumTo(b, entry(A, a, b)))
    expect(inner(i, j)).toBe(inner(j, i))
    expect(inner(i, j)).not.toBe(sumTo(i, sumTo(j, entry(A, j, i))))
  })

  test('keep a free index apart from their own', () => {
    const free = sumTo(i, multiply(entry(x, i), entry(x, j)))
    const renamed = substitute(free, new Map([[j, k]]))
    expect(renamed).toBe(sumTo(i, multiply(entry(x, i), entry(x, k))))
    expect(sumTo(j, free)).toBe(sumTo(k, sumTo(i, multiply(entry(x, i), entry(x, k)))))
    expect(numeric(sumTo(j, free))).toBe(36)
  })

  test('rename correctly when a sum grows inside two others', () => {
    const nested = sumTo(i, sumTo(j, entry(A, i, j))) as Call
    // The entry as it stands inside, with the bound names.
    const inside = (nested.args[3] as Call).args[3]!
    const grown = substitute(nested, new Map([[inside, sumTo(k, multiply(entry(x, k), inside))]]))
    expect(grown).toBe(sumTo(i, sumTo(j, sumTo(k, multiply(entry(x, k), entry(A, i, j))))))
    expect(numeric(grown)).toBe(6 * 45)
  })

  test('rename correctly when a sum inside disappears', () => {
    const nested = sumTo(i, multiply(entry(x, i), sumTo(j, multiply(entry(x, j), sumTo(k, entry(x, k))))))
    const innermost = sumTo(k, entry(x, k))
    const shrunk = substitute(nested, new Map([[innermost, whole(6)]]))
    expect(shrunk).toBe(sumTo(i, multiply(entry(x, i), sumTo(j, multiply(entry(x, j), whole(6))))))
    expect(numeric(shrunk)).toBe(216)
  })

  test('take bounds from outside', () => {
    const triangle = sumTo(i, indexedSum(j, whole(1), i, entry(A, i, j)))
    expect(numeric(triangle)).toBe(1 + 4 + 5 + 7 + 8 + 9)
    expect(numeric(indexedSum(i, whole(2), whole(1), x))).toEqual([0, 0, 0])
    expect(numeric(indexedProduct(i, whole(2), whole(1), entry(x, i)))).toBe(1)
  })

  test('push a change that depends on the index', () => {
    const d = symbol('d', shapeOf('n'))
    const node = sumTo(i, squareOf(entry(x, i))) as Call
    const bound = node.args[0] as typeof i
    const change = multiply(whole(2), entry(x, bound), entry(d, bound))
    expect(summationOverIndex.push!(change, node.args, 3, node)).toBe(
      sumTo(i, multiply(whole(2), entry(x, i), entry(d, i))),
    )
  })

  test('stay apart from others when they are added', () => {
    const both = add(sumTo(i, entry(x, i)), sumTo(j, squareOf(entry(x, j)))) as Call
    expect(both.args.every(term => isCall(term, summationOverIndex))).toBe(true)
    expect(numeric(both)).toBe(36)
  })
})

describe('products over an index', () => {
  test('multiply scalars, and refuse arrays', () => {
    expect(numeric(indexedProduct(i, whole(1), n, entry(x, i)))).toBe(-10)
    expect(() => indexedProduct(i, whole(1), n, x)).toThrow(/factors of a product .* not n×1/)
  })

  test('change by the sum of relative changes', () => {
    const node = indexedProduct(i, whole(1), n, entry(x, i)) as Call
    const change = node.op.push!(whole(1), node.args, 3, node)
    expect(numeric(change)).toBeCloseTo(-10 * (1 / 2 - 1 + 1 / 5), 12)
  })
})

describe('selectors', () => {
  test('are bounded by literal sizes', () => {
    const v = symbol('v', shapeOf(3))
    expect(() => entry(v, whole(4))).toThrow(/index 4 is not among 1, …, 3/)
    expect(() => entry(v, whole(0))).toThrow(/index 0/)
    expect(() => entry(A, i)).toThrow(/needs two indices/)
    expect(() => basisVector(whole(4), 3)).toThrow(/index 4/)
    expect(entry(symbol('s', SCALAR), i)).toBe(symbol('s', SCALAR))
  })

  test('give members of a family as columns', () => {
    const family = symbol('X', shapeOf('N', 'd'))
    expect(member(family, i).shape).toEqual(shapeOf('d'))
  })

  test('compare indices', () => {
    expect(numeric(sumTo(i, sumTo(j, multiply(delta(i, j), entry(A, i, j)))))).toBe(15)
  })
})
