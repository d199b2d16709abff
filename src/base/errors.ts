import type { Span } from './span.js'

/** What an error carries beside its message. */
export interface ErrorDetails {
  /** Where in the source it stands, when a place is known. */
  readonly span?: Span | undefined
  /** What to do about it, one sentence. */
  readonly hint?: string | undefined
  /** Further facts, one line each. */
  readonly notes?: readonly string[] | undefined
}

/**
 * The one kind of error this library raises on purpose. The code is stable and meant for programs; the message
 * is lower case and in the user's terms; the place, the hint and the notes are fields, never baked into the text.
 */
export abstract class MathError extends Error {
  readonly code: string
  readonly span: Span | undefined
  readonly hint: string | undefined
  readonly notes: readonly string[]

  constructor(code: string, message: string, details: ErrorDetails = {}) {
    super(message)
    this.name = new.target.name
    this.code = code
    this.span = details.span
    this.hint = details.hint
    this.notes = Object.freeze([...(details.notes ?? [])])
  }
}

/** The text is not well formed: unbalanced braces, a missing operand, an unknown environment. */
export class ParseError extends MathError {}
/** A name is unknown, defined twice, or defined through itself. */
export class NameError extends MathError {}
/** Shapes do not fit; the message names both. */
export class ShapeError extends MathError {}
/** A value lies outside the domain of a function, or no admissible point could be found. */
export class DomainError extends MathError {}
/** A derivative does not exist, or its form is not offered; the message says why. */
export class NotDifferentiableError extends MathError {}
/** A bound on length, depth, size or time was exceeded. */
export class LimitError extends MathError {}
/** A request or an option is not of the documented form. */
export class UsageError extends MathError {}
/** A step failed its own check: a fault of this library, never of the input. */
export class VerificationError extends MathError {}

/** Says that a line cannot be reached; reaching it is a fault of this library. */
export function unreachable(what: string): never {
  throw new VerificationError('internal', `internal fault: ${what}`, {
    hint: 'this is a fault of the library; please report it with the input',
  })
}
