import type { Autograd } from '../autograd/traced.js'
import { makeTensor, type Tensor } from '../base/tensor.js'
import type { Expr, Sym } from '../expr/node.js'
import type { Definition } from '../expr/problem.js'
import type { Tensors } from '../tensor/tensor.js'
import { STENCIL, weighted, widthsWithin } from './differences.js'
import { forwardProgram, type Lowered } from './lower.js'
import type { PointGroup } from './points.js'

/** The engines that a check runs on. */
export interface Engines {
  readonly tensors: Tensors
  /** Automatic differentiation, loaded when it is first needed. */
  readonly autograd: () => Promise<Autograd>
}

/** A function, and the symbols it is differentiated by. */
export interface Target {
  readonly definitions: readonly Definition[]
  readonly output: Expr
  readonly wrt: readonly Sym[]
}

/** Derivatives of one output at every point of a group, by automatic differentiation of the function itself. */
export interface Reference {
  /** By point: the entries of the output by those of the symbol, both in row-major order. */
  readonly jacobians: ReadonlyMap<Sym, readonly Tensor[]>
}

/** One call of the engine for all symbols and all points. */
export function referenceAt(
  tensors: Tensors,
  autograd: Autograd,
  target: Target,
  group: PointGroup,
): Reference {
  const lowered = lower(tensors, target, group)
  const found = derivatives(autograd, target, lowered, group.points.map(lowered.inputsAt))
  const jacobians = new Map(
    target.wrt.map(symbol => [symbol, found.map(at => at[slotOf(target, symbol)]!)] as const),
  )
  return { jacobians }
}

/**
 * The change of the first derivative by one symbol along a direction of the second, by differences of exact first derivatives at several widths:
 * all points and widths in one call of the engine. By point, the slopes that are finite.
 */
export function curvaturesAt(
  tensors: Tensors,
  autograd: Autograd,
  target: Target,
  { wrt, second = wrt }: { readonly wrt: Sym; readonly second?: Sym | undefined },
  group: PointGroup,
  directions: readonly Tensor[],
): readonly (readonly Tensor[])[] {
  const lowered = lower(tensors, target, group)
  const at = slotOf(target, wrt)
  const moving = slotOf(target, second)
  const widths = group.clearance.map(widthsWithin)
  const moved = group.points.flatMap((point, p) => {
    const inputs = lowered.inputsAt(point)
    return widths[p]!.flatMap(width =>
      STENCIL.map(place => {
        const change = tensors.scaleBy(directions[p]!, place.at * width)
        return inputs.map((input, i) => (i === moving ? tensors.add(input, change) : input))
      }),
    )
  })
  const found = derivatives(autograd, target, lowered, moved).map(all => all[at]!)
  const perPoint = (widths[0]?.length ?? 0) * STENCIL.length
  return group.points.map((_, p) =>
    widths[p]!.map((width, w) => {
      const from = p * perPoint + w * STENCIL.length
      return weighted(tensors, found.slice(from, from + STENCIL.length), width)
    }).filter(tensors.isFinite),
  )
}

function lower(
  tensors: Tensors,
  { definitions, output, wrt }: Target,
  { frame, points }: PointGroup,
): Lowered {
  const defined = new Set(definitions.map(({ symbol }) => symbol))
  return forwardProgram(tensors, frame, {
    definitions,
    output,
    inputs: wrt.filter(symbol => !defined.has(symbol)),
    perturbed: wrt.filter(symbol => defined.has(symbol)),
    functions: points[0]!.functions,
  })
}

/** Undefined symbols come first among the inputs, then what is added to the defined ones. */
function slotOf({ definitions, wrt }: Target, symbol: Sym): number {
  const defined = new Set(definitions.map(definition => definition.symbol))
  const free = wrt.filter(other => !defined.has(other))
  const bound = wrt.filter(other => defined.has(other))
  return defined.has(symbol) ? free.length + bound.indexOf(symbol) : free.indexOf(symbol)
}

function derivatives(
  autograd: Autograd,
  { output }: Target,
  { program, varied }: Lowered,
  points: readonly (readonly Tensor[])[],
): readonly (readonly Tensor[])[] {
  if (output.shape.rows !== 1 || output.shape.columns !== 1) {
    return autograd.jacobians(program, points, varied).map(({ jacobians }) => jacobians)
  }
  const asRow = ({ data }: Tensor) => makeTensor(1, data.length, data)
  return autograd.valuesAndGradients(program, points, varied).map(({ gradients }) => gradients.map(asRow))
}
