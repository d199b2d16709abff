import type { Span } from '../../base/span.js'
import type { Statement } from '../read.js'
import type { RelationOperator, Syntax } from '../syntax.js'
import { readBound } from './bounds.js'
import { plainDim, readRange } from './declare.js'
import { bare, type NameParts, nameParts } from './names.js'
import { numbersOf } from './numbers.js'
import { carries, hasDerivative, isHead, isSymmetry, mentions, occursIn, wholeName } from './occurrence.js'
import { readProperty } from './properties.js'
import type { Equation, Purpose, QuestionStatement, Sorted, Weight } from './statement-kinds.js'

const EQUALITIES: ReadonlySet<RelationOperator> = new Set<RelationOperator>(['=', ':=', '==', 'equiv'])

type Draft = { -readonly [Key in keyof Sorted]: Sorted[Key] extends readonly (infer Item)[] ? Item[] : never }

/** Sorts statements by what they do, from their form alone. */
export function sortStatements(
  sources: readonly { readonly statement: Statement; readonly purpose: Purpose }[],
): Sorted {
  const sorted: Draft = {
    declarations: [],
    maps: [],
    ranges: [],
    equations: [],
    functions: [],
    values: [],
    facts: [],
    questions: [],
    claims: [],
    bounds: [],
    properties: [],
    unread: [],
  }
  const chain = new Chain(sorted)
  for (const { statement, purpose } of sources) {
    const body = bare(statement.body)
    if (statement.continues !== null) {
      chain.extend(body, statement, purpose)
      continue
    }
    chain.begin()
    sortOne(sorted, body, statement, purpose, chain)
    for (const tail of statement.tail) {
      const range = readRange(tail)
      const bound = range === undefined ? readBound(tail) : undefined
      if (bound !== undefined) sorted.bounds.push(bound)
      else if (range?.values !== undefined && body.kind === 'relation' && !occursIn(body, range.letter)) {
        pass(sorted, tail.span, `${range.letter} does not occur in what it is a range for`)
      } else if (range === undefined)
        pass(sorted, tail.span, 'it says for which indices, in a way not known here', 'aside')
    }
  }
  chain.end()
  return sorted
}

function pass(sorted: Draft, span: Span, why: string, weight: Weight = 'line'): void {
  sorted.unread.push({ span, why, weight })
}

/** What the statements before leave to those behind them. */
class Chain {
  readonly #sorted: Draft
  /** The head of the chain, for rows that continue it. */
  head: Syntax | undefined
  /** A formula in a row of its own: nothing yet, unless a row continues it. */
  alone: { readonly node: Syntax; readonly span: Span; readonly mention: boolean } | undefined
  /** Names behind a set are declared with what follows: `x \in S, A` and `B \in T`. */
  names: readonly Syntax[] = []

  constructor(sorted: Draft) {
    this.#sorted = sorted
  }

  begin(): void {
    this.#finish()
  }

  end(): void {
    this.#finish()
    this.dropNames()
  }

  /** The names that wait for a set. */
  take(): readonly Syntax[] {
    const { names } = this
    this.names = []
    return names
  }

