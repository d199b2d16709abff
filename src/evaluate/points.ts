import type { Budget } from '../base/limits.js'
import { type Random, seededRandom } from '../base/random.js'
import type { Call, Expr, Sym } from '../expr/node.js'
import type { Declaration, Definition, EntrySet, Fact } from '../expr/problem.js'
import { partsOf, walk } from '../expr/walk.js'
import type { Tensors } from '../tensor/tensor.js'
import { type Candidate, type Miss, Sampler } from './candidate.js'
import { isDiscrete } from './entries.js'
import type { Point } from './evaluate.js'
import { isAboutSizes } from './facts.js'
import { drawFrames } from './frames.js'
import { contentHash } from './hash.js'
import { bodiesOf, guardedCalls, type Side } from './inspect.js'
import { type Plan, planOf } from './plan.js'
import type { Frame } from './run.js'

/** The parts of a problem that points are drawn for. */
export interface Pieces {
  /** The functions that are differentiated: where they are defined and smooth, a point may lie. */
  readonly outputs: readonly Expr[]
  /** Claimed results: their branches are visited too. */
  readonly results?: readonly Expr[] | undefined
  /** Whatever else is to be evaluated at the points. */
  readonly others?: readonly Expr[] | undefined
  readonly definitions: readonly Definition[]
  readonly declarations?: readonly Declaration[] | undefined
  readonly facts?: readonly Fact[] | undefined
  readonly sizes?: ReadonlyMap<string, number> | undefined
}

interface DesignOptions {
  /** How many points; 16 unless said otherwise. Points that visit a rare branch come on top. */
  readonly count?: number | undefined
  /** Text the points are drawn from; a hash of the formulas unless said otherwise. */
  readonly seed?: string | undefined
  readonly budget?: Budget | undefined
}

/** Points that share all sizes and selecting indices. */
export interface PointGroup {
  readonly frame: Frame
  readonly points: readonly Point[]
  /** For every point, how far it is from the nearest kink. */
  readonly clearance: readonly number[]
  /** For every point, whether a branch that is not taken there is undefined: what is made of it may be, too. */
  readonly masked: readonly boolean[]
}

export interface Design {
  readonly groups: readonly PointGroup[]
  readonly seed: string
  /** Sides of switches that some point lies on, and sides that none does. */
  readonly visited: number
  readonly missed: readonly Side[]
  /** How many concrete forms each unknown function was given; 0 when there is none. */
  readonly functions: number
  /** Why there are fewer points than asked for. */
  readonly reason: string | undefined
}

const COUNT = 16
const MOST_SEARCHES = 600
/** How often other sizes are drawn where some allow no point. */
const MOST_OTHER_SIZES = 4

/**
 * Draws points at which formulas can be compared: different sizes for different names, every declared set and fact
 * respected, every function inside its domain, no switch within 1e-6 of where it switches, and every side of every
 * switch visited as far as a search finds it. The same formulas and seed give the same points. Raises `DomainError`
 * when no sizes fit.
 */
export function designPoints(tensors: Tensors, pieces: Pieces, options: DesignOptions = {}): Design {
  const { outputs, results = [], definitions } = pieces
  const seed = options.seed ?? contentHash([...outputs, ...results], definitions)
  const random = seededRandom(seed)
  const designer = new Designer(tensors, pieces, random, options.budget)
  const count = options.count ?? COUNT
  const frames = designer.frames()
  const filled = (frame: Frame): Group => {
    const sampler = designer.sampler(frame)
    const candidates: Candidate[] = []
    for (let k = 0; k < Math.ceil(count / frames.length); k++) {
      const found = sampler.draw(random, k)
      if (found === undefined) break
      candidates.push(found)
    }
    return { frame, sampler, candidates }
  }
  let groups = frames.map(filled)
  // The sizes themselves may be why there is no point: X X^T is singular where X has more rows than columns.
  for (let more = 0; more < MOST_OTHER_SIZES && groups.some(isEmpty); more++) {
    const others = designer.frames().map(filled)
    groups = [...groups, ...others].sort((a, b) => Number(isEmpty(a)) - Number(isEmpty(b)))
    groups.length = frames.length
  }
  designer.exercise(groups, random)
  return designer.design(groups, seed, count)
}

function isEmpty({ candidates }: Group): boolean {
  return candidates.length === 0
}

interface Group {
  readonly frame: Frame
  readonly sampler: Sampler
  readonly candidates: Candidate[]
}

class Designer {
  readonly #tensors: Tensors
  readonly #pieces: Pieces
  readonly #random: Random
  readonly #budget: Budget | undefined
  readonly #everything: Plan
  readonly #symbols: readonly Sym[]
  readonly #watched: Plan
  readonly #guarded: ReadonlySet<Expr>
  readonly #own: ReadonlySet<Expr>
  readonly #switches: ReadonlyMap<Expr, readonly Expr[]>
  readonly #sides: ReadonlyMap<Expr, readonly [Side, Side]>
  readonly #functions: readonly string[]
  readonly #sets: ReadonlyMap<Sym, EntrySet>

