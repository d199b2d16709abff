import { type MathError, NameError, ParseError, ShapeError, UsageError } from '../base/errors.js'
import { DEFAULT_LIMITS } from '../base/limits.js'
import type { Span } from '../base/span.js'
import type { MathBlock } from '../document/block.js'
import { findMath } from '../document/find.js'
import { number } from '../expr/intern.js'
import type { Expr, Sym } from '../expr/node.js'
import type { Declaration, Problem } from '../expr/problem.js'
import { isScalar, SCALAR, shapeOf, shapeText } from '../expr/shape.js'
import { dialectOf } from './dialect.js'
import { settleShapes } from './elaborate/conventions.js'
import { namesOfDim, sizeOfText } from './elaborate/declare.js'
import { declareSymbol } from './elaborate/document-names.js'
import type { Ask } from './elaborate/material.js'
import { bare } from './elaborate/names.js'
import { newSession, opWords, readerVocabulary } from './elaborate/new-session.js'
import { readTerm } from './elaborate/plan.js'
import { placeOfQuestion } from './elaborate/question-parts.js'
import type { OpWords, Session } from './elaborate/reader.js'
import { NOWHERE } from './elaborate/resolve.js'
import { newStatementShapes } from './elaborate/session.js'
import { Pieces } from './fields.js'
import type { Source } from './imports.js'
import { letsOf } from './lets.js'
import type { Directive } from './lexer/directive.js'
import type { Macros } from './lexer/macros.js'
import type { Dialect } from './lexer/vocabulary.js'
import type {
  DeclarationObject,
  ProblemRequest,
  ReadExpressionOptions,
  ReadProblemOptions,
} from './options.js'
import { saidAround } from './prose.js'
import { readBlock } from './read.js'
import type { Syntax } from './syntax.js'
import { understood } from './understood.js'

/**
 * Reads a document of equations: what it declares, defines, states as facts and claims, gives numbers to and asks for.
 * Shapes nobody declared are inferred, and `readings` says what was assumed. Every name has one meaning in the whole of
 * it; `readPassages` reads documents that give names new ones. Raises `ParseError`, `NameError`, `ShapeError` and
 * `LimitError` with the place in the source.
 */
export function readProblem(source: string, options: ReadProblemOptions = {}): Problem {
  const reading = startReading(source, options)
  const units = reading.units()
  return reading.problem(
    units.flatMap(unit => unit.sources),
    units.flatMap(unit => unit.directives),
  )
}

/** One piece of mathematics of a document. */
export interface Unit {
  readonly span: Span
  readonly sources: readonly Source[]
  readonly directives: readonly Directive[]
}

/** A text that is being read, with what was given beside it. */
export interface DocumentReading {
  /** Its pieces, in order. A piece that is not well formed is left out where `failed` takes its error. */
  units(failed?: (error: MathError) => void): readonly Unit[]
  /** What some of its statements mean together. */
  problem(sources: readonly Source[], directives: readonly Directive[]): Problem
}

/** Raises the errors of what is given beside the text. */
export function startReading(source: string, options: ReadProblemOptions): DocumentReading {
  const { limits = DEFAULT_LIMITS } = options
  const { dialect, reading: taken } = dialectOf(source, options)
  const kind = options.kind ?? (dialect === 'plain' ? 'plain' : 'latex')
  const words = opWords(options.operations)
  const vocabulary = readerVocabulary(words)
  const given = new Pieces(source.length + 1, dialect, words, limits)
  const beside: Source[] = []
  const objects = given.addDeclarations(options.declarations ?? [], beside)
  for (const text of options.assumptions ?? []) given.add(text, 'assumption', beside)

  const unitOf = (block: MathBlock, macros: Macros | undefined) => {
    const { dialect, origin, span } = block
    const read = readBlock(block.text, { dialect, vocabulary, macros, limits, origin })
    const statements = [...read.statements, ...saidAround(source, block, read.statements)]
    const sources = statements.map((statement): Source => ({ statement, purpose: 'any' }))
    return { unit: { span, sources, directives: read.directives }, macros: read.macros }
  }
  const units = (failed?: (error: MathError) => void) => {
    let macros = options.macros
    const found: Unit[] = []
    for (const block of findMath(source, kind)) {
      try {
        const read = unitOf(block, macros)
        macros = read.macros
        found.push(read.unit)
      } catch (error) {
        if (failed === undefined || !(error instanceof ParseError)) throw error
        failed(error)
      }
    }
    return found
  }
  const problem = (sources: readonly Source[], directives: readonly Directive[]) =>
    given.placed(() => {
      const lets = letsOf(directives, { dialect, vocabulary })
      return understood({
        sources: [...beside, ...sources],
        objects: [...objects, ...lets.objects],
        declare: session => {
          declareObjects(session, objects)
          lets.apply(session)
        },
        overridden: lets.names,
        sizes: sizesOf(options.sizes),
        bindings: () => given.bindings(options.values ?? {}),
        given: () => given.given(options.values ?? {}),
        asks: directives.flatMap(directive => asksOf(directive, dialect, words)),
        strict: kind === 'plain' || kind === 'latex',
        textAt: span => (span.from <= source.length ? source.slice(span.from, span.to) : given.textAt(span)),
        settings: { dialect, words, limits },
        readings: taken === undefined ? [] : [taken],
      })
    })
  return { units, problem }
}

/**
 * Reads a request to derive one function by one variable (or several). Raises the errors of `readProblem`, with the
 * place counted from the start of the field it is in; a note names the field.
 */
