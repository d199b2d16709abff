import { MathError, NameError, ShapeError } from '../../base/errors.js'
import { cover, type Span } from '../../base/span.js'
import { symbol } from '../../expr/intern.js'
import type { Expr, Sym } from '../../expr/node.js'
import type { Claim, Declaration, Definition, Fact, Problem, Question, Reading } from '../../expr/problem.js'
import { isScalar, SCALAR, shapeText } from '../../expr/shape.js'
import { gather } from '../../ops/raise.js'
import { childrenOf } from '../children.js'
import type { Syntax } from '../syntax.js'
import { nameSizes, settleShapes } from './conventions.js'
import { type DimAliases, readDim } from './declare.js'
import { enterFunctions, type FunctionValue } from './document-functions.js'
import {
  declareAll,
  declareIndex,
  gatherAll,
  giveNumbers,
  isSizeFact,
  readSizeFacts,
} from './document-names.js'
import { assemble, bare, items, nameParts } from './names.js'
import type { Numbers } from './numbers.js'
import { inOrder } from './order.js'
import { readTerm } from './plan.js'
import { findName } from './plan-names.js'
import { opOf } from './plan-words.js'
import { type Asked, askEach, readQuestion } from './questions.js'
import { attempt, lookup, meet, note, type Session } from './reader.js'
import { NOWHERE, type Place, within } from './resolve.js'
import type { SymbolEntry } from './scope.js'
import { newStatementShapes, type StatementShapes } from './session.js'
import { spellNames } from './spelling.js'
import { type Equation, occursIn, type Sorted } from './statements.js'
import type { IndexEntry, Term } from './term.js'

/** What is to be made sense of, besides what the session already knows. */
export interface Material {
  readonly sorted: Sorted
  readonly sizes: Map<string, number>
  /** Numbers given beside the text, by canonical name. */
  readonly bindings: ReadonlyMap<string, Numbers>
  /** Derivatives asked for beside the text. */
  readonly asks: readonly Ask[]
  /** A second definition of a name is an error, and so is a question that cannot be read. */
  readonly strict: boolean
  /** Text at a span, for showing facts and spelling names as they were written. */
  readonly textAt: (span: Span) => string
}

export interface Ask {
  readonly of: Syntax
  readonly by: readonly Syntax[]
  readonly order: 1 | 2
  readonly span: Span
}

interface DefinitionDraft {
  readonly entry: SymbolEntry
  readonly term: Term
  readonly axes: readonly IndexEntry[]
  readonly span: Span
}

interface FactDraft {
  readonly left: Term
  readonly right: Term
  readonly span: Span
}

