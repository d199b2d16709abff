import { PRECEDENCE } from '../expr/op.js'
import { infix } from './arithmetic.js'
import { latexBracketed } from './latex-products.js'
import { type Piece, piece, type Run, sequence, signed } from './piece.js'
import type { Form } from './printer.js'

/** A condition as the array of 0 and 1 that it is. */
function indicator(condition: Run): Piece {
  const brackets = condition.tall ? ['\\left[ ', ' \\right]'] : ['[', ']']
  return piece(sequence('\\mathbb{1}', brackets[0]!, condition, brackets[1]!), { condition })
}

export const latexRelation: Form = ({ op }, [left, right]) =>
  indicator(sequence(signed(left!), ` ${op.notation.latex.trim()} `, signed(right!)))

/** Conditions joined by and, or; each is bracketed, because relations bind looser than these signs. */
export const latexJunction: Form = ({ op }, parts, context) => {
  const sides = parts.map(part => (part.condition && !part.negative ? latexBracketed(part.condition) : part))
  return indicator(infix(sides, op.notation.latex.trim(), PRECEDENCE.hadamard, context))
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
