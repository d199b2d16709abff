import { PRECEDENCE } from '../expr/op.js'
import { isColumn } from '../expr/shape.js'
import { listed } from './arithmetic.js'
import { blockRows, grid } from './grid.js'
import { latexBracketed, latexCircled } from './latex-products.js'
import { piece, sequence, signed } from './piece.js'
import { type Form, wrapped } from './printer.js'

export const latexIdentity: Form = (_, [size]) => piece(sequence('I_{', signed(size!), '}'))

export const latexInverse: Form = (_, [operand], context) => {
  const base = wrapped(operand!, PRECEDENCE.atom, context)
  return piece(sequence(base, '^{-1}'), { level: PRECEDENCE.power, inverted: base })
}

export const latexMatrixPower: Form = (_, [base, exponent], context) =>
  piece(sequence(wrapped(base!, PRECEDENCE.atom, context), '^{', signed(exponent!), '}'), {
    level: PRECEDENCE.power,
  })

/** Between two columns the circled times is read as the outer product, so there the Kronecker product has a word. */
export const latexKronecker: Form = (node, parts, context) => {
  if (!isColumn(node.args[0]!.shape) || !isColumn(node.args[1]!.shape)) {
    return latexCircled(node.op.notation.latex)(node, parts, context)
  }
  return piece(sequence('\\operatorname{kron}', latexBracketed(listed(parts))))
}

export const latexBlocks: Form = ({ args }, parts) => {
  const inside = grid(blockRows(args, parts), ' & ', ' \\\\ ')
  return piece({ ...sequence('\\begin{bmatrix} ', inside, ' \\end{bmatrix}'), tall: true })
}
