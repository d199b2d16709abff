import type { MatrixAlgebra } from '../../src/base/matrix-algebra.js'
import type { Extent, Tensor } from '../../src/base/tensor.js'
import {
  columnsOf,
  cramer,
  dot,
  flip,
  type Grid,
  grid,
  leibniz,
  mapGrid,
  rowsOf,
  scaled,
  seriesErf,
  times,
  toTensor,
  total,
  zipGrid,
} from './reference.js'

export type Operation = keyof MatrixAlgebra<Tensor>

/** An input: its extent and the range its entries are drawn from. */
export interface Input extends Extent {
  readonly low: number
  readonly high: number
}

/** An operation at work: how it is called, and its value and adjoint in textbook form. */
export interface Case {
  readonly operation: Operation
  readonly title: string
  readonly inputs: readonly Input[]
  apply<T extends Extent>(ops: MatrixAlgebra<T>, ...xs: T[]): T
  value(...xs: Grid[]): Grid
  /** From the derivative by the value, the derivative by each input. */
  pull(c: Grid, ...xs: Grid[]): readonly Grid[]
}

const input = (rows: number, columns: number, low = -2, high = 2): Input => ({ rows, columns, low, high })

type Real = (x: number) => number

function unary(operation: Operation, f: Real, df: Real, low: number, high: number): Case {
  return {
    operation,
    title: operation,
    inputs: [input(2, 3, low, high)],
    apply: (ops, x) => (ops[operation] as (a: typeof x) => typeof x)(x!),
    value: x => mapGrid(x!, f),
    pull: (c, x) => [zipGrid(c, x!, (g, t) => g * df(t))],
  }
}

type Real2 = (x: number, y: number) => number

function binary(operation: Operation, f: Real2, dx: Real2, dy: Real2, low = -2, high = 2): Case {
  return {
    operation,
    title: operation,
    inputs: [input(3, 2, low, high), input(3, 2, low, high)],
    apply: (ops, x, y) => (ops[operation] as (a: typeof x, b: typeof x) => typeof x)(x!, y!),
    value: (x, y) => zipGrid(x!, y!, f),
    pull: (c, x, y) => [
      zipGrid(c, zipGrid(x!, y!, dx), (g, d) => g * d),
      zipGrid(c, zipGrid(x!, y!, dy), (g, d) => g * d),
    ],
  }
}

const one = (
  operation: Operation,
  size: Input,
  rest: Pick<Case, 'apply' | 'value' | 'pull'>,
  title?: string,
): Case => ({
  operation,
  title: title ?? operation,
  inputs: [size],
  ...rest,
})

const logistic: Real = x => 1 / (1 + Math.exp(-x))
const zero: Real2 = () => 0
const holds = (f: (x: number, y: number) => boolean) => (x: number, y: number) => (f(x, y) ? 1 : 0)
const scalarGrid = (x: number): Grid => [[x]]
const same = (a: Grid, value: number): Grid => mapGrid(a, () => value)
const maxima = (a: Grid): readonly number[] => a.map(row => Math.max(...row))
const softmax = (a: Grid): Grid =>
  a.map(row => {
    const sum = row.reduce((s, x) => s + Math.exp(x), 0)
    return row.map(x => Math.exp(x) / sum)
  })
const softmaxPull = (c: Grid, a: Grid): Grid => {
  const p = softmax(a)
  return p.map((row, i) => row.map((x, j) => x * (c[i]![j]! - dot(c[i]!, row))))
}
const logSumExp = (a: Grid): Grid => a.map(row => [Math.log(row.reduce((s, x) => s + Math.exp(x), 0))])
const frobenius = (a: Grid) => Math.sqrt(total(mapGrid(a, x => x * x)))
const fixed: Grid = [
  [0.5, -1.25],
  [2, 0.125],
]

