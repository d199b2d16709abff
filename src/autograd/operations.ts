import { UsageError } from '../base/errors.js'
import {
  mismatch,
  wantBroadcast,
  wantParts,
  wantRange,
  wantReshape,
  wantSame,
  wantScalar,
  wantSquare,
  wantVector,
} from '../base/extent-checks.js'
import type { Tensor } from '../base/tensor.js'
import { type EntryFunctions, entryFunctions } from './functions.js'
import type { EngineArray } from './jax.js'
import { openPrimitives, type Primitives } from './primitives.js'
import type { Traced, TracedOps } from './traced.js'

type Unary = (a: EngineArray) => EngineArray

/** One run of a program: its operations, and the way from arrays to handles and back. */
export interface Trace {
  readonly ops: TracedOps
  readonly primitives: Primitives
  /** Takes an array over. */
  enter(array: EngineArray): Traced
  /** The array of a handle; it stays the property of the trace. */
  arrayOf(handle: Traced): EngineArray
  /** Gives back every array made since the trace was opened. */
  close(): void
}

/** Opens a trace in which every array stands for that many points. `guarded`: see `entryFunctions`. */
export function openTrace(points: number, guarded: boolean): Trace {
  const { primitives, close } = openPrimitives(points)
  const arrays = new Map<Traced, EngineArray>()
  const hand = (array: EngineArray): Traced => {
    const handle = Object.freeze({ rows: array.shape[1]!, columns: array.shape[2]! }) as Traced
    arrays.set(handle, array)
    return handle
  }
  const arrayOf = (handle: Traced): EngineArray => {
    const array = arrays.get(handle)
    if (array) return array
    throw new UsageError('foreign-array', 'this array belongs to another run of a program', {
      hint: 'use only the inputs handed to the program and what its operations make of them',
    })
  }
  return Object.freeze({
    ops: tracedOps(primitives, entryFunctions(primitives, guarded), hand, arrayOf),
    primitives,
    enter: (array: EngineArray) => hand(primitives.keep(array)),
    arrayOf,
    close: () => {
      arrays.clear()
      close()
    },
  })
}

function identityEntries(size: number): Float64Array {
  const entries = new Float64Array(size * size)
  for (let i = 0; i < size; i++) entries[i * (size + 1)] = 1
  return entries
}

