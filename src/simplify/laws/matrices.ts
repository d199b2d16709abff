import type { Law, Rewrite } from '../../expr/law.js'
import type { Call, Expr } from '../../expr/node.js'
import { isColumn, isScalar } from '../../expr/shape.js'
import {
  add,
  addition,
  divide,
  divideEach,
  division,
  hadamard,
  hadamardProduct,
  hadamardQuotient,
  isCall,
  isOne,
  isZero,
  matrixProduct,
  multiplication,
  multiply,
  ones,
  transpose,
  transposition,
  zeros,
} from '../../ops/core.js'
import {
  diagonalMatrix,
  diagonalMatrixOf,
  identity,
  identityMatrix,
  inverse,
  inverseOf,
} from '../../ops/matrix.js'
import { factorsOf, productOf } from '../factors.js'
import { declaredFact, defineLaw } from '../law.js'
import { chainOf } from './chains.js'

// ----------------------------------------------------------------------------------------------- matrix products

const zeroChain = defineLaw({
  id: 'zero-matrix-factor',
  name: 'a zero factor',
  statement: '0\\,X=0',
  sentence: 'A product with a zero matrix is zero.',
  example: 'zeros(n, n)*x = zeros(n)',
  apply: node => (node.args.some(isZero) ? zeros(node.shape) : undefined),
})

const identityFactor = defineLaw({
  id: 'identity-factor',
  name: 'a factor of identity',
  statement: 'IX=X',
  sentence: 'The identity matrix leaves what it multiplies unchanged.',
  example: 'eye(n)*x = x',
  apply: node => {
    const kept = node.args.filter(arg => !isCall(arg, identityMatrix))
    if (kept.length === node.args.length) return undefined
    return kept.length === 0 ? node.args[0]! : multiply(...kept)
  },
})

const scalarOutOfChain = defineLaw({
  id: 'scalar-out-of-a-matrix-product',
  name: 'take a scalar out of a product',
  statement: 'A\\,\\frac{B}{c}=\\frac{AB}{c}',
  sentence: 'A scalar divisor of one factor divides the whole product.',
  example: '(A/s)*x = 1/s*A*x',
  apply: node => {
    const at = node.args.findIndex(arg => isCall(arg, division))
    if (at < 0) return undefined
    const [above, below] = (node.args[at] as Call).args as readonly [Expr, Expr]
    return divide(multiply(...node.args.map((arg, i) => (i === at ? above : arg))), below)
  },
})

const onesProduct = defineLaw({
  id: 'product-of-ones',
  name: 'product of a column and a row of equal entries',
  statement: '\\mathbf{1}\\mathbf{1}^\\top',
  sentence: 'A column of equal entries times a row of equal entries is a matrix of equal entries.',
  example: "ones(n)*ones(n)' = ones(n, n)",
  apply: node => {
    for (let i = 1; i < node.args.length; i++) {
      const [a, b] = [node.args[i - 1]!, node.args[i]!]
      if (
        a.kind !== 'num' ||
        b.kind !== 'num' ||
        !isOne(a) ||
        !isOne(b) ||
        !isColumn(a.shape) ||
        b.shape.rows !== 1
      )
        continue
      const filled = ones({ rows: a.shape.rows, columns: b.shape.columns })
      return multiply(...node.args.slice(0, i - 1), filled, ...node.args.slice(i + 1))
    }
    return undefined
  },
})

const diagonalTimes = defineLaw({
  id: 'diagonal-times-vector',
  name: 'a diagonal matrix times a vector',
  statement: '\\operatorname{diag}(a)\\,b=a\\odot b',
  sentence: 'A diagonal matrix multiplies a vector entry by entry.',
  source: 'parr-howard:4.2',
  level: 'normal',
  example: 'diag(x)*y = x .* y',
  apply: node => {
    const last = node.args.length - 1
    const [first, second] = [node.args[0]!, node.args[1]!]
    if (isCall(node.args[last - 1]!, diagonalMatrix) && isColumn(node.args[last]!.shape)) {
      const scaled = hadamard((node.args[last - 1] as Call).args[0]!, node.args[last]!)
      return multiply(...node.args.slice(0, last - 1), scaled)
    }
    if (isCall(second, diagonalMatrix) && first.shape.rows === 1) {
      const scaled = transpose(hadamard(transpose(first), second.args[0]!))
      return multiply(scaled, ...node.args.slice(2))
    }
    if (!isCall(first, diagonalMatrix) || !isCall(second, diagonalMatrix)) return undefined
    return multiply(diagonalMatrixOf(hadamard(first.args[0]!, second.args[0]!)), ...node.args.slice(2))
  },
})

