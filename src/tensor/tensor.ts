import type { MatrixAlgebra } from '../base/matrix-algebra.js'
import type { Nested, Tensor } from '../base/tensor.js'

export type { Nested, Numbers, Tensor } from '../base/tensor.js'

/** Numeric operations on dense real matrices. A plain object of functions; obtained from `loadTensors`. */
export interface Tensors extends MatrixAlgebra<Tensor> {
  /** Makes a matrix; the entries are copied. Raises ShapeError when their count does not fit. */
  create(rows: number, columns: number, entries: ArrayLike<number>): Tensor
  /** 1×1. */
  scalar(value: number): Tensor
  /** The value of a 1×1. Raises ShapeError for anything larger. */
  scalarValue(a: Tensor): number
  /**
   * Reads a number (1×1), a list of n numbers (n×1), or a list of rows. Raises ShapeError for rows of different
   * lengths or deeper nesting, DomainError for an entry that is not a finite number.
   */
  fromNested(value: Nested): Tensor
  /** A number for 1×1, a flat list for n×1, a list of rows otherwise. */
  toNested(a: Tensor): Nested
  /** One entry, counted from 0. Raises ShapeError outside the matrix. */
  at(a: Tensor, row: number, column: number): number
  /** Any function, entry by entry. */
  map(a: Tensor, f: (entry: number) => number): Tensor
  /** Any function of two numbers on two arrays of one extent. */
  zip(a: Tensor, b: Tensor, f: (left: number, right: number) => number): Tensor
  /** m×n to m×1: the column, counted from 0, of the first greatest entry of each row. */
  rowArgmax(a: Tensor): Tensor
  /** Whether every entry is a finite number. */
  isFinite(a: Tensor): boolean
}
