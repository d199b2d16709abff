/** A text made of pieces of another, with the place of each of its offsets there. */
export interface Mapped {
  readonly text: string
  readonly origin: (offset: number) => number
}

/** Puts a text together piece by piece. A piece of another length than what it stands for is a piece of its own. */
export class MappedText {
  readonly #starts: number[] = []
  readonly #offsets: number[] = []
  readonly #pieces: string[] = []
  #length = 0

  /** Adds text that stands at `from` in the source. */
  add(text: string, from: number): void {
    this.#starts.push(this.#length)
    this.#offsets.push(from)
    this.#pieces.push(text)
    this.#length += text.length
  }

  /** The whole; its end stands at `end` in the source. */
  done(end: number): Mapped {
    const starts = [...this.#starts, this.#length]
    const offsets = [...this.#offsets, end]
    return { text: this.#pieces.join(''), origin: offset => originIn(starts, offsets, offset) }
  }
}

/** The place of an offset, from the last piece that begins at it or before. */
function originIn(starts: readonly number[], offsets: readonly number[], offset: number): number {
  let low = 0
  let high = starts.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (starts[middle]! <= offset) low = middle
    else high = middle - 1
  }
  return offsets[low]! + offset - starts[low]!
}

/** One mapping behind the other. */
export function through(inner: Mapped, outer: (offset: number) => number): Mapped {
  return { text: inner.text, origin: offset => outer(inner.origin(offset)) }
}
