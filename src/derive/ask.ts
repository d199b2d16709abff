import { NameError, ParseError } from '../base/errors.js'
import type { Call, Expr, Sym } from '../expr/node.js'
import type { DerivativeForm, Layout, Problem, Question } from '../expr/problem.js'
import { isScalar } from '../expr/shape.js'
import { postorder, symbolsOf } from '../expr/walk.js'
import type { Passage } from '../parse/passages.js'
import { readExpression } from '../parse/problem.js'
import { latexSymbol } from '../print/latex-names.js'
import { isNamedPart } from './entries.js'
import { layerSymbol, layerVariables } from './layers/variables.js'

/** What to differentiate, where the problem does not say it or something else is wanted. */
export interface Asked {
  /** A name of the problem, in canonical spelling or in LaTeX, or an expression; the last scalar definition if absent. */
  readonly of?: string | Expr | undefined
  /**
   * Names or symbols, or entries, rows and columns of these, `W_{pq}` or `W[p,q]`, whose letters are free indices;
   * everything undefined that the function depends on if absent.
   */
  readonly wrt?: string | Sym | Call | readonly (string | Sym | Call)[] | undefined
  /** Default 1. */
  readonly order?: 1 | 2 | undefined
  /** The variable of the second differentiation, where it is another one; the order is 2 then. */
  readonly second?: string | Sym | Call | undefined
  /** How a derivative is written: as a linear map, by entries, or between stacked columns. */
  readonly form?: DerivativeForm | undefined
  /** How a derivative is laid out; scalar functions have the shape of the variable unless said otherwise. */
  readonly layout?: Layout | undefined
}

/**
 * The problem with the questions that are asked. Without any wish the questions of the problem itself stay; where it
 * has none, its last scalar definition is differentiated by every symbol that it depends on and nobody defines.
 * Raises `NameError` for a name that the problem does not have, and when there is nothing to differentiate.
 */
export function ask(problem: Problem, asked: Asked = {}): Problem {
  const { of, wrt, order, second, form, layout } = asked
  const styled = (question: Question): Question =>
    form === undefined && layout === undefined
      ? question
      : { ...question, form: form ?? question.form, layout: layout ?? question.layout }
  const nothing = of === undefined && wrt === undefined && order === undefined && second === undefined
  if (nothing && problem.questions.length > 0) {
    return form === undefined && layout === undefined
      ? problem
      : { ...problem, questions: problem.questions.map(styled) }
  }
  if (of === undefined && wrt === undefined) raiseUnread(problem)
  const resolve = resolverOf(problem)
  const outputs = outputsOf(problem, of, resolve)
  const then = second === undefined ? undefined : variableOf(problem, second, resolve)
  const questions = outputs.flatMap((output): Question[] => {
    const variables: readonly Variable[] =
      listOf(wrt)?.map(name => variableOf(problem, name, resolve)) ??
      variablesOf(problem, output, of).map(symbol => ({ symbol }))
    return variables.map(first => styled(questionOf(output, first, then, order)))
  })
  return { ...problem, questions }
}

function listOf(wrt: Asked['wrt']): readonly (string | Sym | Call)[] | undefined {
  return typeof wrt === 'string' || (wrt !== undefined && 'kind' in wrt) ? [wrt] : wrt
}

/**
 * The passages of a document that ask for something, with their questions. A wish is granted in the last passage that
 * has what it names; where no passage asks and nothing is wished, the last one that defines something is taken. Raises
 * the errors of `ask`.
 */
export function askPassages(passages: readonly Passage[], asked: Asked = {}): readonly Passage[] {
  const wished = asked.of !== undefined || asked.wrt !== undefined
  const asking = wished ? [] : passages.filter(({ problem }) => problem.questions.length > 0)
  if (asking.length > 0) return asking.flatMap(bySection).map(passage => askIn(passage, asked))
  const candidates = passages.filter(({ problem }) => problem.definitions.length > 0).toReversed()
  if (!wished) {
    for (const { problem } of passages) raiseUnread(problem)
  }
  let fault: NameError | undefined
  for (const passage of candidates) {
    try {
      return [askIn(passage, asked)]
    } catch (error) {
      if (!(error instanceof NameError)) throw error
      fault ??= error
    }
  }
  throw fault ?? nothingToDifferentiate()
}

/**
 * The questions of a passage under the headings they stand under, each with what they rest on; a passage in which
 * only one section asks stays as it is.
 */
function bySection(passage: Passage): readonly Passage[] {
  const { problem, sections } = passage
  if (problem.layers !== undefined) return [passage]
  const groups = new Map<Passage['sections'][number] | undefined, Question[]>()
  for (const question of problem.questions) {
    const { span } = question
    const section = span && sections.findLast(({ from }) => from <= span.from)
    const group = groups.get(section)
    if (group) group.push(question)
    else groups.set(section, [question])
  }
  if (groups.size < 2) return [passage]
  return [...groups].map(([section, questions]) => ({
    ...passage,
    title: section?.title ?? passage.title,
    problem: restricted(problem, questions),
  }))
}

