import type { Io } from './io.js'

/** An option of a command, as it is parsed and as `--help` shows it. */
export interface OptionRow {
  readonly name: string
  readonly short?: string
  /** What stands for the value in `--help`; a switch has none. */
  readonly value?: string
  /** May be given several times. */
  readonly repeated?: boolean
  readonly summary: string
}

/** A call that `--help` shows, and what it is for. */
export interface ExampleRow {
  readonly command: string
  readonly about: string
}

/** Options and arguments as they were given. */
export interface Given {
  readonly files: readonly string[]
  readonly switches: ReadonlySet<string>
  readonly values: ReadonlyMap<string, readonly string[]>
}

/** Runs a command and returns its exit code. */
type Run = (given: Given, io: Io) => Promise<number>

/** A command: `--help`, the parser of options and the program read this row. */
export interface CommandRow {
  readonly name: string
  readonly usage: string
  readonly summary: string
  /** Sentences under the summary, in the help of the command itself. */
  readonly about: readonly string[]
  /** The least and the most number of arguments that are no options. */
  readonly files: readonly [number, number]
  readonly options: readonly OptionRow[]
  readonly examples: readonly ExampleRow[]
  /** Nothing of a command is loaded before it is run. */
  readonly load: () => Promise<Run>
}
