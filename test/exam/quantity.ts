import type { MatrixAlgebra } from '../../src/base/matrix-algebra.js'
import type { Extent } from '../../src/base/tensor.js'

type Algebra = MatrixAlgebra<Extent>
type Operand = Quantity | number

/**
 * An array of a reference program, on numbers or on a differentiable trace. Entry by entry unless the name says
 * otherwise; a scalar is repeated to the extent of its partner. Indices count from 0.
 */
export class Quantity {
  readonly algebra: Algebra
  readonly array: Extent

  constructor(algebra: Algebra, array: Extent) {
    this.algebra = algebra
    this.array = array
  }

  private of(array: Extent): Quantity {
    return new Quantity(this.algebra, array)
  }

  private pair(other: Operand): readonly [Extent, Extent] {
    const { rows, columns } = this.array
    if (typeof other === 'number') return [this.array, this.algebra.fill(other, rows, columns)]
    const single = ({ array }: Quantity) => array.rows === 1 && array.columns === 1
    const { array } = other
    if (single(this) && !single(other))
      return [this.algebra.broadcast(this.array, array.rows, array.columns), array]
    if (single(other) && !single(this)) return [this.array, this.algebra.broadcast(array, rows, columns)]
    return [this.array, array]
  }

  plus(other: Operand): Quantity {
    return this.of(this.algebra.add(...this.pair(other)))
  }
  minus(other: Operand): Quantity {
    return this.of(this.algebra.subtract(...this.pair(other)))
  }
  times(other: Operand): Quantity {
    return this.of(this.algebra.hadamard(...this.pair(other)))
  }
  over(other: Operand): Quantity {
    return this.of(this.algebra.divide(...this.pair(other)))
  }
  /** A whole or other constant power; a quantity as exponent wants a positive base. */
  pow(exponent: Operand): Quantity {
    if (typeof exponent === 'number') return this.of(this.algebra.powConstant(this.array, exponent))
    return this.log().times(exponent).exp()
  }
  larger(other: Operand): Quantity {
    return this.of(this.algebra.maximum(...this.pair(other)))
  }
  smaller(other: Operand): Quantity {
    return this.of(this.algebra.minimum(...this.pair(other)))
  }
  /** 1 where this is greater, else 0. */
  above(other: Operand): Quantity {
    return this.of(this.algebra.greater(...this.pair(other)))
  }
  /** Where this is not zero the first, elsewhere the second. */
  choose(yes: Quantity, no: Quantity): Quantity {
    return this.of(this.algebra.where(this.array, yes.array, no.array))
  }

  get negative(): Quantity {
    return this.of(this.algebra.negate(this.array))
  }
  get square(): Quantity {
    return this.times(this)
  }
  exp(): Quantity {
    return this.of(this.algebra.exp(this.array))
  }
  log(): Quantity {
    return this.of(this.algebra.log(this.array))
  }
  sqrt(): Quantity {
    return this.of(this.algebra.sqrt(this.array))
  }
  sin(): Quantity {
    return this.of(this.algebra.sin(this.array))
  }
  cos(): Quantity {
    return this.of(this.algebra.cos(this.array))
  }
  tan(): Quantity {
    return this.sin().over(this.cos())
  }
  asin(): Quantity {
    return this.of(this.algebra.asin(this.array))
  }
  acos(): Quantity {
    return this.of(this.algebra.acos(this.array))
  }
  atan(): Quantity {
    return this.of(this.algebra.atan(this.array))
  }
  sinh(): Quantity {
    return this.exp().minus(this.negative.exp()).times(0.5)
  }
  cosh(): Quantity {
    return this.exp().plus(this.negative.exp()).times(0.5)
  }
  tanh(): Quantity {
    return this.of(this.algebra.tanh(this.array))
  }
  erf(): Quantity {
    return this.of(this.algebra.erf(this.array))
  }
  abs(): Quantity {
    return this.of(this.algebra.abs(this.array))
  }
  sign(): Quantity {
    return this.of(this.algebra.sign(this.array))
  }
  /** 1/(1 + e^{−x}) */
  sigmoid(): Quantity {
    return this.negative.exp().plus(1).pow(-1)
  }
  /** log(1 + eˣ) */
  softplus(): Quantity {
    return this.exp().plus(1).log()
  }
  relu(): Quantity {
    return this.above(0).times(this)
  }

