import { DEFAULT_LIMITS, type Limits } from '../base/limits.js'
import type { DocumentKind } from '../document/block.js'
import { findMath } from '../document/find.js'
import type { DerivationRequest } from './derivation.js'
import { dialectOf } from './dialect.js'
import { bare } from './elaborate/names.js'
import { opWords, readerVocabulary } from './elaborate/new-session.js'
import { hasDerivative, wholeName } from './elaborate/occurrence.js'
import { sortStatements } from './elaborate/statements.js'
import type { Macros } from './lexer/macros.js'
import type { Dialect } from './lexer/vocabulary.js'
import type { DeclarationObject } from './options.js'
import { readBlock, type Statement } from './read.js'

export interface DerivationTextOptions {
  readonly dialect?: Dialect | 'auto' | undefined
  readonly kind?: DocumentKind | undefined
  readonly declarations?: readonly (string | DeclarationObject)[] | undefined
  readonly limits?: Limits | undefined
}

/** A derivation found in a text, and where each of its lines begins there. */
export interface DerivationText {
  readonly request: DerivationRequest
  readonly offsets: readonly number[]
}

/**
 * Sorts what a text says: what it declares and what it defines by formulas is given; every other equation is a line of
 * the derivation, and so is a definition by a derivative. Raises `ParseError` and `LimitError` with the place.
 */
export function derivationIn(source: string, options: DerivationTextOptions = {}): DerivationText {
  const { limits = DEFAULT_LIMITS } = options
  const { dialect } = dialectOf(source, options)
  const kind = options.kind ?? (dialect === 'plain' ? 'plain' : 'latex')
  const vocabulary = readerVocabulary(opWords())
  const decls: (string | DeclarationObject)[] = [...(options.declarations ?? [])]
  const defs: string[] = []
  const lines: { readonly text: string; readonly offset: number }[] = []
  const defined = new Set<string>()
  let macros: Macros | undefined
  for (const block of findMath(source, kind)) {
    const { origin } = block
    const read = readBlock(block.text, { dialect: block.dialect, vocabulary, macros, limits, origin })
    macros = read.macros
    for (const statement of read.statements) {
      const { from, to } = statement.span
      // Marks of alignment mean nothing; blanks in their place keep every place.
      const text = source.slice(from, to).replace(/(?<!\\)&/g, ' ')
      const role = roleOf(statement, defined)
      if (role === 'given') decls.push(text)
      else if (role === 'defined') defs.push(text)
      else lines.push({ text, offset: from })
    }
  }
  return {
    request: { syntax: dialect, decls, defs, lines: lines.map(({ text }) => text), limits },
    offsets: lines.map(({ offset }) => offset),
  }
}

function roleOf(statement: Statement, defined: Set<string>): 'given' | 'defined' | 'line' {
  if (statement.continues !== null) return 'line'
  const sorted = sortStatements([{ statement, purpose: 'any' }])
  const { declarations, maps, ranges, facts, bounds, equations, functions, values, claims } = sorted
  if (declarations.length + maps.length + ranges.length + bounds.length > 0) return 'given'
  if (facts.length > 0) return 'line'
  const body = bare(statement.body)
  const head = body.kind === 'relation' ? bare(body.operands[0]!) : undefined
  const name = head && (head.kind === 'adjoined' ? wholeName(head.head) : wholeName(head))
  const defines = equations.length + functions.length + values.length > 0 && claims.length === 0
  if (!defines || name === undefined || defined.has(name) || hasDerivative(statement.body)) return 'line'
  defined.add(name)
  return 'defined'
}
