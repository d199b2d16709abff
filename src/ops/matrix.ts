import { LimitError, ShapeError } from '../base/errors.js'
import type { MatrixAlgebra } from '../base/matrix-algebra.js'
import { ONE, rational, toNumber } from '../base/rational.js'
import type { Extent } from '../base/tensor.js'
import { call, number, symbol } from '../expr/intern.js'
import type { Expr } from '../expr/node.js'
import { defineOp, type Op, PRECEDENCE } from '../expr/op.js'
import {
  type Dim,
  isMatrix,
  isScalar,
  lengthOf,
  SCALAR,
  type Shape,
  shapeOf,
  shapeText,
} from '../expr/shape.js'
import { add, divide, multiply, negate, subtract, transpose } from './core.js'
import { dimensionOf, dimOf } from './dimension.js'
import { indexedSum } from './indexed.js'
import { logOf, power } from './powers.js'
import { absOf } from './signs.js'

function square(what: string, shape: Shape): Shape {
  if (shape.rows === shape.columns) return shape
  throw new ShapeError('not-square', `${what} needs a square matrix, not ${shapeText(shape)}`)
}

export const identityMatrix: Op = defineOp({
  name: 'identity',
  title: 'identity matrix',
  kind: 'general',
  arity: [1, 1],
  notation: { form: 'special', latex: 'I', plain: 'eye', precedence: PRECEDENCE.atom },
  shape: ([size]) => {
    const dim = dimOf(size!)
    return shapeOf(dim, dim)
  },
  make: ([size]) => identity(dimOf(size!)),
  value: (m, _, { rows }) => m.identity(rows),
  indexArguments: 1,
  rule: {
    id: 'identity-rule',
    name: 'constant rule',
    statement: '\\mathrm{d}I=0',
    source: 'matrix-cookbook:33',
    sentence: 'The identity does not change.',
    level: 'every',
  },
  flat: () => true,
  entries: (at, _, row, column) => at.delta(row, column),
  examples: ['eye(n)', 'eye(3)'],
})

/** The identity of a size, n×n; of size 1 it is the number 1. */
export function identity(dim: Dim): Expr {
  return dim === 1 ? number(ONE) : call(identityMatrix, [dimensionOf(dim)])
}

// ------------------------------------------------------------------------------------------- trace and diagonals

export const trace: Op = defineOp({
  name: 'trace',
  title: 'trace',
  kind: 'linear',
  arity: [1, 1],
  notation: {
    form: 'function',
    latex: '\\operatorname{tr}',
    plain: 'tr',
    latexAliases: ['\\operatorname{trace}', '\\operatorname{Tr}', '\\operatorname{Trace}'],
    plainAliases: ['trace'],
    precedence: PRECEDENCE.product,
  },
  flow: 'scalar-of-square',
  shape: ([a]) => {
    square('a trace', a!.shape)
    return SCALAR
  },
  make: ([a]) => traceOf(a!),
  value: (m, [a]) => m.trace(a!),
  rule: {
    id: 'trace-rule',
    name: 'differential of a trace',
    statement:
      '\\mathrm{d}\\operatorname{tr}(X)=\\operatorname{tr}(\\mathrm{d}X),\\quad\\nabla_X\\operatorname{tr}(X)=I',
    source: 'matrix-cookbook:36',
    sentence: 'The trace is linear and sees the diagonal alone.',
    level: 'normal',
  },
  push: d => traceOf(d),
  pull: (g, [a]) => multiply(g, identity(a!.shape.rows)),
  entries: (at, [a]) => at.sum(a!.shape.rows, index => at.entry(a!, index, index)),
  examples: ['tr(A)', 'tr(A*B)'],
})

/** The sum of the diagonal; of a scalar it is the scalar. Raises `ShapeError` unless square. */
export function traceOf(a: Expr): Expr {
  return isScalar(a.shape) ? a : call(trace, [a])
}