  /** The transpose. */
  get t(): Quantity {
    return this.of(this.algebra.transpose(this.array))
  }
  /** The matrix product, of as many factors as are given. */
  at(...factors: readonly Quantity[]): Quantity {
    return factors.reduce<Quantity>(
      (left, right) => this.of(this.algebra.matmul(left.array, right.array)),
      this,
    )
  }
  /** The inner product of all entries. */
  dot(other: Quantity): Quantity {
    return this.times(other).sum()
  }
  /** This column by the transpose of the other. */
  outer(other: Quantity): Quantity {
    return this.at(other.t)
  }
  kron(other: Quantity): Quantity {
    return this.of(this.algebra.kron(this.array, other.array))
  }
  trace(): Quantity {
    return this.of(this.algebra.trace(this.array))
  }
  det(): Quantity {
    return this.of(this.algebra.determinant(this.array))
  }
  /** The logarithm of the absolute value of the determinant. */
  logdet(): Quantity {
    return this.of(this.algebra.logDeterminant(this.array))
  }
  inv(): Quantity {
    return this.of(this.algebra.inverse(this.array))
  }
  sum(): Quantity {
    return this.of(this.algebra.sum(this.array))
  }
  mean(): Quantity {
    return this.sum().times(1 / (this.array.rows * this.array.columns))
  }
  product(): Quantity {
    return this.of(this.algebra.product(this.array))
  }
  /** m×1 from m×n. */
  rowSums(): Quantity {
    return this.of(this.algebra.rowSums(this.array))
  }
  /** n×1 from m×n. */
  columnSums(): Quantity {
    return this.t.rowSums()
  }
  /** The Euclidean or Frobenius norm. */
  norm(): Quantity {
    return this.square.sum().sqrt()
  }
  norm1(): Quantity {
    return this.abs().sum()
  }
  max(): Quantity {
    return this.of(this.algebra.max(this.array))
  }
  min(): Quantity {
    return this.of(this.algebra.min(this.array))
  }
  /** The softmax of a column. */
  softmax(): Quantity {
    const powers = this.exp()
    return powers.over(powers.sum())
  }
  /** The softmax of every row. */
  softmaxRows(): Quantity {
    const powers = this.exp()
    const sums = powers.rowSums()
    return powers.over(sums.wide(powers.array.columns))
  }
  logSumExp(): Quantity {
    return this.exp().sum().log()
  }
  /** A column repeated side by side. */
  wide(columns: number): Quantity {
    return this.of(this.algebra.broadcast(this.array, this.array.rows, columns))
  }
  /** A row repeated downwards. */
  tall(rows: number): Quantity {
    return this.of(this.algebra.broadcast(this.array, rows, this.array.columns))
  }
  /** The diagonal of a matrix, as a column. */
  diagonal(): Quantity {
    return this.of(this.algebra.diagonalOf(this.array))
  }
  /** The matrix with this column on the diagonal. */
  onDiagonal(): Quantity {
    return this.of(this.algebra.diagonalMatrix(this.array))
  }
  vec(): Quantity {
    return this.of(this.algebra.vec(this.array))
  }
  entry(row: number, column = 0): Quantity {
    return this.of(this.algebra.entry(this.array, row, column))
  }
  /** Rows `from` (included) to `to` (excluded). */
  rows(from: number, to: number): Quantity {
    return this.of(this.algebra.sliceRows(this.array, from, to))
  }
  columns(from: number, to: number): Quantity {
    return this.of(this.algebra.sliceColumns(this.array, from, to))
  }
  /** A row as a column. */
  row(index: number): Quantity {
    return this.rows(index, index + 1).t
  }
  column(index: number): Quantity {
    return this.columns(index, index + 1)
  }
  /** What follows goes below. */
  below(...others: readonly Quantity[]): Quantity {
    return this.of(this.algebra.concatRows([this, ...others].map(each => each.array)))
  }
  /** What follows goes to the right. */
  beside(...others: readonly Quantity[]): Quantity {
    return this.of(this.algebra.concatColumns([this, ...others].map(each => each.array)))
  }
  /** The number of rows, and of columns. */
  get height(): number {
    return this.array.rows
  }
  get width(): number {
    return this.array.columns
  }
  ones(rows: number, columns = 1): Quantity {
    return this.of(this.algebra.fill(1, rows, columns))
  }
  eye(size: number): Quantity {
    return this.of(this.algebra.identity(size))
  }
  /** A known number. */
  number(value: number): Quantity {
    return this.of(this.algebra.fill(value, 1, 1))
  }
  /** The sum of what is made of every row, as a column. */
  overRows(make: (row: Quantity, index: number) => Quantity): Quantity {
    return range(this.height)
      .map(i => make(this.row(i), i))
      .reduce((left, right) => left.plus(right))
  }
}

/** 0, 1, … below the count. */
export function range(count: number): readonly number[] {
  return Array.from({ length: count }, (_, i) => i)
}

/** The sum of what is made of 0, 1, … below the count. */
export function total(count: number, make: (index: number) => Quantity): Quantity {
  return range(count)
    .map(make)
    .reduce((left, right) => left.plus(right))
}

/** Scalars one below the other. */
export function stacked(...parts: readonly Quantity[]): Quantity {
  const [first, ...rest] = parts
  return first!.below(...rest)
}
