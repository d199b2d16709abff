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
