import { ShapeError } from '../base/errors.js'
import type { Expr } from '../expr/node.js'
import type { Op } from '../expr/op.js'
import { isScalar, SCALAR, type Shape, sameShape, shapeText } from '../expr/shape.js'

/** The one shape of all arguments of something done entry by entry. Raises `ShapeError` naming two that differ. */
export function agree(verb: string, args: readonly Expr[]): Shape {
  const first = args[0]!.shape
  for (const arg of args) {
    if (!sameShape(first, arg.shape)) {
      const hint =
        isScalar(first) || isScalar(arg.shape)
          ? 'write the scalar times \\mathbf{1} where every entry is meant'
          : undefined
      throw new ShapeError('shape-clash', `cannot ${verb} ${shapeText(first)} and ${shapeText(arg.shape)}`, {
        hint,
      })
    }
  }
  return first
}

/** Checks that two factors of a matrix product fit. Raises `ShapeError` with the inner sizes, and what may be meant. */
export function chained(left: Shape, right: Shape): void {
  if (left.columns === right.rows) return
  const hint =
    left.columns === right.columns && left.rows !== right.rows
      ? 'transpose the right factor'
      : left.rows === right.rows
        ? 'transpose the left factor, or use the entry-by-entry product \\odot'
        : undefined
  throw new ShapeError('shape-clash', `cannot multiply ${shapeText(left)} by ${shapeText(right)}`, {
    hint,
    notes: [`the inner sizes are ${left.columns} and ${right.rows}`],
  })
}

/** Arguments of an operation that is associative: calls of it among them are replaced by their own arguments. */
export function opened(args: readonly Expr[], op: Op): readonly Expr[] {
  let flat: Expr[] | undefined
  for (let i = 0; i < args.length; i++) {
    const arg = args[i]!
    if (arg.kind === 'call' && arg.op === op) {
      flat ??= args.slice(0, i)
      for (let k = 0; k < arg.args.length; k++) flat.push(arg.args[k]!)
    } else flat?.push(arg)
  }
  return flat ?? args
}

/** Whether a node is a scalar; without looking at sizes, since all scalars share one shape. */
export function isPlainScalar(node: Expr): boolean {
  return node.shape === SCALAR
}
