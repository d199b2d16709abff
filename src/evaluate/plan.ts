import { LimitError, unreachable } from '../base/errors.js'
import { isBound } from '../expr/intern.js'
import type { Call, Expr, Num, Sym } from '../expr/node.js'
import type { Definition } from '../expr/problem.js'
import { postorder, walk } from '../expr/walk.js'
import { selectors, selects, valueArguments } from './traverse.js'

/** One piece of work: it computes the value of a node into a place, from the values at other places. */
export type Instruction =
  | { readonly kind: 'number'; readonly at: number; readonly node: Num }
  | { readonly kind: 'symbol'; readonly at: number; readonly node: Sym }
  /** A defined symbol takes the value of its body. */
  | { readonly kind: 'name'; readonly at: number; readonly node: Sym; readonly from: number }
  | CallInstruction
  | LoopInstruction

export interface CallInstruction {
  readonly kind: 'call'
  readonly at: number
  readonly node: Call
  readonly from: readonly number[]
  /** The arguments that select, as whole numbers. */
  readonly wholes: readonly Whole[]
  /** Places of the expressions that are watched together with this call. */
  readonly watched: readonly number[]
}

/** A binder: the body is run once for every value of the index. */
export interface LoopInstruction {
  readonly kind: 'loop'
  readonly at: number
  readonly node: Call
  readonly index: Sym
  readonly low: Whole
  readonly high: Whole
  readonly body: readonly Instruction[]
  readonly from: number
}

/** An expression whose value is a whole number; a plan of its own unless it is a leaf. */
export interface Whole {
  readonly node: Expr
  readonly plan: Plan | undefined
}

/** The work of evaluating some expressions, every node once, in an order in which nothing is missing. */
export interface Plan {
  readonly instructions: readonly Instruction[]
  /** Where the values of the roots are found, in their order. */
  readonly roots: readonly number[]
  readonly places: number
  /** The symbols that need a value, in the order of their first appearance. */
  readonly symbols: readonly Sym[]
  /** The symbols that select or bound an index: they need whole numbers, known before anything is computed. */
  readonly indices: readonly Sym[]
}

interface PlanOptions {
  readonly definitions?: readonly Definition[] | undefined
  /** Expressions to be evaluated wherever this call is, with the same values of the bound indices. */
  readonly watch?: ((node: Call) => readonly Expr[]) | undefined
}

type Names = ReadonlySet<Sym>
const NO_NAMES: Names = Object.freeze(new Set<Sym>([]))
const DEEPEST_NEST = 64

/**
 * Plans the evaluation of the roots. A node that does not depend on a bound index is computed once, however many
 * loops use it. Iterative in the depth of the formulas and of the definitions; linear in their size for every level
 * of binders. Raises `LimitError` when more than 64 binders stand inside one another.
 */
export function planOf(roots: readonly Expr[], options: PlanOptions = {}): Plan {
  return new Planner(options).plan(roots)
}

/** Where the values of one run of a loop body are kept. */
interface Scope {
  readonly index: Sym | undefined
  readonly parent: Scope | undefined
  readonly places: Map<Expr, number>
  readonly instructions: Instruction[]
}

class Planner {
  readonly #bodies = new Map<Sym, Expr>()
  readonly #watch: ((node: Call) => readonly Expr[]) | undefined
  readonly #watched = new Map<Expr, readonly Expr[]>()
  /** Bound indices that occur free in a node. */
  readonly #free = new Map<Expr, Names>()
  /** What a loop needs from outside, by its call. */
  readonly #outside = new Map<Expr, readonly Expr[]>()
  readonly #symbols = new Set<Sym>()
  readonly #indices = new Set<Sym>()
  #places = 0

  constructor({ definitions = [], watch }: PlanOptions) {
    for (const { symbol, body } of definitions) this.#bodies.set(symbol, body)
    this.#watch = watch
  }

