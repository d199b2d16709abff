import { LimitError, NotDifferentiableError } from '../../base/errors.js'
import { DEFAULT_LIMITS } from '../../base/limits.js'
import { ONE } from '../../base/rational.js'
import type { Span } from '../../base/span.js'
import { number, symbol } from '../../expr/intern.js'
import type { Expr, Sym } from '../../expr/node.js'
import type { Op } from '../../expr/op.js'
import { isScalar, SCALAR, shapeText } from '../../expr/shape.js'
import { postorder, substitute } from '../../expr/walk.js'
import { applyOp } from '../../ops/apply.js'
import {
  add,
  hadamardProduct,
  isCall,
  isOne,
  isZero,
  multiplication,
  multiply,
  zeros,
} from '../../ops/core.js'
import { liftOver } from '../../ops/lift.js'
import type { BuiltFunction, PointwiseFunction } from './scope.js'
import { raiseShape } from './session.js'

/** An operation of one number as a function that can be differentiated and applied entry by entry. */
export function pointwiseOfOp(op: Op): PointwiseFunction {
  const at = symbol('t', SCALAR)
  const built: BuiltFunction = { parameters: [at], derivatives: [applyOp(op, at)] }
  return { name: op.title, parameters: [], body: undefined, known: undefined, built }
}

/** The function (order 0) or its derivative applied to arguments, entry by entry. */
export function applyPointwise(
  definition: PointwiseFunction,
  built: BuiltFunction,
  order: number,
  args: readonly Expr[],
  span: Span,
): Expr {
  if (order > 0 && built.parameters.length !== 1) {
    throw new NotDifferentiableError(
      'several-arguments',
      `a prime on ${definition.name} does not say by which of its ${built.parameters.length} arguments`,
      { span, hint: 'write \\frac{\\partial}{\\partial x}' },
    )
  }
  const body = derivativeOf(built, order)
  const by = new Map<Expr, Expr>(built.parameters.map((parameter, i) => [parameter, args[i]!]))
  const shape = args.map(arg => arg.shape).find(found => !isScalar(found)) ?? SCALAR
  wantSmall(definition, body, by, span)
  if (isScalar(shape)) return substitute(body, by)
  const lifted = liftOver(body, by, shape)
  if (lifted !== undefined) return lifted
  raiseShape(`${definition.name} does not act entry by entry on ${shapeText(shape)}`, span)
}

/** Raises `LimitError` before a function is put into itself so often that the formula could not be printed. */
function wantSmall({ name }: PointwiseFunction, body: Expr, by: ReadonlyMap<Expr, Expr>, span: Span): void {
  const sizes = new Map<Expr, number>()
  for (const node of postorder([body])) {
    const own = by.get(node)?.treeSize
    const below = node.kind === 'call' ? node.args.reduce((total, arg) => total + sizes.get(arg)!, 1) : 1
    sizes.set(node, own ?? below)
  }
  const most = DEFAULT_LIMITS.printedNodes
  if (sizes.get(body)! <= most) return
  throw new LimitError('limit-expansions', `with ${name} put in, the formula has more than ${most} parts`, {
    span,
    hint: 'give intermediate results names of their own',
  })
}

/** The derivative of the body of the given order by the only argument. */
function derivativeOf(built: BuiltFunction, order: number): Expr {
  const { derivatives, parameters } = built
  while (derivatives.length <= order) {
    derivatives.push(slope(derivatives[derivatives.length - 1]!, parameters[0]!))
  }
  return derivatives[order]!
}

/** The derivative of a scalar formula by a symbol, forward through the rules of its operations. */
function slope(body: Expr, by: Sym): Expr {
  const change = new Map<Expr, Expr>([[by, number(ONE)]])
  for (const node of postorder([body])) {
    if (node.kind !== 'call') continue
    const terms: Expr[] = []
    node.args.forEach((arg, k) => {
      const d = change.get(arg)
      if (d === undefined || node.op.flat?.(k, node.args) || node.op.push === undefined) return
      const term = tidy(node.op.push(d, node.args, k, node))
      if (!isZero(term)) terms.push(term)
    })
    if (terms.length > 0) change.set(node, add(...terms))
  }
  return change.get(body) ?? zeros(body.shape)
}

/** Leaves out factors of one. */
function tidy(node: Expr): Expr {
  if (!isCall(node, multiplication) && !isCall(node, hadamardProduct)) return node
  const rest = node.args.filter(arg => !isOne(arg))
  if (node.args.some(isZero)) return zeros(node.shape)
  return rest.length === 0 ? number(ONE, node.shape) : multiply(...rest)
}

/** Whether a formula of one number is a way to write a known operation. */
export function spellsOut(op: Op, body: Expr, t: Sym): boolean {
  return op.formulas?.(t).includes(body) ?? false
}
