import type { MathError } from '../../base/errors.js'
import type { Span } from '../../base/span.js'
import type { Expr } from '../../expr/node.js'
import type { Claim, Definition, Fact, Question } from '../../expr/problem.js'
import { symbolsOf } from '../../expr/walk.js'
import type { Syntax } from '../syntax.js'
import type { Session } from './reader.js'

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
export function raiseFault(session: Session, error: MathError, question: Span): void {
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

/** Whether two formulas are the same but for their places. */
export function sameText(left: Syntax, right: Syntax): boolean {
  const plain = (node: Syntax) => JSON.stringify(node, (key, value) => (key === 'span' ? undefined : value))
  return plain(left) === plain(right)
}
