import { NotDifferentiableError } from '../base/errors.js'
import type { Budget } from '../base/limits.js'
import { symbol } from '../expr/intern.js'
import type { Call, Expr, Sym } from '../expr/node.js'
import type { Op } from '../expr/op.js'
import type { Definition } from '../expr/problem.js'
import { isScalar, shapeText } from '../expr/shape.js'
import type { Collected, Step } from '../expr/step.js'
import { dependsOn } from '../expr/walk.js'
import { add, isZero, ones, zeros } from '../ops/core.js'
import { exponential, powering, squareRoot } from '../ops/powers.js'
import { type BodyRequest, pullBack } from './body.js'
import { constantRule, naming, startRule, sumOverPaths } from './rules.js'

export interface ReverseRequest {
  /** In an order in which every definition comes after those it uses. */
  readonly definitions: readonly Definition[]
  /** What is differentiated; a scalar. */
  readonly output: Expr
  /** Symbols, defined ones too: those are then treated as independent variables. */
  readonly wrt: readonly Sym[]
  /** Brings an adjoint into the form a lecturer would write. */
  readonly tidy: (node: Expr) => Collected<Expr>
  /** A name for the adjoint of a symbol, or of an unnamed part, that collides with nothing. */
  readonly nameFor: (of: Sym | undefined) => string
  readonly budget: Budget
}

/** An adjoint with a name: of which symbol, or of a part that has none, and of which function. */
interface NamedAdjoint extends Definition {
  readonly of: Sym | undefined
  readonly output: Expr
}

export interface ReverseResult {
  /** Named adjoints, each defined through symbols of the problem and adjoints before it. */
  readonly adjoints: readonly NamedAdjoint[]
  /** One gradient for each symbol asked for, of its shape. */
  readonly gradients: ReadonlyMap<Sym, Expr>
}

/**
 * Reverse accumulation over definitions: one walk, from the output back, gives the gradients by all symbols at a cost
 * proportional to the network. Definitions stay names; the adjoint of a defined symbol is named where it is used more
 * than once. The steps are handed over together. Raises `NotDifferentiableError` for an operation without a derivative, and when the output is no scalar.
 */
export function reverse(request: ReverseRequest): Collected<ReverseResult> {
  const { output, definitions } = request
  if (!isScalar(output.shape)) {
    throw new NotDifferentiableError(
      'scalar-needed',
      `a gradient needs a scalar, this is ${shapeText(output.shape)}`,
      { hint: 'ask for the Jacobian, or differentiate a scalar such as the sum of the entries' },
    )
  }
  const pass = new Pass(request)
  const seed = ones(output.shape)
  pass.steps.push({ kind: 'given', rule: startRule, before: seed, after: seed, at: output })
  pass.propagate(output, seed, output)
  for (let i = definitions.length - 1; i >= 0; i--) {
    const { symbol: name, body } = definitions[i]!
    const slot = pass.slots.get(name)
    if (slot?.first === undefined) continue
    const adjoint = pass.settle(slot, slot.first, body)
    if (!isZero(adjoint))
      pass.propagate(body, adjoint, name === output ? valueIn(definitions, body, name) : name)
  }
  const gradients = new Map<Sym, Expr>()
  for (const wrt of request.wrt) if (!gradients.has(wrt)) gradients.set(wrt, pass.gradient(wrt))
  return { answer: { adjoints: pass.adjoints, gradients }, steps: pass.steps }
}

/**
 * How the value of the output is written in its own derivative: by its name in a network, as in `y(1-y)`; written out
 * in a formula that stands alone, and where it is a power, a root or an exponential of a formula.
 */
function valueIn(definitions: readonly Definition[], body: Expr, name: Sym): Expr {
  if (definitions.length === 1) return body
  return body.kind === 'call' && body.args[0]!.kind === 'call' && POWERS.has(body.op) ? body : name
}

const POWERS: ReadonlySet<Op> = new Set([exponential, squareRoot, powering])

/** What the pass knows of a symbol that matters. */
interface Slot {
  readonly symbol: Sym
  /** What it received from the first body that uses it, bodies coming last first, and from the others. */
  first: readonly Expr[] | undefined
  more: (readonly Expr[])[] | undefined
  /** The adjoint of a defined symbol, once all its uses have been met. */
  settled: Expr | undefined
}

