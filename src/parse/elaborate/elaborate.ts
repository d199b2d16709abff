import { NameError, ParseError } from '../../base/errors.js'
import type { Span } from '../../base/span.js'
import type { Call, Expr, Sym } from '../../expr/node.js'
import type { Declaration, Fact, Problem, Question, Reading } from '../../expr/problem.js'
import { isScalar, SCALAR, shapeText } from '../../expr/shape.js'
import type { Syntax } from '../syntax.js'
import { applyBounds } from './bounds.js'
import { isGiven, onesTimes, readClaims, readFact } from './claims.js'
import { nameSizes, settleShapes } from './conventions.js'
import {
  buildDefinition,
  type DefinitionDraft,
  enterHeads,
  readDefinition,
  readFunctionValue,
} from './definitions.js'
import { enterFunctions } from './document-functions.js'
import { declareAll, declareIndex, gatherAll, isSizeFact, readSizeFacts } from './document-names.js'
import { bindNumbers, enterValues } from './document-values.js'
import { doubtRenewed, doubtRuns, raiseDoubts, raiseFault, refuseVariants } from './doubts.js'
import { type Material, symOf, takenNames } from './material.js'
import { assemble, items, nameParts } from './names.js'
import type { Numbers } from './numbers.js'
import { inOrder } from './order.js'
import { applyProperties, factsOfProperties, propertiesOfSets } from './properties.js'
import { type Asked, askEach, askMixed, readQuestion } from './questions.js'
import { attempt, doubted, note, passOver, type Session } from './reader.js'
import type { SymbolEntry } from './scope.js'
import { newStatementShapes, type StatementShapes } from './session.js'
import { spellNames, spellSigmoid, spellSpecials } from './spelling.js'
import type { Equation, Sorted } from './statement-kinds.js'