/** A problem with some of its questions, and the definitions and declarations that they rest on. */
function restricted(problem: Problem, questions: readonly Question[]): Problem {
  const bodies = new Map<Sym, Expr>(problem.definitions.map(({ symbol, body }) => [symbol, body]))
  const used = new Set<Sym>()
  for (let open: readonly Expr[] = questions.flatMap(({ of, wrt }) => [of, wrt]); open.length > 0; ) {
    const fresh = symbolsOf(open).filter(symbol => !used.has(symbol))
    for (const symbol of fresh) used.add(symbol)
    open = fresh.flatMap(symbol => bodies.get(symbol) ?? [])
  }
  return {
    ...problem,
    questions,
    definitions: problem.definitions.filter(({ symbol }) => used.has(symbol)),
    declarations: problem.declarations.filter(({ symbol }) => used.has(symbol)),
  }
}

function askIn(passage: Passage, asked: Asked): Passage {
  return { ...passage, problem: ask(passage.problem, asked) }
}

/** A variable, or a part of it. */
interface Variable {
  readonly symbol: Sym
  readonly part?: Call | undefined
}

function questionOf(of: Expr, first: Variable, then: Variable | undefined, order: 1 | 2 = 1): Question {
  const { symbol: wrt, part } = first
  if (then === undefined) {
    const question = { of, wrt, order }
    return part === undefined ? question : { ...question, parts: order === 1 ? [part] : [part, part] }
  }
  const parts = part && then.part ? [part, then.part] : undefined
  if ((part === undefined) !== (then.part === undefined)) {
    throw new NameError('mixed-parts', 'one variable is meant as a whole and the other by an entry', {
      hint: 'ask by entries of both, or by both as wholes',
    })
  }
  return { of, wrt, order: 2, second: then.symbol, parts }
}

