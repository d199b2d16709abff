import { call, number } from '../expr/intern.js'
import type { Call, Expr } from '../expr/node.js'
import type { Op } from '../expr/op.js'
import { isScalar, type Shape, shapeOf } from '../expr/shape.js'
import { postorder } from '../expr/walk.js'
import { applyOp } from './apply.js'
import {
  add,
  addition,
  divide,
  divideEach,
  division,
  hadamard,
  hadamardProduct,
  hadamardQuotient,
  isCall,
  multiplication,
  multiply,
  ones,
  transpose,
} from './core.js'
import { celu, elu, leakyRelu, swish } from './parametric.js'
import { power, powering } from './powers.js'

/*
 * A scalar formula in which some leaves vary over a row index, a column index or both is the same formula on arrays,
 * entry by entry. What varies over neither stays a scalar; what varies over one is a column along it.
 */
export const NEITHER = 0
export const ROWS = 1
export const COLUMNS = 2
export const BOTH = 3
type Over = typeof NEITHER | typeof ROWS | typeof COLUMNS | typeof BOTH

/** A formula for all values of the indices at once, and which of them it varies over. */
export interface Lifted {
  readonly over: Over
  readonly value: Expr
}

/** What varies: the array a node selects from, and how many of each index there are. */
export interface Leaves {
  /** Whether the node itself varies; nodes above it then do too. */
  readonly varies: (node: Expr) => boolean
  /** The array of a varying node that is not taken apart; undefined when it has no regular form. */
  readonly array: (node: Expr) => Lifted | undefined
  /** The shape of what varies over the rows alone, and over both. */
  readonly rows: Shape
  readonly both: Shape
}

const PARAMETRIC: ReadonlySet<Op> = new Set([leakyRelu, elu, celu, swish])

/** The formula on arrays, or undefined where the indices are used irregularly. */
export function lift(root: Expr, leaves: Leaves): Lifted | undefined {
  const varying = new Set<Expr>()
  for (const node of postorder([root])) {
    if (leaves.varies(node) || (node.kind === 'call' && node.args.some(arg => varying.has(arg))))
      varying.add(node)
  }
  const done = new Map<Expr, Lifted | undefined>()
  const lifted = (node: Expr): Lifted | undefined =>
    varying.has(node) ? done.get(node) : { over: NEITHER, value: node }
  for (const node of postorder([root], inner => varying.has(inner) && isOpen(inner))) {
    if (!varying.has(node)) continue
    done.set(
      node,
      leaves.array(node) ?? (node.kind === 'call' && isOpen(node) ? above(node, lifted, leaves) : undefined),
    )
  }
  return lifted(root)
}

/** Calls that are lifted part by part. */
function isOpen({ op }: Call): boolean {
  return op.kind === 'elementwise' || op.entries === 'each'
}

function above(node: Call, lifted: (node: Expr) => Lifted | undefined, leaves: Leaves): Lifted | undefined {
  if (!isScalar(node.shape)) return undefined
  const { op } = node
  const parts: Lifted[] = []
  for (const arg of node.args) {
    const part = lifted(arg)
    if (part === undefined) return undefined
    parts.push(part)
  }
  const [first, second] = parts as [Lifted, Lifted]
  if (op.kind === 'elementwise') return { over: first.over, value: applyOp(op, first.value) }
  if (op === multiplication || op === hadamardProduct) return productOf(parts, leaves)
  if (op === powering) {
    return second.over === NEITHER ? { over: first.over, value: power(first.value, second.value) } : undefined
  }
  if (PARAMETRIC.has(op)) {
    return parts.slice(1).every(part => part.over === NEITHER)
      ? { over: first.over, value: applyOp(op, ...parts.map(part => part.value)) }
      : undefined
  }
  if ((op === division || op === hadamardQuotient) && second.over === NEITHER) {
    return { over: first.over, value: divide(first.value, second.value) }
  }
  const over = union(parts)
  const values = parts.map(part => spread(part, over, leaves))
  if (op === addition) return { over, value: add(...values) }
  if (op === division || op === hadamardQuotient) return { over, value: divideEach(values[0]!, values[1]!) }
  return { over, value: op.make ? op.make(values, node) : call(op, values) }
}