/** A slot for every symbol asked for, and for those defined through them. */
function slotsOf(definitions: readonly Definition[], wrt: readonly Sym[]): ReadonlyMap<Expr, Slot> {
  const slots = new Map<Expr, Slot>()
  const add = (name: Sym) =>
    slots.set(name, { symbol: name, first: undefined, more: undefined, settled: undefined })
  for (let i = 0; i < wrt.length; i++) add(wrt[i]!)
  for (let i = 0; i < definitions.length; i++) {
    const { symbol: name, body } = definitions[i]!
    if (dependsOn(body, slots) && !slots.has(name)) add(name)
  }
  return slots
}

/** An adjoint of more factors gets a name even where it is used once, so that a chain of definitions stays linear. */
const LONGEST_UNNAMED = 8

class Pass {
  readonly adjoints: NamedAdjoint[] = []
  readonly steps: Step[] = []
  readonly slots: ReadonlyMap<Expr, Slot>
  readonly #request: ReverseRequest
  readonly #body: BodyRequest

  constructor(request: ReverseRequest) {
    this.#request = request
    const { tidy, budget } = request
    this.slots = slotsOf(request.definitions, request.wrt)
    this.#body = {
      active: this.slots,
      tidy,
      budget,
      opened: 0,
      shorten: (long, node) => this.#nameLong(long, node),
    }
  }

  propagate(body: Expr, adjoint: Expr, as: Expr): void {
    const { received, steps } = pullBack(body, adjoint, as, this.#body)
    this.#keep(steps)
    for (let i = 0; i < received.length; i++) {
      const { symbol: name, parts } = received[i]!
      const slot = this.slots.get(name)!
      if (slot.first === undefined) slot.first = parts
      else if (slot.more === undefined) slot.more = [parts]
      else slot.more.push(parts)
    }
  }

  #keep(steps: readonly Step[]): void {
    for (let i = 0; i < steps.length; i++) this.steps.push(steps[i]!)
  }

  /** Adds what a symbol received, in the order of the definitions it comes from, and simplifies it. */
  #gather({ symbol: at, more }: Slot, first: readonly Expr[]): Expr {
    const parts = more === undefined ? first : [...more.toReversed().flat(), ...first]
    const before = parts.length === 1 ? parts[0]! : add(...parts)
    const { answer: after, steps } = this.#request.tidy(before)
    this.#keep(steps)
    if (parts.length > 1) this.steps.push({ kind: 'gather', rule: sumOverPaths, before, after, at })
    return after
  }

  /** The adjoint of a defined symbol: a name where it will be used again, the expression itself where not. */
  settle(slot: Slot, first: readonly Expr[], body: Expr): Expr {
    const { symbol: of } = slot
    const tidied = this.#gather(slot, first)
    const short = tidied.kind !== 'call' || (passesThrough(body) && tidied.args.length <= LONGEST_UNNAMED)
    const adjoint = short ? tidied : this.#name(of, tidied, of, this.steps)
    slot.settled = adjoint
    return adjoint
  }

  #name(of: Sym | undefined, body: Expr, at: Expr, steps: Step[]): Sym {
    const name = symbol(this.#request.nameFor(of), body.shape)
    this.adjoints.push(Object.freeze({ symbol: name, body, of, output: this.#request.output }))
    steps.push({ kind: 'given', rule: naming, before: body, after: name, name, at })
    return name
  }

  /** Names a long product in the midst of a body; its steps belong to those of the body. */
  #nameLong(adjoint: Expr, at: Call): Collected<Expr> {
    const tidied = this.#request.tidy(adjoint)
    if (tidied.answer.kind !== 'call') return tidied
    const steps = [...tidied.steps]
    return { answer: this.#name(undefined, tidied.answer, at, steps), steps }
  }

  gradient(wrt: Sym): Expr {
    const slot = this.slots.get(wrt)!
    if (slot.settled !== undefined) return slot.settled
    if (slot.first !== undefined) return this.#gather(slot, slot.first)
    const zero = zeros(wrt.shape)
    this.steps.push({ kind: 'given', rule: constantRule, before: zero, after: zero, at: wrt })
    return zero
  }
}

/** A function of a symbol: its rule uses the incoming adjoint once, so that a name would be made for one use. */
function passesThrough(body: Expr): boolean {
  if (body.kind !== 'call') return true
  const single = body.args.length === 1 || body.op.kind === 'elementwise'
  return single && body.args[0]!.kind === 'sym'
}
