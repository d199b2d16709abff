import { startBudget } from '../base/limits.js'
import type { Facts } from '../expr/law.js'
import type { Expr } from '../expr/node.js'
import { type Collected, handOver, type Steps } from '../expr/step.js'
import { startRewriting } from './engine.js'
import { factsOf, type Knowledge } from './facts.js'
import { lawTable } from './table.js'

/** A simplifier for one problem: it remembers what it has simplified, and what may be assumed. */
export interface Simplifier {
  /** The form a lecturer would write, found by named laws; yields one step for each law used. */
  simplify(node: Expr): Steps<Expr>
  /** The same for inner loops: the form and the steps together. */
  simplified(node: Expr): Collected<Expr>
  readonly facts: Facts
}

/**
 * Makes a simplifier. The cost of a call is proportional to the part of the expression not met before. Raises
 * `LimitError` when the budget is spent.
 */
export function startSimplifier(knowledge: Knowledge = {}): Simplifier {
  const facts = factsOf(knowledge)
  const simplified = startRewriting(lawTable, facts, knowledge.budget ?? startBudget())
  return Object.freeze({ facts, simplified, simplify: (node: Expr) => handOver(simplified(node)) })
}