/** A name, or the entry, row or column of a name. Raises `NameError`. */
function variableOf(problem: Problem, given: string | Sym | Call, resolve: Resolver): Variable {
  if (typeof given !== 'string') {
    if (given.kind === 'sym') return { symbol: given }
    const [symbol] = given.args
    if (isNamedPart(given) && symbol?.kind === 'sym') return { symbol, part: given }
    throw new NameError(
      'unsupported-variable',
      'derivatives are taken by quantities with a name and by their parts',
    )
  }
  const known = resolve.find(given)
  if (known !== undefined) return { symbol: known }
  const part = /[_[]/.test(given) ? partOf(problem, given) : undefined
  return part ?? { symbol: resolve.symbol(given) }
}

function partOf(problem: Problem, text: string): Variable | undefined {
  const part = indexedExpression(problem, text)
  if (part?.kind !== 'call' || !isNamedPart(part)) return undefined
  const [symbol] = part.args
  return symbol?.kind === 'sym' ? { symbol, part } : undefined
}

/** A formula whose letters may be free indices, in either dialect; undefined where it cannot be read as one. */
function indexedExpression(problem: Problem, text: string): Expr | undefined {
  const { dialect } = problem.notation
  const other = dialect === 'plain' ? 'latex' : 'plain'
  return readIndexed(problem, text, dialect) ?? readIndexed(problem, text, other)
}

function readIndexed(problem: Problem, text: string, dialect: 'latex' | 'plain'): Expr | undefined {
  try {
    return readExpression(text, {
      dialect,
      declarations: [...problem.declarations, ...symbolsIn(problem)],
      notation: problem.notation,
      freeIndices: true,
    })
  } catch (error) {
    if (error instanceof NameError || error instanceof ParseError) return undefined
    throw error
  }
}

/** A text that asks for something that could not be read is not answered with something else. */
function raiseUnread({ questions, readings }: Problem): void {
  if (questions.length > 0) return
  const unread = readings.find(({ what }) => what === 'a question was passed over')
  if (unread === undefined) return
  const { code, why, span, hint } = unread
  throw new NameError(code ?? 'unreadable-question', why, { span, hint })
}

function outputsOf(problem: Problem, of: string | Expr | undefined, resolve: Resolver): readonly Expr[] {
  if (of !== undefined) return [typeof of === 'string' ? expressionOf(problem, of, resolve) : of]
  if (problem.questions.length > 0) return [...new Set(problem.questions.map(question => question.of))]
  const { definitions } = problem
  const scalar =
    definitions.findLast(({ symbol }) => isScalar(symbol.shape)) ?? definitions[definitions.length - 1]
  if (scalar !== undefined) return [scalar.symbol]
  throw nothingToDifferentiate()
}

function nothingToDifferentiate(): NameError {
  return new NameError(
    'nothing-to-differentiate',
    'there is no definition, and no question says what to differentiate',
    {
      hint: 'define a function, such as L = ..., or ask for a derivative, such as \\frac{\\partial L}{\\partial W}',
    },
  )
}

/** A name of the problem, or a formula over its names. */
function expressionOf(problem: Problem, text: string, resolve: Resolver): Expr {
  const known = resolve.find(text)
  if (known !== undefined) return known
  const indexed = /[_[]/.test(text) ? indexedExpression(problem, text) : undefined
  if (indexed !== undefined) return indexed
  if (/^[\\\w{}^,']*$/.test(text.trim())) return resolve.symbol(text)
  const { dialect } = problem.notation
  return readExpression(text, {
    dialect,
    declarations: [...problem.declarations, ...symbolsIn(problem)],
    notation: problem.notation,
  })
}

/** The symbols asked about before, or everything the output depends on that is not defined, in order of appearance. */
function variablesOf(problem: Problem, output: Expr, of: string | Expr | undefined): readonly Sym[] {
  const before = of === undefined ? problem.questions.filter(question => question.of === output) : []
  return before.length > 0 ? before.map(({ wrt }) => wrt) : freeSymbols(problem, output)
}

/** The undefined symbols that a value depends on, directly or through definitions, in the order of declaration. */
function freeSymbols(problem: Problem, output: Expr): readonly Sym[] {
  if (problem.layers !== undefined) return layerVariables(problem, problem.layers, output)
  const bodies = new Map<Expr, Expr>(problem.definitions.map(({ symbol, body }) => [symbol, body]))
  const found = new Set<Sym>()
  const seen = new Set<Expr>()
  for (let open: Expr[] = [output]; open.length > 0; ) {
    const symbols = postorder(open).filter((node): node is Sym => node.kind === 'sym' && !seen.has(node))
    for (const symbol of symbols) {
      seen.add(symbol)
      if (symbol.role === 'variable' && !bodies.has(symbol)) found.add(symbol)
    }
    open = symbols.flatMap(symbol => bodies.get(symbol) ?? [])
  }
  const declared = problem.declarations.map(({ symbol }) => symbol).filter(symbol => found.has(symbol))
  return [...new Set([...declared, ...found])]
}

/** Finds the symbols of one problem by name, however the name is spelled; each spelling is looked up once. */
export interface Resolver {
  find(name: string): Sym | undefined
  /** Raises `NameError` for a name that the problem does not have. */
  symbol(name: string): Sym
}

export function resolverOf(problem: Problem): Resolver {
  const exact = new Map<string, Sym>()
  // What comes first wins, so it is put in last.
  noteNames(exact, problem.declarations)
  noteNames(exact, problem.definitions)
  let more: Spellings | undefined
  // What is neither defined nor declared, and how names are printed, is looked for when a name is not found at once.
  const spellings = () => {
    more ??= spellingsOf(problem)
    return more
  }
  const find = (name: string) =>
    exact.get(name) ??
    spellings().exact.get(name) ??
    spellings().bare.get(bareName(name)) ??
    (problem.layers && layerSymbol(problem.layers, name))
  const symbol = (name: string) => {
    const found = find(name)
    if (found !== undefined) return found
    const { symbols } = spellings()
    const rest = symbols.length > 20 ? ', …' : ''
    const names = symbols.slice(0, 20).map(known => known.name)
    throw new NameError('unknown-name', `there is no symbol ${name}`, {
      hint: names.length === 0 ? undefined : `the symbols are ${names.join(', ')}${rest}`,
    })
  }
  return { find, symbol }
}

function noteNames(exact: Map<string, Sym>, entries: readonly { readonly symbol: Sym }[]): void {
  for (let i = entries.length - 1; i >= 0; i--) {
    const { symbol } = entries[i]!
    exact.set(symbol.name, symbol)
  }
}

interface Spellings {
  readonly symbols: readonly Sym[]
  readonly exact: ReadonlyMap<string, Sym>
  readonly bare: ReadonlyMap<string, Sym>
}

function spellingsOf(problem: Problem): Spellings {
  const symbols = symbolsIn(problem)
  return {
    symbols,
    exact: tableOf(symbols, symbol => symbol.name),
    // The first spelling that fits: as the name is, then as it is printed.
    bare: new Map([
      ...tableOf(symbols, symbol => bareName(latexSymbol(symbol, problem.notation))),
      ...tableOf(symbols, symbol => bareName(symbol.name)),
    ]),
  }
}

/** The first symbol of each spelling. */
function tableOf(symbols: readonly Sym[], spelling: (symbol: Sym) => string): ReadonlyMap<string, Sym> {
  return new Map(symbols.toReversed().map(symbol => [spelling(symbol), symbol]))
}

/** Defined symbols first, then declared ones, then those that occur. */
function symbolsIn({ definitions, declarations }: Problem): readonly Sym[] {
  const symbols = new Set<Sym>(definitions.map(({ symbol }) => symbol))
  for (const { symbol } of declarations) symbols.add(symbol)
  for (const symbol of symbolsOf(definitions.map(({ body }) => body))) {
    if (symbol.role === 'variable') symbols.add(symbol)
  }
  return [...symbols]
}

/** A name without what spellings differ in: blanks, backslashes, and braces. */
function bareName(name: string): string {
  return name.replace(/[\\\s{}]/g, '')
}
