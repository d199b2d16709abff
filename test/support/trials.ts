import { MathError } from '../../src/base/errors.js'
import { rational } from '../../src/base/rational.js'
import { number, symbol } from '../../src/expr/intern.js'
import type { Expr, Sym } from '../../src/expr/node.js'
import type { Op } from '../../src/expr/op.js'
import { type Dim, SCALAR, type Shape, shapeOf, sizeOf } from '../../src/expr/shape.js'

/** Arguments an operation accepts, found by trying: a new operation needs no new test. */
export interface Trial {
  readonly op: Op
  readonly args: readonly Expr[]
  readonly shape: Shape
}

export const SIZES: ReadonlyMap<string, number> = new Map([
  ['m', 2],
  ['n', 3],
])

/** Larger results only cost time. */
const MOST_ENTRIES = 36

const whole = (value: number) => number(rational(value))

/** Every list of one item from each list. */
function product<T>(lists: readonly (readonly T[])[]): T[][] {
  return lists.reduce<T[][]>(
    (tuples, list) => tuples.flatMap(tuple => list.map(item => [...tuple, item])),
    [[]],
  )
}

function shapesFor(m: Dim, n: Dim, both: Dim): Shape[] {
  return [SCALAR, shapeOf(n), shapeOf(1, n), shapeOf(n, n), shapeOf(m, n), shapeOf(n, m), shapeOf(both)]
}

/** Shapes for the array arguments: all pairs of two, and alternating pairs for more, so that chains fit. */
function shapeLists(count: number, shapes: readonly Shape[]): Shape[][] {
  if (count <= 2) return product(Array.from({ length: count }, () => shapes))
  return product([shapes, shapes]).map(pair => Array.from({ length: count }, (_, i) => pair[i % 2]!))
}

function accepts(op: Op, args: readonly Expr[]): Trial | undefined {
  try {
    const shape = op.shape(args)
    return sizeOf(shape.rows, SIZES) * sizeOf(shape.columns, SIZES) > MOST_ENTRIES
      ? undefined
      : { op, args, shape }
  } catch (error) {
    if (error instanceof MathError) return undefined
    throw error
  }
}

function trialsWith(op: Op, m: Dim, n: Dim, both: Dim, sides: readonly Expr[]): Trial[] {
  const selectors = op.indexArguments ?? 0
  const least = op.arity[0]
  const counts = [least, least + 1, least + 2].filter(count => count <= op.arity[1])
  return counts.flatMap(count => {
    const arrays = shapeLists(count - selectors, shapesFor(m, n, both)).map(shapes =>
      shapes.map((shape, i): Expr => symbol(`a_${i}`, shape)),
    )
    const literals = arrays
      .filter(args => args.length === 2 && args[1]!.shape === SCALAR)
      .flatMap(args => [-1, 2, 3].map(value => [args[0]!, whole(value)]))
    const chosen = product(Array.from({ length: selectors }, () => sides))
    const all = [...arrays, ...(selectors === 0 ? literals : [])]
    return all
      .flatMap(args => chosen.map(indices => accepts(op, [...args, ...indices])))
      .filter(trial => trial !== undefined)
  })
}

/** Trials with sizes that are numbers, and again with sizes that are letters. */
export function trialsOf(op: Op): readonly Trial[] {
  const named = ['m', 'n'].map(name => symbol(name, SCALAR, 'dimension'))
  return [
    ...trialsWith(op, 2, 3, 6, [1, 2, 3].map(whole)),
    ...trialsWith(op, 'm', 'n', 'm*n', [whole(1), ...named]),
  ]
}

/** The arguments that vary: symbols that the record does not call flat. */
export function varying(trial: Trial): readonly number[] {
  const { op, args } = trial
  const arrays = args.length - (op.indexArguments ?? 0)
  return args.flatMap((arg, k) => (k < arrays && arg.kind === 'sym' && !op.flat?.(k, args) ? [k] : []))
}

/** The symbols among the arguments that are called flat, although they are arrays. */
export function flatArrays({ op, args }: Trial): readonly number[] {
  const arrays = args.length - (op.indexArguments ?? 0)
  return args.flatMap((arg, k) => (k < arrays && arg.kind === 'sym' && op.flat?.(k, args) ? [k] : []))
}

export function symbolsOfTrial({ args }: Trial): readonly Sym[] {
  return args.filter((arg): arg is Sym => arg.kind === 'sym' && arg.role === 'variable')
}

export function describeTrial({ op, args }: Trial): string {
  const parts = args.map(arg =>
    arg.kind === 'num' || (arg.kind === 'sym' && arg.role !== 'variable')
      ? String(arg.kind === 'num' ? arg.value.toFraction() : arg.name)
      : `${arg.shape.rows}×${arg.shape.columns}`,
  )
  return `${op.name}(${parts.join(', ')})`
}
