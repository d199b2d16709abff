import { NotDifferentiableError } from '../base/errors.js'
import type { Budget } from '../base/limits.js'
import { symbol } from '../expr/intern.js'
import type { Call, Expr, Sym } from '../expr/node.js'
import type { Definition } from '../expr/problem.js'
import { isColumn, isRow, isScalar, lengthOf, shapeOf } from '../expr/shape.js'
import type { Steps } from '../expr/step.js'
import { postorder } from '../expr/walk.js'
import { add, isCall, multiply, ones, zeros } from '../ops/core.js'
import { summationOverIndex } from '../ops/indexed.js'
import { identity } from '../ops/matrix.js'
import { openBinder } from './binder.js'
import { coefficient } from './coefficient.js'
import { identification, sumOverPaths } from './rules.js'

export interface ForwardRequest {
  readonly definitions: readonly Definition[]
  readonly output: Expr
  readonly wrt: Sym
  readonly tidy: (node: Expr) => Steps<Expr>
  readonly budget: Budget
}

/**
 * A derivative found by going forward.
 * - `jacobian`: a matrix, outputs by rows and inputs by columns (numerator layout)
 * - `derivative`: by a scalar; the shape of the output
 * - `differential`: the linear map itself, `dY` in terms of the symbol `d`, where the derivative has more than two axes
 */
export type ForwardResult =
  | { readonly kind: 'jacobian' | 'derivative'; readonly value: Expr }
  | { readonly kind: 'differential'; readonly value: Expr; readonly d: Sym }

/** How a tangent is carried: as the value of the change, or as the matrix in front of the change of the variable. */
type Carry = (node: Call, k: number, tangent: Expr) => Expr | undefined

/** Forward accumulation over definitions. Raises `NotDifferentiableError` for an operation without a derivative. */
export function* forward(request: ForwardRequest): Steps<ForwardResult> {
  const { wrt, output } = request
  if (isScalar(wrt.shape)) {
    const value = yield* accumulate(request, ones(wrt.shape), pushValue)
    if (value !== undefined) return { kind: 'derivative', value: yield* request.tidy(value) }
  }
  const long = (node: Expr) => isScalar(node.shape) || isColumn(node.shape) || isRow(node.shape)
  if (long(wrt) && long(output)) {
    const value = yield* accumulate(request, identity(lengthOf(wrt.shape)), pushMatrix)
    if (value !== undefined) {
      const tidied = yield* request.tidy(value)
      yield { kind: 'rewrite', rule: identification, before: value, after: tidied }
      return { kind: 'jacobian', value: tidied }
    }
  }
  const d = symbol(`d${wrt.name}`, wrt.shape)
  const value = yield* accumulate(request, d, pushValue)
  return { kind: 'differential', value: yield* request.tidy(value ?? d), d }
}

const pushValue: Carry = (node, k, tangent) => node.op.push!(tangent, node.args, k, node)

const pushMatrix: Carry = (node, k, tangent) => {
  const arg = node.args[k]!
  const d = symbol('#d', arg.shape)
  const inFront = coefficient(node.op.push!(d, node.args, k, node), d)
  return inFront && multiply(inFront, tangent)
}

/**
 * Carries the tangent of `wrt` to the output. Undefined when some differential has no matrix in front; the caller then
 * carries the value of the change instead.
 */
function* accumulate(request: ForwardRequest, seed: Expr, carry: Carry): Steps<Expr | undefined> {
  const tangents = new Map<Expr, Expr>([[request.wrt, seed]])
  for (const { symbol: name, body } of request.definitions) {
    if (name === request.wrt) continue
    const tangent = yield* walk(request, body, tangents, carry, 0)
    if (tangent === 'none') return undefined
    if (tangent !== undefined) tangents.set(name, yield* request.tidy(tangent))
  }
  const result = yield* walk(request, request.output, tangents, carry, 0)
  if (result === 'none') return undefined
  return result ?? zeroTangent(request, carry)
}

/** What does not depend on the variable at all has a zero derivative, of the shape that was asked for. */
function zeroTangent({ output, wrt }: ForwardRequest, carry: Carry): Expr {
  if (carry === pushValue) return zeros(output.shape)
  return zeros(shapeOf(lengthOf(output.shape), lengthOf(wrt.shape)))
}

function* walk(
  request: ForwardRequest,
  root: Expr,
  known: ReadonlyMap<Expr, Expr>,
  carry: Carry,
  binders: number,
): Steps<Expr | undefined | 'none'> {
  const tangents = new Map<Expr, Expr>(known)
  for (const node of postorder([root])) {
    if (node.kind !== 'call') continue
    request.budget.spend()
    if (node.op.binds) {
      const term = yield* throughBinder(request, node, tangents, carry, binders)
      if (term === 'none') return 'none'
      if (term !== undefined) tangents.set(node, term)
      continue
    }
    const parts: Expr[] = []
    for (let k = 0; k < node.args.length; k++) {
      const tangent = tangents.get(node.args[k]!)
      if (tangent === undefined || node.op.flat?.(k, node.args)) continue
      if (node.op.push === undefined) {
        throw new NotDifferentiableError(
          'no-derivative',
          `no derivative is known for the operation '${node.op.title}'`,
          {
            hint: node.op.kinks,
          },
        )
      }
      const part = carry(node, k, tangent)
      if (part === undefined) return 'none'
      yield { kind: 'push', rule: node.op.rule, before: tangent, after: part, at: node, argument: k }
      parts.push(part)
    }
    if (parts.length === 0) continue
    const total = add(...parts)
    if (parts.length > 1) yield { kind: 'gather', rule: sumOverPaths, before: total, after: total, at: node }
    tangents.set(node, total)
  }
  return tangents.get(root)
}

function* throughBinder(
  request: ForwardRequest,
  node: Call,
  tangents: ReadonlyMap<Expr, Expr>,
  carry: Carry,
  binders: number,
): Steps<Expr | undefined | 'none'> {
  const { body, close } = openBinder(node, binders)
  const inside = yield* walk(request, body, tangents, carry, binders + 1)
  if (inside === undefined || inside === 'none') return inside
  if (!isCall(node, summationOverIndex)) {
    throw new NotDifferentiableError(
      'no-derivative',
      `no derivative is known for the operation '${node.op.title}'`,
    )
  }
  const after = close(inside)
  yield { kind: 'push', rule: node.op.rule, before: inside, after, at: node }
  return after
}
