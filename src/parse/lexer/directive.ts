import type { Span } from '../../base/span.js'

/** An author comment of the form `% backprose: VERB rest`. */
export interface Directive {
  readonly span: Span
  readonly verb: string
  readonly text: string
  /** Where `text` stands. */
  readonly textSpan: Span
}
