import { MathError } from '../base/errors.js'
import { DEFAULT_LIMITS, type Limits } from '../base/limits.js'
import type { Span } from '../base/span.js'
import type { Expr, Sym } from '../expr/node.js'
import type { Op } from '../expr/op.js'
import type { Problem } from '../expr/problem.js'
import { elaborate } from './elaborate/elaborate.js'
import { type LineState, type LineStatement, readAlone, readLine } from './elaborate/lines.js'
import { newSession, opWords, readerVocabulary } from './elaborate/new-session.js'
import { readTerm } from './elaborate/plan.js'
import type { OpWords, Session } from './elaborate/reader.js'
import { NOWHERE } from './elaborate/resolve.js'
import { newStatementShapes } from './elaborate/session.js'
import { sortStatements } from './elaborate/statements.js'
import { Pieces } from './fields.js'
import type { Source } from './imports.js'
import type { Dialect } from './lexer/vocabulary.js'
import type { DeclarationObject } from './options.js'
import { declareObjects, sizesOf } from './problem.js'
import { readBlock, type Statement } from './read.js'
import type { Syntax } from './syntax.js'

export { childrenOf } from './children.js'
export { writtenDerivative, writtenDifferential } from './elaborate/derivative-op.js'
export type { LineFormula, LineStatement, LineStep } from './elaborate/lines.js'
export { transposeSign } from './elaborate/script-signs.js'
export type { Layout } from './elaborate/session.js'
export type { RelationOperator, Syntax } from './syntax.js'

/** A derivation to be checked: what is given, and the lines. */
export interface DerivationRequest {
  readonly syntax: Dialect
  readonly decls?: readonly (string | DeclarationObject)[] | undefined
  readonly assume?: readonly string[] | undefined
  readonly defs?: readonly string[] | undefined
  readonly lines: readonly string[]
  /** What varies in differentials and in gradients that do not say it. */
  readonly wrt?: string | readonly string[] | undefined
  readonly dims?: Readonly<Record<string, number>> | undefined
  readonly operations?: readonly Op[] | undefined
  readonly limits?: Limits | undefined
}

/** A line as it was read; places count from its first character. */
export interface ReadLine {
  readonly text: string
  readonly statements: readonly LineStatement[]
  /** Why nothing could be read. */
  readonly error: MathError | undefined
}

export interface Derivation {
  readonly problem: Problem
  readonly lines: readonly ReadLine[]
  readonly wrt: readonly Sym[]
  readonly dialect: Dialect
  /** Reads a formula over the names that the derivation knows at its end. */
  readonly reader: FormulaReader
}

export interface FormulaReader {
  /** How the text is put together, with places from its first character; undefined where it is no formula. */
  syntax(text: string): Syntax | undefined
  /** What it means; undefined where it means nothing. */
  formula(text: string): Expr | undefined
}

/**
 * Reads a derivation line by line. What is given is read like a request to derive, and raises the same errors; what is
 * wrong with a line stands in the line, and the others are read all the same.
 */
export function readDerivation(request: DerivationRequest): Derivation {
  const { syntax: dialect, limits = DEFAULT_LIMITS } = request
  const words = opWords(request.operations)
  const pieces = new Pieces(0, dialect, words, limits)
  const sources: Source[] = []
  const objects = pieces.addDeclarations(request.decls ?? [], sources)
  for (const text of request.assume ?? []) pieces.add(text, 'assumption', sources)
  for (const text of request.defs ?? []) pieces.add(text, 'definition', sources)
  const sizes = sizesOf(request.dims)
  const session = newSession({ dialect, words, sizes, limits, lines: true })
  declareObjects(session, objects)
  const problem = pieces.placed(() =>
    elaborate(session, {
      sorted: sortStatements(sources),
      sizes,
      bindings: new Map(),
      asks: [],
      strict: true,
      textAt: span => pieces.textAt(span),
    }),
  )
  const names = typeof request.wrt === 'string' ? [request.wrt] : (request.wrt ?? [])
  const by = names.flatMap(name => pieces.line(name).statements.map(({ body }) => body))
  const wrt = pieces.placed(() => by.map(node => variable(session, node)))
  session.implied = by.length === 1 ? by : impliedBy(session, problem)
  const read = (text: string) => pieces.line(text)
  return lineByLine(session, { problem, wrt, words, limits, texts: request.lines, read })
}

interface Lines {
  readonly problem: Problem
  readonly wrt: readonly Sym[]
  readonly words: OpWords
  readonly limits: Limits
  readonly texts: readonly string[]
  /** The statements of a line, and where the line begins among their places. */
  readonly read: (
    text: string,
    k: number,
  ) => { readonly statements: readonly Statement[]; readonly from: number }
}

