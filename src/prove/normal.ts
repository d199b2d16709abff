import { multiplyRational, ONE, powerRational, type Rational, rational } from '../base/rational.js'
import {
  atom,
  type Factor,
  isWhole,
  NOTHING,
  type Poly,
  type Slot,
  sameSlot,
  scaled,
  type Term,
} from './algebra.js'
import { termKey } from './canonical.js'
import { alone, closedNets } from './nets.js'
import { leadOf } from './order.js'
import { type Ring, sameAtom } from './ring.js'

/** The terms in normal form, equal ones added up. */
export function normal(ring: Ring, terms: Poly): Poly {
  const open: Term[] = terms.slice().reverse()
  const found = new Map<string, Term>()
  for (let term = open.pop(); term !== undefined; term = open.pop()) {
    ring.effort.spend()
    const tidy = merged(term)
    const next = rewritten(ring, tidy)
    if (next !== undefined) {
      for (const each of next) open.push(each)
      continue
    }
    const key = termKey(ring, tidy)
    const before = found.get(key)
    if (before === undefined) found.set(key, tidy)
    else {
      const coefficient = before.coefficient.add(tidy.coefficient)
      if (coefficient.n === 0n) found.delete(key)
      else found.set(key, { ...before, coefficient })
    }
  }
  return [...found.values()]
}

export function sum(ring: Ring, ...polys: readonly Poly[]): Poly {
  return normal(ring, polys.flat())
}

export function product(ring: Ring, ...polys: readonly Poly[]): Poly {
  return polys.reduce((a, b) => normal(ring, crossed(ring, a, b)))
}

/** Every term of one by every term of the other, not in normal form. */
export function crossed(ring: Ring, a: Poly, b: Poly): Poly {
  return a.flatMap(x =>
    b.map(y => {
      const other = y.bound.length > 0 && x.bound.length > 0 ? ring.putTerm(y, NO_CHANGE) : y
      ring.effort.spend()
      return {
        coefficient: multiplyRational(x.coefficient, other.coefficient),
        factors: [...x.factors, ...other.factors],
        bound: [...x.bound, ...other.bound],
      }
    }),
  )
}

const NO_CHANGE: ReadonlyMap<number, Slot> = Object.freeze(new Map<number, Slot>([]))

/** Equal atoms become one with the powers added. */
function merged(term: Term): Term {
  const { factors } = term
  if (factors.length < 2) return factors[0]?.power.n === 0n ? { ...term, factors: [] } : term
  const kept: Factor[] = []
  for (const factor of factors) {
    const at = kept.findIndex(other => sameAtom(other, factor))
    if (at < 0) kept.push(factor)
    else kept[at] = { ...kept[at]!, power: kept[at]!.power.add(factor.power) }
  }
  return { ...term, factors: kept.filter(({ power }) => power.n !== 0n) }
}

type Rewrite = (ring: Ring, term: Term) => Poly | undefined

/** What a term is replaced by; undefined when it is in normal form. */
function rewritten(ring: Ring, term: Term): Poly | undefined {
  for (const rewrite of REWRITES) {
    const next = rewrite(ring, term)
    if (next !== undefined) return next
  }
  return undefined
}

function without(factors: readonly Factor[], at: number): readonly Factor[] {
  return factors.filter((_, i) => i !== at)
}

/** A factor of the term replaced by a polynomial. */
function replaced(ring: Ring, term: Term, at: number, by: Poly): Poly {
  return crossed(ring, [{ ...term, factors: without(term.factors, at) }], by)
}

