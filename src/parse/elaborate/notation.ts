import { DEFAULT_NOTATION, type Notation } from '../../expr/notation.js'

/** The choices of spelling that a document shows, in the order they are met; the first one counts. */
export class NotationNotes {
  readonly #seen = new Map<keyof Notation, string>()
  readonly #names = new Map<string, string>()

  /** Notes how something is written. */
  saw(what: keyof Notation, how: string): void {
    if (!this.#seen.has(what)) this.#seen.set(what, how)
  }

  /** Notes how a name is spelled. */
  spelled(name: string, latex: string): void {
    if (!this.#names.has(name)) this.#names.set(name, latex)
  }

  get names(): ReadonlyMap<string, string> {
    return this.#names
  }

  notation(dialect: 'latex' | 'plain', base: Notation = DEFAULT_NOTATION): Notation {
    return Object.freeze({
      ...base,
      ...Object.fromEntries(this.#seen),
      dialect,
      latexNames: new Map([...base.latexNames, ...this.#names]),
    })
  }
}
