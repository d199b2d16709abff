import type { Extent, Tensor } from './tensor.js'

/** Names of the functions of one argument that act entry by entry. */
export const unaryNames = Object.freeze([
  'negate',
  'reciprocal',
  'square',
  'exp',
  'log',
  'sqrt',
  'sin',
  'cos',
  'tan',
  'asin',
  'acos',
  'atan',
  'sinh',
  'cosh',
  'tanh',
  'abs',
  'sign',
  'sigmoid',
  'softplus',
  'erf',
] as const)
export type UnaryName = (typeof unaryNames)[number]

/** Names of the functions of two arguments of one extent that act entry by entry. */
export const binaryNames = Object.freeze([
  'add',
  'subtract',
  'hadamard',
  'divide',
  'pow',
  'maximum',
  'minimum',
  'less',
  'lessOrEqual',
  'greater',
  'greaterOrEqual',
  'equal',
  'notEqual',
] as const)
export type BinaryName = (typeof binaryNames)[number]

/**
 * Functional operations on two-dimensional arrays, without implicit broadcasting: whatever combines two arrays
 * entry by entry wants equal extents and raises ShapeError, with both, otherwise.
 *
 * The interface has two realisations that share no code: numbers (`Tensors`) and a differentiable trace
 * (`TracedOps`). A function written against it runs on both.
 *
 * Outside its domain a function of an entry is NaN or infinite, as in IEEE arithmetic; nothing is raised.
 * Comparisons answer 0 or 1. `sign(0)` is 0, `pow(0, 0)` is 1, and a real base below zero has a power
 * only for whole exponents.
 */
export interface MatrixAlgebra<T extends Extent>
  extends Readonly<Record<UnaryName, (a: T) => T>>,
    Readonly<Record<BinaryName, (a: T, b: T) => T>> {
  /** A known matrix, with respect to which nothing varies. */
  constant(value: Tensor): T
  /** rows×columns, every entry the value. */
  fill(value: number, rows: number, columns: number): T
  /** size×size. */
  identity(size: number): T

  /** Every entry to one constant power. */
  powConstant(a: T, exponent: number): T
  /** Every entry plus a number. */
  shift(a: T, summand: number): T
  /** Every entry times a number. */
  scaleBy(a: T, factor: number): T
  /** A 1×1 factor times an array of any extent. */
  scale(factor: T, a: T): T
  /** Entry by entry: where the condition is not zero the first array, elsewhere the second. */
  where(condition: T, ifTrue: T, ifFalse: T): T
  /** Repeats a 1×1, a row (1×columns) or a column (rows×1) to rows×columns. */
  broadcast(a: T, rows: number, columns: number): T

  /** m×k by k×n is m×n. */
  matmul(a: T, b: T): T
  /** Column by column-or-row: the n entries of a by the m entries of b, n×m. Both are vectors of either kind. */
  outer(a: T, b: T): T
  transpose(a: T): T
  /** Kronecker product: m×n by p×q is mp×nq. */
  kron(a: T, b: T): T
  /** Square to 1×1. */
  trace(a: T): T
  /** Square to 1×1. */
  determinant(a: T): T
  /** Logarithm of the absolute value of the determinant. Square to 1×1. */
  logDeterminant(a: T): T
  /** Square to square. A singular matrix raises DomainError on numbers and gives non-finite entries on a trace. */
  inverse(a: T): T

  /** Sum of all entries, 1×1. */
  sum(a: T): T
  /** Product of all entries, 1×1. */
  product(a: T): T
  /** m×n to m×1: the sum of each row. */
  rowSums(a: T): T
  /** m×n to 1×n: the sum of each column. */
  columnSums(a: T): T
  /** Greatest entry, 1×1. */
  max(a: T): T
  /** Least entry, 1×1. */
  min(a: T): T
  /** m×n to m×1: the greatest entry of each row. */
  rowMaxima(a: T): T
  /** m×n to 1×n: the greatest entry of each column. */
  columnMaxima(a: T): T
  /** Sum of absolute values of all entries, 1×1. */
  norm1(a: T): T
  /** Euclidean or Frobenius norm, 1×1. */
  norm2(a: T): T
  /** The softmax of each row, shifted by its maximum so that nothing overflows. */
  softmaxRows(a: T): T
  /** The softmax of each column. */
  softmaxColumns(a: T): T
  /** m×n to m×1: the logarithm of the sum of exponentials of each row, without overflow. */
  logSumExpRows(a: T): T
  /** m×n to 1×n: the same of each column. */
  logSumExpColumns(a: T): T

  /** Square n×n to its diagonal, n×1. */
  diagonalOf(a: T): T
  /** A vector of n entries, row or column, to n×n with it on the diagonal. */
  diagonalMatrix(a: T): T
  /** Arrays of one width, one below the other. */
  concatRows(parts: readonly T[]): T
  /** Arrays of one height, side by side. */
  concatColumns(parts: readonly T[]): T
  /** Rows `from` (counted from 0, included) to `to` (excluded). */
  sliceRows(a: T, from: number, to: number): T
  /** Columns `from` (counted from 0, included) to `to` (excluded). */
  sliceColumns(a: T, from: number, to: number): T
  /** One entry, counted from 0, as 1×1. */
  entry(a: T, row: number, column: number): T
  /** The same entries in row-major order in another extent. */
  reshape(a: T, rows: number, columns: number): T
  /** The columns one below the other: m×n to mn×1. */
  vec(a: T): T
}
