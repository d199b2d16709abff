import { ShapeError } from '../base/errors.js'
import { ONE, rational } from '../base/rational.js'
import { number, symbol } from '../expr/intern.js'
import type { Expr } from '../expr/node.js'
import type { Op } from '../expr/op.js'
import { isColumn, isScalar, SCALAR, shapeText } from '../expr/shape.js'
import { defineAbbreviation } from './abbreviation.js'
import { applyOp } from './apply.js'
import { lessOrEqual } from './comparison.js'
import { piOf } from './constants.js'
import { add, divide, divideEach, inner, multiply, negate, ones, subtract, transpose } from './core.js'
import { dimensionOf } from './dimension.js'
import { greatestEntry } from './extremes.js'
import { entry, indexedProduct } from './indexed.js'
import { norm1Of, norm2Of, pNorm, squaredNormOf } from './norms.js'
import { choose, maximumOf, minimumOf } from './piecewise.js'
import { expOf, logOf, power, sqrtOf, squareOf } from './powers.js'
import { countOf, meanOf } from './reductions.js'
import { absOf } from './signs.js'
import { softmaxOf } from './softmax.js'
import { arccosine, arcsine, arctangent, hyperbolicCosine } from './trigonometric.js'

const whole = (value: number) => number(rational(value))

/** A number repeated to the shape of an array; an array as it is. */
function spread(value: Expr, like: Expr): Expr {
  return isScalar(value.shape) && !isScalar(like.shape) ? multiply(value, ones(like.shape)) : value
}

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

// ---------------------------------------------------------------------------------------- logarithms, roots, bounds

function logarithmTo(base: number, name: string, title: string, latex: string, alias: string | undefined) {
  return defineAbbreviation({
    name,
    title,
    latex,
    plain: name,
    ...(alias ? { latexAliases: [`\\operatorname{${name}}`], plainAliases: [alias] } : {}),
    arity: [1, 1],
    means: ([x]) => divide(logOf(x!), logOf(whole(base))),
    formula: `\\frac{\\ln u}{\\ln ${base}}`,
    source: 'calculus:logarithm',
    examples: [`${name}(s)`],
  })
}

const log2 = logarithmTo(2, 'log2', 'logarithm to base 2', '\\operatorname{log2}', undefined)
const log10 = logarithmTo(10, 'log10', 'logarithm to base 10', '\\lg', 'lg')

function inverseOfReciprocal(name: string, title: string, of: Op): Op {
  return defineAbbreviation({
    name,
    title,
    latex: `\\operatorname{${name}}`,
    plain: name,
    arity: [1, 1],
    means: ([x]) => applyOp(of, divideEach(ones(x!.shape), x!)),
    formula: `${of.notation.latex}(1/u)`,
    source: 'calculus:inverse-trigonometric',
    examples: [`${name}(2 + exp(s))`],
  })
}

const arcsecant = inverseOfReciprocal('arcsec', 'inverse secant', arccosine)
const arccosecant = inverseOfReciprocal('arccsc', 'inverse cosecant', arcsine)

const arccotangent = defineAbbreviation({
  name: 'arccot',
  title: 'inverse cotangent',
  latex: '\\operatorname{arccot}',
  plain: 'arccot',
  arity: [1, 1],
  means: ([x]) => subtract(multiply(divide(piOf(), whole(2)), ones(x!.shape)), applyOp(arctangent, x!)),
  formula: '\\tfrac{\\pi}{2}-\\arctan u',
  source: 'calculus:inverse-trigonometric',
  examples: ['arccot(s)'],
})

const log1p = defineAbbreviation({
  name: 'log1p',
  title: 'logarithm of one plus',
  latex: '\\operatorname{log1p}',
  plain: 'log1p',
  arity: [1, 1],
  means: ([x]) => logOf(add(ones(x!.shape), x!)),
  formula: '\\ln(1+u)',
  source: 'calculus:logarithm',
  examples: ['log1p(s)'],
})

const expm1 = defineAbbreviation({
  name: 'expm1',
  title: 'exponential minus one',
  latex: '\\operatorname{expm1}',
  plain: 'expm1',
  arity: [1, 1],
  means: ([x]) => subtract(expOf(x!), ones(x!.shape)),
  formula: 'e^{u}-1',
  source: 'calculus:exponential',
  examples: ['expm1(s)'],
})

const cubeRoot = defineAbbreviation({
  name: 'cbrt',
  title: 'cube root',
  latex: '\\operatorname{cbrt}',
  plain: 'cbrt',
  arity: [1, 1],
  means: ([x]) => power(x!, number(rational(1, 3))),
  formula: 'u^{1/3}\\quad(u>0)',
  source: 'calculus:power',
  examples: ['cbrt(s)'],
})

