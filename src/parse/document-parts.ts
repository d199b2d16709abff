import { ROW_ENVIRONMENTS } from './lexer/latex-symbols.js'

/** Environments that are mathematics without any dollar sign. */
export function mathEnvironment(name: string): boolean {
  const base = name.replace(/\*$/, '')
  return ROW_ENVIRONMENTS.has(base) && base !== 'document' && base !== 'center' && base !== 'subequations'
}

/** The offset behind the next `text`, or the end of the source. */
export function skipTo(source: string, text: string, from: number): number {
  const at = source.indexOf(text, from)
  return at < 0 ? source.length : at + text.length
}

/** Searches for closing delimiters, and for none of them a second time once there is none left. */
export class Unclosed {
  readonly #source: string
  readonly #missing = new Set<string>()

  constructor(source: string) {
    this.#source = source
  }

  /** The offset of the next `closer`, or -1. */
  find(closer: string, from: number): number {
    if (this.#missing.has(closer)) return -1
    const at = this.#source.indexOf(closer, from)
    if (at < 0) this.#missing.add(closer)
    return at
  }

  /** The offset behind the `\end` of an environment, or -1. */
  environment(name: string, from: number): number {
    if (this.#missing.has(name)) return -1
    const pattern = new RegExp(`\\\\end\\s*\\{${name.replace('*', '\\*')}\\}`, 'g')
    pattern.lastIndex = from
    if (pattern.exec(this.#source) !== null) return pattern.lastIndex
    this.#missing.add(name)
    return -1
  }

  #paragraph = { from: 0, to: 0 }

  /** The offset of the next blank line, or the end; asked in ascending order, all calls together read the source once. */
  paragraphEnd(from: number): number {
    if (from >= this.#paragraph.from && from < this.#paragraph.to) return this.#paragraph.to
    const pattern = /\n[ \t]*(?=\r?\n)/g
    pattern.lastIndex = from
    const to = pattern.exec(this.#source)?.index ?? this.#source.length
    this.#paragraph = { from, to }
    return to
  }
}

/** Where lines begin, asked in ascending order. */
export class LineStarts {
  readonly #source: string
  #start = 0
  #next: number

  constructor(source: string) {
    this.#source = source
    this.#next = source.indexOf('\n')
  }

  /** The start of the line in which `offset` stands. */
  before(offset: number): number {
    while (this.#next >= 0 && this.#next < offset) {
      this.#start = this.#next + 1
      this.#next = this.#source.indexOf('\n', this.#start)
    }
    return this.#start
  }
}
