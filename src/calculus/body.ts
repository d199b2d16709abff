import { NotDifferentiableError } from '../base/errors.js'
import type { Budget } from '../base/limits.js'
import type { Call, Expr, Sym } from '../expr/node.js'
import { isScalar } from '../expr/shape.js'
import { collect, type Step, type Steps } from '../expr/step.js'
import { postorder } from '../expr/walk.js'
import { add, isCall, multiplication, multiply, ones } from '../ops/core.js'
import { summationOverIndex } from '../ops/indexed.js'
import { openBinder } from './binder.js'
import { sumOverPaths } from './rules.js'

export interface BodyRequest {
  /** Symbols that matter: those asked for, and those defined through them. */
  readonly active: ReadonlySet<Sym>
  readonly tidy: (node: Expr) => Steps<Expr>
  readonly budget: Budget
  /** How many binders are open around the body. */
  readonly opened: number
  /** Gives a long product a name; not used inside a binder, where a name would hide the index. */
  readonly shorten: (adjoint: Expr, node: Call) => Steps<Expr>
}

/** What the symbols of a body receive, and the steps that were taken. */
export interface PulledBack {
  /** For every active symbol its contributions, in the order in which a reader meets its places. */
  readonly received: ReadonlyMap<Sym, readonly Expr[]>
  readonly steps: readonly Step[]
}

/**
 * An adjoint on its way: the product so far, and factors that stand to the right of where the next local derivative
 * goes. So `x^2 y` gives `2x y` and not `y 2x`: the author's order of factors is kept.
 */
interface Contribution {
  readonly front: Expr
  readonly back: readonly Expr[]
  readonly from: Call | undefined
  readonly argument: number
}

/** A product of more factors than this is given a name while it travels, so that long chains stay linear. */
const LONGEST_PRODUCT = 48
/** In formulas this deep, which nobody writes out, names come sooner: each product made on the way costs its length. */
const DEEP = 64
const LONGEST_DEEP_PRODUCT = 6

/**
 * Carries the adjoint of a body down to the symbols in it: one walk over the graph, from the body to the leaves. `as`
 * stands for the value of the body in the rules, so that a defined symbol is used by its name. A body is small or a
 * chain of small steps, so its steps are handed over together: passing each one up through generators would cost more
 * than taking it. Raises `NotDifferentiableError`.
 */
export function pullBack(body: Expr, adjoint: Expr, as: Expr, request: BodyRequest): PulledBack {
  const received = new Map<Sym, readonly Expr[]>()
  if (body.kind !== 'call') {
    if (body.kind === 'sym' && request.active.has(body)) received.set(body, [adjoint])
    return { received, steps: [] }
  }
  const order = postorder([body])
  const live = liveNodes(order, request.active)
  const walk = new Walk(request, body, as, live)
  walk.send(body, { front: adjoint, back: NONE, from: undefined, argument: 0 })
  for (let i = order.length - 1; i >= 0; i--) {
    const node = order[i]!
    const parts = walk.take(node)
    if (parts === undefined) continue
    request.budget.spend()
    if (node.kind === 'sym') received.set(node, parts.map(whole))
    else if (node.kind === 'call') walk.through(node, parts)
  }
  return { received, steps: walk.steps }
}

const NONE: readonly Expr[] = Object.freeze([])

function liveNodes(order: readonly Expr[], active: ReadonlySet<Expr>): ReadonlySet<Expr> {
  const live = new Set<Expr>()
  for (const node of order) {
    if (node.kind === 'sym') {
      if (active.has(node)) live.add(node)
    } else if (node.kind === 'call') {
      for (const arg of node.args) {
        if (!live.has(arg)) continue
        live.add(node)
        break
      }
    }
  }
  return live
}

function whole({ front, back }: Contribution): Expr {
  return back.length === 0 ? front : multiply(front, ...back)
}

class Walk {
  readonly steps: Step[] = []
  private readonly pending = new Map<Expr, Contribution[]>()
  private readonly request: BodyRequest
  private readonly body: Call
  private readonly as: Expr
  private readonly live: ReadonlySet<Expr>
  private places: ReadonlyMap<Call, readonly number[]> | undefined

  constructor(request: BodyRequest, body: Call, as: Expr, live: ReadonlySet<Expr>) {
    this.request = request
    this.body = body
    this.as = as
    this.live = live
  }

  send(to: Expr, contribution: Contribution): void {
    const known = this.pending.get(to)
    if (known) known.push(contribution)
    else this.pending.set(to, [contribution])
  }

  /** What a node received, in reading order. */
  take(node: Expr): readonly Contribution[] | undefined {
    const parts = this.pending.get(node)
    if (parts === undefined || parts.length < 2) return parts
    this.places ??= placesIn(this.body)
    const places = this.places
    const place = ({ from, argument }: Contribution) => (from ? (places.get(from)?.[argument] ?? 0) : -1)
    return parts.sort((a, b) => place(a) - place(b))
  }

