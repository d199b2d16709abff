import { type Random, seededRandom } from '../../src/base/random.js'
import type { Nested } from '../../src/base/tensor.js'
import type { Quantity } from './quantity.js'

/** Backslashes as they are. */
export const tex = String.raw

/**
 * What a quantity is, in words with spaces between: its sizes; then where it lies: `>0`, `unit` (0 to 1), `bit`, `sign`,
 * `symmetric`, `definite`, `onehot`, `simplex`; or only how its numbers are drawn: `up` (positive), `small` (below 1 in
 * size), `spread` (far from zero and from one another); `each i` for a family; `as NAME` for its name in LaTeX.
 */
type Specs<K extends string> = Readonly<Record<K, string>>

/** The text of a function: the last is the function itself, what stands before it are definitions. */
type Text = string | readonly string[]

interface Words<K extends string> {
  readonly latex: Text
  /** Left out where only the LaTeX is of interest. */
  readonly plain?: Text
  /** The declarations in LaTeX, where the usual ones would not do. */
  readonly declared?: readonly string[]
  /** The variable, by its plain name. */
  readonly by: string
  readonly order?: 2
  /** The reference program. */
  readonly is: (given: Readonly<Record<K | typeof SELF, Quantity>>) => Quantity
  /** Facts, in LaTeX and plain. */
  readonly assume?: readonly (readonly [string, string])[]
  /** Further declarations, in LaTeX and plain, such as those of indices. */
  readonly also?: readonly (readonly [string, string])[]
  /** Sizes that are not to be drawn. */
  readonly sizes?: Readonly<Record<string, number>>
  /** How a defined variable follows from what is given. */
  readonly self?: (given: Readonly<Record<K, Quantity>>) => Quantity
  /** Why an answer may stand in entries or as a sum over an index: there is no matrix notation for it. */
  readonly inEntries?: true
}

/** The variable by which is differentiated, where that is a defined name. */
export const SELF = 'self'

export interface Quantified {
  readonly name: string
  readonly latex: string
  readonly sizes: readonly string[]
  readonly words: readonly string[]
  readonly family: string | undefined
}

export interface Question extends Omit<Words<string>, 'is' | 'self'> {
  readonly id: string
  readonly group: string
  readonly quantities: readonly Quantified[]
  readonly is: (given: Readonly<Record<string, Quantity>>) => Quantity
  readonly self: ((given: Readonly<Record<string, Quantity>>) => Quantity) | undefined
}

/** A question without its number. */
export type Draft = Omit<Question, 'id' | 'group'>

export function ask<K extends string>(specs: Specs<K>, words: Words<K>): Draft {
  const quantities = Object.entries<string>(specs).map(([name, spec]) => quantified(name, spec))
  return {
    ...words,
    quantities,
    is: given => words.is(given as Record<K | typeof SELF, Quantity>),
    self: words.self && (given => words.self!(given as Record<K, Quantity>)),
  }
}

/** Numbers the questions of a group. */
export function group(name: string, drafts: readonly Draft[]): readonly Question[] {
  return drafts.map((draft, k) => ({
    ...draft,
    group: name,
    id: `${name}-${String(k + 1).padStart(2, '0')}`,
  }))
}

const PLACES = [
  '>0',
  'unit',
  'bit',
  'sign',
  'symmetric',
  'definite',
  'onehot',
  'simplex',
  'up',
  'small',
  'spread',
]

function quantified(name: string, spec: string): Quantified {
  const [shape, latex] = spec.split(/ ?\bas /)
  const [left, family] = shape!.split(/ ?\beach /)
  const all = left!.split(' ').filter(word => word !== '')
  const words = all.filter(word => PLACES.includes(word))
  const sizes = all.filter(word => !PLACES.includes(word))
  return { name, latex: latex ?? latexOf(name), sizes, words, family }
}

const GREEK =
  /^(?:alpha|beta|gamma|delta|epsilon|eta|theta|kappa|lambda|mu|nu|xi|rho|sigma|tau|phi|psi|omega|Sigma|Lambda|Theta|Phi)$/

/** `W1` is W_1, `w11` is w_{11}, `mu` is μ. */
export function latexOf(name: string): string {
  const [, letters, digits] = /^([A-Za-z]+)(\d*)$/.exec(name)!
  const head = GREEK.test(letters!) ? `\\${letters}` : letters!
  if (digits === '') return head
  return digits!.length === 1 ? `${head}_${digits}` : `${head}_{${digits}}`
}

