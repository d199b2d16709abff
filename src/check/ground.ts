import type { Budget } from '../base/limits.js'
import { parseDecimal } from '../base/rational.js'
import type { Check } from '../evaluate/check.js'
import { Verifying } from '../evaluate/verifying.js'
import { number } from '../expr/intern.js'
import type { Expr, Sym } from '../expr/node.js'
import type { Declaration, Definition, Fact, Problem } from '../expr/problem.js'
import type { Rule } from '../expr/rule.js'
import { blocksOf } from '../ops/blocks.js'
import { prove } from '../prove/prove.js'
import type { Tensors } from '../tensor/tensor.js'
import { Written } from './written.js'

const claimed: Rule = Object.freeze({
  id: 'claimed',
  name: 'the claim',
  statement: '',
  source: 'calculus:chain',
  sentence: 'Both sides are claimed to be equal.',
  level: 'every',
})

/** What lines are judged on: what is given, and what lines have introduced so far. */
export class Ground {
  readonly written: Written
  readonly declarations: readonly Declaration[]
  readonly facts: readonly Fact[]
  readonly varying: readonly Sym[]
  readonly tensors: Tensors
  readonly budget: Budget
  readonly #given: ReadonlySet<Sym>

  constructor(problem: Problem, varying: readonly Sym[], tensors: Tensors, budget: Budget) {
    this.#given = new Set(problem.definitions.map(({ symbol }) => symbol))
    this.written = new Written([...valuesOf(problem), ...problem.definitions], budget)
    this.declarations = problem.declarations
    this.facts = problem.facts
    this.varying = varying
    this.tensors = tensors
    this.budget = budget
  }

  get definitions(): readonly Definition[] {
    return this.written.definitions
  }

  /** Takes up a name that a line introduces. */
  define(definition: Definition): void {
    this.written.define(definition, this.varying)
  }

  resolve(node: Expr): Expr {
    return this.written.resolve(node, this.varying)
  }

  /** Whether both formulas have one normal form. */
  proves(left: Expr, right: Expr): boolean {
    const { definitions, declarations, facts } = this
    const transparent = (name: Sym) => !this.#given.has(name)
    return prove(left, right, { definitions, declarations, facts, transparent }).proved
  }

  /** Compares two formulas of one shape at designed points. */
  compare(left: Expr, right: Expr, more: Partial<Pick<Ground, 'declarations' | 'facts'>> = {}): Check {
    const { definitions, declarations, facts, budget } = this
    const step = { kind: 'rewrite', rule: claimed, before: left, after: right } as const
    const attempt = (outputs: readonly Expr[]) => {
      const given = { definitions, declarations, facts, outputs, ...more }
      return new Verifying(given, this.tensors, undefined, { budget }).verify([], [step]).steps[0]!
    }
    const both = attempt([left, right])
    if (both.status !== 'undecided') return both
    const one = attempt([left])
    return one.status === 'undecided' ? both : one
  }
}

/** Numbers that are given are definitions like others: a derivative by such a quantity leaves it free. */
function valuesOf({ values }: Problem): readonly Definition[] {
  return [...values].map(([name, rows]) => {
    const entries = rows.map(row => row.map(value => number(parseDecimal(String(value)))))
    return { symbol: name, body: blocksOf(entries) }
  })
}
