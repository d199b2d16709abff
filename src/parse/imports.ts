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
  const stack = [...roots]
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const node = bare(next)
    const parts = nameParts(node)
    if (parts !== undefined) {
      bases.add(parts.base)
      for (const above of [parts.superscripts, []]) {
        const name = assemble(parts, items(parts.subscripts), above, 0)
        if (name !== undefined) names.add(name)
      }
      stack.push(...parts.subscripts, ...parts.superscripts)
    } else stack.push(...childrenOf(node))
  }
  return { names, bases }
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

/** The earlier statements that some later ones rest on: the last that declares, defines and gives a value to each name. */
export function importsOf(own: readonly Naming[], earlier: readonly Naming[]): Imports {
  const redefined = new Set(own.flatMap(({ heads }) => heads.map(({ name }) => name)))
  const needed = new Set<Naming>()
  const stale: Head[] = []
  for (let open: readonly Naming[] = own; open.length > 0; ) {
    const found = new Set<Naming>()
    const settled = new Set<string>()
    for (const naming of earlier.toReversed()) {
      for (const head of naming.heads) {
        const key = `${head.role} ${head.name}`
        if (settled.has(key) || redefined.has(head.name)) continue
        if (!open.some(each => speaksOf(each, head))) continue
        settled.add(key)
        if (!needed.has(naming)) found.add(naming)
      }
    }
    for (const naming of found) {
      if (restsOn(naming, redefined)) stale.push(...naming.heads.filter(({ role }) => role === 'defined'))
      else needed.add(naming)
    }
    open = [...found].filter(naming => needed.has(naming))
  }
  return { needed: earlier.filter(naming => needed.has(naming)), stale }
}

/** Whether a definition uses a name that was given a new meaning since. */
function restsOn({ heads, used }: Naming, redefined: ReadonlySet<string>): boolean {
  return heads.some(({ role }) => role === 'defined') && [...used.names].some(name => redefined.has(name))
}
