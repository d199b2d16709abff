import type { Autograd } from './traced.js'

/** Loads the engine. It is imported here and not before, because most work needs no autograd. Keep the result. */
export async function loadAutograd(): Promise<Autograd> {
  const { createAutograd } = await import('./engine.js')
  return createAutograd()
}
