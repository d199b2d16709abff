import { ONE } from '../../base/rational.js'
import { number } from '../../expr/intern.js'
import type { Facts } from '../../expr/law.js'
import type { Call, Expr } from '../../expr/node.js'
import { isScalar, lengthOf } from '../../expr/shape.js'
import {
  addition,
  divide,
  division,
  isCall,
  isOne,
  matrixProduct,
  multiplication,
  multiply,
  negate,
  summation,
  transpose,
  transposition,
  zeros,
} from '../../ops/core.js'
import { dimensionOf } from '../../ops/dimension.js'
import { summationOverIndex } from '../../ops/indexed.js'
import { raiseSum } from '../../ops/raise.js'
import { mean } from '../../ops/reductions.js'
import { factorsOf, productOf } from '../factors.js'
import { defineLaw } from '../law.js'

/** The vector whose entries a scalar adds up: `\mathbf{1}^\top x`, `\sum_i x_i`. */
function summedVector(node: Expr): Expr | undefined {
  const now = isCall(node, summationOverIndex) ? raiseSum(node) : node
  if (now === undefined) return undefined
  if (isCall(now, summation)) return now.args[0]
  if (!isCall(now, matrixProduct) || now.args.length !== 2) return undefined
  const [first, second] = now.args as readonly [Expr, Expr]
  if (isOne(first)) return second
  return isOne(second) ? transpose(first) : undefined
}

/** Whether a scalar is the mean of the entries of a vector, also where it is a name for that. */
function isMeanOf(scalar: Expr, vector: Expr, facts: Facts): boolean {
  const body = scalar.kind === 'sym' ? facts.body(scalar) : scalar
  if (body === undefined) return false
  const same = (other: Expr | undefined) =>
    other !== undefined && facts.classOf(other) === facts.classOf(vector)
  if (isCall(body, mean)) return same(body.args[0])
  const factors = factorsOf(multiply(dimensionOf(lengthOf(vector.shape)), body), facts)
  return same(summedVector(productOf(factors)))
}

/** The `c` of `c\,\mathbf{1}`, also of `(c\,\mathbf{1})/n`. */
function multipleOfOnes(term: Expr): Expr | undefined {
  if (isScalar(term.shape)) return undefined
  if (isOne(term)) return number(ONE)
  if (isCall(term, division)) {
    const [above, below] = term.args as readonly [Expr, Expr]
    const scalar = isScalar(below.shape) ? multipleOfOnes(above) : undefined
    return scalar && divide(scalar, below)
  }
  if (!isCall(term, multiplication)) return undefined
  const [array, ...more] = term.args.filter(arg => !isScalar(arg.shape))
  const scalar = array === undefined || more.length > 0 ? undefined : multipleOfOnes(array)
  const scalars = term.args.filter(arg => isScalar(arg.shape))
  return scalar && multiply(...scalars, ...(isOne(scalar) ? [] : [scalar]))
}

function isCentred(sum: Call, facts: Facts): boolean {
  if (sum.args.length !== 2) return false
  const [a, b] = sum.args as readonly [Expr, Expr]
  const centre = (vector: Expr, constant: Expr) => {
    const scalar = multipleOfOnes(constant)
    return scalar !== undefined && isMeanOf(negate(scalar), vector, facts)
  }
  return centre(a, b) || centre(b, a) || centre(negate(a), negate(b)) || centre(negate(b), negate(a))
}

/** What is divided by a scalar: the deviations themselves, of standardised ones. */
function numerator(node: Expr | undefined): Expr | undefined {
  return node !== undefined && isCall(node, division) ? node.args[0] : node
}

/** `\mathbf{1}^\top(x - \mu\mathbf{1})` where `\mu` is the mean of `x`. */
export const centredSum = defineLaw({
  id: 'deviations-add-up-to-zero',
  name: 'deviations from the mean add up to zero',
  statement: '\\mathbf{1}^\\top(x-\\mu\\mathbf{1})=0\\quad(\\mu=\\tfrac1n\\mathbf{1}^\\top x)',
  sentence: 'What lies above the mean and what lies below it cancel.',
  level: 'normal',
  example: "ones(n)'*(x - mean(x)*ones(n)) = 0",
  apply: (node, facts) => {
    if (node.args.length !== 2 || !isScalar(node.shape)) return undefined
    const [first, second] = node.args as readonly [Expr, Expr]
    if (!isOne(first) && !isOne(second)) return undefined
    const other = isOne(first) ? second : first
    const named = isCall(other, transposition) ? other.args[0]! : other
    const column = numerator(named.kind === 'sym' ? facts.body(named) : named)
    if (column === undefined || !isCall(column, addition) || column.shape.columns !== 1) return undefined
    return isCentred(column, facts) ? zeros(node.shape) : undefined
  },
})
