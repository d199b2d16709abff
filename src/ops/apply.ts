import { ShapeError } from '../base/errors.js'
import { call } from '../expr/intern.js'
import type { Expr } from '../expr/node.js'
import type { Op } from '../expr/op.js'

/**
 * An operation applied to arguments through its own constructor, for operations without a named one. Raises
 * `ShapeError` when the number of arguments or their shapes do not fit.
 */
export function applyOp(op: Op, ...args: readonly Expr[]): Expr {
  const [least, most] = op.arity
  if (args.length < least || args.length > most) {
    const wanted =
      least === most
        ? `${least}`
        : most === Number.POSITIVE_INFINITY
          ? `at least ${least}`
          : `${least} to ${most}`
    throw new ShapeError(
      'wrong-arity',
      `${op.title} takes ${wanted} ${most === 1 ? 'argument' : 'arguments'}, but ${args.length} were given`,
    )
  }
  return op.make ? op.make(args) : call(op, args)
}
