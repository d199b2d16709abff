import type { Family } from '../../expr/member.js'
import type { Expr, Sym } from '../../expr/node.js'
import type { Definition, Layers, Problem } from '../../expr/problem.js'
import { symbolsOf } from '../../expr/walk.js'
import type { Placer } from './place.js'

/** Which parts of a problem with a recurrence lie between an output and what it is differentiated by. */
export class Reach {
  /** Symbols and families that depend on what is asked for, and these themselves. */
  readonly active = new Set<Family | Sym>()
  /** Symbols and families that the output depends on. */
  readonly reached: ReadonlySet<Family | Sym>
  /** Families of states among these that depend on what is asked for. */
  readonly live: ReadonlySet<Family>
  readonly #problem: Problem
  readonly #layers: Layers
  readonly #placer: Placer
  readonly #output: Expr
  readonly #wrt: readonly Sym[]

  constructor(problem: Problem, layers: Layers, placer: Placer, output: Expr, wrt: readonly Sym[]) {
    this.#problem = problem
    this.#layers = layers
    this.#placer = placer
    this.#output = output
    this.#wrt = wrt
    this.#findActive()
    this.reached = this.#findReached()
    this.live = new Set(
      [...layers.states].filter(family => this.reached.has(family) && this.active.has(family)),
    )
  }

  #definitions(): readonly Definition[] {
    const [problem, layers] = [this.#problem, this.#layers]
    return [...layers.steps, ...problem.definitions]
  }

  #findActive(): void {
    const placer = this.#placer
    for (const wrt of this.#wrt) this.active.add(placer.keyOf(wrt))
    const uses = this.#definitions().map(({ symbol: name, body }) => ({
      name: placer.keyOf(name),
      used: symbolsOf([body]).map(each => placer.keyOf(each)),
    }))
    for (let changed = true; changed; ) {
      changed = false
      for (const { name, used } of uses) {
        if (this.active.has(name) || !used.some(each => this.active.has(each))) continue
        this.active.add(name)
        changed = true
      }
    }
  }

  #findReached(): ReadonlySet<Family | Sym> {
    const placer = this.#placer
    const reached = new Set<Family | Sym>(symbolsOf([this.#output]).map(each => placer.keyOf(each)))
    for (let changed = true; changed; ) {
      changed = false
      for (const { symbol: name, body } of this.#definitions()) {
        if (!reached.has(placer.keyOf(name))) continue
        for (const each of symbolsOf([body])) {
          const key = placer.keyOf(each)
          if (!reached.has(key)) changed = true
          reached.add(key)
        }
      }
    }
    return reached
  }

  /** A step such as `a = \sigma(z)` or `p = \operatorname{softmax}(o)`, whose adjoint is used once, in that of `z`: it needs no name. */
  isPassedThrough(family: Family): boolean {
    const [placer, layers] = [this.#placer, this.#layers]
    if (this.#wrt.some(wrt => placer.keyOf(wrt) === family)) return false
    const step = layers.steps.find(({ symbol: name }) => placer.keyOf(name) === family)
    if (step?.body.kind !== 'call' || step.body.args.length !== 1) return false
    const [inside] = step.body.args
    const from = inside?.kind === 'sym' ? placer.memberOf(inside.name) : undefined
    return (
      from !== undefined &&
      layers.states.has(from.family) &&
      from.index === placer.memberOf(step.symbol.name)!.index
    )
  }

  /** Live families whose adjoints have names, the last of a step first. */
  named(): readonly Family[] {
    return this.stepsOf(family => !this.isPassedThrough(family)).map(({ family }) => family)
  }

  /** Steps of live families, the last first. */
  stepsOf(wanted: (family: Family) => boolean) {
    const [placer, layers] = [this.#placer, this.#layers]
    return layers.steps
      .map(step => ({ step, family: placer.keyOf(step.symbol) as Family }))
      .filter(({ family }) => this.live.has(family) && wanted(family))
      .reverse()
  }

  /** Definitions that use members of the recurrence, directly or through others. */
  usingStates(): ReadonlySet<Sym> {
    const [problem, placer, layers] = [this.#problem, this.#placer, this.#layers]
    const using = new Set<Sym>()
    for (const { symbol: name, body } of problem.definitions) {
      if (placer.memberOf(name.name) !== undefined) continue
      const uses = symbolsOf([body]).some(each => {
        const key = placer.keyOf(each)
        return using.has(each) || ('base' in key && layers.states.has(key))
      })
      if (uses) using.add(name)
    }
    return using
  }

  /** Whether a formula has in it what matters for what is asked. */
  dependsOnActive(body: Expr): boolean {
    return symbolsOf([body]).some(each => this.active.has(this.#placer.keyOf(each)))
  }
}