export const diagonalMatrix: Op = defineOp({
  name: 'diagonal-matrix',
  title: 'diagonal matrix',
  kind: 'linear',
  arity: [1, 1],
  notation: {
    form: 'function',
    latex: '\\operatorname{diag}',
    plain: 'diag',
    latexAliases: ['\\operatorname{Diag}'],
    precedence: PRECEDENCE.product,
  },
  flow: 'diagonal',
  shape: ([v]) => {
    if (isMatrix(v!.shape)) {
      throw new ShapeError('not-a-vector', `a diagonal is made of a vector, not ${shapeText(v!.shape)}`)
    }
    return shapeOf(lengthOf(v!.shape), lengthOf(v!.shape))
  },
  make: ([v]) => (isMatrix(v!.shape) ? diagonalVectorOf(v!) : diagonalMatrixOf(v!)),
  value: (m, [v]) => m.diagonalMatrix(v!),
  rule: {
    id: 'diagonal-matrix-rule',
    name: 'differential of a diagonal matrix',
    statement: '\\mathrm{d}\\operatorname{diag}(x)=\\operatorname{diag}(\\mathrm{d}x)',
    source: 'parr-howard:4.2',
    sentence: 'Putting a vector on the diagonal is linear; backward, the diagonal is taken out.',
    level: 'normal',
  },
  push: d => diagonalMatrixOf(d),
  pull: (g, [v]) => (v!.shape.columns === 1 ? diagonalVectorOf(g) : transpose(diagonalVectorOf(g))),
  entries: (at, [v], row, column) => {
    const one = number(ONE)
    const [i, j] = v!.shape.columns === 1 ? [row, one] : [one, row]
    return multiply(at.delta(row, column), at.entry(v!, i, j))
  },
  examples: ['diag(x)'],
})

/** The square matrix with a vector on its diagonal; of a scalar it is the scalar. Raises `ShapeError`. */
export function diagonalMatrixOf(v: Expr): Expr {
  return isScalar(v.shape) ? v : call(diagonalMatrix, [v])
}

export const diagonalOf: Op = defineOp({
  name: 'diagonal',
  title: 'diagonal of a matrix',
  kind: 'linear',
  arity: [1, 1],
  notation: {
    form: 'function',
    latex: '\\operatorname{diag}',
    plain: 'diag',
    homonym: true,
    precedence: PRECEDENCE.product,
  },
  shape: ([a]) => shapeOf(square('a diagonal', a!.shape).rows),
  make: ([a]) => diagonalMatrix.make!([a!]),
  value: (m, [a]) => m.diagonalOf(a!),
  rule: {
    id: 'diagonal-rule',
    name: 'differential of a diagonal',
    statement: '\\mathrm{d}\\operatorname{diag}(X)=\\operatorname{diag}(\\mathrm{d}X)',
    source: 'parr-howard:4.2',
    sentence: 'Taking the diagonal is linear; backward, it is put back on a diagonal.',
    level: 'normal',
  },
  push: d => diagonalVectorOf(d),
  pull: g => diagonalMatrixOf(g),
  entries: (at, [a], row) => at.entry(a!, row, row),
  examples: ['diag(A)'],
})

/** The diagonal of a square matrix as a column; of a scalar it is the scalar. Raises `ShapeError` unless square. */
export function diagonalVectorOf(a: Expr): Expr {
  return isScalar(a.shape) ? a : call(diagonalOf, [a])
}

// ------------------------------------------------------------------------------------- inverse, determinant, powers

export const inverse: Op = defineOp({
  name: 'inverse',
  title: 'inverse',
  kind: 'general',
  arity: [1, 1],
  notation: { form: 'postfix', latex: '-1', plain: 'inv', precedence: PRECEDENCE.power },
  flow: 'square',
  shape: ([a]) => square('an inverse', a!.shape),
  make: ([a]) => inverseOf(a!),
  value: (m, [a]) => m.inverse(a!),
  rule: {
    id: 'inverse-rule',
    name: 'differential of an inverse',
    statement: '\\mathrm{d}X^{-1}=-X^{-1}\\,\\mathrm{d}X\\,X^{-1}',
    source: 'matrix-cookbook:40',
    sentence: 'Minus the inverse on both sides; backward, its transpose on both sides.',
    level: 'normal',
  },
  push: (d, _, __, y) => negate(multiply(y, d, y)),
  pull: (g, _, __, y) => negate(multiply(transpose(y), g, transpose(y))),
  domain: () => 'invertible',
  examples: ['inv(A)', 'A^-1'],
})

