import { unreachable } from '../base/errors.js'
import type { Budget } from '../base/limits.js'
import { symbol } from '../expr/intern.js'
import type { Call, Expr, Sym } from '../expr/node.js'
import type { Definition } from '../expr/problem.js'
import { isMatrix, isScalar, lengthOf, shapeOf } from '../expr/shape.js'
import { type Collected, handOver, type Step, type Steps } from '../expr/step.js'
import { postorder } from '../expr/walk.js'
import { add, divide, isCall, multiply, ones, zeros } from '../ops/core.js'
import { productOverIndex, summationOverIndex } from '../ops/indexed.js'
import { identity } from '../ops/matrix.js'
import { openBinder } from './binder.js'
import { coefficient } from './coefficient.js'
import { identification, sumOverPaths, withoutDerivative } from './rules.js'

export interface ForwardRequest {
  readonly definitions: readonly Definition[]
  readonly output: Expr
  readonly wrt: Sym
  /** A name for the change of the variable that collides with nothing. */
  readonly change: string
  readonly tidy: (node: Expr) => Collected<Expr>
  readonly budget: Budget
  /** Whether the linear map itself is wanted, also where a matrix stands in front of the change. */
  readonly map?: boolean | undefined
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

/**
 * How a tangent is carried from argument `k` to the result: as the value of the change, or as the matrix in front of
 * the change of the variable. `as` stands for the value of the call. Undefined when there is no matrix in front.
 */
type Carry = (node: Call, k: number, tangent: Expr, as: Expr) => Expr | undefined

/** Forward accumulation over definitions. Raises `NotDifferentiableError` for an operation without a derivative. */
export function* forward(request: ForwardRequest): Steps<ForwardResult> {
  const { wrt, output } = request
  if (request.map) {
    const d = symbol(request.change, wrt.shape)
    return { kind: 'differential', value: yield* changeOf(request, d), d }
  }
  if (isScalar(wrt.shape)) {
    const value = yield* changeOf(request, ones(wrt.shape))
    return { kind: 'derivative', value }
  }
  const long = (node: Expr) => !isMatrix(node.shape)
  if (long(wrt) && long(output)) {
    const { answer: value, steps } = accumulate(request, identity(lengthOf(wrt.shape)), pushMatrix)
    // The steps of an attempt that led nowhere belong to no answer.
    if (value !== undefined) {
      yield* steps
      const tidied = yield* handOver(request.tidy(value))
      yield { kind: 'rewrite', rule: identification, before: value, after: tidied }
      return { kind: 'jacobian', value: tidied }
    }
  }
  const d = symbol(request.change, wrt.shape)
  const change = yield* changeOf(request, d)
  // A vector may be reached over a matrix, as in x x^T x: then the matrix in front shows only in the whole change.
  const inFront = long(wrt) && long(output) ? coefficient(change, d) : undefined
  if (inFront === undefined) return { kind: 'differential', value: change, d }
  const value = yield* handOver(request.tidy(inFront))
  yield { kind: 'given', rule: identification, before: value, after: value, at: output }
  return { kind: 'jacobian', value }
}

function* changeOf(request: ForwardRequest, seed: Expr): Steps<Expr> {
  const { answer, steps } = accumulate(request, seed, pushValue)
  yield* steps
  return yield* handOver(request.tidy(answer ?? unreachable('a change has no value')))
}

const pushValue: Carry = (node, k, tangent, as) => node.op.push!(tangent, node.args, k, as)

const pushMatrix: Carry = (node, k, tangent, as) => {
  const arg = node.args[k]!
  const d = symbol('#d', arg.shape)
  const inFront = coefficient(node.op.push!(d, node.args, k, as), d)
  return inFront && multiply(inFront, tangent)
}

/**
 * Carries the tangent of `wrt` to the output: each definition once, each node once. Undefined when some differential
 * has no matrix in front; the caller then carries the value of the change instead.
 */
function accumulate(request: ForwardRequest, seed: Expr, carry: Carry): Collected<Expr | undefined> {
  const walk = new Walk(request, carry)
  walk.tangents.set(request.wrt, seed)
  for (const { symbol: name, body } of request.definitions) {
    if (name === request.wrt) continue
    if (!walk.along(body, 0, name)) return { answer: undefined, steps: walk.steps }
    const tangent = walk.tangents.get(body)
    if (tangent === undefined) continue
    const { answer, steps } = request.tidy(tangent)
    for (const step of steps) walk.steps.push(step)
    walk.tangents.set(name, answer)
  }
  const reached = walk.along(request.output, 0, request.output)
  const answer = reached ? (walk.tangents.get(request.output) ?? zeroTangent(request, carry)) : undefined
  return { answer, steps: walk.steps }
}

/** What does not depend on the variable at all has a zero derivative, of the shape that was asked for. */
function zeroTangent({ output, wrt }: ForwardRequest, carry: Carry): Expr {
  if (carry === pushValue) return zeros(output.shape)
  return zeros(shapeOf(lengthOf(output.shape), lengthOf(wrt.shape)))
}

class Walk {
  readonly steps: Step[] = []
  /** The tangents of symbols and calls; what has none does not vary. */
  readonly tangents = new Map<Expr, Expr>()
  readonly #seen = new Set<Expr>()
  readonly #request: ForwardRequest
  readonly #carry: Carry

  constructor(request: ForwardRequest, carry: Carry) {
    this.#request = request
    this.#carry = carry
  }

  /** Carries tangents through a formula; false when there is no way. `as` stands for the value of the whole. */
  along(root: Expr, binders: number, as: Expr): boolean {
    for (const node of postorder([root], () => true, this.#seen)) {
      if (node.kind !== 'call') continue
      this.#request.budget.spend()
      const through = node.op.binds
        ? this.#throughBinder(node, binders, node === root ? as : node)
        : this.#throughOperation(node, node === root ? as : node)
      if (!through) return false
    }
    return true
  }

  #throughOperation(node: Call, as: Expr): boolean {
    const { op, args } = node
    const parts: Expr[] = []
    for (let k = 0; k < args.length; k++) {
      const tangent = this.tangents.get(args[k]!)
      if (tangent === undefined || op.flat?.(k, args)) continue
      if (op.push === undefined) throw withoutDerivative(node)
      const part = this.#carry(node, k, tangent, as)
      if (part === undefined) return false
      this.steps.push({ kind: 'push', rule: op.rule, before: tangent, after: part, at: node, argument: k })
      parts.push(part)
    }
    if (parts.length === 0) return true
    const total = add(...parts)
    if (parts.length > 1) {
      this.steps.push({ kind: 'gather', rule: sumOverPaths, before: total, after: total, at: node })
    }
    this.tangents.set(node, total)
    return true
  }

  #throughBinder(node: Call, binders: number, as: Expr): boolean {
    const { body, close } = openBinder(node, binders)
    if (!this.along(body, binders + 1, body)) return false
    const inside = this.tangents.get(body)
    if (inside === undefined) return true
    const factors = isCall(node, productOverIndex)
    if (!factors && !isCall(node, summationOverIndex)) throw withoutDerivative(node)
    const after = factors ? multiply(as, close(divide(inside, body))) : close(inside)
    this.steps.push({ kind: 'push', rule: node.op.rule, before: inside, after, at: node })
    this.tangents.set(node, after)
    return true
  }
}
