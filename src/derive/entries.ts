import { ONE } from '../base/rational.js'
import { termsOfDim } from '../expr/dimension.js'
import { isBound, number, symbol } from '../expr/intern.js'
import type { Call, Expr, Sym } from '../expr/node.js'
import type { Problem } from '../expr/problem.js'
import { type Dim, isScalar, SCALAR, type Shape } from '../expr/shape.js'
import { postorder, substitute, symbolsOf } from '../expr/walk.js'
import { multiply, transpose } from '../ops/core.js'
import {
  basisVector,
  columnSelection,
  delta,
  entry,
  familyMember,
  rowSelection,
  selection,
} from '../ops/indexed.js'
import { toIndexForm } from '../ops/lower.js'
import { contractDeltas, type Ranges, withPowers } from '../ops/settle.js'
import type { Answer } from './solution.js'

/** A place in an array; a whole row has no column, a whole column no row. */
interface Place {
  readonly row?: Expr | undefined
  readonly column?: Expr | undefined
}

/** Where a part of a variable stands in it. */
export function placeOf({ op, args }: Call): Place {
  const [, first, second] = args as readonly [Expr, Expr, Expr?]
  if (op === selection) return { row: first, column: second }
  if (op === rowSelection || op === familyMember) return { row: first }
  return op === columnSelection ? { column: first } : {}
}

/** Whether a call takes an entry, a row, a column or a member of something. */
export function isNamedPart({ op }: Call): boolean {
  return op === selection || op === rowSelection || op === columnSelection || op === familyMember
}

/** The entry of a variable at indices as an author writes them; a scalar is its own only entry. */
export function partAt(variable: Sym, indices: readonly Expr[]): Call | Sym {
  const [i, j] = indices
  return i === undefined ? variable : (entry(variable, i, j) as Call)
}

/** As many of the letters as an array has sides, taken from the front. */
export function indicesOf({ rows, columns }: Shape, letters: Sym[]): readonly Sym[] {
  const wanted = (rows === 1 ? 0 : 1) + (columns === 1 ? 0 : 1)
  return letters.splice(0, wanted)
}

const LETTERS: readonly string[] = ['i', 'j', 'k', 'l', 'p', 'q', 'r', 's', 'a', 'b', 'c', 'd', 'u', 'v']

/** Letters for indices that mean nothing else in a problem or in a result, those the author prefers first. */
export function freeLetters(
  { declarations, definitions, notation }: Problem,
  of: Expr,
  result: Expr,
  shapes: readonly Shape[],
): Sym[] {
  const nodes = postorder([of, result, ...definitions.flatMap(({ symbol: name, body }) => [name, body])])
  const symbols = [...declarations.map(({ symbol: name }) => name), ...symbolsOf(nodes)]
  const used = new Set(symbols.map(({ name }) => name))
  const note = (side: Dim) => {
    for (const { names } of termsOfDim(side)) for (const name of names) used.add(name)
  }
  for (const { shape } of [...symbols, ...nodes, ...shapes.map(shape => ({ shape }))]) {
    note(shape.rows)
    note(shape.columns)
  }
  const plain = [...new Set([...notation.indices, ...LETTERS])].filter(letter => !used.has(letter))
  // Numbered letters never run out.
  const numbered = Array.from({ length: 8 }, (_, k) => `i_${k + 1}`).filter(name => !used.has(name))
  return [...plain, ...numbered].map(letter => symbol(letter, SCALAR, 'index'))
}

/**
 * The entry of a derivative at an entry of the function and entries of the variables. A linear map is applied to the
 * change of one entry alone.
 */
export function entriesOf(
  { kind, expanded, change, question }: Answer,
  rows: readonly Expr[],
  columns: readonly (readonly Expr[])[],
): Expr {
  const { of, wrt, second = wrt, order } = question
  const ranges = rangesOf(of, [of.shape, wrt.shape, second.shape], [rows, ...columns])
  if (kind !== 'differential' || change === undefined) {
    const outputs = isScalar(of.shape) ? [] : rows
    const indices = [...outputs, ...columns.flat()].slice(0, sidesOf(expanded))
    return withPowers(toIndexForm(expanded, indices, ranges))
  }
  const outputs = order === 1 ? rows : columns[0]!
  const lowered = toIndexForm(expanded, outputs, ranges)
  return withPowers(contractDeltas(alongEntry(lowered, change, columns[order - 1]!), ranges))
}

function sidesOf({ shape }: Expr): number {
  return (shape.rows === 1 ? 0 : 1) + (shape.columns === 1 ? 0 : 1)
}

/** The same where only one entry of the array changes, by one. */
function alongEntry(node: Expr, change: Sym, at: readonly Expr[]): Expr {
  const { rows, columns } = change.shape
  const one = number(ONE)
  const [k, l] = columns === 1 ? [at[0]!, one] : rows === 1 ? [one, at[0]!] : [at[0]!, at[1]!]
  const known = new Map<Expr, Expr>()
  for (const part of postorder([node])) {
    if (part.kind !== 'call' || part.op !== selection || part.args[0] !== change) continue
    const [, row, column] = part.args as [Expr, Expr, Expr]
    known.set(part, multiply(same(row, k), same(column, l)))
  }
  const direct = substitute(node, known)
  const down = basisVector(k, rows)
  const unit = columns === 1 ? down : multiply(down, transpose(basisVector(l, columns)))
  return substitute(direct, new Map([[change, rows === 1 ? transpose(basisVector(l, columns)) : unit]]))
}

function same(i: Expr, j: Expr): Expr {
  return i === j ? number(ONE) : delta(i, j)
}

/** How far the indices of entries run. */
function rangesOf(of: Expr, shapes: readonly Shape[], places: readonly (readonly Expr[])[]): Ranges {
  const ranges = new Map<Expr, Dim[]>()
  const learn = (index: Expr, size: Dim) => {
    const known = ranges.get(index)
    if (known) known.push(size)
    else ranges.set(index, [size])
  }
  for (const node of postorder([of])) {
    if (node.kind !== 'call' || node.op !== selection) continue
    const [array, row, column] = node.args as [Expr, Expr, Expr]
    if (!isBoundIndex(row)) learn(row, array.shape.rows)
    if (!isBoundIndex(column)) learn(column, array.shape.columns)
  }
  places.forEach((indices, which) => {
    const { rows, columns } = shapes[which]!
    const sides = columns === 1 ? [rows] : rows === 1 ? [columns] : [rows, columns]
    for (const [k, index] of indices.entries()) learn(index, sides[k]!)
  })
  return ranges
}

/** Whether the index of a sum occurs, which says nothing outside the sum. */
function isBoundIndex(index: Expr): boolean {
  return postorder([index]).some(node => node.kind === 'sym' && isBound(node))
}
