import type { Budget } from '../base/limits.js'
import type { Random } from '../base/random.js'
import { makeTensor, type Tensor } from '../base/tensor.js'
import type { Sym } from '../expr/node.js'
import type { Definition, EntrySet, Fact } from '../expr/problem.js'
import type { Tensors } from '../tensor/tensor.js'
import { arrayIn, drawEntry, type Stratum, withTotalOne } from './entries.js'
import { type Point, runAt } from './evaluate.js'
import { attempt, type FactPlan, planFacts } from './facts.js'
import { type ConcreteFunction, randomFunction } from './functions.js'
import { type Findings, type InspectorOptions, inspector, type Side } from './inspect.js'
import { type Plan, planOf } from './plan.js'
import { isMet, project } from './project.js'
import { extentOf, type Frame } from './run.js'

interface SamplerOptions {
  readonly tensors: Tensors
  readonly frame: Frame
  /** Symbols that need a value. */
  readonly symbols: readonly Sym[]
  readonly definitions: readonly Definition[]
  readonly facts: readonly Fact[]
  readonly setOf: (symbol: Sym) => EntrySet
  /** Names of unknown functions. */
  readonly functions: readonly string[]
  /** Evaluates the outputs, which come first among its roots, with their switches. */
  readonly plan: Plan
  readonly outputs: number
  readonly inspection: InspectorOptions
  readonly random: Random
  readonly budget: Budget | undefined
}

/** A point, and what an evaluation there showed. */
export interface Candidate {
  readonly point: Point
  readonly findings: Findings
}

/** Why a try was no point. */
export type Miss = 'fact' | 'domain' | 'kink' | 'finite'

/** The free numbers that a point is made of. */
interface Seeds {
  readonly free: ReadonlyMap<Sym, Float64Array>
  readonly functions: ReadonlyMap<string, ConcreteFunction>
}

const STRATA: readonly Stratum[] = ['symmetric', 'positive', 'symmetric', 'wide']
/** Tried as well where the others fail: probabilities, and what has to stay small. */
const RESERVE: readonly Stratum[] = ['positive', 'unit', 'symmetric']
const TRIES = 24
const CLIMB = 160
/** As many points are tried, one evaluation has to stay short. */
const MOST = Object.freeze({ work: 1 << 22, operations: 100_000 })
/** Matrices are drawn as they are up to this many rows and columns, on average; larger ones as if they had `USUAL`. */
const LARGE = 9
const USUAL = 3
/** No point lies nearer to a switch than this. */
const CLEARANCE = 1e-6

/** Draws points for one choice of sizes and indices. */
export class Sampler {
  readonly #options: SamplerOptions
  readonly #facts: FactPlan
  readonly #derived: Plan
  /** Why the last point that could not be drawn could not. */
  miss: Miss | undefined

