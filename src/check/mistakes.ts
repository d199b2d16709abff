/** Kinds of slips, by what mends them. */
export type MistakeKind =
  | 'sign'
  | 'factor-two'
  | 'constant'
  | 'share'
  | 'missing-transpose'
  | 'spurious-transpose'
  | 'factors-swapped'
  | 'hadamard-for-matrix'
  | 'matrix-for-hadamard'
  | 'missing-prime'
  | 'extra-prime'
  | 'wrong-point'
  | 'one-forgotten'
  | 'exponent'
  | 'upside-down'
  | 'index'
  | 'indices-swapped'
  | 'layer'
  | 'symbol'
  | 'function'
  | 'diagonal'
  | 'inverse'
  | 'sum-for-product'
  | 'extra-factor'
  | 'missing-factor'
  | 'extra-term'
  | 'missing-term'
  | 'outer-product-reversed'
  | 'rounding'
  | 'other'

/** A mistake that is met again and again: how it is named, and what is said to the author. */
export interface Mistake {
  readonly kind: MistakeKind
  /** Stable, for reports and for looking it up. */
  readonly id: string
  readonly title: string
  /** One sentence; `was` and `now` are the text that is replaced and what replaces it. */
  readonly say: (was: string, now: string) => string
}

function mistake(kind: MistakeKind, id: string, title: string, say: Mistake['say']): Mistake {
  return Object.freeze({ kind, id, title, say })
}

/** In the order of how common they are: of two mends of one size the earlier is shown. */
export const MISTAKES: readonly Mistake[] = Object.freeze([
  mistake('sign', 'sign', 'a wrong sign', (was, now) => `The sign is wrong: ${swap(was, now)}.`),
  mistake(
    'factor-two',
    'factor-two',
    'a factor of two lost or invented',
    () => 'This is off by a factor of two: the square brings a 2 down, and a half in front takes it away.',
  ),
  mistake(
    'share',
    'share',
    'a mean for a sum, or a sum for a mean',
    was => `The factor ${was.trim()} does not belong here: a mean has it, a sum does not.`,
  ),
  mistake(
    'missing-transpose',
    'missing-transpose',
    'a missing transpose',
    (was, now) => `A transpose is missing: ${swap(was, now)}.`,
  ),
  mistake(
    'spurious-transpose',
    'spurious-transpose',
    'a transpose too many',
    (was, now) => `There is a transpose too many: ${swap(was, now)}.`,
  ),
  mistake(
    'factors-swapped',
    'factor-order',
    'factors in the wrong order',
    (was, now) => `Products of matrices do not commute: ${swap(was, now)}.`,
  ),
  mistake(
    'hadamard-for-matrix',
    'hadamard-for-matrix',
    'an entrywise product for a matrix product',
    () => 'A matrix acts by the matrix product; the entrywise product is for arrays of one shape.',
  ),
  mistake(
    'matrix-for-hadamard',
    'matrix-for-hadamard',
    'a matrix product for an entrywise product',
    () =>
      'What acts entry by entry multiplies entry by entry: an entrywise product (or a diagonal matrix) belongs here.',
  ),
  mistake(
    'missing-prime',
    'missing-prime',
    'a function for its derivative',
    (was, now) => `The derivative of the function is needed here, not the function: ${swap(was, now)}.`,
  ),
  mistake(
    'extra-prime',
    'extra-prime',
    'a derivative for its function',
    (was, now) => `The function itself is needed here, not its derivative: ${swap(was, now)}.`,
  ),
  mistake(
    'one-forgotten',
    'one-minus',
    'one minus a quantity forgotten',
    (was, now) => `The derivative contains one minus the quantity: ${swap(was, now)}.`,
  ),
  mistake(
    'exponent',
    'exponent',
    'a wrong exponent',
    (was, now) => `The exponent is wrong: ${swap(was, now)}.`,
  ),
  mistake(
    'constant',
    'constant',
    'a wrong constant',
    (was, now) => `The constant is wrong: ${swap(was, now)}.`,
  ),
  mistake('index', 'index', 'a wrong index', (was, now) => `The index is wrong: ${swap(was, now)}.`),
  mistake(
    'indices-swapped',
    'indices-swapped',
    'two indices swapped',
    (was, now) => `The indices stand the wrong way round: ${swap(was, now)}.`,
  ),
  mistake('layer', 'layer', 'a wrong layer', (was, now) => `The layer is wrong: ${swap(was, now)}.`),
  mistake(
    'function',
    'function',
    'another function than is meant',
    (was, now) => `Another function belongs here: ${swap(was, now)}.`,
  ),
  mistake(
    'inverse',
    'inverse',
    'an inverse too many or too few',
    (was, now) => `The inverse is wrong here: ${swap(was, now)}.`,
  ),
  mistake(
    'diagonal',
    'diagonal',
    'a vector for a diagonal matrix',
    (was, now) => `As a matrix, what acts entry by entry is diagonal: ${swap(was, now)}.`,
  ),
  mistake(
    'wrong-point',
    'wrong-point',
    'a derivative at the wrong point',
    (was, now) => `The function is taken at the wrong point: ${swap(was, now)}.`,
  ),
  mistake(
    'symbol',
    'symbol',
    'another quantity than is meant',
    (was, now) => `Another quantity belongs here: ${swap(was, now)}.`,
  ),
  mistake(
    'sum-for-product',
    'sum-for-product',
    'a sum where factors are multiplied',
    () => 'Along one path the factors of the chain rule are multiplied; sums join different paths.',
  ),
  mistake(
    'upside-down',
    'upside-down',
    'a quotient upside down',
    (was, now) => `The quotient is upside down: ${swap(was, now)}.`,
  ),
  mistake(
    'extra-factor',
    'extra-factor',
    'a factor too many',
    was => `The factor ${was.trim()} does not belong here.`,
  ),
  mistake(
    'missing-factor',
    'missing-factor',
    'a factor that is missing',
    (_, now) =>
      `The factor ${factorIn(now)} is missing: every function on the way contributes its derivative.`,
  ),
  mistake(
    'extra-term',
    'extra-term',
    'a term too many',
    was => `The term ${termIn(was)} does not belong here.`,
  ),
  mistake(
    'missing-term',
    'missing-term',
    'a term that is missing',
    (_, now) =>
      `The term ${termIn(now)} is missing: every path and every part of the function contributes one.`,
  ),
  mistake(
    'outer-product-reversed',
    'outer-product',
    'the transpose of a gradient',
    () => 'This is the transpose of the gradient.',
  ),
  mistake('rounding', 'rounding', 'a rounding carried forward', () => 'The last place is wrong.'),
  mistake('other', 'other', 'a mistake of another kind', () => 'The right side should be another one.'),
])

const BY_KIND: ReadonlyMap<MistakeKind, Mistake> = new Map(MISTAKES.map(each => [each.kind, each]))

export function mistakeOf(kind: MistakeKind): Mistake {
  return BY_KIND.get(kind)!
}

/** The place of a kind in the order of how common slips are. */
export function rankOf(kind: MistakeKind): number {
  return MISTAKES.findIndex(each => each.kind === kind)
}

function swap(was: string, now: string): string {
  return was.trim() === ''
    ? `put ${now.trim()} here`
    : `${now.trim() === '' ? 'nothing' : now.trim()} for ${was.trim()}`
}

function factorIn(text: string): string {
  return text.replace(/^\s*(?:\\odot|\.\*|\*)?\s*|\s*(?:\\odot|\.\*|\*)?\s*$/g, '')
}

function termIn(text: string): string {
  return text.replace(/^\s*[+-]\s*/, '').trim()
}
