import { PRECEDENCE } from '../expr/op.js'
import { blockRows, grid } from './grid.js'
import { latexCircled } from './latex-products.js'
import { piece, sequence, signed } from './piece.js'
import { type Form, wrapped } from './printer.js'

export const latexIdentity: Form = (_, [size], { notation }) =>
  piece(sequence(`${notation.identity}_{`, signed(size!), '}'))

export const latexInverse: Form = (_, [operand], context) => {
  const base = wrapped(operand!, PRECEDENCE.atom, context)
  return piece(sequence(base, '^{-1}'), { level: PRECEDENCE.power, inverted: base })
}

export const latexMatrixPower: Form = (_, [base, exponent], context) =>
  piece(sequence(wrapped(base!, PRECEDENCE.atom, context), '^{', signed(exponent!), '}'), {
    level: PRECEDENCE.power,
  })

export const latexKronecker: Form = (node, parts, context) =>
  latexCircled(node.op.notation.latex)(node, parts, context)

export const latexBlocks: Form = ({ args }, parts) => {
  const inside = grid(blockRows(args, parts), ' & ', ' \\\\ ')
  return piece({ ...sequence('\\begin{bmatrix} ', inside, ' \\end{bmatrix}'), tall: true })
}

/** `K_{m,n}`; in bold where K is a name of the formula. */
export const latexCommutation: Form = (_, [rows, columns], { names }) => {
  const letter = names.has('K') ? '\\mathbf{K}' : 'K'
  return piece(sequence(`${letter}_{`, signed(rows!), ',', signed(columns!), '}'), { ending: 'name' })
}
