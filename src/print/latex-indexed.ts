import type { Expr } from '../expr/node.js'
import { PRECEDENCE } from '../expr/op.js'
import { isOne } from '../ops/core.js'
import { type Piece, piece, type Run, sequence, signed } from './piece.js'
import { type Context, type Form, wrapped } from './printer.js'

/** Something with a subscript. A name that has scripts of its own, or that with this one would be another, is bracketed. */
function subscripted(base: Expr, part: Piece, script: Run, context: Context): Piece {
  const named =
    base.kind === 'sym' &&
    !/[_^']/.test(base.name) &&
    !context.names.has(`${base.name}_${braced(script.text)}`)
  const below = named ? part : context.dialect.bracketed(signed(part))
  return piece(sequence(below, '_{', script, '}'), { ending: 'name' })
}

/** A subscript as canonical names have it. */
function braced(script: string): string {
  return script.length === 1 ? script : `{${script}}`
}

function commas(...indices: readonly (Piece | string)[]): Run {
  const runs = indices.flatMap((index, i) => {
    const run = typeof index === 'string' ? index : signed(index)
    return i === 0 ? [run] : [',', run]
  })
  return sequence(...runs)
}

/** `x_{i}` of a column or a row, `W_{i,j}` of a matrix. */
export const latexEntry: Form = ({ args }, [base, row, column], context) => {
  const { shape } = args[0]!
  const script =
    shape.columns === 1 && isOne(args[2]!)
      ? commas(row!)
      : shape.rows === 1 && isOne(args[1]!)
        ? commas(column!)
        : commas(row!, column!)
  return subscripted(args[0]!, base!, script, context)
}

export const latexRow: Form = ({ args }, [base, row], context) => ({
  ...subscripted(args[0]!, base!, commas(row!, ':'), context),
  ending: 'other',
})

export const latexColumn: Form = ({ args }, [base, column], context) => ({
  ...subscripted(args[0]!, base!, commas(':', column!), context),
  ending: 'other',
})

export const latexMember: Form = ({ args }, [base, index], context) => ({
  ...subscripted(args[0]!, base!, commas(index!), context),
  ending: 'other',
})

export const latexSlice: Form = ({ args }, [base, top, bottom, left, right], context) => {
  const script = sequence(signed(top!), ':', signed(bottom!), ',', signed(left!), ':', signed(right!))
  return { ...subscripted(args[0]!, base!, script, context), ending: 'other' }
}

export const latexBasis: Form = (_, [, index]) => piece(sequence('e_{', signed(index!), '}'))

export const latexDelta: Form = (_, parts) => {
  const [i, j] = parts as [Piece, Piece]
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
