import type { Assumption, Facts, Law, Rewrite } from '../../expr/law.js'
import type { Call, Expr } from '../../expr/node.js'
import { isColumn, isMatrix, isScalar } from '../../expr/shape.js'
import {
  add,
  addition,
  divide,
  division,
  hadamard,
  hadamardProduct,
  isCall,
  isOne,
  isZero,
  multiplication,
  multiply,
  ones,
  transpose,
  transposition,
  zeros,
} from '../../ops/core.js'
import { diagonalMatrix, diagonalMatrixOf, identity, identityMatrix } from '../../ops/matrix.js'
import { factorsOf, productOf } from '../factors.js'
import { declaredFact, defineLaw } from '../law.js'
import { sumOfTerms } from '../terms.js'
import { centredSum } from './centred.js'
import { chainOf } from './chains.js'
import { numberOutOfFactor } from './content.js'
import { inverseChainLaws } from './inverses.js'

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
    const [a, b] = [node.args[0]!, node.args[1]!]
    if (node.args.length !== 2 || !isOne(a) || !isOne(b) || !isColumn(a.shape) || b.shape.rows !== 1)
      return undefined
    return ones({ rows: a.shape.rows, columns: b.shape.columns })
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
    const { args } = node
    for (let i = 1; i < args.length; i++) {
      const joined = joinDiagonal(args[i - 1]!, args[i]!)
      if (joined !== undefined) return multiply(...args.slice(0, i - 1), joined, ...args.slice(i + 1))
    }
    return undefined
  },
})

/** Two neighbours in a chain, one of them diagonal, where their product is again a vector or diagonal. */
function joinDiagonal(a: Expr, b: Expr): Expr | undefined {
  const [left, right] = [isCall(a, diagonalMatrix), isCall(b, diagonalMatrix)]
  if (left && right) return diagonalMatrixOf(each((a as Call).args[0]!, (b as Call).args[0]!))
  if (left && isColumn(b.shape)) return each((a as Call).args[0]!, b)
  if (right && a.shape.rows === 1) return transpose(each(transpose(a), (b as Call).args[0]!))
  return undefined
}

/** The product entry by entry of a column with another, the one or the other of which may be all ones. */
function each(a: Expr, b: Expr): Expr {
  const [first, second] = [isColumn(a.shape) ? a : transpose(a), isColumn(b.shape) ? b : transpose(b)]
  if (isOne(first)) return second
  return isOne(second) ? first : hadamard(first, second)
}

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

/** A chain after the identities, and the diagonal matrices that meet vectors or others of their kind, have gone. */
function shortChain(factors: readonly Expr[], facts: Facts): Expr {
  const kept = factors.filter(factor => !isCall(factor, identityMatrix))
  if (kept.length === 0) return factors[0]!
  for (let i = 1; i < kept.length; i++) {
    const joined = joinDiagonal(kept[i - 1]!, kept[i]!)
    if (joined === undefined) continue
    return multiply(...kept.slice(0, i - 1), shortened(joined, facts), ...kept.slice(i + 1))
  }
  return multiply(...kept)
}

/** A product entry by entry after factors have cancelled, also on a diagonal or in a row. */
function shortened(node: Expr, facts: Facts): Expr {
  if (isCall(node, hadamardProduct)) return productOf(factorsOf(node, facts))
  if (isCall(node, transposition)) return transpose(shortened(node.args[0]!, facts))
  if (!isCall(node, diagonalMatrix)) return node
  const inside = shortened(node.args[0]!, facts)
  return isOne(inside) ? identity(node.shape.rows) : diagonalMatrixOf(inside)
}

