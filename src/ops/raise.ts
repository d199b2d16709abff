import { TWO } from '../base/rational.js'
import type { Call, Expr, Sym } from '../expr/node.js'
import { type Dim, isMatrix, isScalar, shapeOf } from '../expr/shape.js'
import { contains } from '../expr/walk.js'
import {
  add,
  addition,
  divide,
  division,
  hadamard,
  hadamardProduct,
  isCall,
  isOne,
  matrixProduct,
  multiplication,
  multiply,
  sumOf,
  transpose,
  transposition,
} from './core.js'
import { dimensionOf, dimOf } from './dimension.js'
import {
  basisVector,
  columnOf,
  columnSelection,
  kroneckerDelta,
  rowOf,
  rowSelection,
  selection,
  summationOverIndex,
} from './indexed.js'
import {
  BOTH,
  COLUMNS,
  type Leaves,
  type Lifted,
  lift,
  NEITHER,
  productOf,
  ROWS,
  spread,
  union,
} from './lift.js'
import { diagonalMatrixOf, diagonalOf, diagonalVectorOf, identity, traceOf } from './matrix.js'
import { squaredNormOf } from './norms.js'
import { powering } from './powers.js'
import { columnSums, rowSums, rowSumsOf } from './reductions.js'

/** An index and how far it runs, from 1. */
export interface Axis {
  readonly symbol: Sym
  readonly extent: Dim
}

/**
 * The array whose entries a scalar formula gives: `x_i y_i` over i is `x \odot y`, `\sum_j W_{ij} x_j + b_i` is
 * `W x + b`, `u_i v_j` over i and j is `u v^\top`. A column for one index, a matrix for two. Undefined where an index
 * is used irregularly (shifted, inside a condition on indices, as a number), or a sum inside has no matrix form.
 */
export function gather(body: Expr, rows: Axis, columns?: Axis): Expr | undefined {
  const leaves = indexed(rows, columns)
  const found = lift(body, leaves)
  return found && spread(found, columns === undefined ? ROWS : BOTH, leaves)
}

/**
 * The sum of a scalar formula over an index in matrix form: `\sum_j W_{ij} x_j` has none by itself, `\sum_i x_i y_i`
 * is `x^\top y`, `\sum_i x_i^2` is `\|x\|^2`. Undefined where it has none.
 */
export function raise(body: Expr, index: Axis): Expr | undefined {
  if (!isScalar(body.shape)) return undefined
  const found = contract(body, index, undefined, undefined)
  return found?.over === NEITHER ? found.value : undefined
}

/** The matrix form of a call of the sum over an index, if the whole use is regular. */
export function raiseSum(node: Call): Expr | undefined {
  if (node.op !== summationOverIndex || !isOne(node.args[1]!)) return undefined
  return raise(node.args[3]!, { symbol: node.args[0] as Sym, extent: dimOf(node.args[2]!) })
}

function indexed(rows: Axis | undefined, columns: Axis | undefined): Leaves {
  const height = rows?.extent ?? 1
  const width = columns?.extent ?? 1
  return {
    varies: node => node === rows?.symbol || node === columns?.symbol,
    array: node => (node.kind === 'call' ? arrayOf(node, rows, columns) : undefined),
    rows: shapeOf(height),
    both: shapeOf(height, width),
  }
}

function arrayOf(node: Call, rows: Axis | undefined, columns: Axis | undefined): Lifted | undefined {
  const axes = [rows, columns]
  const fixed = (part: Expr) => !axes.some(axis => axis !== undefined && contains(part, axis.symbol))
  switch (node.op) {
    case selection: {
      const [array, i, j] = node.args as [Expr, Expr, Expr]
      return fixed(array) ? entries(array, i, j, rows, columns, fixed) : undefined
    }
    case kroneckerDelta: {
      const [i, j] = node.args as [Expr, Expr]
      if (rows && columns && rows.extent === columns.extent && fixedTo(i, j, rows, columns)) {
        return { over: BOTH, value: identity(rows.extent) }
      }
      for (const [axis, over] of [
        [rows, ROWS],
        [columns, COLUMNS],
      ] as const) {
        if (axis === undefined) continue
        if (i === axis.symbol && fixed(j)) return { over, value: basisVector(j, axis.extent) }
        if (j === axis.symbol && fixed(i)) return { over, value: basisVector(i, axis.extent) }
      }
      return undefined
    }
    case matrixProduct:
      return chain(node, rows, columns, fixed)
    case summationOverIndex: {
      const [index, low, high, body] = node.args as [Sym, Expr, Expr, Expr]
      if (!isOne(low) || !fixed(high)) return undefined
      const inner = contract(body, { symbol: index, extent: dimOf(high) }, rows, columns)
      return inner
    }
    default:
      return undefined
  }
}

