import { ShapeError } from '../base/errors.js'
import type { MatrixAlgebra } from '../base/matrix-algebra.js'
import type { Extent } from '../base/tensor.js'
import type { Expr } from '../expr/node.js'
import { defineOp, type Op, PRECEDENCE } from '../expr/op.js'
import { SCALAR, type Shape, sameShape, shapeOf, shapeText } from '../expr/shape.js'
import { defineAbbreviation } from './abbreviation.js'
import { applyOp } from './apply.js'
import {
  divide,
  divideEach,
  hadamard,
  inner,
  multiply,
  negate,
  ones,
  scaleEach,
  subtract,
  sumOf,
} from './core.js'
import { logOf } from './powers.js'
import { rowSumsOf } from './reductions.js'

/*
 * A column is one sample; of a matrix every row is a sample. So each rule is written once, in terms of the sum over a
 * sample and of a number repeated over a sample.
 */

function isOneSample(x: Expr): boolean {
  return x.shape.columns === 1
}

/** The sum over each sample: a scalar of a column, m×1 of an m×n matrix. */
function sampleSums(x: Expr): Expr {
  return isOneSample(x) ? sumOf(x) : rowSumsOf(x)
}

/** The inner product of two arrays over each sample. */
function sampleInner(a: Expr, b: Expr): Expr {
  return isOneSample(a) ? inner(a, b) : rowSumsOf(hadamard(a, b))
}

/** A number for each sample, repeated over the sample. */
function spread(numbers: Expr, over: Shape): Expr {
  return over.columns === 1
    ? multiply(numbers, ones(over))
    : multiply(numbers, ones(shapeOf(1, over.columns)))
}

/** A number for each sample times the entries of the sample. */
function scaleSamples(numbers: Expr, x: Expr): Expr {
  return isOneSample(x) ? multiply(numbers, x) : hadamard(spread(numbers, x.shape), x)
}

function softmaxOfSamples<T extends Extent>(m: MatrixAlgebra<T>, x: T): T {
  return x.columns === 1 ? m.softmaxColumns(x) : m.softmaxRows(x)
}

function logSumExpOfSamples<T extends Extent>(m: MatrixAlgebra<T>, x: T): T {
  return x.columns === 1 ? m.logSumExpColumns(x) : m.logSumExpRows(x)
}

function logSoftmaxOfSamples<T extends Extent>(m: MatrixAlgebra<T>, x: T): T {
  return m.subtract(x, m.broadcast(logSumExpOfSamples(m, x), x.rows, x.columns))
}

function throughSoftmax(g: Expr, s: Expr): Expr {
  return scaleEach(s, subtract(g, spread(sampleInner(s, g), s.shape)))
}

/** Softmax at a temperature, which the word softmax means when a number comes with it. */
const tempered: Op = defineAbbreviation({
  name: 'softmax-at-temperature',
  title: 'softmax at a temperature',
  latex: '\\operatorname{softmax}',
  plain: 'softmax',
  arity: [2, 2],
  means: ([z, tau]) => softmaxOf(divide(z!, tau!)),
  formula: '\\operatorname{softmax}(z/\\tau)',
  source: 'goodfellow:6.2.2',
  examples: ['softmax(x, s)'],
})

export const softmax: Op = defineOp({
  name: 'softmax',
  title: 'softmax',
  kind: 'general',
  arity: [1, 1],
  notation: {
    form: 'function',
    latex: '\\operatorname{softmax}',
    plain: 'softmax',
    latexAliases: ['\\operatorname{Softmax}'],
    parameter: tempered,
    precedence: PRECEDENCE.product,
  },
  flow: 'array',
  shape: ([x]) => x!.shape,
  value: (m, [x]) => softmaxOfSamples(m, x!),
  rule: {
    id: 'softmax-rule',
    name: 'derivative of softmax',
    statement:
      '\\mathrm{d}s=(\\operatorname{diag}(s)-ss^\\top)\\,\\mathrm{d}z,\\quad\\bar z=s\\odot\\big(\\bar s-(s^\\top\\bar s)\\mathbf{1}\\big)',
    source: 'clark:3',
    sentence: 'Weigh what comes in by the probabilities, after taking off its weighted mean.',
    level: 'brief',
  },
  push: (d, _, __, s) => throughSoftmax(d, s),
  pull: (g, _, __, s) => throughSoftmax(g, s),
  positive: true,
  examples: ['softmax(x)', 'softmax(A)'],
})

export const logSoftmax: Op = defineOp({
  name: 'log-softmax',
  title: 'logarithm of softmax',
  kind: 'general',
  arity: [1, 1],
  notation: {
    form: 'function',
    latex: '\\operatorname{logsoftmax}',
    plain: 'logsoftmax',
    latexAliases: ['\\operatorname{LogSoftmax}'],
    precedence: PRECEDENCE.product,
  },
  flow: 'array',
  shape: ([x]) => x!.shape,
  value: (m, [x]) => logSoftmaxOfSamples(m, x!),
  rule: {
    id: 'log-softmax-rule',
    name: 'derivative of log-softmax',
    statement:
      '\\mathrm{d}\\ln s=(I-\\mathbf{1}s^\\top)\\,\\mathrm{d}z,\\quad\\bar z=g-(\\mathbf{1}^\\top g)\\,s',
    source: 'clark:3',
    sentence:
      'Take off the weighted mean of the changes; backward, take off the total times the probabilities.',
    level: 'normal',
  },
  push: (d, [x]) => subtract(d, spread(sampleInner(softmaxOf(x!), d), d.shape)),
  pull: (g, [x]) => subtract(g, scaleSamples(sampleSums(g), softmaxOf(x!))),
  examples: ['logsoftmax(x)', 'logsoftmax(A)'],
})

