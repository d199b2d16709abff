import { DomainError, LimitError, NameError, ShapeError, unreachable } from '../base/errors.js'
import type { Budget } from '../base/limits.js'
import type { MatrixAlgebra } from '../base/matrix-algebra.js'
import { toNumber } from '../base/rational.js'
import { type Extent, extentText, type Tensor } from '../base/tensor.js'
import type { Call, Expr, Sym } from '../expr/node.js'
import { type Shape, sizeOf } from '../expr/shape.js'
import { matrixProduct } from '../ops/core.js'
import type { Tensors } from '../tensor/tensor.js'
import type { CallInstruction, Instruction, LoopInstruction, Plan, Whole } from './plan.js'

const MOST_TURNS = 1_000_000
/** Entries of one array; more would not fit into memory together with what is made of them. */
const MOST_ENTRIES = 1 << 24

/** Numbers that are known before anything is computed: they decide extents, and which entries are taken. */
export interface Frame {
  readonly sizes: ReadonlyMap<string, number>
  /** Whole numbers, by the symbols that select with them. */
  readonly indices: ReadonlyMap<Sym, number>
}

/** What a plan is run in: one kind of array, and the arrays that symbols stand for. */
export interface World<T extends Extent> extends Frame {
  readonly algebra: MatrixAlgebra<T>
  /** Plain numbers, for what selects. */
  readonly tensors: Tensors
  /** The array of a symbol; undefined when it has none. */
  readonly resolve: (symbol: Sym) => T | undefined
  /** May put another array in the place of a defined symbol's own. */
  readonly adjust?: ((symbol: Sym, value: T) => T) | undefined
  /** The value of a call whose operation cannot know it: an unknown function that was given a concrete form. */
  readonly replace?: ((node: Call, args: readonly T[]) => T | undefined) | undefined
  /** Sees every call with its arguments and its value, and the values of what is watched with it. */
  readonly inspect?: ((node: Call, args: readonly T[], value: T, watched: readonly T[]) => void) | undefined
  /** The size of the largest entry. */
  readonly measure?: ((value: T) => number) | undefined
  readonly budget?: Budget | undefined
  /** How many multiplications and how many instructions there may be in all, every turn of a sum counted. */
  readonly most?: { readonly work: number; readonly operations: number } | undefined
  /** Gives entries that are not numbers where an operation refuses its arguments, such as a singular matrix. */
  readonly forgiving?: boolean | undefined
  /** How a node is spelled in the notes of an error. */
  readonly describe?: ((node: Expr) => string) | undefined
}

/** The values of the roots of a plan, and how large the values they are made of are, as `measure` has it. */
export interface Run<T> {
  readonly values: readonly T[]
  readonly scales: readonly number[]
  /** How many instructions were carried out, every turn of a sum counted. */
  readonly operations: number
}

/**
 * Runs a plan once. Raises `LimitError` before an array of more than 16 million entries is made, and when the work
 * is more than `most`.
 */
export function run<T extends Extent>(plan: Plan, world: World<T>): Run<T> {
  const running = new Running(plan, world)
  running.all(plan.instructions)
  return {
    values: plan.roots.map(root => running.values[root]!),
    scales: plan.roots.map(root => running.scales[root]!),
    operations: running.operations,
  }
}

/** Raises `LimitError` for an array that is too large to be made. */
export function wantEntries(extent: Extent, most: number): void {
  if (extent.rows * extent.columns > most) {
    throw new LimitError(
      'limit-entries',
      `an array of ${extentText(extent)} entries is too large to compute with, at most ${most} entries are allowed`,
      { hint: 'write the sizes as letters, or take smaller ones' },
    )
  }
}

/** Rows and columns of a shape. Raises `ShapeError` for a name without a size. */
export function extentOf(shape: Shape, sizes: ReadonlyMap<string, number>): Extent {
  return { rows: sizeOf(shape.rows, sizes), columns: sizeOf(shape.columns, sizes) }
}

class Running<T extends Extent> {
  readonly values: T[]
  /** The largest measure of a value and of what it is made of, without literals: they are exact. */
  readonly scales: Float64Array
  readonly #world: World<T>
  readonly #bound = new Map<Sym, number>()
  readonly #loopScales = new Map<LoopInstruction, number>()
  #turns = 0
  #work = 0
  operations = 0

  constructor(plan: Plan, world: World<T>) {
    this.values = new Array<T>(plan.places)
    this.scales = new Float64Array(plan.places)
    this.#world = world
  }

  all(instructions: readonly Instruction[]): void {
    const { measure, budget } = this.#world
    for (const instruction of instructions) {
      budget?.spend()
      this.#account(instruction.node)
      const value = this.#one(instruction)
      this.values[instruction.at] = value
      if (measure !== undefined) this.#measure(instruction, measure(value))
    }
  }

  /** Counts the work of what is going to be computed, before any memory is taken. */
  #account(node: Expr): void {
    this.operations++
    // The value of a symbol is there already, or it is said below that there is none.
    if (node.kind === 'sym') return
    const { sizes, most } = this.#world
    const extent = extentOf(node.shape, sizes)
    wantEntries(extent, MOST_ENTRIES)
    if (most === undefined) return
    this.#work += workOf(node, extent, sizes)
    if (this.#work <= most.work && this.operations <= most.operations) return
    throw new LimitError('limit-operations', 'trying the formula on numbers takes too long', {
      hint: 'ask for a smaller part, or take smaller sizes',
    })
  }

  #measure(instruction: Instruction, own: number): void {
    if (instruction.kind === 'number') return
    let scale = own
    if (instruction.kind === 'call') {
      for (const at of instruction.from) scale = larger(scale, this.scales[at]!)
    } else if (instruction.kind === 'name') scale = larger(scale, this.scales[instruction.from]!)
    else if (instruction.kind === 'loop') scale = larger(scale, this.#loopScales.get(instruction) ?? 0)
    this.scales[instruction.at] = scale
  }

