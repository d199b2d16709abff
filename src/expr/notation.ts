/** How an author writes: read off the document, used to write the answer. Every field has a default. */
export interface Notation {
  readonly dialect: 'latex' | 'plain'
  /** The superscript of a transpose, as LaTeX: `\top`, `T`, `\intercal`, `\mathsf{T}`. */
  readonly transpose: string
  /** The sign of the Hadamard product: `\odot` or `\circ`. */
  readonly hadamard: string
  /** `'` or `^{'}`, and so on. */
  readonly prime: string
  /** Whether the exponential is written `e^{x}` or `\exp(x)`. */
  readonly exponential: 'power' | 'function'
  readonly logarithm: '\\log' | '\\ln'
  /** How the array of ones is written where it stands in a sum: as the literal 1, or as its symbol. */
  readonly ones: string
  /** The letter of a unit vector and that of an identity matrix. */
  readonly unit: string
  readonly identity: string
  /** Kronecker's delta as `\delta_{ij}`, or as the indicator of equal indices. */
  readonly delta: 'letter' | 'indicator'
  /** The one before the brackets of a condition: `\mathbb{1}[z > 0]`. */
  readonly indicator: string
  /** How the logistic function is written. */
  readonly sigmoid: string
  readonly softmax: string
  /** Index letters by preference. */
  readonly indices: readonly string[]
  /** Spellings that differ from what the canonical name gives, by canonical name. */
  readonly latexNames: ReadonlyMap<string, string>
}

export const DEFAULT_NOTATION: Notation = Object.freeze({
  dialect: 'latex',
  transpose: '\\top',
  hadamard: '\\odot',
  prime: "'",
  exponential: 'power',
  logarithm: '\\log',
  ones: '\\mathbf{1}',
  unit: 'e',
  identity: 'I',
  delta: 'letter',
  indicator: '\\mathbb{1}',
  sigmoid: '\\sigma',
  softmax: '\\operatorname{softmax}',
  indices: Object.freeze(['i', 'j', 'k', 'l', 'p', 'q', 'r', 's']),
  latexNames: new Map<string, string>(),
})
