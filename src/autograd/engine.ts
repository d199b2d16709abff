import { LimitError, MathError, UsageError, VerificationError } from '../base/errors.js'
import { wantScalar } from '../base/extent-checks.js'
import { makeTensor, type Tensor } from '../base/tensor.js'
import { type Stacked, stack, unitMasks, unstack } from './batch.js'
import { type EngineArray, numpy, valueAndGrad, withEngine } from './jax.js'
import { openTrace, type Trace } from './operations.js'
import type { Autograd, Jacobian, Point, Program, ValueAndGradient } from './traced.js'

/** Makes one number of the value of a program, the number that is differentiated. */
type Objective = (trace: Trace, value: EngineArray) => EngineArray

interface Derivatives {
  readonly value: Stacked
  readonly gradients: readonly Stacked[]
}

function toEngine({ rows, columns, data }: Stacked): EngineArray {
  const points = data.length / (rows * columns)
  return numpy.array(data, { dtype: numpy.float64, shape: [points, rows, columns] })
}

/** Uses the array up. */
function fromEngine(array: EngineArray): Stacked {
  const [, rows, columns] = array.shape
  return { rows: rows!, columns: columns!, data: Float64Array.from(array.dataSync()) }
}

const total = (trace: Trace, a: EngineArray): EngineArray => trace.primitives.keep(a.ref.sum())

/**
 * Runs work of the engine, and states its failures in the terms of this library. Nested calls of the engine follow
 * the depth of the program, so a very deep program exhausts the stack.
 */
function guardEngine<T>(work: () => T): T {
  try {
    return withEngine(work)
  } catch (error) {
    if (error instanceof MathError) throw error
    if (error instanceof RangeError) {
      throw new LimitError(
        'program-too-deep',
        'this function is nested too deeply for automatic differentiation',
      )
    }
    const reason = error instanceof Error ? error.message : String(error)
    throw new VerificationError('autograd-engine', `automatic differentiation failed: ${reason}`)
  }
}

/**
 * What the engine is given to differentiate. It must not throw while the engine traces it, or the engine would keep
 * its place in the trace; so an error is set aside, an arbitrary number returned, and `check` raises it afterwards.
 */
function traceable(program: Program, points: number, guarded: boolean, objective: Objective) {
  let failure: { readonly error: unknown } | undefined
  const run = (...inputs: EngineArray[]): [EngineArray, EngineArray] => {
    const trace = openTrace(points, guarded)
    try {
      const handles = inputs.map(trace.enter)
      try {
        const value = trace.arrayOf(program(trace.ops, handles))
        return [objective(trace, value).ref, value.ref]
      } catch (error) {
        failure ??= { error }
        const anything = trace.primitives.full(0, 1, 1)
        return [total(trace, anything).ref, anything.ref]
      }
    } finally {
      trace.close()
    }
  }
  const check = () => {
    if (failure) throw failure.error
  }
  return { run, check }
}

function differentiate(
  program: Program,
  inputs: readonly Stacked[],
  points: number,
  objective: Objective,
): Derivatives {
  if (inputs.length === 0) return { value: evaluateStacked(program, inputs, points), gradients: [] }
  const attempt = (guarded: boolean): Derivatives => {
    const { run, check } = traceable(program, points, guarded, objective)
    const argnums = inputs.map((_, i) => i)
    const [[number, value], gradients] = valueAndGrad(run, { argnums, hasAux: true })(...inputs.map(toEngine))
    number.dispose()
    const result = { value: fromEngine(value), gradients: (gradients as EngineArray[]).map(fromEngine) }
    check()
    return result
  }
  const plain = attempt(false)
  return isSpoilt(plain, points) ? attempt(true) : plain
}

/**
 * Whether at some point a derivative is not finite though the value is: nearly always the infinite slope of a branch
 * that was not taken, times zero.
 */
function isSpoilt({ value, gradients }: Derivatives, points: number): boolean {
  const isFiniteAt = ({ data }: Stacked, i: number) => {
    const size = data.length / points
    return data.subarray(i * size, (i + 1) * size).every(Number.isFinite)
  }
  for (let i = 0; i < points; i++) {
    if (isFiniteAt(value, i) && !gradients.every(gradient => isFiniteAt(gradient, i))) return true
  }
  return false
}