/** Kronecker's delta takes a bound index away, or tells that two letters are one. */
const deltas: Rewrite = (ring, term) => {
  const { factors, bound } = term
  for (const [at, { head, slots, power }] of factors.entries()) {
    if (head !== ring.delta) continue
    const [first, second] = slots as readonly [Slot, Slot]
    const rest = { ...term, factors: without(factors, at) }
    if (sameSlot(first, second)) return [rest]
    if (first.index === second.index) return NOTHING
    if (power !== ONE && !power.equals(ONE))
      return [{ ...term, factors: [...rest.factors, atom(head, slots)] }]
    for (const [from, to] of [
      [first, second],
      [second, first],
    ] as const) {
      if (!bound.includes(from.index) || from.offset !== 0 || !fits(ring, from, to)) continue
      return [moved({ ...rest, bound: bound.filter(index => index !== from.index) }, from.index, to)]
    }
    const free = (slot: Slot) => slot.index !== 0 && !bound.includes(slot.index)
    const pair = first.index < second.index ? [second, first] : [first, second]
    const [from, to] = pair as [Slot, Slot]
    const plain = from.offset === 0 && to.offset === 0
    const target = first.index === 0 ? first : second.index === 0 ? second : to
    const source = target === first ? second : first
    if (!(plain || target.index === 0) || !free(source) || (target.index !== 0 && !free(target))) continue
    if (source.offset !== 0) continue
    if (!rest.factors.some(factor => factor.slots.some(slot => slot.index === source.index))) continue
    const changed = moved(rest, source.index, target)
    return [{ ...changed, factors: [...changed.factors, atom(head, slots)] }]
  }
  return undefined
}

/** Whether the other slot surely runs within the range of a bound index. */
function fits(ring: Ring, from: Slot, to: Slot): boolean {
  const range = ring.rangeOf(from.index)
  const other = ring.rangeOf(to.index)
  if (to.index !== 0 && other !== '') return other === range && to.offset === 0
  return /^1\.\.\w+$/.test(range) && (to.index === 0 ? to.offset >= 1 : to.offset === 0)
}

function moved(term: Term, from: number, to: Slot): Term {
  const put = (slot: Slot): Slot =>
    slot.index === from ? { index: to.index, offset: to.offset + slot.offset } : slot
  return {
    ...term,
    factors: term.factors.map(factor => ({ ...factor, slots: factor.slots.map(put) })),
  }
}

/** Indicators and labels are their own squares; two sides of a comparison exclude each other. */
const indicators: Rewrite = (_, term) => {
  const { factors } = term
  for (const [at, factor] of factors.entries()) {
    const { kind } = factor.head
    if (kind !== 'above' && kind !== 'below' && kind !== 'binary') continue
    if (isWhole(factor.power) && factor.power.s > 0n && factor.power.n > 1n) {
      return [{ ...term, factors: [...without(factors, at), { ...factor, power: ONE }] }]
    }
    if (kind !== 'above') continue
    const key = factor.head.key.replace(/^above/, 'below')
    const excluded = factors.some(
      other => other.head.key === key && other.slots.every((slot, i) => sameSlot(slot, factor.slots[i]!)),
    )
    if (excluded) return NOTHING
  }
  return undefined
}

/** Whole powers of a prime belong to the number in front. */
const primes: Rewrite = (_, term) => {
  for (const [at, { head, power }] of term.factors.entries()) {
    if (head.kind !== 'prime') continue
    const whole = power.floor()
    if (whole.n === 0n) continue
    const value = powerRational(rational(Number(head.key.slice(2))), Number(whole.s * whole.n))
    const rest = power.sub(whole)
    const factors = without(term.factors, at)
    return [
      {
        ...term,
        coefficient: multiplyRational(term.coefficient, value),
        factors: rest.n === 0n ? factors : [...factors, atom(head, [], rest)],
      },
    ]
  }
  return undefined
}

/** `\sin^2` is `1 - \cos^2`. */
const sines: Rewrite = (ring, term) => {
  for (const [at, factor] of term.factors.entries()) {
    if (factor.head.kind !== 'sine' || factor.power.compare(2) < 0) continue
    const cosine = ring.made('other', 'cos', ring.bodyOf(factor))
    const rest: Poly = [
      { coefficient: ONE, factors: [], bound: [] },
      { coefficient: ONE.neg(), factors: [{ ...cosine, power: rational(2) }], bound: [] },
    ]
    const left: Poly = [{ coefficient: ONE, factors: [{ ...factor, power: factor.power.sub(2) }], bound: [] }]
    return replaced(ring, term, at, crossed(ring, left, rest))
  }
  return undefined
}