/** `x^\top (y ⊘ x)`: the product under the sum cancels. */
const cancelInInnerProduct = defineLaw({
  id: 'cancel-in-an-inner-product',
  name: 'cancel entry by entry',
  statement: 'x^\\top(y\\oslash x)=\\mathbf{1}^\\top y',
  sentence: 'In an inner product a factor and the same divisor cancel entry by entry.',
  example: "x'*(y ./ x) = ones(n)'*y",
  apply: (node, facts) => {
    if (node.args.length !== 2 || !isScalar(node.shape)) return undefined
    const column = transpose(node.args[0]!)
    const factors = factorsOf(hadamard(column, node.args[1]!), facts)
    return factors.cancelled ? multiply(transpose(ones(column.shape)), productOf(factors)) : undefined
  },
})

/** A chain after the identities, and the diagonal matrices that meet ones, have gone. */
function shortChain(factors: readonly Expr[]): Expr {
  const kept = factors.filter(factor => !isCall(factor, identityMatrix))
  if (kept.length === 0) return factors[0]!
  const at = kept.findIndex((factor, i) => isCall(factor, diagonalMatrix) && isOneColumn(kept[i + 1]))
  if (at < 0) return multiply(...kept)
  return multiply(...kept.slice(0, at), (kept[at] as Call).args[0]!, ...kept.slice(at + 2))
}

function isOneColumn(node: Expr | undefined): boolean {
  return node !== undefined && isOne(node) && isColumn(node.shape)
}

const diagonalTimesSum = defineLaw({
  id: 'multiply-out-a-diagonal-matrix',
  name: 'multiply out a diagonal matrix',
  statement: '\\operatorname{diag}(p)(I-\\mathbf{1}p^\\top)=\\operatorname{diag}(p)-pp^\\top',
  sentence: 'A diagonal matrix is multiplied into a sum with the identity where the result is shorter.',
  level: 'normal',
  example: "diag(x)*(eye(n) - ones(n)*x') = diag(x) - x*x'",
  apply: node => {
    const at = node.args.findIndex((arg, i) => {
      const beside = [node.args[i - 1], node.args[i + 1]]
      return (
        isCall(arg, addition) && beside.some(other => other !== undefined && isCall(other, diagonalMatrix))
      )
    })
    if (at < 0) return undefined
    const terms = (node.args[at] as Call).args.map(term => {
      const { scalars, chain } = chainOf(term)
      return multiply(
        ...scalars,
        shortChain([...node.args.slice(0, at), ...chain, ...node.args.slice(at + 1)]),
      )
    })
    const to = add(...terms)
    return to.treeSize < node.treeSize ? to : undefined
  },
})

const inverseFactor = defineLaw({
  id: 'inverse-cancels',
  name: 'a matrix times its inverse',
  statement: 'X^{-1}X=I',
  sentence: 'A matrix and its inverse cancel.',
  example: 'inv(A)*A*x = x',
  apply: (node, facts) => {
    for (let i = 1; i < node.args.length; i++) {
      const [a, b] = [node.args[i - 1]!, node.args[i]!]
      const cancels =
        (isCall(a, inverse) && facts.classOf(a.args[0]!) === facts.classOf(b)) ||
        (isCall(b, inverse) && facts.classOf(b.args[0]!) === facts.classOf(a))
      if (!cancels) continue
      const rest = [...node.args.slice(0, i - 1), ...node.args.slice(i + 1)]
      return rest.length === 0 ? identity(a.shape.rows) : multiply(...rest)
    }
    return undefined
  },
})

/** Longer chains than this are not searched for declared parts. */
const LONGEST_SEARCH = 12

