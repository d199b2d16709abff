import { beforeAll, describe, expect, test } from 'vitest'
import { loadAutograd } from '../../src/autograd/load.js'
import type { Autograd, Program } from '../../src/autograd/traced.js'
import { ShapeError } from '../../src/base/errors.js'
import { type Random, seededRandom } from '../../src/base/random.js'
import { toNumber } from '../../src/base/rational.js'
import type { Tensor } from '../../src/base/tensor.js'
import { call, symbol } from '../../src/expr/intern.js'
import type { Expr } from '../../src/expr/node.js'
import { type Dim, sizeOf } from '../../src/expr/shape.js'
import { dimOf } from '../../src/ops/dimension.js'
import { operations } from '../../src/ops/table.js'
import { loadTensors } from '../../src/tensor/load.js'
import type { Tensors } from '../../src/tensor/tensor.js'
import { evaluate, extentOf } from '../support/evaluate.js'
import { drawDirection, drawPoint } from '../support/points.js'
import {
  describeTrial,
  flatArrays,
  SIZES,
  symbolsOfTrial,
  type Trial,
  trialsOf,
  varying,
} from '../support/trials.js'

let tensors: Tensors
let autograd: Autograd

beforeAll(async () => {
  tensors = await loadTensors()
  autograd = await loadAutograd()
})

const POINTS = 3
const MOST_TRACED = 10
const ordinary = operations.filter(op => !op.binds)

/** Values of the arguments, a direction for each and a weight for the result, all on one seed. */
interface Drawn {
  readonly seed: string
  readonly values: ReadonlyMap<Expr, Tensor>
  readonly weight: Tensor
  readonly direction: (k: number) => Tensor
}

function drawn(trial: Trial, round: number): Drawn {
  const seed = `${describeTrial(trial)} ${round}`
  const random: Random = seededRandom(seed)
  const values = drawPoint(tensors, trial, random)
  const weight = drawDirection(tensors, symbol('g', trial.shape), random)
  const directions = trial.args.map(arg => drawDirection(tensors, arg, random))
  return { seed, values, weight, direction: k => directions[k]! }
}

const numeric = (node: Expr, values: ReadonlyMap<Expr, Tensor>) =>
  evaluate(node, { algebra: tensors, values, sizes: SIZES })

const pair = (a: Tensor, b: Tensor) => tensors.scalarValue(tensors.sum(tensors.hadamard(a, b)))

function close(actual: number, expected: number, tolerance: number, what: string): void {
  const error = Math.abs(actual - expected) / Math.max(1, Math.abs(expected))
  expect(error <= tolerance, `${what}: ${actual} is not ${expected}`).toBe(true)
}

/** The slope of ⟨weight, op(…)⟩ when argument `k` moves, by central differences. */
function slope(trial: Trial, k: number, { values, weight, direction }: Drawn): number {
  const node = call(trial.op, trial.args)
  const at = (t: number) => {
    const moved = tensors.add(values.get(trial.args[k]!)!, tensors.scaleBy(direction(k), t))
    return pair(weight, numeric(node, new Map([...values, [trial.args[k]!, moved]])))
  }
  const h = 1e-4
  return (8 * (at(h) - at(-h)) - (at(2 * h) - at(-2 * h))) / (12 * h)
}

const wholeOf = (node: Expr) =>
  sizeOf(node.kind === 'num' ? toNumber(node.value) : (dimOf(node) as Dim), SIZES)

/** ⟨weight, op(…)⟩ as a program of the autograd engine, lowered by the value of the operation alone. */
function programOf({ op, args, shape }: Trial): Program {
  const selectors = op.indexArguments ?? 0
  return (ops, [weight, ...given]) => {
    let next = 0
    const arrays = args
      .slice(0, args.length - selectors)
      .map(arg => (arg.kind === 'num' ? ops.fill(toNumber(arg.value), 1, 1) : given[next++]!))
    const indices = args.slice(args.length - selectors).map(wholeOf)
    return ops.sum(ops.hadamard(weight!, op.value(ops, arrays, extentOf(shape, SIZES), indices)))
  }
}

/** With letters for sizes the lowered program is the same. */
const hasNumbersForSizes = ({ args }: Trial) =>
  args.every(({ shape }) => typeof shape.rows === 'number' && typeof shape.columns === 'number')

/** Tracing is slow; of many trials some are taken, spread over all. */
function few(trials: readonly Trial[]): readonly Trial[] {
  const step = Math.ceil(trials.length / MOST_TRACED)
  return trials.filter((_, i) => i % step === 0)
}

