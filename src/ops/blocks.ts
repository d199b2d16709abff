import { ShapeError } from '../base/errors.js'
import { rational, toNumber } from '../base/rational.js'
import type { Extent } from '../base/tensor.js'
import { differenceOfDims, sumOfDims } from '../expr/dimension.js'
import { call, number } from '../expr/intern.js'
import type { Expr } from '../expr/node.js'
import { defineOp, type Op, PRECEDENCE } from '../expr/op.js'
import { type Dim, type Shape, sameShape, shapeOf, shapeText } from '../expr/shape.js'
import { add, zeros } from './core.js'
import { dimensionOf, dimOf } from './dimension.js'
import { entry } from './indexed.js'

/**
 * The blocks as a grid, from the arguments of a matrix of blocks: the blocks row by row, then the number of rows of
 * blocks. Raises `ShapeError` where the rows differ in length.
 */
export function gridOf(args: readonly Expr[]): readonly (readonly Expr[])[] {
  const last = args[args.length - 1]!
  const height = last.kind === 'num' ? toNumber(last.value) : 0
  const width = (args.length - 1) / height
  if (!Number.isSafeInteger(width))
    throw new ShapeError('ragged', 'every row of a matrix needs the same number of blocks')
  return Array.from({ length: height }, (_, row) => args.slice(row * width, (row + 1) * width))
}

function gridShape(grid: readonly (readonly Expr[])[]): Shape {
  const top = grid[0]!
  for (const row of grid) {
    row.forEach((block, column) => {
      const beside = row[0]!.shape
      if (block.shape.rows !== beside.rows) {
        throw new ShapeError(
          'shape-clash',
          `cannot put ${shapeText(beside)} beside ${shapeText(block.shape)}`,
        )
      }
      const above = top[column]!.shape
      if (block.shape.columns !== above.columns) {
        throw new ShapeError('shape-clash', `cannot put ${shapeText(above)} above ${shapeText(block.shape)}`)
      }
    })
  }
  return shapeOf(
    grid.map(row => row[0]!.shape.rows).reduce(sumOfDims),
    top.map(block => block.shape.columns).reduce(sumOfDims),
  )
}

export const blocks: Op = defineOp({
  name: 'blocks',
  title: 'matrix of blocks',
  kind: 'general',
  arity: [2, Number.POSITIVE_INFINITY],
  notation: { form: 'special', latex: '\\begin{bmatrix}', plain: '[', precedence: PRECEDENCE.atom },
  shape: args => gridShape(gridOf(args)),
  make: args => blocksOf(gridOf(args)),
  value: (m, args, _: Extent, [height]) => {
    const width = args.length / height!
    const rows = Array.from({ length: height! }, (_, row) => args.slice(row * width, (row + 1) * width))
    return m.concatRows(rows.map(row => m.concatColumns(row)))
  },
  indexArguments: 1,
  rule: {
    id: 'blocks-rule',
    name: 'differential of a matrix of blocks',
    statement:
      '\\mathrm{d}\\begin{bmatrix}X&Y\\end{bmatrix}=\\begin{bmatrix}\\mathrm{d}X&\\mathrm{d}Y\\end{bmatrix}',
    source: 'magnus-neudecker:8',
    sentence: 'Every block changes on its own; backward, each receives the part in its place.',
    level: 'normal',
  },
  push: (d, args, k) =>
    blocksOf(gridOf(args.map((arg, i) => (i === k ? d : i === args.length - 1 ? arg : zeros(arg.shape))))),
  pull: (g, args, k) => {
    const grid = gridOf(args)
    const width = grid[0]!.length
    const [row, column] = [Math.floor(k / width), k % width]
    const top = grid
      .slice(0, row)
      .map(blocksInRow => blocksInRow[0]!.shape.rows)
      .reduce(sumOfDims, 0)
    const left = grid[0]!
      .slice(0, column)
      .map(block => block.shape.columns)
      .reduce(sumOfDims, 0)
    return sliceOf(g, top, left, args[k]!.shape)
  },
  flat: (k, args) => k === args.length - 1,
  examples: ['[x; y]', '[s, t; 1, 2]', '[A, B]'],
})

/**
 * The matrix put together of blocks, row by row; a single block is itself. Raises `ShapeError` when the rows have
 * different numbers of blocks or the blocks do not fit.
 */
