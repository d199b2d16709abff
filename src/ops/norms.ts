import { ShapeError } from '../base/errors.js'
import { ONE, TWO } from '../base/rational.js'
import { call, number } from '../expr/intern.js'
import type { Expr } from '../expr/node.js'
import { defineOp, type Op, PRECEDENCE } from '../expr/op.js'
import { isMatrix, isScalar, SCALAR } from '../expr/shape.js'
import { defineAbbreviation } from './abbreviation.js'
import { divide, inner, multiply, ones } from './core.js'
import { overAll } from './entries.js'
import { power, sqrtOf, squareOf } from './powers.js'
import { absOf, signOf } from './signs.js'

export const norm1: Op = defineOp({
  name: 'norm-1',
  title: 'sum of absolute values',
  kind: 'reduction',
  arity: [1, 1],
  notation: { form: 'bars', latex: '\\|', plain: 'norm1', suffix: '_1', precedence: PRECEDENCE.atom },
  shape: () => SCALAR,
  make: ([x]) => norm1Of(x!),
  value: (m, [x]) => m.norm1(x!),
  rule: {
    id: 'norm-1-rule',
    name: 'gradient of the 1-norm',
    statement: '\\nabla_x\\|x\\|_1=\\operatorname{sign}(x)',
    source: 'calculus:absolute-value',
    sentence: 'Every entry contributes its sign.',
    level: 'brief',
  },
  push: (d, [x]) => inner(signOf(x!), d),
  pull: (g, [x]) => multiply(g, signOf(x!)),
  kinks: 'no derivative where an entry is 0; the sign 0 is used there',
  switches: ([x]) => [x!],
  entries: (at, [x]) => overAll(at, x!, absOf),
  examples: ['norm1(x)', 'norm1(A)'],
})

export const squaredNorm: Op = defineOp({
  name: 'squared-norm',
  title: 'squared norm',
  kind: 'reduction',
  arity: [1, 1],
  notation: {
    form: 'bars',
    latex: '\\|',
    plain: 'squarednorm',
    suffix: '^{2}',
    precedence: PRECEDENCE.power,
  },
  shape: () => SCALAR,
  make: ([x]) => squaredNormOf(x!),
  value: (m, [x]) => m.sum(m.hadamard(x!, x!)),
  rule: {
    id: 'squared-norm-rule',
    name: 'gradient of the squared norm',
    statement: '\\nabla_x\\|x\\|^2=2x',
    source: 'matrix-cookbook:131',
    sentence: 'The sum of squares grows by twice the entry.',
    level: 'normal',
  },
  push: (d, [x]) => multiply(number(TWO), inner(x!, d)),
  pull: (g, [x]) => multiply(number(TWO), g, x!),
  entries: (at, [x]) => overAll(at, x!, squareOf),
  examples: ['norm2(x)^2', 'norm2(A)^2'],
})

/** The p-norm of a vector; the word norm means it when a second argument is given. */
export const pNorm: Op = defineAbbreviation({
  name: 'p-norm',
  title: 'p-norm',
  latex: '\\operatorname{pnorm}',
  plain: 'pnorm',
  arity: [2, 2],
  means: ([x, p]) => {
    if (isMatrix(x!.shape)) {
      throw new ShapeError('unsupported', 'a p-norm of a matrix is not offered', {
        hint: 'the norms of a matrix are \\|X\\|_F and \\|X\\|_1, plain norm2(X) and norm1(X)',
      })
    }
    if (p!.kind === 'num') {
      if (p!.value.equals(ONE)) return norm1Of(x!)
      if (p!.value.equals(TWO)) return norm2Of(x!)
    }
    return power(inner(power(absOf(x!), p!), ones(x!.shape)), divide(number(ONE), p!))
  },
  formula: '\\Big(\\sum_i|x_i|^p\\Big)^{1/p}',
  source: 'boyd-vandenberghe:A.1',
  examples: ['pnorm(x, 3)'],
})

export const norm2: Op = defineOp({
  name: 'norm-2',
  title: 'Euclidean or Frobenius norm',
  kind: 'reduction',
  arity: [1, 1],
  notation: {
    form: 'bars',
    latex: '\\|',
    plain: 'norm2',
    plainAliases: ['norm'],
    parameter: pNorm,
    precedence: PRECEDENCE.atom,
  },
  shape: () => SCALAR,
  make: ([x]) => norm2Of(x!),
  value: (m, [x]) => m.norm2(x!),
  rule: {
    id: 'norm-2-rule',
    name: 'gradient of the norm',
    statement: '\\nabla_x\\|x\\|=\\frac{x}{\\|x\\|}\\quad(x\\ne 0)',
    source: 'matrix-cookbook:129',
    sentence: 'The length grows fastest along the vector itself, with slope one.',
    level: 'normal',
  },
  push: (d, [x], _, y) => divide(inner(x!, d), y),
  pull: (g, [x], _, y) => multiply(g, divide(x!, y)),
  kinks: 'no derivative where the argument is 0',
  square: ([x]) => squaredNormOf(x!),
  entries: (at, [x]) => sqrtOf(overAll(at, x!, squareOf)),
  examples: ['norm2(x)', 'norm2(A)'],
})

/** The sum of absolute values of all entries; of a scalar it is the absolute value. */
export function norm1Of(x: Expr): Expr {
  return isScalar(x.shape) ? absOf(x) : call(norm1, [x])
}

/** The Euclidean norm of a vector, the Frobenius norm of a matrix, the absolute value of a scalar. */
export function norm2Of(x: Expr): Expr {
  return isScalar(x.shape) ? absOf(x) : call(norm2, [x])
}

/** The sum of squares of all entries; of a scalar it is the square. */
export function squaredNormOf(x: Expr): Expr {
  return isScalar(x.shape) ? squareOf(x) : call(squaredNorm, [x])
}
