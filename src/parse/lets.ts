import { ParseError } from '../base/errors.js'
import type { Span } from '../base/span.js'
import { symbol } from '../expr/intern.js'
import { SCALAR, shapeOf, shapeText } from '../expr/shape.js'
import { namesOfDim } from './elaborate/declare.js'
import { declareAll, declareSymbol } from './elaborate/document-names.js'
import { canonicalText, nameParts } from './elaborate/names.js'
import { note, type Session } from './elaborate/reader.js'
import { sortStatements } from './elaborate/statements.js'
import { declarationsOf, splitGroups } from './let-text.js'
import type { Directive } from './lexer/directive.js'
import type { Dialect, Vocabulary } from './lexer/vocabulary.js'
import type { DeclarationObject } from './options.js'
import { readBlock, type Statement } from './read.js'

/** What comments in a document say about its names; it counts more than what the document says itself. */
export interface Lets {
  /** The names that are declared in comments. */
  readonly names: ReadonlySet<string>
  readonly objects: readonly (DeclarationObject & { readonly canonical: string })[]
  /** Enters all of it, before anything else is. */
  readonly apply: (session: Session) => void
}

/** What a name may be called besides a quantity with sizes. */
const ROLES: ReadonlyMap<string, string> = new Map([
  ['function', 'a function: a bracket behind it holds its arguments'],
  ['index', 'an index'],
  ['labels', 'a letter whose superscripts are labels'],
  ['powers', 'a letter whose superscripts are powers'],
])

/**
 * Reads `% backprose: let W: m x n, x: n, L: scalar`, `let f: function`, `let k: index`, `let a: labels`,
 * `let z: powers` and `let A \in \mathbb{S}^n`. Raises `ParseError` at what is none of these.
 */
export function letsOf(
  directives: readonly Directive[],
  settings: { readonly dialect: Dialect; readonly vocabulary: Vocabulary },
): Lets {
  const names = new Set<string>()
  // Of several comments about one name the last counts.
  const objects = new Map<string, DeclarationObject & { readonly canonical: string }>()
  const steps = new Map<string, (session: Session) => void>()
  const read = (text: string, span: Span): readonly Statement[] =>
    readBlock(text, { ...settings, origin: offset => Math.min(span.from + offset, span.to) }).statements
  for (const { verb, text, textSpan: span } of directives) {
    if (verb !== 'let') continue
    for (const group of splitGroups(text)) {
      const role = /^(.*):\s*(function|index|labels|powers)\s*$/.exec(group)
      if (role !== null) {
        const [, head, word] = role as unknown as [string, string, string]
        for (const statement of read(head, span))
          steps.set(`${word} ${head}`, roleStep(statement, word, span))
        continue
      }
      for (const declared of declarationsOf(group)) {
        if (typeof declared === 'string') steps.set(declared, setStep(read(declared, span), names, span))
        else {
          const canonical = nameIn(read(declared.name, span)[0], span)
          names.add(canonical)
          objects.set(canonical, { ...declared, canonical })
          steps.set(canonical, session => declareShape(session, canonical, declared, span))
        }
      }
    }
  }
  return {
    names,
    objects: [...objects.values()],
    apply: session => {
      for (const step of steps.values()) step(session)
    },
  }
}

function nameIn(statement: Statement | undefined, span: Span): string {
  const name = statement && canonicalText(statement.body)
  if (name !== undefined) return name
  throw new ParseError('unreadable-let', 'this comment names nothing that could be declared', {
    span,
    hint: 'write % backprose: let W: m x n, x: n, L: scalar',
  })
}

function roleStep(statement: Statement, word: string, span: Span): (session: Session) => void {
  const name = nameIn(statement, span)
  const base = nameParts(statement.body)?.base ?? name
  return session => {
    note(session, `${name} is ${ROLES.get(word)}`, SAID, span)
    if (word === 'function') session.scope.set(name, { kind: 'map', name, span })
    else if (word === 'index') {
      const index = symbol(name, SCALAR, 'index')
      session.scope.set(name, {
        kind: 'index',
        letter: name,
        symbol: index,
        extent: session.solver.fresh(),
        span,
      })
    } else session.evidence.settled.set(base, word === 'labels')
  }
}

const SAID = 'a comment in the text says so'

function setStep(
  statements: readonly Statement[],
  names: Set<string>,
  span: Span,
): (session: Session) => void {
  const sorted = sortStatements(statements.map(statement => ({ statement, purpose: 'declaration' })))
  const heads = sorted.declarations.flatMap(each => each.names.map(node => canonicalText(node)))
  if (heads.length === 0) nameIn(undefined, span)
  for (const name of heads) if (name !== undefined) names.add(name)
  return session => {
    note(session, `${heads.join(', ')} is declared`, SAID, span)
    declareAll(session, sorted.declarations, new Map(), true)
  }
}

function declareShape(session: Session, name: string, { shape }: DeclarationObject, span: Span): void {
  const [rows = 1, columns = 1] = shape
  const declared = shape.length === 0 ? SCALAR : shapeOf(rows, columns)
  note(session, `${name} is ${shape.length === 0 ? 'a number' : shapeText(declared)}`, SAID, span)
  declareSymbol(session, name, declared, { span })
  for (const side of shape) for (const letter of namesOfDim(side)) session.dimensions.add(letter)
}
