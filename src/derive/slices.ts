import { number, symbol } from '../expr/intern.js'
import type { Call, Expr } from '../expr/node.js'
import { isScalar, SCALAR } from '../expr/shape.js'
import { remake, substitute, walk } from '../expr/walk.js'
import {
  hadamardProduct,
  isCall,
  matrixProduct,
  multiplication,
  multiply,
  transpose,
  transposition,
} from '../ops/core.js'
import {
  basis,
  columnOf,
  columnSelection,
  delta,
  entry,
  familyMember,
  indexedSum,
  rowOf,
  rowSelection,
  selection,
  summationOverIndex,
} from '../ops/indexed.js'

/** What one step uncovers the next one uses; few rounds are ever needed. */
const MOST_ROUNDS = 6

/**
 * Rows, columns and entries of results as results of rows, columns and entries: row i of `A B` is row i of A times B.
 * A product with a unit vector is a row, a column or an entry.
 */
export function sliced(root: Expr): Expr {
  let now = root
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const next = slicedOnce(now)
    if (next === now) break
    now = next
  }
  return now
}

function slicedOnce(root: Expr): Expr {
  const steps = new Map<Expr, Expr>()
  const parts = (node: Expr): readonly Expr[] => {
    if (node.kind !== 'call') return []
    const step = stepOf(node)
    if (step === undefined) return node.args
    steps.set(node, step)
    return [step]
  }
  const done = new Map<Expr, Expr>()
  const now = (node: Expr) => done.get(node) ?? node
  for (const node of walk([root], parts)) {
    const step = steps.get(node)
    if (step !== undefined) done.set(node, now(step))
    else if (node.kind === 'call') {
      const args = node.args.map(now)
      if (args.some((arg, k) => arg !== node.args[k])) done.set(node, remake(node, args))
    }
  }
  return now(root)
}

function stepOf(node: Call): Expr | undefined {
  if (isCall(node, matrixProduct)) return withoutUnits(node)
  if (isCall(node, hadamardProduct)) return ofOneEntry(node)
  const [array, index, second] = node.args as readonly [Expr, Expr, Expr]
  if (isCall(node, familyMember)) return array.kind === 'call' ? transpose(rowAt(array, index)) : undefined
  if (isCall(node, selection)) return entryOf(array, index, second)
  if (isCall(node, rowSelection)) return sliceOf(array, index, 'row')
  return isCall(node, columnSelection) ? sliceOf(array, index, 'column') : undefined
}

function rowAt(a: Expr, index: Expr): Expr {
  return a.shape.columns === 1 ? entry(a, index) : rowOf(a, index)
}

function columnAt(a: Expr, index: Expr): Expr {
  return a.shape.rows === 1 ? entry(a, index) : columnOf(a, index)
}

function isEach({ op }: Call): boolean {
  return op.kind === 'elementwise' || op.entries === 'each'
}

function sliceOf(array: Expr, index: Expr, which: 'row' | 'column'): Expr | undefined {
  if (array.kind !== 'call') return undefined
  const { op, args } = array
  if (op === summationOverIndex) {
    const own = symbol('#sliced', SCALAR, 'index')
    const [bound, low, high, body] = args as readonly [Expr, Expr, Expr, Expr]
    const inside = substitute(body, new Map([[bound, own]]))
    return indexedSum(own, low, high, which === 'row' ? rowAt(inside, index) : columnAt(inside, index))
  }
  const slice = (a: Expr) => (isScalar(a.shape) ? a : which === 'row' ? rowAt(a, index) : columnAt(a, index))
  if (op === matrixProduct) {
    return which === 'row'
      ? multiply(slice(args[0]!), ...args.slice(1))
      : multiply(...args.slice(0, -1), slice(args[args.length - 1]!))
  }
  if (op === transposition) {
    return transpose(which === 'row' ? columnAt(args[0]!, index) : rowAt(args[0]!, index))
  }
  return isEach(array) ? remake(array, args.map(slice)) : undefined
}

function entryOf(array: Expr, row: Expr, column: Expr): Expr | undefined {
  if (array.kind === 'num') return number(array.value)
  if (isCall(array, basis)) return delta(row, array.args[1]!)
  if (array.kind !== 'call') return undefined
  const { op, args } = array
  const at = (a: Expr) => (isScalar(a.shape) ? a : entry(a, row, column))
  if (op === matrixProduct) {
    const [first, last] = [args[0]!, args[args.length - 1]!]
    const left = first.shape.rows === 1 ? first : rowAt(first, row)
    const right = last.shape.columns === 1 ? last : columnAt(last, column)
    return multiply(left, ...args.slice(1, -1), right)
  }
  if (op === transposition) return entry(args[0]!, column, row)
  return isEach(array) ? remake(array, args.map(at)) : undefined
}

/** `A e_i` is column i of A, `e_i^\top A` row i, and with a vector an entry. */
function withoutUnits({ args }: Call): Expr | undefined {
  for (const [k, factor] of args.entries()) {
    const before = args[k - 1]
    if (before !== undefined && isCall(factor, basis)) {
      return multiply(...args.slice(0, k - 1), columnAt(before, factor.args[1]!), ...args.slice(k + 1))
    }
    const turned = isCall(factor, transposition) ? factor.args[0]! : undefined
    const after = args[k + 1]
    if (turned === undefined || after === undefined || !isCall(turned, basis)) continue
    return multiply(...args.slice(0, k), rowAt(after, turned.args[1]!), ...args.slice(k + 2))
  }
  return undefined
}

/** `v \odot e_i` is `v_i e_i`, and `V \odot e_i e_j^\top` is `V_{ij} e_i e_j^\top`. */
function ofOneEntry({ args }: Call): Expr | undefined {
  for (const [k, factor] of args.entries()) {
    const scalars = isCall(factor, multiplication) ? factor.args.filter(arg => isScalar(arg.shape)) : []
    const unit = isCall(factor, multiplication) ? factor.args.find(arg => !isScalar(arg.shape))! : factor
    const place = placeOfUnit(unit)
    if (place === undefined) continue
    const others = args.filter((_, at) => at !== k).map(arg => entry(arg, place[0], place[1]))
    return multiply(...scalars, ...others, unit)
  }
  return undefined
}

function placeOfUnit(node: Expr): readonly [Expr, Expr?] | undefined {
  if (isCall(node, basis)) return [node.args[1]!]
  if (isCall(node, transposition) && isCall(node.args[0]!, basis)) return [node.args[0].args[1]!]
  if (!isCall(node, matrixProduct) || node.args.length !== 2) return undefined
  const [down, across] = node.args as [Expr, Expr]
  if (!isCall(down, basis) || !isCall(across, transposition) || !isCall(across.args[0]!, basis))
    return undefined
  return [down.args[1]!, across.args[0].args[1]!]
}
