import { isInteger, ONE, type Rational, rational, signOf } from '../base/rational.js'
import {
  atom,
  constant,
  type Factor,
  isPositive,
  isWhole,
  NOTHING,
  numberOf,
  type Poly,
  polyOf,
  scaled,
  type Term,
} from './algebra.js'
import { bodyKey } from './canonical.js'
import { alone } from './nets.js'
import { isEven, isPositiveNet, normal, product, sum } from './normal.js'
import { type Ring, raised, sameAtom } from './ring.js'

const MOST_EXPANDED = 12

/** A polynomial to a rational power. */
export function powerOf(ring: Ring, base: Poly, power: Rational): Poly {
  if (power.n === 0n) return constant(ONE)
  if (power.equals(ONE)) return base
  if (base.length === 0) return NOTHING
  if (isWhole(power) && power.s > 0n && power.n <= BigInt(MOST_EXPANDED)) {
    return product(ring, ...Array.from({ length: Number(power.n) }, () => base))
  }
  const [only] = base
  if (base.length === 1) return powerOfTerm(ring, only!, power)
  const { content, rest } = contentOf(base, isWhole(power) ? () => true : ({ head }) => head.positive)
  const { form, by } = scaledForm(ring, normal(ring, rest), isWhole(power))
  const inside = ring.made('sum', 'sum', form, { positive: isPositivePoly(form) })
  const outside = powerOfTerm(ring, { coefficient: by, factors: content, bound: [] }, power)
  return product(ring, outside, polyOf(raised(inside, power)))
}

/** A term to a power that is not a small whole number. */
function powerOfTerm(ring: Ring, term: Term, power: Rational): Poly {
  const { coefficient, factors, bound } = term
  const whole = isWhole(power)
  let rest: readonly Factor[] = factors
  const made: Factor[] = []
  // What is summed over an index is one thing to a power; indices that hang together stay together.
  for (const index of bound) {
    const part = alone({ ...term, factors: rest }, index)
    if (part === undefined) continue
    const together = linked(rest, bound, index)
    const inside = rest.filter(({ slots }) => slots.some(slot => together.has(slot.index)))
    rest = rest.filter(factor => !inside.includes(factor))
    const net: Term = { coefficient: ONE, factors: inside, bound: [...together] }
    made.push(raised(ring.made('net', 'net', [net], { positive: isPositiveNet(net) }), power))
  }
  const simple = (factor: Factor) => whole || factor.head.positive || factor.power.equals(ONE)
  const kept = rest.filter(factor => !simple(factor))
  made.push(...rest.filter(simple).map(factor => raised(factor, power)))
  // One factor of unknown sign may stand alone under a root; several stand under it together.
  const unsure = whole ? [] : rest.filter(factor => simple(factor) && !factor.head.positive)
  const negative = !whole && signOf(coefficient) < 0
  if (unsure.length > 1 || kept.length > 0 || negative) {
    const under = [...kept, ...unsure]
    const sign = negative ? rational(-1) : ONE
    const inside = ring.made('other', 'under', [{ coefficient: sign, factors: under, bound: [] }])
    const others = made.filter(factor => !unsure.some(each => sameAtom(each, factor)))
    return product(
      ring,
      numberTo(ring, coefficient.abs(), power),
      polyAll([...others, raised(inside, power)]),
    )
  }
  return product(ring, numberTo(ring, coefficient, power), polyAll(made))
}

function polyAll(factors: readonly Factor[]): Poly {
  return [{ coefficient: ONE, factors, bound: [] }]
}

/** The bound indices that hang together with one. */
function linked(factors: readonly Factor[], bound: readonly number[], start: number): ReadonlySet<number> {
  const found = new Set([start])
  for (let grown = true; grown; ) {
    grown = false
    for (const { slots } of factors) {
      if (!slots.some(slot => found.has(slot.index))) continue
      for (const { index } of slots) {
        if (!bound.includes(index) || found.has(index)) continue
        found.add(index)
        grown = true
      }
    }
  }
  return found
}

