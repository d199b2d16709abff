import { type Rational, signOf } from '../base/rational.js'
import type { Call, Expr, Num } from '../expr/node.js'
import { type Op, PRECEDENCE } from '../expr/op.js'
import { isScalar } from '../expr/shape.js'
import { greater, greaterOrEqual, less, lessOrEqual } from '../ops/comparison.js'
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
  const last = parts.length - 1
  const runs = parts.flatMap((part, i) => {
    const shown = operand(part, i === last, level, context)
    return i === 0 ? [shown] : [` ${sign} `, shown]
  })
  return piece(sequence(...runs), { level, open: parts[last]!.open })
}

function operand(part: Piece, isLast: boolean, level: number, context: Context): Run {
  if (level === PRECEDENCE.relation && part.negative && part.level > PRECEDENCE.sum) return signed(part)
  return isLast ? wrapped(part, level + 1, context) : followed(part, level + 1, context)
}

/** Two sides of a relation, which may become a part of a chain. */
export function related(sides: readonly Piece[], sign: string, context: Context): Piece {
  const [left, right] = sides.map((side, i) => operand(side, i === 1, PRECEDENCE.relation, context))
  const compared = [left!, ` ${sign} `, right!] as const
  return piece(sequence(...compared), { level: PRECEDENCE.relation, open: sides[1]!.open, compared })
}

/** Relations by the way they point: those that point one way may stand in a chain. */
const WAYS: ReadonlyMap<Op, 'up' | 'down'> = new Map([
  [less, 'up'],
  [lessOrEqual, 'up'],
  [greater, 'down'],
  [greaterOrEqual, 'down'],
])

/**
 * Relations that hold together and share their sides, as one chain: `-1 <= z <= 1`. Undefined where they do not, or
 * where what they share is not written alike in both.
 */
export function chainOfRelations({ args }: Call, parts: readonly Piece[]): Run | undefined {
  const way = wayOf(args[0]!)
  const first = parts[0]!.compared
  if (way === undefined || first === undefined) return undefined
  const runs: (Run | string)[] = [...first]
  for (let k = 1; k < args.length; k++) {
    const [before, here] = [args[k - 1] as Call, args[k] as Call]
    const [shared, compared] = [parts[k - 1]!.compared![2], parts[k]!.compared]
    if (wayOf(here) !== way || here.args[0] !== before.args[1] || compared?.[0].text !== shared.text)
      return undefined
    runs.push(compared[1], compared[2])
  }
  return sequence(...runs)
}

function wayOf(node: Expr): 'up' | 'down' | undefined {
  return node.kind === 'call' ? WAYS.get(node.op) : undefined
}

/** Pieces between commas. */
export function listed(parts: readonly Piece[]): Run {
  return sequence(...parts.flatMap((part, i) => (i === 0 ? [signed(part)] : [', ', signed(part)])))
}