/** A sum to a power of one or more is multiplied out once. */
const expansions: Rewrite = (ring, term) => {
  for (const [at, factor] of term.factors.entries()) {
    const { head, power } = factor
    if ((head.kind !== 'sum' && !(head.kind === 'net' && head.arity > 0)) || power.compare(1) < 0) continue
    const left: Poly = [{ coefficient: ONE, factors: [{ ...factor, power: power.sub(1) }], bound: [] }]
    return replaced(ring, term, at, crossed(ring, ring.bodyOf(factor), left))
  }
  return undefined
}

/** What cancels against a power below zero of the same net, and nets of which a fact is known. */
const nets: Rewrite = (ring, term) => {
  const divides = term.factors.some(({ head, power }) => head.kind === 'net' && power.s < 0n)
  for (const [at, factor] of term.factors.entries()) {
    const known = factor.head.kind === 'net' ? ring.known.get(factor.head.key) : undefined
    if (known === undefined || !isWhole(factor.power) || factor.power.s < 0n) continue
    const left: Poly = [{ coefficient: ONE, factors: [{ ...factor, power: factor.power.sub(1) }], bound: [] }]
    return replaced(ring, term, at, crossed(ring, left, ring.put(known, slotsOf(factor))))
  }
  if (!divides && ring.known.size === 0) return undefined
  for (const index of term.bound) {
    const part = alone(term, index)
    if (part === undefined) continue
    const net = ring.made('net', 'net', [{ coefficient: ONE, factors: part.inside, bound: [index] }])
    const rest = { ...term, factors: part.outside, bound: term.bound.filter(each => each !== index) }
    const known = ring.known.get(net.head.key)
    if (known !== undefined) return crossed(ring, [rest], ring.put(known, slotsOf(net)))
    const at = part.outside.findIndex(other => other.power.s < 0n && sameAtom(other, net))
    if (at < 0) continue
    const below = part.outside[at]!
    return [{ ...rest, factors: [...without(part.outside, at), { ...below, power: below.power.add(1) }] }]
  }
  return undefined
}

function slotsOf({ slots }: Factor): ReadonlyMap<number, Slot> {
  return new Map(slots.map((slot, i) => [-1 - i, slot]))
}

/** A matrix beside its inverse is the identity. */
const inverses: Rewrite = (ring, term) => {
  const { factors, bound } = term
  for (const [at, inverse] of factors.entries()) {
    const inside = inverse.head.kind === 'inverse' ? inverse.head.body : undefined
    const base = inside?.length === 1 && inside[0]!.bound.length === 0 ? inside[0]! : undefined
    if (base?.factors.length !== 1 || !inverse.power.equals(ONE)) continue
    const like = base.factors[0]!
    for (const side of [0, 1] as const) {
      const shared = inverse.slots[side]!
      if (shared.offset !== 0 || !bound.includes(shared.index)) continue
      const users = factors.filter(({ slots }) => slots.some(({ index }) => index === shared.index))
      if (users.length !== 2) continue
      const other = users.find(each => each !== inverse)!
      const place = factors.indexOf(other)
      if (other.head !== like.head || !other.power.equals(like.power) || !like.power.equals(ONE)) continue
      const far = partner(other, like, shared, side)
      if (far === undefined) continue
      const rest = factors.filter((_, i) => i !== at && i !== place)
      return [
        {
          coefficient: term.coefficient.div(base.coefficient),
          bound: bound.filter(index => index !== shared.index),
          factors: [...rest, atom(ring.delta, [inverse.slots[1 - side]!, far])],
        },
      ]
    }
  }
  return undefined
}