const diagonalTimesSum = defineLaw({
  id: 'multiply-out-a-diagonal-matrix',
  name: 'multiply out a diagonal matrix',
  statement: '\\operatorname{diag}(p)(I-\\mathbf{1}p^\\top)=\\operatorname{diag}(p)-pp^\\top',
  sentence: 'A diagonal matrix is multiplied into a sum with the identity where the result is shorter.',
  level: 'normal',
  example: "diag(x)*(eye(n) - ones(n)*x') = diag(x) - x*x'",
  apply: (node, facts) => {
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
        shortChain([...node.args.slice(0, at), ...chain, ...node.args.slice(at + 1)], facts),
      )
    })
    const to = add(...terms)
    return to.treeSize < node.treeSize ? to : undefined
  },
})

/** `\mathbf{1}_{m \times n}` between other factors is a column of ones and a row of ones. */
const onesInChain = defineLaw({
  id: 'matrix-of-ones-in-a-product',
  name: 'a matrix of ones as a product',
  statement: 'A\\,\\mathbf{1}_{n\\times m}=A\\mathbf{1}\\mathbf{1}^\\top',
  sentence: 'Multiplying by a matrix of ones adds up the rows and copies the sums.',
  example: "A*ones(n, n)*B = A*ones(n)*ones(n)'*B",
  apply: node => {
    const at = node.args.findIndex(arg => isOne(arg) && isMatrix(arg.shape))
    if (at < 0) return undefined
    const { rows, columns } = node.args[at]!.shape
    const [column, row] = [ones({ rows, columns: 1 }), ones({ rows: 1, columns })]
    return multiply(...node.args.slice(0, at), column, row, ...node.args.slice(at + 1))
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

/** The longest sum that is multiplied out to see whether a declared fact applies to its terms. */
const LONGEST_SUM = 6

const factOverSum = defineLaw({
  id: 'multiply-out-by-assumption',
  name: 'multiply out, by assumption',
  statement: 'A(Bx-y)=Dx-Ay\\quad(AB=D)',
  sentence:
    'A product is multiplied into a sum where the author declared what that makes of a term, and it is shorter.',
  source: 'author',
  level: 'normal',
  needs: [addition],
  example: 'A*(x - y) = A*(x - y)',
  apply: (node, facts): Rewrite | undefined => {
    if (!facts.declares) return undefined
    const at = node.args.findIndex(arg => isCall(arg, addition))
    const sum = node.args[at]
    if (sum?.kind !== 'call' || sum.args.length > LONGEST_SUM || node.args.length > LONGEST_SEARCH)
      return undefined
    let assumption: Assumption | undefined
    const terms = sum.args.map(term => {
      const { scalars, chain } = chainOf(term)
      let links = [...node.args.slice(0, at), ...chain, ...node.args.slice(at + 1)]
      for (let i = 1; i < links.length; i++) {
        const found = facts.equal(multiply(links[i - 1]!, links[i]!))
        if (found === undefined) continue
        assumption ??= found.assumption
        links = [...links.slice(0, i - 1), found.to, ...links.slice(i + 1)]
      }
      return multiply(...scalars, shortChain(links, facts))
    })
    const to = sumOfTerms(terms, node.shape, facts)
    return assumption !== undefined && to.treeSize < node.treeSize ? { to, assumption } : undefined
  },
})

export const matrixProductLaws: readonly Law[] = Object.freeze([
  zeroChain,
  identityFactor,
  scalarOutOfChain,
  factInChain,
  factOverSum,
  onesProduct,
  onesInChain,
  diagonalTimes,
  diagonalTimesSum,
  cancelInInnerProduct,
  ...inverseChainLaws,
  centredSum,
  numberOutOfFactor,
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

export const summationLaws: readonly Law[] = Object.freeze([sumOfVector, scalarOutOfSum])
export const rowSumLaws: readonly Law[] = Object.freeze([rowSumsAsProduct])
export const columnSumLaws: readonly Law[] = Object.freeze([columnSumsAsProduct])
export const diagonalMatrixLaws: readonly Law[] = Object.freeze([diagonalOfOnes])
export const diagonalOfLaws: readonly Law[] = Object.freeze([diagonalOfDiagonal])
