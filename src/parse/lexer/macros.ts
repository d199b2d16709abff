import type { Span } from '../../base/span.js'

/** A macro the author defined: the number of its arguments, a default for the first, and its body as written. */
export interface Macro {
  readonly name: string
  readonly parameters: number
  /** The text used for the first argument when the call gives none in brackets. */
  readonly optional: string | null
  readonly body: string
  readonly span: Span
}

/** Macros by name, without backslash; a map, so that `\constructor` is a name like any other. */
export type Macros = ReadonlyMap<string, Macro>
