import { NameError, NotDifferentiableError } from '../../base/errors.js'
import type { Budget } from '../../base/limits.js'
import { pullBack } from '../../calculus/body.js'
import { sumOfDims } from '../../expr/dimension.js'
import { symbol } from '../../expr/intern.js'
import { type Family, type Index, splitIndex, type Total } from '../../expr/member.js'
import type { Call, Expr, Sym } from '../../expr/node.js'
import type { Layers, Problem } from '../../expr/problem.js'
import { isScalar, shapeText } from '../../expr/shape.js'
import type { Collected, Step } from '../../expr/step.js'
import { postorder, substitute, symbolsOf } from '../../expr/walk.js'
import { ones, zeros } from '../../ops/core.js'
import { totalIn, totalOf } from '../../ops/layered.js'
import type { BackwardRow, Piece } from '../solution.js'
import { intervalsOf, type Part } from './intervals.js'
import type { AdjointFamilies } from './names.js'
import type { Placer } from './place.js'
import { Reach } from './reach.js'
import { mergedTotals } from './totals.js'

interface Setting {
  readonly problem: Problem
  readonly layers: Layers
  readonly placer: Placer
  readonly adjoints: AdjointFamilies
  readonly tidy: (node: Expr) => Collected<Expr>
  readonly budget: Budget
}

/** Where something is said once for every step. */
type Range = Pick<Total, 'low' | 'high'> | undefined

/**
 * Reverse accumulation through a recurrence: the definitions behind it, one step with the adjoint of the next member
 * as a symbol, and the definitions before it. Raises `NotDifferentiableError`, and `NameError` for a formula with an
 * index that nothing binds.
 */
export class Backward {
  readonly steps: Step[] = []
  readonly #setting: Setting
  readonly #output: Expr
  readonly #reach: Reach
  readonly #received = new Map<Sym, Expr[]>()
  readonly #parts = new Map<Family, Part[]>()
  readonly #rows = new Map<Family, readonly BackwardRow[]>()
  #totals = 0