function fixedTo(i: Expr, j: Expr, rows: Axis, columns: Axis): boolean {
  return (i === rows.symbol && j === columns.symbol) || (i === columns.symbol && j === rows.symbol)
}

/** The array that the entries of `array` at running indices make up. */
function entries(
  array: Expr,
  i: Expr,
  j: Expr,
  rows: Axis | undefined,
  columns: Axis | undefined,
  fixed: (part: Expr) => boolean,
): Lifted | undefined {
  const { shape } = array
  if (rows !== undefined && columns !== undefined) {
    if (i === rows.symbol && j === columns.symbol) {
      return shape.rows === rows.extent && shape.columns === columns.extent
        ? { over: BOTH, value: array }
        : undefined
    }
    if (i === columns.symbol && j === rows.symbol) {
      return shape.rows === columns.extent && shape.columns === rows.extent
        ? { over: BOTH, value: transpose(array) }
        : undefined
    }
  }
  for (const [axis, over] of [
    [rows, ROWS],
    [columns, COLUMNS],
  ] as const) {
    if (axis === undefined) continue
    if (i === axis.symbol && j === axis.symbol) {
      return shape.rows === axis.extent && shape.columns === axis.extent
        ? { over, value: diagonalVectorOf(array) }
        : undefined
    }
    if (i === axis.symbol && fixed(j)) {
      return shape.rows === axis.extent ? { over, value: columnOf(array, j) } : undefined
    }
    if (j === axis.symbol && fixed(i)) {
      return shape.columns === axis.extent ? { over, value: transpose(rowOf(array, i)) } : undefined
    }
  }
  return undefined
}

/** `W_{i,:} x` over i is `W x`; `x^\top W_{:,j}` over j is `W^\top x`. */
function chain(
  node: Call,
  rows: Axis | undefined,
  columns: Axis | undefined,
  fixed: (part: Expr) => boolean,
): Lifted | undefined {
  const first = node.args[0]!
  const last = node.args[node.args.length - 1]!
  const left = axisOfSlice(first, rowSelection, rows, columns)
  const right = axisOfSlice(last, columnSelection, rows, columns)
  const middle = node.args.slice(left ? 1 : 0, right ? -1 : undefined)
  if (
    !middle.every(fixed) ||
    (left === undefined && !fixed(first)) ||
    (right === undefined && !fixed(last))
  ) {
    return undefined
  }
  if (left !== undefined && right !== undefined) {
    if (left.over === right.over) return undefined
    const whole = multiply(left.array, ...middle, right.array)
    return { over: BOTH, value: left.over === ROWS ? whole : transpose(whole) }
  }
  if (left !== undefined) return { over: left.over, value: multiply(left.array, ...middle) }
  if (right === undefined) return undefined
  return { over: right.over, value: multiply(transpose(right.array), ...middle.map(transpose).reverse()) }
}

function axisOfSlice(
  node: Expr,
  op: Call['op'],
  rows: Axis | undefined,
  columns: Axis | undefined,
): { readonly array: Expr; readonly over: typeof ROWS | typeof COLUMNS } | undefined {
  if (!isCall(node, op)) return undefined
  const [array, index] = node.args as [Expr, Expr]
  for (const [axis, over] of [
    [rows, ROWS],
    [columns, COLUMNS],
  ] as const) {
    const extent = op === rowSelection ? array.shape.rows : array.shape.columns
    if (axis !== undefined && index === axis.symbol && extent === axis.extent) return { array, over }
  }
  return undefined
}

/** `\sum_k body` for all values of the outer indices at once. */
function contract(
  body: Expr,
  index: Axis,
  rows: Axis | undefined,
  columns: Axis | undefined,
): Lifted | undefined {
  const outer = indexed(rows, columns)
  if (!contains(body, index.symbol)) {
    const part = lift(body, outer)
    return part && productOf([{ over: NEITHER, value: dimensionOf(index.extent) }, part], outer)
  }
  if (isCall(body, addition)) {
    const terms: Lifted[] = []
    for (const arg of body.args) {
      const term = contract(arg, index, rows, columns)
      if (term === undefined) return undefined
      terms.push(term)
    }
    const over = union(terms)
    return { over, value: add(...terms.map(term => spread(term, over, outer))) }
  }
  if (isCall(body, division) && !contains(body.args[1]!, index.symbol)) {
    const above = contract(body.args[0]!, index, rows, columns)
    const below = lift(body.args[1]!, outer)
    if (above === undefined || below === undefined || below.over !== NEITHER) return undefined
    return { over: above.over, value: divide(above.value, below.value) }
  }
  return contractProduct(isCall(body, multiplication) ? body.args : [body], index, rows, columns, outer)
}

