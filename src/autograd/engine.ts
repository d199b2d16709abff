import { UsageError, VerificationError } from '../base/errors.js'
import { wantScalar } from '../base/extent-checks.js'
import { type Extent, makeTensor, type Tensor } from '../base/tensor.js'
import { type Stacked, stack, unitMasks, unstack } from './batch.js'
import { type EngineArray, numpy, valueAndGrad, withEngine } from './jax.js'
import { type Recording, record } from './recording.js'
import { compute, pull } from './reverse.js'
import { lowerSegment, wholeOf } from './segments.js'
import type { Autograd, Jacobian, Point, Program, ValueAndGradient } from './traced.js'

function toEngine({ rows, columns, data }: Stacked): EngineArray {
  const points = data.length / (rows * columns)
  return numpy.array(data, { dtype: numpy.float64, shape: [points, rows, columns] })
}

/** Uses the array up. */
function fromEngine(array: EngineArray): Stacked {
  const [, rows, columns] = array.shape
  return { rows: rows!, columns: columns!, data: Float64Array.from(array.dataSync()) }
}

/** Runs work of the engine; its own failures are stated as faults of ours, for no input is meant to cause them. */
function guardEngine<T>(work: () => T): T {
  try {
    return withEngine(work)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new VerificationError('autograd-engine', `automatic differentiation failed: ${reason}`)
  }
}

function recordAt(program: Program, points: readonly Point[]): Recording {
  const [first] = points
  if (!first) throw new UsageError('no-points', 'at least one point is needed')
  return record(program, first)
}

/**
 * Whether at some point a derivative is not finite though the value is: nearly always the infinite slope of a branch
 * that was not taken, times zero.
 */
function isSpoilt(value: Stacked, gradients: readonly Stacked[], points: number): boolean {
  const isFiniteAt = ({ data }: Stacked, i: number) => {
    const size = data.length / points
    return data.subarray(i * size, (i + 1) * size).every(Number.isFinite)
  }
  for (let i = 0; i < points; i++) {
    if (isFiniteAt(value, i) && !gradients.every(gradient => isFiniteAt(gradient, i))) return true
  }
  return false
}

interface Derivatives {
  readonly value: Stacked
  readonly gradients: readonly Stacked[]
}

/** Values, and the derivatives of their product with the cotangent. */
function differentiate(
  recording: Recording,
  inputs: readonly Stacked[],
  cotangent: Stacked,
  varied: number,
): Derivatives {
  const points = cotangent.data.length / (cotangent.rows * cotangent.columns)
  const attempt = (guarded: boolean): Derivatives => {
    const { value, cotangents } = pull(recording, inputs.map(toEngine), toEngine(cotangent), varied, guarded)
    const zero = ({ rows, columns, data }: Stacked) => ({
      rows,
      columns,
      data: new Float64Array(data.length),
    })
    const gradients = inputs.slice(0, varied).map((input, i) => {
      const known = cotangents.get(i)
      return known ? fromEngine(known) : zero(input)
    })
    return { value: fromEngine(value), gradients }
  }
  const plain = guardEngine(() => attempt(false))
  if (!isSpoilt(plain.value, plain.gradients, points)) return plain
  return { value: plain.value, gradients: guardEngine(() => attempt(true)).gradients }
}

function evaluate(program: Program, points: readonly Point[]): readonly Tensor[] {
  const inputs = stack(points, 1)
  const recording = recordAt(program, points)
  return guardEngine(() => unstack(fromEngine(compute(recording, inputs.map(toEngine), points.length))))
}

function valuesAndGradients(
  program: Program,
  points: readonly Point[],
  varied?: number,
): readonly ValueAndGradient[] {
  const inputs = stack(points, 1)
  const recording = recordAt(program, points)
  wantScalar('a function with a gradient', recording.outputExtent)
  const ones = { rows: 1, columns: 1, data: new Float64Array(points.length).fill(1) }
  const { value, gradients } = differentiate(recording, inputs, ones, varied ?? inputs.length)
  const perInput = gradients.map(unstack)
  return points.map((_, i) =>
    Object.freeze({ value: value.data[i]!, gradients: Object.freeze(perInput.map(all => all[i]!)) }),
  )
}

/** Every entry of the value is differentiated at a copy of the point of its own, all in one trace. */
function jacobians(program: Program, points: readonly Point[], varied?: number): readonly Jacobian[] {
  const recording = recordAt(program, points)
  const { rows, columns } = recording.outputExtent
  const size = rows * columns
  const inputs = stack(points, size)
  const masks = { rows, columns, data: unitMasks(points.length, size) }
  const { value, gradients } = differentiate(recording, inputs, masks, varied ?? inputs.length)
  const values = unstack(value)
  const perInput = gradients.map(({ rows: r, columns: c, data }) =>
    unstack({ rows: size, columns: r * c, data }),
  )
  return points.map((_, i) =>
    Object.freeze({ value: values[i * size]!, jacobians: Object.freeze(perInput.map(all => all[i]!)) }),
  )
}

function wantInput(point: Point, index: number): Extent {
  const input = point[index]
  if (input) return input
  throw new UsageError(
    'no-such-input',
    `there are ${point.length} inputs, counted from 0, but no input ${index}`,
  )
}

/** The gradient by the first input, differentiated by the second, one entry of it at each copy of the point. */
function hessian(program: Program, point: Point, first: number, second: number): Tensor {
  const { rows, columns } = wantInput(point, first)
  const other = wantInput(point, second)
  const recording = record(program, point)
  wantScalar('a function with a Hessian', recording.outputExtent)
  const size = rows * columns
  const all = point.map((_, i) => i)
  const attempt = (guarded: boolean): Tensor => {
    const lowered = lowerSegment(recording, wholeOf(recording), size, guarded)
    const total = (...inputs: EngineArray[]): EngineArray => lowered(inputs)[0]!.sum()
    const entries = (...inputs: EngineArray[]): EngineArray => {
      // By all inputs, because the engine would hold those left out constant for the outer derivative too.
      const [value, gradients] = valueAndGrad(total, { argnums: all })(...inputs)
      value.dispose()
      for (const i of all) if (i !== first) gradients[i]!.dispose()
      const mask = numpy.array(unitMasks(1, size), { dtype: numpy.float64, shape: [size, rows, columns] })
      return numpy.where(mask.greater(0), gradients[first]!, 0).sum()
    }
    const [value, gradient] = valueAndGrad(entries, { argnums: second })(
      ...stack([point], size).map(toEngine),
    )
    value.dispose()
    return makeTensor(size, other.rows * other.columns, fromEngine(gradient).data)
  }
  const plain = guardEngine(() => attempt(false))
  return plain.data.every(Number.isFinite) ? plain : guardEngine(() => attempt(true))
}

/** Differentiation by the engine behind `jax.ts`. */
export function createAutograd(): Autograd {
  return Object.freeze<Autograd>({
    evaluate,
    valueAndGradient: (program, inputs, varied) => valuesAndGradients(program, [inputs], varied)[0]!,
    valuesAndGradients,
    jacobian: (program, inputs, varied) => jacobians(program, [inputs], varied)[0]!,
    jacobians,
    hessian,
  })
}