  #one(instruction: Instruction): T {
    const { algebra, sizes, adjust } = this.#world
    switch (instruction.kind) {
      case 'number': {
        const { value, shape } = instruction.node
        const { rows, columns } = extentOf(shape, sizes)
        return algebra.fill(toNumber(value), rows, columns)
      }
      case 'symbol':
        return this.#symbol(instruction.node)
      case 'name': {
        const value = this.values[instruction.from]!
        return adjust === undefined ? value : adjust(instruction.node, value)
      }
      case 'call':
        return this.#call(instruction)
      case 'loop':
        return this.#loop(instruction)
    }
  }

  #symbol(symbol: Sym): T {
    const { algebra, sizes, resolve } = this.#world
    if (symbol.role !== 'variable') return algebra.fill(this.#leaf(symbol), 1, 1)
    const value = resolve(symbol)
    if (value === undefined) {
      const whole = this.#world.indices.get(symbol)
      if (whole !== undefined) return algebra.fill(whole, 1, 1)
      return noValue(symbol)
    }
    const extent = extentOf(symbol.shape, sizes)
    if (value.rows !== extent.rows || value.columns !== extent.columns) {
      throw new ShapeError(
        'value-shape',
        `the value of ${symbol.name} is ${extentText(value)}, expected ${extentText(extent)}`,
      )
    }
    return value
  }

  #call({ node, from, wholes, watched }: CallInstruction): T {
    const { sizes, replace, inspect } = this.#world
    const args = from.map(at => this.values[at]!)
    const indices = wholes.map(whole => this.#whole(whole))
    const value = replace?.(node, args) ?? this.#apply(node, args, extentOf(node.shape, sizes), indices)
    if (inspect !== undefined) {
      inspect(
        node,
        args,
        value,
        watched.map(at => this.values[at]!),
      )
    }
    return value
  }

  /** The value by the operation's own definition; a fault of the arguments is said to be where it is. */
  #apply(node: Call, args: readonly T[], size: Extent, indices: readonly number[]): T {
    const { algebra, describe, forgiving } = this.#world
    try {
      return node.op.value(algebra, args, size, indices)
    } catch (error) {
      if (!(error instanceof DomainError)) throw error
      if (forgiving) return algebra.fill(Number.NaN, size.rows, size.columns)
      if (describe === undefined) throw error
      const { code, message, hint, notes } = error
      throw new DomainError(code, message, { hint, notes: [...notes, `in ${describe(node)}`] })
    }
  }

  #loop(instruction: LoopInstruction): T {
    const { sizes, inspect } = this.#world
    const { node, index } = instruction
    const low = this.#whole(instruction.low)
    const high = this.#whole(instruction.high)
    const before = this.#bound.get(index)
    const terms: T[] = []
    let scale = 0
    for (let i = low; i <= high; i++) {
      if (++this.#turns > MOST_TURNS) {
        throw new LimitError('limit-turns', `the sums have more than ${MOST_TURNS} terms`)
      }
      this.#bound.set(index, i)
      this.all(instruction.body)
      terms.push(this.values[instruction.from]!)
      scale = larger(scale, this.scales[instruction.from]!)
    }
    this.#loopScales.set(instruction, scale)
    if (before === undefined) this.#bound.delete(index)
    else this.#bound.set(index, before)
    const value = this.#apply(node, terms, extentOf(node.shape, sizes), [low, high])
    inspect?.(node, terms, value, [])
    return value
  }

  /** The number an index, a size or a symbol that selects stands for. */
  #leaf(symbol: Sym): number {
    if (symbol.role === 'dimension') return sizeOf(symbol.name, this.#world.sizes)
    return this.#bound.get(symbol) ?? this.#world.indices.get(symbol) ?? noValue(symbol)
  }

  #whole({ node, plan }: Whole): number {
    const value = this.#numberOf(node, plan)
    if (Number.isInteger(value)) return value
    throw new ShapeError('not-an-index', `an index must be a whole number, but this one is ${value}`)
  }

  #numberOf(node: Expr, plan: Plan | undefined): number {
    if (node.kind === 'num') return toNumber(node.value)
    if (node.kind === 'sym') return this.#leaf(node)
    if (plan === undefined) return unreachable('an index without a plan')
    const { tensors, sizes } = this.#world
    const indices = new Map(this.#world.indices)
    for (const [symbol, value] of this.#bound) indices.set(symbol, value)
    const world: World<Tensor> = { algebra: tensors, tensors, sizes, indices, resolve: () => undefined }
    return tensors.scalarValue(run(plan, world).values[0]!)
  }
}

/** About how many multiplications a value takes. */
function workOf(node: Expr, { rows, columns }: Extent, sizes: ReadonlyMap<string, number>): number {
  if (node.kind !== 'call') return rows * columns
  if (node.op !== matrixProduct) {
    const cubed = node.op.domain?.(0, node.args) === 'invertible'
    const [first] = node.args
    return cubed && first !== undefined ? extentOf(first.shape, sizes).rows ** 3 : rows * columns
  }
  const factors = node.args.slice(1).map(({ shape }) => extentOf(shape, sizes))
  return factors.reduce((total, factor) => total + rows * factor.rows * factor.columns, 0)
}

/** The larger number; a value that is not a number wins. */
function larger(a: number, b: number): number {
  return Number.isNaN(a) || b <= a ? a : b
}

function noValue(symbol: Sym): never {
  throw new NameError('no-value', `${symbol.name} has no value`, { hint: `give a value for ${symbol.name}` })
}