/** The inverse of a square matrix; of a scalar its reciprocal, of an inverse what was inverted. Raises `ShapeError`. */
export function inverseOf(a: Expr): Expr {
  if (isScalar(a.shape)) return divide(number(ONE), a)
  return a.kind === 'call' && a.op === inverse ? a.args[0]! : call(inverse, [a])
}

export const determinant: Op = defineOp({
  name: 'determinant',
  title: 'determinant',
  kind: 'reduction',
  arity: [1, 1],
  notation: { form: 'function', latex: '\\det', plain: 'det', precedence: PRECEDENCE.product },
  flow: 'scalar-of-square',
  shape: ([a]) => {
    square('a determinant', a!.shape)
    return SCALAR
  },
  make: ([a]) => determinantOf(a!),
  value: (m, [a]) => m.determinant(a!),
  rule: {
    id: 'determinant-rule',
    name: 'gradient of the determinant',
    statement: '\\nabla_X\\det(X)=\\det(X)\\,X^{-\\top}',
    source: 'matrix-cookbook:49',
    sentence: 'The determinant times the transposed inverse: the matrix of cofactors.',
    level: 'normal',
  },
  push: (d, [a], _, y) => multiply(y, traceOf(multiply(inverseOf(a!), d))),
  pull: (g, [a], _, y) => multiply(g, y, transpose(inverseOf(a!))),
  domain: () => 'invertible',
  examples: ['det(A)'],
})

/** The determinant; of a scalar it is the scalar. Raises `ShapeError` unless square. */
function determinantOf(a: Expr): Expr {
  return isScalar(a.shape) ? a : call(determinant, [a])
}

export const logDeterminant: Op = defineOp({
  name: 'log-determinant',
  title: 'logarithm of the absolute determinant',
  kind: 'reduction',
  arity: [1, 1],
  notation: {
    form: 'function',
    latex: '\\operatorname{logdet}',
    plain: 'logdet',
    precedence: PRECEDENCE.product,
  },
  flow: 'scalar-of-square',
  shape: ([a]) => {
    square('a determinant', a!.shape)
    return SCALAR
  },
  make: ([a]) => logDeterminantOf(a!),
  value: (m, [a]) => m.logDeterminant(a!),
  rule: {
    id: 'log-determinant-rule',
    name: 'gradient of the log-determinant',
    statement: '\\nabla_X\\ln|\\det X|=X^{-\\top}',
    source: 'matrix-cookbook:57',
    sentence: 'Chain rule: the determinant cancels, the transposed inverse stays.',
    level: 'normal',
  },
  push: (d, [a]) => traceOf(multiply(inverseOf(a!), d)),
  pull: (g, [a]) => multiply(g, transpose(inverseOf(a!))),
  domain: () => 'invertible',
  examples: ['logdet(A)'],
})

/** The logarithm of the absolute value of the determinant. Raises `ShapeError` unless square. */
function logDeterminantOf(a: Expr): Expr {
  return isScalar(a.shape) ? logOf(absOf(a)) : call(logDeterminant, [a])
}

/** The greatest exponent whose derivative is written out term by term. */
const MOST_TERMS = 6

