export type Dialect = 'latex' | 'plain'

/**
 * The words a reader knows. It is a value computed from the table of operations, so a new function edits no lexer.
 * Spellings have no backslash and no font command: `log`, `softmax`, `tr`; `\log`, `\operatorname{log}`,
 * `\mathrm{log}` and the bare letters `log` are all found under `log`. Symbols that are functions only by convention
 * (`\sigma`, `\phi`) do not belong here: they need brackets.
 */
export interface Vocabulary {
  /** Function words of each dialect; one of them applies to what follows it without brackets in LaTeX. */
  readonly functions: Readonly<Record<Dialect, ReadonlySet<string>>>
  /** Further letter runs of LaTeX that are one identifier (`loss`, `MSE`); words of the plain dialect always are. */
  readonly words?: ReadonlySet<string> | undefined
}
