import { ShapeError } from '../base/errors.js'
import { ONE, rational } from '../base/rational.js'
import { number } from '../expr/intern.js'
import type { Expr } from '../expr/node.js'
import { isColumn, isScalar, shapeText } from '../expr/shape.js'
import { defineAbbreviation } from './abbreviation.js'
import { applyOp } from './apply.js'
import { lessOrEqual } from './comparison.js'
import { divide, inner, multiply, negate, subtract, transpose } from './core.js'
import { dimensionOf } from './dimension.js'
import { norm1Of, norm2Of, squaredNormOf } from './norms.js'
import { spread } from './number-words.js'
import { choose } from './piecewise.js'
import { logOf, sqrtOf, squareOf } from './powers.js'
import { countOf } from './reductions.js'
import { absOf } from './signs.js'
import { softmaxOf } from './softmax.js'
import { centred, varianceOf } from './statistics.js'
import { hyperbolicCosine } from './trigonometric.js'

/*
 * Words for losses and layers. Where a word is used in more than one sense, the formula is the one of its source, and
 * it is reported.
 */

function onlyColumn(word: string, x: Expr): void {
  if (isColumn(x.shape)) return
  throw new ShapeError('not-a-vector', `${word} is of a column here, not of ${shapeText(x.shape)}`, {
    hint: 'write the formula out with the sums that are meant',
  })
}

function onlyNumbers(word: string, args: readonly Expr[]): void {
  const array = args.find(arg => !isScalar(arg.shape))
  if (array === undefined) return
  throw new ShapeError('shape-clash', `${word} of ${shapeText(array.shape)}: sum and mean are both in use`, {
    hint: 'write the sum or the mean over the entries out',
  })
}

export const meanSquaredError = defineAbbreviation({
  name: 'mse',
  title: 'mean squared error',
  latex: '\\operatorname{MSE}',
  plain: 'mse',
  latexAliases: ['\\operatorname{mse}'],
  arity: [2, 2],
  means: ([z, t]) => divide(squaredNormOf(subtract(z!, t!)), countOf(z!)),
  formula: '\\tfrac1n\\|z-t\\|^2',
  source: 'goodfellow:5.1',
  examples: ['mse(x, y)'],
})

export const meanAbsoluteError = defineAbbreviation({
  name: 'mae',
  title: 'mean absolute error',
  latex: '\\operatorname{MAE}',
  plain: 'mae',
  latexAliases: ['\\operatorname{mae}'],
  arity: [2, 2],
  means: ([z, t]) => divide(norm1Of(subtract(z!, t!)), countOf(z!)),
  formula: '\\tfrac1n\\|z-t\\|_1',
  source: 'goodfellow:5.1',
  examples: ['mae(x, y)'],
})

export const binaryCrossEntropy = defineAbbreviation({
  name: 'bce',
  title: 'binary cross-entropy',
  latex: '\\operatorname{BCE}',
  plain: 'bce',
  latexAliases: ['\\operatorname{bce}'],
  arity: [2, 2],
  means: ([p, t]) => {
    onlyNumbers('binary cross-entropy', [p!, t!])
    const one = number(ONE)
    const missing = multiply(subtract(one, t!), logOf(subtract(one, p!)))
    return subtract(negate(multiply(t!, logOf(p!))), missing)
  },
  formula: '-t\\ln p-(1-t)\\ln(1-p)',
  source: 'goodfellow:6.2.2',
  examples: ['bce(s, t)'],
})

export const divergence = defineAbbreviation({
  name: 'kl',
  title: 'Kullback-Leibler divergence',
  latex: '\\operatorname{KL}',
  plain: 'kl',
  latexAliases: ['D_{\\mathrm{KL}}'],
  arity: [2, 2],
  means: ([t, p]) => inner(t!, subtract(logOf(t!), logOf(p!))),
  formula: '\\sum_i t_i\\ln\\frac{t_i}{p_i}',
  source: 'goodfellow:3.13',
  examples: ['kl(exp(x), exp(y))'],
})

function huberOf(r: Expr, delta: Expr): Expr {
  const size = absOf(r)
  const bound = spread(delta, r)
  const square = multiply(number(rational(1, 2)), squareOf(r))
  const line = multiply(delta, subtract(size, multiply(number(rational(1, 2)), bound)))
  return choose(applyOp(lessOrEqual, size, bound), square, line)
}