/** Makes a problem of sorted statements. Raises `NameError`, `ShapeError` and `ParseError` with the place. */
export function elaborate(session: Session, material: Material): Problem {
  const { sorted, sizes } = material
  gatherAll(session, sorted)
  const aliases = readSizeFacts(session, sorted, sizes)
  declareAll(session, sorted.declarations, aliases)
  for (const { name, span } of sorted.maps) enterMap(session, name, span)
  for (const { range, span } of sorted.ranges) declareIndex(session, range, aliases, span)
  const all: StatementShapes[] = []
  const reading = <T>(read: () => T): T => {
    session.shapes = newStatementShapes()
    all.push(session.shapes)
    return read()
  }
  const values = new Map<SymbolEntry, Numbers>()
  const claims: Equation[] = [...sorted.claims]
  const heads = enterHeads(session, material, aliases, claims)
  const functionValues = reading(() => enterFunctions(session, material, claims))
  enterValues(session, material, values, claims)
  const drafts: DefinitionDraft[] = []
  for (const head of heads) {
    const draft = reading(() => attempt(session, material.strict, () => readDefinition(session, head)))
    if (draft !== undefined) drafts.push(draft)
  }
  for (const value of functionValues) {
    const draft = reading(() => attempt(session, material.strict, () => readFunctionValue(session, value)))
    if (draft !== undefined) drafts.push(draft)
  }
  const stated = claims.filter(claim => isGiven(session, claim))
  const facts = [...sorted.facts, ...stated]
    .filter(fact => !isSizeFact(session, fact))
    .map(fact => reading(() => readFact(session, fact)))
  const asked: Asked[] = []
  for (const { node, span } of sorted.questions) {
    const found = reading(() => attempt(session, material.strict, () => readQuestion(session, node, span)))
    if (found !== undefined) asked.push(...found)
  }
  for (const { of, by, order, span } of material.asks) {
    asked.push(...reading(() => askEach(session, of, by, order, span)))
  }
  settleShapes(session.solver, all)
  const symbols = [...session.scope.values()].flatMap(entry =>
    entry.kind === 'symbol' ? [entry] : entry.kind === 'function' && entry.symbol ? [entry.symbol] : [],
  )
  nameSizes(session.solver, symbols, takenNames(session))
  for (const [name, numbers] of material.bindings) bindNumbers(session, name, numbers, values, sizes)
  const definitions = inOrder(drafts.map(draft => buildDefinition(session, draft)))
  const questions = asked.map(
    ({ of, wrt, order, span }): Question =>
      Object.freeze({ of: session.build(of), wrt: session.build(wrt) as Sym, order, span }),
  )
  const known = facts.map((fact): Fact => {
    const assumption = Object.freeze({ latex: material.textAt(fact.span).trim() })
    return Object.freeze({
      left: session.build(fact.left),
      right: session.build(fact.right),
      assumption,
      span: fact.span,
    })
  })
  const claimed = readClaims(
    session,
    claims.filter(claim => !stated.includes(claim)),
  )
  spellNames(session, material.textAt)
  return Object.freeze({
    declarations: symbols.map(entry => declarationOf(session, entry)),
    definitions,
    facts: known,
    questions: withoutRepeats(questions),
    claims: claimed,
    values: new Map([...values].map(([entry, numbers]) => [symOf(session, entry), numbers])),
    sizes,
    notation: session.notation.notation(session.dialect),
    readings: readingsOf(session, symbols, sorted),
  })
}

function enterMap(session: Session, node: Syntax, span: Span): void {
  const parts = nameParts(node)
  const name = parts && assemble(parts, items(parts.subscripts), parts.superscripts, 0)
  if (name === undefined || session.scope.get(name)?.kind === 'symbol') return
  session.scope.set(name, { kind: 'map', name, span })
}

// ------------------------------------------------------------------------------------------------- definitions

interface HeadDraft {
  readonly entry: SymbolEntry
  readonly equation: Equation
  readonly axes: readonly IndexEntry[]
}

function enterHeads(
  session: Session,
  material: Material,
  aliases: DimAliases,
  claims: Equation[],
): readonly HeadDraft[] {
  const heads: HeadDraft[] = []
  const seen = new Map<string, Equation>()
  for (const equation of material.sorted.equations) {
    if (isSizeFact(session, equation)) continue
    const parts = nameParts(equation.left)!
    const place: Place = { locals: undefined, indices: equation.indices }
    const whole = assemble(parts, items(parts.subscripts), parts.superscripts, parts.primes, equation.indices)
    const letters = whole !== undefined && session.scope.has(whole) ? [] : freeLetters(session, equation)
    const below = items(parts.subscripts).flatMap(splitLetters(letters))
    const kept = below.filter(item => !letters.includes(letterOf(item) ?? ''))
    const name = assemble(parts, kept, parts.superscripts, parts.primes, equation.indices)
    if (name === undefined) {
      claims.push(equation)
      continue
    }
    const before = seen.get(name)
    if (before !== undefined) {
      if (material.strict) {
        throw new NameError('defined-twice', `${name} is defined twice`, {
          span: equation.left.span,
          hint: 'give the second one another name, or leave the first out',
        })
      }
      claims.push(equation)
      continue
    }
    const entry = headEntry(session, name, parts, place, equation)
    if (entry === undefined) {
      claims.push(equation)
      continue
    }
    seen.set(name, equation)
    entry.defined = true
    heads.push({ entry, equation, axes: axesOf(session, entry, equation, letters, aliases) })
  }
  return heads
}