function contractProduct(
  factors: readonly Expr[],
  index: Axis,
  rows: Axis | undefined,
  columns: Axis | undefined,
  outer: Leaves,
): Lifted | undefined {
  const others: Lifted[] = []
  const left: Expr[] = []
  const right: Expr[] = []
  const middle: Expr[] = []
  for (const factor of factors) {
    if (!contains(factor, index.symbol)) {
      const part = lift(factor, outer)
      if (part === undefined) return undefined
      others.push(part)
      continue
    }
    const byRows = rows !== undefined && contains(factor, rows.symbol)
    const byColumns = columns !== undefined && contains(factor, columns.symbol)
    if (byRows && byColumns) return undefined
    const [list, found] = byRows
      ? [left, gather(factor, rows, index)]
      : byColumns
        ? [right, gather(factor, index, columns)]
        : [middle, gather(factor, index)]
    if (found === undefined) return undefined
    list.push(found)
  }
  return productOf([...others, summed(left, middle, right)], outer)
}

/** The sum over the shared index of matrices i×k, columns k and matrices k×j. */
function summed(left: readonly Expr[], middle: readonly Expr[], right: readonly Expr[]): Lifted {
  const a = left.length > 0 ? hadamard(...left) : undefined
  const b = right.length > 0 ? hadamard(...right) : undefined
  if (a !== undefined && b !== undefined) {
    const between = middle.length > 0 ? [diagonalMatrixOf(hadamard(...middle))] : []
    return { over: BOTH, value: multiply(a, ...between, b) }
  }
  if (a !== undefined) {
    return { over: ROWS, value: middle.length > 0 ? multiply(a, hadamard(...middle)) : rowSumsOf(a) }
  }
  if (b !== undefined) {
    const turned = transpose(b)
    return {
      over: COLUMNS,
      value: middle.length > 0 ? multiply(turned, hadamard(...middle)) : rowSumsOf(turned),
    }
  }
  if (middle.length === 1) return { over: NEITHER, value: total(middle[0]!) }
  const [first, ...rest] = middle as [Expr, ...Expr[]]
  return { over: NEITHER, value: multiply(transpose(first), hadamard(...rest)) }
}

/** The sum of all entries in the form a reader expects: a trace, a squared norm, an inner product, or the sum itself. */
function total(array: Expr): Expr {
  if (isCall(array, diagonalOf)) return traceOf(array.args[0]!)
  if (isCall(array, rowSums) || isCall(array, columnSums)) return total(array.args[0]!)
  if (isCall(array, multiplication)) {
    const scalars = array.args.filter(arg => isScalar(arg.shape))
    const rest = array.args.filter(arg => !isScalar(arg.shape))
    if (rest.length === 1 && scalars.length > 0) return multiply(...scalars, total(rest[0]!))
  }
  if (isCall(array, powering)) {
    const [base, exponent] = array.args as [Expr, Expr]
    if (exponent.kind === 'num' && exponent.value.equals(TWO)) return squaredNormOf(base)
  }
  if (isCall(array, hadamardProduct) && array.args.length === 2 && isMatrix(array.shape)) {
    // `\sum_{ik} A_{ik} B_{ki}` is the trace of AB.
    const [first, second] = array.args as [Expr, Expr]
    if (isTurned(second)) return traceOf(multiply(first, turned(second)))
    if (isTurned(first)) return traceOf(multiply(turned(first), second))
  }
  if (isCall(array, hadamardProduct) && array.shape.columns === 1) {
    const [first, ...rest] = array.args as [Expr, ...Expr[]]
    return multiply(transpose(first), hadamard(...rest))
  }
  return sumOf(array)
}

/** A transpose, or a product of transposes. */
function isTurned(node: Expr): boolean {
  if (isCall(node, matrixProduct)) return node.args.every(arg => isCall(arg, transposition))
  return isCall(node, transposition)
}

/** The transpose of what is turned, without a transpose in it. */
function turned(node: Expr): Expr {
  return isCall(node, matrixProduct) ? multiply(...node.args.map(transpose).reverse()) : transpose(node)
}