  constructor(tensors: Tensors, pieces: Pieces, random: Random, budget: Budget | undefined) {
    const { outputs, results = [], others = [], definitions, declarations = [], facts = [] } = pieces
    this.#tensors = tensors
    this.#pieces = pieces
    this.#random = random
    this.#budget = budget
    this.#sets = new Map(declarations.map(({ symbol, set }) => [symbol, set]))
    const roots = [...outputs, ...results]
    this.#everything = planOf([...roots, ...others], { definitions })
    const factSides = facts.filter(fact => !isAboutSizes(fact)).flatMap(({ left, right }) => [left, right])
    const inFacts = planOf(factSides, { definitions }).symbols
    this.#symbols = [...new Set([...this.#everything.symbols, ...inFacts])]
    const bodies = bodiesOf(definitions)
    const nodes = walk([...roots, ...others], node => partsOf(node, bodies))
    this.#functions = [
      ...new Set(
        nodes.flatMap(node => (node.kind === 'call' && node.op.abstract ? [node.op.abstract.name] : [])),
      ),
    ]
    const switches = new Map<Expr, readonly Expr[]>()
    for (const node of walk(roots, part => partsOf(part, bodies))) {
      if (node.kind === 'call' && node.op.switches) switches.set(node, node.op.switches(node.args))
    }
    this.#switches = switches
    this.#sides = this.#sidesOf([...switches.values()].flat(), bodies)
    this.#watched = planOf(roots, { definitions, watch: node => this.#switchesOf(node) })
    this.#guarded = guardedCalls(outputs, bodies)
    this.#own = new Set(walk(outputs, part => partsOf(part, bodies)))
  }

  /** Switches of isolated numbers are no kinks: nothing moves them. */
  #sidesOf(
    switches: readonly Expr[],
    bodies: ReadonlyMap<Expr, Expr>,
  ): ReadonlyMap<Expr, readonly [Side, Side]> {
    const sides = new Map<Expr, readonly [Side, Side]>()
    const moves = new Set<Expr>()
    for (const node of walk(switches, part => partsOf(part, bodies))) {
      const free = node.kind === 'sym' && node.role === 'variable' && !bodies.has(node)
      if (free ? !isDiscrete(this.#setOf(node)) : partsOf(node, bodies).some(part => moves.has(part))) {
        moves.add(node)
      }
    }
    for (const node of switches) {
      if (moves.has(node))
        sides.set(node, [Object.freeze({ node, sign: 1 }), Object.freeze({ node, sign: -1 })])
    }
    return sides
  }

  #switchesOf(node: Call): readonly Expr[] {
    return this.#switches.get(node) ?? []
  }

  #setOf = (symbol: Sym): EntrySet => this.#sets.get(symbol) ?? 'real'

  frames(): readonly Frame[] {
    const { outputs, results = [], others = [], definitions, facts = [], sizes } = this.#pieces
    const roots = [...outputs, ...results, ...others]
    const tensors = this.#tensors
    return drawFrames({
      tensors,
      roots,
      definitions,
      facts,
      sizes,
      plan: this.#everything,
      random: this.#random,
    })
  }

  sampler(frame: Frame): Sampler {
    return new Sampler({
      tensors: this.#tensors,
      frame,
      symbols: this.#symbols.filter(symbol => !frame.indices.has(symbol)),
      definitions: this.#pieces.definitions,
      facts: this.#pieces.facts ?? [],
      setOf: this.#setOf,
      functions: this.#functions,
      plan: this.#watched,
      outputs: this.#pieces.outputs.length,
      inspection: {
        guarded: this.#guarded,
        own: this.#own,
        sides: this.#sides,
        switchesOf: node => this.#switchesOf(node),
      },
      random: this.#random,
      budget: this.#budget,
    })
  }

  /** Searches for points on the sides of switches that no point lies on yet. */
  exercise(groups: readonly Group[], random: Random): void {
    let searches = MOST_SEARCHES
    for (const side of this.#unvisited(groups)) {
      for (const { sampler, candidates } of groups) {
        if (candidates.length === 0 || searches <= 0 || candidates.some(found => isOn(found, side))) continue
        const { found, tries } = sampler.reach(random, side, Math.min(searches, 120))
        searches -= tries
        if (found !== undefined) {
          candidates.push(found)
          break
        }
      }
    }
  }

  #unvisited(groups: readonly Group[]): readonly Side[] {
    const candidates = groups.flatMap(group => group.candidates)
    return [...this.#sides.values()].flat().filter(side => !candidates.some(found => isOn(found, side)))
  }

  design(groups: readonly Group[], seed: string, count: number): Design {
    const missed = this.#unvisited(groups)
    const points = groups.reduce((sum, { candidates }) => sum + candidates.length, 0)
    const miss = groups.map(({ sampler }) => sampler.miss).find(found => found !== undefined)
    return Object.freeze({
      groups: groups
        .filter(({ candidates }) => candidates.length > 0)
        .map(({ frame, candidates }) => ({
          frame,
          points: candidates.map(({ point }) => point),
          clearance: candidates.map(({ findings }) => findings.nearest),
          masked: candidates.map(({ findings }) => findings.masked),
        })),
      seed,
      visited: 2 * this.#sides.size - missed.length,
      missed,
      functions: this.#functions.length > 0 ? points : 0,
      reason: points >= count ? undefined : reasonOf(miss),
    })
  }
}

const isOn = ({ findings }: Candidate, side: Side) => (findings.reach.get(side) ?? 0) > 0

function reasonOf(miss: Miss | undefined): string {
  switch (miss) {
    case 'fact':
      return 'no values were found that meet the declared facts'
    case 'kink':
      return 'every point that was drawn lies on a kink'
    case 'domain':
      return 'no values were found inside the domain of every function'
    default:
      return 'no values were found at which the function is finite'
  }
}