const factInChain = defineLaw({
  id: 'declared-fact-in-a-product',
  name: 'by assumption',
  statement: 'AB\\,C=D\\,C\\quad(AB=D)',
  sentence: 'The author declared a part of the product to be equal to something simpler.',
  source: 'author',
  level: 'brief',
  example: 'A*x = A*x',
  apply: (node, facts): Rewrite | undefined => {
    const { args } = node
    if (args.length < 3 || args.length > LONGEST_SEARCH) return undefined
    for (let length = args.length - 1; length >= 2; length--) {
      for (let at = 0; at + length <= args.length; at++) {
        const found = facts.equal(multiply(...args.slice(at, at + length)))
        if (found === undefined) continue
        const to = multiply(...args.slice(0, at), found.to, ...args.slice(at + length))
        return { to, rule: declaredFact, assumption: found.assumption }
      }
    }
    return undefined
  },
})

export const matrixProductLaws: readonly Law[] = Object.freeze([
  zeroChain,
  identityFactor,
  scalarOutOfChain,
  factInChain,
  onesProduct,
  diagonalTimes,
  diagonalTimesSum,
  cancelInInnerProduct,
  inverseFactor,
])

// ---------------------------------------------------------------------------------------------------- transposes

const transposeOfProduct = defineLaw({
  id: 'transpose-of-a-product',
  name: 'transpose of a product',
  statement: '(AB)^\\top=B^\\top A^\\top',
  sentence: 'The transpose of a product is the product of the transposes in reverse order.',
  example: "(A*B)' = B'*A'",
  apply: node => {
    const inside = node.args[0]!
    if (isCall(inside, matrixProduct)) return multiply(...inside.args.map(transpose).reverse())
    if (isCall(inside, multiplication)) return multiply(...inside.args.map(transpose))
    if (isCall(inside, division)) return divide(transpose(inside.args[0]!), inside.args[1]!)
    return undefined
  },
})

const transposeOfSymmetric = defineLaw({
  id: 'transpose-of-a-symmetric-matrix',
  name: 'transpose of a symmetric matrix',
  statement: 'A^\\top=A',
  sentence: 'A symmetric matrix is its own transpose.',
  example: "eye(n)' = eye(n)",
  apply: (node, facts) => {
    const inside = node.args[0]!
    return facts.symmetric(inside) || isCall(inside, diagonalMatrix) ? inside : undefined
  },
})

function transposesIn(nodes: readonly Expr[]): number {
  return nodes.filter(node => isCall(node, transposition)).length
}

const transposeOfSum = defineLaw({
  id: 'transpose-of-a-sum',
  name: 'transpose of a sum',
  statement: '(A+B)^\\top=A^\\top+B^\\top',
  sentence: 'A sum is transposed term by term; done where it leaves fewer transposes.',
  example: "(A + A')' = A' + A",
  apply: (node, facts) => {
    const inside = node.args[0]!
    const join = isCall(inside, addition)
      ? add
      : isCall(inside, hadamardProduct)
        ? hadamard
        : isCall(inside, hadamardQuotient)
          ? (a: Expr, b: Expr) => divideEach(a, b)
          : undefined
    if (join === undefined || inside.kind !== 'call') return undefined
    const parts = inside.args.map(arg => (facts.symmetric(arg) ? arg : transpose(arg)))
    if (transposesIn(parts) > transposesIn(inside.args)) return undefined
    return (join as (...args: readonly Expr[]) => Expr)(...parts)
  },
})

export const transposeLaws: readonly Law[] = Object.freeze([
  transposeOfProduct,
  transposeOfSymmetric,
  transposeOfSum,
])

// ---------------------------------------------------------------------------------------- sums of entries, diagonals

const sumOfVector = defineLaw({
  id: 'sum-as-product-with-ones',
  name: 'a sum of entries as a product with ones',
  statement: '\\sum_i x_i=\\mathbf{1}^\\top x',
  sentence: 'The sum of the entries of a vector is its product with the vector of ones.',
  example: "sum(x) = ones(n)'*x",
  apply: node => {
    const inside = node.args[0]!
    if (inside.shape.columns === 1) return multiply(transpose(ones(inside.shape)), inside)
    if (inside.shape.rows === 1) return multiply(inside, transpose(ones(inside.shape)))
    return undefined
  },
})

