import { MathError, NameError, ShapeError } from '../../base/errors.js'
import type { Span } from '../../base/span.js'
import { number, symbol } from '../../expr/intern.js'
import type { Expr } from '../../expr/node.js'
import type { Definition } from '../../expr/problem.js'
import { isScalar, SCALAR, sameShape } from '../../expr/shape.js'
import type { Statement } from '../read.js'
import type { RelationOperator, Syntax } from '../syntax.js'
import { closest } from './closest.js'
import { nameSizes, settleShapes } from './conventions.js'
import { readRange } from './declare.js'
import { buildDefinition, type DefinitionDraft, enterHeads, readDefinition } from './definitions.js'
import { declareIndex } from './document-names.js'
import { gather } from './evidence.js'
import { looseLetters } from './line-indices.js'
import { type Material, takenNames } from './material.js'
import { assemble, bare, items, nameParts } from './names.js'
import { isHead, mentions } from './occurrence.js'
import { readTerm } from './plan.js'
import { findName, specialSelectors } from './plan-names.js'
import type { Session } from './reader.js'
import { NOWHERE, type Place } from './resolve.js'
import { type Layout, newStatementShapes } from './session.js'
import type { Equation } from './statement-kinds.js'
import { sortStatements } from './statements.js'
import type { Term } from './term.js'

/** A formula of a line: what it means, or why that is not known. */
export interface LineFormula {
  readonly value: Expr | undefined
  readonly error: MathError | undefined
  readonly span: Span
}

/** What a line says: that formulas are equal (or related otherwise) to the head of a chain. */
export interface LineStatement {
  /** What the chain begins with; undefined when there is nothing that the line could continue. */
  readonly head: LineFormula | undefined
  /** The line begins with a relation, and its head stands in a line above. */
  readonly continues: boolean
  readonly steps: readonly LineStep[]
  /** The name that the line introduces. */
  readonly definition: Definition | undefined
  readonly remark: string | undefined
  readonly span: Span
  /** What the line says in another layout, where its formulas do not go together in the shape convention. */
  readonly otherwise: readonly (Pick<LineStatement, 'head' | 'steps'> & { readonly layout: Layout })[]
}

export interface LineStep {
  readonly operator: RelationOperator
  readonly formula: LineFormula
}

/** What lines above leave to the lines below them. */
export interface LineState {
  head: { readonly term: Term | undefined; readonly formula: LineFormula } | undefined
  /** Index letters that only this chain speaks of. */
  readonly letters: Set<string>
}

/** Reads one statement of a line, once for each value of the indices its tail lists. */
export function readLine(session: Session, statement: Statement, state: LineState): readonly LineStatement[] {
  let places: readonly Place[] = [NOWHERE]
  for (const tail of statement.tail) {
    const range = readRange(tail)
    if (range === undefined) continue
    if (range.values === undefined) declareIndex(session, range, new Map(), tail.span)
    else places = places.flatMap(place => range.values!.map(value => withIndex(place, range.letter, value)))
  }
  const body = bare(statement.body)
  // Behind a relation may stand for which indices it holds.
  const bodies = body.kind === 'list' ? body.items.map(bare).filter(item => item.kind === 'relation') : [body]
  return bodies.flatMap(each =>
    isRange(each) ? [] : places.map(place => readOnce(session, { ...statement, body: each }, state, place)),
  )
}

/** `j = 1, \\dots, n` says nothing that could be wrong. */
function isRange(node: Syntax): boolean {
  return readRange(node) !== undefined
}

function withIndex(place: Place, letter: string, value: number): Place {
  return { ...place, indices: new Map([...place.indices, [letter, value]]) }
}

/** A formula on its own; undefined where it cannot be read. Loose letters in it are indices. */
export function readAlone(session: Session, node: Syntax): Expr | undefined {
  const state: LineState = { head: undefined, letters: new Set() }
  enterLetters(session, [node], state, NOWHERE)
  session.shapes = newStatementShapes()
  const draft = readFormula(session, node, NOWHERE)
  settleShapes(session.solver, [session.shapes])
  for (const letter of state.letters) session.scope.delete(letter)
  return build(session, draft, undefined).value
}

interface Draft {
  readonly term: Term | undefined
  readonly error: MathError | undefined
  readonly span: Span
}

