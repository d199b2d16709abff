import { type DerivationRequest, readDerivation } from '../parse/derivation.js'
import {
  type DerivationText,
  type DerivationTextOptions,
  readDerivationTexts,
} from '../parse/derivation-text.js'
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
  const tensors = options.tensors ?? (await loadTensors())
  if (typeof derivation !== 'string') return checkLines(readDerivation(derivation), tensors, options)
  const texts = readDerivationTexts(derivation, { ...options, all: options.all ?? true })
  return texts.flatMap(text => checkText(text, tensors, options)).map(({ line }) => line)
}

/** A line that was checked, and where it begins in its text. */
export interface PlacedLine {
  readonly line: CheckedLine
  /** What should stand there, in the syntax of the text. */
  readonly mend: string | undefined
  readonly offset: number
}

/** Judges the lines found in a text. One that defines a name again counts only where it is true of the old meaning. */
export function checkText(
  { derivation, offsets, renewing, prose, incomplete, supposed }: DerivationText,
  tensors: Tensors,
  options: CheckOptions = {},
): readonly PlacedLine[] {
  const lines = checkLines(derivation, tensors, { ...options, prose, incomplete, supposed })
  return lines.flatMap((line, k): PlacedLine[] => {
    if (renewing.has(k) && line.ok !== true) return []
    return [{ line, mend: line.repair?.[derivation.dialect], offset: offsets[k]! }]
  })
}
