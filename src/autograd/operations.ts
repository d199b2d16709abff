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
import { type BinaryName, type UnaryName, unaryNames } from '../base/matrix-algebra.js'
import type { Extent } from '../base/tensor.js'
import type { AddNode, Lower } from './lowering.js'
import * as matrices from './matrices.js'
import type { Traced, TracedOps } from './traced.js'

type Unary = (a: Traced) => Traced
type Binary = (a: Traced, b: Traced) => Traced

const extent = (rows: number, columns: number): Extent => ({ rows, columns })
const scalar = extent(1, 1)

/** The operations of a program: each checks extents and adds a node that says how it is lowered. */
export function tracedOps(record: AddNode): TracedOps {
  const same =
    (lower: Lower): Unary =>
    a =>
      record(a, [a], lower)
  const to =
    (shape: (a: Traced) => Extent, lower: Lower): Unary =>
    a =>
      record(shape(a), [a], lower)
  const square =
    (what: string, shape: (size: number) => Extent, lower: Lower): Unary =>
    a =>
      record(shape(wantSquare(what, a)), [a], lower)
  const two =
    (doing: string, lower: Lower): Binary =>
    (a, b) => {
      wantSame(doing, a, b)
      return record(a, [a, b], lower)
    }
  const comparing =
    (lower: Lower): Binary =>
    (a, b) => {
      wantSame('compare entry by entry', a, b)
      return record(a, [a, b], (t, x, y) => t.p.toNumber(lower(t, x!, y!)), [])
    }
  const toScalar = (lower: Lower) => to(() => scalar, lower)
  const toColumn = (lower: Lower) => to(a => extent(a.rows, 1), lower)
  const toRow = (lower: Lower) => to(a => extent(1, a.columns), lower)

  const unary: Partial<Record<UnaryName, Unary>> = {}
  for (const name of unaryNames) unary[name] = same((t, a) => t.f[name](a!))
  const binary: Record<BinaryName, Binary> = {
    add: two('add', ({ p }, a, b) => p.add(a!, b!)),
    subtract: two('subtract', ({ p }, a, b) => p.subtract(a!, b!)),
    hadamard: two('multiply entry by entry', ({ p }, a, b) => p.multiply(a!, b!)),
    divide: two('divide entry by entry', ({ f }, a, b) => f.divide(a!, b!)),
    pow: two('raise to a power entry by entry', ({ f }, a, b) => f.pow(a!, b!)),
    maximum: two('compare entry by entry', ({ p }, a, b) => p.maximum(a!, b!)),
    minimum: two('compare entry by entry', ({ p }, a, b) => p.minimum(a!, b!)),
    less: comparing(({ p }, a, b) => p.less(a!, b!)),
    lessOrEqual: comparing(({ p }, a, b) => p.lessOrEqual(a!, b!)),
    greater: comparing(({ p }, a, b) => p.less(b!, a!)),
    greaterOrEqual: comparing(({ p }, a, b) => p.lessOrEqual(b!, a!)),
    equal: comparing(({ p }, a, b) => p.equal(a!, b!)),
    notEqual: comparing(({ p }, a, b) => p.notEqual(a!, b!)),
  }

  return Object.freeze({
    ...(unary as Record<UnaryName, Unary>),
    ...binary,
    sign: a => record(a, [a], ({ f }, x) => f.sign(x!), []),
    stopGradient: a => record(a, [a], ({ p }, x) => p.stop(x!), []),

    constant: value => {
      const entries = Float64Array.from(value.data)
      return record(value, [], ({ p }) => p.known(value.rows, value.columns, entries))
    },
    fill: (value, rows, columns) =>
      record(extent(rows, columns), [], ({ p }) => p.full(value, rows, columns)),
    identity: size => record(extent(size, size), [], ({ p }) => matrices.identity(p, size)),
    powConstant: (a, exponent) =>
      record(a, [a], ({ f }, x) => f.powConstant(x!, exponent), exponent === 0 ? [] : [a]),
    shift: (a, summand) => record(a, [a], ({ p }, x) => p.add(x!, summand)),
    scaleBy: (a, factor) => record(a, [a], ({ p }, x) => p.multiply(x!, factor)),
    scale: (factor, a) => {
      wantScalar('the factor', factor)
      return record(a, [factor, a], ({ p }, x, y) => p.multiply(y!, x!))
    },
    where: (condition, ifTrue, ifFalse) => {
      wantSame('choose between', ifTrue, ifFalse)
      wantSame('choose by', condition, ifTrue)
      const lower: Lower = ({ p }, c, a, b) => p.where(p.notEqual(c!, 0), a!, b!)
      return record(ifTrue, [condition, ifTrue, ifFalse], lower, [ifTrue, ifFalse])
    },
    broadcast: (a, rows, columns) => {
      wantBroadcast(a, rows, columns)
      return record(extent(rows, columns), [a], ({ p }, x) => p.broadcast(x!, [rows, columns]))
    },

    matmul: (a, b) => {
      if (a.columns !== b.rows) mismatch('multiply', a, b)
      return record(extent(a.rows, b.columns), [a, b], ({ p }, x, y) => p.matmul(x!, y!))
    },
    outer: (a, b) => {
      const rows = wantVector('a factor of an outer product', a)
      const columns = wantVector('a factor of an outer product', b)
      return record(extent(rows, columns), [a, b], ({ p }, x, y) =>
        p.multiply(p.reshape(x!, [rows, 1]), p.reshape(y!, [1, columns])),
      )
    },
    transpose: to(
      a => extent(a.columns, a.rows),
      ({ p }, a) => p.transpose(a!),
    ),
    kron: (a, b) =>
      record(extent(a.rows * b.rows, a.columns * b.columns), [a, b], ({ p }, x, y) =>
        matrices.kron(p, x!, y!),
      ),
    trace: square(
      'a trace',
      () => scalar,
      ({ p }, a) => matrices.trace(p, a!),
    ),
    determinant: square(
      'a determinant',
      () => scalar,
      ({ p }, a) => p.determinant(a!),
    ),
    logDeterminant: square(
      'a determinant',
      () => scalar,
      ({ p }, a) => p.logDeterminant(a!),
    ),
    inverse: square(
      'an inverse',
      size => extent(size, size),
      ({ p }, a) => p.inverse(a!),
    ),

    sum: toScalar(({ p }, a) => p.sum(a!, [1, 2])),
    product: toScalar(({ p }, a) => matrices.product(p, a!)),
    max: toScalar(({ p }, a) => p.max(a!, [1, 2])),
    min: toScalar(({ p }, a) => p.negate(p.max(p.negate(a!), [1, 2]))),
    norm1: toScalar(({ p, f }, a) => p.sum(f.abs(a!), [1, 2])),
    norm2: toScalar(({ p, f }, a) => f.sqrt(p.sum(f.square(a!), [1, 2]))),
    rowSums: toColumn(({ p }, a) => p.sum(a!, [2])),
    columnSums: toRow(({ p }, a) => p.sum(a!, [1])),
    rowMaxima: toColumn(({ p }, a) => p.max(a!, [2])),
    columnMaxima: toRow(({ p }, a) => p.max(a!, [1])),
    softmaxRows: same((t, a) => matrices.softmax(t, a!, 2)),
    softmaxColumns: same((t, a) => matrices.softmax(t, a!, 1)),
    logSumExpRows: toColumn((t, a) => matrices.logSumExp(t, a!, 2)),
    logSumExpColumns: toRow((t, a) => matrices.logSumExp(t, a!, 1)),

    diagonalOf: square(
      'a diagonal',
      size => extent(size, 1),
      ({ p }, a) => matrices.diagonalOf(p, a!),
    ),
    diagonalMatrix: a => {
      const size = wantVector('a diagonal', a)
      return record(extent(size, size), [a], ({ p }, x) => matrices.diagonalMatrix(p, x!, size))
    },
    concatRows: parts => {
      wantParts('stack', 'columns', parts)
      const rows = parts.reduce((sum, part) => sum + part.rows, 0)
      return record(extent(rows, parts[0]!.columns), parts, ({ p }, ...xs) => p.concatenate(xs, 1))
    },
    concatColumns: parts => {
      wantParts('put side by side', 'rows', parts)
      const columns = parts.reduce((sum, part) => sum + part.columns, 0)
      return record(extent(parts[0]!.rows, columns), parts, ({ p }, ...xs) => p.concatenate(xs, 2))
    },
    sliceRows: (a, from, end) => {
      wantRange('rows', from, end, a.rows)
      return record(extent(end - from, a.columns), [a], ({ p }, x) => p.slice(x!, 1, from, end))
    },
    sliceColumns: (a, from, end) => {
      wantRange('columns', from, end, a.columns)
      return record(extent(a.rows, end - from), [a], ({ p }, x) => p.slice(x!, 2, from, end))
    },
    entry: (a, row, column) => {
      wantRange('rows', row, row + 1, a.rows)
      wantRange('columns', column, column + 1, a.columns)
      return record(scalar, [a], ({ p }, x) => p.slice(p.slice(x!, 1, row, row + 1), 2, column, column + 1))
    },
    reshape: (a, rows, columns) => {
      wantReshape(a, rows, columns)
      return record(extent(rows, columns), [a], ({ p }, x) => p.reshape(x!, [rows, columns]))
    },
    vec: to(
      a => extent(a.rows * a.columns, 1),
      ({ p }, a) => p.reshape(p.transpose(a!), [a!.shape[1]! * a!.shape[2]!, 1]),
    ),
  } satisfies TracedOps)
}
