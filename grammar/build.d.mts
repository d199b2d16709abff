/** One dialect: its nearley source and its compiled file. */
export interface GrammarFile {
  readonly name: string
  readonly source: string
  readonly target: string
}

export const grammars: readonly GrammarFile[]

/** The TypeScript of one grammar, as it belongs into its compiled file. */
export function compileGrammar(grammar: GrammarFile): string
