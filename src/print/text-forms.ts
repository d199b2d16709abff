import { isInteger, signOf } from '../base/rational.js'
import type { Expr, Num, Sym } from '../expr/node.js'
import { PRECEDENCE } from '../expr/op.js'
import { isScalar } from '../expr/shape.js'
import { both, either } from '../ops/comparison.js'
import { slopeArgument } from '../ops/layered.js'
import { chainOfRelations, infix, listed, related, signedFactors, sumOfTerms } from './arithmetic.js'
import { blockRows, grid } from './grid.js'
import { type Piece, piece, type Run, run, sequence, signed } from './piece.js'
import { type Context, type Form, wrapped } from './printer.js'

/** An exact number; a fraction is a quotient and binds like one. */
export function textNumber(value: Num['value']): Piece {
  const negative = signOf(value) < 0
  if (isInteger(value)) return piece(String(value.n), { negative })
  return piece(`${value.n}/${value.d}`, { negative, level: PRECEDENCE.product })
}

export function textBracketed(inside: Run): Piece {
  return piece(sequence('(', inside, ')'))
}

/** A canonical name as it is. */
export function textSymbol({ name }: Sym): Piece {
  return piece(name, { level: /[\^']/.test(name) ? PRECEDENCE.power : PRECEDENCE.atom })
}

/** `ones(n)`, `zeros(m, n)`, or a multiple of the ones. */
export function textFilled(node: Num, _: 'symbol' | 'sized', context: Context): Piece {
  const { value, shape } = node
  const { rows, columns } = shape
  const negative = signOf(value) < 0
  const word = value.n === 0n ? 'zeros' : 'ones'
  const turned = rows === 1
  const size = columns === 1 ? rows : turned ? columns : `${rows}, ${columns}`
  const symbol = piece(`${word}(${size})${turned ? "'" : ''}`, {
    level: turned ? PRECEDENCE.power : PRECEDENCE.atom,
    negative,
  })
  if (value.n === 0n || (value.n === 1n && value.d === 1n)) return symbol
  const factors = [textNumber(value), symbol].map(part => ({ ...part, negative: false }))
  return { ...product(factors, context), negative }
}

/** Factors joined by a star and read from the left; only the first may be a quotient. */
function product(factors: readonly Piece[], context: Context): Piece {
  const runs = factors.flatMap((part, i) => {
    const factor = wrapped(part, i === 0 || part.chain ? PRECEDENCE.product : PRECEDENCE.prefix, context)
    return i === 0 ? [factor] : ['*', factor]
  })
  return piece(sequence(...runs), { level: PRECEDENCE.product })
}

export const textMultiplication: Form = (node, parts, context) => {
  const { negative, factors } = signedFactors(node, parts)
  const whole =
    factors.length > 1 ? product(factors, context) : wrapped(factors[0]!, PRECEDENCE.hadamard, context)
  return { ...whole, negative }
}

export const textMatrixProduct: Form = (_, parts, context) => {
  const factors = parts.map(part => wrapped(part, PRECEDENCE.prefix, context))
  return { ...product(factors, context), chain: true }
}

export const textSum: Form = (_, parts, context) => sumOfTerms(parts, context)

export const textDivision: Form = (_, [above, below], context) =>
  piece(
    sequence(wrapped(above!, PRECEDENCE.product, context), '/', wrapped(below!, PRECEDENCE.prefix, context)),
    { level: PRECEDENCE.product },
  )

/** Signs between operands: relations and junctions bind looser than sums, the rest like products. */
export const textInfix: Form = ({ op }, parts, context) => {
  const { plain, precedence } = op.notation
  if (precedence !== PRECEDENCE.relation) return infix(parts, plain, PRECEDENCE.product, context)
  if (op === both || op === either) return infix(parts, plain, PRECEDENCE.relation, context)
  return related(parts, plain, context)
}

/** Conditions that hold together, as a chain where they are one. */
export const textBoth: Form = (node, parts, context) => {
  const chain = chainOfRelations(node, parts)
  return chain === undefined ? textInfix(node, parts, context) : piece(chain, { level: PRECEDENCE.relation })
}

export const textCall: Form = ({ op }, parts) => call(op.notation.plain, parts)

function call(word: string, parts: readonly Piece[]): Piece {
  return piece(sequence(word, textBracketed(listed(parts))))
}

export const textPostfix: Form = (node, parts, context) => {
  const { plain } = node.op.notation
  if (/^[A-Za-z]/.test(plain)) return textCall(node, parts, context)
  return piece(sequence(wrapped(parts[0]!, PRECEDENCE.atom, context), plain), { level: PRECEDENCE.power })
}

/** `x^2` of numbers and matrices, `x.^2` entry by entry. */
function raised(sign: string, base: Piece, exponent: Piece, context: Context): Piece {
  const text = sequence(
    wrapped(base, PRECEDENCE.atom, context),
    sign,
    wrapped(exponent, PRECEDENCE.atom, context),
  )
  return piece(text, { level: PRECEDENCE.power })
}

export const textPower: Form = ({ args }, [base, exponent], context) =>
  raised(isScalar(args[0]!.shape) ? '^' : '.^', base!, exponent!, context)

export const textMatrixPower: Form = (_, [base, exponent], context) => raised('^', base!, exponent!, context)

export const textSquaredNorm: Form = (_, parts) =>
  piece(sequence(call('norm2', parts), '^2'), { level: PRECEDENCE.power })

/** Indices in square brackets behind what they select from; a name needs no brackets, whatever its scripts. */
function indexed(node: Expr, base: Piece, indices: readonly (Run | string)[], context: Context): Piece {
  const list = indices.flatMap((index, i) => (i === 0 ? [index] : [', ', index]))
  const named = node.kind === 'sym' ? base : wrapped(base, PRECEDENCE.atom, context)
  return piece(sequence(named, '[', ...list, ']'))
}

export const textEntry: Form = ({ args }, [base, row, column], context) => {
  const { rows, columns } = args[0]!.shape
  const indices = columns === 1 ? [row!] : rows === 1 ? [column!] : [row!, column!]
  return indexed(args[0]!, base!, indices.map(signed), context)
}

/** A member of a family that has a name; of anything else it is asked for by word. */
export const textMember: Form = (node, parts, context) =>
  node.args[0]!.kind === 'sym'
    ? indexed(node.args[0]!, parts[0]!, [signed(parts[1]!)], context)
    : textCall(node, parts, context)

export const textSlice: Form = ({ args }, [base, top, bottom, left, right], context) => {
  const range = (from: Piece, to: Piece) => sequence(signed(from), ':', signed(to))
  const ranges = [range(top!, bottom!), range(left!, right!)]
  const { rows, columns } = args[0]!.shape
  const shown = columns === 1 ? ranges.slice(0, 1) : rows === 1 ? ranges.slice(1) : ranges
  return indexed(args[0]!, base!, shown, context)
}

export const textBlocks: Form = ({ args }, parts) =>
  piece(sequence('[', grid(blockRows(args, parts), ', ', '; '), ']'))

/** `sum(i=1:n, body)`. */
export const textBig: Form = ({ op }, [index, low, high, body]) => {
  const range = sequence(index!, '=', signed(low!), ':', signed(high!))
  return piece(sequence(op.notation.plain, '(', range, ', ', signed(body!), ')'))
}

export const textConstant: Form = ({ op }) => piece(run(op.notation.plain))

/** `sum(t=1:T, body)` over the members of a recurrence. */
export const textTotal: Form = ({ op }, [body]) => piece(sequence(op.notation.plain, signed(body!), ')'))

/** `d ell(h, y)/d h`, in brackets: the derivative of an unknown function by one of its arguments. */
export const textSlope: Form = ({ op }, parts, context) => {
  const by = wrapped(parts[slopeArgument(op)]!, PRECEDENCE.power, context)
  return piece(sequence('(d ', op.notation.plain, textBracketed(listed(parts)), '/d ', by, ')'))
}
