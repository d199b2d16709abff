import { type MathError, NameError } from '../../base/errors.js'
import type { Span } from '../../base/span.js'
import type { Expr } from '../../expr/node.js'
import type { Claim, Definition, Fact, Question } from '../../expr/problem.js'
import { symbolsOf } from '../../expr/walk.js'
import type { Syntax } from '../syntax.js'
import { gather, newEvidence } from './evidence.js'
import type { Material } from './material.js'
import { canonicalText } from './names.js'
import type { Session } from './reader.js'
import type { QuestionStatement } from './statement-kinds.js'

/*
 * In prose much is written that is no formula for a computer, and what nobody uses may stay unread. What a result
 * depends on may not: an error that was put off is raised here.
 */

interface Read {
  readonly definitions: readonly Definition[]
  readonly facts: readonly Fact[]
  readonly questions: readonly Question[]
  readonly claims: readonly Claim[]
}

/** Raises the first error that was put off and matters: its name is used, or a derivative depends on it. */
export function raiseDoubts(session: Session, read: Read): void {
  if (session.doubts.length === 0) return
  const { definitions, facts, questions, claims } = read
  const stated = [...facts, ...claims].flatMap(({ left, right }) => [left, right])
  const wanted = questions.flatMap(({ of, wrt }) => [of, wrt])
  const used = namesIn([...definitions.map(({ body }) => body), ...stated, ...wanted])
  const asked = reached(definitions, wanted)
  const raised = session.doubts.find(({ name, when }) => (when === 'used' ? used : asked).has(name))
  if (raised !== undefined) throw raised.error
}

/** A question that fails because of a formula elsewhere is no aside: its error is raised. */
export function raiseFault(
  session: Session,
  error: MathError,
  { node, span: question }: QuestionStatement,
): void {
  const subject = subjectOf(node)
  const unread = session.doubts.find(({ name, when }) => when === 'used' && name === subject)
  if (unread !== undefined) throw unread.error
  const elsewhere =
    error.span !== undefined && (error.span.from < question.from || error.span.to > question.to)
  if (elsewhere || session.doubts.some(doubt => doubt.error === error)) throw error
}

function namesIn(roots: readonly Expr[]): ReadonlySet<string> {
  return new Set(symbolsOf(roots).map(({ name }) => name))
}

/** The names that expressions depend on, directly or through definitions. */
function reached(definitions: readonly Definition[], roots: readonly Expr[]): ReadonlySet<string> {
  const bodies = new Map(definitions.map(({ symbol, body }) => [symbol.name, body]))
  const found = new Set<string>()
  for (let open = roots; open.length > 0; ) {
    const fresh = [...namesIn(open)].filter(name => !found.has(name))
    for (const name of fresh) found.add(name)
    open = fresh.flatMap(name => bodies.get(name) ?? [])
  }
  return found
}

/**
 * `w = w - g` gives a parameter its next value; `f = f + x` defines nothing when nobody says what f was before. Raises
 * `NameError` in a request, where a strict reader finds it, or where a derivative of it is asked for.
 */
export function doubtRenewed(session: Session, { sorted, asks, strict }: Material): void {
  const subjects = new Set([
    ...sorted.questions.map(({ node }) => subjectOf(node)),
    ...asks.map(({ of }) => canonicalText(of)),
  ])
  for (const { renewed: name, span } of sorted.unread) {
    if (name === undefined) continue
    const error = new NameError('cyclic-definition', `${name} is defined through itself`, {
      span,
      hint: 'give the new value another name',
    })
    if (session.given === true) throw error
    const known = session.scope.get(name)
    if (known?.kind === 'symbol' && (known.declared || known.defined)) continue
    if (sorted.values.some(value => canonicalText(value.name) === name)) continue
    const parameter = sorted.equations.some(({ right }) => standsIn(right, name))
    const asked = subjects.has(name)
    if (parameter && !asked) continue
    if (strict || asked) throw error
    session.doubts.push({ name, error, when: 'used' })
  }
}

/**
 * `abcd` is read as one word. Where nobody says what the word is, though each of its letters is known, their product
 * may be meant: `NameError` where it is used, since a derivative by `a` would be silent about it.
 */
export function doubtRuns(session: Session, textAt: (span: Span) => string): void {
  if (session.dialect !== 'latex') return
  const known = (letter: string) => {
    const entry = session.scope.get(letter)
    return entry?.kind === 'symbol' && (entry.declared || entry.defined)
  }
  for (const [name, entry] of session.scope) {
    if (entry.kind !== 'symbol' || entry.declared || entry.defined || entry.span === undefined) continue
    const run = /^[A-Za-z]{2,}/.exec(name)?.[0]
    if (run === undefined || !textAt(entry.span).trim().startsWith(run) || ![...run].every(known)) continue
    const error = new NameError('unknown-name', `${run} is one name, which is not declared`, {
      span: entry.span,
      hint: `write ${[...run].join(' ')} for the product of its letters, or declare it`,
    })
    session.doubts.push({ name, error, when: 'used' })
  }
}

/**
 * In a request, a derivative by `x` of a formula that has no `x` but only an undeclared `\bar{x}`, `\mathbf{x}` or `x_1`
 * would be a zero that hides a slip. Raises `NameError` at that name.
 */
export function refuseVariants(
  session: Session,
  definitions: readonly Definition[],
  questions: readonly Question[],
): void {
  for (const { of, wrt } of questions) {
    if (wrt.kind !== 'sym') continue
    const names = reached(definitions, [of])
    if (names.has(wrt.name)) continue
    for (const name of names) {
      const entry = session.scope.get(name)
      if (entry?.kind !== 'symbol' || entry.declared || entry.defined) continue
      if (coreOf(name) !== coreOf(wrt.name)) continue
      throw new NameError('unknown-name', `${name} is neither declared nor defined, and is not ${wrt.name}`, {
        span: entry.span,
        hint: `write ${wrt.name} if that is meant, or declare ${name} if it is to be held constant`,
      })
    }
  }
}

/** The letter of a name without its font, marks and scripts. */
function coreOf(name: string): string {
  let core = name
  for (let inner = /^[a-z]+\{(.*?)\}/.exec(core); inner !== null; inner = /^[a-z]+\{(.*?)\}/.exec(core)) {
    core = inner[1]!
  }
  return core.replace(/[_^'].*$/, '')
}

function subjectOf(node: QuestionStatement['node']): string | undefined {
  if (node.kind === 'adjoined') return undefined
  const of = node.kind === 'derivative' ? node.of : node.operand
  return of === null ? undefined : canonicalText(of)
}

function standsIn(formula: Syntax, name: string): boolean {
  const evidence = newEvidence()
  gather(evidence, formula)
  return evidence.standing.has(name)
}

/** Whether two formulas are the same but for their places. */
export function sameText(left: Syntax, right: Syntax): boolean {
  const stack: [unknown, unknown][] = [[left, right]]
  for (let pair = stack.pop(); pair !== undefined; pair = stack.pop()) {
    const [a, b] = pair
    if (a === b) continue
    if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
    const [first, second] = [new Map(Object.entries(a)), new Map(Object.entries(b))]
    if (first.size !== second.size) return false
    for (const [key, value] of first) if (key !== 'span') stack.push([value, second.get(key)])
  }
  return true
}
