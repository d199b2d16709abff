import { type Rational, signOf } from '../base/rational.js'
import type { Call, Expr, Num } from '../expr/node.js'
import { PRECEDENCE } from '../expr/op.js'
import { isScalar } from '../expr/shape.js'
import { type Piece, piece, type Run, sequence, signed } from './piece.js'
import { type Context, followed, wrapped } from './printer.js'

/*
 * Signs, sums and products, for both dialects. A minus in front of a term is read as `negate` of the term, which puts
 * the sign into a numeric factor that stands first; so a sign is printed only where that gives the same node back.
 */

/** Terms joined by plus and minus. */
export function sumOfTerms(parts: readonly Piece[], context: Context): Piece {
  const runs: (Run | string)[] = []
  for (const [i, part] of parts.entries()) {
    const { negative } = part
    if (i > 0) runs.push(negative ? ' - ' : ' + ')
    else if (negative) runs.push('-')
    runs.push(wrapped({ ...part, negative: false }, PRECEDENCE.hadamard, context))
  }
  const last = parts[parts.length - 1]!
  return piece(sequence(...runs), { level: PRECEDENCE.sum, open: last.open })
}

/** The factors that are written after the sign of a product was taken off, and that sign. */
interface SignedFactors {
  readonly negative: boolean
  readonly factors: readonly Piece[]
}

function isNumber(node: Expr): node is Num {
  return node.kind === 'num' && isScalar(node.shape)
}

/** Takes the sign off a product, and a factor of one with it where no other number follows. */
export function signedFactors(node: Call, parts: readonly Piece[]): SignedFactors {
  const first = node.args[0]!
  if (!isNumber(first) || signOf(first.value) >= 0) return { negative: false, factors: parts }
  const dropped = isOne(first.value) && node.args[1]!.kind !== 'num'
  const factors = dropped ? parts.slice(1) : [{ ...parts[0]!, negative: false }, ...parts.slice(1)]
  return { negative: true, factors }
}

function isOne(value: Rational): boolean {
  return value.n === 1n && value.d === 1n
}

/** Operands on both sides of a sign that binds at `level`; whatever binds no tighter is bracketed. */
export function infix(parts: readonly Piece[], sign: string, level: number, context: Context): Piece {
  const runs: (Run | string)[] = []
  for (const [i, part] of parts.entries()) {
    if (i > 0) runs.push(` ${sign} `)
    if (level === PRECEDENCE.relation && part.negative && part.level > PRECEDENCE.sum) runs.push(signed(part))
    else
      runs.push(i < parts.length - 1 ? followed(part, level + 1, context) : wrapped(part, level + 1, context))
  }
  return piece(sequence(...runs), { level, open: parts[parts.length - 1]!.open })
}

/** Pieces between commas. */
export function listed(parts: readonly Piece[]): Run {
  return sequence(...parts.flatMap((part, i) => (i === 0 ? [signed(part)] : [', ', signed(part)])))
}