const entrywise: readonly Case[] = [
  unary(
    'negate',
    x => -x,
    () => -1,
    -2,
    2,
  ),
  unary(
    'reciprocal',
    x => 1 / x,
    x => -1 / (x * x),
    0.3,
    1.9,
  ),
  unary(
    'square',
    x => x * x,
    x => 2 * x,
    -2,
    2,
  ),
  unary('exp', Math.exp, Math.exp, -5, 5),
  unary('log', Math.log, x => 1 / x, 0.01, 20),
  unary('sqrt', Math.sqrt, x => 0.5 / Math.sqrt(x), 0.01, 20),
  unary('sin', Math.sin, Math.cos, -5, 5),
  unary('cos', Math.cos, x => -Math.sin(x), -5, 5),
  unary('tan', Math.tan, x => 1 + Math.tan(x) ** 2, -1.4, 1.4),
  unary('asin', Math.asin, x => 1 / Math.sqrt((1 - x) * (1 + x)), -0.95, 0.95),
  unary('acos', Math.acos, x => -1 / Math.sqrt((1 - x) * (1 + x)), -0.95, 0.95),
  unary('atan', Math.atan, x => 1 / (1 + x * x), -9, 9),
  unary('sinh', Math.sinh, Math.cosh, -4, 4),
  unary('cosh', Math.cosh, Math.sinh, -4, 4),
  unary('tanh', Math.tanh, x => 1 / Math.cosh(x) ** 2, -6, 6),
  unary('abs', Math.abs, Math.sign, -2, 2),
  unary('sign', Math.sign, () => 0, -2, 2),
  unary('sigmoid', logistic, x => logistic(x) * logistic(-x), -30, 30),
  unary('softplus', x => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))), logistic, -30, 30),
  unary('erf', seriesErf, x => (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x), -4, 4),
  binary(
    'add',
    (x, y) => x + y,
    () => 1,
    () => 1,
  ),
  binary(
    'subtract',
    (x, y) => x - y,
    () => 1,
    () => -1,
  ),
  binary(
    'hadamard',
    (x, y) => x * y,
    (_, y) => y,
    x => x,
  ),
  binary(
    'divide',
    (x, y) => x / y,
    (_, y) => 1 / y,
    (x, y) => -x / (y * y),
    0.3,
    1.9,
  ),
  binary(
    'pow',
    (x, y) => x ** y,
    (x, y) => y * x ** (y - 1),
    (x, y) => x ** y * Math.log(x),
    0.3,
    1.9,
  ),
  binary(
    'maximum',
    Math.max,
    holds((x, y) => x > y),
    holds((x, y) => y > x),
  ),
  binary(
    'minimum',
    Math.min,
    holds((x, y) => x < y),
    holds((x, y) => y < x),
  ),
  binary(
    'less',
    holds((x, y) => x < y),
    zero,
    zero,
  ),
  binary(
    'lessOrEqual',
    holds((x, y) => x <= y),
    zero,
    zero,
  ),
  binary(
    'greater',
    holds((x, y) => x > y),
    zero,
    zero,
  ),
  binary(
    'greaterOrEqual',
    holds((x, y) => x >= y),
    zero,
    zero,
  ),
  binary(
    'equal',
    holds((x, y) => x === y),
    zero,
    zero,
  ),
  binary(
    'notEqual',
    holds((x, y) => x !== y),
    zero,
    zero,
  ),
  ...[-3, -1, -0.5, 0, 0.5, 1, 1.7, 2, 2.5, 5, -1.3].map(exponent => ({
    ...unary(
      'powConstant',
      x => x ** exponent,
      x => exponent * x ** (exponent - 1),
      0.3,
      1.9,
    ),
    title: `powConstant ${exponent}`,
    apply: <T extends Extent>(ops: MatrixAlgebra<T>, x?: T) => ops.powConstant(x!, exponent),
  })),
  ...[-3, 0, 2, 7].map(exponent => ({
    ...unary(
      'powConstant',
      x => x ** exponent,
      x => exponent * x ** (exponent - 1),
      -1.9,
      -0.3,
    ),
    title: `powConstant ${exponent} of negative numbers`,
    apply: <T extends Extent>(ops: MatrixAlgebra<T>, x?: T) => ops.powConstant(x!, exponent),
  })),
  one('shift', input(2, 2), {
    apply: (ops, x) => ops.shift(x!, 0.1),
    value: x => mapGrid(x!, t => t + 0.1),
    pull: c => [c],
  }),
  one('scaleBy', input(2, 2), {
    apply: (ops, x) => ops.scaleBy(x!, -0.3),
    value: x => scaled(-0.3, x!),
    pull: c => [scaled(-0.3, c)],
  }),
  {
    operation: 'scale',
    title: 'scale',
    inputs: [input(1, 1), input(2, 3)],
    apply: (ops, s, x) => ops.scale(s!, x!),
    value: (s, x) => scaled(s![0]![0]!, x!),
    pull: (c, s, x) => [scalarGrid(total(zipGrid(c, x!, (g, t) => g * t))), scaled(s![0]![0]!, c)],
  },
  {
    operation: 'where',
    title: 'where',
    inputs: [input(2, 3), input(2, 3), input(2, 3)],
    apply: (ops, t, x, y) => ops.where(ops.greater(t!, ops.fill(0, 2, 3)), x!, y!),
    value: (t, x, y) => grid(2, 3, (i, j) => (t![i]![j]! > 0 ? x![i]![j]! : y![i]![j]!)),
    pull: (c, t) => [
      same(c, 0),
      zipGrid(c, t!, (g, s) => (s > 0 ? g : 0)),
      zipGrid(c, t!, (g, s) => (s > 0 ? 0 : g)),
    ],
  },
]