export function problemOf(request: ProblemRequest): Problem {
  const { syntax: dialect, limits = DEFAULT_LIMITS } = request
  const words = opWords(request.operations)
  const pieces = new Pieces(0, dialect, words, limits)
  const sources: Source[] = []
  const objects = pieces.addDeclarations(request.decls ?? [], sources)
  for (const text of request.assume ?? []) pieces.add(text, 'assumption', sources)
  for (const text of request.defs ?? []) pieces.add(text, 'definition', sources)
  const names = typeof request.wrt === 'string' ? [request.wrt] : request.wrt
  const by = names.flatMap(name => itemsOf(pieces.expression(name, 'wrt')))
  const of = pieces.subject(request.expr, sources)
  const { second } = request
  const then = second === undefined ? [] : [pieces.expression(second, 'second')]
  const asks: readonly Ask[] =
    then.length > 0
      ? by.map(first => ({ of, by: [first, ...then], order: 2, mixed: true, span: of.span }))
      : [{ of, by, order: request.order ?? 1, span: of.span }]
  return pieces.placed(() =>
    understood({
      sources,
      objects,
      declare: session => declareObjects(session, objects),
      overridden: new Set(),
      sizes: sizesOf(request.dims),
      bindings: () => pieces.bindings(request.bindings ?? {}),
      given: () => pieces.given(request.bindings ?? {}),
      asks,
      strict: true,
      textAt: span => pieces.textAt(span),
      settings: { dialect, words, limits, given: true },
      readings: [],
    }),
  )
}

/**
 * Reads one formula over quantities that are all given, exactly as it is written: what was printed reads back as the
 * identical expression. Raises `ParseError`, `NameError` and `ShapeError` with the place.
 */
export function readExpression(text: string, options: ReadExpressionOptions): Expr {
  const { dialect, limits } = options
  const words = opWords(options.operations)
  const statements = readBlock(text, { dialect, vocabulary: readerVocabulary(words), limits }).statements
  const [only] = statements
  if (only === undefined || statements.length > 1) {
    throw new ParseError('not-one-expression', `expected one formula, found ${statements.length}`, {
      span: { from: 0, to: text.length },
    })
  }
  const session = newSession({ dialect, words, sizes: new Map(), exact: true, limits })
  for (const each of options.declarations) declareSym(session, each)
  session.shapes = newStatementShapes()
  const place = options.freeIndices ? placeOfQuestion(session, only.body, []) : NOWHERE
  const term = readTerm(session, only.body, place)
  const { shape = SCALAR } = options
  if (options.shape !== undefined && !term.literal) {
    const { solver } = session
    if (solver.unifyShapes(term.sides, solver.sides(shape)) !== undefined) {
      throw new ShapeError(
        'shape-clash',
        `this is ${solver.text(term.sides)}, expected ${shapeText(shape)}`,
        {
          span: term.span,
        },
      )
    }
  }
  settleShapes(session.solver, [session.shapes])
  const node = session.build(term)
  return node.kind === 'num' && isScalar(node.shape) ? number(node.value, shape) : node
}

function declareSym(session: Session, each: Declaration | Sym): void {
  const declaration = 'symbol' in each ? each : undefined
  const sym = 'symbol' in each ? each.symbol : each
  if (sym.role === 'dimension') {
    session.dimensions.add(sym.name)
    return
  }
  if (sym.role === 'index') {
    session.scope.set(sym.name, {
      kind: 'index',
      letter: sym.name,
      symbol: sym,
      extent: session.solver.fresh(),
      span: { from: 0, to: 0 },
    })
    return
  }
  const family = declaration?.family
  declareSymbol(session, sym.name, sym.shape, {
    given: sym,
    set: declaration?.set,
    family: family === undefined ? undefined : { letter: family, place: 'subscript' },
  })
}

export function sizesOf(sizes: Readonly<Record<string, number>> | undefined): Map<string, number> {
  const found = new Map<string, number>()
  for (const [letter, size] of Object.entries(sizes ?? {})) {
    if (!Number.isSafeInteger(size) || size < 1) {
      throw new UsageError('bad-size', `the size ${letter} is a whole number above 0, not ${size}`)
    }
    found.set(letter, size)
  }
  return found
}

export function declareObjects(
  session: Session,
  objects: readonly (DeclarationObject & { readonly canonical: string })[],
): void {
  for (const { canonical, shape, family, name } of objects) {
    if (shape.length > 2) {
      throw new UsageError('tensor-shape', `${name} has ${shape.length} sizes; arrays have one or two here`)
    }
    const [rows = 1, columns = 1] = shape.map(side => sizeOfText(session.dimensions, side))
    const declared = shape.length === 0 ? SCALAR : shapeOf(rows, columns)
    declareSymbol(session, canonical, declared, {
      family: family === null || family === undefined ? undefined : { letter: family, place: 'subscript' },
    })
    for (const side of [rows, columns]) for (const letter of namesOfDim(side)) session.dimensions.add(letter)
  }
}

function itemsOf(node: Syntax): readonly Syntax[] {
  const now = bare(node)
  return now.kind === 'list' ? now.items : [node]
}

/** `derive dL/dW, dL/db` in a comment. */
function asksOf(directive: Directive, dialect: Dialect, words: OpWords): readonly Ask[] {
  if (directive.verb !== 'derive') return []
  const { statements } = readBlock(directive.text, {
    dialect,
    vocabulary: readerVocabulary(words),
    origin: offset => directive.textSpan.from + offset,
  })
  return statements.flatMap(statement =>
    itemsOf(statement.body).map((node): Ask => {
      const asked = bare(node)
      if (asked.kind !== 'derivative' || asked.of === null) {
        throw new NameError('unreadable-question', 'expected a derivative such as dL/dW', { span: node.span })
      }
      return {
        of: asked.of,
        by: asked.by.map(each => each.variable),
        order: asked.by.length === 2 ? 2 : 1,
        span: node.span,
      }
    }),
  )
}