export function blocksOf(rows: readonly (readonly Expr[])[]): Expr {
  const first = rows[0]?.[0]
  if (first === undefined || rows.some(row => row.length !== rows[0]!.length)) {
    throw new ShapeError('ragged', 'every row of a matrix needs the same number of entries')
  }
  if (rows.length === 1 && rows[0]!.length === 1) return first
  return call(blocks, [...rows.flat(), number(rational(rows.length))])
}

/** Zeros around an array, so that it lies in a larger one behind `top` rows and `left` columns. */
function embed(g: Expr, top: Dim, left: Dim, whole: Shape): Expr {
  const heights = [top, g.shape.rows, differenceOfDims(differenceOfDims(whole.rows, top), g.shape.rows)]
  const widths = [
    left,
    g.shape.columns,
    differenceOfDims(differenceOfDims(whole.columns, left), g.shape.columns),
  ]
  const rows = heights.flatMap((height, i) =>
    height === 0
      ? []
      : [
          widths.flatMap((width, j) =>
            width === 0 ? [] : [i === 1 && j === 1 ? g : zeros(shapeOf(height, width))],
          ),
        ],
  )
  return blocksOf(rows)
}

/** The place in the whole of a place in a part that begins at `first`. */
function behind(first: Expr, at: Expr): Expr {
  const offset = differenceOfDims(dimOf(first), 1)
  return offset === 0 ? at : add(at, dimensionOf(offset))
}

export const slice: Op = defineOp({
  name: 'slice',
  title: 'part of a matrix',
  kind: 'linear',
  arity: [5, 5],
  notation: { form: 'special', latex: '_', plain: '[', precedence: PRECEDENCE.atom },
  shape: ([a, top, bottom, left, right]) => {
    const side = (from: Expr, to: Expr) => sumOfDims(differenceOfDims(dimOf(to), dimOf(from)), 1)
    const shape = shapeOf(side(top!, bottom!), side(left!, right!))
    const fits = (part: Dim, whole: Dim) =>
      typeof part !== 'number' || (part > 0 && (typeof whole !== 'number' || part <= whole))
    if (fits(shape.rows, a!.shape.rows) && fits(shape.columns, a!.shape.columns)) return shape
    throw new ShapeError('out-of-range', `a ${shapeText(a!.shape)} has no part of ${shapeText(shape)}`)
  },
  make: ([a, top, bottom, left, right]) => {
    const shape = slice.shape([a!, top!, bottom!, left!, right!])
    return sliceOf(a!, differenceOfDims(dimOf(top!), 1), differenceOfDims(dimOf(left!), 1), shape)
  },
  value: (m, [a], _, [top, bottom, left, right]) =>
    m.sliceColumns(m.sliceRows(a!, top! - 1, bottom!), left! - 1, right!),
  indexArguments: 4,
  rule: {
    id: 'slice-rule',
    name: 'derivative of a part',
    statement: '\\mathrm{d}X_{a:b,c:d}=(\\mathrm{d}X)_{a:b,c:d}',
    source: 'magnus-neudecker:8',
    sentence: 'A part passes what it receives to its own place and nothing to the rest.',
    level: 'normal',
  },
  push: (d, [, top, bottom, left, right]) => call(slice, [d, top!, bottom!, left!, right!]),
  pull: (g, [a, top, , left]) =>
    embed(g, differenceOfDims(dimOf(top!), 1), differenceOfDims(dimOf(left!), 1), a!.shape),
  flat: k => k > 0,
  entries: (at, [a, top, , left], row, column) => at.entry(a!, behind(top!, row), behind(left!, column)),
  examples: ['A[1:2, 1:2]'],
})

/**
 * The part of the given shape that lies behind `top` rows and `left` columns; a part of one entry is an entry, and
 * the whole is itself.
 */
export function sliceOf(a: Expr, top: Dim, left: Dim, shape: Shape): Expr {
  if (sameShape(a.shape, shape)) return a
  const first = (offset: Dim) => dimensionOf(sumOfDims(offset, 1))
  if (shape.rows === 1 && shape.columns === 1) return entry(a, first(top), first(left))
  const last = (offset: Dim, size: Dim) => dimensionOf(sumOfDims(offset, size))
  return call(slice, [a, first(top), last(top, shape.rows), first(left), last(left, shape.columns)], shape)
}