const products: readonly Case[] = [
  {
    operation: 'matmul',
    title: 'matmul',
    inputs: [input(2, 3), input(3, 4)],
    apply: (ops, a, b) => ops.matmul(a!, b!),
    value: (a, b) => times(a!, b!),
    pull: (c, a, b) => [times(c, flip(b!)), times(flip(a!), c)],
  },
  {
    operation: 'outer',
    title: 'outer of a column and a row',
    inputs: [input(3, 1), input(1, 2)],
    apply: (ops, a, b) => ops.outer(a!, b!),
    value: (a, b) => times(a!, b!),
    pull: (c, a, b) => [times(c, flip(b!)), times(flip(a!), c)],
  },
  {
    operation: 'kron',
    title: 'kron',
    inputs: [input(2, 3), input(3, 2)],
    apply: (ops, a, b) => ops.kron(a!, b!),
    value: (a, b) => grid(6, 6, (i, j) => a![Math.floor(i / 3)]![Math.floor(j / 2)]! * b![i % 3]![j % 2]!),
    pull: (c, a, b) => [
      mapGridIndexed(a!, (i, j) =>
        total(mapGridIndexed(b!, (k, l) => c[3 * i + k]![2 * j + l]! * b![k]![l]!)),
      ),
      mapGridIndexed(b!, (k, l) =>
        total(mapGridIndexed(a!, (i, j) => c[3 * i + k]![2 * j + l]! * a![i]![j]!)),
      ),
    ],
  },
  one('transpose', input(2, 3), {
    apply: (ops, a) => ops.transpose(a!),
    value: a => flip(a!),
    pull: c => [flip(c)],
  }),
  one('trace', input(3, 3), {
    apply: (ops, a) => ops.trace(a!),
    value: a => scalarGrid(a![0]![0]! + a![1]![1]! + a![2]![2]!),
    pull: c => [grid(3, 3, (i, j) => (i === j ? c[0]![0]! : 0))],
  }),
  ...[1, 2, 3, 4].flatMap(size => [
    one(
      'determinant',
      input(size, size),
      {
        apply: (ops, a) => ops.determinant(a!),
        value: a => scalarGrid(leibniz(a!)),
        pull: (c, a) => [scaled(c[0]![0]! * leibniz(a!), flip(cramer(a!)))],
      },
      `determinant of ${size}×${size}`,
    ),
    one(
      'logDeterminant',
      input(size, size),
      {
        apply: (ops, a) => ops.logDeterminant(a!),
        value: a => scalarGrid(Math.log(Math.abs(leibniz(a!)))),
        pull: (c, a) => [scaled(c[0]![0]!, flip(cramer(a!)))],
      },
      `logDeterminant of ${size}×${size}`,
    ),
    one(
      'inverse',
      input(size, size),
      {
        apply: (ops, a) => ops.inverse(a!),
        value: a => cramer(a!),
        pull: (c, a) => [scaled(-1, times(flip(cramer(a!)), times(c, flip(cramer(a!)))))],
      },
      `inverse of ${size}×${size}`,
    ),
  ]),
]

function mapGridIndexed(a: Grid, f: (i: number, j: number) => number): Grid {
  return grid(rowsOf(a), columnsOf(a), f)
}

const atGreatest = (a: Grid, c: (i: number) => number): Grid =>
  mapGridIndexed(a, (i, j) => (a[i]![j] === maxima(a)[i] ? c(i) : 0))
const greatest = (a: Grid) => Math.max(...a.flat())