/** Letters as indices and sizes may be out of range once they have values; those trials are no trials. */
function inRange(trial: Trial): boolean {
  const { rows, columns } = extentOf(trial.shape, SIZES)
  if (rows < 1 || columns < 1) return false
  try {
    numeric(call(trial.op, trial.args), drawn(trial, 0).values)
    return true
  } catch (error) {
    if (error instanceof ShapeError && error.code === 'out-of-range') return false
    throw error
  }
}

describe.each(ordinary.map(op => [op.name, op] as const))('%s', (_, op) => {
  let trials: readonly Trial[] = []
  let smooth: readonly Trial[] = []

  beforeAll(() => {
    trials = trialsOf(op).filter(inRange)
    smooth = trials.filter(trial => varying(trial).length > 0)
  })

  test('accepts some arguments, and its value has the shape it states', () => {
    expect(trials.length).toBeGreaterThan(0)
    for (const trial of trials) {
      const { values, seed } = drawn(trial, 0)
      const { rows, columns } = numeric(call(op, trial.args), values)
      expect({ rows, columns }, seed).toEqual(extentOf(trial.shape, SIZES))
    }
  })

  test('differential and adjoint are adjoint to each other and of the right shapes', () => {
    for (const trial of smooth) {
      const node = call(op, trial.args)
      for (const k of varying(trial)) {
        const d = symbol(`d_${k}`, trial.args[k]!.shape)
        const g = symbol('g', trial.shape)
        const pushed = op.push!(d, trial.args, k, node)
        const pulled = op.pull!(g, trial.args, k, node)
        expect(pushed.shape, `${describeTrial(trial)} push ${k}`).toEqual(trial.shape)
        expect(pulled.shape, `${describeTrial(trial)} pull ${k}`).toEqual(trial.args[k]!.shape)
        for (let round = 0; round < POINTS; round++) {
          const { values, weight, direction, seed } = drawn(trial, round)
          const all = new Map([...values, [d, direction(k)] as const, [g, weight] as const])
          close(
            pair(numeric(pulled, all), direction(k)),
            pair(weight, numeric(pushed, all)),
            1e-9,
            `${seed} at ${k}`,
          )
        }
      }
    }
  })

  test('the adjoint agrees with automatic differentiation', () => {
    for (const trial of few(smooth.filter(hasNumbersForSizes))) {
      const node = call(op, trial.args)
      const g = symbol('g', trial.shape)
      const names = symbolsOfTrial(trial)
      const draws = Array.from({ length: POINTS }, (_, round) => drawn(trial, round))
      const points = draws.map(({ weight, values }) => [weight, ...names.map(name => values.get(name)!)])
      const answers = autograd.valuesAndGradients(programOf(trial), points)
      for (const k of varying(trial)) {
        const pulled = op.pull!(g, trial.args, k, node)
        answers.forEach((answer, round) => {
          const { values, weight, direction, seed } = draws[round]!
          const expected = answer.gradients[1 + names.indexOf(trial.args[k] as never)]!
          const actual = numeric(pulled, new Map([...values, [g, weight]]))
          close(pair(actual, direction(k)), pair(expected, direction(k)), 1e-8, `${seed} at ${k}`)
          const difference = tensors.norm2(tensors.subtract(actual, expected))
          close(tensors.scalarValue(difference), 0, 1e-7, `${seed} at ${k}, all entries`)
        })
      }
    }
  })

  test('the differential agrees with central differences', () => {
    for (const trial of smooth) {
      const node = call(op, trial.args)
      for (const k of varying(trial)) {
        const d = symbol(`d_${k}`, trial.args[k]!.shape)
        const pushed = op.push!(d, trial.args, k, node)
        for (let round = 0; round < POINTS; round++) {
          const point = drawn(trial, round)
          const all = new Map([...point.values, [d, point.direction(k)] as const])
          const expected = slope(trial, k, point)
          close(pair(point.weight, numeric(pushed, all)), expected, 1e-6, `${point.seed} at ${k}`)
        }
      }
    }
  })

  test('what is called flat does not change', () => {
    for (const trial of trials) {
      for (const k of flatArrays(trial)) {
        for (let round = 0; round < POINTS; round++) {
          const point = drawn(trial, round)
          close(slope(trial, k, point), 0, 1e-9, `${point.seed} at ${k}`)
        }
      }
    }
  })
})
