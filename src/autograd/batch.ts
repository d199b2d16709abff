import { ShapeError, UsageError } from '../base/errors.js'
import { mismatch } from '../base/extent-checks.js'
import { type Extent, makeTensor, type Tensor } from '../base/tensor.js'
import type { Point } from './traced.js'

/** One input at all points of a call: their matrices one after the other. */
export interface Stacked extends Extent {
  readonly data: Float64Array
}

/**
 * The inputs of a call, each point repeated a number of times in a row. Raises ShapeError when the points differ in
 * the number or the extents of their inputs.
 */
export function stack(points: readonly Point[], repeats: number): readonly Stacked[] {
  const [first] = points
  if (!first) throw new UsageError('no-points', 'at least one point is needed')
  for (const point of points) {
    if (point.length !== first.length) {
      throw new ShapeError('shape-mismatch', `one point has ${first.length} inputs, another ${point.length}`)
    }
  }
  return first.map((model, i) => {
    const size = model.rows * model.columns
    const data = new Float64Array(points.length * repeats * size)
    let at = 0
    for (const point of points) {
      const input = point[i]!
      if (input.rows !== model.rows || input.columns !== model.columns) {
        mismatch('use in one call points with inputs of', model, input)
      }
      const entries = Float64Array.from(input.data)
      for (let r = 0; r < repeats; r++, at += size) data.set(entries, at)
    }
    return { rows: model.rows, columns: model.columns, data }
  })
}

/** The matrices of a stack. */
export function unstack({ rows, columns, data }: Stacked): readonly Tensor[] {
  const size = rows * columns
  return Array.from({ length: data.length / size }, (_, i) =>
    makeTensor(rows, columns, data.slice(i * size, (i + 1) * size)),
  )
}

/** For every point, `size` matrices with a single 1, each entry in turn: the rows of the identity. */
export function unitMasks(points: number, size: number): Float64Array {
  const data = new Float64Array(points * size * size)
  for (let k = 0; k < data.length; k += size) data[k + ((k / size) % size)] = 1
  return data
}
