import type { Expr } from '../expr/node.js'
import { DEFAULT_NOTATION, type Notation } from '../expr/notation.js'
import type { Op } from '../expr/op.js'
import { blocks, slice } from '../ops/blocks.js'
import { both } from '../ops/comparison.js'
import { addition, division, matrixProduct, multiplication } from '../ops/core.js'
import { familyMember, productOverIndex, selection, summationOverIndex } from '../ops/indexed.js'
import { kronecker } from '../ops/kronecker.js'
import { matrixPower } from '../ops/matrix.js'
import { squaredNorm } from '../ops/norms.js'
import { powering } from '../ops/powers.js'
import { piece, signed } from './piece.js'
import { type Dialect, type Form, print } from './printer.js'
import {
  textBig,
  textBlocks,
  textBoth,
  textBracketed,
  textCall,
  textConstant,
  textDivision,
  textEntry,
  textFilled,
  textInfix,
  textMatrixPower,
  textMatrixProduct,
  textMember,
  textMultiplication,
  textNumber,
  textPostfix,
  textPower,
  textSlice,
  textSlope,
  textSquaredNorm,
  textSum,
  textSymbol,
  textTotal,
} from './text-forms.js'

/** Operations that are written by the form their notation names. */
const shared: Form = (node, parts, context) => {
  switch (node.op.notation.form) {
    case 'infix':
      return textInfix(node, parts, context)
    case 'postfix':
      return textPostfix(node, parts, context)
    case 'constant':
      return textConstant(node, parts, context)
    case 'big':
      return textTotal(node, parts, context)
    case 'slope':
      return textSlope(node, parts, context)
    default:
      return textCall(node, parts, context)
  }
}

const TEXT: Dialect = Object.freeze({
  number: textNumber,
  filled: textFilled,
  symbol: textSymbol,
  index: (letter: string) => piece(letter),
  bracketed: textBracketed,
  forms: new Map<Op, Form>([
    [addition, textSum],
    [multiplication, textMultiplication],
    [matrixProduct, textMatrixProduct],
    [division, textDivision],
    [kronecker, textCall],
    [both, textBoth],
    [powering, textPower],
    [matrixPower, textMatrixPower],
    [squaredNorm, textSquaredNorm],
    [selection, textEntry],
    [familyMember, textMember],
    [slice, textSlice],
    [blocks, textBlocks],
    [summationOverIndex, textBig],
    [productOverIndex, textBig],
  ]),
  shared,
})

/**
 * An expression in the plain dialect: `x'*A*x`, `sum(i=1:n, x[i]^2)`, names in canonical spelling. Read back, it is
 * the identical expression. `known` are canonical names that mean something although the expression does not contain
 * them. Raises `LimitError` when it is too large to print.
 */
export function toText(
  expr: Expr,
  notation: Notation = DEFAULT_NOTATION,
  known: readonly string[] = [],
): string {
  return signed(print([expr], TEXT, notation, known)[0]!).text
}
