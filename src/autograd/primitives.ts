import { type EngineArray, lax, numpy } from './jax.js'

/**
 * Operations of the engine that leave their arguments alone. Missing are the reciprocal and the change of type, whose
 * rules of differentiation (in 0.1.25) each forget to give an array back. Every array carries the points of the call along its
 * first axis: points × rows × columns.
 */
export interface Primitives {
  /** Takes over an array, to be disposed of when the trace is closed. */
  keep(a: EngineArray): EngineArray
  /** Numbers the program does not depend on, one row-major matrix for all points. */
  known(rows: number, columns: number, data: ArrayLike<number>): EngineArray
  full(value: number, rows: number, columns: number): EngineArray

  negate(a: EngineArray): EngineArray
  exp(a: EngineArray): EngineArray
  log(a: EngineArray): EngineArray
  log1p(a: EngineArray): EngineArray
  sqrt(a: EngineArray): EngineArray
  sin(a: EngineArray): EngineArray
  cos(a: EngineArray): EngineArray
  asin(a: EngineArray): EngineArray
  atan(a: EngineArray): EngineArray
  /** Good to 7 digits only; its derivative is exact. */
  roughErf(a: EngineArray): EngineArray
  floor(a: EngineArray): EngineArray
  stop(a: EngineArray): EngineArray

  add(a: EngineArray, b: EngineArray | number): EngineArray
  subtract(a: EngineArray, b: EngineArray | number): EngineArray
  multiply(a: EngineArray, b: EngineArray | number): EngineArray
  maximum(a: EngineArray, b: EngineArray | number): EngineArray
  minimum(a: EngineArray, b: EngineArray): EngineArray

  /** Truth values, for `where` and `toNumber` only. */
  less(a: EngineArray, b: EngineArray | number): EngineArray
  lessOrEqual(a: EngineArray, b: EngineArray | number): EngineArray
  greater(a: EngineArray, b: EngineArray | number): EngineArray
  equal(a: EngineArray, b: EngineArray | number): EngineArray
  notEqual(a: EngineArray, b: EngineArray | number): EngineArray
  /** 0 or 1. */
  toNumber(truth: EngineArray): EngineArray
  where(truth: EngineArray, a: EngineArray | number, b: EngineArray | number): EngineArray

  /** Over the given axes, which stay as axes of length 1. */
  sum(a: EngineArray, axes: readonly number[]): EngineArray
  max(a: EngineArray, axes: readonly number[]): EngineArray
  matmul(a: EngineArray, b: EngineArray): EngineArray
  transpose(a: EngineArray): EngineArray
  reshape(a: EngineArray, shape: readonly number[]): EngineArray
  broadcast(a: EngineArray, shape: readonly number[]): EngineArray
  /** From `from`, included, to `to`, excluded, along axis 1 or 2. */
  slice(a: EngineArray, axis: 1 | 2, from: number, to: number): EngineArray
  concatenate(parts: readonly EngineArray[], axis: 1 | 2): EngineArray
  determinant(a: EngineArray): EngineArray
  logDeterminant(a: EngineArray): EngineArray
  inverse(a: EngineArray): EngineArray
}

const options = { dtype: numpy.float64 }

/** The primitives for a number of points, and what gives back everything they made. */
export function openPrimitives(points: number): { readonly primitives: Primitives; close(): void } {
  const kept: EngineArray[] = []
  const keep = (a: EngineArray): EngineArray => {
    kept.push(a)
    return a
  }
  type Operand = EngineArray | number
  const use = (a: Operand) => (typeof a === 'number' ? a : a.ref)
  const unary = (f: (a: EngineArray) => EngineArray) => (a: EngineArray) => keep(f(a.ref))
  const binary = (f: (a: EngineArray, b: Operand) => EngineArray) => (a: EngineArray, b: Operand) =>
    keep(f(a.ref, use(b)))
  const keepdims = { keepdims: true }
  const toPoints = (a: EngineArray, rows: number, columns: number) =>
    keep(numpy.broadcastTo(a, [points, rows, columns]))

  const primitives: Primitives = {
    keep,
    known: (rows, columns, data) => {
      const entries = numpy.array(Float64Array.from(data), { ...options, shape: [1, rows, columns] })
      return toPoints(entries, rows, columns)
    },
    full: (value, rows, columns) => keep(numpy.full([points, rows, columns], value, options)),

    negate: unary(a => a.neg()),
    exp: unary(numpy.exp),
    log: unary(numpy.log),
    log1p: unary(numpy.log1p),
    sqrt: unary(numpy.sqrt),
    sin: unary(numpy.sin),
    cos: unary(numpy.cos),
    asin: unary(numpy.asin),
    atan: unary(numpy.atan),
    roughErf: unary(lax.erf),
    floor: unary(numpy.floor),
    stop: unary(lax.stopGradient),

    add: binary((a, b) => a.add(b)),
    subtract: binary((a, b) => a.sub(b)),
    multiply: binary((a, b) => a.mul(b)),
    maximum: binary(numpy.maximum),
    minimum: (a, b) => keep(numpy.minimum(a.ref, b.ref)),

    less: binary((a, b) => a.less(b)),
    lessOrEqual: binary((a, b) => a.lessEqual(b)),
    greater: binary((a, b) => a.greater(b)),
    equal: binary((a, b) => a.equal(b)),
    notEqual: binary((a, b) => a.notEqual(b)),
    toNumber: truth => keep(numpy.where(truth.ref, numpy.full([], 1, options), numpy.full([], 0, options))),
    where: (truth, a, b) => keep(numpy.where(truth.ref, use(a), use(b))),

    sum: (a, axes) => keep(a.ref.sum([...axes], keepdims)),
    max: (a, axes) => keep(a.ref.max([...axes], keepdims)),
    matmul: (a, b) => keep(numpy.matmul(a.ref, b.ref)),
    transpose: unary(a => a.transpose([0, 2, 1])),
    reshape: (a, shape) => keep(a.ref.reshape([points, ...shape])),
    broadcast: (a, shape) => keep(numpy.broadcastTo(a.ref, [points, ...shape])),
    slice: (a, axis, from, to) =>
      keep(axis === 1 ? a.ref.slice([], [from, to], []) : a.ref.slice([], [], [from, to])),
    concatenate: (parts, axis) => {
      const uses = parts.map(part => part.ref)
      return keep(numpy.concatenate(uses, axis))
    },
    determinant: unary(a => numpy.linalg.det(a).reshape([points, 1, 1])),
    logDeterminant: unary(a => {
      const [sign, logarithm] = numpy.linalg.slogdet(a)
      sign.dispose()
      return logarithm.reshape([points, 1, 1])
    }),
    inverse: unary(numpy.linalg.inv),
  }
  return {
    primitives: Object.freeze(primitives),
    close: () => {
      for (const a of kept) a.dispose()
      kept.length = 0
    },
  }
}