function headEntry(
  session: Session,
  name: string,
  parts: NonNullable<ReturnType<typeof nameParts>>,
  place: Place,
  equation: Equation,
): SymbolEntry | undefined {
  const known = session.scope.get(name)
  if (known?.kind === 'symbol') return known
  if (known !== undefined) return undefined
  // An entry of a declared array is not defined by itself.
  const found = findName(session, parts, parts.superscripts, parts.primes, place)
  if (found !== undefined && found.selectors.length > 0 && found.name !== name) return undefined
  return meet(session, name, equation.left.span)
}

/** Letters in the head that run: they select in the head and on the right, or were declared to. */
function freeLetters(session: Session, equation: Equation): readonly string[] {
  const parts = nameParts(equation.left)!
  const letters = items(parts.subscripts).flatMap(item => {
    const node = bare(item)
    const factors = node.kind === 'product' ? node.factors : [node]
    return factors.map(factor => letterOf(factor))
  })
  if (letters.length === 0 || letters.length > 2 || letters.includes(undefined)) return []
  const running = (letters as string[]).filter(letter => {
    if (equation.indices.has(letter)) return false
    if (lookup(session, NOWHERE, letter)?.kind === 'index') return true
    if (equation.ranges.some(range => range.letter === letter)) return true
    if (session.scope.has(letter) || session.dimensions.has(letter) || !/^[a-z]$/.test(letter)) return false
    return /^[i-np-t]$/.test(letter) && selectsIn(equation.right, letter)
  })
  return running.length === letters.length ? running : []
}

/** Whether a letter stands alone among the subscripts of some name. */
function selectsIn(root: Syntax, letter: string): boolean {
  let found = false
  const stack: Syntax[] = [root]
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const node = bare(next)
    if (node.kind === 'scripted') {
      for (const script of items(node.subscripts)) {
        const inside = bare(script)
        if (inside.kind === 'sum' && occursIn(inside, letter)) return false
        const factors = inside.kind === 'product' ? inside.factors : [inside]
        if (factors.some(factor => letterOf(factor) === letter)) found = true
      }
    }
    for (const child of childrenOf(node)) stack.push(child)
  }
  return found
}

function letterOf(node: Syntax): string | undefined {
  const now = bare(node)
  return now.kind === 'name' && now.marks.length === 0 && now.font === null ? now.base : undefined
}

function splitLetters(letters: readonly string[]): (item: Syntax) => readonly Syntax[] {
  return item => {
    const node = bare(item)
    if (node.kind !== 'product' || !node.factors.every(factor => letters.includes(letterOf(factor) ?? '')))
      return [node]
    return node.factors
  }
}

function axesOf(
  session: Session,
  entry: SymbolEntry,
  equation: Equation,
  letters: readonly string[],
  aliases: DimAliases,
): readonly IndexEntry[] {
  const { solver } = session
  const sides = [entry.sides.rows, entry.sides.columns]
  if (letters.length === 1) solver.unify(entry.sides.columns, solver.scalar.columns)
  return letters.map((letter, k): IndexEntry => {
    const declared = lookup(session, NOWHERE, letter)
    const extent = sides[k]!
    if (declared?.kind === 'index') solver.unify(extent, declared.extent)
    const range = equation.ranges.find(each => each.letter === letter)
    if (range?.high !== undefined) solver.bind(extent, readDim(range.high, aliases))
    solver.presumeLong(extent)
    return {
      kind: 'index',
      letter,
      symbol: symbol(letter, SCALAR, 'index'),
      extent,
      span: equation.left.span,
    }
  })
}

function readDefinition(session: Session, { entry, equation, axes }: HeadDraft): DefinitionDraft {
  const { solver } = session
  session.shapes.symbols.add(entry)
  let place: Place = { locals: undefined, indices: equation.indices }
  for (const axis of axes) place = within(place, axis.letter, axis)
  if (axes.length > 0) session.shapes.arrays = true
  const term = readTerm(session, equation.right, place)
  const needed = axes.length > 0 ? solver.scalar : entry.sides
  if (axes.length > 0 && solver.isArray(term.sides)) {
    throw new NameError(
      'unsupported-recurrence',
      `${entry.name} is defined for every index as a whole array`,
      {
        span: equation.span,
        hint: 'list the values of the index: i = 0, 1',
      },
    )
  }
  if (!(term.literal && axes.length === 0) && solver.unifyShapes(needed, term.sides) !== undefined) {
    throw new ShapeError(
      'shape-clash',
      `${entry.name} is ${solver.text(needed)}, but what it is defined as is ${solver.text(term.sides)}`,
      { span: cover(equation.left.span, equation.right.span) },
    )
  }
  return { entry, term, axes, span: equation.span }
}