/** Numbers for the sizes of a question: different ones, from 2 on. */
export function sizesOf(question: Question): ReadonlyMap<string, number> {
  const random = seededRandom(`sizes of ${question.id}`)
  const sizes = new Map(Object.entries(question.sizes ?? {}))
  const free = [2, 3, 4, 5, 6, 7].filter(size => ![...sizes.values()].includes(size))
  const letters = new Set(question.quantities.flatMap(each => each.sizes).flatMap(lettersOf))
  for (const letter of letters) {
    if (sizes.has(letter)) continue
    const [size] = free.splice(random.integer(0, Math.min(2, free.length - 1)), 1)
    sizes.set(letter, size!)
  }
  return sizes
}

const lettersOf = (size: string) => size.match(/[A-Za-z](?:_\w+)?/g) ?? []

export function sideOf(size: string, sizes: ReadonlyMap<string, number>): number {
  const factor = (part: string) => sizes.get(part) ?? Number(part)
  const term = (part: string) =>
    part
      .split('*')
      .map(factor)
      .reduce((left, right) => left * right)
  return size
    .split('+')
    .map(term)
    .reduce((left, right) => left + right)
}

/** Numbers for the quantities of a question, by plain name, drawn where each of them lies. */
export function bindingsOf(question: Question): ReadonlyMap<string, Nested> {
  const random = seededRandom(question.id)
  const sizes = sizesOf(question)
  const bindings = new Map<string, Nested>()
  for (const quantity of question.quantities) {
    const sides = quantity.sizes.map(size => sideOf(size, sizes))
    bindings.set(quantity.name, drawn(quantity, sides, random))
  }
  return bindings
}

const list = (count: number, make: (index: number) => number) =>
  Array.from({ length: count }, (_, i) => make(i))

function drawn({ words, family }: Quantified, sides: readonly number[], random: Random): Nested {
  const [rows, columns] = sides
  const one = oneOf(words, random)
  if (rows === undefined) return one()
  const column = columns === undefined ? columnOf(words, rows, random) : undefined
  if (column !== undefined) return column
  if (columns === undefined) return list(rows, one)
  const kind = words.find(word => word === 'onehot' || word === 'simplex')
  if (kind !== undefined) return Array.from({ length: rows }, () => columnOf([kind], columns, random)!)
  const square = rows === columns && family === undefined && words.length === 0
  const entries = Array.from({ length: rows }, (_, i) =>
    list(columns, j => one() + (square && i === j ? 1.6 : 0)),
  )
  if (words.includes('symmetric'))
    return entries.map((row, i) => row.map((_, j) => entries[Math.min(i, j)]![Math.max(i, j)]!))
  if (!words.includes('definite')) return entries
  return entries.map((row, i) =>
    entries.map((other, j) => row.reduce((sum, entry, k) => sum + entry * other[k]!, i === j ? 0.8 : 0)),
  )
}

function columnOf(words: readonly string[], size: number, random: Random): readonly number[] | undefined {
  if (words.includes('onehot')) {
    const place = random.integer(0, size - 1)
    return list(size, i => (i === place ? 1 : 0))
  }
  if (!words.includes('simplex')) return undefined
  const parts = list(size, () => random.between(0.2, 1))
  const all = parts.reduce((left, right) => left + right)
  return parts.map(part => part / all)
}

/** One number, with four digits after the point so that a request can be read. */
function oneOf(words: readonly string[], random: Random): () => number {
  const round = (value: number) => Math.round(value * 1e4) / 1e4
  const between = (low: number, high: number) => () => round(random.between(low, high))
  for (const word of words) {
    if (word === '>0' || word === 'up') return between(0.4, 2)
    if (word === 'unit') return between(0.1, 0.9)
    if (word === 'small') return between(-0.8, 0.8)
    if (word === 'bit') return () => random.integer(0, 1)
    if (word === 'sign') return () => 2 * random.integer(0, 1) - 1
    if (word === 'spread') return () => round(random.between(0.5, 3) * (2 * random.integer(0, 1) - 1))
  }
  return between(-1.5, 1.5)
}
