import { type MathError, MathError as Raised, ShapeError } from '../base/errors.js'
import { startBudget } from '../base/limits.js'
import { planOf } from '../evaluate/plan.js'
import type { Expr, Sym } from '../expr/node.js'
import { isScalar, sameShape } from '../expr/shape.js'
import { postorder } from '../expr/walk.js'
import { isCall, isZero } from '../ops/core.js'
import {
  type Derivation,
  type LineFormula,
  type LineStatement,
  type ReadLine,
  type RelationOperator,
  writtenDifferential,
} from '../parse/derivation.js'
import type { Tensors } from '../tensor/tensor.js'
import { judgeSilently } from './assumptions.js'
import { Ground } from './ground.js'
import { judge } from './judge.js'
import { judgeTurned, laidOut } from './layout.js'
import { judgeRelation } from './relation.js'
import { Mender, wantsMend } from './repair.js'
import { judgeRounded } from './rounded.js'
import { type CheckedLine, okOf, type Verdict, worst } from './verdict.js'

export interface CheckOptions {
  /** Milliseconds for the whole derivation. */
  readonly milliseconds?: number | undefined
  readonly signal?: AbortSignal | undefined
  /** The text is prose: numbers may stand in a figure, so that one for a formula is no claim about all values. */
  readonly prose?: boolean | undefined
  /** Something of what is given could not be read, so that shapes may be other ones. */
  readonly incomplete?: boolean | undefined
  /** Defined names that stand for what the text leaves open: a line about them may be true of another choice. */
  readonly supposed?: ReadonlySet<Sym> | undefined
  /** Whether mends are looked for; true unless said otherwise. */
  readonly mend?: boolean | undefined
}

/**
 * Judges every line of a derivation: whether it is true, and how that is known. A line that cannot be read or decided
 * is `unknown`, with the reason, and so is what is left when the time is over. Raises `LimitError` when the work is aborted.
 */
export function checkLines(
  derivation: Derivation,
  tensors: Tensors,
  options: CheckOptions = {},
): readonly CheckedLine[] {
  const ground = new Ground(derivation.problem, varyingIn(derivation), tensors, startBudget(options))
  const mender = options.mend === false ? undefined : new Mender(ground, derivation)
  const prose = options.prose === true
  const guesses = guessedIn(derivation, prose)
  const { incomplete = false, supposed = new Set() } = options
  const checking = new Checking(ground, mender, { guesses, prose, incomplete, supposed })
  return inOneLayout(derivation.lines.map(line => checking.line(line)))
}

