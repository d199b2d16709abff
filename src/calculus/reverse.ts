import { NotDifferentiableError } from '../base/errors.js'
import type { Budget } from '../base/limits.js'
import { symbol } from '../expr/intern.js'
import type { Call, Expr, Sym } from '../expr/node.js'
import type { Definition } from '../expr/problem.js'
import { isScalar, shapeText } from '../expr/shape.js'
import type { Steps } from '../expr/step.js'
import { dependsOn, postorder } from '../expr/walk.js'
import { add, isCall, isZero, multiplication, multiply, ones, zeros } from '../ops/core.js'
import { summationOverIndex } from '../ops/indexed.js'
import { openBinder } from './binder.js'
import { constantRule, naming, startRule, sumOverPaths } from './rules.js'

export interface ReverseRequest {
  /** In an order in which every definition comes after those it uses. */
  readonly definitions: readonly Definition[]
  /** What is differentiated; a scalar. */
  readonly output: Expr
  /** Symbols, defined ones too: those are then treated as independent variables. */
  readonly wrt: readonly Sym[]
  /** Brings an adjoint into the form a lecturer would write. */
  readonly tidy: (node: Expr) => Steps<Expr>
  /** A name for the adjoint of a symbol, or of an unnamed part, that collides with nothing. */
  readonly nameFor: (of: Sym | undefined) => string
  readonly budget: Budget
}

export interface ReverseResult {
  /** Named adjoints, each defined through symbols of the problem and adjoints before it. */
  readonly adjoints: readonly (Definition & { readonly of: Sym | undefined })[]
  /** One gradient for each symbol asked for, of its shape. */
  readonly gradients: ReadonlyMap<Sym, Expr>
}

/** A product of more factors than this is given a name while it travels, so that long chains stay linear. */
const LONGEST_PRODUCT = 48

/**
 * Reverse accumulation over definitions: one walk, from the output back, gives the gradients by all symbols at a cost
 * proportional to the network. Definitions stay names; the adjoint of a defined symbol is named where it is used more
 * than once. Raises `NotDifferentiableError` for an operation without a derivative, and when the output is no scalar.
 */
export function* reverse(request: ReverseRequest): Steps<ReverseResult> {
  const { output, definitions } = request
  if (!isScalar(output.shape)) {
    throw new NotDifferentiableError(
      'scalar-needed',
      `a gradient needs a scalar, this is ${shapeText(output.shape)}`,
      { hint: 'ask for the Jacobian, or differentiate a scalar such as the sum of the entries' },
    )
  }
  const active = activeSymbols(definitions, request.wrt)
  const pass = new Pass(request, active)
  const seed = ones(output.shape)
  yield { kind: 'given', rule: startRule, before: seed, after: seed, at: output }
  if (output.kind === 'sym') pass.receive(output, seed)
  else yield* pass.propagate(output, seed, output)
  for (let i = definitions.length - 1; i >= 0; i--) {
    const { symbol: name, body } = definitions[i]!
    if (!active.has(name)) continue
    const incoming = pass.take(name)
    if (incoming === undefined) continue
    const adjoint = yield* pass.settle(name, incoming, body)
    if (!isZero(adjoint)) yield* pass.propagate(body, adjoint, name)
  }
  const gradients = new Map<Sym, Expr>()
  for (const wrt of request.wrt) gradients.set(wrt, yield* pass.gradient(wrt))
  return { adjoints: pass.adjoints, gradients }
}

function activeSymbols(definitions: readonly Definition[], wrt: readonly Sym[]): ReadonlySet<Sym> {
  const active = new Set<Sym>(wrt)
  for (const { symbol: name, body } of definitions) if (dependsOn(body, active)) active.add(name)
  return active
}

class Pass {
  readonly adjoints: (Definition & { readonly of: Sym | undefined })[] = []
  private readonly received = new Map<Sym, Expr[]>()
  private readonly settled = new Map<Sym, Expr>()
  private readonly request: ReverseRequest
  private readonly active: ReadonlySet<Sym>
  /** Binders around this pass; inside one nothing can be named, since a name would hide the index. */
  private readonly opened: number

  constructor(request: ReverseRequest, active: ReadonlySet<Sym>, opened = 0) {
    this.request = request
    this.active = active
    this.opened = opened
  }

  receive(to: Sym, contribution: Expr): void {
    const known = this.received.get(to)
    if (known) known.push(contribution)
    else this.received.set(to, [contribution])
  }

  take(from: Sym): readonly Expr[] | undefined {
    return this.received.get(from)
  }

  /** Adds what a symbol received and simplifies it. */
  private *gather(at: Sym, parts: readonly Expr[]): Steps<Expr> {
    const total = add(...parts)
    const tidied = yield* this.request.tidy(total)
    if (parts.length > 1) yield { kind: 'gather', rule: sumOverPaths, before: total, after: tidied, at }
    return tidied
  }

