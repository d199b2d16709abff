import { rationalText } from '../base/rational.js'
import type { Factor, Poly, Slot, Term } from './algebra.js'
import type { Ring } from './ring.js'

/** More ways to number the bound indices of one term are not tried; then equal terms may look different. */
const MOST_ORDERS = 24

/** A text for a term, in which bound indices are numbered; equal terms have one text. */
export function termKey(ring: Ring, term: Term, names: ReadonlyMap<number, string> = NO_NAMES): string {
  const { factors, bound } = term
  if (bound.length === 0) return factorsKey(factors, names)
  const colors = refine(ring, term, names)
  const classes = new Map<string, number[]>()
  for (const index of bound) {
    const color = colors.get(index)!
    const known = classes.get(color)
    if (known) known.push(index)
    else classes.set(color, [index])
  }
  const groups = [...classes].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group)
  let best: string | undefined
  for (const order of ordersOf(groups)) {
    const named = new Map(names)
    for (const [i, index] of order.entries()) named.set(index, `b${i}`)
    const key = factorsKey(factors, named)
    if (best === undefined || key < best) best = key
  }
  const ranges = groups.flat().map(index => ring.rangeOf(index))
  return `Σ${ranges.join(',')}:${best}`
}

const NO_NAMES: ReadonlyMap<number, string> = Object.freeze(new Map<number, string>([]))

function slotKey({ index, offset }: Slot, names: ReadonlyMap<number, string>): string {
  if (index === 0) return `#${offset}`
  const name = names.get(index) ?? `f${index}`
  return offset === 0 ? name : `${name}+${offset}`
}

function factorKey({ head, slots, power }: Factor, names: ReadonlyMap<number, string>): string {
  const texts = slots.map(slot => slotKey(slot, names))
  if (head.symmetric) texts.sort()
  return `${head.id}[${texts.join(',')}]^${rationalText(power)}`
}

function factorsKey(factors: readonly Factor[], names: ReadonlyMap<number, string>): string {
  return factors
    .map(factor => factorKey(factor, names))
    .sort()
    .join('·')
}

/** Tells bound indices apart by where they stand, and by what they stand beside. */
function refine(
  ring: Ring,
  { factors, bound }: Term,
  names: ReadonlyMap<number, string>,
): Map<number, string> {
  let colors = new Map(bound.map(index => [index, ring.rangeOf(index)]))
  for (let round = 0; round < 3; round++) {
    const now = new Map([
      ...names,
      ...[...colors].map(([index, color]): [number, string] => [index, `(${color})`]),
    ])
    const seen = new Map<number, string[]>(bound.map(index => [index, []]))
    for (const factor of factors) {
      const text = factorKey(factor, now)
      factor.slots.forEach((slot, place) => {
        const at = factor.head.symmetric ? '' : place
        seen.get(slot.index)?.push(`${text}@${at}+${slot.offset}`)
      })
    }
    const next = new Map<number, string>()
    for (const [index, texts] of seen) next.set(index, `${ring.rangeOf(index)}|${texts.sort().join(';')}`)
    const classes = [...new Set(next.values())].sort()
    const distinct = new Set(colors.values()).size
    colors = new Map([...next].map(([index, text]) => [index, `c${classes.indexOf(text)}`]))
    if (round > 0 && classes.length === distinct) break
  }
  return colors
}

/** The orders in which indices may be numbered: within each group all, while these are few. */
function ordersOf(groups: readonly (readonly number[])[]): readonly (readonly number[])[] {
  let orders: readonly (readonly number[])[] = [[]]
  for (const group of groups) {
    const ways = group.length <= 4 ? permutations(group) : [group]
    const kept = orders.length * ways.length <= MOST_ORDERS ? ways : [group]
    orders = orders.flatMap(order => kept.map(way => [...order, ...way]))
  }
  return orders
}

function permutations(items: readonly number[]): readonly (readonly number[])[] {
  if (items.length < 2) return [items]
  return items.flatMap((item, i) =>
    permutations(items.filter((_, k) => k !== i)).map(rest => [item, ...rest]),
  )
}

/** A text for a polynomial; `names` are what its free indices are called. */
export function polyKey(ring: Ring, poly: Poly, names: ReadonlyMap<number, string> = NO_NAMES): string {
  return poly
    .map(term => `${rationalText(term.coefficient)}*${termKey(ring, term, names)}`)
    .sort()
    .join(' + ')
}

interface BodyKey {
  readonly key: string
  /** The free indices in the order of the slots. */
  readonly order: readonly number[]
  readonly symmetric: boolean
}

/** The form of a body whatever its free indices are called, and the order that its form gives them. */
export function bodyKey(ring: Ring, body: Poly): BodyKey {
  const free = freeIndices(body)
  const orders = free.length <= 3 ? permutations(free) : [free]
  let best: BodyKey | undefined
  for (const order of orders) {
    const names = new Map(order.map((index, i) => [index, `p${i}`]))
    const key = polyKey(ring, body, names)
    if (best === undefined || key < best.key) best = { key, order, symmetric: false }
    else if (key === best.key && order.length === 2) best = { ...best, symmetric: true }
  }
  return best ?? { key: '', order: [], symmetric: false }
}

/** The free indices in the order of first appearance. */
export function freeIndices(poly: Poly): readonly number[] {
  const found = new Set<number>()
  for (const { factors, bound } of poly) {
    for (const { slots } of factors) {
      for (const { index } of slots) if (index !== 0 && !bound.includes(index)) found.add(index)
    }
  }
  return [...found]
}
