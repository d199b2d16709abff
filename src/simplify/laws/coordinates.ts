import { ONE, toNumber } from '../../base/rational.js'
import { number } from '../../expr/intern.js'
import type { Law } from '../../expr/law.js'
import type { Expr } from '../../expr/node.js'
import { isScalar, SCALAR, type Shape } from '../../expr/shape.js'
import { blocks, blocksOf } from '../../ops/blocks.js'
import {
  add,
  isCall,
  isOne,
  isZero,
  matrixProduct,
  multiplication,
  multiply,
  transposition,
  zeros,
} from '../../ops/core.js'
import { basis } from '../../ops/indexed.js'
import { defineLaw } from '../law.js'
import { blockRows } from './blocks.js'

/** What stands at one place of an array. */
interface Cell {
  readonly row: number
  readonly column: number
  readonly value: Expr
}

/** Larger arrays are spelled out only where most of their entries are there. */
const SMALL = 9
const LARGEST = 36

function cellCount({ rows, columns }: Shape): number | undefined {
  return typeof rows === 'number' && typeof columns === 'number' ? rows * columns : undefined
}

/** The number of a unit vector of a known size. */
function unitAt(node: Expr): number | undefined {
  if (!isCall(node, basis) || typeof node.shape.rows !== 'number') return undefined
  const at = node.args[1]!
  return at.kind === 'num' ? toNumber(at.value) : undefined
}

/** The entries of `c\,e_i`, `c\,e_i^\top`, `c\,e_ie_j^\top` and of a matrix of scalars; undefined for anything else. */
function cellsOf(term: Expr): readonly Cell[] | undefined {
  const column = unitAt(term)
  if (column !== undefined) return [{ row: column, column: 1, value: number(ONE) }]
  if (isCall(term, transposition)) {
    const inside = cellsOf(term.args[0]!)
    return inside?.map(({ row, column: at, value }) => ({ row: at, column: row, value }))
  }
  if (isCall(term, matrixProduct) && term.args.length === 2) {
    const [first, second] = term.args as readonly [Expr, Expr]
    if (first.shape.columns !== 1 || second.shape.rows !== 1) return undefined
    const [left, right] = [cellsOf(first), cellsOf(second)]
    if (left === undefined || right === undefined) return undefined
    return left.flatMap(a =>
      right.map(b => ({ row: a.row, column: b.column, value: product(a.value, b.value) })),
    )
  }
  if (isCall(term, multiplication)) {
    const arrays = term.args.filter(arg => !isScalar(arg.shape))
    const inside = arrays.length === 1 ? cellsOf(arrays[0]!) : undefined
    const scalars = term.args.filter(arg => isScalar(arg.shape))
    return inside?.map(cell => ({
      ...cell,
      value: scalars.reduceRight((value, scalar) => product(scalar, value), cell.value),
    }))
  }
  const grid = isCall(term, blocks) ? blockRows(term) : undefined
  if (grid === undefined || !grid.every(row => row.every(block => isScalar(block.shape)))) return undefined
  return grid.flatMap((row, i) =>
    row.flatMap((value, j) => (isZero(value) ? [] : [{ row: i + 1, column: j + 1, value }])),
  )
}

/** A product without the ones that unit vectors stand for. */
function product(a: Expr, b: Expr): Expr {
  return isOne(a) ? b : isOne(b) ? a : multiply(a, b)
}

/** The array with the cells in their places, and zeros elsewhere. */
function assembled(cells: readonly Cell[], { rows, columns }: Shape): Expr {
  return blocksOf(
    Array.from({ length: rows as number }, (_, i) =>
      Array.from({ length: columns as number }, (__, j) => {
        const values = cells.filter(cell => cell.row === i + 1 && cell.column === j + 1)
        return values.length === 0 ? zeros(SCALAR) : add(...values.map(({ value }) => value))
      }),
    ),
  )
}

export const assembleCoordinates = defineLaw({
  id: 'assemble-coordinates',
  name: 'write the coordinates as a column',
  statement: 'a\\,e_1+b\\,e_2=\\begin{bmatrix}a\\\\b\\end{bmatrix}',
  sentence: 'Multiples of unit vectors of a known size are the entries of a column, a row or a matrix.',
  needs: [basis],
  example: 's*basis(2, 1) + t*basis(2, 2) = [s; t]',
  apply: node => {
    const count = cellCount(node.shape)
    if (count === undefined || count > LARGEST) return undefined
    const terms = node.args.map(cellsOf)
    if (terms.length < 2 || !terms.every(cells => cells !== undefined)) return undefined
    const cells = terms.flat()
    return count <= SMALL || 2 * cells.length >= count ? assembled(cells, node.shape) : undefined
  },
})

const spellOutRows = defineLaw({
  id: 'spell-out-rows',
  name: 'write the rows out',
  statement:
    '\\begin{bmatrix}a\\,e_1^\\top\\\\\\begin{bmatrix}b&c\\end{bmatrix}\\end{bmatrix}=\\begin{bmatrix}a&0\\\\b&c\\end{bmatrix}',
  sentence: 'Rows of a known length that stand on one another are the rows of a matrix.',
  example: "[s*basis(2, 1)'; [t, s]] = [s, 0; t, s]",
  apply: node => {
    const grid = blockRows(node)
    const width = node.shape.columns
    if (grid === undefined || typeof width !== 'number' || width < 2) return undefined
    if (!grid.every(row => row.length === 1 && row[0]!.shape.rows === 1)) return undefined
    const rows = grid.map(([row]) => (isZero(row!) ? [] : cellsOf(row!)))
    if (!rows.every(cells => cells !== undefined) || width * rows.length > LARGEST) return undefined
    return assembled(
      rows.flatMap((cells, i) => cells.map(cell => ({ ...cell, row: i + 1 }))),
      node.shape,
    )
  },
})

export const blockLaws: readonly Law[] = Object.freeze([spellOutRows])
