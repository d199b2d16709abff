/** One function to differentiate, and what a textbook gives for it; everything as plain text. */
export interface Instance {
  /** `A in R^(n x n)`, one each. */
  readonly declarations: readonly string[]
  /** `p = softmax(z)`, one each, every name defined before it is used. */
  readonly definitions?: readonly string[]
  readonly function: string
  readonly variable: string
  readonly order?: 2
  /** Facts that may be used, such as `A = A'`. */
  readonly assumptions?: readonly string[]
  /** The derivative as a textbook has it; in it, the definitions may be used. */
  readonly answer: string
}

/** A result that every course of the subject states, with an instance that the tests derive again. */
export interface CatalogueEntry {
  /** Kebab-case, frozen once released. */
  readonly id: string
  /** The name as a lecturer says it. */
  readonly name: string
  /** The result in LaTeX; a gradient has the shape of its variable. */
  readonly statements: readonly string[]
  /** The briefest level of detail at which the name is printed. */
  readonly level: 'brief' | 'normal' | 'every'
  /** Key of `ops/sources.ts` with a place, such as `matrix-cookbook:81`. */
  readonly source: string
  /** One line a student can read aloud. */
  readonly sentence: string
  readonly instances: readonly Instance[]
  /** What holds at a kink, or which convention is taken. */
  readonly note?: string
}
