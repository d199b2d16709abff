import type { Io } from './io.js'

/** Says on an interactive standard error what is being done, once it has taken half a second. */
export async function withProgress<T>(io: Io, doing: string, work: () => Promise<T>): Promise<T> {
  if (!io.error.interactive) return await work()
  let said = false
  const timer = setTimeout(() => {
    said = true
    io.warn(`${doing} …`)
  }, 500)
  try {
    return await work()
  } finally {
    clearTimeout(timer)
    if (said) io.warn(`\r${' '.repeat(doing.length + 2)}\r`)
  }
}