function evaluateStacked(program: Program, inputs: readonly Stacked[], points: number): Stacked {
  const { run, check } = traceable(program, points, false, total)
  const [number, value] = run(...inputs.map(toEngine))
  number.dispose()
  const result = fromEngine(value)
  check()
  return result
}

function valuesAndGradients(program: Program, points: readonly Point[]): readonly ValueAndGradient[] {
  const inputs = stack(points, 1)
  const scalarTotal: Objective = (trace, value) => {
    wantScalar('a function with a gradient', { rows: value.shape[1]!, columns: value.shape[2]! })
    return total(trace, value)
  }
  const { value, gradients } = differentiate(program, inputs, points.length, scalarTotal)
  const perInput = gradients.map(unstack)
  return points.map((_, i) =>
    Object.freeze({ value: value.data[i]!, gradients: Object.freeze(perInput.map(all => all[i]!)) }),
  )
}

/** Every entry of the value is differentiated at a copy of the point of its own, all in one trace. */
function jacobians(program: Program, points: readonly Point[]): readonly Jacobian[] {
  const values = unstack(evaluateStacked(program, stack(points, 1), points.length))
  const { rows, columns } = values[0]!
  const size = rows * columns
  const copies = points.length * size
  const masked: Objective = (trace, value) => {
    const p = trace.primitives
    const mask = p.greater(p.knownPerPoint(rows, columns, unitMasks(points.length, size)), 0)
    return total(trace, p.where(mask, value, 0))
  }
  const { gradients } = differentiate(program, stack(points, size), copies, masked)
  const perInput = gradients.map(({ rows: r, columns: c, data }) =>
    unstack({ rows: size, columns: r * c, data }),
  )
  return values.map((value, i) =>
    Object.freeze({ value, jacobians: Object.freeze(perInput.map(all => all[i]!)) }),
  )
}

/** The gradient by the first input, differentiated by the second, one entry of it at each copy of the point. */
function hessian(program: Program, point: Point, first: number, second: number): Tensor {
  const model = point[first]
  const other = point[second]
  if (!model || !other) {
    throw new UsageError(
      'no-such-input',
      `there are ${point.length} inputs, but ${first} and ${second} were named`,
    )
  }
  const size = model.rows * model.columns
  const attempt = (guarded: boolean): Tensor => {
    const scalarTotal: Objective = (trace, value) => {
      wantScalar('a function with a Hessian', { rows: value.shape[1]!, columns: value.shape[2]! })
      return total(trace, value)
    }
    const { run, check } = traceable(program, size, guarded, scalarTotal)
    const slope = (...inputs: EngineArray[]): EngineArray => {
      const [[number, value], gradient] = valueAndGrad(run, { argnums: first, hasAux: true })(...inputs)
      number.dispose()
      value.dispose()
      const mask = numpy.array(unitMasks(1, size), { dtype: numpy.float64, shape: gradient.shape })
      return numpy.where(mask.greater(0), gradient, 0).sum()
    }
    const [number, gradient] = valueAndGrad(slope, { argnums: second })(...stack([point], size).map(toEngine))
    number.dispose()
    const { data } = fromEngine(gradient)
    check()
    return makeTensor(size, other.rows * other.columns, data)
  }
  const plain = attempt(false)
  return plain.data.every(Number.isFinite) ? plain : attempt(true)
}

/** Differentiation by the engine behind `jax.ts`. */
export function createAutograd(): Autograd {
  return Object.freeze({
    evaluate: (program, points) =>
      guardEngine(() => unstack(evaluateStacked(program, stack(points, 1), points.length))),
    valueAndGradient: (program, inputs) => guardEngine(() => valuesAndGradients(program, [inputs])[0]!),
    valuesAndGradients: (program, points) => guardEngine(() => valuesAndGradients(program, points)),
    jacobian: (program, inputs) => guardEngine(() => jacobians(program, [inputs])[0]!),
    jacobians: (program, points) => guardEngine(() => jacobians(program, points)),
    hessian: (program, inputs, first, second) => guardEngine(() => hessian(program, inputs, first, second)),
  } satisfies Autograd)
}
