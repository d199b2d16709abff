import { ONE, type Rational } from '../base/rational.js'
import type { Sym } from '../expr/node.js'
import {
  atom,
  type Effort,
  type Factor,
  type Head,
  type HeadKind,
  NOTHING,
  type Poly,
  type Slot,
  sameSlots,
  slotAt,
  type Term,
} from './algebra.js'
import { bodyKey, polyKey } from './canonical.js'

/** What a bound index runs over. */
export interface Range {
  readonly key: string
  readonly size: Poly
}

interface HeadSpec {
  readonly kind: HeadKind
  readonly key: string
  readonly arity: number
  readonly symmetric?: boolean | undefined
  readonly positive?: boolean | undefined
  readonly body?: Poly | undefined
}

/** The atoms and indices of one proof. */
export class Ring {
  readonly effort: Effort
  readonly delta: Head
  /** Nets that facts give a value: by the key of the net, in its slots. */
  readonly known = new Map<string, Poly>()
  readonly #heads = new Map<string, Head>()
  readonly #ranges = new Map<number, Range>()
  readonly #letters = new Map<Sym, number>()
  #indices = 0

  constructor(effort: Effort) {
    this.effort = effort
    this.delta = this.head({ kind: 'delta', key: 'delta', arity: 2, symmetric: true, positive: true })
  }

  head(spec: HeadSpec): Head {
    const known = this.#heads.get(spec.key)
    if (known !== undefined) return known
    const { kind, key, arity, symmetric = false, positive = false, body } = spec
    const made: Head = { id: this.#heads.size, kind, key, arity, symmetric, positive, body }
    this.#heads.set(key, made)
    return made
  }

  /** A new bound index of a range. */
  bind(range: Range): number {
    const made = ++this.#indices
    this.#ranges.set(made, range)
    return made
  }

  /** The range of a bound index; free ones have none. */
  rangeOf(index: number): string {
    return this.#ranges.get(index)?.key ?? ''
  }

  /** How many values a bound index has. */
  sizeOf(index: number): Poly {
    return this.#ranges.get(index)?.size ?? NOTHING
  }

  /** The index that a letter stands for. */
  letter(symbol: Sym): number {
    const known = this.#letters.get(symbol)
    if (known !== undefined) return known
    const made = ++this.#indices
    this.#letters.set(symbol, made)
    return made
  }

  /** Puts slots in the place of indices; bound ones get new names. */
  put(poly: Poly, by: ReadonlyMap<number, Slot>): Poly {
    return poly.map(term => this.putTerm(term, by))
  }

  putTerm(term: Term, by: ReadonlyMap<number, Slot>): Term {
    this.effort.spend()
    const { bound, factors, coefficient } = term
    const moved = new Map(by)
    const fresh = bound.map(index => {
      const made = this.bind(this.#ranges.get(index)!)
      moved.set(index, slotAt(made))
      return made
    })
    const put = (slot: Slot): Slot => {
      const to = moved.get(slot.index)
      return to === undefined || slot.index === 0
        ? slot
        : { index: to.index, offset: to.offset + slot.offset }
    }
    return {
      coefficient,
      bound: fresh,
      factors: factors.map(({ head, slots, power }) => ({ head, slots: slots.map(put), power })),
    }
  }

  /** An atom made of a body: its slots are the free indices of the body, in an order that its form decides. */
  made(kind: HeadKind, name: string, body: Poly, options: { readonly positive?: boolean } = {}): Factor {
    const { key, order, symmetric } = bodyKey(this, body)
    const params = new Map(order.map((index, i) => [index, slotAt(-1 - i)]))
    const head = this.head({
      kind,
      key: `${name}⟨${key}⟩`,
      arity: order.length,
      symmetric,
      positive: options.positive,
      body: this.put(body, params),
    })
    return atom(
      head,
      order.map(index => slotAt(index)),
    )
  }

  /** The body of an atom with its own slots. */
  bodyOf({ head, slots }: Factor): Poly {
    if (head.body === undefined) return NOTHING
    return this.put(head.body, new Map(slots.map((slot, i) => [-1 - i, slot])))
  }

  /** A key by which equal polynomials with the same free indices are equal. */
  keyOf(poly: Poly): string {
    return polyKey(this, poly)
  }
}

/** Whether two factors are the same atom with the same slots, whatever their powers. */
export function sameAtom(a: Factor, b: Factor): boolean {
  if (a.head !== b.head) return false
  if (sameSlots(a.slots, b.slots)) return true
  return a.head.symmetric && sameSlots(a.slots, b.slots.toReversed())
}

export function raised(factor: Factor, power: Rational): Factor {
  return power === ONE ? factor : { ...factor, power: factor.power.mul(power) }
}
