import type { Tensors } from './tensor.js'

/**
 * Loads mathjs and builds the numeric operations. mathjs is imported here and not before, because it is by far the
 * slowest thing to load; Node keeps the module, so later calls cost a few milliseconds. Keep the result.
 */
export async function loadTensors(): Promise<Tensors> {
  const [{ createNumerics }, { createTensors }] = await Promise.all([
    import('./mathjs.js'),
    import('./numeric.js'),
  ])
  return createTensors(createNumerics())
}
