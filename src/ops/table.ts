import { isGreek } from '../expr/name.js'
import type { Op } from '../expr/op.js'
import { abbreviations } from './abbreviations.js'
import { gelu, geluTanh, logSigmoid, mish, relu, selu, sigmoid, softplus, softsign } from './activations.js'
import { blocks, slice } from './blocks.js'
import { commutation } from './commutation.js'
import { both, either, equals, greater, greaterOrEqual, less, lessOrEqual, notEqual } from './comparison.js'
import { circleConstant } from './constants.js'
import {
  addition,
  division,
  hadamardProduct,
  hadamardQuotient,
  matrixProduct,
  multiplication,
  summation,
  transposition,
} from './core.js'
import { greatestEntry, leastEntry } from './extremes.js'
import { hardSigmoid, hardSwish, hardTanh, relu6 } from './hard-activations.js'
import {
  basis,
  columnSelection,
  familyMember,
  kroneckerDelta,
  productOverIndex,
  rowSelection,
  selection,
  summationOverIndex,
} from './indexed.js'
import { areaCosine, areaSine, areaTangent, complementaryError, logit } from './inverse-functions.js'
import { kronecker, unvectorized, vectorized } from './kronecker.js'
import {
  determinant,
  diagonalMatrix,
  diagonalOf,
  identityMatrix,
  inverse,
  logDeterminant,
  matrixPower,
  trace,
} from './matrix.js'
import { norm1, norm2, squaredNorm } from './norms.js'
import { celu, elu, leakyRelu, swish } from './parametric.js'
import { maximum, minimum, piecewise } from './piecewise.js'
import { exponential, logarithm, powering, squareRoot } from './powers.js'
import {
  cosecant,
  cotangent,
  hyperbolicCosecant,
  hyperbolicCotangent,
  hyperbolicSecant,
  secant,
} from './reciprocal-functions.js'
import { columnSums, mean, rowSums } from './reductions.js'
import { absoluteValue, signum } from './signs.js'
import { crossEntropy, crossEntropyOfProbabilities, logSoftmax, logSumExp, softmax } from './softmax.js'
import {
  arccosine,
  arcsine,
  arctangent,
  cosine,
  errorFunction,
  hyperbolicCosine,
  hyperbolicSine,
  hyperbolicTangent,
  sine,
  tangent,
} from './trigonometric.js'

/** Every operation there is, except the unknown functions of an author. */
export const operations: readonly Op[] = Object.freeze([
  addition,
  multiplication,
  matrixProduct,
  division,
  transposition,
  hadamardProduct,
  hadamardQuotient,
  summation,
  powering,
  exponential,
  logarithm,
  squareRoot,
  absoluteValue,
  signum,
  norm1,
  norm2,
  squaredNorm,
  circleConstant,
  sine,
  cosine,
  tangent,
  arcsine,
  arccosine,
  arctangent,
  hyperbolicSine,
  hyperbolicCosine,
  hyperbolicTangent,
  secant,
  cosecant,
  cotangent,
  hyperbolicSecant,
  hyperbolicCosecant,
  hyperbolicCotangent,
  areaSine,
  areaCosine,
  areaTangent,
  errorFunction,
  complementaryError,
  sigmoid,
  logit,
  relu,
  leakyRelu,
  elu,
  celu,
  selu,
  softplus,
  softsign,
  swish,
  hardTanh,
  hardSigmoid,
  hardSwish,
  relu6,
  gelu,
  geluTanh,
  mish,
  logSigmoid,
  less,
  lessOrEqual,
  greater,
  greaterOrEqual,
  equals,
  notEqual,
  both,
  either,
  piecewise,
  maximum,
  minimum,
  greatestEntry,
  leastEntry,
  softmax,
  logSoftmax,
  logSumExp,
  crossEntropy,
  crossEntropyOfProbabilities,
  rowSums,
  columnSums,
  mean,
  trace,
  diagonalMatrix,
  diagonalOf,
  identityMatrix,
  inverse,
  determinant,
  logDeterminant,
  matrixPower,
  kronecker,
  vectorized,
  unvectorized,
  commutation,
  blocks,
  slice,
  selection,
  rowSelection,
  columnSelection,
  familyMember,
  basis,
  kroneckerDelta,
  summationOverIndex,
  productOverIndex,
])

/** Function words and the operations they stand for, by dialect. */
interface Spellings {
  /** Words of LaTeX without backslash or font command: `log` of `\log`, `tr` of `\operatorname{tr}`. */
  readonly latex: ReadonlyMap<string, Op>
  /** Words of the plain dialect: `log`, `norm2`. */
  readonly plain: ReadonlyMap<string, Op>
  /** Words that stand for a number in both dialects, and its operation without arguments: `pi`. */
  readonly constants: ReadonlyMap<string, Op>
}

const WORD = /^[A-Za-z][A-Za-z0-9]*$/
const CONTROL_WORD = /^\\(?:(?:operatorname|mathrm|text)\{([A-Za-z][A-Za-z0-9]*)\}|([A-Za-z]+))$/

/** The function word of a LaTeX spelling; Greek letters are functions by convention only, and need brackets. */
function latexWord(spelling: string): string | undefined {
  const match = CONTROL_WORD.exec(spelling)
  const word = match?.[1] ?? match?.[2]
  return word === undefined || isGreek(word) ? undefined : word
}

/** The words under which an operation is read, with or without its own spelling in LaTeX. */
export function spellingsOf(op: Op): {
  readonly latex: readonly string[]
  readonly plain: readonly string[]
} {
  const { form, latex, plain, latexAliases = [], plainAliases = [], homonym = false } = op.notation
  if (homonym || form === 'constant') return { latex: [], plain: [] }
  const applied =
    form === 'function'
      ? [latex, ...latexAliases]
      : form === 'infix' || form === 'postfix'
        ? []
        : latexAliases
  return {
    latex: applied.map(latexWord).filter(word => word !== undefined),
    plain: [plain, ...plainAliases].filter(word => WORD.test(word)),
  }
}

/** The words of a list of operations, for the lexers and for elaboration. */
export function vocabulary(known: readonly Op[] = [...operations, ...abbreviations]): Spellings {
  const pairs = (dialect: 'latex' | 'plain') =>
    known.flatMap(op => spellingsOf(op)[dialect].map((word): [string, Op] => [word, op]))
  const constants = known.filter(op => op.notation.form === 'constant')
  return Object.freeze({
    latex: new Map(pairs('latex')),
    plain: new Map(pairs('plain')),
    constants: new Map(constants.map((op): [string, Op] => [op.notation.plain, op])),
  })
}

const INVERSES: ReadonlyMap<Op, Op> = new Map(
  operations.flatMap(op => (op.notation.inverseOf ? [[op.notation.inverseOf, op] as const] : [])),
)

/** The inverse function of one that has a name: of the sine the arcsine. */
export function inverseFunction(op: Op): Op | undefined {
  return INVERSES.get(op)
}