function readOnce(session: Session, statement: Statement, state: LineState, place: Place): LineStatement {
  const { operands, operators, continues } = chainOf(statement)
  if (!continues) {
    for (const letter of state.letters) session.scope.delete(letter)
    state.letters.clear()
  }
  for (const operand of operands) gather(session.evidence, operand)
  enterLetters(session, operands, state, place)
  session.shapes = newStatementShapes()
  const left = continues ? undefined : operands[0]
  const rest = continues ? operands : operands.slice(1)
  const drafts: Draft[] = []
  let head: Draft | undefined
  let definition: DefinitionDraft | undefined
  if (left === undefined) head = state.head && { ...state.head.formula, term: state.head.term }
  else if (isNew(session, left, rest, place)) {
    ;({ definition, draft: head } = readNew(session, left, rest, place, statement.span))
  } else head = readFormula(session, left, place)
  for (const operand of rest) {
    const draft = readFormula(session, operand, place)
    if (draft.term !== undefined && head?.term !== undefined) {
      session.solver.unifyShapes(head.term.sides, draft.term.sides)
    }
    drafts.push(draft)
  }
  settleShapes(session.solver, [session.shapes])
  nameSizes(session.solver, session.shapes.symbols, takenNames(session))
  const first = continues ? state.head?.formula : head && build(session, head, undefined)
  const steps = drafts.map(
    (draft, i): LineStep => ({ operator: operators[i]!, formula: build(session, draft, first?.value) }),
  )
  const fits = steps.every(
    ({ formula: { value, error } }) =>
      !(error instanceof ShapeError) &&
      (value === undefined || first?.value === undefined || sameShape(value.shape, first.value.shape)),
  )
  const otherwise =
    fits || first === undefined
      ? []
      : LAYOUTS.flatMap(layout => readIn(layout, session, left, rest, operators, first, place))
  if (!continues && first !== undefined) state.head = { term: head?.term, formula: first }
  return Object.freeze({
    head: first,
    continues,
    steps,
    definition: definition && attemptDefinition(session, definition),
    remark: statement.remark ?? undefined,
    span: statement.span,
    otherwise,
  })
}

const LAYOUTS: readonly Layout[] = ['numerator', 'denominator']

/** The same line in another layout, if all of it can be read there and has one shape. */
function readIn(
  layout: Layout,
  session: Session,
  left: Syntax | undefined,
  rest: readonly Syntax[],
  operators: readonly RelationOperator[],
  known: LineFormula,
  place: Place,
): LineStatement['otherwise'] {
  session.shapes = newStatementShapes()
  session.layout = layout
  const isName = left !== undefined && nameParts(left) !== undefined
  const drafts = [...(left === undefined || isName ? [] : [left]), ...rest].map(node =>
    readFormula(session, node, place),
  )
  session.layout = undefined
  settleShapes(session.solver, [session.shapes])
  const formulas = drafts.map(draft => build(session, draft, undefined))
  const head = left === undefined || isName ? known : formulas.shift()!
  if ([head, ...formulas].some(({ value }) => value === undefined)) return []
  const steps = formulas.map((formula, i): LineStep => ({ operator: operators[i]!, formula }))
  return [{ layout, head, steps }]
}

interface Chain {
  readonly operands: readonly Syntax[]
  /** One for each operand behind the first, or for each when the chain continues another. */
  readonly operators: readonly RelationOperator[]
  readonly continues: boolean
}

/** The operands of a line; an arrow in front of it only says why it is stated. */
function chainOf(statement: Statement): Chain {
  const body = bare(statement.body)
  const arrow = statement.continues === 'implies' || statement.continues === 'iff'
  const first = arrow ? null : statement.continues
  if (body.kind !== 'relation') {
    return { operands: [body], operators: first === null ? [] : [first], continues: first !== null }
  }
  const { operators, leading } = body
  const operands = body.operands.map(withoutQuantifiers)
  if (first !== null) return { operands, operators: [first, ...operators], continues: true }
  return { operands, operators, continues: leading }
}

/** `A_{ij}, \\quad i, j`: what stands behind a comma only says for which indices. */
function withoutQuantifiers(operand: Syntax): Syntax {
  const node = bare(operand)
  return node.kind === 'list' ? node.items[0]! : operand
}

function readFormula(session: Session, node: Syntax, place: Place): Draft {
  const before = new Set(session.scope.keys())
  const passed = session.readings.length
  try {
    const term = readTerm(session, node, place)
    const unknown = metSince(session, before)
    session.readings.length = passed
    if (unknown !== undefined) throw unknown
    return { term, error: undefined, span: node.span }
  } catch (error) {
    if (!(error instanceof MathError)) throw error
    metSince(session, before)
    session.readings.length = passed
    return { term: undefined, error, span: node.span }
  }
}