function tracedOps(
  p: Primitives,
  f: EntryFunctions,
  hand: (array: EngineArray) => Traced,
  arrayOf: (handle: Traced) => EngineArray,
): TracedOps {
  const one = (g: Unary) => (a: Traced) => hand(g(arrayOf(a)))
  const two =
    (doing: string, g: (a: EngineArray, b: EngineArray) => EngineArray) => (a: Traced, b: Traced) => {
      wantSame(doing, a, b)
      return hand(g(arrayOf(a), arrayOf(b)))
    }
  const compare = (g: (a: EngineArray, b: EngineArray) => EngineArray) =>
    two('compare entry by entry', (a, b) => p.toNumber(g(a, b)))
  const square = (what: string, g: (a: EngineArray, size: number) => EngineArray) => (a: Traced) =>
    hand(g(arrayOf(a), wantSquare(what, a)))

  const all = [1, 2]
  const sum: Unary = a => p.sum(a, all)
  const max: Unary = a => p.max(a, all)
  const least = (a: EngineArray) => p.negate(max(p.negate(a)))
  /** Truth values, true on the diagonal. */
  const onDiagonal = (size: number) => p.greater(p.known(size, size, identityEntries(size)), 0)
  const diagonal = (a: EngineArray, size: number) => p.sum(p.where(onDiagonal(size), a, 0), [2])

  const shifted = (a: EngineArray, axes: readonly number[]) => {
    const top = p.stop(p.max(a, axes))
    return { top, exponentials: p.exp(p.subtract(a, top)) }
  }
  const softmax =
    (axes: readonly number[]): Unary =>
    a => {
      const { exponentials } = shifted(a, axes)
      return f.divide(exponentials, p.sum(exponentials, axes))
    }
  const logSumExp =
    (axes: readonly number[]): Unary =>
    a => {
      const { top, exponentials } = shifted(a, axes)
      return p.add(f.log(p.sum(exponentials, axes)), top)
    }

  /** By halves: the engine's own product divides by the entries and has no derivative where one is zero. */
  const product: Unary = a => {
    let rest = p.reshape(a, [a.shape[1]! * a.shape[2]!, 1])
    for (let count = rest.shape[1]!; count > 1; count = rest.shape[1]!) {
      const half = count >> 1
      const pairs = p.multiply(p.slice(rest, 1, 0, half), p.slice(rest, 1, half, 2 * half))
      rest = count % 2 === 0 ? pairs : p.concatenate([pairs, p.slice(rest, 1, 2 * half, count)], 1)
    }
    return rest
  }

  const kron = (a: EngineArray, b: EngineArray): EngineArray => {
    const [m, n, k, l] = [a.shape[1]!, a.shape[2]!, b.shape[1]!, b.shape[2]!]
    const pairs = p.multiply(p.reshape(a, [m, 1, n, 1]), p.reshape(b, [1, k, 1, l]))
    return p.reshape(pairs, [m * k, n * l])
  }

  return Object.freeze({
    negate: one(f.negate),
    reciprocal: one(f.reciprocal),
    square: one(f.square),
    exp: one(f.exp),
    log: one(f.log),
    sqrt: one(f.sqrt),
    sin: one(f.sin),
    cos: one(f.cos),
    tan: one(f.tan),
    asin: one(f.asin),
    acos: one(f.acos),
    atan: one(f.atan),
    sinh: one(f.sinh),
    cosh: one(f.cosh),
    tanh: one(f.tanh),
    abs: one(f.abs),
    sign: one(f.sign),
    sigmoid: one(f.sigmoid),
    softplus: one(f.softplus),
    erf: one(f.erf),
    stopGradient: one(p.stop),

    add: two('add', p.add),
    subtract: two('subtract', p.subtract),
    hadamard: two('multiply entry by entry', p.multiply),
    divide: two('divide entry by entry', f.divide),
    pow: two('raise to a power entry by entry', f.pow),
    maximum: two('compare entry by entry', p.maximum),
    minimum: two('compare entry by entry', p.minimum),
    less: compare(p.less),
    lessOrEqual: compare(p.lessOrEqual),
    greater: compare((a, b) => p.less(b, a)),
    greaterOrEqual: compare((a, b) => p.lessOrEqual(b, a)),
    equal: compare(p.equal),
    notEqual: compare(p.notEqual),

    constant: (value: Tensor) => hand(p.known(value.rows, value.columns, Array.from(value.data))),
    fill: (value, rows, columns) => hand(p.full(value, rows, columns)),
    identity: size => hand(p.known(size, size, identityEntries(size))),
    powConstant: (a, exponent) => hand(f.powConstant(arrayOf(a), exponent)),
    shift: (a, summand) => hand(p.add(arrayOf(a), summand)),
    scaleBy: (a, factor) => hand(p.multiply(arrayOf(a), factor)),
    scale: (factor, a) => {
      wantScalar('the factor', factor)
      return hand(p.multiply(arrayOf(a), arrayOf(factor)))
    },
    where: (condition, ifTrue, ifFalse) => {
      wantSame('choose between', ifTrue, ifFalse)
      wantSame('choose by', condition, ifTrue)
      return hand(p.where(p.notEqual(arrayOf(condition), 0), arrayOf(ifTrue), arrayOf(ifFalse)))
    },
    broadcast: (a, rows, columns) => {
      wantBroadcast(a, rows, columns)
      return hand(p.broadcast(arrayOf(a), [rows, columns]))
    },

    matmul: (a, b) => {
      if (a.columns !== b.rows) mismatch('multiply', a, b)
      return hand(p.matmul(arrayOf(a), arrayOf(b)))
    },
    outer: (a, b) => {
      const column = p.reshape(arrayOf(a), [wantVector('a factor of an outer product', a), 1])
      const row = p.reshape(arrayOf(b), [1, wantVector('a factor of an outer product', b)])
      return hand(p.multiply(column, row))
    },
    transpose: one(p.transpose),
    kron: (a, b) => hand(kron(arrayOf(a), arrayOf(b))),
    trace: square('a trace', (a, size) => sum(diagonal(a, size))),
    determinant: square('a determinant', p.determinant),
    logDeterminant: square('a determinant', p.logDeterminant),
    inverse: square('an inverse', p.inverse),

    sum: one(sum),
    product: one(product),
    rowSums: one(a => p.sum(a, [2])),
    columnSums: one(a => p.sum(a, [1])),
    max: one(max),
    min: one(least),
    rowMaxima: one(a => p.max(a, [2])),
    columnMaxima: one(a => p.max(a, [1])),
    norm1: one(a => sum(f.abs(a))),
    norm2: one(a => f.sqrt(sum(f.square(a)))),
    softmaxRows: one(softmax([2])),
    softmaxColumns: one(softmax([1])),
    logSumExpRows: one(logSumExp([2])),
    logSumExpColumns: one(logSumExp([1])),

    diagonalOf: square('a diagonal', diagonal),
    diagonalMatrix: a => {
      const size = wantVector('a diagonal', a)
      return hand(p.where(onDiagonal(size), p.reshape(arrayOf(a), [size, 1]), 0))
    },
    concatRows: parts => {
      wantParts('stack', 'columns', parts)
      return hand(p.concatenate(parts.map(arrayOf), 1))
    },
    concatColumns: parts => {
      wantParts('put side by side', 'rows', parts)
      return hand(p.concatenate(parts.map(arrayOf), 2))
    },
    sliceRows: (a, from, to) => {
      wantRange('rows', from, to, a.rows)
      return hand(p.slice(arrayOf(a), 1, from, to))
    },
    sliceColumns: (a, from, to) => {
      wantRange('columns', from, to, a.columns)
      return hand(p.slice(arrayOf(a), 2, from, to))
    },
    entry: (a, row, column) => {
      wantRange('rows', row, row + 1, a.rows)
      wantRange('columns', column, column + 1, a.columns)
      return hand(p.slice(p.slice(arrayOf(a), 1, row, row + 1), 2, column, column + 1))
    },
    reshape: (a, rows, columns) => {
      wantReshape(a, rows, columns)
      return hand(p.reshape(arrayOf(a), [rows, columns]))
    },
    vec: a => hand(p.reshape(p.transpose(arrayOf(a)), [a.rows * a.columns, 1])),
  } satisfies TracedOps)
}