/** Makes a problem of sorted statements. Raises `NameError`, `ShapeError` and `ParseError` with the place. */
export function elaborate(session: Session, material: Material): Problem {
  const { sorted, sizes, strict } = material
  if (strict) refuseUnread(sorted)
  gatherAll(session, material)
  const aliases = readSizeFacts(session, sorted, sizes)
  declareAll(session, sorted.declarations, aliases, strict)
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
  doubtRenewed(session, material)
  for (const name of session.evidence.bounds) if (!session.scope.has(name)) session.dimensions.add(name)
  const functionValues = reading(() => enterFunctions(session, material, claims))
  enterValues(session, material, values)
  const drafts: DefinitionDraft[] = []
  for (const head of heads) {
    const draft = reading(() =>
      attempt(session, strict, () => readDefinition(session, head), doubted(session, head.entry.name)),
    )
    if (draft !== undefined) drafts.push(draft)
  }
  for (const value of functionValues) {
    const draft = reading(() =>
      attempt(session, strict, () => readFunctionValue(session, value), doubted(session, value.entry.name)),
    )
    if (draft !== undefined) drafts.push(draft)
  }
  const stated = claims.filter(claim => isGiven(session, claim))
  if (session.given === true) refuseIdle(claims.filter(claim => !stated.includes(claim)))
  const aboutSizes = sorted.equations.filter(equation => isSizeFact(session, equation))
  const facts = [...sorted.facts, ...aboutSizes, ...stated].map(fact =>
    reading(() => readFact(session, fact)),
  )
  const asked: Asked[] = []
  for (const question of sorted.questions) {
    const found = reading(() =>
      attempt(
        session,
        strict,
        () => readQuestion(session, question.node, question.span),
        error => raiseFault(session, error, question),
        'a question was passed over',
      ),
    )
    if (found !== undefined) asked.push(...found)
  }
  for (const { of, by, order, mixed, span } of material.asks) {
    const [first, then] = by
    const read = () =>
      mixed && first !== undefined && then !== undefined
        ? [askMixed(session, of, [first, then], span)]
        : askEach(session, of, by, order, span)
    asked.push(...reading(read))
  }
  applyBounds(session, sorted.bounds, strict, material.textAt)
  const properties = [...sorted.properties, ...propertiesOfSets(sorted.declarations)]
  applyProperties(session, properties, strict)
  settleShapes(session.solver, all)
  const symbols = [...session.scope.values()].flatMap(entry =>
    entry.kind === 'symbol' ? [entry] : entry.kind === 'function' && entry.symbol ? [entry.symbol] : [],
  )
  nameSizes(session.solver, symbols, takenNames(session))
  for (const [name, numbers] of material.bindings) bindNumbers(session, name, numbers, values, sizes)
  const definitions = inOrder(drafts.map(draft => buildDefinition(session, draft)))
  const questions = asked.map(
    ({ of, wrt, order, second, parts, span }): Question =>
      Object.freeze({
        of: session.build(of),
        wrt: session.build(wrt) as Sym,
        order,
        ...(second && { second: session.build(second) as Sym }),
        ...(parts && { parts: parts.map(part => session.build(part) as Call) }),
        span,
      }),
  )
  const known = facts.map((fact): Fact => {
    const [left, right] = [session.build(fact.left), session.build(fact.right)]
    if (strict && left.kind === 'num' && right.kind === 'num') {
      throw new ParseError('unused-line', 'nothing can be made of this: it speaks of numbers only', {
        span: fact.span,
        hint: 'state a fact about something declared, or leave it out',
      })
    }
    const assumption = Object.freeze({ latex: material.textAt(fact.span).trim() })
    return Object.freeze({
      left: onesTimes(left),
      right: onesTimes(right),
      assumption,
      span: fact.span,
    })
  })
  const symbolOf = (name: string) => {
    const entry = session.scope.get(name)
    return entry?.kind === 'symbol' ? symOf(session, entry) : undefined
  }
  known.push(...factsOfProperties(properties, symbolOf, material.textAt))
  const claimed = readClaims(
    session,
    claims.filter(claim => !stated.includes(claim)),
  )
  for (const { span } of claimed) {
    const text = span === undefined ? '' : material.textAt(span).trim()
    note(session, `a claim: ${text}`, 'it defines nothing; only a check looks at it', span)
  }
  if (session.given === true) refuseVariants(session, definitions, questions)
  doubtRuns(session, material.textAt)
  raiseDoubts(session, { definitions, facts: known, questions, claims: claimed })
  spellNames(session, material.textAt)
  spellSigmoid(session)
  spellSpecials(session)
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

/** In a request every line defines a name or states a fact: `A y = x` would leave y without a value. Raises `NameError`. */
function refuseIdle(claims: readonly Equation[]): void {
  const idle = claims.find(({ left }) => nameParts(left) === undefined)
  if (idle === undefined) return
  throw new NameError('defines-nothing', 'this defines nothing: there is no name on its left', {
    span: idle.span,
    hint: 'solve it for what it is to define, or state it as an assumption',
  })
}

/** Where every line counts, one of which nothing is made is a slip. Raises `ParseError` with its place. */
function refuseUnread(sorted: Sorted): void {
  const refused = sorted.unread.find(({ weight }) => weight !== 'aside')
  if (refused === undefined) return
  throw new ParseError('unused-line', `nothing can be made of this: ${refused.why}`, {
    span: refused.span,
    hint: 'declare x \\in \\mathbb{R}^n, define z = …, or leave it out',
  })
}

function enterMap(session: Session, node: Syntax, span: Span): void {
  const parts = nameParts(node)
  const name = parts && assemble(parts, items(parts.subscripts), parts.superscripts, 0)
  if (name === undefined || session.scope.get(name)?.kind === 'symbol') {
    const why = name === undefined ? 'only names are declared' : `${name} is a quantity already`
    passOver(session, 'a declaration was passed over', why, span)
    return
  }
  session.scope.set(name, { kind: 'map', name, span })
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
        kind: 'choice',
        what: `${entry.name} is ${what}`,
        why: reasonOf(entry),
        span: entry.span,
      }
    })
  const unread = sorted.unread
    .filter(({ weight }) => weight !== 'name')
    .map(
      ({ span, why }): Reading => ({
        kind: 'passed-over',
        what: 'a line was passed over',
        why,
        span,
        code: 'unused-line',
      }),
    )
  const seen = new Set<string>()
  const all = [...session.readings, ...shapes, ...unread].filter(({ what, why, span }) => {
    const key = /passed over$/.test(what) ? `${what}|${span?.from}` : `${what}|${why}`
    return !seen.has(key) && seen.add(key)
  })
  return Object.freeze(all.map(each => Object.freeze(each)))
}

function withoutRepeats(questions: readonly Question[]): readonly Question[] {
  const kept: Question[] = []
  const seen = new Map<Expr, Set<string>>()
  for (const question of questions) {
    const { order, wrt, second = wrt, parts = [] } = question
    const key = [order, wrt.id, second.id, ...parts.map(part => part.id)].join('|')
    const keys = seen.get(question.of) ?? new Set<string>()
    if (!keys.has(key)) kept.push(question)
    keys.add(key)
    seen.set(question.of, keys)
  }
  return kept
}
