import type { Limits } from '../base/limits.js'
import type { Given, Problem, Reading } from '../expr/problem.js'
import { elaborate } from './elaborate/elaborate.js'
import type { Material } from './elaborate/material.js'
import { canonicalText, nameParts } from './elaborate/names.js'
import { newSession } from './elaborate/new-session.js'
import type { OpWords, Session } from './elaborate/reader.js'
import type { Sorted } from './elaborate/statement-kinds.js'
import { sortStatements } from './elaborate/statements.js'
import type { Source } from './imports.js'
import { findRecurrence } from './layers/find.js'
import { readLayers } from './layers/read.js'
import type { Dialect } from './lexer/vocabulary.js'
import type { DeclarationObject } from './options.js'
import type { Syntax } from './syntax.js'

export interface Collected extends Pick<Material, 'sizes' | 'asks' | 'strict' | 'textAt'> {
  readonly sources: readonly Source[]
  readonly objects: readonly (DeclarationObject & { readonly canonical: string })[]
  readonly declare: (session: Session) => void
  /** Names of which the document's own declarations do not count. */
  readonly overridden: ReadonlySet<string>
  /** Numbers given beside the text, as arrays, and as they were given. */
  readonly bindings: () => Material['bindings']
  readonly given: () => ReadonlyMap<string, Given>
  readonly settings: {
    readonly dialect: Dialect
    readonly words: OpWords
    readonly limits: Limits
    readonly given?: boolean
  }
  readonly readings: readonly Reading[]
}

/** Makes sense of what was collected: of a recurrence over a symbolic number of steps, or of everything at once. */
export function understood(collected: Collected): Problem {
  const { sources, objects, asks, settings } = collected
  const { sizes, strict, textAt } = collected
  const startSession = () => {
    const session = newSession({ ...settings, sizes: new Map(sizes) })
    session.readings.push(...collected.readings)
    return session
  }
  const recurrence = findRecurrence(
    sources.map(({ statement }) => statement),
    asks.map(({ of }) => of),
    settings.dialect,
  )
  if (recurrence !== undefined) {
    return readLayers({
      recurrence,
      sources,
      asks,
      objects,
      given: collected.given(),
      material: { sizes, strict, textAt },
      newSession: startSession,
      known: knownFunctions(sources, settings),
    })
  }
  const session = newSession({ ...settings, sizes })
  session.readings.push(...collected.readings)
  collected.declare(session)
  const sorted = withoutDeclared(sortStatements(sources), collected.overridden)
  return elaborate(session, { sorted, sizes, bindings: collected.bindings(), asks, strict, textAt })
}

/** Without the declarations of some names. */
export function withoutDeclared(sorted: Sorted, names: ReadonlySet<string>): Sorted {
  if (names.size === 0) return sorted
  const kept = (node: Syntax) => !names.has(canonicalText(node) ?? '')
  const declarations = sorted.declarations.map(each => ({ ...each, names: each.names.filter(kept) }))
  return { ...sorted, declarations, maps: sorted.maps.filter(({ name }) => kept(name)) }
}

/** Words before a bracket that mean a function by themselves, or by what the text says. */
function knownFunctions(
  sources: readonly Source[],
  { dialect, words }: Collected['settings'],
): ReadonlySet<string> {
  const { functions, declarations, maps } = sortStatements(sources)
  const names = [...maps.map(({ name }) => name), ...declarations.flatMap(each => each.names)]
  return new Set([
    ...functions.map(({ parts }) => parts.base),
    ...names.flatMap(name => nameParts(name)?.base ?? []),
    ...[...words[dialect].keys()].map(word => word.replace(/^\\(?:operatorname\{)?|\}$/g, '')),
    'sigma',
  ])
}
