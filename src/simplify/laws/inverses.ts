import { toNumber } from '../../base/rational.js'
import type { Facts, Law } from '../../expr/law.js'
import type { Expr } from '../../expr/node.js'
import { isCall, matrixProduct, multiply, transpose, transposition } from '../../ops/core.js'
import { identity, inverse, inverseOf, matrixPower, matrixPowerOf } from '../../ops/matrix.js'
import { defineLaw } from '../law.js'

/** Inverses and powers among the factors of a product of matrices. */

const inverseFactor = defineLaw({
  id: 'inverse-cancels',
  name: 'a matrix times its inverse',
  statement: 'X^{-1}X=I',
  sentence: 'A matrix and its inverse cancel.',
  needs: [inverse],
  example: 'inv(A)*A*x = x',
  apply: (node, facts) => {
    for (let i = 1; i < node.args.length; i++) {
      const [a, b] = [node.args[i - 1]!, node.args[i]!]
      if (!cancels(a, b, facts)) continue
      const rest = [...node.args.slice(0, i - 1), ...node.args.slice(i + 1)]
      return rest.length === 0 ? identity(a.shape.rows) : multiply(...rest)
    }
    return undefined
  },
})

/** Whether one of two neighbours is the inverse of the other, both transposed or neither. */
function cancels(a: Expr, b: Expr, facts: Facts): boolean {
  if (isCall(a, transposition) && isCall(b, transposition)) return cancels(b.args[0]!, a.args[0]!, facts)
  const isInverse = (one: Expr, other: Expr) => {
    const inside = isCall(one, inverse) ? one : isCall(one, transposition) ? one.args[0]! : undefined
    if (inside === undefined || !isCall(inside, inverse)) return false
    const of = inside === one ? inside.args[0]! : transpose(inside.args[0]!)
    return facts.classOf(of) === facts.classOf(other)
  }
  return isInverse(a, b) || isInverse(b, a)
}

/** The inverse of a product of square matrices, factor by factor; undefined for anything else. */
function invertedFactors(node: Expr): readonly Expr[] | undefined {
  const isTransposed = isCall(node, transposition)
  const inside = isTransposed ? node.args[0]! : node
  const product = isCall(inside, inverse) ? inside.args[0]! : undefined
  if (product === undefined || !isCall(product, matrixProduct)) return undefined
  if (product.args.some(arg => arg.shape.rows !== product.shape.rows)) return undefined
  const factors = product.args.map(inverseOf)
  return isTransposed ? factors.map(transpose) : factors.reverse()
}

const inverseOfProduct = defineLaw({
  id: 'inverse-of-a-product',
  name: 'the inverse of a product',
  statement: '(AB)^{-1}=B^{-1}A^{-1}',
  sentence:
    'A product of square matrices is inverted factor by factor in reverse order; done where something cancels.',
  source: 'matrix-cookbook:2',
  needs: [inverse],
  example: 'inv(A*B)*A*x = inv(B)*x',
  apply: (node, facts) => {
    for (const [i, arg] of node.args.entries()) {
      const factors = invertedFactors(arg)
      if (factors === undefined) continue
      const [before, after] = [node.args[i - 1], node.args[i + 1]]
      const helps =
        (before !== undefined && cancels(before, factors[0]!, facts)) ||
        (after !== undefined && cancels(factors[factors.length - 1]!, after, facts))
      if (helps) return multiply(...node.args.slice(0, i), ...factors, ...node.args.slice(i + 1))
    }
    return undefined
  },
})

const equalNeighbours = defineLaw({
  id: 'square-of-a-matrix',
  name: 'power of a matrix',
  statement: 'XX=X^2',
  sentence: 'Equal neighbours in a product of square matrices make a power.',
  example: 'A*A*x = A^2*x',
  apply: node => {
    for (let i = 1; i < node.args.length; i++) {
      const [a, b] = [powerOf(node.args[i - 1]!), powerOf(node.args[i]!)]
      if (a === undefined || b === undefined || a.base !== b.base) continue
      const power = matrixPowerOf(a.base, a.exponent + b.exponent)
      return multiply(...node.args.slice(0, i - 1), power, ...node.args.slice(i + 1))
    }
    return undefined
  },
})

/** A square matrix as a power of another; an inverse is left as it is written. */
function powerOf(node: Expr): { readonly base: Expr; readonly exponent: number } | undefined {
  if (node.shape.rows !== node.shape.columns || node.kind === 'num') return undefined
  if (isCall(node, matrixPower)) {
    const exponent = node.args[1]!
    return exponent.kind === 'num' ? { base: node.args[0]!, exponent: toNumber(exponent.value) } : undefined
  }
  const inside = isCall(node, transposition) ? node.args[0]! : node
  return inside.kind === 'sym' ? { base: node, exponent: 1 } : undefined
}

export const inverseChainLaws: readonly Law[] = Object.freeze([
  inverseFactor,
  inverseOfProduct,
  equalNeighbours,
])
