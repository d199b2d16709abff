import { MathError, ParseError, UsageError } from '../base/errors.js'
import type { Limits } from '../base/limits.js'
import type { Span } from '../base/span.js'
import type { Given } from '../expr/problem.js'
import { canonicalText } from './elaborate/names.js'
import { readerVocabulary } from './elaborate/new-session.js'
import type { Numbers } from './elaborate/numbers.js'
import type { OpWords } from './elaborate/reader.js'
import type { Purpose } from './elaborate/statement-kinds.js'
import { rowsOf } from './given.js'
import type { Source } from './imports.js'
import type { Dialect } from './lexer/vocabulary.js'
import type { Bindings, DeclarationObject } from './options.js'
import { readBlock, type Statement } from './read.js'
import { subjectOf } from './subject.js'
import type { Syntax } from './syntax.js'

const STATED_IN_LATEX: ReadonlySet<string> = new Set(['assumption', 'a name'])

/** Short texts that stand one behind the other, so that every place among them is one number. */
export class Pieces {
  readonly #pieces: { readonly from: number; readonly text: string; readonly field: string }[] = []
  readonly #dialect: Dialect
  readonly #words: OpWords
  readonly #limits: Limits
  #end: number

  constructor(start: number, dialect: Dialect, words: OpWords, limits: Limits) {
    this.#end = start
    this.#dialect = dialect
    this.#words = words
    this.#limits = limits
  }

  /** Reads a text and adds its statements. */
  add(text: string, purpose: Purpose, sources: Source[]): void {
    for (const statement of this.#read(text, purpose)) sources.push({ statement, purpose })
  }

  /** Reads one line of a derivation, with the place of its first character. Raises what `readBlock` raises. */
  line(text: string): { readonly statements: readonly Statement[]; readonly from: number } {
    const from = this.#end
    return { statements: this.#read(text, 'a line'), from }
  }

  /** Reads declarations; those that are objects are returned. */
  addDeclarations(
    declarations: readonly (string | DeclarationObject)[],
    sources: Source[],
  ): readonly (DeclarationObject & { readonly canonical: string })[] {
    return declarations.flatMap(each => {
      if (typeof each !== 'string') return [{ ...each, canonical: this.#nameOf(each.name) }]
      this.add(each, 'declaration', sources)
      return []
    })
  }

  /** The function of a request; see `subjectOf`. */
  subject(text: string, sources: Source[]): Syntax {
    const only = this.#only(text, 'expr')
    const { of, definition } = subjectOf(only, this.#pieces.map(piece => piece.text).join(' '))
    if (definition !== undefined) sources.push({ statement: definition, purpose: 'definition' })
    return of
  }

  #only(text: string, field: string): Statement {
    const statements = this.#read(text, field)
    const [only] = statements
    if (only !== undefined && statements.length === 1) return only
    throw new ParseError(
      'not-one-expression',
      `expected one formula in ${field}, found ${statements.length}`,
      {
        span: { from: 0, to: text.length },
      },
    )
  }

  expression(text: string, field: string): Syntax {
    return this.#only(text, field).body
  }

  bindings(values: Bindings): ReadonlyMap<string, Numbers> {
    return new Map(Object.entries(values).map(([name, value]) => [this.#nameOf(name), rowsOf(value, name)]))
  }

  /** The same without a look at their shape: what a recurrence is given may be a list of matrices. */
  given(values: Bindings): ReadonlyMap<string, Given> {
    return new Map(Object.entries(values).map(([name, value]) => [this.#nameOf(name), value]))
  }

  textAt(span: Span): string {
    const piece = this.#pieceAt(span)
    return piece === undefined ? '' : piece.text.slice(span.from - piece.from, span.to - piece.from)
  }

  /** Runs a function and gives its errors their place within the piece they are in. */
  placed<T>(run: () => T): T {
    try {
      return run()
    } catch (error) {
      if (!(error instanceof MathError) || error.span === undefined) throw error
      const piece = this.#pieceAt(error.span)
      if (piece === undefined) throw error
      const Same = error.constructor as new (code: string, message: string, details: object) => MathError
      throw new Same(error.code, error.message, {
        span: { from: error.span.from - piece.from, to: error.span.to - piece.from },
        hint: error.hint,
        notes: [...error.notes, `in ${piece.field}: ${piece.text}`],
      })
    }
  }

  #pieceAt(span: Span) {
    return this.#pieces.find(piece => span.from >= piece.from && span.to <= piece.from + piece.text.length)
  }

  #read(text: string, field: string): readonly Statement[] {
    const from = this.#end
    this.#pieces.push({ from, text, field })
    this.#end += text.length + 1
    return this.placed(
      () =>
        readBlock(text, {
          // Facts, and names beside a text, may be spelled in LaTeX whatever the formulas are written in.
          dialect: STATED_IN_LATEX.has(field) && text.includes('\\') ? 'latex' : this.#dialect,
          vocabulary: readerVocabulary(this.#words),
          limits: this.#limits,
          origin: offset => from + offset,
        }).statements,
    )
  }

  #nameOf(text: string): string {
    const [only] = this.#read(text, 'a name')
    const name = only && canonicalText(only.body)
    if (name === undefined) throw new UsageError('not-a-name', `this is not a name: ${text.slice(0, 40)}`)
    return name
  }
}
