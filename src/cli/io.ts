/** What a command sees of the process; tests put their own in its place. */
export interface Io {
  /** Standard input, in pieces. */
  readonly input: () => AsyncIterable<Uint8Array>
  /** Writes to standard output, and waits until more can be taken. */
  readonly print: (text: string) => Promise<void>
  /** Writes to standard error. */
  readonly warn: (text: string) => void
  readonly readFile: (path: string) => Promise<Uint8Array>
  readonly writeFile: (path: string, text: string) => Promise<void>
  readonly output: Terminal
  readonly error: Terminal
}

/** What is known of the device behind a stream. */
export interface Terminal {
  readonly interactive: boolean
  readonly colored: boolean
  readonly columns: number | undefined
}

/** Everything is fine; the mathematics has a problem; the program was not used as documented, or is at fault. */
export const EXIT = Object.freeze({ fine: 0, problems: 1, misuse: 2 })
