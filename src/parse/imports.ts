import { childrenOf } from './children.js'
import { assemble, bare, items, type NameParts, nameParts, scriptText } from './elaborate/names.js'
import type { Purpose } from './elaborate/statement-kinds.js'
import { sortStatements } from './elaborate/statements.js'
import type { Statement } from './read.js'
import type { Syntax } from './syntax.js'

/** A statement, and what it may be. */
export interface Source {
  readonly statement: Statement
  readonly purpose: Purpose
}

/** What a statement says about names, by its form alone. */
export interface Naming {
  readonly source: Source
  /** Names it declares, defines or gives a value to. */
  readonly heads: readonly Head[]
  readonly used: Used
  /** Whether it asks for a derivative. */
  readonly asks: boolean
}

interface Head {
  /** With its scripts, in canonical spelling. */
  readonly name: string
  readonly base: string
  /** Whether letters among its scripts may run: `x_i`, `Z_{i+1}`. */
  readonly runs: boolean
  readonly role: 'declared' | 'defined' | 'valued'
}

interface Used {
  /** Names with all their scripts, and the same without what stands above them. */
  readonly names: ReadonlySet<string>
  readonly bases: ReadonlySet<string>
  /** The numbers below a letter: 0 and 1 of `W_0` and `W_1`. */
  readonly numbers: ReadonlyMap<string, ReadonlySet<string>>
}

/** Reads off a statement what it names and uses. */
export function namingOf(source: Source): Naming {
  const { statement } = source
  const used = usedIn([statement.body, ...statement.tail])
  if (statement.continues !== null) return { source, heads: [], used, asks: false }
  const sorted = sortStatements([source])
  const heads: Head[] = []
  const add = (parts: NameParts | undefined, role: Head['role']) => {
    const head = parts && headOf(parts, role)
    if (head !== undefined) heads.push(head)
  }
  for (const { names } of sorted.declarations) for (const name of names) add(nameParts(name), 'declared')
  for (const { name } of sorted.maps) add(nameParts(name), 'declared')
  for (const { range } of sorted.ranges) {
    heads.push({ name: range.letter, base: range.letter, runs: false, role: 'declared' })
  }
  for (const { left } of sorted.equations) add(nameParts(left), 'defined')
  for (const { parts } of sorted.functions) add(parts, 'defined')
  for (const { name } of sorted.values) add(nameParts(name), 'valued')
  return { source, heads, used, asks: sorted.questions.length > 0 }
}

function headOf(parts: NameParts, role: Head['role']): Head | undefined {
  const name = assemble(parts, items(parts.subscripts), parts.superscripts, parts.primes)
  if (name === undefined) return undefined
  const scripts = [...parts.subscripts, ...parts.superscripts].map(script => scriptText(script))
  return { name, base: parts.base, runs: scripts.some(text => /[a-z]/.test(text ?? 'a')), role }
}

function usedIn(roots: readonly Syntax[]): Used {
  const names = new Set<string>()
  const bases = new Set<string>()
  const numbers = new Map<string, Set<string>>()
  const stack = [...roots]
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const node = bare(next)
    const parts = nameParts(node)
    if (parts !== undefined) {
      bases.add(parts.base)
      const below = parts.subscripts.length === 1 ? scriptText(parts.subscripts[0]!) : undefined
      if (below !== undefined && /^\d+$/.test(below)) {
        const known = numbers.get(parts.base)
        if (known) known.add(below)
        else numbers.set(parts.base, new Set([below]))
      }
      for (const above of [parts.superscripts, []]) {
        const name = assemble(parts, items(parts.subscripts), above, 0)
        if (name !== undefined) names.add(name)
      }
      stack.push(...parts.subscripts, ...parts.superscripts)
    } else stack.push(...childrenOf(node))
  }
  return { names, bases, numbers }
}

/** Whether a statement speaks of what another one introduces: by its name, an entry of it, or a member. */
export function speaksOf({ used }: Naming, { name, base, runs }: Head): boolean {
  return used.names.has(name) || (used.bases.has(base) && (runs || name === base))
}

export interface Imports {
  /** Earlier statements, in their order. */
  readonly needed: readonly Naming[]
  /** What they introduce that has another meaning now, since it rests on names that were given a new one. */
  readonly stale: readonly Head[]
}

interface Introduced {
  readonly naming: Naming
  readonly head: Head
  /** Where in the document it stands, among those that introduce something. */
  readonly at: number
}

/** What stands before some statements, found by name: of each name the last that declares, defines and gives a value. */
export class Earlier {
  readonly #before: Earlier | undefined
  readonly #byName = new Map<string, Map<string, Introduced>>()
  /** Heads that are spoken of by their letter alone. */
  readonly #byBase = new Map<string, Map<string, Introduced>>()
  #end: number

  constructor(namings: readonly Naming[] = [], before?: Earlier) {
    this.#before = before
    this.#end = before === undefined ? 0 : before.#end
    this.add(namings)
  }

  /** Adds statements that stand behind those so far. */
  add(namings: readonly Naming[]): void {
    for (const naming of namings) {
      for (const head of naming.heads) {
        const introduced = { naming, head, at: this.#end++ }
        const key = `${head.role} ${head.name}`
        listed(this.#byName, head.name).set(key, introduced)
        if (head.runs || head.name === head.base) listed(this.#byBase, head.base).set(key, introduced)
      }
    }
  }

  /** What a statement speaks of, by role and name. */
  spokenOf(naming: Naming): ReadonlyMap<string, Introduced> {
    const { used } = naming
    const found = new Map(this.#before?.spokenOf(naming))
    for (const name of used.names)
      for (const [key, each] of this.#byName.get(name) ?? []) found.set(key, each)
    for (const base of used.bases)
      for (const [key, each] of this.#byBase.get(base) ?? []) found.set(key, each)
    return found
  }
}

function listed<T>(table: Map<string, Map<string, T>>, key: string): Map<string, T> {
  const known = table.get(key)
  if (known !== undefined) return known
  const made = new Map<string, T>()
  table.set(key, made)
  return made
}

/** The earlier statements that some later ones rest on. */
export function importsOf(own: readonly Naming[], earlier: Earlier): Imports {
  const redefined = new Set(own.flatMap(({ heads }) => heads.map(({ name }) => name)))
  const needed = new Map<Naming, number>()
  const stale: Head[] = []
  const seen = new Set<Naming>()
  for (let open: readonly Naming[] = own; open.length > 0; ) {
    const next: Naming[] = []
    for (const each of open) {
      for (const { naming, head, at } of earlier.spokenOf(each).values()) {
        if (redefined.has(head.name) || seen.has(naming)) continue
        seen.add(naming)
        if (restsOn(naming, redefined)) stale.push(...naming.heads.filter(({ role }) => role === 'defined'))
        else {
          needed.set(naming, at)
          next.push(naming)
        }
      }
    }
    open = next
  }
  return { needed: [...needed].sort((a, b) => a[1] - b[1]).map(([naming]) => naming), stale }
}

/** Whether a definition uses a name that was given a new meaning since. */
function restsOn({ heads, used }: Naming, redefined: ReadonlySet<string>): boolean {
  return heads.some(({ role }) => role === 'defined') && [...used.names].some(name => redefined.has(name))
}