  constructor(options: SamplerOptions) {
    this.#options = options
    const { facts, definitions } = options
    this.#facts = planFacts(options, facts)
    const { derived } = this.#facts
    this.#derived = planOf(
      derived.map(({ symbol }) => symbol),
      { definitions: [...definitions, ...derived] },
    )
  }

  /** A point of the kind that the number asks for; undefined when none was found. */
  draw(random: Random, k: number): Candidate | undefined {
    let best: { readonly seeds: Seeds; readonly findings: Findings } | undefined
    for (let tries = 0; tries < TRIES; tries++) {
      const stratum = tries < TRIES / 2 ? STRATA[k % STRATA.length]! : RESERVE[tries % RESERVE.length]!
      const seeds = this.#seeds(random, stratum)
      const found = this.#try(seeds, tries < 12 ? 1e-2 : 1e-5, 10 ** -Math.min(6, 2 + Math.floor(tries / 4)))
      if (typeof found !== 'string') {
        if (found.findings.violation === 0) return found
        if (best === undefined || found.findings.violation < best.findings.violation) {
          best = { seeds, findings: found.findings }
        }
      } else this.miss = found
    }
    if (best === undefined) return undefined
    const climbed = this.#climb(random, best.seeds, CLIMB, ({ violation }) => violation).found
    if (climbed === undefined) this.miss = 'domain'
    return climbed
  }

  /** A point on one side of a switch. */
  reach(
    random: Random,
    side: Side,
    most: number,
  ): { readonly found: Candidate | undefined; readonly tries: number } {
    const objective = ({ violation, reach }: Findings) =>
      violation > 0 ? 1e3 + violation : Math.max(0, 1e-3 - (reach.get(side) ?? -1e3))
    let start = this.#seeds(random, 'symmetric')
    let least = Number.POSITIVE_INFINITY
    const draws = Math.min(most, TRIES)
    for (let tries = 1; tries <= draws; tries++) {
      const seeds = this.#seeds(random, STRATA[tries % STRATA.length]!)
      const found = this.#try(seeds, 1e-3, CLEARANCE)
      if (typeof found === 'string') continue
      const value = objective(found.findings)
      if (value === 0) return { found, tries }
      if (value < least) {
        least = value
        start = seeds
      }
    }
    const climbed = this.#climb(random, start, most - draws, objective)
    return { found: climbed.found, tries: draws + climbed.tries }
  }

  /** Random steps of all lengths, kept when they bring the objective down; a point is where it is 0. */
  #climb(
    random: Random,
    start: Seeds,
    most: number,
    objective: (findings: Findings) => number,
  ): { readonly found: Candidate | undefined; readonly tries: number } {
    let seeds = start
    let least = Number.POSITIVE_INFINITY
    for (let tries = 0; tries < most; tries++) {
      const next = tries === 0 ? seeds : this.#moved(random, seeds)
      const found = this.#try(next, 1e-3, CLEARANCE)
      if (typeof found === 'string') continue
      const value = objective(found.findings)
      if (value === 0 && found.findings.violation === 0) return { found, tries }
      if (value < least) {
        least = value
        seeds = next
      }
    }
    return { found: undefined, tries: most }
  }

  #seeds(random: Random, stratum: Stratum): Seeds {
    const { symbols, frame, functions } = this.#options
    const free = new Map<Sym, Float64Array>()
    for (const symbol of symbols) {
      const { rows, columns } = extentOf(symbol.shape, frame.sizes)
      const scale = scaleOf(rows, columns)
      free.set(
        symbol,
        Float64Array.from({ length: rows * columns }, () => scale * drawEntry(random, stratum)),
      )
    }
    return { free, functions: new Map(functions.map(name => [name, randomFunction(random)])) }
  }

  #moved(random: Random, { free, functions }: Seeds): Seeds {
    const moved = new Map<Sym, Float64Array>()
    const length = 10 ** random.between(-2, 1.5)
    const shift = (entry: number) => entry + length * random.between(-1, 1)
    // One entry, some of the symbols, or everything: a point that is nearly right needs a small repair.
    const roll = random.next()
    const only = roll < 0.4 ? random.pick([...free.keys()]) : undefined
    for (const [symbol, entries] of free) {
      if (only !== undefined) {
        const at = random.integer(0, entries.length - 1)
        moved.set(
          symbol,
          only === symbol ? entries.map((entry, k) => (k === at ? shift(entry) : entry)) : entries,
        )
      } else if (roll < 0.7 && random.next() < 0.6) moved.set(symbol, entries)
      else moved.set(symbol, entries.map(shift))
    }
    return { free: moved, functions }
  }

  #try(seeds: Seeds, margin: number, clearance: number): Candidate | Miss {
    const { tensors, plan, outputs, inspection, frame, budget } = this.#options
    const values = this.#values(seeds.free)
    if (values === undefined) return 'fact'
    const point: Point = { ...frame, values, functions: seeds.functions }
    const { inspect, findings } = inspector(inspection, margin)
    const ran = attempt(() => runAt(tensors, plan, point, { inspect, budget, most: MOST }))
    if (ran === undefined) return 'domain'
    const seen = findings()
    if (seen.violation > 0) return { point, findings: seen }
    if (!ran.values.slice(0, outputs).every(tensors.isFinite)) return 'finite'
    return seen.nearest >= clearance ? { point, findings: seen } : 'kink'
  }

  #values(free: ReadonlyMap<Sym, Float64Array>): ReadonlyMap<Sym, Tensor> | undefined {
    const { tensors, frame, setOf, facts } = this.#options
    const { symmetric, totals, derived, residual } = this.#facts
    let values = new Map<Sym, Tensor>()
    for (const [symbol, entries] of free) {
      const { rows, columns } = extentOf(symbol.shape, frame.sizes)
      const set = setOf(symbol)
      let array = arrayIn(tensors, set, rows, columns, entries)
      if (symmetric.has(symbol)) array = mirrored(array)
      for (const total of totals.get(symbol) ?? []) {
        array = withTotalOne(tensors, total, set, array, makeTensor(rows, columns, entries))
      }
      values.set(symbol, array)
    }
    if (facts.length === 0) return values
    if (!isMet(residual(values))) {
      const projected = project(tensors, this.#facts, values)
      if (projected === undefined) return undefined
      values = new Map(projected)
      for (const [symbol, array] of values) if (!isIn(setOf(symbol), array)) return undefined
    }
    if (derived.length === 0) return values
    const ran = attempt(() => runAt(tensors, this.#derived, { ...frame, values, functions: new Map() }, {}))
    if (ran === undefined) return undefined
    for (const [k, { symbol }] of derived.entries()) values.set(symbol, ran.values[k]!)
    return values
  }
}

/**
 * Entries of large matrices shrink, so that sums over their rows and columns stay near one: layers of a network with
 * hundreds of units would saturate otherwise, and nothing could be told from their values.
 */
function scaleOf(rows: number, columns: number): number {
  const size = Math.sqrt(rows * columns)
  return rows > 1 && columns > 1 && size > LARGE ? Math.sqrt(USUAL / size) : 1
}

/** The upper triangle on both sides of the diagonal. */
function mirrored(array: Tensor): Tensor {
  const { rows, columns, data } = array
  if (rows !== columns) return array
  const at = (k: number) => {
    const [i, j] = [Math.floor(k / columns), k % columns]
    return data[Math.min(i, j) * columns + Math.max(i, j)]!
  }
  return makeTensor(
    rows,
    columns,
    Float64Array.from({ length: data.length }, (_, k) => at(k)),
  )
}

/** Whether moving an array has left it in its set. */
function isIn(set: EntrySet, { data }: Tensor): boolean {
  if (set === 'positive' || set === 'nonnegative') return data.every(entry => entry > 0)
  return set === 'unit-interval' ? data.every(entry => entry > 0 && entry < 1) : data.every(Number.isFinite)
}
