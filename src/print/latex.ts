import type { Expr } from '../expr/node.js'
import { DEFAULT_NOTATION, type Notation } from '../expr/notation.js'
import { type Op, PRECEDENCE } from '../expr/op.js'
import { blocks, slice } from '../ops/blocks.js'
import { commutation } from '../ops/commutation.js'
import { both, either } from '../ops/comparison.js'
import { addition, division, hadamardProduct, matrixProduct, multiplication } from '../ops/core.js'
import {
  basis,
  columnSelection,
  familyMember,
  kroneckerDelta,
  productOverIndex,
  rowSelection,
  selection,
  summationOverIndex,
} from '../ops/indexed.js'
import { kronecker } from '../ops/kronecker.js'
import { identityMatrix, inverse, matrixPower } from '../ops/matrix.js'
import { piecewise } from '../ops/piecewise.js'
import { exponential, powering, squareRoot } from '../ops/powers.js'
import { latexCases, latexJunction, latexRelation } from './latex-choices.js'
import {
  latexBars,
  latexCall,
  latexConstant,
  latexExponential,
  latexPostfix,
  latexPower,
  latexRoot,
} from './latex-functions.js'
import {
  latexBasis,
  latexBig,
  latexColumn,
  latexDelta,
  latexEntry,
  latexMember,
  latexRow,
  latexSlice,
  latexSlope,
  latexTotal,
} from './latex-indexed.js'
import {
  latexBlocks,
  latexCommutation,
  latexIdentity,
  latexInverse,
  latexKronecker,
  latexMatrixPower,
} from './latex-matrices.js'
import { symbolPiece } from './latex-names.js'
import {
  latexBracketed,
  latexCircled,
  latexDivision,
  latexFilled,
  latexMatrixProduct,
  latexMultiplication,
  latexNumber,
  latexSum,
} from './latex-products.js'
import { piece, sequence, signed } from './piece.js'
import { type Dialect, type Form, print } from './printer.js'

/** Operations that are written by the form their notation names. */
const shared: Form = (node, parts, context) => {
  const { form, precedence, latex } = node.op.notation
  switch (form) {
    case 'infix':
      return precedence === PRECEDENCE.relation
        ? latexRelation(node, parts, context)
        : latexCircled(latex)(node, parts, context)
    case 'postfix':
      return latexPostfix(node, parts, context)
    case 'bars':
      return latexBars(node, parts, context)
    case 'constant':
      return latexConstant(node, parts, context)
    case 'big':
      return latexTotal(node, parts, context)
    case 'slope':
      return latexSlope(node, parts, context)
    default:
      return latexCall(node, parts, context)
  }
}

const LATEX: Dialect = Object.freeze({
  number: latexNumber,
  filled: latexFilled,
  symbol: symbolPiece,
  index: (letter: string) => piece(letter, { ending: 'name' }),
  bracketed: latexBracketed,
  forms: new Map<Op, Form>([
    [addition, latexSum],
    [multiplication, latexMultiplication],
    [matrixProduct, latexMatrixProduct],
    [division, latexDivision],
    [
      hadamardProduct,
      (node, parts, context) => latexCircled(context.notation.hadamard)(node, parts, context),
    ],
    [powering, latexPower],
    [exponential, latexExponential],
    [squareRoot, latexRoot],
    [both, latexJunction],
    [either, latexJunction],
    [piecewise, latexCases],
    [identityMatrix, latexIdentity],
    [inverse, latexInverse],
    [commutation, latexCommutation],
    [matrixPower, latexMatrixPower],
    [kronecker, latexKronecker],
    [blocks, latexBlocks],
    [selection, latexEntry],
    [rowSelection, latexRow],
    [columnSelection, latexColumn],
    [familyMember, latexMember],
    [slice, latexSlice],
    [basis, latexBasis],
    [kroneckerDelta, latexDelta],
    [summationOverIndex, latexBig],
    [productOverIndex, latexBig],
  ]),
  shared,
})

/**
 * An expression as a lecturer would typeset it, in the author's notation, within what KaTeX accepts in strict mode.
 * Read back, it is the identical expression. `known` are canonical names that mean something although the expression
 * does not contain them. Raises `LimitError` when it is too large to print.
 */
export function toLatex(
  expr: Expr,
  notation: Notation = DEFAULT_NOTATION,
  known: readonly string[] = [],
): string {
  return signed(print([expr], LATEX, notation, known)[0]!).text
}

/** `left = right`, both sides printed with the same letters for their indices. Raises `LimitError`. */
export function latexEquation(
  left: Expr,
  right: Expr,
  notation: Notation = DEFAULT_NOTATION,
  known: readonly string[] = [],
): string {
  const [a, b] = print([left, right], LATEX, notation, known)
  return sequence(signed(a!), ' = ', signed(b!)).text
}
