import { MathError } from '../base/errors.js'
import { DEFAULT_LIMITS } from '../base/limits.js'
import { cover, type Span } from '../base/span.js'
import type { DocumentKind, MathBlock } from '../document/block.js'
import { findMath } from '../document/find.js'
import type { Reading } from '../expr/problem.js'
import type { Lost } from './account.js'
import { dialectOf } from './dialect.js'
import { newSession, opWords, readerVocabulary } from './elaborate/new-session.js'
import type { Session } from './elaborate/reader.js'
import { sortStatements } from './elaborate/statements.js'
import { letsOf } from './lets.js'
import type { Directive } from './lexer/directive.js'
import type { Note } from './lexer/lexed.js'
import type { Macros } from './lexer/macros.js'
import type { Form } from './meaning/form.js'
import { statementForm } from './meaning/statements.js'
import { survey } from './meaning/survey.js'
import type { ReadProblemOptions } from './options.js'
import { type Passage, readPassages } from './passages.js'
import { type Reading as BlockReading, readBlock, type Statement } from './read.js'

/** What a statement does in its document, by its form. */
export type StatementRole =
  | 'declaration'
  | 'definition'
  | 'function'
  | 'value'
  | 'range'
  | 'bound'
  | 'claim'
  | 'request'
  | 'update'
  | 'continuation'
  | 'expression'

export interface OutlinedStatement {
  readonly span: Span
  readonly role: StatementRole
  /** What it says, with every choice made. */
  readonly form: Form
  /** The choices between several readings that were made in it. */
  readonly readings: readonly Reading[]
  readonly lead: string | null
  readonly remark: string | null
}

/** One piece of mathematics of a document; where it is not well formed, the fault says why and where. */
export interface OutlinedEquation {
  readonly block: MathBlock
  readonly statements: readonly OutlinedStatement[]
  readonly notes: readonly Note[]
  readonly lost: readonly Lost[]
  readonly directives: readonly Directive[]
  readonly fault: MathError | undefined
}

/** Steps that follow from one another: a chain of relations, or rows that continue one. */
export interface OutlinedDerivation {
  readonly span: Span
  readonly lines: number
}

export interface Outline {
  readonly equations: readonly OutlinedEquation[]
  readonly derivations: readonly OutlinedDerivation[]
  /** What the names mean and which shapes they have, stretch by stretch. */
  readonly passages: readonly Passage[]
  /** Why there are no passages. */
  readonly fault: MathError | undefined
}

/**
 * Everything that reading a document finds out, whether or not it can be computed with: each equation with what it
 * says, the choices made between readings, and what was not understood. Nothing but a bound that is exceeded raises.
 */
export function outlineOf(
  source: string,
  options: ReadProblemOptions & { readonly kind?: DocumentKind | undefined } = {},
): Outline {
  const { dialect } = dialectOf(source, options)
  const kind = options.kind ?? (dialect === 'plain' ? 'plain' : 'latex')
  const words = opWords(options.operations)
  const vocabulary = readerVocabulary(words)
  const limits = options.limits ?? DEFAULT_LIMITS
  let macros: Macros | undefined = options.macros
  const found = findMath(source, kind).map(block => {
    const { text, origin } = block
    try {
      const read = readBlock(text, { dialect: block.dialect, vocabulary, macros, limits, origin })
      macros = read.macros
      return { block, read, fault: undefined }
    } catch (error) {
      if (!(error instanceof MathError)) throw error
      return { block, read: undefined, fault: error }
    }
  })
  const session = newSession({ dialect, words, sizes: new Map(), limits })
  const statements = found.flatMap(({ read }) => read?.statements ?? [])
  let fault: MathError | undefined
  try {
    const directives = found.flatMap(({ read }) => read?.directives ?? [])
    const lets = letsOf(directives, { dialect, vocabulary })
    survey(session, statements, lets)
  } catch (error) {
    if (!(error instanceof MathError)) throw error
    fault = error
    survey(session, statements)
  }
  const equations = found.map(({ block, read, fault: broken }) => outlined(session, block, read, broken))
  let passages: readonly Passage[] = []
  try {
    passages = readPassages(source, { ...options, kind })
  } catch (error) {
    if (!(error instanceof MathError)) throw error
    fault ??= error
  }
  return Object.freeze({ equations, derivations: derivationsIn(equations), passages, fault })
}

function outlined(
  session: Session,
  block: MathBlock,
  read: BlockReading | undefined,
  fault: MathError | undefined,
): OutlinedEquation {
  const rest = { block, notes: read?.notes ?? [], lost: read?.lost ?? [], directives: read?.directives ?? [] }
  try {
    const statements = (read?.statements ?? []).map(statement => outlinedStatement(session, statement))
    return Object.freeze({ ...rest, statements, fault })
  } catch (error) {
    if (!(error instanceof MathError)) throw error
    return Object.freeze({ ...rest, statements: [], fault: error })
  }
}

function outlinedStatement(session: Session, statement: Statement): OutlinedStatement {
  const before = session.readings.length
  const form = statementForm(session, statement)
  const readings = session.readings.slice(before).filter(({ kind }) => kind === 'choice')
  const { span, lead, remark } = statement
  return Object.freeze({ span, role: roleOf(statement, form), form, readings, lead, remark })
}

function roleOf(statement: Statement, form: Form): StatementRole {
  if (statement.continues !== null) return 'continuation'
  const said = form.head === 'for' ? form.args[0]! : form
  if (said.head === 'update') return 'update'
  const sorted = sortStatements([{ statement, purpose: 'any' }])
  if (sorted.declarations.length + sorted.maps.length > 0) return 'declaration'
  if (sorted.values.length > 0) return 'value'
  if (sorted.equations.length > 0) return 'definition'
  if (sorted.functions.length > 0) return 'function'
  if (sorted.questions.length > 0) return 'request'
  if (sorted.claims.length + sorted.facts.length > 0) return 'claim'
  if (sorted.ranges.length > 0) return 'range'
  return sorted.bounds.length > 0 ? 'bound' : 'expression'
}

/** Chains, and statements with the rows that continue them, also into the next piece. */
function derivationsIn(equations: readonly OutlinedEquation[]): readonly OutlinedDerivation[] {
  const found: { span: Span; lines: number }[] = []
  for (const { statements } of equations) {
    for (const { role, span, form } of statements) {
      const last = found[found.length - 1]
      const lines = linesOf(form)
      if (role === 'continuation' && last !== undefined) {
        last.span = cover(last.span, span)
        last.lines += lines
      } else found.push({ span, lines })
    }
  }
  return found.filter(({ lines }) => lines > 1).map(each => Object.freeze(each))
}

/** How many steps a form takes: one for each relation after the first operand. */
function linesOf(form: Form): number {
  const said = form.head === 'for' ? form.args[0]! : form
  if (said.head === 'chain') return said.args.filter(({ head }) => EQUAL.has(head)).length
  if (said.head !== 'cont') return EQUAL.has(said.head) ? 1 : 0
  return said.args.filter(({ head, args }) => args.length === 0 && EQUAL.has(head)).length
}

const EQUAL: ReadonlySet<string> = new Set([
  '=',
  ':=',
  'approx',
  'equiv',
  'implies',
  'iff',
  '<=',
  '>=',
  '<',
  '>',
])
