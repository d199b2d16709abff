import { type Derivation, type DerivationRequest, readDerivation } from '../parse/derivation.js'
import { type DerivationTextOptions, derivationIn } from '../parse/derivation-text.js'
import { loadTensors } from '../tensor/load.js'
import type { Tensors } from '../tensor/tensor.js'
import { type CheckOptions, checkLines } from './check.js'
import type { CheckedLine } from './verdict.js'

export interface CheckDerivationOptions extends CheckOptions, DerivationTextOptions {
  /** What computes with numbers; loaded when it is not given. */
  readonly tensors?: Tensors | undefined
}

/**
 * Judges the lines of a derivation: a text in which declarations, definitions and lines stand together, or a request that
 * lists them. A line that cannot be decided in time is `unknown`; what is given has to be readable, and raises the errors
 * of `parse` otherwise. Raises `LimitError` when the work is aborted.
 */
export async function check(
  derivation: string | DerivationRequest,
  options: CheckDerivationOptions = {},
): Promise<readonly CheckedLine[]> {
  const request = typeof derivation === 'string' ? derivationIn(derivation, options).request : derivation
  const read: Derivation = readDerivation(request)
  return checkLines(read, options.tensors ?? (await loadTensors()), options)
}
