import type { Autograd, Program } from '../../src/autograd/traced.js'
import type { MatrixAlgebra } from '../../src/base/matrix-algebra.js'
import type { Extent, Nested, Tensor } from '../../src/base/tensor.js'
import { makeTensor } from '../../src/base/tensor.js'
import type { Tensors } from '../../src/tensor/tensor.js'
import { Quantity } from './quantity.js'
import { bindingsOf, type Question, SELF, sideOf, sizesOf } from './question.js'

export interface Reference {
  /** Entries in the order of the axes. */
  readonly value: readonly number[]
  readonly shape: readonly number[]
  /** The greatest difference between automatic differentiation and differences of values. */
  readonly spread: number
}

/** The derivative of the reference program, by automatic differentiation and again by central differences. */
export function referenceOf(question: Question, tensors: Tensors, autograd: Autograd): Reference {
  const { program, point, axes } = start(question, tensors)
  const f = (input: Tensor) =>
    program(tensors as never, [input, ...point.slice(1)] as never) as unknown as Tensor
  const [variable] = point
  const output = f(variable!)
  const outputs = [output.rows, output.columns].filter(side => side !== 1)
  if (question.order === 2) {
    const traced = autograd.hessian(program, point, 0, 0).data
    return settled(traced, secondDifferences(f, variable!), [...axes, ...axes])
  }
  const traced = autograd.jacobian(program, point, 1).jacobians[0]!.data
  return settled(traced, firstDifferences(f, variable!), [...outputs, ...axes])
}

function settled(
  traced: Iterable<number>,
  differences: readonly number[],
  shape: readonly number[],
): Reference {
  const value = [...traced]
  const size = Math.max(1, ...value.map(Math.abs))
  const spread = Math.max(...value.map((entry, k) => Math.abs(entry - differences[k]!) / size))
  return { value, shape, spread: Number.isNaN(spread) ? Number.POSITIVE_INFINITY : spread }
}

function start(question: Question, tensors: Tensors) {
  const { quantities, by, self } = question
  const sizes = sizesOf(question)
  const given = bindingsOf(question)
  const names = quantities.map(each => each.name)
  const values = new Map<string, Tensor>(
    names.map(name => [name, tensors.fromNested(given.get(name) as Nested)]),
  )
  const wrap = (algebra: MatrixAlgebra<Extent>, arrays: ReadonlyMap<string, Extent>) =>
    Object.fromEntries([...arrays].map(([name, array]) => [name, new Quantity(algebra, array)]))
  const variable = self
    ? (self(wrap(tensors as unknown as MatrixAlgebra<Extent>, values)).array as Tensor)
    : values.get(by)!
  const others = names.filter(name => self !== undefined || name !== by)
  const program: Program = (ops, inputs) => {
    const arrays = new Map(others.map((name, k) => [name, inputs[k + 1]!]))
    arrays.set(self ? SELF : by, inputs[0]!)
    return question.is(wrap(ops as unknown as MatrixAlgebra<Extent>, arrays)).array as (typeof inputs)[number]
  }
  const point = [variable, ...others.map(name => values.get(name)!)]
  const declared = quantities.find(each => each.name === by)
  const axes = self
    ? [variable.rows, variable.columns].filter(side => side !== 1)
    : declared!.sizes.map(size => sideOf(size, sizes))
  return { program, point, axes }
}

type OfTensor = (input: Tensor) => Tensor

function moved({ rows, columns, data }: Tensor, changes: readonly (readonly [number, number])[]): Tensor {
  const entries = Array.from(data)
  for (const [place, change] of changes) entries[place]! += change
  return makeTensor(rows, columns, entries)
}

/** Outputs by rows, inputs by columns; of the fourth order in the step. */
function firstDifferences(f: OfTensor, at: Tensor): readonly number[] {
  const step = 1e-3
  const outputs = f(at).data.length
  const inputs = at.data.length
  const result = new Array<number>(outputs * inputs).fill(0)
  for (let k = 0; k < inputs; k++) {
    const slope = (h: number) => {
      const [right, left] = [f(moved(at, [[k, h]])), f(moved(at, [[k, -h]]))]
      return Array.from(right.data, (value, i) => (value - left.data[i]!) / (2 * h))
    }
    const [fine, coarse] = [slope(step), slope(2 * step)]
    for (let i = 0; i < outputs; i++) result[i * inputs + k] = (4 * fine[i]! - coarse[i]!) / 3
  }
  return result
}

/** Mixed differences of a scalar, of the fourth order in the step. */
function secondDifferences(f: OfTensor, at: Tensor): readonly number[] {
  const step = 4e-3
  const inputs = at.data.length
  const value = (changes: readonly (readonly [number, number])[]) => f(moved(at, changes)).data[0]!
  const mixed = (i: number, j: number, h: number) => {
    const corner = (left: number, right: number) =>
      value([
        [i, left * h],
        [j, right * h],
      ])
    return (corner(1, 1) - corner(1, -1) - corner(-1, 1) + corner(-1, -1)) / (4 * h * h)
  }
  const result: number[] = []
  for (let i = 0; i < inputs; i++) {
    for (let j = 0; j < inputs; j++) result.push((4 * mixed(i, j, step) - mixed(i, j, 2 * step)) / 3)
  }
  return result
}
