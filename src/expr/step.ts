import type { Assumption } from './law.js'
import type { Expr, Sym } from './node.js'
import type { Rule } from './rule.js'

/** What kind of thing a step did. */
export type StepKind =
  | 'given' // a definition or a name is introduced
  | 'pull' // an adjoint was carried from a result to an argument
  | 'push' // a differential was carried from an argument to a result
  | 'gather' // contributions over several paths were added
  | 'rewrite' // an expression was replaced by an equal one
  | 'substitute' // a name was replaced by its body, or a body by its name
  | 'evaluate' // numbers were put in

/**
 * One step of a computation, as it happened. `before` and `after` are equal for a rewrite, a substitution and a
 * gathering; for a pull, `before` is the incoming adjoint and `after` the contribution to `target`.
 */
export interface Step {
  readonly kind: StepKind
  readonly rule: Rule
  readonly before: Expr
  readonly after: Expr
  /** The node the step is about: the call that was differentiated, the symbol that was named. */
  readonly at?: Expr | undefined
  /** Which argument of `at` received the adjoint or the differential. */
  readonly argument?: number | undefined
  /** The symbol introduced. */
  readonly name?: Sym | undefined
  readonly assumption?: Assumption | undefined
}

/** A pass yields the steps it takes and returns its answer; who wants only the answer ignores the yields. */
export type Steps<T> = Generator<Step, T, undefined>

/** The answer of a pass, and the steps it took. */
export interface Collected<T> {
  readonly answer: T
  readonly steps: readonly Step[]
}

/** Runs a pass to its end and keeps what it yielded. */
export function collect<T>(steps: Steps<T>): Collected<T> {
  const kept: Step[] = []
  for (;;) {
    const next = steps.next()
    if (next.done) return { answer: next.value, steps: kept }
    kept.push(next.value)
  }
}

/** A pass that has run to its end, as a pass: for steps that were taken together. */
export function* handOver<T>({ answer, steps }: Collected<T>): Steps<T> {
  yield* steps
  return answer
}

/** Runs a pass to its end for its answer alone. */
export function finish<T>(steps: Steps<T>): T {
  for (;;) {
    const next = steps.next()
    if (next.done) return next.value
  }
}
