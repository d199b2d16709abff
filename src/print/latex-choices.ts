import { PRECEDENCE } from '../expr/op.js'
import { both } from '../ops/comparison.js'
import { chainOfRelations, infix } from './arithmetic.js'
import { latexBracketed } from './latex-products.js'
import { type Piece, piece, type Run, sequence, signed } from './piece.js'
import type { Context, Form } from './printer.js'

/** A condition as the array of 0 and 1 that it is. */
function indicator(condition: Run, { notation }: Context, compared?: Piece['compared']): Piece {
  const brackets = condition.tall ? ['\\left[ ', ' \\right]'] : ['[', ']']
  const text = sequence(notation.indicator, brackets[0]!, condition, brackets[1]!)
  return piece(text, compared === undefined ? { condition } : { condition, compared })
}

export const latexRelation: Form = ({ op }, [left, right], context) => {
  const compared = [signed(left!), ` ${op.notation.latex.trim()} `, signed(right!)] as const
  return indicator(sequence(...compared), context, compared)
}

/** Conditions joined by and, or; each is bracketed, because relations bind looser than these signs. */
export const latexJunction: Form = (node, parts, context) => {
  const chain = node.op === both ? chainOfRelations(node, parts) : undefined
  if (chain !== undefined) return indicator(chain, context)
  const sides = parts.map(part => (part.condition && !part.negative ? latexBracketed(part.condition) : part))
  return indicator(infix(sides, node.op.notation.latex.trim(), PRECEDENCE.hadamard, context), context)
}

/** A choice, one row for each condition. */
export const latexCases: Form = (_, parts) => {
  const rows: Run[] = []
  for (let k = 0; k + 1 < parts.length; k += 2) {
    const condition = parts[k]!
    const shown = condition.negative ? signed(condition) : (condition.condition ?? condition)
    rows.push(sequence(signed(parts[k + 1]!), ' & \\text{if } ', shown))
  }
  rows.push(sequence(signed(parts[parts.length - 1]!), ' & \\text{otherwise}'))
  const body = rows.flatMap((row, i) => (i === 0 ? [row] : [' \\\\ ', row]))
  const text = sequence('\\begin{cases} ', ...body, ' \\end{cases}')
  return piece({ ...text, tall: true }, { level: PRECEDENCE.prefix, open: true })
}