const reductions: readonly Case[] = [
  one('sum', input(2, 3), {
    apply: (ops, a) => ops.sum(a!),
    value: a => scalarGrid(total(a!)),
    pull: (c, a) => [same(a!, c[0]![0]!)],
  }),
  ...[1, 5].map(columns =>
    one(
      'product',
      input(1, columns, 0.3, 1.9),
      {
        apply: (ops, a) => ops.product(a!),
        value: a => scalarGrid(a!.flat().reduce((p, x) => p * x, 1)),
        pull: (c, a) => [mapGrid(a!, x => (c[0]![0]! * a!.flat().reduce((p, y) => p * y, 1)) / x)],
      },
      `product of ${columns}`,
    ),
  ),
  one('rowSums', input(2, 3), {
    apply: (ops, a) => ops.rowSums(a!),
    value: a => a!.map(row => [total([row])]),
    pull: (c, a) => [mapGridIndexed(a!, i => c[i]![0]!)],
  }),
  one('columnSums', input(2, 3), {
    apply: (ops, a) => ops.columnSums(a!),
    value: a => [flip(a!).map(column => total([column]))],
    pull: (c, a) => [mapGridIndexed(a!, (_, j) => c[0]![j]!)],
  }),
  one('max', input(2, 3), {
    apply: (ops, a) => ops.max(a!),
    value: a => scalarGrid(greatest(a!)),
    pull: (c, a) => [mapGrid(a!, x => (x === greatest(a!) ? c[0]![0]! : 0))],
  }),
  one('min', input(2, 3), {
    apply: (ops, a) => ops.min(a!),
    value: a => scalarGrid(Math.min(...a!.flat())),
    pull: (c, a) => [mapGrid(a!, x => (x === Math.min(...a!.flat()) ? c[0]![0]! : 0))],
  }),
  one('rowMaxima', input(2, 3), {
    apply: (ops, a) => ops.rowMaxima(a!),
    value: a => maxima(a!).map(x => [x]),
    pull: (c, a) => [atGreatest(a!, i => c[i]![0]!)],
  }),
  one('columnMaxima', input(2, 3), {
    apply: (ops, a) => ops.columnMaxima(a!),
    value: a => [maxima(flip(a!))],
    pull: (c, a) => [flip(atGreatest(flip(a!), j => c[0]![j]!))],
  }),
  one('norm1', input(2, 3), {
    apply: (ops, a) => ops.norm1(a!),
    value: a => scalarGrid(total(mapGrid(a!, Math.abs))),
    pull: (c, a) => [mapGrid(a!, x => c[0]![0]! * Math.sign(x))],
  }),
  one('norm2', input(2, 3), {
    apply: (ops, a) => ops.norm2(a!),
    value: a => scalarGrid(frobenius(a!)),
    pull: (c, a) => [scaled(c[0]![0]! / frobenius(a!), a!)],
  }),
  one('softmaxRows', input(2, 4), {
    apply: (ops, a) => ops.softmaxRows(a!),
    value: a => softmax(a!),
    pull: (c, a) => [softmaxPull(c, a!)],
  }),
  one('softmaxColumns', input(4, 2), {
    apply: (ops, a) => ops.softmaxColumns(a!),
    value: a => flip(softmax(flip(a!))),
    pull: (c, a) => [flip(softmaxPull(flip(c), flip(a!)))],
  }),
  one('logSumExpRows', input(2, 4), {
    apply: (ops, a) => ops.logSumExpRows(a!),
    value: a => logSumExp(a!),
    pull: (c, a) => [softmax(a!).map((row, i) => row.map(x => x * c[i]![0]!))],
  }),
  one('logSumExpColumns', input(4, 2), {
    apply: (ops, a) => ops.logSumExpColumns(a!),
    value: a => flip(logSumExp(flip(a!))),
    pull: (c, a) => [flip(softmax(flip(a!)).map((row, j) => row.map(x => x * c[0]![j]!)))],
  }),
]

