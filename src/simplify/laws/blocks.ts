import { differenceOfDims, sumOfDims } from '../../expr/dimension.js'
import type { Law } from '../../expr/law.js'
import type { Call, Expr } from '../../expr/node.js'
import { type Dim, isScalar, sameShape } from '../../expr/shape.js'
import { blocks, blocksOf, gridOf, sliceOf } from '../../ops/blocks.js'
import {
  add,
  isCall,
  isZero,
  matrixProduct,
  multiplication,
  multiply,
  transpose,
  transposition,
} from '../../ops/core.js'
import { dimOf } from '../../ops/dimension.js'
import { defineLaw } from '../law.js'

/** The rows of a matrix of blocks, also of a transposed one. */
export function blockRows(node: Expr): readonly (readonly Expr[])[] | undefined {
  if (isCall(node, transposition)) {
    const rows = blockRows(node.args[0]!)
    return rows && transposedGrid(rows)
  }
  return isCall(node, blocks) ? gridOf(node.args) : undefined
}

function transposedGrid(rows: readonly (readonly Expr[])[]): readonly (readonly Expr[])[] {
  return rows[0]!.map((_, column) => rows.map(row => transpose(row[column]!)))
}

/** The block that lies exactly behind so many rows and columns. */
function blockAt(
  grid: readonly (readonly Expr[])[],
  top: Dim,
  left: Dim,
  shape: Expr['shape'],
): Expr | undefined {
  let above: Dim = 0
  for (const row of grid) {
    if (above === top) {
      let before: Dim = 0
      for (const block of row) {
        if (before === left && sameShape(block.shape, shape)) return block
        before = sumOfDims(before, block.shape.columns)
      }
    }
    above = sumOfDims(above, row[0]!.shape.rows)
  }
  return undefined
}

/** How many rows and columns lie before a part. */
function offsets(node: Call): readonly [top: Dim, left: Dim] {
  return [differenceOfDims(dimOf(node.args[1]!), 1), differenceOfDims(dimOf(node.args[3]!), 1)]
}

const partOfBlocks = defineLaw({
  id: 'part-of-a-matrix-of-blocks',
  name: 'take out a block',
  statement: '\\begin{bmatrix}X\\\\Y\\end{bmatrix}_{1:m}=X',
  sentence: 'A part that is just one of the blocks is that block.',
  needs: [blocks],
  example: '[x; y][1:n, 1:1] = x',
  apply: node => {
    const grid = blockRows(node.args[0]!)
    return grid && blockAt(grid, ...offsets(node), node.shape)
  },
})

const partOfProduct = defineLaw({
  id: 'part-of-a-product',
  name: 'part of a product',
  statement: '(AB)_{1:m,:}=A_{1:m,:}B',
  sentence: 'Rows of a product are made of rows of its first factor, and columns of columns of its last.',
  needs: [blocks],
  example: "([A, B]'*x)[1:n, 1:1] = A'*x",
  apply: node => {
    const inside = node.args[0]!
    const [top, left] = offsets(node)
    const { rows, columns } = node.shape
    if (isCall(inside, multiplication)) {
      const array = inside.args.find(arg => !isScalar(arg.shape))!
      return multiply(...inside.args.filter(arg => arg !== array), sliceOf(array, top, left, node.shape))
    }
    if (!isCall(inside, matrixProduct)) return undefined
    const [first, last] = [inside.args[0]!, inside.args[inside.args.length - 1]!]
    if (blockRows(first) !== undefined && rows !== inside.shape.rows) {
      const part = sliceOf(first, top, 0, { rows, columns: first.shape.columns })
      return sliceOf(multiply(part, ...inside.args.slice(1)), 0, left, node.shape)
    }
    if (blockRows(last) === undefined || columns === inside.shape.columns) return undefined
    const part = sliceOf(last, 0, left, { rows: last.shape.rows, columns })
    return sliceOf(multiply(...inside.args.slice(0, -1), part), top, 0, node.shape)
  },
})

export const sliceLaws: readonly Law[] = Object.freeze([partOfBlocks, partOfProduct])

/** The scalars in front of a matrix of blocks, and its rows. */
function scaledGrid(
  term: Expr,
): { readonly scalars: readonly Expr[]; readonly grid: readonly (readonly Expr[])[] } | undefined {
  if (!isCall(term, multiplication)) {
    const grid = isCall(term, blocks) ? blockRows(term) : undefined
    return grid && { scalars: [], grid }
  }
  const array = term.args.find(arg => isCall(arg, blocks))
  const grid = array && blockRows(array)
  return grid && { scalars: term.args.filter(arg => arg !== array), grid }
}

export const addBlocks = defineLaw({
  id: 'add-matrices-of-blocks',
  name: 'add block by block',
  statement:
    '\\begin{bmatrix}a&0\\end{bmatrix}+\\begin{bmatrix}0&b\\end{bmatrix}=\\begin{bmatrix}a&b\\end{bmatrix}',
  sentence: 'Matrices of blocks of the same sizes are added block by block.',
  needs: [blocks],
  example: '[s, 0] + [0, t] = [s, t]',
  apply: node => {
    const grids = node.args.map(scaledGrid)
    if (!grids.every(grid => grid !== undefined) || grids.length < 2) return undefined
    const first = grids[0]!
    const fits = grids.every(
      ({ grid }) =>
        grid.length === first.grid.length &&
        grid.every((row, i) =>
          row.every((block, j) => sameShape(block.shape, first.grid[i]?.[j]?.shape ?? node.shape)),
        ),
    )
    if (!fits) return undefined
    return blocksOf(
      first.grid.map((row, i) =>
        row.map((block, j) => {
          const terms = grids.flatMap(({ scalars, grid }) => {
            const part = grid[i]![j]!
            return isZero(part) ? [] : [scalars.length > 0 ? multiply(...scalars, part) : part]
          })
          return terms.length > 0 ? add(...terms) : block
        }),
      ),
    )
  },
})