/** One term for each factor: those before it, what is put in its place, and those after it. */
function eachFactor(base: Expr, middle: Expr, exponent: Expr): Expr {
  const count = exponent.kind === 'num' ? toNumber(exponent.value) : Number.POSITIVE_INFINITY
  if (count <= MOST_TERMS) {
    const factors = (n: number) => (n === 0 ? [] : [matrixPowerOf(base, n)])
    return add(
      ...Array.from({ length: count }, (_, i) => multiply(...factors(i), middle, ...factors(count - 1 - i))),
    )
  }
  const r = symbol('r', SCALAR, 'index')
  const before = matrixPowerOf(base, subtract(r, number(ONE)))
  return indexedSum(
    r,
    number(ONE),
    exponent,
    multiply(before, middle, matrixPowerOf(base, subtract(exponent, r))),
  )
}

/** The greatest exponent that a power of a matrix is computed for. */
const MOST_FACTORS = 10_000

/** A power by squaring. Raises `LimitError` past the greatest exponent. */
function repeatedProduct<T extends Extent>(m: MatrixAlgebra<T>, a: T, size: number, exponent: number): T {
  if (exponent > MOST_FACTORS) {
    throw new LimitError(
      'limit-exponent',
      `a matrix is raised to the power ${exponent}, at most ${MOST_FACTORS} is allowed`,
    )
  }
  if (exponent <= 0) return m.identity(size)
  let result: T | undefined
  let square = a
  for (let rest = exponent; ; square = m.matmul(square, square)) {
    if (rest % 2 === 1) result = result === undefined ? square : m.matmul(result, square)
    rest = Math.floor(rest / 2)
    if (rest === 0) return result!
  }
}

export const matrixPower: Op = defineOp({
  name: 'matrix-power',
  title: 'power of a matrix',
  kind: 'general',
  arity: [2, 2],
  notation: { form: 'special', latex: '^', plain: '^', precedence: PRECEDENCE.power },
  shape: ([a]) => square('a power', a!.shape),
  make: ([a, exponent]) => matrixPowerOf(a!, exponent!),
  value: (m, [a], size, [exponent]) => repeatedProduct(m, a!, size.rows, exponent!),
  indexArguments: 1,
  rule: {
    id: 'matrix-power-rule',
    name: 'differential of a matrix power',
    statement: '\\mathrm{d}X^{k}=\\sum_{r=0}^{k-1}X^{r}\\,\\mathrm{d}X\\,X^{k-1-r}',
    source: 'matrix-cookbook:90',
    sentence: 'Vary one factor at a time and keep the others in their places.',
    level: 'normal',
  },
  push: (d, [a, exponent]) => eachFactor(a!, d, exponent!),
  pull: (g, [a, exponent]) => eachFactor(transpose(a!), g, exponent!),
  flat: k => k === 1,
  entries: (at, [a, exponent], row, column) => {
    const count = exponent!.kind === 'num' ? toNumber(exponent!.value) : Number.POSITIVE_INFINITY
    if (count > MOST_TERMS) return undefined
    return at.entry(multiply(...Array.from({ length: count }, () => a!)), row, column)
  },
  examples: ['A^2', 'A^3'],
})

/**
 * A whole power of a square matrix: `I`, the matrix itself, a matrix power, or a power of the inverse; a letter is
 * kept as exponent and stands for a whole number that is not negative. Of a scalar it is the ordinary power. Raises
 * `ShapeError` unless square and for an exponent that is not whole.
 */
export function matrixPowerOf(a: Expr, exponent: Expr | number): Expr {
  const whole = typeof exponent === 'number' ? number(rational(exponent)) : exponent
  if (isScalar(a.shape)) return power(a, whole)
  if (whole.kind !== 'num') return call(matrixPower, [a, whole])
  square('a power', a.shape)
  const count = toNumber(whole.value)
  if (!Number.isSafeInteger(count)) {
    throw new ShapeError('matrix-power', `a matrix has whole powers only, not ${count}`, {
      hint: 'for a power of every entry write X^{\\odot c} (plain .^)',
    })
  }
  if (count < 0) return matrixPowerOf(inverseOf(a), -count)
  if (count === 0) return identity(a.shape.rows)
  return count === 1 ? a : call(matrixPower, [a, whole])
}
