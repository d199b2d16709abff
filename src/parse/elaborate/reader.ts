import { LimitError, MathError, NameError } from '../../base/errors.js'
import type { Span } from '../../base/span.js'
import type { Op } from '../../expr/op.js'
import type { Reading } from '../../expr/problem.js'
import type { Dialect } from '../lexer/vocabulary.js'
import type { Syntax } from '../syntax.js'
import type { Evidence } from './evidence.js'
import type { NotationNotes } from './notation.js'
import type { Place } from './resolve.js'
import type { Entry, SymbolEntry } from './scope.js'
import type { ShapeContext } from './session.js'
import type { Sides } from './sides.js'

/** Everything that is known while a document is read. */
export interface Session extends ShapeContext {
  readonly dialect: Dialect
  readonly scope: Map<string, Entry>
  /** The letters of sizes, which are numbers where they stand alone. */
  readonly dimensions: Set<string>
  readonly evidence: Evidence
  readonly words: OpWords
  readonly readings: Reading[]
  /** What may turn out to matter when everything is read. */
  readonly doubts: Doubt[]
  readonly notation: NotationNotes
  /** Only names that are given may occur, and sums stay sums. */
  readonly exact: boolean
  /** Lines of a derivation are read: changes such as `\mathrm{d}X` may stand in them. */
  readonly lines?: boolean
  /** A request is read: every quantity is declared or defined in it. */
  readonly given?: boolean
  /** By what a gradient is meant that does not say it. */
  implied?: readonly Syntax[] | undefined
  readonly work: { expansions: number; readonly most: number }
}

/** Operations by the words they are read under; a word with a subscript stands as `CE_logits`. */
export interface OpWords {
  readonly latex: ReadonlyMap<string, Op>
  readonly plain: ReadonlyMap<string, Op>
}

/** Finds a name: local ones first. */
export function lookup(session: Session, place: Place, name: string): Entry | undefined {
  for (let local = place.locals; local !== undefined; local = local.outer) {
    if (local.name === name) return local.entry
  }
  return session.scope.get(name)
}

/** Enters a quantity that nobody declared. */
export function meet(
  session: Session,
  name: string,
  span: Span,
  sides: Sides = session.solver.freshShape(),
): SymbolEntry {
  if (session.exact) {
    throw new NameError('unknown-name', `${name} is not declared`, { span })
  }
  const entry: SymbolEntry = {
    kind: 'symbol',
    name,
    sides,
    span,
    declared: false,
    set: 'real',
    family: undefined,
    given: undefined,
    defined: false,
    reason: undefined,
  }
  session.scope.set(name, entry)
  return entry
}

/** Counts one unfolding of a function, and raises `LimitError` when there are too many. */
export function countExpansion(session: Session, span: Span): void {
  if (++session.work.expansions > session.work.most) {
    throw new LimitError('limit-expansions', `functions are unfolded more than ${session.work.most} times`, {
      span,
      hint: 'give intermediate results names of their own',
    })
  }
}

/** An error that is raised at the end if the document uses the name, or if a derivative depends on it. */
export interface Doubt {
  readonly name: string
  readonly error: MathError
  readonly when: 'used' | 'asked'
}

/** Notes a choice made in reading. */
export function note(session: Session, what: string, why: string, span?: Span): void {
  session.readings.push({ kind: 'choice', what, why, span })
}

/** Reports something that nothing was made of, with the code of the error it would be elsewhere. */
export function passOver(
  session: Session,
  what: string,
  why: string,
  span?: Span,
  { code = 'passed-over', hint }: { readonly code?: string; readonly hint?: string | undefined } = {},
): void {
  session.readings.push({ kind: 'passed-over', what, why, span, code, hint })
}

/** What a line of a document may need that is not offered; it is no fault of the rest. */
const PASSED_OVER =
  /^(?:unsupported|unknown|undefined-function|not-a-value|missing-entry|missing-otherwise|ragged|several-|prime-of-|wrong-arity|tensor-|family-of-|not-a-size|not-an-index|unreadable-|index-in-name|loose-index)/

/**
 * Without strictness, what cannot be read is passed over with a note instead of an error; `failed` is told the error.
 */
export function attempt<T>(
  session: Session,
  strict: boolean,
  read: () => T,
  failed?: (error: MathError) => void,
  what = 'a line was passed over',
): T | undefined {
  if (strict) return read()
  try {
    return read()
  } catch (error) {
    if (!(error instanceof MathError) || !PASSED_OVER.test(error.code)) throw error
    passOver(session, what, error.message, error.span, error)
    failed?.(error)
    return undefined
  }
}

/** The error is raised after all if anything else speaks of the name. */
export function doubted(session: Session, name: string): (error: MathError) => void {
  return error => session.doubts.push({ name, error, when: 'used' })
}