export const huber = defineAbbreviation({
  name: 'huber',
  title: 'Huber function',
  latex: '\\operatorname{Huber}',
  plain: 'huber',
  latexAliases: ['\\operatorname{huber}'],
  parameter: 'own',
  arity: [2, 2],
  means: ([r, delta]) => huberOf(r!, delta!),
  formula:
    '\\begin{cases}\\tfrac12r^2&|r|\\le\\delta\\\\\\delta\\,(|r|-\\tfrac12\\delta)&\\text{otherwise}\\end{cases}',
  source: 'boyd-vandenberghe:6.1.2',
  examples: ['huber(x, 1)'],
})

export const smoothAbsolute = defineAbbreviation({
  name: 'smooth-l1',
  title: 'smooth absolute value',
  latex: '\\operatorname{smoothL1}',
  plain: 'smoothl1',
  latexAliases: ['\\operatorname{SmoothL1}'],
  arity: [1, 1],
  means: ([r]) => huberOf(r!, number(ONE)),
  formula: '\\begin{cases}\\tfrac12r^2&|r|\\le1\\\\|r|-\\tfrac12&\\text{otherwise}\\end{cases}',
  source: 'boyd-vandenberghe:6.1.2',
  examples: ['smoothl1(x)'],
})

export const logCosh = defineAbbreviation({
  name: 'log-cosh',
  title: 'logarithm of the hyperbolic cosine',
  latex: '\\operatorname{logcosh}',
  plain: 'logcosh',
  arity: [1, 1],
  means: ([r]) => logOf(applyOp(hyperbolicCosine, r!)),
  formula: '\\ln\\cosh r',
  source: 'calculus:hyperbolic',
  examples: ['logcosh(x)'],
})

export const cosineSimilarity = defineAbbreviation({
  name: 'cosine-similarity',
  title: 'cosine of the angle',
  latex: '\\operatorname{cossim}',
  plain: 'cossim',
  arity: [2, 2],
  means: ([x, y]) => divide(inner(x!, y!), multiply(norm2Of(x!), norm2Of(y!))),
  formula: '\\frac{x^\\top y}{\\|x\\|\\,\\|y\\|}',
  source: 'boyd-vandenberghe:A.1',
  examples: ['cossim(x, y)'],
})

export const softmin = defineAbbreviation({
  name: 'softmin',
  title: 'softmin',
  latex: '\\operatorname{softmin}',
  plain: 'softmin',
  arity: [1, 1],
  means: ([x]) => softmaxOf(negate(x!)),
  formula: '\\operatorname{softmax}(-z)',
  source: 'goodfellow:6.2.2',
  examples: ['softmin(x)'],
})

export const layerNormalisation = defineAbbreviation({
  name: 'layer-norm',
  title: 'layer normalisation',
  latex: '\\operatorname{LayerNorm}',
  plain: 'layernorm',
  latexAliases: ['\\operatorname{layernorm}'],
  arity: [1, 1],
  means: ([x]) => {
    onlyColumn('layer normalisation', x!)
    return divide(centred(x!), sqrtOf(varianceOf(x!)))
  },
  formula: '\\frac{x-\\bar x\\,\\mathbf{1}}{\\sqrt{\\tfrac1n\\|x-\\bar x\\,\\mathbf{1}\\|^2}}',
  source: 'ba-kiros-hinton:3',
  examples: ['layernorm(x)'],
})

export const rootMeanSquare = defineAbbreviation({
  name: 'rms-norm',
  title: 'root mean square normalisation',
  latex: '\\operatorname{RMSNorm}',
  plain: 'rmsnorm',
  latexAliases: ['\\operatorname{rmsnorm}'],
  arity: [1, 1],
  means: ([x]) => {
    onlyColumn('root mean square normalisation', x!)
    return divide(x!, sqrtOf(divide(squaredNormOf(x!), countOf(x!))))
  },
  formula: '\\frac{x}{\\sqrt{\\tfrac1n\\|x\\|^2}}',
  source: 'ba-kiros-hinton:3',
  examples: ['rmsnorm(x)'],
})

export const attention = defineAbbreviation({
  name: 'attention',
  title: 'attention',
  latex: '\\operatorname{Attention}',
  plain: 'attention',
  latexAliases: ['\\operatorname{attention}', '\\operatorname{Attn}'],
  arity: [3, 3],
  means: ([q, k, v]) => {
    const scores = divide(multiply(q!, transpose(k!)), sqrtOf(dimensionOf(k!.shape.columns)))
    return multiply(softmaxOf(scores), v!)
  },
  formula: '\\operatorname{softmax}\\Big(\\frac{QK^\\top}{\\sqrt d}\\Big)V',
  source: 'vaswani:3.2.1',
  examples: ['attention(A, A, A)'],
})