/** A number to a power: whole powers are numbers, roots are powers of primes. */
function numberTo(ring: Ring, value: Rational, power: Rational): Poly {
  if (value.equals(ONE)) return constant(ONE)
  if (isWhole(power) && power.n < 64n) return constant(value.pow(power) as Rational)
  if (!isPositive(value)) {
    return polyOf(raised(ring.made('other', 'under', constant(value)), power))
  }
  const factors = [...primesOf(value.n)].map(([p, count]) => primeTo(ring, p, power.mul(count)))
  for (const [p, count] of primesOf(value.d)) factors.push(primeTo(ring, p, power.mul(-count)))
  return normal(ring, polyAll(factors))
}

function primeTo(ring: Ring, prime: bigint, power: Rational): Factor {
  return atom(ring.head({ kind: 'prime', key: `p:${prime}`, arity: 0, positive: true }), [], power)
}

/** Small primes with their counts; a large rest stands for itself. */
function primesOf(value: bigint): ReadonlyMap<bigint, number> {
  const found = new Map<bigint, number>()
  let rest = value
  for (let p = 2n; p <= 97n && rest > 1n; p++) {
    for (; rest % p === 0n; rest /= p) found.set(p, (found.get(p) ?? 0) + 1)
  }
  if (rest > 1n) found.set(rest, 1)
  return found
}

interface Content {
  readonly content: readonly Factor[]
  readonly rest: Poly
}

/** The atoms that every term has, with the least power, and what they leave. */
function contentOf(poly: Poly, may: (factor: Factor) => boolean): Content {
  const candidates: Factor[] = []
  for (const { factors, bound } of poly) {
    for (const factor of factors) {
      const free = !factor.slots.some(({ index }) => bound.includes(index))
      if (free && may(factor) && !candidates.some(other => sameAtom(other, factor))) candidates.push(factor)
    }
  }
  const content = candidates.flatMap((candidate): Factor[] => {
    let least: Rational | undefined
    for (const { factors } of poly) {
      const power = factors.find(other => sameAtom(other, candidate))?.power ?? rational(0)
      if (least === undefined || power.compare(least) < 0) least = power
    }
    return least === undefined || least.n === 0n ? [] : [{ ...candidate, power: least }]
  })
  if (content.length === 0) return { content, rest: poly }
  const back = content.map(factor => ({ ...factor, power: factor.power.neg() }))
  return { content, rest: poly.map(term => ({ ...term, factors: [...term.factors, ...back] })) }
}

interface ScaledForm {
  readonly form: Poly
  readonly by: Rational
}

/** The multiple of a sum that stands for all its multiples, chosen by form; with `signed`, also for its negative. */
function scaledForm(ring: Ring, poly: Poly, signed: boolean): ScaledForm {
  const sizes = new Map<string, Rational>()
  for (const { coefficient } of poly) {
    const size = signed ? coefficient : coefficient.abs()
    sizes.set(size.toFraction(), size)
  }
  let best: (ScaledForm & { readonly key: string }) | undefined
  for (const by of [...sizes.values()].slice(0, 6)) {
    const form = scaled(poly, ONE.div(by))
    const { key } = bodyKey(ring, form)
    if (best === undefined || key < best.key) best = { form, by, key }
  }
  return best!
}

function isPositivePoly(poly: Poly): boolean {
  return poly.every(
    ({ coefficient, factors }) =>
      isPositive(coefficient) && factors.every(({ head, power }) => head.positive || isEven(power)),
  )
}

/** The exponential: one atom for each term of the exponent, whose number is the power. */
export function expOf(ring: Ring, exponent: Poly): Poly {
  const parts = exponent.map(({ coefficient, ...term }): Poly => {
    const body: Poly = [{ ...term, coefficient: ONE }]
    const [only] = term.factors
    if (term.factors.length === 1 && term.bound.length === 0 && only!.head.kind === 'logarithm') {
      if (only!.power.equals(ONE)) return powerOf(ring, ring.bodyOf(only!), coefficient)
    }
    return polyOf(raised(ring.made('exponential', 'exp', body, { positive: true }), coefficient))
  })
  return parts.length === 0 ? constant(ONE) : product(ring, ...parts)
}

