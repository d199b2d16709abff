import { ShapeError } from '../base/errors.js'
import { ONE } from '../base/rational.js'
import { number, symbol } from '../expr/intern.js'
import type { Expr } from '../expr/node.js'
import type { Op } from '../expr/op.js'
import { isScalar, SCALAR } from '../expr/shape.js'
import { defineAbbreviation } from './abbreviation.js'
import { applyOp } from './apply.js'
import { divide, multiply, ones, subtract } from './core.js'
import { dimensionOf } from './dimension.js'
import { greatestEntry } from './extremes.js'
import { entry, indexedProduct } from './indexed.js'
import { squaredNormOf } from './norms.js'
import { sqrtOf } from './powers.js'
import { countOf, meanOf } from './reductions.js'
import { absOf } from './signs.js'

/*
 * Words for what is made of all entries of an array.
 */

export const productOfEntries = defineAbbreviation({
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
export function centred(x: Expr): Expr {
  return subtract(x, multiply(meanOf(x), ones(x.shape)))
}

/** The mean of the squared differences from the mean. */
export function varianceOf(x: Expr): Expr {
  return divide(squaredNormOf(centred(x)), countOf(x))
}

export const variance = defineAbbreviation({
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

export const deviation = defineAbbreviation({
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
