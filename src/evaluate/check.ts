import type { Tensor } from '../base/tensor.js'
import type { Comparison } from './compare.js'
import type { Point } from './evaluate.js'
import type { Design } from './points.js'

/** How something was checked numerically, and with what outcome. Plain, frozen data. */
export interface Check {
  /** `agrees` at all valid points, `refuted` at one of them, or `undecided`; the message says why. */
  readonly status: 'agrees' | 'refuted' | 'undecided'
  /** Valid points at which both sides were compared. */
  readonly points: number
  /** The sizes used, one list of names and numbers for every choice. */
  readonly sizes: readonly (readonly (readonly [string, number])[])[]
  /** The largest difference that was seen at a valid point, relative to the largest entry. */
  readonly largestDifference: number
  /** Sides of kinks that the points lie on, and sides that none was found on. */
  readonly branches: { readonly visited: number; readonly missed: number }
  /** Concrete forms given to each unknown function. */
  readonly functions: number
  readonly seed: string
  /** Of a recurrence: the numbers of steps it was unrolled for, as `T = 1, 2, 4`. */
  readonly unrolled?: string | undefined
  /** One sentence. */
  readonly message: string
  /** The rule of the step that was refuted. */
  readonly rule?: string | undefined
  /** Where both sides differ, for a refutation. */
  readonly counterexample?: Counterexample | undefined
}

export interface Counterexample {
  readonly point: Point
  readonly expected: Tensor
  readonly found: Tensor
}

/** Valid points without which nothing is said to agree. */
const ENOUGH = 12

/** Collects the comparisons of one claim. */
export class Tally {
  #same = 0
  #unclear = 0
  #largest = 0
  #counterexample: Counterexample | undefined
  /** Why nothing could be compared. */
  #obstacle: string | undefined
  /** What a refutation says when it is not a difference of values. */
  #contradiction: string | undefined

  add({ verdict, relative }: Comparison, example: () => Counterexample): void {
    if (verdict === 'unclear') this.#unclear++
    else {
      this.#largest = Math.max(this.#largest, relative)
      if (verdict === 'same') this.#same++
      else this.#counterexample ??= example()
    }
  }

  prevent(reason: string): void {
    this.#obstacle ??= reason
  }

  contradict(reason: string): void {
    this.#contradiction ??= reason
  }

  get refuted(): boolean {
    return this.#counterexample !== undefined || this.#contradiction !== undefined
  }

  /** Whether further points would change nothing. */
  get ended(): boolean {
    return this.refuted || this.#obstacle !== undefined
  }

  get settled(): boolean {
    return this.ended || this.#same >= ENOUGH
  }

  check(designs: readonly Design[], needed = ENOUGH): Check {
    const groups = designs.flatMap(design => design.groups)
    const sizes = groups.map(({ frame }) => Object.freeze([...frame.sizes]))
    const [first] = designs
    const common = {
      points: this.#same,
      sizes: Object.freeze(distinct(sizes)),
      largestDifference: this.#largest,
      branches: Object.freeze({ visited: first?.visited ?? 0, missed: first?.missed.length ?? 0 }),
      functions: Math.min(this.#same, first?.functions ?? 0),
      seed: first?.seed ?? '',
    }
    if (this.refuted) {
      const message =
        this.#contradiction ??
        `the value differs from the one by automatic differentiation by ${percent(this.#largest)} of its size`
      return Object.freeze({
        ...common,
        status: 'refuted' as const,
        message,
        counterexample: this.#counterexample,
      })
    }
    if (this.#same >= needed) {
      const missed = common.branches.missed
      const rest =
        missed === 0 ? '' : `; ${missed} ${missed === 1 ? 'branch was' : 'branches were'} not exercised`
      const message = `agrees at ${this.#same} points${rest}`
      return Object.freeze({ ...common, status: 'agrees' as const, message })
    }
    return Object.freeze({ ...common, status: 'undecided' as const, message: this.#reason(designs) })
  }

  #reason(designs: readonly Design[]): string {
    if (this.#obstacle !== undefined) return this.#obstacle
    const reason = designs.map(design => design.reason).find(found => found !== undefined)
    const few = `only ${this.#same} points could be compared`
    if (reason !== undefined) return `${few}: ${reason}`
    return this.#unclear > 0 ? `${few}: at ${this.#unclear} others the values are too inexact` : few
  }
}

function percent(relative: number): string {
  return Number.isFinite(relative) ? `${(100 * relative).toPrecision(3)} %` : 'more than any part'
}

function distinct(
  sizes: readonly (readonly (readonly [string, number])[])[],
): readonly (readonly (readonly [string, number])[])[] {
  const seen = new Map(sizes.map(choice => [choice.join(';'), choice]))
  return [...seen.values()]
}
