/** The offset behind the next `text`, or the end of the source. */
export function skipTo(source: string, text: string, from: number): number {
  const at = source.indexOf(text, from)
  return at < 0 ? source.length : at + text.length
}

const LONGEST_INLINE = 2000

/**
 * The dollar that closes one at `from - 1`, or -1. In Markdown dollar signs are mathematics when no space stands
 * inside them and no digit behind ("$5 or $6" is money); in TeX always, and a formula in braces has its own.
 */
export function inlineEnd(source: string, from: number, tex: boolean): number {
  if (!tex && /[\s$]/.test(source[from] ?? ' ')) return -1
  let depth = 0
  for (let i = from; i < Math.min(source.length, from + LONGEST_INLINE); i++) {
    const c = source[i]
    if (c === '\\') i++
    else if (c === '{') depth++
    else if (c === '}') depth--
    else if (c === '\n' && /^\n[ \t>]*\r?\n/.test(source.slice(i, i + 40))) return -1
    else if (c === '$') {
      if (tex && depth > 0) continue
      if (tex) return i
      return /\s/.test(source[i - 1]!) || /[0-9]/.test(source[i + 1] ?? '') ? -1 : i
    }
  }
  return -1
}

/** Behind the same number of backticks in the paragraph; a run that is never closed is ordinary text. */
export function codeEnd(source: string, ticks: string, from: number, limit: number): number {
  let at = from
  for (;;) {
    at = source.indexOf('`', at)
    if (at < 0 || at >= limit) return from
    let end = at + 1
    while (source[end] === '`') end++
    if (end - at === ticks.length) return end
    at = end
  }
}

/** Behind the block of settings with which a Markdown file may begin; 0 where there is none. */
export function frontMatterEnd(source: string): number {
  const match = /^\ufeff?(---|\+\+\+)[ \t]*\r?\n/.exec(source)
  if (match === null) return 0
  const closing = new RegExp(`^${match[1] === '---' ? '(?:---|\\.\\.\\.)' : '\\+\\+\\+'}[ \\t]*\\r?$`, 'gm')
  closing.lastIndex = match[0].length
  return closing.exec(source) === null ? 0 : closing.lastIndex
}

/** Behind the imports and exports at the top of an MDX file, which end at blank lines. */
export function moduleEnd(source: string, from: number): number {
  let at = from
  for (;;) {
    const block = /^\s*(?:import|export)\b[\s\S]*?(?:\r?\n[ \t]*(?=\r?\n)|$(?![\s\S]))/.exec(source.slice(at))
    if (block === null) return at
    at += block[0].length
  }
}

/** Behind the last argument of a definition: name, brackets and one braced body. */
export function definitionEnd(source: string, from: number): number {
  let at = from
  let bodies = /^\s*\\/.test(source.slice(from, from + 20)) ? 1 : 2
  while (at < source.length && bodies > 0) {
    const c = source[at]!
    if (c === '\n' && /^\r?\n/.test(source.slice(at + 1, at + 3))) return at
    if (c !== '{') {
      at += c === '\\' ? 2 : 1
      continue
    }
    let depth = 0
    do {
      const inner = source[at]
      if (inner === '\\') at++
      else if (inner === '{') depth++
      else if (inner === '}') depth--
      at++
    } while (depth > 0 && at < source.length)
    bodies--
  }
  return at
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
