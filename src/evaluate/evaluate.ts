import { DomainError, NameError } from '../base/errors.js'
import type { Budget } from '../base/limits.js'
import type { Extent, Tensor } from '../base/tensor.js'
import type { Expr, Sym } from '../expr/node.js'
import type { Definition } from '../expr/problem.js'
import { shapeText } from '../expr/shape.js'
import type { Tensors } from '../tensor/tensor.js'
import type { ConcreteFunction } from './functions.js'
import { type Plan, planOf } from './plan.js'
import { type Frame, type Run, run, type World } from './run.js'

/** Values for everything an expression leaves open. */
export interface Point extends Frame {
  readonly values: ReadonlyMap<Sym, Tensor>
  /** What the unknown functions are, by name. */
  readonly functions: ReadonlyMap<string, ConcreteFunction>
}

export interface EvaluateOptions {
  readonly definitions?: readonly Definition[] | undefined
  readonly budget?: Budget | undefined
  /** How an expression is spelled in messages; the default is the title of its operation. */
  readonly describe?: ((node: Expr) => string) | undefined
}

/**
 * The values of expressions at a point. Shared nodes and definitions are computed once; a defined symbol that has a
 * value at the point keeps that value. Raises `NameError` for a symbol without a value, `ShapeError` where sizes do
 * not fit, and `DomainError`, naming the smallest expression concerned, where a value is not a finite number.
 */
export function evaluateExpr(
  tensors: Tensors,
  roots: readonly Expr[],
  point: Point,
  options: EvaluateOptions = {},
): readonly Tensor[] {
  const definitions = (options.definitions ?? []).filter(({ symbol }) => !point.values.has(symbol))
  const plan = planOf(roots, { definitions })
  const describe = options.describe ?? describeNode
  const { values } = runAt(tensors, plan, point, { budget: options.budget, describe })
  if (!values.every(tensors.isFinite)) refuse(tensors, plan, point, describe)
  return values
}

/** Runs a plan on plain numbers. */
export function runAt(
  tensors: Tensors,
  plan: Plan,
  point: Point,
  extra: Partial<World<Tensor>> = {},
): Run<Tensor> {
  return run(plan, {
    algebra: tensors,
    tensors,
    sizes: point.sizes,
    indices: point.indices,
    resolve: symbol => point.values.get(symbol),
    replace: replaceAbstract(tensors, name => {
      const concrete = point.functions.get(name)
      return concrete && { concrete, parameters: concrete.parameters }
    }),
    ...extra,
  })
}

/** Puts concrete functions in the place of unknown ones. */
export function replaceAbstract<T extends Extent>(
  algebra: World<T>['algebra'],
  find: (
    name: string,
  ) => { readonly concrete: ConcreteFunction; readonly parameters: readonly T[] } | undefined,
): World<T>['replace'] {
  return (node, args) => {
    const unknown = node.op.abstract
    if (unknown === undefined) return undefined
    const found = find(unknown.name)
    if (found === undefined) {
      const { name } = unknown
      throw new NameError('no-value', `the function ${name} is unknown, so what is made of it has no value`)
    }
    return found.concrete.apply(algebra, found.parameters, args[0]!, unknown.order)
  }
}

/** Raises `DomainError` for the first node that is not finite although everything it is made of is. */
function refuse(tensors: Tensors, plan: Plan, point: Point, describe: (node: Expr) => string): never {
  runAt(tensors, plan, point, {
    inspect: (node, args, value) => {
      if (tensors.isFinite(value) || !args.every(tensors.isFinite)) return
      throw new DomainError('outside-domain', `the value of ${describe(node)} is not a finite number`, {
        notes: args.slice(0, 4).map((arg, k) => `argument ${k + 1} is ${entriesText(arg)}`),
      })
    },
  })
  throw new DomainError('outside-domain', 'a value given is not a finite number')
}

function describeNode(node: Expr): string {
  if (node.kind === 'call') return `the ${node.op.title} (${shapeText(node.shape)})`
  return node.kind === 'sym' ? node.name : 'a number'
}

function entriesText({ rows, columns, data }: Tensor): string {
  const shown = Array.from(data).slice(0, 6).map(String)
  const text = shown.join(', ') + (data.length > shown.length ? ', …' : '')
  return data.length === 1 ? text : `${rows}×${columns}: ${text}`
}
