import { unreachable } from '../base/errors.js'
import type { Limits } from '../base/limits.js'
import type { Span } from '../base/span.js'
import type { Macros } from './lexer/macros.js'
import type { Dialect, Vocabulary } from './lexer/vocabulary.js'
import type { RelationOperator, Syntax } from './syntax.js'

export interface ReadOptions {
  readonly dialect: Dialect
  readonly vocabulary: Vocabulary
  /** Macros known before this source, as an earlier `readBlock` returned them. */
  readonly macros?: Macros | undefined
  readonly limits?: Limits | undefined
  /** Where an offset of this source stands in the file it came from; spans and errors are given there. */
  readonly origin?: ((offset: number) => number) | undefined
}

/**
 * One equation, row, declaration or expression. `body` is a relation chain (`a = b = c` in one node) or an
 * expression. A row that begins with a relation continues the statement before it: `continues` names that relation
 * and `body` is what follows it (itself a chain when more relations follow: `= b = c` has the body `b = c`).
 */
export interface Statement {
  readonly span: Span
  readonly body: Syntax
  readonly continues: RelationOperator | null
  /** Quantifiers behind a comma, `i = 1, \dots, m` or `k \in S`: one relation each, dots kept as a list. */
  readonly tail: readonly Syntax[]
  /** `let`, `where`, `if` … before it, and remarks behind it, in lower case, without punctuation. */
  readonly lead: string | null
  readonly remark: string | null
  /** The row of the source block it stands in, counted from 0; two statements of one row share the number. */
  readonly row: number
}

/** An author comment of the form `% backprose: VERB rest`. */
export interface Directive {
  readonly span: Span
  readonly verb: string
  readonly text: string
  /** Where `text` stands. */
  readonly textSpan: Span
}

/** What one piece of mathematics says, and what it defines for the pieces after it. */
export interface Reading {
  readonly statements: readonly Statement[]
  readonly directives: readonly Directive[]
  /** Given macros and those defined here, to be handed to the next block. */
  readonly macros: Macros
}

/**
 * Reads a piece of mathematics into its statements. Raises `ParseError` with the place and a hint when it is not
 * well formed, and `LimitError` when it is too long, too deep or its macros expand without end.
 */
export function readBlock(source: string, options: ReadOptions): Reading {
  return unreachable(`reading ${options.dialect} text of ${source.length} characters is not in place`)
}

/** The statements of `readBlock`. */
export function readSyntax(source: string, options: ReadOptions): readonly Statement[] {
  return readBlock(source, options).statements
}