function readFunctionValue(session: Session, { entry, statement }: FunctionValue): DefinitionDraft {
  session.shapes.symbols.add(entry)
  const term = readTerm(session, statement.body, NOWHERE)
  if (session.solver.unifyShapes(entry.sides, term.sides) !== undefined) {
    throw new ShapeError(
      'shape-clash',
      `${entry.name} is ${session.solver.text(entry.sides)}, but what it is defined as is ${session.solver.text(term.sides)}`,
      { span: statement.span },
    )
  }
  return { entry, term, axes: [], span: statement.span }
}

function buildDefinition(session: Session, { entry, term, axes, span }: DefinitionDraft): Definition {
  const name = symOf(session, entry)
  const body = session.build(term)
  if (axes.length === 0) return Object.freeze({ symbol: name, body, span })
  const [rows, columns] = axes.map(axis => ({
    symbol: axis.symbol,
    extent: session.solver.value(axis.extent)!,
  }))
  const whole = gather(body, rows!, columns)
  if (whole === undefined) {
    throw new NameError(
      'unsupported-index',
      `this definition of the entries of ${entry.name} has no matrix form`,
      {
        span: term.span,
        hint: 'use each index only as a plain subscript, or write the definition with matrices',
      },
    )
  }
  return Object.freeze({ symbol: name, body: whole, span })
}

// ------------------------------------------------------------------------------------------------------ values

function enterValues(
  session: Session,
  material: Material,
  values: Map<SymbolEntry, Numbers>,
  claims: Equation[],
): void {
  for (const { name: node, numbers, span } of material.sorted.values) {
    const parts = nameParts(node)!
    const name = assemble(parts, items(parts.subscripts), parts.superscripts, parts.primes)
    if (name === undefined) continue
    if (session.dimensions.has(name) && !session.scope.has(name)) {
      material.sizes.set(name, numbers[0]![0]!)
      continue
    }
    const known = session.scope.get(name)
    if (known !== undefined && known.kind !== 'symbol') continue
    if (known === undefined) {
      const found = findName(session, parts, parts.superscripts, parts.primes, NOWHERE)
      if (found !== undefined) {
        note(session, `the value of ${name} was passed over`, 'only whole quantities are given values', span)
        continue
      }
    }
    const shape = {
      rows: session.solver.side(numbers.length),
      columns: session.solver.side(numbers[0]!.length),
    }
    const entry = known ?? meet(session, name, node.span, shape)
    if (entry.defined || values.has(entry)) {
      claims.push({ left: node, right: node, indices: new Map(), ranges: [], span })
      continue
    }
    if (known === undefined) entry.reason = 'its value is given'
    values.set(entry, giveNumbers(session, entry, numbers, material.sizes, span))
  }
}

function bindNumbers(
  session: Session,
  name: string,
  numbers: Numbers,
  values: Map<SymbolEntry, Numbers>,
  sizes: Map<string, number>,
): void {
  const entry = session.scope.get(name)
  if (entry?.kind !== 'symbol') return
  values.set(entry, giveNumbers(session, entry, numbers, sizes, entry.span))
}

// --------------------------------------------------------------------------------------------- facts and claims

function readFact(session: Session, { left, right, span }: Equation): FactDraft {
  const sides = [readTerm(session, left, NOWHERE), readTerm(session, right, NOWHERE)] as const
  match(session, sides[0], sides[1])
  return { left: sides[0], right: sides[1], span }
}

