import type { Io, Terminal } from '../../src/cli/io.js'
import { runProgram } from '../../src/cli/program.js'

export interface Ran {
  readonly code: number
  readonly out: string
  readonly err: string
  /** What was written to files, by name. */
  readonly files: ReadonlyMap<string, string>
}

export interface World {
  /** Files by name. */
  readonly files?: Readonly<Record<string, string | Uint8Array>> | undefined
  /** Standard input, whole or in the pieces it arrives in. */
  readonly input?: string | Uint8Array | readonly Uint8Array[] | undefined
  readonly output?: Partial<Terminal> | undefined
  readonly error?: Partial<Terminal> | undefined
  /** Called after each piece of output. */
  readonly printed?: (() => void) | undefined
}

const PIPE: Terminal = { interactive: false, colored: false, columns: undefined }

/** Runs the program in this process on files and streams that exist in memory only. */
export async function run(args: readonly string[], world: World = {}): Promise<Ran> {
  const encoder = new TextEncoder()
  const bytes = (text: string | Uint8Array) => (typeof text === 'string' ? encoder.encode(text) : text)
  const { input = '' } = world
  const pieces = typeof input === 'string' || input instanceof Uint8Array ? [bytes(input)] : input
  const known = new Map(Object.entries(world.files ?? {}))
  const files = new Map<string, string>()
  let out = ''
  let err = ''
  const io: Io = {
    input: async function* () {
      yield* pieces
    },
    print: async text => {
      out += text
      world.printed?.()
    },
    warn: text => {
      err += text
    },
    readFile: async path => {
      const text = known.get(path)
      if (text === undefined) throw Object.assign(new Error(`no ${path}`), { code: 'ENOENT' })
      return bytes(text)
    },
    writeFile: async (path, text) => {
      if (path.includes('/')) throw Object.assign(new Error(`no ${path}`), { code: 'ENOENT' })
      files.set(path, text)
    },
    output: { ...PIPE, ...world.output },
    error: { ...PIPE, ...world.error },
  }
  const code = await runProgram(args, io)
  return { code, out, err, files }
}