  constructor(setting: Setting, output: Expr, wrt: readonly Sym[]) {
    this.#setting = setting
    this.#output = output
    if (!isScalar(output.shape)) {
      throw new NotDifferentiableError(
        'scalar-needed',
        `a gradient through a recurrence needs a scalar, this is ${shapeText(output.shape)}`,
        {
          hint: 'differentiate a number, such as a loss of the last member',
        },
      )
    }
    const { problem, layers, placer } = setting
    this.#reach = new Reach(problem, layers, placer, output, wrt)
    setting.adjoints.choose(this.#reach.named())
    this.#behind()
    this.#through()
    this.#before()
  }

  /** The rules of the backward recurrence, in the order in which they are used. */
  get rows(): readonly BackwardRow[] {
    return this.#reach.named().flatMap(family => this.#rowsOf(family))
  }

  /** Whether the function depends on a symbol, or on members of its family. */
  reaches(wrt: Sym): boolean {
    return this.#reach.reached.has(this.#setting.placer.keyOf(wrt))
  }

  /** The derivative by a symbol, or by members of a family. */
  gradient(wrt: Sym): readonly Piece[] {
    const { placer, adjoints, layers } = this.#setting
    const member = placer.memberOf(wrt.name)
    if (member === undefined) {
      return [{ range: undefined, wrt, body: this.#gather(this.#received.get(wrt) ?? [], wrt) }]
    }
    const { family, index } = member
    const isRunning = splitIndex(index).letter === layers.letter
    if (!isRunning) return [{ range: undefined, wrt, body: this.#at(family, index) }]
    const { offset } = splitIndex(index)
    const moved = new Map([[layers.letter, index]])
    const shift = (end: Index) => sumOfDims(end, -offset)
    if (this.#rows.has(family)) {
      const rows = this.#rows.get(family)!
      if (rows.length === 0) return [{ range: undefined, wrt, body: zeros(wrt.shape) }]
      const [last, first] = [rows[0]!, rows[rows.length - 1]!]
      const range = { from: shift(first.from), to: shift(last.to) }
      return [{ range, wrt, body: placer.symbol(adjoints.member(family, layers.letter), moved) }]
    }
    const found = intervalsOf(this.#parts.get(family) ?? [])
    if (found.length === 0) return [{ range: undefined, wrt, body: zeros(wrt.shape) }]
    return found.map(({ from, to, parts }) => ({
      range: { from: shift(from), to: shift(to) },
      wrt: from === to ? placer.symbol(wrt, new Map([[layers.letter, shift(from)]])) : wrt,
      body: placer.place(this.#sum(family, from, to, parts), from === to ? new Map() : moved),
    }))
  }

  // --------------------------------------------------------------------------------------------------- the passes

  /** Definitions that use members: the loss, and what is between it and the recurrence. */
  #behind(): void {
    const { problem } = this.#setting
    if (this.#output.kind === 'sym') this.#deposit(this.#output, [ones(this.#output.shape)], undefined)
    else this.#pull(this.#output, ones(this.#output.shape), this.#output, undefined)
    const behind = this.#reach.usingStates()
    for (const { symbol: name, body } of problem.definitions.toReversed()) {
      if (behind.has(name)) this.#pullDefinition(name, body)
    }
  }

  #pullDefinition(name: Sym, body: Expr): void {
    const parts = this.#received.get(name)
    if (parts === undefined || !this.#reach.active.has(name)) return
    this.#pull(body, this.#gather(parts, name), name === this.#output ? body : name, undefined)
  }

  #through(): void {
    const { layers, adjoints, placer } = this.#setting
    const range = { low: layers.low, high: layers.high }
    for (const { step, family } of this.#reach.stepsOf(each => !this.#reach.isPassedThrough(each))) {
      const seed = adjoints.member(family, placer.memberOf(step.symbol.name)!.index)
      this.#pull(step.body, seed, step.symbol, range)
    }
    for (const { step, family } of this.#reach.stepsOf(each => this.#reach.isPassedThrough(each))) {
      const { index } = placer.memberOf(step.symbol.name)!
      const { offset } = splitIndex(index)
      for (const { from, to, parts } of this.#intervals(family)) {
        // What the recurrence begins with is defined by no step.
        if (!parts.some(({ isStep }) => isStep)) continue
        const own = { low: sumOfDims(from, -offset), high: sumOfDims(to, -offset) }
        const adjoint = this.#sum(family, from, to, parts)
        if (from === to) {
          const at = new Map([[layers.letter, own.low]])
          this.#pull(placer.place(step.body, at), adjoint, placer.symbol(step.symbol, at), undefined)
        } else
          this.#pull(step.body, placer.place(adjoint, new Map([[layers.letter, index]])), step.symbol, own)
      }
    }
    for (const family of this.#reach.named()) {
      const whole = this.#intervals(family)
      // Where no member goes without, the first of them follows the same rule as the others.
      const isCovered = whole.every(({ parts }) => parts.some(({ isStep }) => !isStep))
      const intervals = isCovered ? intervalsOf(this.#parts.get(family)!) : whole
      const rows = intervals.map(({ from, to, parts }): BackwardRow => {
        const index = from === to ? from : layers.letter
        const body = this.#sum(family, from, to, parts)
        return {
          symbol: adjoints.member(family, index),
          of: placer.member(family, index),
          family: adjoints.of(family),
          from,
          to,
          body,
          output: this.#output,
        }
      })
      this.#rows.set(family, rows)
    }
  }

  /** Every member that a step defines has an adjoint, if only zero; cut where the steps begin and end. */
  #intervals(family: Family) {
    const { layers, placer } = this.#setting
    const step = layers.steps.find(({ symbol: name }) => placer.keyOf(name) === family)!
    const { offset } = splitIndex(placer.memberOf(step.symbol.name)!.index)
    const none: Part = {
      from: layers.low + offset,
      to: sumOfDims(layers.high, offset),
      body: zeros(placer.member(family, layers.letter).shape),
      fixed: false,
      isStep: true,
    }
    return intervalsOf([...(this.#parts.get(family) ?? []), none])
  }

  /** The start of the recurrence and what it is made of. */
  #before(): void {
    const { problem, placer, layers } = this.#setting
    const behind = this.#reach.usingStates()
    for (const { symbol: name, body } of problem.definitions.toReversed()) {
      if (behind.has(name)) continue
      const member = placer.memberOf(name.name)
      if (member === undefined) this.#pullDefinition(name, body)
      else if (this.#reach.active.has(member.family) && this.#reach.dependsOnActive(body)) {
        const adjoint = this.#at(member.family, member.index)
        if (layers.states.has(member.family)) this.#pull(body, adjoint, name, undefined)
      }
    }
  }

  // ---------------------------------------------------------------------------------------------- contributions

  /** Carries an adjoint through a formula; sums over the steps are gone through once for each step. */
  #pull(body: Expr, adjoint: Expr, as: Expr, range: Range): void {
    const { placer, tidy, budget } = this.#setting
    const standIns = new Map<Expr, Expr>()
    const totals = new Map<Sym, Call>()
    for (const node of postorder([body], each => totalIn(each.op) === undefined)) {
      if (node.kind !== 'call' || totalIn(node.op) === undefined) continue
      const name = symbol(`#sum ${++this.#totals}`, node.shape)
      standIns.set(node, name)
      totals.set(name, node)
    }
    const plain = substitute(body, standIns)
    const active = new Set<Sym>(symbolsOf([plain]).filter(each => this.#reach.active.has(placer.keyOf(each))))
    for (const [name, node] of totals) if (this.#reach.dependsOnActive(node)) active.add(name)
    const back = new Map<Expr, Expr>([...standIns].map(([node, name]) => [name, node]))
    const result = as === body ? plain : as
    const { received, steps } = pullBack(plain, adjoint, result, {
      active,
      tidy,
      budget,
      opened: 0,
      shorten: tidy,
    })
    // What a stand-in received says nothing to anybody else.
    if (totals.size === 0) this.steps.push(...steps)
    for (const { symbol: name, parts } of received) {
      const total = totals.get(name)
      const found = parts.map(part => substitute(part, back))
      if (total === undefined) this.#deposit(name, found, range)
      else this.#pull(total.args[0]!, this.#gather(found, name), total.args[0]!, totalIn(total.op)!)
    }
  }

  /** What a symbol receives, once or for every value of the index. */
  #deposit(name: Sym, parts: readonly Expr[], range: Range): void {
    const { placer, layers } = this.#setting
    const { letter } = layers
    const member = placer.memberOf(name.name)
    const runs = member !== undefined && splitIndex(member.index).letter === letter
    if (runs && range === undefined) {
      throw new NameError(
        'unbound-index',
        `${letter} stands in the formula, and nothing says which step is meant`,
        {
          hint: `ask about one member, such as the last, or sum over ${letter}`,
        },
      )
    }
    const bodies =
      runs || range === undefined ? parts : [totalOf({ letter, ...range }, this.#gather(parts, name))]
    if (member === undefined) {
      this.#received.set(name, [...(this.#received.get(name) ?? []), ...bodies])
      return
    }
    const known = this.#parts.get(member.family) ?? []
    this.#parts.set(member.family, known)
    if (!runs) {
      for (const body of bodies) known.push({ from: member.index, to: member.index, body, fixed: true })
      return
    }
    const { offset } = splitIndex(member.index)
    const back = new Map([[letter, sumOfDims(letter, -offset)]])
    for (const body of bodies) {
      known.push({
        from: sumOfDims(range!.low, offset),
        to: sumOfDims(range!.high, offset),
        body: placer.place(body, offset === 0 ? new Map() : back),
        fixed: false,
      })
    }
  }

  #gather(parts: readonly Expr[], at: Sym): Expr {
    if (parts.length === 0) return zeros(at.shape)
    const { answer, steps } = this.#setting.tidy(mergedTotals(parts))
    this.steps.push(...steps)
    return answer
  }

  /** The sum of what a member receives, at the letter, or at the one index of the range. */
  #sum(family: Family, from: Index, to: Index, parts: readonly Part[]): Expr {
    const { placer, layers } = this.#setting
    const at = new Map([[layers.letter, from]])
    const bodies = parts.map(({ body, fixed }) => (fixed || from !== to ? body : placer.place(body, at)))
    return this.#gather(bodies, placer.member(family, from === to ? from : layers.letter))
  }

  /** The derivative by the member at one index: its name, or the formula of a family without names. */
  #at(family: Family, index: Index): Expr {
    const { placer, adjoints, layers } = this.#setting
    const covers = ({ from, to }: { readonly from: Index; readonly to: Index }) =>
      compare(from, index) <= 0 && compare(to, index) >= 0
    if (this.#rows.get(family)?.some(covers)) return adjoints.member(family, index)
    const found = intervalsOf(this.#parts.get(family) ?? []).find(covers)
    if (found === undefined) {
      const isReached = (this.#parts.get(family) ?? []).length > 0 || this.#rows.has(family)
      if (!isReached) return zeros(placer.member(family, index).shape)
      throw new NameError(
        'no-such-member',
        `the recurrence has no ${placer.member(family, index).name} that the function depends on`,
        {
          hint: `${layers.letter} runs from ${layers.low} to ${layers.high}`,
        },
      )
    }
    return this.#sum(family, index, index, found.parts)
  }

  #rowsOf(family: Family): readonly BackwardRow[] {
    return this.#rows.get(family) ?? []
  }
}

/** Inside a range, a number above its start may be anything up to the end. */
function compare(a: Index, b: Index): number {
  const [x, y] = [splitIndex(a), splitIndex(b)]
  if (x.letter === y.letter) return x.offset - y.offset
  return x.letter === undefined ? -1 : 1
}