/** The logarithm; factors that are surely positive are taken out. */
export function logOf(ring: Ring, poly: Poly): Poly {
  const { content, rest } =
    poly.length === 1
      ? { content: poly[0]!.factors.filter(factor => isOutside(poly[0]!, factor)), rest: poly }
      : contentOf(poly, ({ head }) => head.positive)
  const parts = content.map(factor => scaled(logOfFactor(ring, factor), factor.power))
  const inside =
    poly.length === 1
      ? [{ ...poly[0]!, factors: poly[0]!.factors.filter(factor => !content.includes(factor)) }]
      : normal(ring, rest)
  return sum(ring, ...parts, logOfRest(ring, inside))
}

function isOutside({ bound }: Term, { head, slots }: Factor): boolean {
  return head.positive && !slots.some(({ index }) => bound.includes(index))
}

function logOfFactor(ring: Ring, factor: Factor): Poly {
  const { kind } = factor.head
  if (kind === 'exponential') return ring.bodyOf(factor)
  if (kind === 'sum' || kind === 'net') return logAtom(ring, ring.bodyOf(factor))
  return logAtom(ring, polyOf({ ...factor, power: ONE }))
}

function logOfRest(ring: Ring, poly: Poly): Poly {
  const value = numberOf(poly)
  if (value?.equals(ONE)) return NOTHING
  const size = poly.length === 1 ? poly[0]!.coefficient.abs() : undefined
  if (size !== undefined && isPositive(poly[0]!.coefficient)) {
    const numbers = [...primesOf(size.n)].map(([p, count]) => scaled(logOfPrime(ring, p), rational(count)))
    for (const [p, count] of primesOf(size.d)) numbers.push(scaled(logOfPrime(ring, p), rational(-count)))
    const bare: Poly = [{ ...poly[0]!, coefficient: ONE }]
    const rest = bare[0]!.factors.length === 0 ? NOTHING : logAtom(ring, bare)
    return sum(ring, ...numbers, rest)
  }
  return logAtom(ring, poly)
}

function logOfPrime(ring: Ring, prime: bigint): Poly {
  return isInteger(rational(prime)) ? logAtom(ring, constant(rational(prime))) : NOTHING
}

function logAtom(ring: Ring, poly: Poly): Poly {
  return polyOf(ring.made('logarithm', 'log', poly))
}

/** 1 where the polynomial is above zero, 0 elsewhere; its positive multiples say the same. */
export function aboveZero(ring: Ring, poly: Poly): Poly {
  const value = numberOf(poly)
  if (value !== undefined) return constant(rational(signOf(value) > 0 ? 1 : 0))
  const { rest } = contentOf(poly, ({ head }) => head.positive)
  const { form, by } = scaledForm(ring, normal(ring, rest), true)
  const side = isPositive(by) ? 'above' : 'below'
  return polyOf(ring.made(side, side, form))
}

/** A function that is odd or even takes its argument with the sign that its form decides. */
export function withParity(ring: Ring, poly: Poly, parity: 'odd' | 'even', made: (poly: Poly) => Poly): Poly {
  const negated = scaled(poly, rational(-1))
  if (bodyKey(ring, poly).key <= bodyKey(ring, negated).key) return made(poly)
  return parity === 'even' ? made(negated) : scaled(made(negated), rational(-1))
}

/** What a number has above zero: `x` where it is positive, else 0. Both directions are written by the same indicator. */
export function positivePart(ring: Ring, poly: Poly): Poly {
  const indicator = aboveZero(ring, poly)
  const [only] = indicator
  if (only?.factors[0]?.head.kind !== 'below') return product(ring, poly, indicator)
  const negated = scaled(poly, rational(-1))
  return sum(ring, poly, product(ring, negated, aboveZero(ring, negated)))
}
