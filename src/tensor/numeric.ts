import { wantSame, wantScalar, wantSquare, wantVector } from '../base/extent-checks.js'
import { type BinaryName, binaryNames, type UnaryName, unaryNames } from '../base/matrix-algebra.js'
import { makeTensor, scalarTensor, type Tensor } from '../base/tensor.js'
import { binaryFunctions, realPower, unaryFunctions } from './entrywise.js'
import * as layout from './layout.js'
import * as linear from './linear.js'
import type { Numerics } from './mathjs.js'
import * as reductions from './reductions.js'
import type { Tensors } from './tensor.js'

type Unary = (a: Tensor) => Tensor
type Binary = (a: Tensor, b: Tensor) => Tensor

function map(a: Tensor, f: (entry: number) => number): Tensor {
  const data = new Float64Array(a.data.length)
  for (let k = 0; k < data.length; k++) data[k] = f(a.data[k]!)
  return makeTensor(a.rows, a.columns, data)
}

function zipNamed(doing: string, a: Tensor, b: Tensor, f: (left: number, right: number) => number): Tensor {
  wantSame(doing, a, b)
  const data = new Float64Array(a.data.length)
  for (let k = 0; k < data.length; k++) data[k] = f(a.data[k]!, b.data[k]!)
  return makeTensor(a.rows, a.columns, data)
}

function scalarValue(a: Tensor): number {
  wantScalar('a scalar', a)
  return a.data[0]!
}

const verbs: ReadonlyMap<BinaryName, string> = new Map<BinaryName, string>([
  ['add', 'add'],
  ['subtract', 'subtract'],
  ['hadamard', 'multiply entry by entry'],
  ['divide', 'divide entry by entry'],
  ['pow', 'raise to a power entry by entry'],
])

function entrywise(n: Numerics): Readonly<Record<UnaryName, Unary> & Record<BinaryName, Binary>> {
  const unary = unaryFunctions(n)
  const binary = binaryFunctions()
  const table: Partial<Record<UnaryName, Unary> & Record<BinaryName, Binary>> = {}
  for (const name of unaryNames) table[name] = a => map(a, unary[name])
  for (const name of binaryNames) {
    const doing = verbs.get(name) ?? 'compare entry by entry'
    table[name] = (a, b) => zipNamed(doing, a, b, binary[name])
  }
  return table as Record<UnaryName, Unary> & Record<BinaryName, Binary>
}

/** Columns handled as the rows of the transpose. */
const onColumns =
  (onRows: Unary): Unary =>
  a =>
    layout.transpose(onRows(layout.transpose(a)))

/** The numeric operations, over functions of numbers that mathjs supplies. */
export function createTensors(n: Numerics): Tensors {
  const softmaxRows: Unary = a => reductions.softmaxRows(n, a)
  const logSumExpRows: Unary = a => reductions.logSumExpRows(n, a)
  const vector = (a: Tensor) => wantVector('a factor of an outer product', a)
  return Object.freeze({
    ...entrywise(n),
    create: (rows, columns, entries) => makeTensor(rows, columns, Float64Array.from(entries)),
    scalar: scalarTensor,
    scalarValue,
    fromNested: layout.fromNested,
    toNested: layout.toNested,
    at: layout.at,
    map,
    zip: (a, b, f) => zipNamed('combine entry by entry', a, b, f),
    isFinite: a => a.data.every(Number.isFinite),

    constant: value => value,
    fill: (value, rows, columns) => layout.build(rows, columns, () => value),
    identity: size => layout.build(size, size, (i, j) => (i === j ? 1 : 0)),
    powConstant: (a, exponent) => map(a, base => realPower(base, exponent)),
    shift: (a, summand) => map(a, entry => entry + summand),
    scaleBy: (a, factor) => map(a, entry => factor * entry),
    scale: (factor, a) => {
      const value = scalarValue(factor)
      return map(a, entry => value * entry)
    },
    where: (condition, ifTrue, ifFalse) => {
      wantSame('choose between', ifTrue, ifFalse)
      wantSame('choose by', condition, ifTrue)
      const pick = (i: number, j: number) => {
        const k = i * condition.columns + j
        return condition.data[k] === 0 ? ifFalse.data[k]! : ifTrue.data[k]!
      }
      return layout.build(condition.rows, condition.columns, pick)
    },
    broadcast: layout.broadcast,

    matmul: linear.matmul,
    outer: (a, b) => layout.build(vector(a), vector(b), (i, j) => a.data[i]! * b.data[j]!),
    transpose: layout.transpose,
    kron: linear.kron,
    trace: a => {
      wantSquare('a trace', a)
      return scalarTensor(reductions.traceOf(a))
    },
    determinant: a => scalarTensor(linear.determinant(n, a)),
    logDeterminant: a => scalarTensor(linear.logDeterminant(n, a)),
    inverse: a => linear.inverse(n, a),

    sum: a => scalarTensor(reductions.sumOf(a)),
    product: a => scalarTensor(reductions.productOf(a)),
    max: a => scalarTensor(reductions.maxOf(a)),
    min: a => scalarTensor(reductions.minOf(a)),
    norm1: a => scalarTensor(reductions.norm1Of(a)),
    norm2: a => scalarTensor(reductions.norm2Of(n, a)),
    rowSums: reductions.rowSums,
    columnSums: onColumns(reductions.rowSums),
    rowMaxima: reductions.rowMaxima,
    columnMaxima: onColumns(reductions.rowMaxima),
    rowArgmax: reductions.rowArgmax,
    softmaxRows,
    softmaxColumns: onColumns(softmaxRows),
    logSumExpRows,
    logSumExpColumns: onColumns(logSumExpRows),

    diagonalOf: layout.diagonalOf,
    diagonalMatrix: layout.diagonalMatrix,
    concatRows: layout.concatRows,
    concatColumns: layout.concatColumns,
    sliceRows: layout.sliceRows,
    sliceColumns: layout.sliceColumns,
    entry: (a, row, column) => scalarTensor(layout.at(a, row, column)),
    reshape: layout.reshape,
    vec: a => layout.reshape(layout.transpose(a), a.rows * a.columns, 1),
  } satisfies Tensors)
}
