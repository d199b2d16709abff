import type { Limits } from '../../base/limits.js'
import type { Span } from '../../base/span.js'
import type { Directive } from './directive.js'
import type { Macros } from './macros.js'
import type { Token } from './token.js'
import type { Vocabulary } from './vocabulary.js'

/** What a lexer is told. */
export interface LexOptions {
  readonly vocabulary: Vocabulary
  readonly macros?: Macros | undefined
  readonly limits?: Limits | undefined
  readonly origin?: ((offset: number) => number) | undefined
}

/**
 * What is written beside the mathematics: a label, a tag, the number of an equation, a reference, words or signs printed
 * on a relation.
 */
export interface Note {
  readonly kind: 'label' | 'tag' | 'number' | 'reference' | 'relation'
  readonly text: string
  readonly span: Span
}

/** What a lexer returns: balanced tokens, of all rows of the source. */
export interface Lexed {
  readonly tokens: readonly Token[]
  readonly directives: readonly Directive[]
  readonly macros: Macros
  readonly notes: readonly Note[]
}
