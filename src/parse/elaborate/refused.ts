import { NameError } from '../../base/errors.js'
import type { Span } from '../../base/span.js'

interface Reason {
  readonly what: string
  readonly hint: string
}

const ROUNDING: Reason = {
  what: 'rounding has the derivative 0 wherever it has one, and is not offered',
  hint: 'give the rounded value a name of its own, which is then held constant',
}
const CHOICE: Reason = {
  what: 'the place of an extreme jumps, and is not offered',
  hint: 'select the entry by an index that is held constant',
}
const SPECTRAL: Reason = {
  what: 'functions of singular values and eigenvalues are not offered',
  hint: 'write it by products, inverses, traces and determinants where that is possible',
}
const SERIES: Reason = {
  what: 'functions of a matrix by power series are not offered',
  hint: 'exp, log and sqrt act entry by entry here; powers X^k of a matrix are offered',
}

/** Words of the field that are understood and not offered, with the reason. */
const REFUSED: ReadonlyMap<string, Reason> = new Map([
  ...['floor', 'ceil', 'round'].map((word): [string, Reason] => [word, ROUNDING]),
  ...['argmax', 'argmin'].map((word): [string, Reason] => [word, CHOICE]),
  ...[
    'lambda_{max}',
    'lambda_{min}',
    'sigma_{max}',
    'sigma_{min}',
    'rank',
    'svd',
    'eig',
    'pinv',
    'nuc',
    'nucnorm',
    'normnuc',
    'spec',
    'cond',
    'adj',
  ].map((word): [string, Reason] => [word, SPECTRAL]),
  ...['expm', 'logm', 'sqrtm'].map((word): [string, Reason] => [word, SERIES]),
  [
    'sparsemax',
    { what: 'sparsemax is not offered', hint: 'softmax is, also at a temperature: softmax(z / tau)' },
  ],
])

/** Raises `NameError` for a word whose meaning is known and whose derivative is not offered. */
export function refuseKnown(word: string, { span }: { readonly span: Span }): void {
  const reason = REFUSED.get(word)
  if (reason === undefined) return
  throw new NameError('unsupported', `${word}: ${reason.what}`, { span, hint: reason.hint })
}
