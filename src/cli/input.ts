import { UsageError } from '../base/errors.js'
import type { Io } from './io.js'

/** More bytes than this are no equations; they are refused before they are decoded. */
const MOST_BYTES = 1 << 24
const LONGEST_LINE = 1 << 24

/** The text of a file, or of standard input for `-`. Raises `UsageError` when there is none, or it is not UTF-8. */
export async function readText(io: Io, file: string): Promise<string> {
  const name = sourceName(file)
  const bytes = file === '-' ? await everything(io) : await contents(io, file)
  if (bytes.length > MOST_BYTES) throw new UsageError('too-long', `${name} has more than ${MOST_BYTES} bytes`)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new UsageError('not-text', `${name} is not a text in UTF-8`)
  }
}

/** How a file is named in messages. */
export function sourceName(file: string): string {
  return file === '-' ? '<stdin>' : file
}

async function contents(io: Io, file: string): Promise<Uint8Array> {
  try {
    return await io.readFile(file)
  } catch (error) {
    throw new UsageError('cannot-read', `cannot read ${file}: ${reasonOf(error)}`)
  }
}

/** What the system says about a file. */
export function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  switch (code) {
    case 'ENOENT':
      return 'there is no such file'
    case 'EISDIR':
      return 'it is a directory'
    case 'EACCES':
      return 'permission denied'
    default:
      return code === '' ? 'it failed' : code
  }
}

async function everything(io: Io): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of io.input()) {
    chunks.push(chunk)
    length += chunk.length
    if (length > MOST_BYTES) break
  }
  const all = new Uint8Array(length)
  let at = 0
  for (const chunk of chunks) {
    all.set(chunk, at)
    at += chunk.length
  }
  return all
}

/**
 * The lines of a stream as they come, without their ends; undefined for one that is longer than 16 MiB. Bytes that are
 * not UTF-8 become replacement characters, so that one bad line does not end the stream.
 */
export async function* linesOf(input: AsyncIterable<Uint8Array>): AsyncGenerator<string | undefined> {
  const decoder = new TextDecoder('utf-8')
  let parts: string[] = []
  let length = 0
  const take = (text: string) => {
    length += text.length
    if (length > LONGEST_LINE) parts = []
    else parts.push(text)
  }
  const finish = () => {
    const line = length > LONGEST_LINE ? undefined : parts.join('').replace(/\r$/, '')
    parts = []
    length = 0
    return line
  }
  for await (const chunk of input) {
    const [first, ...rest] = decoder.decode(chunk, { stream: true }).split('\n') as [string, ...string[]]
    take(first)
    for (const text of rest) {
      yield finish()
      take(text)
    }
  }
  take(decoder.decode())
  if (length > 0) yield finish()
}