  plan(roots: readonly Expr[]): Plan {
    const primary = walk(roots, node => this.#parts(node))
    const extra = this.#watchAll(primary)
    const all = extra.length === 0 ? primary : walk([...roots, ...extra], node => this.#parts(node))
    if (all.some(node => (node.kind === 'sym' ? isBound(node) : node.kind === 'call' && selects(node)))) {
      for (const node of all) this.#analyse(node)
    }
    const top: Scope = { index: undefined, parent: undefined, places: new Map(), instructions: [] }
    this.#fill(top, roots, 0)
    for (const root of roots) for (const name of this.#namesIn(root)) this.#indices.add(name)
    return Object.freeze({
      instructions: top.instructions,
      roots: roots.map(root => top.places.get(root)!),
      places: this.#places,
      symbols: [...this.#symbols],
      indices: [...this.#indices],
    })
  }

  #watchAll(nodes: readonly Expr[]): readonly Expr[] {
    const extra: Expr[] = []
    if (this.#watch === undefined) return extra
    for (const node of nodes) {
      if (node.kind !== 'call') continue
      const watched = this.#watch(node)
      if (watched.length === 0) continue
      this.#watched.set(node, watched)
      extra.push(...watched)
    }
    return extra
  }

  /** Everything a node is made of that has a value: not the index of a binder, not the arguments that select. */
  #parts(node: Expr): readonly Expr[] {
    if (node.kind === 'num') return []
    if (node.kind === 'sym') {
      const body = this.#bodies.get(node)
      return body === undefined ? [] : [body]
    }
    const parts = node.op.binds ? node.args.slice(3) : valueArguments(node)
    const watched = this.#watched.size > 0 ? this.#watched.get(node) : undefined
    return watched === undefined ? parts : [...parts, ...watched]
  }

  #analyse(node: Expr): void {
    if (node.kind === 'num') return
    if (node.kind === 'sym') {
      if (isBound(node)) this.#free.set(node, new Set([node]))
      return
    }
    const names = new Set<Sym>()
    for (const part of this.#parts(node)) for (const name of this.#namesIn(part)) names.add(name)
    if (node.op.binds) {
      const index = node.args[0] as Sym
      names.delete(index)
      this.#outside.set(node, this.#outsideOf(node, index))
    }
    for (const selector of selectors(node)) {
      for (const leaf of postorder([selector])) if (leaf.kind === 'sym' && isBound(leaf)) names.add(leaf)
    }
    if (names.size > 0) this.#free.set(node, names)
  }

  #namesIn(node: Expr): Names {
    return this.#free.get(node) ?? NO_NAMES
  }

  #outsideOf(node: Call, index: Sym): readonly Expr[] {
    const outside: Expr[] = []
    const body = node.args.slice(3)
    for (const part of walk(body, part => (this.#namesIn(part).has(index) ? this.#needs(part) : []))) {
      if (!this.#namesIn(part).has(index)) outside.push(part)
    }
    return outside
  }

  /** What has to be there before a node is computed, in the scope of the node. */
  #needs(node: Expr): readonly Expr[] {
    return this.#outside.get(node) ?? this.#parts(node)
  }

  #fill(scope: Scope, targets: readonly Expr[], nest: number): void {
    if (nest > DEEPEST_NEST) {
      throw new LimitError('limit-binders', `more than ${DEEPEST_NEST} sums stand inside one another`)
    }
    const here = (node: Expr) => scope.index === undefined || this.#namesIn(node).has(scope.index)
    for (const node of walk(targets, node => (here(node) ? this.#needs(node) : []))) {
      if (!here(node)) continue
      const at = this.#places++
      scope.instructions.push(this.#instruction(scope, node, at, nest))
      scope.places.set(node, at)
    }
  }

  #instruction(scope: Scope, node: Expr, at: number, nest: number): Instruction {
    if (node.kind === 'num') return { kind: 'number', at, node }
    if (node.kind === 'sym') {
      const body = this.#bodies.get(node)
      if (body !== undefined) return { kind: 'name', at, node, from: placeOf(scope, body) }
      if (node.role === 'index') this.#note(node)
      else if (node.role === 'variable') this.#symbols.add(node)
      return { kind: 'symbol', at, node }
    }
    if (node.op.binds) {
      const index = node.args[0] as Sym
      const body: Scope = { index, parent: scope, places: new Map(), instructions: [] }
      this.#fill(body, [node.args[3]!], nest + 1)
      return {
        kind: 'loop',
        at,
        node,
        index,
        low: this.#whole(node.args[1]!),
        high: this.#whole(node.args[2]!),
        body: body.instructions,
        from: placeOf(body, node.args[3]!),
      }
    }
    return {
      kind: 'call',
      at,
      node,
      from: valueArguments(node).map(arg => placeOf(scope, arg)),
      wholes: selectors(node).map(selector => this.#whole(selector)),
      watched: (this.#watched.get(node) ?? []).map(watched => placeOf(scope, watched)),
    }
  }

  #whole(node: Expr): Whole {
    if (node.kind === 'num') return { node, plan: undefined }
    if (node.kind === 'sym') {
      this.#note(node)
      return { node, plan: undefined }
    }
    const plan = planOf([node])
    for (const symbol of [...plan.symbols, ...plan.indices]) this.#note(symbol)
    return { node, plan }
  }

  #note(symbol: Sym): void {
    if (symbol.role !== 'dimension' && !isBound(symbol)) this.#indices.add(symbol)
  }
}

function placeOf(scope: Scope, node: Expr): number {
  for (let at: Scope | undefined = scope; at !== undefined; at = at.parent) {
    const place = at.places.get(node)
    if (place !== undefined) return place
  }
  return unreachable('a value is used before it is computed')
}
