import type { Random } from '../../src/base/random.js'
import type { Tensor } from '../../src/base/tensor.js'
import type { Expr } from '../../src/expr/node.js'
import type { Domain } from '../../src/expr/op.js'
import type { Tensors } from '../../src/tensor/tensor.js'
import { evaluate, extentOf } from './evaluate.js'
import { SIZES, type Trial } from './trials.js'

function draw(set: ReturnType<Domain>, random: Random): number {
  switch (set) {
    case 'positive':
    case 'nonnegative':
      return random.between(0.4, 2)
    case 'nonzero':
      return random.between(0.4, 2) * random.pick([-1, 1])
    case 'unit-interval':
      return random.between(0.1, 0.9)
    case 'above-one':
      return random.between(1.2, 3)
    case 'minus-one-to-one':
      return random.between(-0.9, 0.9)
    default:
      return random.between(-2, 2)
  }
}

function drawArray(tensors: Tensors, node: Expr, set: ReturnType<Domain>, random: Random): Tensor {
  const { rows, columns } = extentOf(node.shape, SIZES)
  const entries = Array.from({ length: rows * columns }, () => draw(set, random))
  const array = tensors.create(rows, columns, entries)
  return set === 'invertible' ? tensors.add(array, tensors.scaleBy(tensors.identity(rows), 4)) : array
}

/** Values for the arguments of a trial inside the stated domain and away from the stated kinks. */
export function drawPoint(tensors: Tensors, trial: Trial, random: Random): ReadonlyMap<Expr, Tensor> {
  const { op, args } = trial
  for (let attempt = 0; attempt < 500; attempt++) {
    const values = new Map<Expr, Tensor>()
    args.forEach((arg, k) => {
      if (arg.kind === 'sym' && arg.role === 'variable') {
        values.set(arg, drawArray(tensors, arg, op.domain?.(k, args) ?? 'real', random))
      }
    })
    const setting = { algebra: tensors, values, sizes: SIZES }
    const near = (op.switches?.(args) ?? []).some(edge =>
      [...evaluate(edge, setting).data].some(entry => Math.abs(entry) < 0.01),
    )
    if (!near) return values
  }
  throw new Error(`no point away from the kinks of ${op.name}`)
}

/** An array of the shape of a node with entries between -1 and 1. */
export function drawDirection(tensors: Tensors, node: Expr, random: Random): Tensor {
  const { rows, columns } = extentOf(node.shape, SIZES)
  return tensors.create(
    rows,
    columns,
    Array.from({ length: rows * columns }, () => random.between(-1, 1)),
  )
}
