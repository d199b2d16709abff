import type { Program, Traced, TracedOps } from '../autograd/traced.js'
import type { Tensor } from '../base/tensor.js'
import type { Expr, Sym } from '../expr/node.js'
import type { Definition } from '../expr/problem.js'
import type { Tensors } from '../tensor/tensor.js'
import { type Point, replaceAbstract } from './evaluate.js'
import type { ConcreteFunction } from './functions.js'
import { planOf } from './plan.js'
import { extentOf, type Frame, run } from './run.js'

interface LowerOptions {
  readonly definitions: readonly Definition[]
  /** What the program computes, an array of any shape. */
  readonly output: Expr
  /** The symbols that come first among the inputs, in this order; a defined one loses its definition. */
  readonly inputs: readonly Sym[]
  /** Defined symbols to which an input is added, so that the derivative by that input is the one by the symbol. */
  readonly perturbed?: readonly Sym[] | undefined
  /** Concrete forms of the unknown functions; their parameters are inputs. */
  readonly functions?: ReadonlyMap<string, ConcreteFunction> | undefined
}

/** A function as a program of the autograd engine, and the arrays it takes at a point. */
export interface Lowered {
  readonly program: Program
  /** How many inputs stand before those that are held fixed: the chosen symbols, then one for each perturbed one. */
  readonly varied: number
  readonly inputsAt: (point: Point) => readonly Tensor[]
}

/**
 * Lowers definitions and an output to operations of the autograd engine. Sizes and selecting indices are those of the
 * frame, and the program is the same for all points that share it.
 */
export function forwardProgram(tensors: Tensors, frame: Frame, options: LowerOptions): Lowered {
  const { output, inputs, perturbed = [], functions = new Map<string, ConcreteFunction>() } = options
  const chosen = new Set(inputs)
  const definitions = options.definitions.filter(({ symbol }) => !chosen.has(symbol))
  const plan = planOf([output], { definitions })
  const fixed = plan.symbols.filter(symbol => !chosen.has(symbol) && !frame.indices.has(symbol))
  const slots = new Map<Sym, number>()
  for (const symbol of [...inputs, ...perturbed, ...fixed]) slots.set(symbol, slots.size)
  const offsets = new Map(perturbed.map((symbol, i) => [symbol, inputs.length + i]))
  const starts = new Map<string, number>()
  let next = slots.size
  for (const [name, { parameters }] of functions) {
    starts.set(name, next)
    next += parameters.length
  }

  const program = (ops: TracedOps, given: readonly Traced[]): Traced => {
    const world = {
      algebra: ops,
      tensors,
      sizes: frame.sizes,
      indices: frame.indices,
      resolve: (symbol: Sym) => given[slots.get(symbol) ?? -1],
      adjust: (symbol: Sym, value: Traced) => {
        const at = offsets.get(symbol)
        return at === undefined ? value : ops.add(value, given[at]!)
      },
      replace: replaceAbstract(ops, (name: string) => {
        const concrete = functions.get(name)
        const start = starts.get(name) ?? 0
        return concrete && { concrete, parameters: given.slice(start, start + concrete.parameters.length) }
      }),
    }
    return run<Traced>(plan, world).values[0]!
  }

  const inputsAt = (point: Point): readonly Tensor[] => {
    const of = (symbol: Sym) => {
      const value = point.values.get(symbol)
      if (value !== undefined) return value
      const { rows, columns } = extentOf(symbol.shape, frame.sizes)
      return tensors.fill(0, rows, columns)
    }
    const zero = (symbol: Sym) => {
      const { rows, columns } = extentOf(symbol.shape, frame.sizes)
      return tensors.fill(0, rows, columns)
    }
    const given = [...functions].flatMap(
      ([name, concrete]) => (point.functions.get(name) ?? concrete).parameters,
    )
    return [...inputs.map(of), ...perturbed.map(zero), ...fixed.map(of), ...given]
  }
  return Object.freeze({ program, varied: inputs.length + perturbed.length, inputsAt })
}
