import { isInteger, signOf } from '../base/rational.js'
import type { Call, Expr } from '../expr/node.js'
import { PRECEDENCE } from '../expr/op.js'
import { isMatrix, isScalar } from '../expr/shape.js'
import { sigmoid } from '../ops/activations.js'
import { logarithm } from '../ops/powers.js'
import { softmax } from '../ops/softmax.js'
import { listed } from './arithmetic.js'
import { latexBracketed, transposeMark } from './latex-products.js'
import { type Piece, piece, type Run, run, sequence, signed } from './piece.js'
import { type Context, type Form, wrapped } from './printer.js'

/** A function with its arguments in brackets. */
export const latexCall: Form = (node, parts, context) => applied(headOf(node, context), parts)

function applied(head: string, parts: readonly Piece[]): Piece {
  const opening = run(head)
  const argument = latexBracketed(listed(parts))
  return piece(sequence(opening, argument), { applied: { head: opening, argument } })
}

/** How a function is called by this author; a letter that means something else here makes way for the word. */
function headOf({ op }: Call, { notation, names }: Context): string {
  if (op === logarithm) return notation.logarithm
  if (op === softmax) return notation.softmax
  if (op === sigmoid) {
    const letter = notation.sigmoid.replace(/^\\/, '')
    return names.has(letter) ? '\\operatorname{sigmoid}' : notation.sigmoid
  }
  return op.notation.latex
}

/** `e^x` where the exponent is no higher than a line and `e` means nothing else, `\exp(x)` otherwise. */
export const latexExponential: Form = (_, parts, context) => {
  const [exponent] = parts as [Piece]
  if (context.notation.exponential === 'function' || exponent.tall || context.names.has('e')) {
    return applied('\\exp', parts)
  }
  return piece(sequence('e^{', signed(exponent), '}'), { level: PRECEDENCE.power })
}

export const latexRoot: Form = (_, [radicand]) =>
  piece(sequence('\\sqrt{', signed(radicand!), '}'), { level: PRECEDENCE.power })

/** An exponent; a fraction of numbers is written on one line. */
function exponentText(node: Expr, part: Piece): Run {
  if (node.kind !== 'num' || isInteger(node.value)) return signed(part)
  return run(`${signOf(node.value) < 0 ? '-' : ''}${node.value.n}/${node.value.d}`)
}

/** Functions that carry their exponent before the argument: `\tanh^{2}(z)`. */
const CARRIES_EXPONENT = /^\\(?:sin|cos|tan|sinh|cosh|tanh|log|ln|arcsin|arccos|arctan)$/

export const latexPower: Form = (node, [base, exponent], context) => {
  const [below, above] = node.args as [Expr, Expr]
  const power = exponentText(above, exponent!)
  const { applied: call } = base!
  if (
    call !== undefined &&
    !base!.negative &&
    CARRIES_EXPONENT.test(call.head.text) &&
    isSquareOrHigher(above)
  ) {
    return piece(sequence(call.head, '^{', power, '}', call.argument), { level: PRECEDENCE.power })
  }
  const under = wrapped(base!, PRECEDENCE.atom, context)
  if (isScalar(below.shape)) return piece(sequence(under, '^{', power, '}'), { level: PRECEDENCE.power })
  const script = above.kind === 'num' || above.kind === 'sym' ? power : sequence('{', power, '}')
  return piece(sequence(under, `^{${context.notation.hadamard} `, script, '}'), { level: PRECEDENCE.power })
}

function isSquareOrHigher(node: Expr): boolean {
  return node.kind === 'num' && isInteger(node.value) && signOf(node.value) > 0 && node.value.n > 1n
}

/** A sign behind its operand: the transpose. */
export const latexPostfix: Form = (_, [operand], context) => {
  const mark = transposeMark(context.notation)
  if (operand!.inverted !== undefined && !operand!.negative) {
    return piece(sequence(operand!.inverted, `^{-${context.notation.transpose}}`), {
      level: PRECEDENCE.power,
    })
  }
  return piece(sequence(wrapped(operand!, PRECEDENCE.atom, context), mark), { level: PRECEDENCE.power })
}

/** Bars of a norm or an absolute value, with what follows them; single bars around a matrix would be a determinant. */
export const latexBars: Form = ({ op, args }, parts) => {
  const { latex, suffix = '' } = op.notation
  const [inside] = parts
  if (latex === '|' && isMatrix(args[0]!.shape)) return applied(`\\operatorname{${op.notation.plain}}`, parts)
  const bar = latex === '|' ? 'vert' : 'Vert'
  const [left, right] = inside!.tall
    ? [`\\left\\l${bar} `, ` \\right\\r${bar}`]
    : [`\\l${bar} `, ` \\r${bar}`]
  const frobenius = bar === 'Vert' && !suffix.startsWith('_') && isMatrix(args[0]!.shape) ? '_F' : ''
  const level = suffix.startsWith('^') ? PRECEDENCE.power : PRECEDENCE.atom
  return piece(sequence(left, signed(inside!), right, frobenius, suffix), { level })
}

export const latexConstant: Form = ({ op }) => piece(op.notation.latex, { ending: 'name' })
