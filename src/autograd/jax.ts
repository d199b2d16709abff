import { defaultDevice, lax, numpy, valueAndGrad, vjp } from '@jax-js/jax'

/**
 * An array of the engine. Every operation of the engine uses its arguments up; `ref` hands out one more use, and
 * what is not used must be disposed of. `trace.ts` keeps that account, so that nothing else has to.
 */
export type EngineArray = numpy.Array

/** The engine's operations, under the names it gives them. */
export { lax, numpy, valueAndGrad, vjp }

/** Has the work done on which the array depends, which the engine otherwise puts off until it is read. */
export function finish(array: EngineArray): void {
  array.ref.dataSync()
}

class Float16Absent {}

/**
 * Runs one synchronous piece of work of the engine, with two things set for its duration and put back after it.
 *
 * The device is `cpu`: the default, WebAssembly, computes exponentials and logarithms of float64 to 8 digits only.
 *
 * A global `Float16Array` must exist, because the engine asks `data instanceof Float16Array` whenever it is handed
 * numbers, and Node 20 has none. A stand-in without instances answers rightly. The work is synchronous, so
 * no other code can see it.
 */
export function withEngine<T>(work: () => T): T {
  const device = defaultDevice()
  const standIn = !('Float16Array' in globalThis)
  if (standIn) {
    Object.defineProperty(globalThis, 'Float16Array', { value: Float16Absent, configurable: true })
  }
  defaultDevice('cpu')
  try {
    return work()
  } finally {
    defaultDevice(device)
    if (standIn) Reflect.deleteProperty(globalThis, 'Float16Array')
  }
}