  /** The adjoint of a defined symbol: a name where it will be used again, the expression itself where not. */
  *settle(of: Sym, parts: readonly Expr[], body: Expr): Steps<Expr> {
    const tidied = yield* this.gather(of, parts)
    this.settled.set(of, tidied)
    if (tidied.kind !== 'call' || passesThrough(body)) return tidied
    const name = this.name(of, tidied)
    yield { kind: 'given', rule: naming, before: tidied, after: name, name, at: of }
    this.settled.set(of, name)
    return name
  }

  private name(of: Sym | undefined, body: Expr): Sym {
    const name = symbol(this.request.nameFor(of), body.shape)
    this.adjoints.push(Object.freeze({ symbol: name, body, of }))
    return name
  }

  *gradient(wrt: Sym): Steps<Expr> {
    const settled = this.settled.get(wrt)
    if (settled !== undefined) return settled
    const parts = this.received.get(wrt)
    if (parts !== undefined) return yield* this.gather(wrt, parts)
    const zero = zeros(wrt.shape)
    yield { kind: 'given', rule: constantRule, before: zero, after: zero, at: wrt }
    return zero
  }

  /** Carries the adjoint of a body down to the symbols in it. `as` stands for the value of the body in the rules. */
  *propagate(body: Expr, adjoint: Expr, as: Expr): Steps<void> {
    if (body.kind !== 'call') {
      if (body.kind === 'sym' && this.active.has(body)) this.receive(body, adjoint)
      return
    }
    const order = postorder([body])
    const live = new Set<Expr>()
    for (const node of order) {
      if (
        node.kind === 'sym'
          ? this.active.has(node)
          : node.kind === 'call' && node.args.some(arg => live.has(arg))
      ) {
        live.add(node)
      }
    }
    const pending = new Map<Expr, Expr[]>([[body, [adjoint]]])
    for (let i = order.length - 1; i >= 0; i--) {
      const node = order[i]!
      const parts = live.has(node) ? pending.get(node) : undefined
      if (parts === undefined) continue
      pending.delete(node)
      this.request.budget.spend()
      if (node.kind === 'sym') {
        for (const part of parts) this.receive(node, part)
      } else if (node.kind === 'call') {
        const incoming = yield* this.merge(node, parts)
        yield* this.pull(node, incoming, node === body ? as : node, live, pending)
      }
    }
  }

  private *merge(node: Call, parts: readonly Expr[]): Steps<Expr> {
    const total = add(...parts)
    if (parts.length > 1) yield { kind: 'gather', rule: sumOverPaths, before: total, after: total, at: node }
    if (this.opened > 0 || !isCall(total, multiplication) || total.args.length <= LONGEST_PRODUCT)
      return total
    const tidied = yield* this.request.tidy(total)
    if (tidied.kind !== 'call') return tidied
    const name = this.name(undefined, tidied)
    yield { kind: 'given', rule: naming, before: tidied, after: name, name, at: node }
    return name
  }

  private *pull(
    node: Call,
    incoming: Expr,
    as: Expr,
    live: ReadonlySet<Expr>,
    pending: Map<Expr, Expr[]>,
  ): Steps<void> {
    const { op, args } = node
    if (op.binds) {
      yield* this.pullBound(node, incoming)
      return
    }
    for (let k = 0; k < args.length; k++) {
      const arg = args[k]!
      if (!live.has(arg) || op.flat?.(k)) continue
      if (op.pull === undefined) throw withoutDerivative(node)
      const after = op.pull(incoming, args, k, as)
      yield { kind: 'pull', rule: op.rule, before: incoming, after, at: node, argument: k }
      const known = pending.get(arg)
      if (known) known.push(after)
      else pending.set(arg, [after])
    }
  }

  /** A sum over an index: differentiate the body for one value of the index, then sum what every symbol receives. */
  private *pullBound(node: Call, incoming: Expr): Steps<void> {
    if (!isCall(node, summationOverIndex)) throw withoutDerivative(node)
    const { body, close } = openBinder(node, this.opened)
    const scalar = isScalar(body.shape)
    const inside = new Pass(this.request, this.active, this.opened + 1)
    yield* inside.propagate(body, scalar ? ones(body.shape) : incoming, body)
    for (const [name, parts] of inside.received) {
      const total = close(yield* this.request.tidy(add(...parts)))
      const after = scalar ? multiply(incoming, total) : total
      yield { kind: 'pull', rule: node.op.rule, before: incoming, after, at: node }
      this.receive(name, after)
    }
  }
}

/** A body whose rule uses the incoming adjoint in one place only, so that naming it would name it for one use. */
function passesThrough(body: Expr): boolean {
  return body.kind !== 'call' || body.args.length === 1 || body.op.kind === 'elementwise'
}

function withoutDerivative(node: Call): NotDifferentiableError {
  return new NotDifferentiableError(
    'no-derivative',
    `no derivative is known for the operation '${node.op.title}'`,
    {
      hint: node.op.kinks ?? 'write it by other operations, or hold the argument constant',
    },
  )
}
