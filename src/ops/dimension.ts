import { ShapeError } from '../base/errors.js'
import { isInteger, rational, toNumber } from '../base/rational.js'
import { productOfDims, sumOfDims, termsOfDim } from '../expr/dimension.js'
import { number, symbol } from '../expr/intern.js'
import type { Expr } from '../expr/node.js'
import { type Dim, SCALAR, shapeText } from '../expr/shape.js'
import { add, addition, isCall, multiplication, multiply } from './core.js'
import { powering } from './powers.js'

/** A size as a formula: `3`, the number `n`, `n+1`, `m n`. */
export function dimensionOf(dim: Dim): Expr {
  const terms = termsOfDim(dim).map(({ coefficient, names }) => {
    const factors = names.map(name => symbol(name, SCALAR, 'dimension'))
    if (factors.length === 0) return number(rational(coefficient))
    return coefficient === 1 ? multiply(...factors) : multiply(number(rational(coefficient)), ...factors)
  })
  return terms.length === 0 ? number(rational(0)) : add(...terms)
}

/** No size has more factors of one name. */
const MOST_FACTORS = 8

/**
 * The size a formula stands for: whole numbers, names of sizes, sums and products of these. Raises `ShapeError` for
 * anything else. Formulas of sizes are written by people, so recursion is safe.
 */
export function dimOf(node: Expr): Dim {
  if (node.kind === 'num' && isInteger(node.value)) return toNumber(node.value)
  if (node.kind === 'sym' && node.role === 'dimension') return node.name
  if (isCall(node, addition)) return node.args.map(dimOf).reduce(sumOfDims)
  if (isCall(node, multiplication)) return node.args.map(dimOf).reduce(productOfDims)
  if (isCall(node, powering)) {
    const [base, exponent] = node.args as [Expr, Expr]
    const count = exponent.kind === 'num' && isInteger(exponent.value) ? toNumber(exponent.value) : 0
    if (count >= 1 && count <= MOST_FACTORS) {
      return Array.from({ length: count }, () => dimOf(base)).reduce(productOfDims)
    }
  }
  const what = node.kind === 'sym' ? node.name : shapeText(node.shape)
  throw new ShapeError('not-a-size', `a size is a whole number or the name of one, not ${what}`, {
    hint: 'sizes are the letters used in declarations such as x \\in \\mathbb{R}^n',
  })
}
