import { ONE } from '../base/rational.js'
import type { Factor, Term } from './algebra.js'

interface Alone {
  readonly inside: readonly Factor[]
  readonly outside: readonly Factor[]
}

/** The factors that a bound index stands in, and the others; undefined when it stands in none. */
export function alone({ factors }: Term, index: number): Alone | undefined {
  const inside = factors.filter(({ slots }) => slots.some(slot => slot.index === index))
  if (inside.length === 0) return undefined
  return { inside, outside: factors.filter(factor => !inside.includes(factor)) }
}

interface Closed {
  readonly nets: readonly Term[]
  readonly rest: readonly Factor[]
  readonly bound: readonly number[]
}

/** The parts of a term that hang together by bound indices and have no free one; undefined when there is none. */
export function closedNets({ factors, bound }: Term): Closed | undefined {
  if (bound.length === 0) return undefined
  const parent = new Map(bound.map(index => [index, index]))
  const root = (index: number): number => {
    let at = index
    while (parent.get(at) !== at) at = parent.get(at)!
    return at
  }
  const boundIn = ({ slots }: Factor) => slots.map(({ index }) => index).filter(index => parent.has(index))
  for (const factor of factors) {
    const [first, ...others] = boundIn(factor)
    for (const other of others) parent.set(root(other), root(first!))
  }
  const open = new Set<number>()
  for (const factor of factors) {
    const [first] = boundIn(factor)
    const free = factor.slots.some(({ index }) => index !== 0 && !parent.has(index))
    if (first !== undefined && free) open.add(root(first))
  }
  const parts = new Map<number, Factor[]>()
  const rest: Factor[] = []
  for (const factor of factors) {
    const [first] = boundIn(factor)
    const at = first === undefined ? undefined : root(first)
    if (at === undefined || open.has(at)) rest.push(factor)
    else parts.set(at, [...(parts.get(at) ?? []), factor])
  }
  if (parts.size === 0) return undefined
  return {
    nets: [...parts].map(([at, inside]) => ({
      coefficient: ONE,
      factors: inside,
      bound: bound.filter(index => root(index) === at),
    })),
    rest,
    bound: bound.filter(index => !parts.has(root(index))),
  }
}
