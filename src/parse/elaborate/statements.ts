import type { Span } from '../../base/span.js'
import { childrenOf } from '../children.js'
import type { Statement } from '../read.js'
import type { AdjoinedSyntax, DerivativeSyntax, GradientSyntax, RelationOperator, Syntax } from '../syntax.js'
import { type IndexRange, readRange } from './declare.js'
import { assemble, bare, items, type LiteralIndices, type NameParts, nameParts } from './names.js'
import { type Numbers, numbersOf } from './numbers.js'
import { transposeSign } from './scripts.js'

/** What a list of statements is for: anything, or one field of a request. */
export type Purpose = 'any' | 'declaration' | 'assumption' | 'definition'

export interface Sorted {
  readonly declarations: readonly DeclarationStatement[]
  readonly maps: readonly { readonly name: Syntax; readonly span: Span }[]
  readonly ranges: readonly { readonly range: IndexRange; readonly span: Span }[]
  readonly equations: readonly Equation[]
  readonly functions: readonly FunctionStatement[]
  readonly values: readonly ValueStatement[]
  readonly facts: readonly Equation[]
  readonly questions: readonly QuestionStatement[]
  readonly claims: readonly Equation[]
  /** Statements that are only mentioned in passing, with the reason. */
  readonly unread: readonly { readonly span: Span; readonly why: string }[]
}

export interface DeclarationStatement {
  readonly names: readonly Syntax[]
  readonly set: Syntax
  readonly ranges: readonly IndexRange[]
  readonly span: Span
}

/** `left = right`, for each value of the literal indices it was read with. */
export interface Equation {
  readonly left: Syntax
  readonly right: Syntax
  readonly indices: LiteralIndices
  readonly ranges: readonly IndexRange[]
  readonly span: Span
}

export interface FunctionStatement {
  readonly head: AdjoinedSyntax
  readonly parts: NameParts
  readonly body: Syntax
  readonly span: Span
}

export interface ValueStatement {
  readonly name: Syntax
  readonly numbers: Numbers
  readonly span: Span
}

export interface QuestionStatement {
  readonly node: DerivativeSyntax | GradientSyntax | AdjoinedSyntax
  readonly span: Span
}

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
    unread: [],
  }
  let chainHead: Syntax | undefined
  const carried: Syntax[] = []
  for (const { statement, purpose } of sources) {
    const body = bare(statement.body)
    if (statement.continues !== null) {
      if (EQUALITIES.has(statement.continues) && chainHead !== undefined) {
        const operands = body.kind === 'relation' && !body.leading ? body.operands : [body]
        for (const right of operands) sorted.claims.push(equation(chainHead, right, statement))
      }
      continue
    }
    chainHead = sortOne(sorted, body, statement, purpose, carried) ?? chainHead
  }
  return sorted
}