/** Where every gradient by a matrix is the transpose, the author uses the other layout, which is no mistake. */
function inOneLayout(lines: readonly CheckedLine[]): readonly CheckedLine[] {
  const turned = lines.filter(({ laid }) => laid === 'turned')
  if (turned.length < 2 || lines.some(({ laid }) => laid === 'straight')) return lines
  const message = 'right in numerator layout, like the other gradients of this derivation'
  return lines.map(line => {
    if (line.laid !== 'turned') return line
    return Object.freeze({ ...line, ok: true, status: 'convention', message, mistakes: undefined })
  })
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

/** What keeps a verdict from being called wrong. */
interface Caution {
  /** Arrays whose shapes nobody declared. */
  readonly guesses: readonly string[]
  readonly prose: boolean
  readonly incomplete: boolean
  readonly supposed: ReadonlySet<Sym>
}

/** Among prose, what a name stands for may be said in words, so that every name counts whose shape was inferred. */
function guessedIn({ problem }: Derivation, prose: boolean): readonly string[] {
  const defined = new Set(problem.definitions.map(({ symbol }) => symbol))
  return problem.declarations.flatMap(({ symbol, inferred }) => {
    if (inferred === undefined || defined.has(symbol)) return []
    return prose || !isScalar(symbol.shape) ? [symbol.name] : []
  })
}

const EQUAL: ReadonlySet<RelationOperator> = new Set<RelationOperator>(['=', ':=', '==', 'equiv'])

class Checking {
  readonly #ground: Ground
  readonly #mender: Mender | undefined
  readonly #caution: Caution
  /** The formula before, in the chain that goes on, and what was said of it. */
  #before: { readonly value: Expr | undefined; readonly verdict: Verdict } | undefined
  /** What the chain begins with, as it is written and as we find it. */
  #head: { readonly written: Expr; readonly value: Expr } | undefined

  constructor(ground: Ground, mender: Mender | undefined, caution: Caution) {
    this.#ground = ground
    this.#caution = caution
    this.#mender = mender
  }

  line(line: ReadLine): CheckedLine {
    const verdict = this.#inTime(line)
    return Object.freeze({ text: line.text, ok: okOf(verdict.status), ...verdict })
  }

  /** When the time is over, what is left is not known. */
  #inTime(line: ReadLine): Verdict {
    try {
      this.#ground.budget.remaining()
      return this.#verdict(line)
    } catch (error) {
      if (!(error instanceof Raised) || error.code !== 'limit-time') throw error
      return { status: 'unknown', message: `not checked: ${error.message}` }
    }
  }

  #verdict({ statements, error, text }: ReadLine): Verdict {
    if (error !== undefined) return this.#fault(error)
    const verdicts = statements.flatMap(statement => this.#statement(statement, text))
    return worst(verdicts) ?? { status: 'proved', message: 'nothing is claimed' }
  }

  /** What goes wrong while a line is read may be the fault of something else among prose, when no place in it is to blame. */
  #fault(error: MathError): Verdict {
    const verdict = unreadable(error)
    if (verdict.status !== 'shape-mismatch' || !this.#caution.prose || error.span !== undefined) {
      return this.#careful(verdict, undefined, '')
    }
    return { status: 'unknown', message: `not checked: what stands elsewhere does not fit: ${error.message}` }
  }

  #statement(statement: LineStatement, text: string): readonly Verdict[] {
    const { head, continues } = statement
    if (head === undefined) {
      return [{ status: 'unknown', message: 'not checked: there is nothing above that it could continue' }]
    }
    const failed = this.#guarded(() => this.#enter(statement, head))
    if (failed !== undefined) return [{ ...failed, span: head.span }]
    const verdicts =
      head.error !== undefined && !continues
        ? [unreadable(head.error, head)]
        : statement.steps.map(({ operator, formula }) => this.#step(operator, formula, text))
    const careful = verdicts.map((verdict, i) => this.#careful(verdict, statement.steps[i]?.formula, text))
    return this.#otherwise(statement, careful) ?? this.#mended(statement, careful, text)
  }

  /** Shapes that were guessed, and numbers that may stand elsewhere, make nothing wrong. */
  #careful(verdict: Verdict, formula: LineFormula | undefined, text: string): Verdict {
    const { guesses, prose, incomplete } = this.#caution
    if (verdict.status === 'shape-mismatch' && incomplete) {
      const message = `not checked: not all that is given could be read; as far as it was, ${verdict.message}`
      return { status: 'unknown', message, span: verdict.span }
    }
    if (verdict.status === 'shape-mismatch' && guesses.length > 0) {
      const message = `not checked: nobody declares the shape of ${guesses.slice(0, 3).join(', ')}; read as they are used elsewhere, ${verdict.message}`
      return { status: 'unknown', message, span: verdict.span }
    }
    if (!prose || okOf(verdict.status) !== false || formula === undefined) return verdict
    const own = text.slice(formula.span.from, formula.span.to)
    const head = this.#head?.value
    if (head !== undefined && isZero(head)) {
      const message = 'not checked: as far as it is defined here, the one does not depend on the other'
      return { status: 'unknown', message, span: verdict.span }
    }
    const { supposed } = this.#caution
    const parts = [this.#head?.written, formula.value].flatMap(part => (part === undefined ? [] : [part]))
    const loss = postorder(parts).find((node): node is Sym => node.kind === 'sym' && supposed.has(node))
    if (loss !== undefined) {
      const message = `not decided: ${loss.name} is not defined, and the line does not hold of every function of the last quantity it is differentiated by`
      return { status: 'unknown', message, span: verdict.span }
    }
    const open =
      head !== undefined && planOf([head], { definitions: this.#ground.definitions }).symbols.length > 0
    const isNumber = formula.value?.kind === 'num' || /\d\.\d/.test(own)
    if (!open || !isNumber) return verdict
    const message = 'not checked: a number stands for a formula whose values are not given here'
    return { status: 'unknown', message, span: verdict.span }
  }

  /** Looks for mends of what is wrong. */
  #mended({ steps }: LineStatement, verdicts: readonly Verdict[], text: string): readonly Verdict[] {
    const mender = this.#mender
    const left = this.#head?.value
    if (mender === undefined || left === undefined || verdicts.length !== steps.length) return verdicts
    return verdicts.map((verdict, i) =>
      wantsMend(verdict) && EQUAL.has(steps[i]!.operator)
        ? mender.mended(verdict, left, steps[i]!.formula, text)
        : verdict,
    )
  }

  /** Takes up what a statement defines, and what its chain begins with. */
  #enter({ definition, continues }: LineStatement, head: LineFormula): undefined {
    const ground = this.#ground
    if (definition !== undefined) ground.define(definition)
    if (continues) return undefined
    this.#before = undefined
    this.#head = undefined
    if (head.value !== undefined) {
      this.#head = { written: ground.written.spelled(head.value), value: ground.resolve(head.value) }
    }
    return undefined
  }

  #step(operator: RelationOperator, formula: LineFormula, text: string): Verdict {
    const head = this.#head
    if (formula.error !== undefined) return this.#leave(undefined, unreadable(formula.error, formula))
    if (head === undefined || formula.value === undefined) {
      return this.#leave(undefined, { status: 'unknown', message: 'not checked: the left side is not known' })
    }
    let value: Expr | undefined
    const verdict = this.#guarded(() => {
      value = this.#ground.resolve(formula.value!)
      const equation = { left: head.value, right: value }
      const own = text.slice(formula.span.from, formula.span.to)
      const other = judgeRelation(this.#ground, operator, equation)
      if (other !== undefined) return other
      const rounded = sameShape(head.value.shape, value.shape)
        ? judgeRounded(this.#ground, equation, own)
        : undefined
      const found = rounded ?? judge(this.#ground, equation)
      if (okOf(found.status) === true) return { ...found, laid: straight(head.written) }
      if (okOf(found.status) === null) return found
      if (operator === 'approx')
        return { status: 'unknown', message: 'not decided: nothing says how near is near enough' }
      if (this.#isGiven(head.value)) {
        const message = 'not checked: it states a condition on what is given'
        return { status: 'unknown', message }
      }
      const turned = judgeTurned(this.#ground, equation, head.written)
      if (turned !== undefined) return turned
      const related = this.#relate(found, value)
      return related.status === 'refuted' ? (judgeSilently(this.#ground, equation) ?? related) : related
    })!
    return this.#leave(value, { span: formula.span, ...verdict })
  }

  /** Whether a formula is a quantity of which nothing is known. */
  #isGiven(value: Expr): boolean {
    const { definitions } = this.#ground
    return value.kind === 'sym' && !definitions.some(({ symbol }) => symbol === value)
  }

  /** Where formulas do not go together in the shape convention they may in another layout. */
  #otherwise({ otherwise }: LineStatement, verdicts: readonly Verdict[]): readonly Verdict[] | undefined {
    if (worst(verdicts)?.status !== 'shape-mismatch') return undefined
    for (const { layout, head, steps } of otherwise) {
      const found = this.#guarded(() => {
        const left = this.#ground.resolve(head!.value!)
        const all = steps.map(({ formula }) => {
          const right = this.#ground.resolve(formula.value!)
          return judge(this.#ground, { left, right })
        })
        return worst(all) ?? { status: 'proved', message: '' }
      })!
      if (okOf(found.status) !== true) continue
      return [{ status: 'convention', message: `right in ${layout} layout` }]
    }
    return undefined
  }

  /** A wrong formula is also judged against the one before it. */
  #relate(verdict: Verdict, value: Expr): Verdict {
    const before = this.#before
    if (before?.value === undefined || okOf(before.verdict.status) !== false) return verdict
    const step = judge(this.#ground, { left: before.value, right: value })
    if (okOf(step.status) !== true)
      return { ...verdict, follows: step.status === 'unknown' ? undefined : false }
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
      return { status: 'unknown', message: `not checked: ${error.message}` }
    }
  }
}

function straight(written: Expr): 'straight' | undefined {
  return laidOut(written) === 'matrix-gradient' ? 'straight' : undefined
}

function unreadable(error: MathError, formula?: LineFormula): Verdict {
  const span = error.span ?? formula?.span
  if (error instanceof ShapeError && CERTAIN.has(error.code)) {
    return { status: 'shape-mismatch', message: error.message, span }
  }
  return { status: 'unknown', message: `not checked: ${error.message}`, span }
}