  /** Runs a pass to its end and keeps its steps. */
  private run(pass: Steps<Expr>): Expr {
    const { answer, steps } = collect(pass)
    this.steps.push(...steps)
    return answer
  }

  through(node: Call, parts: readonly Contribution[]): void {
    let { front, back } = parts[0]!
    if (parts.length > 1) {
      front = add(...parts.map(whole))
      back = NONE
      this.steps.push({ kind: 'gather', rule: sumOverPaths, before: front, after: front, at: node })
    }
    const longest = node.depth > DEEP ? LONGEST_DEEP_PRODUCT : LONGEST_PRODUCT
    if (this.request.opened === 0 && lengthOfProduct(front) + back.length > longest) {
      front = this.run(this.request.shorten(back.length === 0 ? front : multiply(front, ...back), node))
      back = NONE
    }
    if (node.op.binds) this.throughBinder(node, back.length === 0 ? front : multiply(front, ...back))
    else if (isCall(node, multiplication) && isScalar(node.shape)) this.throughFactors(node, front, back)
    else this.throughOperation(node, front, back)
  }

  private throughOperation(node: Call, front: Expr, back: readonly Expr[]): void {
    const { op, args } = node
    const result = node === this.body ? this.as : node
    for (let k = 0; k < args.length; k++) {
      if (!this.live.has(args[k]!) || op.flat?.(k, args)) continue
      if (op.pull === undefined) throw withoutDerivative(node)
      const scalar = isScalar(args[k]!.shape)
      const incoming = scalar || back.length === 0 ? front : multiply(front, ...back)
      const rest = scalar ? back : []
      const after = op.pull(incoming, args, k, result)
      this.steps.push({
        kind: 'pull',
        rule: op.rule,
        before: rest.length === 0 ? incoming : multiply(incoming, ...rest),
        after: rest.length === 0 ? after : multiply(after, ...rest),
        at: node,
        argument: k,
      })
      this.send(args[k]!, { front: after, back: rest, from: node, argument: k })
    }
  }

  /** The product rule for scalars, with every factor left in its place. */
  private throughFactors(node: Call, front: Expr, back: readonly Expr[]): void {
    const { args } = node
    const before = back.length === 0 ? front : multiply(front, ...back)
    for (let k = 0; k < args.length; k++) {
      if (!this.live.has(args[k]!)) continue
      const contribution = {
        front: k === 0 ? front : multiply(front, ...args.slice(0, k)),
        back: k === args.length - 1 ? back : [...args.slice(k + 1), ...back],
        from: node,
        argument: k,
      }
      const after = whole(contribution)
      this.steps.push({ kind: 'pull', rule: node.op.rule, before, after, at: node, argument: k })
      this.send(args[k]!, contribution)
    }
  }

  /** A sum over an index: differentiate the body for one value of the index, then sum what every symbol receives. */
  private throughBinder(node: Call, incoming: Expr): void {
    if (!isCall(node, summationOverIndex)) throw withoutDerivative(node)
    const { request } = this
    const { body, close } = openBinder(node, request.opened)
    const scalar = isScalar(body.shape)
    const seed = scalar ? ones(body.shape) : incoming
    const { received, steps } = pullBack(body, seed, body, { ...request, opened: request.opened + 1 })
    this.steps.push(...steps)
    for (const [name, parts] of received) {
      const total = close(this.run(request.tidy(add(...parts))))
      const after = scalar ? multiply(incoming, total) : total
      this.steps.push({ kind: 'pull', rule: node.op.rule, before: incoming, after, at: node })
      this.send(name, { front: after, back: NONE, from: node, argument: node.args.length - 1 })
    }
  }
}

function lengthOfProduct(node: Expr): number {
  return isCall(node, multiplication) ? node.args.length : 1
}

/** For every call of a body, when a reader going from left to right comes to each of its arguments. */
function placesIn(body: Call): ReadonlyMap<Call, readonly number[]> {
  const places = new Map<Call, number[]>([[body, []]])
  const stack: { node: Call; next: number }[] = [{ node: body, next: 0 }]
  let place = 0
  while (stack.length > 0) {
    const top = stack[stack.length - 1]!
    if (top.next === top.node.args.length) {
      stack.pop()
      continue
    }
    const arg = top.node.args[top.next++]!
    places.get(top.node)!.push(place++)
    if (arg.kind !== 'call' || places.has(arg)) continue
    places.set(arg, [])
    stack.push({ node: arg, next: 0 })
  }
  return places
}

function withoutDerivative(node: Call): NotDifferentiableError {
  const what = `no derivative is known for the operation '${node.op.title}'`
  return new NotDifferentiableError('no-derivative', what, {
    hint: node.op.kinks ?? 'write it by other operations, or hold the argument constant',
  })
}
