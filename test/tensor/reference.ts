import { makeTensor, type Tensor } from '../../src/base/tensor.js'

/** Textbook forms on lists of rows, as unlike the tested code as they can be. */
export type Grid = readonly (readonly number[])[]

export const grid = (rows: number, columns: number, entry: (i: number, j: number) => number): Grid =>
  Array.from({ length: rows }, (_, i) => Array.from({ length: columns }, (_, j) => entry(i, j)))

export const rowsOf = (a: Grid) => a.length
export const columnsOf = (a: Grid) => a[0]!.length
export const mapGrid = (a: Grid, f: (x: number) => number): Grid => a.map(row => row.map(f))
export const zipGrid = (a: Grid, b: Grid, f: (x: number, y: number) => number): Grid =>
  a.map((row, i) => row.map((x, j) => f(x, b[i]![j]!)))
export const flip = (a: Grid): Grid => grid(columnsOf(a), rowsOf(a), (i, j) => a[j]![i]!)
export const total = (a: Grid): number => a.flat().reduce((sum, x) => sum + x, 0)
export const dot = (x: readonly number[], y: readonly number[]): number =>
  x.reduce((sum, entry, i) => sum + entry * y[i]!, 0)
export const times = (a: Grid, b: Grid): Grid =>
  grid(rowsOf(a), columnsOf(b), (i, j) =>
    dot(
      a[i]!,
      b.map(row => row[j]!),
    ),
  )
export const scaled = (factor: number, a: Grid): Grid => mapGrid(a, x => factor * x)

const minor = (a: Grid, i: number, j: number): Grid =>
  a.filter((_, r) => r !== i).map(row => row.filter((_, c) => c !== j))

/** Leibniz' expansion along the first row. */
export const leibniz = (a: Grid): number =>
  a.length === 0 ? 1 : a[0]!.reduce((sum, x, j) => sum + (j % 2 ? -x : x) * leibniz(minor(a, 0, j)), 0)

/** Cramer's rule. */
export const cramer = (a: Grid): Grid =>
  grid(rowsOf(a), rowsOf(a), (i, j) => ((i + j) % 2 ? -1 : 1) * (leibniz(minor(a, j, i)) / leibniz(a)))

/** erf x = 2/√π · e^(−x²) · Σ 2ⁿ x^(2n+1) / (2n+1)!!, all terms of one sign. */
export function seriesErf(x: number): number {
  let term = x
  let sum = 0
  for (let n = 0; Math.abs(term) > 1e-18 * Math.abs(sum); n++) {
    sum += term
    term *= (2 * x * x) / (2 * n + 3)
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum
}

export const toTensor = (a: Grid): Tensor => makeTensor(rowsOf(a), columnsOf(a), Float64Array.from(a.flat()))
export const toGrid = (a: Tensor): Grid => grid(a.rows, a.columns, (i, j) => a.data[i * a.columns + j]!)

/** The largest difference, relative to the size of the expected entry where that is above 1. */
export function distance(found: Grid, expected: Grid): number {
  if (rowsOf(found) !== rowsOf(expected) || columnsOf(found) !== columnsOf(expected))
    return Number.POSITIVE_INFINITY
  const apart = zipGrid(found, expected, (x, y) =>
    Object.is(x, y) ? 0 : Math.abs(x - y) / Math.max(1, Math.abs(y)),
  )
  return apart.flat().reduce((worst, d) => (d > worst || Number.isNaN(d) ? d : worst), 0)
}
