/**
 * A seeded source of numbers, the same on every machine: xorshift128 over 32-bit integers, seeded through a
 * multiplicative hash of the text. Every function that draws takes one of these; nothing draws from the clock.
 */
export interface Random {
  /** Uniform in [0, 1), 32 bits of it. */
  next(): number
  /** Uniform in [low, high). */
  between(low: number, high: number): number
  /** An integer from low to high, both included. */
  integer(low: number, high: number): number
  /** One of the items; the list must not be empty. */
  pick<T>(items: readonly T[]): T
}

export function seededRandom(seed: string): Random {
  let h = 2166136261
  for (let i = 0; i < seed.length; i++) h = Math.imul(h ^ seed.charCodeAt(i), 16777619)
  const word = () => {
    h = Math.imul(h ^ (h >>> 16), 2246822507)
    h = Math.imul(h ^ (h >>> 13), 3266489909)
    h = (h ^ (h >>> 16)) + 0x9e3779b9
    return h >>> 0 || 1
  }
  let [a, b, c, d] = [word(), word(), word(), word()]
  const next = () => {
    let t = a ^ (a << 11)
    a = b
    b = c
    c = d
    t ^= t >>> 8
    d = (d ^ (d >>> 19) ^ t) >>> 0
    return d / 4294967296
  }
  const between = (low: number, high: number) => low + (high - low) * next()
  const integer = (low: number, high: number) => low + Math.floor(next() * (high - low + 1))
  return { next, between, integer, pick: items => items[integer(0, items.length - 1)]! }
}
