import { productOfDims, sumOfDims, termsOfDim } from './dimension.js'
import type { Dim } from './shape.js'

/** Where a member of a family stands: a whole number, or one letter with or without a number: `3`, `i+1`, `L-1`. */
export type Index = Dim

/** Quantities, sizes or functions that differ in an index alone: `W_i`, `a^{(l)}`, `n_i`, `\sigma_i`. */
export interface Family {
  /** What stands before the index, in canonical spelling: `W`, `hat{y}`, `W_{xh}`. */
  readonly base: string
  /** What stands behind it: a label or primes, mostly nothing. */
  readonly tail: string
  readonly place: 'below' | 'above'
  /** Brackets around an index above: `(` and `)` of `a^{(l)}`, or nothing. */
  readonly brackets: readonly [string, string]
}

export interface Member {
  readonly family: Family
  readonly index: Index
}

/** Which quantity of a family a sum over the index adds up, and over which values. */
export interface Total {
  readonly letter: string
  readonly low: Index
  readonly high: Index
}

/** An index taken apart. */
interface SplitIndex {
  readonly letter: string | undefined
  readonly offset: number
}

export function splitIndex(index: Index): SplitIndex {
  const terms = termsOfDim(index)
  const letter = terms.find(term => term.names.length > 0)?.names[0]
  return { letter, offset: terms.find(term => term.names.length === 0)?.coefficient ?? 0 }
}

/** Whether a size can be an index: one letter at most, once. */
export function isIndex(dim: Dim): boolean {
  const named = termsOfDim(dim).filter(({ names }) => names.length > 0)
  return (
    named.length === 0 || (named.length === 1 && named[0]!.names.length === 1 && named[0]!.coefficient === 1)
  )
}

/** An index with its letter put in: `i+1` at `i = L` is `L+1`. */
export function indexAt(index: Index, by: ReadonlyMap<string, Index>): Index {
  const { letter, offset } = splitIndex(index)
  const value = letter === undefined ? undefined : by.get(letter)
  return value === undefined ? index : sumOfDims(value, offset)
}

/** Order of two indices when the recurrence is deep: a number comes before the letter of the depth. */
export function compareIndices(a: Index, b: Index): number {
  const [x, y] = [splitIndex(a), splitIndex(b)]
  const depth = Number(x.letter !== undefined) - Number(y.letter !== undefined)
  return depth !== 0 ? depth : x.offset - y.offset
}

/** The canonical name of a member. */
export function memberName({ family: { base, tail, place, brackets }, index }: Member): string {
  const text = String(index)
  if (place === 'above') return `${base}^{${brackets[0]}${text}${brackets[1]}}${tail}`
  return text.length === 1 ? `${base}_${text}${tail}` : `${base}_{${text}}${tail}`
}

/** Reads a canonical name as a member of one of the families, its index made of the given letters. */
export function memberOf(
  name: string,
  families: Iterable<Family>,
  letters: ReadonlySet<string>,
): Member | undefined {
  for (const family of families) {
    const { base, tail, place, brackets } = family
    if (!name.startsWith(base) || !name.endsWith(tail) || name.length <= base.length + tail.length) continue
    const script = name.slice(base.length, name.length - tail.length)
    const [open, close] = place === 'above' ? [`^{${brackets[0]}`, `${brackets[1]}}`] : ['_{', '}']
    const single = place === 'below' && script.length === 2 && script[0] === '_'
    if (!single && !(script.startsWith(open) && script.endsWith(close))) continue
    const text = single ? script[1]! : script.slice(open.length, script.length - close.length)
    const index: Index = /^-?[0-9]+$/.test(text) ? Number(text) : text
    if (!/^[^{}_^()]+$/.test(text) || !isIndex(index)) continue
    const { letter } = splitIndex(index)
    if (letter === undefined || letters.has(letter)) return { family, index }
  }
  return undefined
}

/** A size with the letters put into the indices of the names it is made of; `read` tells which names have one. */
export function dimAt(
  dim: Dim,
  by: ReadonlyMap<string, Index>,
  read: (name: string) => Member | undefined,
  ends: ReadonlyMap<string, Dim>,
): Dim {
  if (typeof dim === 'number') return dim
  let total: Dim = 0
  for (const { coefficient, names } of termsOfDim(dim)) {
    let term: Dim = coefficient
    for (const name of names) {
      const member = read(name)
      const moved =
        member === undefined
          ? (by.get(name) ?? name)
          : memberName({ ...member, index: indexAt(member.index, by) })
      term = productOfDims(term, typeof moved === 'string' ? (ends.get(moved) ?? moved) : moved)
    }
    total = sumOfDims(total, term)
  }
  return total
}
