import type { Budget } from '../base/limits.js'
import type { Call, Expr, Sym } from '../expr/node.js'
import { isScalar } from '../expr/shape.js'
import type { Collected, Step } from '../expr/step.js'
import { type Known, postorder } from '../expr/walk.js'
import { add, divide, isCall, multiplication, multiply, ones } from '../ops/core.js'
import { productOverIndex, summationOverIndex } from '../ops/indexed.js'
import { openBinder } from './binder.js'
import { sumOverPaths, withoutDerivative } from './rules.js'

export interface BodyRequest {
  /** Symbols that matter: those asked for, and those defined through them. */
  readonly active: Known
  readonly tidy: (node: Expr) => Collected<Expr>
  readonly budget: Budget
  /** How many binders are open around the body. */
  readonly opened: number
  /** Gives a long product a name; not used inside a binder, where a name would hide the index. */
  readonly shorten: (adjoint: Expr, node: Call) => Collected<Expr>
}

/** What an active symbol of a body receives: its contributions, in the order in which a reader meets its places. */
export interface Received {
  readonly symbol: Sym
  readonly parts: readonly Expr[]
}

/** What the symbols of a body receive, and the steps that were taken. */
export interface PulledBack {
  readonly received: readonly Received[]
  readonly steps: readonly Step[]
}

/**
 * An adjoint on its way: the product so far, and factors that stand to the right of where the next local derivative
 * goes. So `x^2 y` gives `2x y` and not `y 2x`: the author's order of factors is kept.
 */
interface Contribution {
  readonly front: Expr
  readonly back: readonly Expr[]
  /** Both together: what the place has received. */
  readonly whole: Expr
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
  if (body.kind !== 'call') {
    const reached = body.kind === 'sym' && request.active.has(body)
    return { received: reached ? [{ symbol: body, parts: [adjoint] }] : [], steps: [] }
  }
  const received: Received[] = []
  const walk = new Walk(request, body, as)
  walk.send(body, { front: adjoint, back: NONE, whole: adjoint, from: undefined, argument: 0 })
  const { nodes } = walk.live
  for (let i = nodes.length - 1; i >= 0; i--) {
    const node = nodes[i]!
    const parts = walk.take(i)
    if (parts === undefined) continue
    request.budget.spend()
    if (node.kind === 'sym') received.push({ symbol: node, parts: parts.map(wholeOf) })
    else if (node.kind === 'call') walk.through(node, parts)
  }
  return { received, steps: walk.steps }
}

function wholeOf({ whole }: Contribution): Expr {
  return whole
}

const NONE: readonly Expr[] = Object.freeze([])

function joined(front: Expr, back: readonly Expr[]): Expr {
  return back.length === 0 ? front : multiply(front, ...back)
}

/** Formulas up to this size are searched without tables. */
const SMALL = 24

/** The nodes of a body that depend on something that matters, arguments first, and the place of each. */
class Live {
  readonly nodes: Expr[] = []
  readonly #places: Map<Expr, number> | undefined
  readonly #active: Known

  constructor(body: Call, active: Known) {
    this.#active = active
    if (body.treeSize <= SMALL) this.#visit(body)
    else {
      this.#places = new Map()
      for (const node of postorder([body])) if (this.#matters(node)) this.#add(node)
    }
  }

  #add(node: Expr): void {
    this.#places?.set(node, this.nodes.length)
    this.nodes.push(node)
  }

  #matters(node: Expr): boolean {
    if (node.kind === 'sym') return this.#active.has(node)
    return node.kind === 'call' && node.args.some(arg => this.placeOf(arg) >= 0)
  }

  #visit(node: Call): boolean {
    let matters = false
    for (let i = 0; i < node.args.length; i++) {
      const arg = node.args[i]!
      if (arg.kind === 'num') continue
      if (this.nodes.includes(arg)) matters = true
      else if (arg.kind === 'call') matters = this.#visit(arg) || matters
      else if (this.#active.has(arg)) {
        matters = true
        this.nodes.push(arg)
      }
    }
    if (matters) this.nodes.push(node)
    return matters
  }

  /** -1 for a node on which nothing depends that matters. */
  placeOf(node: Expr): number {
    return this.#places === undefined ? this.nodes.indexOf(node) : (this.#places.get(node) ?? -1)
  }
}

class Walk {
  readonly steps: Step[] = []
  readonly live: Live
  readonly #pending: (Contribution[] | undefined)[] = []
  readonly #request: BodyRequest
  readonly #body: Call
  readonly #as: Expr
  #reading: ReadonlyMap<Call, readonly number[]> | undefined

