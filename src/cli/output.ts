import { UsageError } from '../base/errors.js'
import { reasonOf } from './input.js'
import type { Io } from './io.js'

/** Writes a result to a file, or to standard output where there is none. Raises `UsageError`. */
export async function deliver(io: Io, file: string | undefined, text: string): Promise<void> {
  if (file === undefined || file === '-') return await io.print(text)
  try {
    await io.writeFile(file, text)
  } catch (error) {
    throw new UsageError('cannot-write', `cannot write ${file}: ${reasonOf(error)}`)
  }
}
