import type { Expr } from '../expr/node.js'
import { PRECEDENCE } from '../expr/op.js'
import { isOne } from '../ops/core.js'
import { slopeArgument } from '../ops/layered.js'
import { listed } from './arithmetic.js'
import { type Piece, piece, type Run, run, sequence, signed } from './piece.js'
import { type Context, type Form, wrapped } from './printer.js'

/**
 * Something with subscripts. A name that has scripts of its own, or that would be another name with the first of
 * these, is bracketed.
 */
function subscripted(base: Expr, part: Piece, scripts: readonly Run[], context: Context): Piece {
  const named = base.kind === 'sym' && !/[_^']/.test(base.name) && !isTaken(base.name, scripts, context)
  const below = named ? part : context.dialect.bracketed(signed(part))
  const list = scripts.flatMap((script, i) => (i === 0 ? [script] : [',', script]))
  return piece(sequence(below, '_{', ...list, '}'), { ending: 'name' })
}

/** Whether a name with some of the scripts is a name of the formula; canonical names brace what is longer than one. */
function isTaken(name: string, scripts: readonly Run[], { names }: Context): boolean {
  let text = ''
  return scripts.some((script, i) => {
    text += i === 0 ? script.text : `,${script.text}`
    return names.has(`${name}_${text.length === 1 ? text : `{${text}}`}`)
  })
}

const ALL = run(':')

/** `x_{i}` of a column or a row, `W_{i,j}` of a matrix. */
export const latexEntry: Form = ({ args }, [base, row, column], context) => {
  const { shape } = args[0]!
  const scripts =
    shape.columns === 1 && isOne(args[2]!)
      ? [row!]
      : shape.rows === 1 && isOne(args[1]!)
        ? [column!]
        : [row!, column!]
  return subscripted(args[0]!, base!, scripts.map(signed), context)
}

export const latexRow: Form = ({ args }, [base, row], context) => ({
  ...subscripted(args[0]!, base!, [signed(row!), ALL], context),
  ending: 'other',
})

export const latexColumn: Form = ({ args }, [base, column], context) => ({
  ...subscripted(args[0]!, base!, [ALL, signed(column!)], context),
  ending: 'other',
})

export const latexMember: Form = ({ args }, [base, index], context) => ({
  ...subscripted(args[0]!, base!, [signed(index!)], context),
  ending: 'other',
})

export const latexSlice: Form = ({ args }, [base, top, bottom, left, right], context) => {
  const ranges = [sequence(signed(top!), ':', signed(bottom!)), sequence(signed(left!), ':', signed(right!))]
  const { rows, columns } = args[0]!.shape
  const shown = columns === 1 ? ranges.slice(0, 1) : rows === 1 ? ranges.slice(1) : ranges
  return { ...subscripted(args[0]!, base!, shown, context), ending: 'other' }
}

export const latexBasis: Form = (_, [, index], { notation }) =>
  piece(sequence(`${notation.unit}_{`, signed(index!), '}'))

export const latexDelta: Form = (_, parts, { notation }) => {
  const [i, j] = parts as [Piece, Piece]
  if (notation.delta === 'indicator') {
    return piece(sequence(notation.indicator, '[', signed(i), ' = ', signed(j), ']'))
  }
  const short = !/[^A-Za-z0-9]/.test(i.text + j.text) && !i.negative && !j.negative
  return piece(sequence('\\delta_{', signed(i), short ? ' ' : ',', signed(j), '}'), { ending: 'name' })
}

/** A sum or product over an index; its body is all that follows, up to the next plus or minus. */
export const latexBig: Form = ({ op }, [index, low, high, body], context) => {
  const limits = sequence(op.notation.latex, '_{', index!, '=', signed(low!), '}^{', signed(high!), '} ')
  return piece(
    { ...sequence(limits, wrapped(body!, PRECEDENCE.product, context)), tall: true },
    { level: PRECEDENCE.prefix, open: true },
  )
}

/** A sum over the members of a recurrence: the sign with its limits is the spelling of the operation. */
export const latexTotal: Form = ({ op }, [body], context) =>
  piece(
    { ...sequence(op.notation.latex, ' ', wrapped(body!, PRECEDENCE.product, context)), tall: true },
    { level: PRECEDENCE.prefix, open: true },
  )

/** The derivative of an unknown function by one of its arguments. */
export const latexSlope: Form = ({ op }, parts, context) => {
  const above = sequence(op.notation.latex, context.dialect.bracketed(listed(parts)))
  const below = wrapped(parts[slopeArgument(op)]!, PRECEDENCE.power, context)
  return piece({ ...sequence('\\frac{\\partial ', above, '}{\\partial ', below, '}'), tall: true })
}