const layouts: readonly Case[] = [
  one('constant', input(2, 2), {
    apply: (ops, a) => ops.add(a!, ops.constant(toTensor(fixed))),
    value: a => zipGrid(a!, fixed, (x, y) => x + y),
    pull: c => [c],
  }),
  one('fill', input(2, 2), {
    apply: (ops, a) => ops.hadamard(a!, ops.fill(0.7, 2, 2)),
    value: a => scaled(0.7, a!),
    pull: c => [scaled(0.7, c)],
  }),
  one('identity', input(3, 3), {
    apply: (ops, a) => ops.hadamard(a!, ops.identity(3)),
    value: a => mapGridIndexed(a!, (i, j) => (i === j ? a![i]![j]! : 0)),
    pull: c => [mapGridIndexed(c, (i, j) => (i === j ? c[i]![j]! : 0))],
  }),
  ...(
    [
      ['a number', input(1, 1)],
      ['a row', input(1, 3)],
      ['a column', input(2, 1)],
    ] as const
  ).map(([what, size]) =>
    one(
      'broadcast',
      size,
      {
        apply: (ops, a) => ops.broadcast(a!, 2, 3),
        value: a => grid(2, 3, (i, j) => a![size.rows === 1 ? 0 : i]![size.columns === 1 ? 0 : j]!),
        pull: c => [
          grid(size.rows, size.columns, (i, j) =>
            total(
              mapGridIndexed(c, (k, l) =>
                (size.rows === 1 || k === i) && (size.columns === 1 || l === j) ? c[k]![l]! : 0,
              ),
            ),
          ),
        ],
      },
      `broadcast of ${what}`,
    ),
  ),
  one('diagonalOf', input(3, 3), {
    apply: (ops, a) => ops.diagonalOf(a!),
    value: a => a!.map((row, i) => [row[i]!]),
    pull: c => [grid(3, 3, (i, j) => (i === j ? c[i]![0]! : 0))],
  }),
  ...([true, false] as const).map(isRow =>
    one(
      'diagonalMatrix',
      isRow ? input(1, 3) : input(3, 1),
      {
        apply: (ops, a) => ops.diagonalMatrix(a!),
        value: a => grid(3, 3, (i, j) => (i === j ? a!.flat()[i]! : 0)),
        pull: (c, a) => [grid(rowsOf(a!), columnsOf(a!), (i, j) => c[Math.max(i, j)]![Math.max(i, j)]!)],
      },
      `diagonalMatrix of a ${isRow ? 'row' : 'column'}`,
    ),
  ),
  {
    operation: 'concatRows',
    title: 'concatRows',
    inputs: [input(1, 3), input(2, 3), input(1, 3)],
    apply: (ops, ...parts) => ops.concatRows(parts),
    value: (...parts) => parts.flat(),
    pull: c => [c.slice(0, 1), c.slice(1, 3), c.slice(3)],
  },
  {
    operation: 'concatColumns',
    title: 'concatColumns',
    inputs: [input(3, 1), input(3, 2)],
    apply: (ops, ...parts) => ops.concatColumns(parts),
    value: (a, b) => a!.map((row, i) => [...row, ...b![i]!]),
    pull: c => [c.map(row => row.slice(0, 1)), c.map(row => row.slice(1))],
  },
  one('sliceRows', input(4, 2), {
    apply: (ops, a) => ops.sliceRows(a!, 1, 3),
    value: a => a!.slice(1, 3),
    pull: c => [grid(4, 2, (i, j) => (i === 1 || i === 2 ? c[i - 1]![j]! : 0))],
  }),
  one('sliceColumns', input(2, 4), {
    apply: (ops, a) => ops.sliceColumns(a!, 2, 4),
    value: a => a!.map(row => row.slice(2, 4)),
    pull: c => [grid(2, 4, (i, j) => (j >= 2 ? c[i]![j - 2]! : 0))],
  }),
  one('entry', input(3, 2), {
    apply: (ops, a) => ops.entry(a!, 2, 1),
    value: a => scalarGrid(a![2]![1]!),
    pull: c => [grid(3, 2, (i, j) => (i === 2 && j === 1 ? c[0]![0]! : 0))],
  }),
  one('reshape', input(2, 3), {
    apply: (ops, a) => ops.reshape(a!, 3, 2),
    value: a => grid(3, 2, (i, j) => a!.flat()[2 * i + j]!),
    pull: c => [grid(2, 3, (i, j) => c.flat()[3 * i + j]!)],
  }),
  one('vec', input(2, 3), {
    apply: (ops, a) => ops.vec(a!),
    value: a =>
      flip(a!)
        .flat()
        .map(x => [x]),
    pull: c => [grid(2, 3, (i, j) => c[2 * j + i]![0]!)],
  }),
]

export const cases: readonly Case[] = [...entrywise, ...products, ...reductions, ...layouts]