  /** A row that begins with a relation. */
  extend(body: Syntax, statement: Statement, purpose: Purpose): void {
    const { continues, span } = statement
    const chained = body.kind === 'relation' && !body.leading ? body : undefined
    const operands = chained?.operands ?? [body]
    if (continues === 'implies' || continues === 'iff') {
      this.#finish()
      const [left, right] = operands
      const equality = chained !== undefined && EQUALITIES.has(chained.operators[0]!)
      if (equality) this.#sorted.claims.push(equation(left!, right!, statement))
      else pass(this.#sorted, span, 'what follows is no equation', 'aside')
      this.head = left
      return
    }
    const before = this.alone
    this.alone = undefined
    if (!EQUALITIES.has(continues!)) {
      pass(this.#sorted, span, `only equations are continued, not ${continues}`, 'aside')
      return
    }
    if (this.head === undefined) {
      pass(this.#sorted, span, 'there is no equation before it that it could continue')
      return
    }
    if (before?.mention === true) sortEquation(this.#sorted, [this.head, ...operands], statement, purpose)
    const first = before?.mention === true ? 1 : 0
    operands.forEach((right, i) => {
      const operator = i === 0 ? continues! : chained!.operators[i - 1]!
      if (i < first) return
      if (EQUALITIES.has(operator)) this.#sorted.claims.push(equation(this.head!, right, statement))
      else pass(this.#sorted, right.span, `only equations are continued, not ${operator}`, 'aside')
    })
  }

  #finish(): void {
    const { alone } = this
    this.alone = undefined
    if (alone === undefined) return
    const why = alone.mention
      ? 'a name alone neither declares nor defines anything'
      : 'a formula alone neither declares nor defines anything, and no row continues it'
    pass(this.#sorted, alone.span, why, alone.mention ? 'name' : 'line')
  }

  /** Nothing behind the names that wait declares them. */
  dropNames(): void {
    for (const name of this.take()) pass(this.#sorted, name.span, 'nothing says what this name is', 'name')
  }
}

/** Sorts one statement. */
function sortOne(sorted: Draft, body: Syntax, statement: Statement, purpose: Purpose, chain: Chain): void {
  const { span } = statement
  const property = readProperty(body, statement.remark, span)
  if (property !== undefined) {
    sorted.properties.push({ ...property, names: [...chain.take(), ...property.names] })
    return
  }
  if (body.kind === 'list') {
    sortList(sorted, body.items, statement, purpose, chain)
    return
  }
  if (body.kind === 'group' && body.body !== null && /^[[{]$/.test(body.brackets.open)) {
    sortOne(sorted, bare(body.body), statement, purpose, chain)
    return
  }
  const declared = readMembership(body)
  if (declared === undefined) chain.dropNames()
  if (body.kind !== 'relation') {
    chain.head = body
    if (isQuestion(body)) sorted.questions.push({ node: body, span })
    else chain.alone = { node: body, span, mention: nameParts(body) !== undefined }
    return
  }
  if (body.leading) {
    pass(sorted, span, 'it begins with a relation')
    return
  }
  const [operator] = body.operators
  const left = body.operands[0]!
  const range = readRange(body)
  // y \in \{0, 1\} says where a label lies; i \in \{0, 1\} counts.
  const isLabel = operator === 'in' && range?.values?.join() === '0,1' && !/^[i-nqr]$/.test(range.letter)
  if (range !== undefined && !isLabel) {
    sorted.ranges.push({ range, span })
    return
  }
  if (declared !== undefined) {
    sortDeclared(sorted, declared, statement, chain)
    if (declared.value !== undefined) sortEquation(sorted, [left, declared.value], statement, purpose)
    return
  }
  if (operator === undefined || !EQUALITIES.has(operator)) {
    const bound = readBound(body)
    if (bound !== undefined) sorted.bounds.push(bound)
    else pass(sorted, span, 'it is neither a declaration nor an equation')
    return
  }
  if (operator === '=' && body.operators.includes('==')) {
    pass(sorted, span, 'a comparison with == is no formula here; write where(x == a, 1, 0)')
    return
  }
  sortEquation(sorted, body.operands, statement, purpose)
  for (let i = 1; i < body.operators.length; i++) {
    const after = body.operands[i + 1]!
    if (EQUALITIES.has(body.operators[i]!)) sorted.claims.push(equation(left, after, statement))
    else pass(sorted, after.span, `only equations are continued, not ${body.operators[i]}`, 'aside')
  }
  chain.head = left
}

/** Sorts what is declared to lie in a set; the names behind the set wait for one of their own. */
function sortDeclared(sorted: Draft, declared: Declared, { span, tail }: Statement, chain: Chain): void {
  const ranges = tail.map(readRange).filter(each => each !== undefined)
  const names = [...chain.take(), ...declared.names]
  if (declared.set === 'map') for (const name of names) sorted.maps.push({ name, span })
  else sorted.declarations.push({ names, set: declared.set, ranges, span })
  chain.names = declared.rest.filter(item => nameParts(item) !== undefined)
  for (const item of declared.rest) {
    if (nameParts(item) === undefined) pass(sorted, item.span, 'only names are declared')
  }
}

interface Declared {
  readonly names: readonly Syntax[]
  readonly set: Syntax | 'map'
  /** What stands behind the set, after a comma. */
  readonly rest: readonly Syntax[]
  /** `z : n = x + y`. */
  readonly value: Syntax | undefined
}

/** `x \in S`, `W : m \times n`, `f : A \to B`; undefined for anything else. */
function readMembership(node: Syntax): Declared | undefined {
  if (node.kind !== 'relation' || node.leading) return undefined
  const [first, second] = node.operators
  const names = listOf(node.operands[0]!)
  const [target, ...rest] = listOf(node.operands[1]!) as [Syntax, ...Syntax[]]
  if (first === 'in' && second === undefined) return { names, set: target, rest, value: undefined }
  if (first !== ':') return undefined
  if (second === 'to' && node.operators.length === 2) {
    return { names, set: 'map', rest: listOf(node.operands[2]!).slice(1), value: undefined }
  }
  const value = second !== undefined && EQUALITIES.has(second) ? node.operands[2] : undefined
  if (second !== undefined && (value === undefined || node.operators.length > 2 || names.length > 1)) {
    return undefined
  }
  const set = setBehindColon(target)
  return set === undefined ? undefined : { names, set, rest, value }
}

/** Behind a colon stands a set, or only the sizes: `W : m \times n`, `x : n`, `s : scalar`. */
function setBehindColon(node: Syntax): Syntax | undefined {
  const now = bare(node)
  const { span } = now
  const reals: Syntax = {
    kind: 'name',
    span,
    base: 'R',
    spelling: 'letter',
    font: 'blackboard',
    marks: [],
    isFunction: false,
  }
  if (now.kind === 'name' && /^(?:scalar|number|real)$/.test(now.base)) return reals
  const isSet = now.kind === 'name' || now.kind === 'scripted' ? /^(?:bb\{)?R/ : undefined
  const base = now.kind === 'scripted' ? bare(now.base) : now
  if (isSet?.test(base.kind === 'name' ? base.base : '')) return now
  if (base.kind === 'name' && base.font === 'blackboard') return now
  if (now.kind === 'scripted' && now.superscripts.length > 0) return now
  const inside = now.kind === 'group' && now.body !== null ? bare(now.body) : now
  const pair =
    inside.kind === 'list'
      ? inside.items
      : inside.kind === 'product' && inside.operators.includes('times')
        ? inside.factors
        : [inside]
  if (pair.length <= 2 && pair.every(size => plainDim(size) !== undefined && plainDim(size) !== 0)) {
    return {
      kind: 'scripted',
      span,
      base: reals,
      subscripts: [],
      superscripts: [now],
      primes: 0,
      entrywise: false,
    }
  }
  return now.kind === 'group' ? now : undefined
}

/** Items one by one; names before a membership are declared with it: `x, y \in S, A, B \in T`. */
function sortList(
  sorted: Draft,
  all: readonly Syntax[],
  statement: Statement,
  purpose: Purpose,
  chain: Chain,
): void {
  let names: Syntax[] = []
  let declares = false
  for (const each of all) {
    const item = bare(each)
    if (nameParts(item) !== undefined) names.push(item)
    else {
      chain.names = [...chain.names, ...names]
      names = []
      declares ||= readMembership(item) !== undefined
      sortOne(sorted, item, { ...statement, span: item.span }, purpose, chain)
    }
  }
  // In prose `x, y` are only mentioned; what follows may be about something else.
  chain.names = [...chain.names, ...names]
  if (!declares) chain.dropNames()
}

function sortEquation(
  sorted: Draft,
  operands: readonly Syntax[],
  statement: Statement,
  purpose: Purpose,
): void {
  const [, right] = operands as readonly [Syntax, Syntax]
  const left = withSubscripts(operands[0]!)
  const plain = equation(left, right, statement)
  if (purpose === 'assumption') {
    sorted.facts.push(plain)
    return
  }
  const head = bare(left)
  const parts = nameParts(head)
  if (parts !== undefined && isHead(parts)) {
    const numbers = numbersOf(right)
    if (numbers !== undefined) sorted.values.push({ name: head, numbers, span: statement.span })
    else if (isSymmetry(parts, right)) sorted.facts.push(plain)
    else if (hasDerivative(right)) sorted.claims.push(plain)
    else if (mentions(right, head)) {
      const why = 'it gives a name a new value in terms of its old one'
      sorted.unread.push({ span: statement.span, why, weight: 'aside', renewed: wholeName(head) })
    } else sorted.equations.push(...perValue(plain, statement, parts))
    return
  }
  if (head.kind === 'adjoined' && head.brackets.open === '(') {
    const called = nameParts(head.head)
    if (called !== undefined && called.primes === 0 && head.args.every(arg => nameParts(arg) !== undefined)) {
      sorted.functions.push({ head, parts: called, body: right, span: statement.span })
      return
    }
  }
  sorted.claims.push(plain)
}

/** `p[k]` in front of an equality, as the name with a subscript that it is. */
function withSubscripts(left: Syntax): Syntax {
  const head = bare(left)
  if (head.kind !== 'adjoined' || head.brackets.open !== '[' || nameParts(head.head) === undefined)
    return left
  return {
    kind: 'scripted',
    span: head.span,
    base: head.head,
    subscripts: head.args,
    superscripts: [],
    primes: 0,
    entrywise: false,
  }
}

function equation(left: Syntax, right: Syntax, statement: Statement): Equation {
  const ranges = statement.tail.map(readRange).filter(range => range !== undefined)
  return { left, right, indices: new Map(), ranges, span: statement.span }
}

/** One equation per value, where a tail lists the values of an index that the head carries. */
function perValue(plain: Equation, statement: Statement, parts: NameParts): readonly Equation[] {
  const ranges = statement.tail.map(readRange).filter(range => range !== undefined)
  let all: readonly Equation[] = [{ ...plain, ranges: ranges.filter(range => range.values === undefined) }]
  for (const { letter, values } of ranges) {
    if (values === undefined || !carries(parts, letter)) continue
    all = all.flatMap(each =>
      values.map(value => ({ ...each, indices: new Map([...each.indices, [letter, value] as const]) })),
    )
  }
  return all
}

function listOf(node: Syntax): readonly Syntax[] {
  const now = bare(node)
  return now.kind === 'list' ? now.items : [now]
}

/** A derivative that stands alone asks for itself. */
function isQuestion(node: Syntax): node is QuestionStatement['node'] {
  if (node.kind === 'derivative') return node.of !== null
  if (node.kind === 'gradient') return node.operand !== null
  if (node.kind !== 'adjoined') return false
  const parts = nameParts(node.head)
  return parts !== undefined && ((parts.primes > 0 && node.brackets.open === '(') || parts.base === 'grad')
}
