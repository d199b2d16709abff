import { LimitError } from '../base/errors.js'
import { addRational, multiplyRational, ONE, type Rational, ZERO } from '../base/rational.js'

/*
 * Formulas entry by entry. The entry of an array at a row and a column is a sum of products of atoms, each with slots
 * for indices: `(W x + b)_i` is `\sum_k W[i,k] x[k] + b[i]`. Products of matrices, Hadamard products, traces, diagonals
 * and transposes differ only in which slots share an index, so that none of them needs a law of its own.
 */

/** What stands in a slot: an index, perhaps shifted, or (index 0) a whole number. */
export interface Slot {
  readonly index: number
  readonly offset: number
}

/** The kind of an atom, its meaning up to the names of its indices. */
export interface Head {
  readonly id: number
  /** Two atoms of one key are the same function of their slots. */
  readonly key: string
  readonly arity: number
  /** The order of two slots does not matter. */
  readonly symmetric: boolean
  /** Never below zero, wherever it has a value. */
  readonly positive: boolean
  /** What the atom is made of: the base of a power, the argument of a function; its slots are -1, -2, …. */
  readonly body: Poly | undefined
  readonly kind: HeadKind
}

export type HeadKind =
  | 'symbol'
  | 'delta'
  | 'exponential'
  | 'logarithm'
  | 'sum'
  | 'net'
  | 'inverse'
  | 'above'
  | 'below'
  | 'sine'
  | 'prime'
  | 'binary'
  | 'other'

export interface Factor {
  readonly head: Head
  readonly slots: readonly Slot[]
  readonly power: Rational
}

/** A number times atoms, summed over the bound indices. */
export interface Term {
  readonly coefficient: Rational
  readonly factors: readonly Factor[]
  readonly bound: readonly number[]
}

/** A sum of terms; nothing is zero. */
export type Poly = readonly Term[]

export const NOTHING: Poly = Object.freeze([])

export function slotAt(index: number, offset = 0): Slot {
  return { index, offset }
}

export function constant(value: Rational): Poly {
  return value.n === 0n ? NOTHING : [{ coefficient: value, factors: [], bound: [] }]
}

export function atom(head: Head, slots: readonly Slot[] = [], power: Rational = ONE): Factor {
  return { head, slots, power }
}

export function polyOf(factor: Factor): Poly {
  return [{ coefficient: ONE, factors: [factor], bound: [] }]
}

export function scaled(poly: Poly, by: Rational): Poly {
  if (by === ONE) return poly
  if (by.n === 0n) return NOTHING
  return poly.map(term => ({ ...term, coefficient: multiplyRational(term.coefficient, by) }))
}

export function sameSlot(a: Slot, b: Slot): boolean {
  return a.index === b.index && a.offset === b.offset
}

export function sameSlots(a: readonly Slot[], b: readonly Slot[]): boolean {
  return a.length === b.length && a.every((slot, i) => sameSlot(slot, b[i]!))
}

/** The number a polynomial is, if it is one. */
export function numberOf(poly: Poly): Rational | undefined {
  if (poly.length === 0) return ZERO
  const [only] = poly
  return poly.length === 1 && only!.factors.length === 0 && only!.bound.length === 0
    ? only!.coefficient
    : undefined
}

export function isWhole({ d }: Rational): boolean {
  return d === 1n
}

export function isPositive({ s, n }: Rational): boolean {
  return n !== 0n && s > 0n
}

export function plus(a: Rational, b: Rational): Rational {
  return addRational(a, b)
}

/** The work a proof may take, in terms that are made. */
export class Effort {
  #left: number

  constructor(most: number) {
    this.#left = most
  }

  /** Raises `LimitError` when too much has been done. */
  spend(units = 1): void {
    this.#left -= units
    if (this.#left < 0)
      throw new LimitError('limit-proof', 'the proof would need more terms than are allowed')
  }
}
