/** A half-open range of UTF-16 code units in a source text. */
export interface Span {
  readonly from: number
  readonly to: number
}

/** The smallest span that covers both. */
export function cover(a: Span, b: Span): Span {
  return { from: Math.min(a.from, b.from), to: Math.max(a.to, b.to) }
}

/** A place for people: line and column both count from 1, columns in UTF-16 code units. */
export interface Place {
  readonly line: number
  readonly column: number
}

/** The line and column at which an offset stands; `\n`, `\r\n` and `\r` each end one line. */
export function placeOf(source: string, offset: number): Place {
  let line = 1
  let start = 0
  const end = Math.min(offset, source.length)
  for (let i = 0; i < end; i++) {
    const c = source.charCodeAt(i)
    if (c === 10 || (c === 13 && source.charCodeAt(i + 1) !== 10)) {
      line++
      start = i + 1
    }
  }
  return { line, column: end - start + 1 }
}

/** The lines of a text, for many questions: each is answered in the logarithm of their number. */
export class LineIndex {
  readonly #starts: readonly number[]

  constructor(source: string) {
    const starts = [0]
    for (const { index, 0: end } of source.matchAll(/\r\n|\n|\r/g)) starts.push(index + end.length)
    this.#starts = starts
  }

  /** As `placeOf`. */
  placeOf(offset: number): Place {
    let low = 0
    let high = this.#starts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (this.#starts[middle]! <= offset) low = middle
      else high = middle - 1
    }
    return { line: low + 1, column: offset - this.#starts[low]! + 1 }
  }
}
