import { ShapeError } from '../base/errors.js'
import { DEFAULT_LIMITS } from '../base/limits.js'
import { extentText, type Nested, type Tensor } from '../base/tensor.js'
import { termsOfDim } from '../expr/dimension.js'
import type { Expr, Sym } from '../expr/node.js'
import { type Dim, isColumn, isRow, isScalar, type Shape, shapeText, sizeOf } from '../expr/shape.js'
import { postorder } from '../expr/walk.js'
import type { Tensors } from '../tensor/tensor.js'
import { type EvaluateOptions, evaluateExpr } from './evaluate.js'
import { extentOf, wantEntries } from './run.js'
import { wantSize } from './sizes.js'

interface Bindings {
  /** Nested lists by symbol: a number, a list for a vector, a list of rows. */
  readonly values: ReadonlyMap<Sym, Nested>
  /** Numbers for the names of sizes; those that the values show may be left out. */
  readonly sizes?: ReadonlyMap<string, number> | undefined
}

/**
 * The value of an expression at given numbers. Raises `NameError` for a symbol without a value, `ShapeError` where a
 * value does not have the shape of its symbol, `DomainError` where the value is not a finite number.
 */
export function evaluateAt(
  tensors: Tensors,
  node: Expr,
  bindings: Bindings,
  options: EvaluateOptions = {},
): Tensor {
  const point = { ...pointOf(tensors, bindings), indices: indicesOf(node, bindings), functions: new Map() }
  return evaluateExpr(tensors, [node], point, options)[0]!
}

/**
 * A linear map, given as an expression in the symbol of the change, as its matrix: a row for every entry of the value
 * and a column for every entry of the change, both in row-major order. Raises what `evaluateAt` raises.
 */
export function evaluateMapAt(
  tensors: Tensors,
  node: Expr,
  change: Sym,
  bindings: Bindings,
  options: EvaluateOptions = {},
): Tensor {
  const { values, sizes } = pointOf(tensors, bindings)
  const frame = { sizes, indices: indicesOf(node, bindings), functions: new Map() }
  const { rows, columns } = extentOf(change.shape, sizes)
  const inputs = rows * columns
  wantEntries({ rows: inputs, columns: inputs }, DEFAULT_LIMITS.matrixCells ** 2)
  const images = Array.from({ length: inputs }, (_, at) => {
    const entries = Array.from({ length: inputs }, (__, k) => (k === at ? 1 : 0))
    const unit = tensors.create(rows, columns, entries)
    const point = { ...frame, values: new Map(values).set(change, unit) }
    const [image] = evaluateExpr(tensors, [node], point, options)
    return tensors.reshape(image!, image!.rows * image!.columns, 1)
  })
  return tensors.concatColumns(images)
}

/**
 * The values of an expression for every value of some free indices, the last index the fastest, one below the other as
 * a column. Raises what `evaluateAt` raises.
 */
export function evaluateEntriesAt(
  tensors: Tensors,
  node: Expr,
  axes: readonly { readonly index: Sym; readonly size: Dim }[],
  bindings: Bindings,
  options: EvaluateOptions = {},
): Tensor {
  const { values, sizes } = pointOf(tensors, bindings)
  const given = indicesOf(node, bindings)
  const extents = axes.map(({ size }) => sizeOf(size, sizes))
  const total = extents.reduce((product, extent) => product * extent, 1)
  wantEntries({ rows: total, columns: 1 }, DEFAULT_LIMITS.matrixCells ** 2)
  const entries: number[] = []
  for (let k = 0; k < total; k++) {
    const indices = new Map(given)
    let rest = k
    for (let axis = axes.length - 1; axis >= 0; axis--) {
      indices.set(axes[axis]!.index, (rest % extents[axis]!) + 1)
      rest = Math.floor(rest / extents[axis]!)
    }
    const [value] = evaluateExpr(tensors, [node], { values, sizes, indices, functions: new Map() }, options)
    entries.push(...value!.data)
  }
  return tensors.create(entries.length, 1, entries)
}

/** Arrays and sizes from nested lists. */
export function pointOf(
  tensors: Tensors,
  { values, sizes: given = new Map<string, number>() }: Bindings,
): { readonly values: ReadonlyMap<Sym, Tensor>; readonly sizes: ReadonlyMap<string, number> } {
  for (const [name, size] of given) wantSize(name, size)
  const arrays = new Map<Sym, Tensor>()
  const sizes = new Map(given)
  for (const [symbol, value] of values) {
    const array = laid(tensors, tensors.fromNested(value), symbol.shape)
    arrays.set(symbol, array)
    learn(symbol, symbol.shape.rows, array.rows, sizes)
    learn(symbol, symbol.shape.columns, array.columns, sizes)
  }
  for (const [symbol, array] of arrays) want(symbol, array, sizes)
  return { values: arrays, sizes }
}

/** A flat list may stand for a row, and a single row for a column. */
function laid(m: Tensors, array: Tensor, shape: Shape): Tensor {
  const turn = (isRow(shape) && array.columns === 1) || (isColumn(shape) && array.rows === 1)
  return turn ? m.reshape(array, array.columns, array.rows) : array
}

/** The first value that shows a plain size decides it; what is derived from it is compared afterwards. */
function learn(symbol: Sym, dim: Dim, size: number, sizes: Map<string, number>): void {
  if (typeof dim === 'number') return
  const terms = termsOfDim(dim)
  const named = terms.filter(term => term.names.length > 0)
  const [term] = named
  if (named.length !== 1 || term!.names.length !== 1 || term!.coefficient !== 1) return
  const [name] = term!.names
  const offset = terms.find(other => other.names.length === 0)?.coefficient ?? 0
  if (sizes.has(name!)) return
  if (size - offset < 1) {
    throw new ShapeError('bad-size', `the value of ${symbol.name} is too small for a size ${dim}`)
  }
  sizes.set(name!, size - offset)
}

function want(symbol: Sym, array: Tensor, sizes: ReadonlyMap<string, number>): void {
  const rows = sizeOf(symbol.shape.rows, sizes)
  const columns = sizeOf(symbol.shape.columns, sizes)
  if (array.rows === rows && array.columns === columns) return
  const expected = extentText({ rows, columns })
  throw new ShapeError(
    'value-shape',
    `the value of ${symbol.name} is ${extentText(array)}, expected ${expected}`,
    {
      notes: [`${symbol.name} is ${shapeText(symbol.shape)}`],
    },
  )
}

/** Values of the symbols that select. */
function indicesOf(root: Expr, { values }: Bindings): ReadonlyMap<Sym, number> {
  const indices = new Map<Sym, number>()
  for (const node of postorder([root])) {
    if (node.kind !== 'sym' || !isScalar(node.shape)) continue
    const value = values.get(node)
    const number = Array.isArray(value) ? undefined : value
    if (typeof number === 'number' && Number.isInteger(number)) indices.set(node, number)
  }
  return indices
}

/** Entries as nested lists, by the shape and not by the numbers: a column of one entry is a list of one. */
export function nestedOf({ rows, columns, data }: Tensor, shape: Shape): Nested {
  const items = Array.from(data)
  if (isScalar(shape)) return items[0]!
  if (isColumn(shape)) return items
  return Array.from({ length: rows }, (_, i) => items.slice(i * columns, (i + 1) * columns))
}
