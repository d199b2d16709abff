import type { NumericValues } from '../derive/numbers.js'
import type { Solution } from '../derive/solution.js'
import type { Working } from '../derive/workings.js'
import type { Expr } from '../expr/node.js'
import type { Reasons } from './reasons.js'

export interface ReportOptions {
  /**
   * `both` writes a derivative with the names of the backward pass and, where it stays small, once more without them;
   * `keep` writes only the first, `expand` only the second. Default `both`.
   */
  readonly intermediates?: 'both' | 'keep' | 'expand' | undefined
  /** Numbers to be shown. */
  readonly numbers?: NumericValues | undefined
}

/** What the sections of one report share. */
export interface Drafting {
  readonly solution: Solution
  readonly options: ReportOptions
  readonly reasons: Reasons
  /** Derivatives by parts of formulas, worth a line each. */
  readonly workings: readonly Working[]
  /** The name under which a quantity is written: its own, or the one given to an expression that is differentiated. */
  readonly nameOf: (node: Expr) => Expr
}