/** The slot of a matrix at the far end from the inverse; undefined when the two do not stand side by side. */
function partner(matrix: Factor, like: Factor, shared: Slot, side: 0 | 1): Slot | undefined {
  // The inverse has its row where the matrix has its column.
  const near = like.slots.findIndex(({ index }) => index === (side === 0 ? -2 : -1))
  const away = like.slots.findIndex(({ index }) => index === (side === 0 ? -1 : -2))
  if (near < 0 || away < 0) return undefined
  if (sameSlot(matrix.slots[near]!, shared)) return matrix.slots[away]
  return matrix.head.symmetric && sameSlot(matrix.slots[away]!, shared) ? matrix.slots[near] : undefined
}

/** A sum over an index that nothing depends on counts. */
const counted: Rewrite = (ring, term) => {
  const { bound, factors } = term
  const idle = bound.find(index => !factors.some(({ slots }) => slots.some(slot => slot.index === index)))
  if (idle === undefined) return undefined
  return crossed(ring, [{ ...term, bound: bound.filter(index => index !== idle) }], ring.sizeOf(idle))
}

/**
 * Beside a power below zero of a sum, its leading term is what the others leave of the whole: in `e^z (1 + e^z)^{-1}`
 * it is `1 - (1 + e^z)^{-1}`. Below zero, the constant term plays that part.
 */
const reductions: Rewrite = (ring, term) => {
  for (const [at, factor] of term.factors.entries()) {
    if (factor.head.kind !== 'sum' || factor.power.s > 0n) continue
    const body = ring.bodyOf(factor)
    const lead = leadOf(ring, factor.head, body)
    if (lead === undefined) continue
    const base = { ...term, factors: without(term.factors, at) }
    const quotient = dividedBy(base, lead.term)
    if (quotient !== undefined) return exchanged(ring, quotient, factor, lead.term, lead.others)
    if (lead.constant === undefined) continue
    const inverse = term.factors.findIndex(
      each => each.power.s < 0n && lead.term.factors.some(other => sameAtom(other, each)) && each !== factor,
    )
    if (inverse < 0 || !lead.single) continue
    return exchanged(ring, base, factor, lead.constant, lead.withoutConstant)
  }
  return undefined
}

/** `m D^q` with a term m of D: `D^{q+1} - (D - m) D^q`, over the coefficient of m. */
function exchanged(ring: Ring, base: Term, factor: Factor, part: Term, others: Poly): Poly {
  const over = ONE.div(part.coefficient)
  const raised: Factor = { ...factor, power: factor.power.add(1) }
  const first: Poly = [{ coefficient: over, factors: raised.power.n === 0n ? [] : [raised], bound: [] }]
  const second = scaled(
    others.map(each => ({ ...each, factors: [...each.factors, factor] })),
    over.neg(),
  )
  return crossed(ring, [base], [...first, ...second])
}

/** A term without the factors of another; undefined when it does not have them all. */
function dividedBy(term: Term, by: Term): Term | undefined {
  const factors = [...term.factors]
  for (const each of by.factors) {
    const at = factors.findIndex(other => sameAtom(other, each))
    if (at < 0 || factors[at]!.power.compare(each.power) < 0) return undefined
    const power = factors[at]!.power.sub(each.power)
    factors[at] = { ...factors[at]!, power }
  }
  return { ...term, factors: factors.filter(({ power }) => power.n !== 0n) }
}

/** A net without free indices is one number: an atom. */
const closed: Rewrite = (ring, term) => {
  const found = closedNets(term)
  if (found === undefined) return undefined
  const atoms = found.nets.map(net => ring.made('net', 'net', [net], { positive: isPositiveNet(net) }))
  return [{ ...term, factors: [...found.rest, ...atoms], bound: found.bound }]
}

export function isPositiveNet({ factors }: Term): boolean {
  return factors.every(({ head, power }) => head.positive || isEven(power))
}

export function isEven(power: Rational): boolean {
  return isWhole(power) && power.n % 2n === 0n
}

const REWRITES: readonly Rewrite[] = [
  deltas,
  indicators,
  primes,
  sines,
  expansions,
  inverses,
  nets,
  counted,
  reductions,
  closed,
]
