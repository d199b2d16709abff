import { LimitError, MathError, ParseError } from '../base/errors.js'
import { DEFAULT_LIMITS, type Limits } from '../base/limits.js'
import type { Span } from '../base/span.js'
import type { DocumentKind } from '../document/block.js'
import { findMath } from '../document/find.js'
import type { Sym } from '../expr/node.js'
import type { Problem, Reading } from '../expr/problem.js'
import { type Derivation, lineByLine } from './derivation.js'
import { dialectOf } from './dialect.js'
import { elaborate } from './elaborate/elaborate.js'
import { bare } from './elaborate/names.js'
import { newSession, opWords, readerVocabulary } from './elaborate/new-session.js'
import { hasDerivative, wholeName } from './elaborate/occurrence.js'
import { enterOpenLosses, type OpenLoss } from './elaborate/open-loss.js'
import type { Session } from './elaborate/reader.js'
import { sortStatements } from './elaborate/statements.js'
import { Pieces } from './fields.js'
import { Earlier, importsOf, namingOf, type Source } from './imports.js'
import type { Macros } from './lexer/macros.js'
import type { Dialect } from './lexer/vocabulary.js'
import type { DeclarationObject } from './options.js'
import { readPassages } from './passages.js'
import { declareObjects } from './problem.js'
import { readBlock, type Statement } from './read.js'

export interface DerivationTextOptions {
  readonly dialect?: Dialect | 'auto' | undefined
  readonly kind?: DocumentKind | undefined
  readonly declarations?: readonly (string | DeclarationObject)[] | undefined
  readonly limits?: Limits | undefined
  /** In a document with prose, whether every block is checked, marked or not. */
  readonly all?: boolean | undefined
}

/** A derivation found in a text, and where each of its lines begins there. */
export interface DerivationText {
  readonly derivation: Derivation
  readonly offsets: readonly number[]
  /** Lines that define a name again: what is not true of its old meaning gives it a new one. */
  readonly renewing: ReadonlySet<number>
  /** It stands among prose, where not everything is said in formulas. */
  readonly prose: boolean
  /** Something of what is given could not be read. */
  readonly incomplete: boolean
  /** Losses that nothing defines, taken for unknown functions of what they are differentiated by. */
  readonly supposed: ReadonlySet<Sym>
}

/**
 * Reads a text in which all stands together. What it declares and what it defines by formulas is given; every other
 * equation is a line of a derivation, and so is a definition by a derivative. A document with prose is read passage by
 * passage, with one derivation for each stretch in which names keep their meaning; of such a document only blocks marked
 * by a comment `backprose: check` are lines, unless all are wanted, and what cannot be read is passed over. Raises
 * `ParseError`, `NameError`, `ShapeError` and `LimitError` with the place.
 */
export function readDerivationTexts(
  source: string,
  options: DerivationTextOptions = {},
): readonly DerivationText[] {
  const { limits = DEFAULT_LIMITS, declarations = [] } = options
  const { dialect } = dialectOf(source, options)
  const kind = options.kind ?? (dialect === 'plain' ? 'plain' : 'latex')
  const strict = kind === 'plain' || kind === 'latex'
  const words = opWords()
  const beside: Source[] = []
  const pieces = new Pieces(source.length + 1, dialect, words, limits)
  const objects = pieces.addDeclarations(declarations, beside)
  const textAt = (span: Span) =>
    span.from <= source.length ? source.slice(span.from, span.to) : pieces.textAt(span)
  const begin = (sources: readonly Source[]) => {
    const sizes = new Map<string, number>()
    const session = newSession({ dialect, words, sizes, limits, lines: true })
    declareObjects(session, objects)
    const sorted = sortStatements([...beside, ...sources])
    const problem = elaborate(session, { sorted, sizes, bindings: new Map(), asks: [], strict, textAt })
    return { session, problem }
  }
  const found = statementsIn(source, kind, limits)
  const passages = strict
    ? [{ from: 0, to: source.length }]
    : readPassages(source, { kind, dialect, declarations, limits }).map(({ span }) => span)
  const wanted = ({ marked }: Found) => strict || marked || options.all === true
  const earlier = new Earlier()
  return passages
    .flatMap(passage => stretchesIn(found, passage, strict))
    .map(({ given, lines, renewal }) => {
      const namings = [...given, ...lines].map(({ statement }) => namingOf({ statement, purpose: 'any' }))
      const imported = importsOf(namings, earlier).needed.map(naming => naming.source)
      earlier.add(namings.slice(0, given.length))
      const sources = [...imported, ...given.map(({ statement }): Source => ({ statement, purpose: 'any' }))]
      const {
        session,
        problem: stated,
        left,
      } = strict ? { ...begin(sources), left: sources.length } : asMuchAsFits(sources, begin)
      const kept = [...lines, ...(renewal === undefined ? [] : [renewal])].filter(wanted)
      const statements = kept.map(({ statement }) => statement)
      const written = lines.map(({ statement }) => statement.body)
      const losses = strict ? [] : enterOpenLosses(session, stated, written)
      const problem = withLosses(stated, losses)
      const texts = statements.map(({ span }) => source.slice(span.from, span.to))
      const read = (_: string, k: number) => ({
        statements: [statements[k]!],
        from: statements[k]!.span.from,
      })
      const derivation = lineByLine(session, { problem, wrt: [], words, limits, texts, read })
      const renewing = new Set(renewal !== undefined && wanted(renewal) ? [kept.length - 1] : [])
      return {
        derivation,
        offsets: statements.map(({ span }) => span.from),
        renewing,
        prose: !strict,
        incomplete: left < sources.length,
        supposed: new Set(losses.map(({ definition }) => definition.symbol)),
      }
    })
}