/** Repeats a part along the indices it does not vary over; a number becomes the array filled with it. */
export function spread(part: Lifted, over: Over, leaves: Leaves): Expr {
  const { value } = part
  if (part.over === over) return value
  if (part.over === NEITHER) {
    const shape = over === ROWS ? leaves.rows : over === COLUMNS ? columnOf(leaves) : leaves.both
    if (value.kind === 'num') return number(value.value, shape)
    return multiply(value, ones(shape))
  }
  if (part.over === ROWS) return multiply(value, ones(shapeOf(1, leaves.both.columns)))
  return multiply(ones(shapeOf(leaves.both.rows)), transpose(value))
}

function columnOf(leaves: Leaves): Shape {
  return shapeOf(leaves.both.columns)
}

/** The product of parts: numbers scale, what varies over one index alone multiplies along it. */
export function productOf(parts: readonly Lifted[], leaves: Leaves): Lifted {
  const scalars: Expr[] = []
  const rows: Expr[] = []
  const columns: Expr[] = []
  const matrices: Expr[] = []
  const place = [scalars, rows, columns, matrices] as const
  for (const part of parts) place[part.over].push(...factorsOf(part, scalars))
  const over = ((rows.length > 0 ? ROWS : 0) |
    (columns.length > 0 ? COLUMNS : 0) |
    (matrices.length > 0 ? BOTH : 0)) as Over
  if (over === NEITHER) return { over, value: multiply(...scalars) }
  const along = rows.length > 0 ? hadamard(...rows) : undefined
  const across = columns.length > 0 ? transpose(hadamard(...columns)) : undefined
  let array: Expr
  if (matrices.length > 0) {
    if (along !== undefined && across !== undefined) matrices.push(multiply(along, across))
    else if (along !== undefined) matrices.push(multiply(along, ones(shapeOf(1, leaves.both.columns))))
    else if (across !== undefined) matrices.push(multiply(ones(shapeOf(leaves.both.rows)), across))
    array = hadamard(...matrices)
  } else if (along !== undefined && across !== undefined) array = multiply(along, across)
  else array = along ?? hadamard(...columns)
  return { over, value: scalars.length > 0 ? multiply(...scalars, array) : array }
}

/** The array of a part; scalars in front of it go to the other scalars. */
function factorsOf(part: Lifted, scalars: Expr[]): readonly Expr[] {
  const { over, value } = part
  if (over === NEITHER || !isCall(value, multiplication)) return [value]
  const arrays = value.args.filter(arg => !isScalar(arg.shape))
  if (arrays.length !== 1) return [value]
  scalars.push(...value.args.filter(arg => isScalar(arg.shape)))
  return arrays
}

/**
 * A scalar formula applied entry by entry: each symbol of `by` is replaced by an array of the given shape or by a
 * scalar. Undefined when something in the formula does not act on single numbers.
 */
export function liftOver(body: Expr, by: ReadonlyMap<Expr, Expr>, shape: Shape): Expr | undefined {
  const leaves: Leaves = {
    varies: node => by.has(node),
    array: node => {
      const value = by.get(node)
      return value === undefined ? undefined : { over: isScalar(value.shape) ? NEITHER : ROWS, value }
    },
    rows: shape,
    both: shape,
  }
  const found = lift(body, leaves)
  return found && spread(found, isScalar(shape) ? NEITHER : ROWS, leaves)
}

/** Every index that some part varies over. */
export function union(parts: readonly Lifted[]): Over {
  let over = 0
  for (const part of parts) over |= part.over
  return over as Over
}
