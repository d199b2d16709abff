import type { Law } from '../expr/law.js'
import type { Op } from '../expr/op.js'
import { sigmoid } from '../ops/activations.js'
import { blocks, slice } from '../ops/blocks.js'
import { greater, less } from '../ops/comparison.js'
import {
  addition,
  division,
  hadamardProduct,
  hadamardQuotient,
  matrixProduct,
  multiplication,
  summation,
  transposition,
} from '../ops/core.js'
import { summationOverIndex } from '../ops/indexed.js'
import { diagonalMatrix, diagonalOf, inverse } from '../ops/matrix.js'
import { exponential, logarithm, powering, squareRoot } from '../ops/powers.js'
import { columnSums, rowSums } from '../ops/reductions.js'
import { absoluteValue, signum } from '../ops/signs.js'
import { softmax } from '../ops/softmax.js'
import type { LawTable } from './engine.js'
import { sliceLaws } from './laws/blocks.js'
import { comparisonLaws } from './laws/comparisons.js'
import { blockLaws } from './laws/coordinates.js'
import {
  absoluteValueLaws,
  exponentialLaws,
  logarithmLaws,
  powerLaws,
  rootLaws,
  signLaws,
} from './laws/functions.js'
import { indexedSumLaws, rowLaws } from './laws/indexed.js'
import {
  columnSumLaws,
  diagonalMatrixLaws,
  diagonalOfLaws,
  matrixProductLaws,
  rowSumLaws,
  summationLaws,
} from './laws/matrices.js'
import { productLaws, quotientLaws } from './laws/products.js'
import {
  namedValueLaws,
  recognisedEachQuotients,
  recognisedProducts,
  recognisedQuotients,
} from './laws/recognise.js'
import { sumLaws } from './laws/sums.js'
import { inverseLaws, transposeLaws } from './laws/transposes.js'

/** Every law, by the operation it applies to, in the order in which they are tried. */
export const lawTable: LawTable = new Map<Op, readonly Law[]>([
  [addition, sumLaws],
  [multiplication, [...productLaws, ...recognisedProducts]],
  [hadamardProduct, [...productLaws, ...recognisedProducts]],
  [division, [...quotientLaws, ...recognisedQuotients]],
  [hadamardQuotient, [...quotientLaws, ...recognisedEachQuotients]],
  [matrixProduct, [...rowLaws, ...matrixProductLaws]],
  [transposition, transposeLaws],
  [summation, summationLaws],
  [rowSums, rowSumLaws],
  [columnSums, columnSumLaws],
  [diagonalMatrix, diagonalMatrixLaws],
  [diagonalOf, diagonalOfLaws],
  [inverse, inverseLaws],
  [powering, powerLaws],
  [exponential, exponentialLaws],
  [logarithm, logarithmLaws],
  [squareRoot, rootLaws],
  [absoluteValue, absoluteValueLaws],
  [signum, signLaws],
  [summationOverIndex, indexedSumLaws],
  [greater, comparisonLaws],
  [less, comparisonLaws],
  [slice, sliceLaws],
  [blocks, blockLaws],
  [softmax, namedValueLaws],
  [sigmoid, namedValueLaws],
])
