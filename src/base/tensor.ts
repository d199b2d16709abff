import { ShapeError } from './errors.js'

/** Numbers to be read and not written: a typed array or a list seen through its reading half. */
export interface Numbers extends Iterable<number> {
  readonly length: number
  readonly [index: number]: number
  every(holds: (entry: number) => boolean): boolean
}

/** Rows and columns. A column vector has one column, a row vector one row, a scalar one of each. */
export interface Extent {
  readonly rows: number
  readonly columns: number
}

/** A dense real matrix with its entries in row-major order. A scalar is 1×1. Frozen; the entries are never written again. */
export interface Tensor extends Extent {
  readonly data: Numbers
}

/** Lists of lists, outermost first: a number, a vector, or a matrix as rows. */
export type Nested = number | readonly Nested[]

/** The extent as it stands in messages: `3×4`. */
export function extentText({ rows, columns }: Extent): string {
  return `${rows}×${columns}`
}

/**
 * Makes a matrix of the given extent. The numbers are taken over, not copied: the caller does not write to them
 * afterwards. Raises ShapeError when their count is not rows times columns.
 */
export function makeTensor(rows: number, columns: number, data: Numbers): Tensor {
  if (data.length !== rows * columns) {
    throw new ShapeError(
      'wrong-entry-count',
      `a ${rows}×${columns} matrix has ${rows * columns} entries, but ${data.length} were given`,
    )
  }
  return Object.freeze({ rows, columns, data })
}

/** The entries row by row, as a column. */
export function flat({ data }: Tensor): Tensor {
  return makeTensor(data.length, 1, data)
}

/** A 1×1 matrix. */
export function scalarTensor(value: number): Tensor {
  return makeTensor(1, 1, [value])
}
