import type { Span } from '../base/span.js'
import type { Counterexample } from '../evaluate/check.js'
import type { Expr } from '../expr/node.js'

/**
 * What is known of a line.
 * - `proved`: both sides have one normal form
 * - `agrees`: not proved, but equal at every point that was tried
 * - `agrees-if`: equal only under an assumption that nobody declared
 * - `convention`: right in another layout
 * - `refuted`: there is a point at which both sides differ
 * - `shape-mismatch`: the sides, or parts of one, cannot go together
 * - `follows-wrong`: wrong, but it follows from the line before, which is wrong
 * - `unknown`: it could not be decided; that is never called wrong
 */
export type Status =
  | 'proved'
  | 'agrees'
  | 'agrees-if'
  | 'convention'
  | 'refuted'
  | 'shape-mismatch'
  | 'follows-wrong'
  | 'unknown'

/** A mend that makes the line true. */
export interface Repair {
  /** The formula that should stand there, in the author's notation. */
  readonly latex: string
  readonly plain: string
  /** How the mended line is known to be right. */
  readonly status: 'proved' | 'agrees'
  readonly edits: number
}

/** What is said of one formula of a line, or of the line as a whole. Plain, frozen data. */
export interface Verdict {
  readonly status: Status
  /** One or two sentences. */
  readonly message: string
  /** Whether the step from the formula before is right; undefined where there is none, or it could not be decided. */
  readonly follows?: boolean | undefined
  readonly span?: Span | undefined
  /** Identifiers of the mistakes recognised, the likeliest first. */
  readonly mistakes?: readonly string[] | undefined
  readonly repair?: Repair | undefined
  readonly counterexample?: Counterexample | undefined
  /** Which way round a right gradient by a matrix stands: that of the variable, or its transpose. */
  readonly laid?: 'straight' | 'turned' | undefined
}

/** A line of a derivation and what is said of it. */
export interface CheckedLine extends Verdict {
  readonly text: string
  /** True and false as a reader would mark the line; null when it could not be decided. */
  readonly ok: boolean | null
}

/** Whether a status marks a line as right; null for what could not be decided. */
export function okOf(status: Status): boolean | null {
  if (status === 'unknown') return null
  return status === 'proved' || status === 'agrees' || status === 'convention'
}

/** The worst first: what decides about a line of several formulas. */
const ORDER: readonly Status[] = [
  'refuted',
  'shape-mismatch',
  'agrees-if',
  'follows-wrong',
  'unknown',
  'convention',
  'agrees',
  'proved',
]

/** The verdict that decides about a line, the first of the worst kind. */
export function worst(verdicts: readonly Verdict[]): Verdict | undefined {
  let found: Verdict | undefined
  for (const verdict of verdicts) {
    if (found === undefined || ORDER.indexOf(verdict.status) < ORDER.indexOf(found.status)) found = verdict
  }
  return found
}

/** Two formulas that are claimed to be equal. */
export interface Equation {
  readonly left: Expr
  readonly right: Expr
}
