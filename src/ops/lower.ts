import { LimitError, ShapeError } from '../base/errors.js'
import { ONE } from '../base/rational.js'
import { number, symbol } from '../expr/intern.js'
import type { Call, Expr } from '../expr/node.js'
import type { EntryTools } from '../expr/op.js'
import { type Dim, isMatrix, isScalar, SCALAR, shapeText } from '../expr/shape.js'
import { remake, walk } from '../expr/walk.js'
import { isCall } from './core.js'
import { dimensionOf } from './dimension.js'
import { delta, entry, indexedSum, selection } from './indexed.js'
import { contractDeltas, type Ranges } from './settle.js'

/*
 * From matrices to entries. An entry of a result is written by entries of the arguments, by the rule in the record of
 * the operation, until only entries of named arrays and of results without a formula, such as `(X^{-1})_{ij}`, are
 * left. Sums are over new indices, which are bound at once, so that no index of the caller is captured.
 */

/** More nodes than this are not written out. */
const MOST_NODES = 100_000

const one = number(ONE)

/**
 * The entry of an expression in index notation: `(AB)_{ij}` is `\sum_k A_{ik} B_{kj}`, a trace is a sum over the
 * diagonal, Kronecker deltas are contracted. A matrix takes two indices, a column or a row one, a scalar none; an
 * index is any scalar expression of indices and whole numbers. `ranges` says how far the indices run, where they are
 * not those of the expression itself. Raises `ShapeError` for another number of indices and for a literal index
 * outside a literal size, `LimitError` where the result would be too large.
 */
export function toIndexForm(node: Expr, indices: readonly Expr[] = [], ranges: Ranges = new Map()): Expr {
  const root = entryAt(node, indices)
  const known = new Map(ranges)
  if (isCall(root, selection)) {
    const { rows, columns } = node.shape
    learn(known, root.args[1]!, rows)
    learn(known, root.args[2]!, columns)
  }
  return contractDeltas(lowered(root), known)
}

function learn(known: Map<Expr, readonly Dim[]>, index: Expr, size: Dim): void {
  known.set(index, [...(known.get(index) ?? []), size])
}

/** The entry at the indices given; see `toIndexForm`. */
export function entryAt(node: Expr, indices: readonly Expr[]): Expr {
  const { shape } = node
  const wanted = isScalar(shape) ? 0 : isMatrix(shape) ? 2 : 1
  if (indices.length !== wanted) {
    const counted = ['no index', 'one index', 'two indices'][wanted]!
    throw new ShapeError('wrong-indices', `an entry of ${shapeText(shape)} takes ${counted}`, {
      hint: `${indices.length} were given`,
    })
  }
  return wanted === 0 ? node : entry(node, indices[0]!, indices[1])
}

/** Replaces what has a rule by what the rule gives, from the outside in; then everything is put together again. */
function lowered(root: Expr): Expr {
  const tools = startTools()
  const steps = new Map<Expr, Expr>()
  let count = 0
  const parts = (node: Expr): readonly Expr[] => {
    if (node.kind !== 'call') return []
    if (++count > MOST_NODES) {
      throw new LimitError('limit-index-form', `in index form this has more than ${MOST_NODES} parts`, {
        hint: 'give intermediate results names of their own',
      })
    }
    const step = expanded(node, tools)
    if (step !== undefined) {
      steps.set(node, step)
      return [step]
    }
    return isAtom(node) ? [] : node.args
  }
  const done = new Map<Expr, Expr>()
  const now = (node: Expr) => done.get(node) ?? node
  for (const node of walk([root], parts)) {
    const step = steps.get(node)
    if (step !== undefined) done.set(node, now(step))
    else if (node.kind === 'call' && !isAtom(node)) {
      const args = node.args.map(now)
      done.set(node, args.some((arg, k) => arg !== node.args[k]) ? remake(node, args) : node)
    }
  }
  return now(root)
}

/** What stays as it is: it has no rule, but parts that are arrays. */
function isAtom(node: Call): boolean {
  return node.args.some(arg => !isScalar(arg.shape))
}

/** One step down: the entry of a result, or a scalar made of arrays. */
function expanded(node: Call, tools: EntryTools): Expr | undefined {
  if (isCall(node, selection)) {
    const [array, row, column] = node.args as [Expr, Expr, Expr]
    if (array.kind === 'num') return number(array.value)
    return array.kind === 'call' ? byRule(array, row, column, tools) : undefined
  }
  return isScalar(node.shape) && isAtom(node) ? byRule(node, one, one, tools) : undefined
}

function byRule(of: Call, row: Expr, column: Expr, tools: EntryTools): Expr | undefined {
  const { op, args } = of
  const rule = op.entries ?? (op.kind === 'elementwise' ? 'each' : undefined)
  if (rule === undefined) return undefined
  if (rule !== 'each') return rule(tools, args, row, column, of)
  return remake(
    of,
    args.map(arg => (isScalar(arg.shape) ? arg : tools.entry(arg, row, column))),
  )
}

/** Tools that keep the indices of sums inside one another apart until they are bound. */
function startTools(): EntryTools {
  let open = 0
  return {
    entry: (a, row, column) => (isScalar(a.shape) ? a : entry(a, row, column)),
    sum: (size: Dim, body) => {
      if (size === 1) return body(one)
      const index = symbol(`#inner${open++}`, SCALAR, 'index')
      const term = body(index)
      open--
      return indexedSum(index, one, dimensionOf(size), term)
    },
    delta: (i, j) => (i === j ? one : delta(i, j)),
  }
}
