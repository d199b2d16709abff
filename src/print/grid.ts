import { toNumber } from '../base/rational.js'
import type { Expr } from '../expr/node.js'
import { type Piece, type Run, sequence, signed } from './piece.js'

/** The rows of a matrix of blocks, whose last argument is their number. */
export function blockRows(args: readonly Expr[], parts: readonly Piece[]): readonly (readonly Piece[])[] {
  const last = args[args.length - 1]!
  const height = last.kind === 'num' ? toNumber(last.value) : 1
  const width = (args.length - 1) / height
  return Array.from({ length: height }, (_, row) => parts.slice(row * width, (row + 1) * width))
}

/** Cells between signs, rows between other signs. */
export function grid(rows: readonly (readonly Piece[])[], between: string, below: string): Run {
  const runs = rows.flatMap((row, i) => {
    const cells = row.flatMap((cell, j) => (j === 0 ? [signed(cell)] : [between, signed(cell)]))
    return i === 0 ? cells : [below, ...cells]
  })
  return sequence(...runs)
}