/** Sorts one statement and returns the head of its chain, for rows that continue it. */
function sortOne(
  sorted: Draft,
  body: Syntax,
  statement: Statement,
  purpose: Purpose,
  carried: Syntax[] = [],
): Syntax | undefined {
  const { span } = statement
  // Names behind a set are declared with what follows: `x \\in S, A` and `B \\in T`.
  const before = carried.splice(0)
  if (body.kind === 'list') {
    sortList(sorted, body.items, statement, purpose)
    return undefined
  }
  if (body.kind === 'group' && body.body !== null && /^[[{]$/.test(body.brackets.open)) {
    return sortOne(sorted, bare(body.body), statement, purpose)
  }
  if (body.kind !== 'relation') {
    if (isQuestion(body)) sorted.questions.push({ node: body, span })
    return isQuestion(body) || nameParts(body) === undefined ? body : undefined
  }
  if (body.leading) return undefined
  const [operator] = body.operators
  const [left, right] = body.operands as readonly [Syntax, Syntax]
  if (operator === 'in') {
    const ranges = statement.tail.map(readRange).filter(range => range !== undefined)
    const range = readRange(body)
    if (range !== undefined) sorted.ranges.push({ range, span })
    else {
      const [set, ...rest] = listOf(right) as [Syntax, ...Syntax[]]
      sorted.declarations.push({ names: [...before, ...listOf(left)], set, ranges, span })
      carried.push(...rest.filter(item => nameParts(item) !== undefined))
    }
    return undefined
  }
  if (operator === ':' && body.operators[1] === 'to') {
    for (const name of listOf(left)) sorted.maps.push({ name, span })
    return undefined
  }
  if (operator === undefined || !EQUALITIES.has(operator)) {
    if (purpose !== 'any') sorted.unread.push({ span, why: 'it is neither a declaration nor an equation' })
    return undefined
  }
  const range = readRange(body)
  if (range !== undefined && bare(right).kind === 'list') {
    sorted.ranges.push({ range, span })
    return undefined
  }
  sortEquation(sorted, body.operands, statement, purpose)
  for (let i = 1; i < body.operators.length; i++) {
    if (EQUALITIES.has(body.operators[i]!))
      sorted.claims.push(equation(left, body.operands[i + 1]!, statement))
  }
  return left
}

/** Items one by one; names before a membership are declared with it: `x, y \\in S, A, B \\in T`. */
function sortList(sorted: Draft, all: readonly Syntax[], statement: Statement, purpose: Purpose): void {
  let names: Syntax[] = []
  for (const each of all) {
    const item = bare(each)
    const alone = { ...statement, span: item.span, tail: [] }
    if (item.kind === 'relation' && item.operators[0] === 'in' && !item.leading) {
      const [last, set] = item.operands as readonly [Syntax, Syntax]
      const ranges = statement.tail.map(readRange).filter(range => range !== undefined)
      sorted.declarations.push({ names: [...names, ...listOf(last)], set, ranges, span: item.span })
      names = []
    } else if (nameParts(item) !== undefined) names.push(item)
    else {
      names = []
      sortOne(sorted, item, alone, purpose)
    }
  }
}

function sortEquation(
  sorted: Draft,
  operands: readonly Syntax[],
  statement: Statement,
  purpose: Purpose,
): void {
  const [left, right] = operands as readonly [Syntax, Syntax]
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
      sorted.unread.push({ span: statement.span, why: 'it gives a name a new value in terms of its old one' })
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

/** Whether a letter occurs among the scripts of a name. */
export function carries(parts: NameParts, letter: string): boolean {
  return [...parts.subscripts, ...parts.superscripts].some(script => occursIn(script, letter))
}

/** Whether a bare letter occurs in a formula. */
export function occursIn(root: Syntax, letter: string): boolean {
  const stack: Syntax[] = [root]
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const node = bare(next)
    if (node.kind === 'name' && node.base === letter && node.font === null) return true
    for (const child of childrenOf(node)) stack.push(child)
  }
  return false
}

/** Whether a formula says what a derivative is; calculus finds that by itself. */
function hasDerivative(root: Syntax): boolean {
  const stack: Syntax[] = [root]
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    if (next.kind === 'derivative' || next.kind === 'gradient') return true
    for (const child of childrenOf(next)) stack.push(child)
  }
  return false
}

/** Whether a name can be defined: nothing above it transposes or inverts. */
function isHead(parts: NameParts): boolean {
  return parts.superscripts.every(script => {
    const node = bare(script)
    return transposeSign(node) === undefined && node.kind !== 'signed'
  })
}

/** `A = A^\top`. */
function isSymmetry(parts: NameParts, right: Syntax): boolean {
  const node = bare(right)
  if (node.kind !== 'scripted') return false
  const turned = nameParts(node)
  if (turned === undefined || turned.base !== parts.base) return false
  const signs = node.superscripts.filter(script => transposeSign(bare(script)) !== undefined)
  return signs.length === 1 || (node.primes === 1 && node.superscripts.length === 0)
}

function mentions(root: Syntax, head: Syntax): boolean {
  const name = wholeName(head)
  const stack: Syntax[] = [root]
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const node = bare(next)
    if (wholeName(node) === name) return true
    if (node.kind === 'derivative' || node.kind === 'gradient') continue
    if (node.kind === 'name' || node.kind === 'scripted') {
      if (node.kind === 'scripted' && nameParts(node) === undefined) stack.push(node.base)
      continue
    }
    for (const child of childrenOf(node)) stack.push(child)
  }
  return false
}

function wholeName(node: Syntax): string | undefined {
  const parts = nameParts(node)
  return parts && assemble(parts, items(parts.subscripts), parts.superscripts, parts.primes)
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