const scalarOutOfSum = defineLaw({
  id: 'number-out-of-a-sum',
  name: 'take a scalar out of a sum',
  statement: '\\sum_i c\\,x_i=c\\sum_i x_i',
  sentence: 'A scalar factor is taken out of a sum over entries.',
  example: 'sum(s*A) = s*sum(A)',
  apply: node => {
    const inside = node.args[0]!
    if (!isCall(inside, multiplication) || isScalar(inside.shape)) return undefined
    const array = inside.args.find(arg => !isScalar(arg.shape))!
    const scalars = inside.args.filter(arg => isScalar(arg.shape))
    const rebuilt = node.op.make?.([array], node)
    return rebuilt && multiply(...scalars, rebuilt)
  },
})

const rowSumsAsProduct = defineLaw({
  id: 'row-sums-as-product',
  name: 'row sums as a product with ones',
  statement: '\\operatorname{rowsum}(X)=X\\mathbf{1}',
  sentence: 'The row sums of a matrix are its product with the vector of ones.',
  example: 'rowsum(A) = A*ones(n)',
  apply: node => {
    const inside = node.args[0]!
    return multiply(inside, ones({ rows: inside.shape.columns, columns: 1 }))
  },
})

const columnSumsAsProduct = defineLaw({
  id: 'column-sums-as-product',
  name: 'column sums as a product with ones',
  statement: '\\operatorname{colsum}(X)=\\mathbf{1}^\\top X',
  sentence: 'The column sums of a matrix are the product of the row of ones with it.',
  example: "colsum(A) = ones(n)'*A",
  apply: node => {
    const inside = node.args[0]!
    return multiply(ones({ rows: 1, columns: inside.shape.rows }), inside)
  },
})

const diagonalOfOnes = defineLaw({
  id: 'diagonal-of-ones',
  name: 'the diagonal matrix of ones',
  statement: '\\operatorname{diag}(\\mathbf{1})=I',
  sentence: 'The diagonal matrix of ones is the identity.',
  example: 'diag(ones(n)) = eye(n)',
  apply: node => {
    const inside = node.args[0]!
    if (isZero(inside)) return zeros(node.shape)
    if (isOne(inside)) return identity(node.shape.rows)
    if (!isCall(inside, multiplication)) return undefined
    const array = inside.args.find(arg => !isScalar(arg.shape))!
    return multiply(...inside.args.filter(arg => arg !== array), diagonalMatrixOf(array))
  },
})

const diagonalOfDiagonal = defineLaw({
  id: 'diagonal-of-a-diagonal-matrix',
  name: 'the diagonal of a diagonal matrix',
  statement: '\\operatorname{diag}(\\operatorname{diag}(x))=x',
  sentence: 'Taking the diagonal undoes making a diagonal matrix.',
  example: 'diag(diag(x)) = x',
  apply: node => {
    const inside = node.args[0]!
    return isCall(inside, diagonalMatrix) ? inside.args[0] : undefined
  },
})

const inverseOfTranspose = defineLaw({
  id: 'inverse-of-a-transpose',
  name: 'the inverse of a transpose',
  statement: '(X^\\top)^{-1}=X^{-\\top}',
  sentence: 'Inverting and transposing may be exchanged.',
  example: "inv(A') = inv(A)'",
  apply: node => {
    const inside = node.args[0]!
    return isCall(inside, transposition) ? transpose(inverseOf(inside.args[0]!)) : undefined
  },
})

export const summationLaws: readonly Law[] = Object.freeze([sumOfVector, scalarOutOfSum])
export const rowSumLaws: readonly Law[] = Object.freeze([rowSumsAsProduct])
export const columnSumLaws: readonly Law[] = Object.freeze([columnSumsAsProduct])
export const diagonalMatrixLaws: readonly Law[] = Object.freeze([diagonalOfOnes])
export const diagonalOfLaws: readonly Law[] = Object.freeze([diagonalOfDiagonal])
export const inverseLaws: readonly Law[] = Object.freeze([inverseOfTranspose])