/** What is given together with losses that are left open, which stands among the readings. */
function withLosses(problem: Problem, losses: readonly OpenLoss[]): Problem {
  if (losses.length === 0) return problem
  const readings = losses.map(
    ({ what }): Reading => ({ kind: 'choice', what, why: 'it is differentiated, and nothing defines it' }),
  )
  return Object.freeze({
    ...problem,
    definitions: [...problem.definitions, ...losses.map(({ definition }) => definition)],
    readings: [...problem.readings, ...readings],
  })
}

/** Statements among which every name is defined once. */
interface Stretch {
  readonly given: Found[]
  readonly lines: Found[]
  /** The statement that defines a name again and begins the next stretch. */
  renewal: Found | undefined
}

function stretchesIn(found: readonly Found[], passage: Span, strict: boolean): readonly Stretch[] {
  let now: Stretch = { given: [], lines: [], renewal: undefined }
  const stretches = [now]
  let defined = new Set<string>()
  for (const each of found) {
    const { span } = each.statement
    if (span.from < passage.from || span.to > passage.to) continue
    const role = roleOf(each.statement, defined)
    if (role === 'given') now.given.push(each)
    else if (role === 'line' || (role === 'again' && strict)) now.lines.push(each)
    else if (role === 'again') {
      now.renewal = each
      now = { given: [each], lines: [], renewal: undefined }
      stretches.push(now)
      defined = new Set()
      roleOf(each.statement, defined)
    }
  }
  return stretches
}

interface Begun {
  readonly session: Session
  readonly problem: Problem
}

/** Leaves out one statement after another that the rest cannot be read with. */
function asMuchAsFits(
  given: readonly Source[],
  begin: (sources: readonly Source[]) => Begun,
): Begun & { readonly left: number } {
  for (let rest = given; ; ) {
    try {
      return { ...begin(rest), left: rest.length }
    } catch (error) {
      if (!(error instanceof MathError) || error instanceof LimitError) throw error
      const { span } = error
      const at = rest.findLastIndex(({ statement }) => span !== undefined && meets(statement.span, span))
      if (rest.length === 0) throw error
      rest = rest.filter((_, i) => i !== (at < 0 ? rest.length - 1 : at))
    }
  }
}

function meets(a: Span, b: Span): boolean {
  return a.from <= b.to && b.from <= a.to
}

interface Found {
  readonly statement: Statement
  /** A comment in its block asks for a check. */
  readonly marked: boolean
}

function statementsIn(source: string, kind: DocumentKind, limits: Limits): readonly Found[] {
  const vocabulary = readerVocabulary(opWords())
  const prose = kind !== 'plain' && kind !== 'latex'
  const found: Found[] = []
  let macros: Macros | undefined
  for (const block of findMath(source, kind)) {
    try {
      const { origin, dialect } = block
      const read = readBlock(block.text, { dialect, vocabulary, macros, limits, origin })
      macros = read.macros
      const marked = read.directives.some(({ verb }) => verb === 'check')
      for (const statement of read.statements) found.push({ statement, marked })
    } catch (error) {
      if (!prose || !(error instanceof ParseError)) throw error
    }
  }
  return found
}

function roleOf(statement: Statement, defined: Set<string>): 'given' | 'line' | 'again' | 'aside' {
  if (statement.continues !== null) return 'line'
  const sorted = sortStatements([{ statement, purpose: 'any' }])
  const { declarations, maps, ranges, facts, bounds, equations, functions, values, claims } = sorted
  if (declarations.length + maps.length + ranges.length + bounds.length + facts.length > 0) return 'given'
  const body = bare(statement.body)
  const head = body.kind === 'relation' ? bare(body.operands[0]!) : undefined
  if (head === undefined) return 'aside'
  const name = head.kind === 'adjoined' ? wholeName(head.head) : wholeName(head)
  const defines = equations.length + functions.length + values.length > 0 && claims.length === 0
  if (!defines || name === undefined || hasDerivative(statement.body)) return 'line'
  if (defined.has(name)) return 'again'
  defined.add(name)
  return 'given'
}
