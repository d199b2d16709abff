import { checkLines } from '../../src/check/check.js'
import type { CheckedLine } from '../../src/check/verdict.js'
import { type DerivationRequest, readDerivation } from '../../src/parse/derivation.js'
import { loadTensors } from '../../src/tensor/load.js'

const tensors = await loadTensors()

/** The verdicts on lines in LaTeX, unless the request says otherwise. */
export function check(request: Partial<DerivationRequest>): readonly CheckedLine[] {
  return checkLines(readDerivation({ syntax: 'latex', lines: [], ...request }), tensors)
}

/** What is marked: `+` right, `-` wrong, `?` undecided, one sign for each line. */
export function marks(request: Partial<DerivationRequest>): string {
  return check(request)
    .map(({ ok }) => (ok === null ? '?' : ok ? '+' : '-'))
    .join('')
}