/** Names that nobody declared are taken back; the first of them, as an error. */
function metSince(session: Session, before: ReadonlySet<string>): NameError | undefined {
  let found: NameError | undefined
  for (const [name, entry] of session.scope) {
    if (before.has(name) || entry.kind !== 'symbol' || entry.defined) continue
    session.scope.delete(name)
    session.shapes.symbols.delete(entry)
    const near = closest(name, before)
    found ??= new NameError('unknown-name', `${name} is not defined`, {
      span: entry.span,
      hint: near === undefined ? `declare it, or define it: ${name} = …` : `did you mean ${near}?`,
    })
  }
  return found
}

/** Whether a line introduces the name it begins with. */
function isNew(session: Session, left: Syntax, rest: readonly Syntax[], place: Place): boolean {
  const parts = nameParts(left)
  const changed = parts && /^d(.+)$/.exec(parts.base)?.[1]
  if (changed !== undefined && session.scope.get(changed)?.kind === 'symbol') return false
  if (parts === undefined || !isHead(parts) || rest.length === 0 || mentions(rest[0]!, left)) return false
  if (findName(session, parts, parts.superscripts, parts.primes, place) !== undefined) return false
  if (specialSelectors(session, parts, place) !== undefined) return false
  const name = assemble(parts, items(parts.subscripts), parts.superscripts, parts.primes, place.indices)
  return name !== undefined && !session.scope.has(name) && !session.dimensions.has(name)
}

interface NewName {
  readonly draft: Draft
  readonly definition: DefinitionDraft | undefined
}

/** Defines a name by the first formula that can be read. */
function readNew(session: Session, left: Syntax, rest: readonly Syntax[], place: Place, span: Span): NewName {
  let failed: MathError | undefined
  for (const right of rest) {
    const before = new Set(session.scope.keys())
    try {
      const equation: Equation = { left, right, indices: place.indices, ranges: [], span }
      const [head] = enterHeads(session, materialOf(equation), new Map(), [])
      if (head === undefined)
        throw new NameError('unreadable-name', 'this is not a name', { span: left.span })
      const definition = readDefinition(session, head)
      const unknown = metSince(session, new Set([...before, head.entry.name]))
      if (unknown !== undefined) throw unknown
      return { draft: readFormula(session, left, place), definition }
    } catch (error) {
      if (!(error instanceof MathError)) throw error
      failed ??= error
      for (const [name, entry] of session.scope) {
        if (before.has(name)) continue
        session.scope.delete(name)
        if (entry.kind === 'symbol') session.shapes.symbols.delete(entry)
      }
    }
  }
  return { draft: { term: undefined, error: failed, span: left.span }, definition: undefined }
}

function materialOf(equation: Equation): Material {
  return {
    sorted: { ...sortStatements([]), equations: [equation] },
    sizes: new Map(),
    bindings: new Map(),
    asks: [],
    strict: true,
    textAt: () => '',
  }
}

function attemptDefinition(session: Session, draft: DefinitionDraft): Definition | undefined {
  try {
    return buildDefinition(session, draft)
  } catch (error) {
    if (!(error instanceof MathError)) throw error
    session.scope.delete(draft.entry.name)
    return undefined
  }
}

/** The formula of a term; a number that stands for an array is filled. */
function build(session: Session, { term, error, span }: Draft, like: Expr | undefined): LineFormula {
  if (term === undefined) return { value: undefined, error, span }
  try {
    const value = session.build(term)
    const fills = term.literal && value.kind === 'num' && isScalar(value.shape) && like !== undefined
    return { value: fills ? number(value.value, like.shape) : value, error: undefined, span }
  } catch (failure) {
    if (!(failure instanceof MathError)) throw failure
    return { value: undefined, error: failure, span }
  }
}

/** Letters that select from known arrays, and that nobody declared, are free indices of the chain. */
function enterLetters(session: Session, nodes: readonly Syntax[], state: LineState, place: Place): void {
  for (const { letter, span } of looseLetters(session, nodes, place)) {
    const extent = session.solver.fresh()
    state.letters.add(letter)
    session.scope.set(letter, {
      kind: 'index',
      letter,
      symbol: symbol(letter, SCALAR, 'index'),
      extent,
      span,
    })
  }
}