/** Whether an equation speaks only of what is declared and not defined: then it is a property of what is given. */
function isGiven(session: Session, { left, right }: Equation): boolean {
  let mentioned = 0
  const stack: Syntax[] = [left, right]
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const node = bare(next)
    if (node.kind === 'derivative' || node.kind === 'gradient' || node.kind === 'differential') return false
    const parts = nameParts(node)
    if (parts === undefined) {
      for (const child of childrenOf(node)) stack.push(child)
      continue
    }
    const found = findName(session, parts, [], 0, NOWHERE)
    if (found === undefined) {
      if (!/^(?:bold|bb|bm)\{1\}$|^I$/.test(parts.base) && opOf(session, parts) === undefined) return false
    } else if (found.entry.kind !== 'symbol' || !found.entry.declared || found.entry.defined) return false
    else mentioned++
  }
  return mentioned > 0
}

/** Both sides of an equation have one shape, unless one is a number that fills it. */
function match(session: Session, left: Term, right: Term): void {
  if (left.literal || right.literal) return
  const { solver } = session
  if (solver.unifyShapes(left.sides, right.sides) === undefined) return
  throw new ShapeError(
    'shape-clash',
    `the left side is ${solver.text(left.sides)}, the right side ${solver.text(right.sides)}`,
    { span: cover(left.span, right.span) },
  )
}

function readClaims(session: Session, claims: readonly Equation[]): readonly Claim[] {
  const read: Claim[] = []
  for (const { left, right, span } of claims) {
    if (left === right) continue
    session.shapes = newStatementShapes()
    try {
      const first = readTerm(session, left, NOWHERE)
      const second = readTerm(session, right, NOWHERE)
      match(session, first, second)
      settleShapes(session.solver, [session.shapes])
      nameSizes(session.solver, session.shapes.symbols, takenNames(session))
      read.push(Object.freeze({ left: session.build(first), right: session.build(second), span }))
    } catch (error) {
      if (!(error instanceof MathError)) throw error
      note(session, 'a claim was passed over', error.message, error.span ?? span)
    }
  }
  return read
}

// ------------------------------------------------------------------------------------------------------ results

function symOf(session: Session, entry: SymbolEntry): Sym {
  return entry.given ?? symbol(entry.name, session.solver.shape(entry.sides) ?? SCALAR)
}

function declarationOf(session: Session, entry: SymbolEntry): Declaration {
  return Object.freeze({
    symbol: symOf(session, entry),
    span: entry.span,
    family: entry.family?.letter,
    set: entry.set,
    inferred: entry.declared ? undefined : reasonOf(entry),
  })
}

function reasonOf(entry: SymbolEntry): string {
  if (entry.defined) return 'it has the shape of what it is defined as'
  return entry.reason ?? 'it follows from what it is used with'
}

function readingsOf(session: Session, symbols: readonly SymbolEntry[], sorted: Sorted): readonly Reading[] {
  const shapes = symbols
    .filter(entry => !entry.declared && !entry.defined)
    .map((entry): Reading => {
      const shape = session.solver.shape(entry.sides) ?? SCALAR
      const what = isScalar(shape) ? 'a number' : shapeText(shape)
      return {
        what: `${entry.name} is ${what}`,
        why: reasonOf(entry),
        span: entry.span,
      }
    })
  const unread = sorted.unread.map(
    ({ span, why }): Reading => ({ what: 'a line was passed over', why, span }),
  )
  const seen = new Set<string>()
  const all = [...session.readings, ...shapes, ...unread].filter(({ what, why, span }) => {
    const key = /passed over$/.test(what) ? `${what}|${span?.from}` : `${what}|${why}`
    return !seen.has(key) && seen.add(key)
  })
  return Object.freeze(all.map(each => Object.freeze(each)))
}

function takenNames(session: Session): ReadonlySet<string> {
  return new Set([
    ...session.scope.keys(),
    ...session.dimensions,
    ...session.evidence.standing,
    ...session.evidence.calls.keys(),
  ])
}

function withoutRepeats(questions: readonly Question[]): readonly Question[] {
  const kept: Question[] = []
  const seen = new Map<Expr, Set<string>>()
  for (const question of questions) {
    const key = `${question.order}|${question.wrt.id}`
    const keys = seen.get(question.of) ?? new Set<string>()
    if (!keys.has(key)) kept.push(question)
    keys.add(key)
    seen.set(question.of, keys)
  }
  return kept
}
