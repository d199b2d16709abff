import type { Random } from '../base/random.js'
import { makeTensor, type Tensor } from '../base/tensor.js'
import type { Expr, Sym } from '../expr/node.js'
import type { Shape } from '../expr/shape.js'
import { symbolsOf } from '../expr/walk.js'
import type { Tensors } from '../tensor/tensor.js'
import { type Point, runAt } from './evaluate.js'
import { planOf } from './plan.js'
import { extentOf } from './run.js'

/*
 * Claims about derivatives that are not laid out as outputs by inputs: single entries at free indices, and matrices
 * between stacked columns.
 */

/** A place in an array, counted from 1; without a row or a column all of them are meant. */
export interface Place {
  readonly row?: Expr | undefined
  readonly column?: Expr | undefined
}

/** Which entries of a derivative a claim is about, by indices that may be free. */
export interface EntryClaim {
  /** The entry of the function; absent where all of its value is meant. */
  readonly of?: Place | undefined
  /** The parts of the variable, one for every time it is differentiated by. */
  readonly by: readonly Place[]
}

/** Values of free indices. */
type Choice = ReadonlyMap<Sym, number>

/** A list of whole numbers for each free index of some places, every one in its array; of very many some. */
export function choicesOf(
  places: readonly (readonly [Place, Shape])[],
  held: ReadonlySet<Expr>,
  sizes: ReadonlyMap<string, number>,
  random: Random,
): readonly Choice[] {
  const extents = new Map<Sym, number>()
  for (const [{ row, column }, shape] of places) {
    const { rows, columns } = extentOf(shape, sizes)
    for (const [index, size] of [
      [row, rows],
      [column, columns],
    ] as const) {
      if (index?.kind !== 'sym' || index.role !== 'index' || held.has(index)) continue
      extents.set(index, Math.min(size, extents.get(index) ?? size))
    }
  }
  const total = [...extents.values()].reduce((product, size) => product * size, 1)
  if (total > MOST_CHOICES) return Array.from({ length: MOST_CHOICES }, () => drawn(extents, random))
  let choices: readonly Choice[] = [new Map<Sym, number>()]
  for (const [index, size] of extents) {
    choices = choices.flatMap(choice =>
      Array.from({ length: size }, (_, at) => new Map(choice).set(index, at + 1)),
    )
  }
  return choices
}

/** At each point; over all points of a check most values of most indices are met. */
const MOST_CHOICES = 12

/** Indices often meet, so that a delta of two of them is not always zero. */
function drawn(extents: ReadonlyMap<Sym, number>, random: Random): Choice {
  const choice = new Map<Sym, number>()
  for (const [index, size] of extents) {
    const before = [...choice.values()].filter(at => at <= size)
    const at = before.length > 0 && random.next() < 0.5 ? random.pick(before) : random.integer(1, size)
    choice.set(index, at)
  }
  return choice
}

/** The places of a part among the entries of an array in row-major order, counted from 0. */
export function positionsOf(tensors: Tensors, place: Place, shape: Shape, point: Point): readonly number[] {
  const { rows, columns } = extentOf(shape, point.sizes)
  const all = (size: number) => Array.from({ length: size }, (_, k) => k)
  const at = (index: Expr | undefined, size: number) =>
    index === undefined ? all(size) : [wholeAt(tensors, index, point) - 1]
  return at(place.row, rows).flatMap(row => at(place.column, columns).map(column => row * columns + column))
}

function wholeAt(tensors: Tensors, index: Expr, point: Point): number {
  return tensors.scalarValue(runAt(tensors, planOf([index]), point).values[0]!)
}

/** The free indices that an expression mentions. */
export function indicesIn(node: Expr): ReadonlySet<Expr> {
  return new Set(symbolsOf([node]).filter(({ role }) => role === 'index'))
}

/** Some rows and columns of a matrix, in row-major order as one column. */
export function picked(
  matrix: Tensor,
  rows: readonly number[],
  columns: readonly number[],
): readonly number[] {
  return rows.flatMap(row => columns.map(column => matrix.data[row * matrix.columns + column]!))
}

/** A matrix between stacked columns with its rows and columns in row-major order instead. */
export function unstacked(
  matrix: Tensor,
  output: Shape,
  input: Shape,
  sizes: ReadonlyMap<string, number>,
): Tensor {
  const rows = stackedOrder(output, sizes)
  const columns = stackedOrder(input, sizes)
  if (rows.length !== matrix.rows || columns.length !== matrix.columns) return matrix
  return makeTensor(matrix.rows, matrix.columns, Float64Array.from(picked(matrix, rows, columns)))
}

/** For every entry in row-major order its place among the stacked columns. */
function stackedOrder(shape: Shape, sizes: ReadonlyMap<string, number>): readonly number[] {
  const { rows, columns } = extentOf(shape, sizes)
  return Array.from({ length: rows * columns }, (_, k) => (k % columns) * rows + Math.floor(k / columns))
}