  constructor(request: BodyRequest, body: Call, as: Expr) {
    this.#request = request
    this.#body = body
    this.#as = as
    this.live = new Live(body, request.active)
  }

  #isLive(node: Expr): boolean {
    return this.live.placeOf(node) >= 0
  }

  send(to: Expr, contribution: Contribution): void {
    const place = this.live.placeOf(to)
    const known = this.#pending[place]
    if (known) known.push(contribution)
    else this.#pending[place] = [contribution]
  }

  /** What the node at a place received, in reading order. */
  take(place: number): readonly Contribution[] | undefined {
    const parts = this.#pending[place]
    if (parts === undefined || parts.length < 2) return parts
    this.#reading ??= placesIn(this.#body)
    const reading = this.#reading
    const order = ({ from, argument }: Contribution) => (from ? (reading.get(from)?.[argument] ?? 0) : -1)
    return parts.sort((a, b) => order(a) - order(b))
  }

  /** Keeps the steps of a pass. */
  #run({ answer, steps }: Collected<Expr>): Expr {
    for (let i = 0; i < steps.length; i++) this.steps.push(steps[i]!)
    return answer
  }

  through(node: Call, parts: readonly Contribution[]): void {
    let { front, back } = parts[0]!
    if (parts.length > 1) {
      front = add(...parts.map(({ whole }) => whole))
      back = NONE
      this.steps.push({ kind: 'gather', rule: sumOverPaths, before: front, after: front, at: node })
    }
    const longest = node.depth > DEEP ? LONGEST_DEEP_PRODUCT : LONGEST_PRODUCT
    if (this.#request.opened === 0 && lengthOfProduct(front) + back.length > longest) {
      front = this.#run(this.#request.shorten(joined(front, back), node))
      back = NONE
    }
    if (node.op.binds) this.#throughBinder(node, joined(front, back))
    else if (isCall(node, multiplication) && isScalar(node.shape)) this.#throughFactors(node, front, back)
    else this.#throughOperation(node, front, back)
  }

  #throughOperation(node: Call, front: Expr, back: readonly Expr[]): void {
    const { op, args } = node
    const result = node === this.#body ? this.#as : node
    for (let k = 0; k < args.length; k++) {
      if (!this.#isLive(args[k]!) || op.flat?.(k, args)) continue
      if (op.pull === undefined) throw withoutDerivative(node)
      const scalar = isScalar(args[k]!.shape)
      const incoming = scalar ? front : joined(front, back)
      const rest = scalar ? back : NONE
      const pulled = op.pull(incoming, args, k, result)
      const before = joined(incoming, rest)
      const after = joined(pulled, rest)
      this.steps.push({ kind: 'pull', rule: op.rule, before, after, at: node, argument: k })
      this.send(args[k]!, { front: pulled, back: rest, whole: after, from: node, argument: k })
    }
  }

  /** The product rule for scalars, with every factor left in its place. */
  #throughFactors(node: Call, front: Expr, back: readonly Expr[]): void {
    const { args } = node
    const before = joined(front, back)
    for (let k = 0; k < args.length; k++) {
      if (!this.#isLive(args[k]!)) continue
      const ahead = k === 0 ? front : multiply(front, ...args.slice(0, k))
      const behind = k === args.length - 1 ? back : [...args.slice(k + 1), ...back]
      const after = joined(ahead, behind)
      this.steps.push({ kind: 'pull', rule: node.op.rule, before, after, at: node, argument: k })
      this.send(args[k]!, { front: ahead, back: behind, whole: after, from: node, argument: k })
    }
  }

  /**
   * A sum over an index: differentiate the body for one value of the index, then sum what every symbol receives. The
   * product over an index is the same for the relative changes of its factors, times the product.
   */
  #throughBinder(node: Call, incoming: Expr): void {
    const factors = isCall(node, productOverIndex)
    if (!factors && !isCall(node, summationOverIndex)) throw withoutDerivative(node)
    const request = this.#request
    const { body, close } = openBinder(node, request.opened)
    const scalar = isScalar(body.shape)
    const one = ones(body.shape)
    const seed = factors ? divide(one, body) : scalar ? one : incoming
    const outside = factors ? multiply(incoming, node === this.#body ? this.#as : node) : incoming
    const { received, steps } = pullBack(body, seed, body, { ...request, opened: request.opened + 1 })
    for (const step of steps) this.steps.push(step)
    for (const { symbol: name, parts } of received) {
      const total = close(this.#run(request.tidy(add(...parts))))
      const after = scalar ? multiply(outside, total) : total
      this.steps.push({ kind: 'pull', rule: node.op.rule, before: incoming, after, at: node })
      this.send(name, { front: after, back: NONE, whole: after, from: node, argument: node.args.length - 1 })
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
