/** A named rule as a reader meets it: in the margin of a derivation, in a footnote, in the catalogue. */
export interface Rule {
  /** Kebab-case, frozen once released. */
  readonly id: string
  /** The name as a lecturer writes it: `chain rule`. */
  readonly name: string
  /** The statement in LaTeX. */
  readonly statement: string
  /** Key of `ops/sources.ts` with a place, such as `matrix-cookbook:81`. */
  readonly source: string
  /** One line a student can read aloud. */
  readonly sentence: string
  /** The briefest level of detail at which the name is still printed. */
  readonly level: 'brief' | 'normal' | 'every'
}
