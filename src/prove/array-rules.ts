import { MathError } from '../base/errors.js'
import { ONE, rational } from '../base/rational.js'
import type { Call, Expr, Sym } from '../expr/node.js'
import type { Op } from '../expr/op.js'
import type { Dim } from '../expr/shape.js'
import { blocks, slice } from '../ops/blocks.js'
import { isCall, matrixProduct } from '../ops/core.js'
import { dimOf } from '../ops/dimension.js'
import {
  basis,
  columnSelection,
  familyMember,
  kroneckerDelta,
  rowSelection,
  selection,
  summationOverIndex,
} from '../ops/indexed.js'
import {
  determinant,
  diagonalMatrix,
  diagonalOf,
  identityMatrix,
  inverse,
  logDeterminant,
  matrixPower,
  trace,
} from '../ops/matrix.js'
import { constant, type Poly, polyOf, type Slot, scaled, slotAt } from './algebra.js'
import { bodyKey } from './canonical.js'
import { COLUMN, type Entries, type EntryRule, ROW } from './entries.js'
import { normal, product, sum } from './normal.js'
import type { Range } from './ring.js'
import { wholeNumber } from './rules.js'

/** An operation whose indices are no plain letters is left alone. */
function selected(pick: (at: Entries, node: Call, slots: readonly Slot[]) => Poly, from: number): EntryRule {
  return (at, node) => {
    const slots = node.args.slice(from).map(arg => at.slot(arg))
    if (slots.some(slot => slot === undefined)) return at.unknown(node)
    return pick(at, node, slots as readonly Slot[])
  }
}

/** A column or a row on the diagonal. */
const diagonal: EntryRule = (at, { args: [v] }) => {
  const entry = v!.shape.columns === 1 ? at.at(v!) : at.at(v!, slotAt(0, 1), slotAt(ROW))
  return product(at.ring, at.delta(slotAt(ROW), slotAt(COLUMN)), entry)
}

const inverted: EntryRule = (at, { args: [a] }) => {
  // The inverse of a product is the product of the inverses, the other way round.
  const body = at.at(a!)
  const isSquare = (node: Expr) => node.shape.rows === node.shape.columns
  if (isCall(a!, matrixProduct) && a!.args.every(isSquare)) {
    let found: Poly | undefined
    for (const arg of a!.args) {
      const one = inverseOf(at, at.at(arg))
      found = found === undefined ? one : chained(at, one, found, arg.shape.rows)
    }
    return found!
  }
  return inverseOf(at, body)
}

function chained(at: Entries, left: Poly, right: Poly, side: Dim): Poly {
  return at.along(side, slot =>
    product(
      at.ring,
      at.ring.put(left, new Map([[COLUMN, slot]])),
      at.ring.put(right, new Map([[ROW, slot]])),
    ),
  )
}

function inverseOf(at: Entries, body: Poly): Poly {
  const [only] = body
  if (body.length === 1 && only!.bound.length === 0 && only!.factors.length === 1) {
    const [factor] = only!.factors
    const over = ONE.div(only!.coefficient)
    if (factor!.head === at.ring.delta) return scaled(body, over.mul(over))
    if (factor!.head.kind === 'inverse') return scaled(at.ring.bodyOf(factor!), over)
    return scaled(polyOf(at.ring.made('inverse', 'inverse', scaled(body, over))), over)
  }
  return polyOf(at.ring.made('inverse', 'inverse', body))
}

/** A number made of a square matrix that is the same for its transpose. */
function ofSquare(name: string): EntryRule {
  return (at, node) => {
    const [a] = node.args as readonly [Expr]
    const mark = (slot: Slot, which: string) =>
      polyOf({
        head: at.ring.head({ kind: 'other', key: `mark ${which}`, arity: 1 }),
        slots: [slot],
        power: ONE,
      })
    const form = (turned: boolean) =>
      at.everywhere(a.shape, (row, column) =>
        product(
          at.ring,
          mark(row, 'row'),
          mark(column, 'column'),
          turned ? at.at(a, column, row) : at.at(a, row, column),
        ),
      )
    const [upright, turned] = [form(false), form(true)]
    const first = bodyKey(at.ring, upright).key <= bodyKey(at.ring, turned).key
    return polyOf(at.ring.made('other', name, first ? upright : turned))
  }
}

