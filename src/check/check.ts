import { type MathError, MathError as Raised, ShapeError } from '../base/errors.js'
import { startBudget } from '../base/limits.js'
import type { Expr, Sym } from '../expr/node.js'
import { postorder } from '../expr/walk.js'
import { isCall } from '../ops/core.js'
import {
  type Derivation,
  type LineFormula,
  type LineStatement,
  type ReadLine,
  writtenDifferential,
} from '../parse/derivation.js'
import type { Tensors } from '../tensor/tensor.js'
import { Ground } from './ground.js'
import { judge } from './judge.js'
import { type CheckedLine, okOf, type Verdict, worst } from './verdict.js'

export interface CheckOptions {
  /** Milliseconds for the whole derivation. */
  readonly milliseconds?: number | undefined
  readonly signal?: AbortSignal | undefined
}

/**
 * Judges every line of a derivation: whether it is true, and how that is known. A line that cannot be read or decided
 * is `unknown`, with the reason; nothing is raised for it. Raises `LimitError` when the time is over.
 */
export function checkLines(
  derivation: Derivation,
  tensors: Tensors,
  options: CheckOptions = {},
): readonly CheckedLine[] {
  const ground = new Ground(derivation.problem, varyingIn(derivation), tensors, startBudget(options))
  const checking = new Checking(ground)
  return derivation.lines.map(line => checking.line(line))
}

/** What varies in differentials: what is asked for, else what has a change of its own, else everything given. */
function varyingIn({ wrt, lines, problem }: Derivation): readonly Sym[] {
  if (wrt.length > 0) return wrt
  const formulas = lines.flatMap(({ statements }) =>
    statements.flatMap(({ head, steps }) => [head, ...steps.map(({ formula }) => formula)]),
  )
  const values = formulas.flatMap(formula => (formula?.value === undefined ? [] : [formula.value]))
  const defined = new Set<Expr>(problem.definitions.map(({ symbol }) => symbol))
  const changing = postorder(values).flatMap((node): Sym[] => {
    const of = isCall(node, writtenDifferential) ? node.args[0]! : undefined
    const base = of?.kind === 'call' ? of.args[0] : of
    return base?.kind === 'sym' && !defined.has(base) ? [base] : []
  })
  if (changing.length > 0) return [...new Set(changing)]
  return problem.declarations.map(({ symbol }) => symbol).filter(symbol => !defined.has(symbol))
}

/** Errors of shape that say for certain that something cannot be right. */
const CERTAIN: ReadonlySet<string> = new Set(['shape-clash', 'out-of-range'])

class Checking {
  readonly #ground: Ground
  /** The formula before, in the chain that goes on, and what was said of it. */
  #before: { readonly value: Expr | undefined; readonly verdict: Verdict } | undefined
  #head: Expr | undefined

  constructor(ground: Ground) {
    this.#ground = ground
  }

  line(line: ReadLine): CheckedLine {
    const verdict = this.#verdict(line)
    return Object.freeze({ text: line.text, ok: okOf(verdict.status), ...verdict })
  }

  #verdict({ statements, error }: ReadLine): Verdict {
    if (error !== undefined) return unreadable(error)
    const verdicts = statements.flatMap(statement => this.#statement(statement))
    return worst(verdicts) ?? { status: 'proved', message: 'nothing is claimed' }
  }

  #statement(statement: LineStatement): readonly Verdict[] {
    const { definition, head, steps, continues } = statement
    if (head === undefined) {
      return [{ status: 'unknown', message: 'not checked: there is nothing above that it could continue' }]
    }
    if (definition !== undefined) {
      const failed = this.#guarded(() => {
        this.#ground.written.define({ ...definition, body: this.#ground.resolve(definition.body) })
        return undefined
      })
      if (failed !== undefined) return [{ ...failed, span: head.span }]
    }
    if (!continues) {
      this.#before = undefined
      this.#head = undefined
      const failed = this.#guarded(() => {
        this.#head = head.value && this.#ground.resolve(head.value)
        return undefined
      })
      if (failed !== undefined) return [{ ...failed, span: head.span }]
    }
    if (head.error !== undefined) return [unreadable(head.error, head)]
    return steps.map(step => this.#step(step.formula))
  }

  #step(formula: LineFormula): Verdict {
    const head = this.#head
    if (formula.error !== undefined) return this.#leave(undefined, unreadable(formula.error, formula))
    if (head === undefined || formula.value === undefined) {
      return this.#leave(undefined, { status: 'unknown', message: 'not checked: the left side is not known' })
    }
    let value: Expr | undefined
    const verdict = this.#guarded(() => {
      value = this.#ground.resolve(formula.value!)
      return this.#relate(judge(this.#ground, { left: head, right: value }), value)
    })!
    return this.#leave(value, { span: formula.span, ...verdict })
  }

  /** A wrong formula is also judged against the one before it. */
  #relate(verdict: Verdict, value: Expr): Verdict {
    const before = this.#before
    if (before?.value === undefined || okOf(verdict.status) !== false) return verdict
    if (okOf(before.verdict.status) !== false) return verdict
    const step = judge(this.#ground, { left: before.value, right: value })
    if (step.status !== 'proved' && step.status !== 'agrees') return verdict
    return {
      status: 'follows-wrong',
      message: 'follows from the formula before it, which is wrong',
      follows: true,
      counterexample: verdict.counterexample,
    }
  }

  #leave(value: Expr | undefined, verdict: Verdict): Verdict {
    this.#before = { value, verdict }
    return verdict
  }

  /** What cannot be decided is no fault of the line. */
  #guarded(work: () => Verdict | undefined): Verdict | undefined {
    try {
      return work()
    } catch (error) {
      if (!(error instanceof Raised) || error.code === 'limit-time' || error.code === 'aborted') throw error
      return unreadable(error)
    }
  }
}

function unreadable(error: MathError, formula?: LineFormula): Verdict {
  const span = error.span ?? formula?.span
  if (error instanceof ShapeError && CERTAIN.has(error.code)) {
    return { status: 'shape-mismatch', message: error.message, span }
  }
  return { status: 'unknown', message: `not checked: ${error.message}`, span }
}
