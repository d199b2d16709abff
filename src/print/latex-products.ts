import { signOf } from '../base/rational.js'
import type { Call, Num } from '../expr/node.js'
import type { Notation } from '../expr/notation.js'
import { PRECEDENCE } from '../expr/op.js'
import { isScalar } from '../expr/shape.js'
import { infix, signedFactors, sumOfTerms } from './arithmetic.js'
import { latexDim, latexShape } from './latex-shapes.js'
import { type Piece, piece, type Run, sequence, signed } from './piece.js'
import { type Context, type Form, followed, wrapped } from './printer.js'

/** An exact number; what is no integer is a fraction. */
export function latexNumber(value: Num['value']): Piece {
  const negative = signOf(value) < 0
  if (value.d === 1n) return piece(String(value.n), { negative, ending: 'number' })
  const text = sequence(`\\frac{${value.n}}{${value.d}}`)
  return piece({ ...text, tall: true }, { negative, level: PRECEDENCE.prefix, ending: 'number' })
}

/** Round brackets, growing where the inside is higher than a line. */
export function latexBracketed(inside: Run): Piece {
  return piece(inside.tall ? sequence('\\left( ', inside, ' \\right)') : sequence('(', inside, ')'))
}

/** What stands between two factors, so that they are read as two and as a product. */
function joint(left: Piece, right: Piece): string {
  if (
    /^(?:[0-9]|\\frac\{[0-9])/.test(right.head) &&
    (left.ending === 'number' || /^[0-9]/.test(right.head))
  ) {
    return ' \\cdot '
  }
  // Behind an exponential, a group of one term would be what a function called e is applied to.
  if (/^e\^/.test(left.head) && right.ending === 'word' && /^(?:\(|\\left\()/.test(right.head)) {
    return ' \\cdot '
  }
  if (/^(?:\(|\\left\(|\[)/.test(right.head))
    return left.ending === 'name' || left.ending === 'word' ? '\\,' : ''
  if (left.ending === 'word' || /^\\math(?:rm|sf|tt)\{[A-Za-z]{2}/.test(right.head)) {
    return left.ending === 'number' ? '' : '\\,'
  }
  return /[A-Za-z]$/.test(left.tail) && /^[A-Za-z]/.test(right.head) ? ' ' : ''
}

/** Factors side by side; a group is one factor. */
function juxtaposed(factors: readonly Piece[], least: number, context: Context): Piece {
  let before: Piece | undefined
  const runs: (Run | string)[] = []
  let chain = false
  for (const [i, part] of factors.entries()) {
    const isLast = i === factors.length - 1
    const factor = isLast ? wrapped(part, least, context) : followed(part, least, context)
    if (before !== undefined)
      runs.push(part.negative && part.ending === 'number' ? ' \\cdot ' : joint(before, factor))
    runs.push(factor)
    chain ||= factor.chain
    before = factor
  }
  const { ending, open } = before!
  return piece(sequence(...runs), { level: PRECEDENCE.product, ending, open, chain })
}

/** A scalar that is a product of matrices is set apart from the array that it scales: `(a^\top b)\,x`. */
function factorsApart({ args, shape }: Call, parts: readonly Piece[]): readonly Piece[] {
  if (isScalar(shape)) return parts
  return parts.map((part, k) =>
    part.chain && !part.negative && isScalar(args[k]!.shape)
      ? { ...latexBracketed(part), ending: 'word' }
      : part,
  )
}

export const latexMultiplication: Form = (node, parts, context) => {
  const { negative, factors } = signedFactors(node, factorsApart(node, parts))
  if (factors.length > 1) return { ...juxtaposed(factors, PRECEDENCE.product, context), negative }
  return { ...wrapped(factors[0]!, PRECEDENCE.hadamard, context), negative }
}

export const latexMatrixProduct: Form = (_, parts, context) => ({
  ...juxtaposed(parts, PRECEDENCE.prefix, context),
  chain: true,
})

export const latexSum: Form = (_, parts, context) => sumOfTerms(parts, context)

/** Letters that over and under a fraction line would make it a derivative. */
const DIFFERENTIAL = /^(?:d|\\delta|\\partial)(?![A-Za-z_'])/

export const latexDivision: Form = (_, parts) => {
  const [above, below] = parts.map(signed) as [Run, Run]
  const shown = DIFFERENTIAL.test(above.head) && DIFFERENTIAL.test(below.head) ? latexBracketed(above) : above
  return piece({ ...sequence('\\frac{', shown, '}{', below, '}'), tall: true }, { level: PRECEDENCE.prefix })
}

/** Entry-by-entry products; a chain of matrix products among the operands is bracketed, though it binds tighter. */
export function latexCircled(sign: string): Form {
  return (_, parts, context) => {
    const operands = parts.map(part => (part.chain && !part.negative ? latexBracketed(part) : part))
    return infix(operands, sign, PRECEDENCE.hadamard, context)
  }
}

/** The superscript of a transpose, in braces where it needs them. */
export function transposeMark({ transpose }: Notation): string {
  return /^(?:\\[A-Za-z]+|.)$/u.test(transpose) ? `^${transpose}` : `^{${transpose}}`
}

/** An array filled with one number: zeros, ones, or a multiple of the ones. */
export function latexFilled(node: Num, fill: 'symbol' | 'sized', context: Context): Piece {
  const { value, shape } = node
  const { rows, columns } = shape
  const zero = value.n === 0n
  const negative = signOf(value) < 0
  const size = columns === 1 ? latexDim(rows) : rows === 1 ? latexDim(columns) : latexShape(shape)
  const mark = rows === 1 ? transposeMark(context.notation) : ''
  const ones = context.notation.ones === '1' ? '\\mathbf{1}' : context.notation.ones
  const text = sequence(zero ? '\\mathbf{0}' : ones, fill === 'sized' ? `_{${size}}` : '', mark)
  const symbol = piece(text, { level: mark === '' ? PRECEDENCE.atom : PRECEDENCE.power, negative })
  if (zero || (value.n === 1n && value.d === 1n)) return symbol
  const factors = [
    { ...latexNumber(value), negative: false },
    { ...symbol, negative: false },
  ]
  return { ...juxtaposed(factors, PRECEDENCE.product, context), negative }
}