const clip = defineAbbreviation({
  name: 'clip',
  title: 'value between two bounds',
  latex: '\\operatorname{clip}',
  plain: 'clip',
  latexAliases: ['\\operatorname{clamp}'],
  plainAliases: ['clamp'],
  arity: [3, 3],
  means: ([x, low, high]) => minimumOf(maximumOf(x!, spread(low!, x!)), spread(high!, x!)),
  formula: '\\min(\\max(u,a),b)',
  source: 'cs231n:optimization-2',
  examples: ['clip(x, -1, 1)'],
})

// ------------------------------------------------------------------------------------------- products and statistics

const productOfEntries = defineAbbreviation({
  name: 'prod',
  title: 'product of all entries',
  latex: '\\operatorname{prod}',
  plain: 'prod',
  arity: [1, 1],
  means: ([x]) => {
    const { rows, columns } = x!.shape
    const i = symbol('i', SCALAR, 'index')
    const j = symbol('j', SCALAR, 'index')
    const over = (index: typeof i, size: Expr, body: Expr) => indexedProduct(index, number(ONE), size, body)
    if (columns === 1) return rows === 1 ? x! : over(i, dimensionOf(rows), entry(x!, i))
    const row = over(j, dimensionOf(columns), rows === 1 ? entry(x!, j) : entry(x!, i, j))
    return rows === 1 ? row : over(i, dimensionOf(rows), row)
  },
  formula: '\\prod_i x_i',
  source: 'concrete-mathematics:2.1',
  examples: ['prod(x)'],
})

/** The entries less their mean. */
function centred(x: Expr): Expr {
  return subtract(x, multiply(meanOf(x), ones(x.shape)))
}

function varianceOf(x: Expr): Expr {
  return divide(squaredNormOf(centred(x)), countOf(x))
}

const variance = defineAbbreviation({
  name: 'var',
  title: 'variance of the entries',
  latex: '\\operatorname{Var}',
  plain: 'var',
  latexAliases: ['\\operatorname{var}'],
  plainAliases: ['variance'],
  arity: [1, 1],
  means: ([x]) => varianceOf(x!),
  formula: '\\tfrac1n\\|x-\\bar x\\,\\mathbf{1}\\|^2',
  source: 'goodfellow:3.8',
  examples: ['var(x)'],
})

const deviation = defineAbbreviation({
  name: 'std',
  title: 'standard deviation of the entries',
  latex: '\\operatorname{std}',
  plain: 'std',
  arity: [1, 1],
  means: ([x]) => sqrtOf(varianceOf(x!)),
  formula: '\\sqrt{\\tfrac1n\\|x-\\bar x\\,\\mathbf{1}\\|^2}',
  source: 'goodfellow:3.8',
  examples: ['std(x)'],
})

// -------------------------------------------------------------------------------------------------------------- norms

export const greatestNorm: Op = defineAbbreviation({
  name: 'norminf',
  title: 'greatest absolute value',
  latex: '\\operatorname{norminf}',
  plain: 'norminf',
  arity: [1, 1],
  means: ([x]) => {
    if (!isScalar(x!.shape) && x!.shape.columns !== 1 && x!.shape.rows !== 1) {
      throw new ShapeError('unsupported', 'the norm of a matrix with subscript \\infty is not offered', {
        hint: 'for the greatest absolute value write \\max(|X|), plain max(abs(X))',
      })
    }
    return applyOp(greatestEntry, absOf(x!))
  },
  formula: '\\max(|x|)',
  source: 'boyd-vandenberghe:A.1',
  examples: ['norminf(x)'],
})

// ------------------------------------------------------------------------------------------------------------- losses

const meanSquaredError = defineAbbreviation({
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

const meanAbsoluteError = defineAbbreviation({
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

const binaryCrossEntropy = defineAbbreviation({
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

const divergence = defineAbbreviation({
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

const huber = defineAbbreviation({
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

const smoothAbsolute = defineAbbreviation({
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

const logCosh = defineAbbreviation({
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

const cosineSimilarity = defineAbbreviation({
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

// ------------------------------------------------------------------------------------------------------------- layers

const softmin = defineAbbreviation({
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

const layerNormalisation = defineAbbreviation({
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
  source: 'ba:3',
  examples: ['layernorm(x)'],
})

const rootMeanSquare = defineAbbreviation({
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
  source: 'ba:3',
  examples: ['rmsnorm(x)'],
})

const attention = defineAbbreviation({
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
  examples: ['attention(A, B, A)'],
})

/** Every word that is short for a formula. */
export const abbreviations: readonly Op[] = Object.freeze([
  log2,
  log10,
  arcsecant,
  arccosecant,
  arccotangent,
  log1p,
  expm1,
  cubeRoot,
  clip,
  productOfEntries,
  variance,
  deviation,
  greatestNorm,
  pNorm,
  meanSquaredError,
  meanAbsoluteError,
  binaryCrossEntropy,
  divergence,
  huber,
  smoothAbsolute,
  logCosh,
  cosineSimilarity,
  softmin,
  layerNormalisation,
  rootMeanSquare,
  attention,
])