/** Reads the lines of a derivation in a session that knows what is given. */
export function lineByLine(session: Session, lines: Lines): Derivation {
  const { problem, wrt, words, limits, texts, read } = lines
  session.implied ??= impliedBy(session, problem)
  const state: LineState = { head: undefined, letters: new Set() }
  const all = texts.map((text, k) => lineOf(session, text, state, () => read(text, k)))
  const reader = readerOf(session, words, limits)
  return Object.freeze({ problem, lines: all, wrt, dialect: session.dialect, reader })
}

/** What cannot be read is nothing: whoever tries formulas out does not ask why. */
function readerOf(session: Session, words: OpWords, limits: Limits): FormulaReader {
  const { dialect } = session
  const vocabulary = readerVocabulary(words)
  const syntax = (text: string) =>
    attempt(() => {
      const [only, second] = readBlock(text, { dialect, vocabulary, limits }).statements
      const plain = only?.continues === null && second === undefined && only.tail.length === 0
      return plain && only.remark === null ? only.body : undefined
    })
  const formula = (text: string) =>
    attempt(() => {
      const node = syntax(text)
      return node === undefined ? undefined : readAlone(session, node)
    })
  return Object.freeze({ syntax, formula })
}

function attempt<T>(work: () => T | undefined): T | undefined {
  try {
    return work()
  } catch (error) {
    if (error instanceof MathError) return undefined
    throw error
  }
}

function variable(session: Session, node: Syntax): Sym {
  session.shapes = newStatementShapes()
  return session.build(readTerm(session, node, NOWHERE)) as Sym
}

/** Where one function of one argument is defined, or one quantity is given, a gradient is by that. */
function impliedBy(session: Session, { definitions, declarations }: Problem): readonly Syntax[] | undefined {
  const functions = [...session.scope.values()].flatMap(entry =>
    entry.kind === 'function' && entry.symbol !== undefined ? [entry] : [],
  )
  const parameters = functions[0]?.parameters ?? []
  const same = functions.every(each => each.parameters[0]?.name === parameters[0]?.name)
  if (same && parameters.length === 1) return [nameNode(parameters[0]!.name, parameters[0]!.span)]
  const defined = new Set(definitions.map(({ symbol }) => symbol))
  const free = declarations.filter(({ symbol }) => !defined.has(symbol))
  const name = free.length === 1 ? free[0]!.symbol.name : undefined
  return name !== undefined && /^[A-Za-z]+$/.test(name) ? [nameNode(name, { from: 0, to: 0 })] : undefined
}

function nameNode(name: string, span: Span): Syntax {
  const spelling = name.length === 1 ? 'letter' : 'control'
  return { kind: 'name', span, base: name, spelling, font: null, marks: [], isFunction: false }
}

function lineOf(
  session: Session,
  text: string,
  state: LineState,
  found: () => ReturnType<Lines['read']>,
): ReadLine {
  let from = 0
  try {
    const { statements, from: start } = found()
    from = start
    const read = statements.flatMap(statement => readLine(session, statement, state))
    return Object.freeze({ text, statements: read.map(each => moved(each, from, text)), error: undefined })
  } catch (error) {
    if (!(error instanceof MathError)) throw error
    return Object.freeze({ text, statements: [], error: movedError(error, from, text.length) })
  }
}

/** Places counted from the start of the line. */
function moved(statement: LineStatement, from: number, text: string): LineStatement {
  const at = ({ from: a, to: b }: Span): Span => closed(text, { from: a - from, to: b - from })
  const formula = <T extends { readonly span: Span; readonly error: MathError | undefined }>(each: T): T => ({
    ...each,
    span: at(each.span),
    error: each.error && movedError(each.error, from, text.length),
  })
  return {
    ...statement,
    head: statement.head && (statement.continues ? statement.head : formula(statement.head)),
    steps: statement.steps.map(step => ({ ...step, formula: formula(step.formula) })),
    span: at(statement.span),
  }
}

/** A place with the braces that close what is open in it. */
export function closed(text: string, { from, to }: Span): Span {
  let depth = 0
  for (let k = from; k < to; k++) depth += text[k] === '{' ? 1 : text[k] === '}' ? -1 : 0
  let end = to
  for (; depth > 0 && text[end] === '}'; depth--) end++
  // A closing bracket with \\right in front of it ends behind the bracket.
  if (/\\(?:right|[bB]igg?[rm]?)$/.test(text.slice(from, end))) {
    end += /^\s*(?:\\(?:[A-Za-z]+|.)|.)?/.exec(text.slice(end))![0].length
  }
  return { from, to: end }
}

/** A place in another line, as where a name was introduced, is no place in this one. */
function movedError(error: MathError, from: number, length: number): MathError {
  if (error.span === undefined) return error
  const Same = error.constructor as new (code: string, message: string, details: object) => MathError
  const moved = { from: error.span.from - from, to: error.span.to - from }
  const span = moved.from >= 0 && moved.to <= length ? moved : undefined
  return new Same(error.code, error.message, { span, hint: error.hint, notes: error.notes })
}
