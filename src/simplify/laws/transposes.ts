import type { Facts, Law, Rewrite } from '../../expr/law.js'
import type { Expr } from '../../expr/node.js'
import { isScalar } from '../../expr/shape.js'
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
  matrixProduct,
  multiplication,
  multiply,
  transpose,
  transposition,
} from '../../ops/core.js'
import { diagonalMatrix, identityMatrix, inverse, inverseOf, matrixPower } from '../../ops/matrix.js'
import { defineLaw } from '../law.js'

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
  apply: (node, facts): Expr | Rewrite | undefined => {
    const inside = node.args[0]!
    if (inside.kind === 'call')
      return isCall(inside, diagonalMatrix) || isCall(inside, identityMatrix) ? inside : undefined
    if (!facts.symmetric(inside)) return undefined
    return inside.kind === 'sym' ? { to: inside, assumption: facts.symmetryOf(inside) } : inside
  },
})

const transposeOfInverse = defineLaw({
  id: 'transpose-of-the-inverse-of-a-symmetric-matrix',
  name: 'inverse of a symmetric matrix',
  statement: 'A^{-\\top}=A^{-1}\\quad(A=A^\\top)',
  sentence: 'The inverse, a power, or an elementwise function of a symmetric matrix is symmetric.',
  source: 'matrix-cookbook:3',
  example: "inv(A*A')' = inv(A*A')",
  apply: (node, facts) => {
    const inside = node.args[0]!
    if (inside.kind !== 'call' || inside.shape.rows !== inside.shape.columns) return undefined
    const through = isCall(inside, inverse) || isCall(inside, matrixPower) || inside.op.kind === 'elementwise'
    const [first, ...rest] = inside.args as readonly [Expr, ...Expr[]]
    if (!through || !facts.symmetric(inside)) return undefined
    // The transpose is carried inside, where each declared symmetry is used, and named, by itself.
    if (isCall(inside, inverse)) return inverseOf(transpose(first))
    return inside.op.make === undefined ? undefined : inside.op.make([transpose(first), ...rest], inside)
  },
})

function join(inside: Expr): ((parts: readonly Expr[]) => Expr) | undefined {
  if (isCall(inside, addition)) return parts => add(...parts)
  if (isCall(inside, hadamardProduct)) return parts => hadamard(...parts)
  return isCall(inside, hadamardQuotient) ? ([a, b]) => divideEach(a!, b!) : undefined
}

/** How many transposes a term has, and how many it would have when it is transposed. */
function marksIn(term: Expr, facts: Facts): { readonly now: number; readonly turned: number } {
  const factors = isCall(term, multiplication) || isCall(term, division) ? term.args : [term]
  const chain = factors.flatMap(factor => (isCall(factor, matrixProduct) ? factor.args : [factor]))
  let [now, turned] = [0, 0]
  for (const factor of chain) {
    if (isScalar(factor.shape) || factor.kind === 'num') continue
    if (isCall(factor, transposition)) now++
    // The transpose of what is symmetric goes away again.
    else if (!facts.symmetric(factor)) turned++
  }
  return { now, turned }
}

const transposeOfSum = defineLaw({
  id: 'transpose-of-a-sum',
  name: 'transpose of a sum',
  statement: '(A+B)^\\top=A^\\top+B^\\top',
  sentence: 'A sum is transposed term by term; done where it leaves fewer transposes.',
  example: "(A + A')' = A' + A",
  apply: (node, facts) => {
    const inside = node.args[0]!
    const joined = join(inside)
    if (joined === undefined || inside.kind !== 'call') return undefined
    let [before, after] = [0, 0]
    for (const arg of inside.args) {
      const marks = marksIn(arg, facts)
      before += marks.now
      after += marks.turned
    }
    return after > before ? undefined : joined(inside.args.map(transpose))
  },
})

export const transposeLaws: readonly Law[] = Object.freeze([
  transposeOfProduct,
  transposeOfSymmetric,
  transposeOfInverse,
  transposeOfSum,
])

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

export const inverseLaws: readonly Law[] = Object.freeze([inverseOfTranspose])