const repeated: EntryRule = (at, node) => {
  const [a, exponent] = node.args
  const count = wholeNumber(exponent)
  if (count === undefined || count < 1 || count > 6) return at.unknown(node)
  let found = at.at(a!)
  for (let k = 1; k < count; k++) found = chained(at, found, at.at(a!), a!.shape.rows)
  return found
}

const grid: EntryRule = (at, node) => {
  const last = node.args[node.args.length - 1]!
  const height = wholeNumber(last) ?? 1
  const width = (node.args.length - 1) / height
  const parts: Poly[] = []
  let top = 0
  for (let i = 0; i < height; i++) {
    let left = 0
    const first = node.args[i * width]!
    for (let j = 0; j < width; j++) {
      const block = node.args[i * width + j]!
      const { rows, columns } = block.shape
      if (rows !== 1 || columns !== 1) return at.unknown(node)
      const row = node.shape.rows === 1 ? constant(ONE) : at.delta(slotAt(ROW), slotAt(0, top + 1))
      const column = node.shape.columns === 1 ? constant(ONE) : at.delta(slotAt(COLUMN), slotAt(0, left + 1))
      parts.push(product(at.ring, row, column, at.at(block)))
      left += 1
    }
    top += first.shape.rows === 1 ? 1 : 0
  }
  return normal(at.ring, parts.flat())
}

const part: EntryRule = (at, node) => {
  const [a, top, , left] = node.args
  const [row, column] = [wholeNumber(top), wholeNumber(left)]
  if (row === undefined || column === undefined) return at.unknown(node)
  return at.at(a!, slotAt(ROW, row - 1), slotAt(COLUMN, column - 1))
}

const summed: EntryRule = (at, { args: [index, low, high, body] }) => {
  const letter = at.ring.letter(index as Sym)
  const inside = at.at(body!)
  return at.over(rangeOf(at, low!, high!), slot => at.ring.put(inside, new Map([[letter, slot]])))
}

function rangeOf(at: Entries, low: Expr, high: Expr): Range {
  const [from, to] = [sizeText(at, low), sizeText(at, high)]
  const size = sum(at.ring, at.at(high), scaled(at.at(low), rational(-1)), constant(ONE))
  return { key: `${from}..${to}`, size }
}

function sizeText(at: Entries, node: Expr): string {
  try {
    return String(dimOf(node))
  } catch (error) {
    if (!(error instanceof MathError)) throw error
    return at.ring.keyOf(at.at(node))
  }
}

/** How the entries of a call are made of those of its arguments, for what places and selects. */
export const ARRAY_RULES: ReadonlyMap<Op, EntryRule> = new Map<Op, EntryRule>([
  [trace, (at, { args: [a] }) => at.along(a!.shape.rows, slot => at.at(a!, slot, slot))],
  [diagonalMatrix, diagonal],
  [diagonalOf, (at, { args: [a] }) => at.at(a!, slotAt(ROW), slotAt(ROW))],
  [identityMatrix, at => at.delta(slotAt(ROW), slotAt(COLUMN))],
  [inverse, inverted],
  [determinant, ofSquare('det')],
  [logDeterminant, ofSquare('log det')],
  [matrixPower, repeated],
  [blocks, grid],
  [slice, part],
  [selection, selected((at, { args: [a] }, [row, column]) => at.at(a!, row, column), 1)],
  [rowSelection, selected((at, { args: [a] }, [row]) => at.at(a!, row, slotAt(COLUMN)), 1)],
  [columnSelection, selected((at, { args: [a] }, [column]) => at.at(a!, slotAt(ROW), column), 1)],
  [familyMember, selected((at, { args: [a] }, [row]) => at.at(a!, row, slotAt(ROW)), 1)],
  [basis, selected((at, _, [place]) => at.delta(slotAt(ROW), place!), 1)],
  [kroneckerDelta, selected((at, _, [i, j]) => at.delta(i!, j!), 0)],
  [summationOverIndex, summed],
])