export const logSumExp: Op = defineOp({
  name: 'log-sum-exp',
  title: 'logarithm of the sum of exponentials',
  kind: 'reduction',
  arity: [1, 1],
  notation: {
    form: 'function',
    latex: '\\operatorname{lse}',
    plain: 'logsumexp',
    latexAliases: ['\\operatorname{logsumexp}', '\\operatorname{LSE}'],
    precedence: PRECEDENCE.product,
  },
  flow: 'computed',
  shape: ([x]) => (isOneSample(x!) ? SCALAR : shapeOf(x!.shape.rows)),
  value: (m, [x]) => logSumExpOfSamples(m, x!),
  rule: {
    id: 'log-sum-exp-rule',
    name: 'gradient of log-sum-exp',
    statement: '\\nabla_z\\operatorname{lse}(z)=\\operatorname{softmax}(z)',
    source: 'boyd-vandenberghe:3.1.5',
    sentence: 'The gradient of the smooth maximum is softmax.',
    level: 'normal',
  },
  push: (d, [x]) => sampleInner(softmaxOf(x!), d),
  pull: (g, [x]) => scaleSamples(g, softmaxOf(x!)),
  examples: ['logsumexp(x)', 'logsumexp(A)'],
})

function matchingTargets([x, targets]: readonly Expr[]): Shape {
  if (!sameShape(x!.shape, targets!.shape)) {
    throw new ShapeError(
      'shape-clash',
      `cross-entropy compares arrays of one shape, not ${shapeText(x!.shape)} and ${shapeText(targets!.shape)}`,
    )
  }
  return SCALAR
}

/** Minus the sum of the targets times the logarithms of the softmax of the logits. */
export const crossEntropy: Op = defineOp({
  name: 'cross-entropy',
  title: 'cross-entropy of logits',
  kind: 'reduction',
  arity: [2, 2],
  notation: {
    form: 'function',
    latex: '\\operatorname{CE}_{\\mathrm{logits}}',
    plain: 'crossentropylogits',
    latexAliases: ['\\operatorname{SoftmaxCrossEntropy}', '\\operatorname{CrossEntropyLoss}'],
    plainAliases: ['softmaxcrossentropy'],
    precedence: PRECEDENCE.product,
  },
  shape: matchingTargets,
  value: (m, [z, t]) => m.negate(m.sum(m.hadamard(t!, logSoftmaxOfSamples(m, z!)))),
  rule: {
    id: 'softmax-cross-entropy-rule',
    name: 'softmax with cross-entropy',
    statement:
      '\\nabla_z\\big(-t^\\top\\ln\\operatorname{softmax}(z)\\big)=(\\mathbf{1}^\\top t)\\operatorname{softmax}(z)-t',
    source: 'clark:7',
    sentence: 'Prediction minus target: the logarithm undoes the softmax.',
    level: 'brief',
  },
  push: (d, [z, t], k) => (k === 0 ? inner(byLogits(z!, t!), d) : negate(inner(applyOp(logSoftmax, z!), d))),
  pull: (g, [z, t], k) =>
    k === 0 ? multiply(g, byLogits(z!, t!)) : negate(multiply(g, applyOp(logSoftmax, z!))),
  examples: ['crossentropylogits(x, y)', 'crossentropylogits(A, B)'],
})

function byLogits(z: Expr, t: Expr): Expr {
  return subtract(scaleSamples(sampleSums(t), softmaxOf(z)), t)
}

/** Minus the sum of the targets times the logarithms of the probabilities. */
export const crossEntropyOfProbabilities: Op = defineOp({
  name: 'cross-entropy-of-probabilities',
  title: 'cross-entropy of probabilities',
  kind: 'reduction',
  arity: [2, 2],
  notation: {
    form: 'function',
    latex: '\\operatorname{CE}',
    plain: 'crossentropy',
    latexAliases: ['\\operatorname{CrossEntropy}', '\\operatorname{crossentropy}'],
    precedence: PRECEDENCE.product,
  },
  shape: matchingTargets,
  value: (m, [p, t]) => m.negate(m.sum(m.hadamard(t!, m.log(p!)))),
  rule: {
    id: 'cross-entropy-rule',
    name: 'gradient of cross-entropy',
    statement: '\\nabla_p\\big(-t^\\top\\ln p\\big)=-t\\oslash p',
    source: 'goodfellow:6.2.2',
    sentence: 'Each target over its probability, with a minus sign.',
    level: 'normal',
  },
  push: (d, [p, t], k) => negate(inner(k === 0 ? divideEach(t!, p!) : logOf(p!), d)),
  pull: (g, [p, t], k) => negate(multiply(g, k === 0 ? divideEach(t!, p!) : logOf(p!))),
  domain: k => (k === 0 ? 'unit-interval' : 'real'),
  examples: ['crossentropy(exp(x), y)'],
})

/** The softmax of a column, or of every row of a matrix. */
export function softmaxOf(x: Expr): Expr {
  return applyOp(softmax, x)
}
