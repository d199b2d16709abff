import { describe, expect, test } from 'vitest'
import { rational } from '../../src/base/rational.js'
import { call, number, symbol } from '../../src/expr/intern.js'
import type { Call } from '../../src/expr/node.js'
import { SCALAR, shapeOf } from '../../src/expr/shape.js'
import { remake } from '../../src/expr/walk.js'
import { abstractFunction } from '../../src/ops/abstract.js'
import { sigmoid } from '../../src/ops/activations.js'
import { applyOp } from '../../src/ops/apply.js'
import { blocksOf, sliceOf } from '../../src/ops/blocks.js'
import { piOf } from '../../src/ops/constants.js'
import { divide, multiply, negate, ones, subtract, sumOf, transpose } from '../../src/ops/core.js'
import { dimensionOf, dimOf } from '../../src/ops/dimension.js'
import { kroneckerOf, unvectorizedOf, vectorizedOf } from '../../src/ops/kronecker.js'
import {
  diagonalMatrix,
  diagonalMatrixOf,
  diagonalVectorOf,
  identity,
  inverseOf,
  matrixPowerOf,
  traceOf,
} from '../../src/ops/matrix.js'
import { norm1Of, norm2Of, squaredNormOf } from '../../src/ops/norms.js'
import { logOf, power, powering, squareOf } from '../../src/ops/powers.js'
import { absOf } from '../../src/ops/signs.js'
import { crossEntropy, softmax } from '../../src/ops/softmax.js'
import { hyperbolicTangent } from '../../src/ops/trigonometric.js'

const whole = (value: number) => number(rational(value))
const s = symbol('s')
const x = symbol('x', shapeOf('n'))
const A = symbol('A', shapeOf('n', 'n'))
const B = symbol('B', shapeOf('m', 'n'))

describe('norms', () => {
  test('of a scalar are its absolute value and its square', () => {
    expect([norm1Of(s), norm2Of(s), squaredNormOf(s)]).toEqual([absOf(s), absOf(s), power(s, whole(2))])
  })

  test('squared are the squared norm, on every way there', () => {
    expect(power(norm2Of(x), whole(2))).toBe(squaredNormOf(x))
    expect(remake(call(powering, [s, whole(2)]), [norm2Of(A), whole(2)])).toBe(squaredNormOf(A))
    expect(power(norm2Of(x), whole(3))).not.toBe(power(squaredNormOf(x), whole(1)))
  })
})

describe('derivatives come in the form of the textbooks', () => {
  const one = whole(1)
  const slope = (op: typeof sigmoid, y = applyOp(op, s)) => op.pull!(one, [s], 0, y)
  test('sigmoid and tanh in terms of their outputs', () => {
    const a = symbol('a')
    expect(slope(sigmoid, a)).toBe(multiply(one, a, subtract(one, a)))
    expect(slope(hyperbolicTangent, a)).toBe(multiply(one, subtract(one, squareOf(a))))
  })

  test('powers without a first power left over', () => {
    const at = (exponent: number) => powering.pull!(one, [s, whole(exponent)], 0, s)
    expect(at(2)).toBe(multiply(one, whole(2), s))
    expect(at(3)).toBe(multiply(one, whole(3), power(s, whole(2))))
    expect(at(1)).toBe(multiply(one, one))
  })

  test('softmax cross-entropy as prediction minus target', () => {
    const t = symbol('t', shapeOf('n'))
    const total = crossEntropy.pull!(one, [x, t], 0, s)
    expect(total).toBe(multiply(one, subtract(multiply(sumOf(t), applyOp(softmax, x)), t)))
  })
})

describe('matrices', () => {
  test('of one entry collapse to scalars', () => {
    expect(traceOf(s)).toBe(s)
    expect(identity(1)).toBe(whole(1))
    expect(inverseOf(s)).toBe(divide(whole(1), s))
    expect(kroneckerOf(s, A)).toBe(multiply(s, A))
    expect(matrixPowerOf(s, 3)).toBe(power(s, whole(3)))
  })

  test('have whole powers', () => {
    expect(matrixPowerOf(A, 0)).toBe(identity('n'))
    expect(matrixPowerOf(A, 1)).toBe(A)
    expect(matrixPowerOf(A, -1)).toBe(inverseOf(A))
    expect(matrixPowerOf(A, -2)).toBe(matrixPowerOf(inverseOf(A), 2))
    expect(inverseOf(inverseOf(A))).toBe(A)
    expect(() => matrixPowerOf(A, number(rational(1, 2)))).toThrow(/whole powers only/)
    expect(() => matrixPowerOf(B, 2)).toThrow(/square matrix, not m×n/)
    expect(() => inverseOf(B)).toThrow(/square matrix, not m×n/)
  })

  test('share the word diag, told apart by shape', () => {
    expect(applyOp(diagonalMatrix, x)).toBe(diagonalMatrixOf(x))
    expect(applyOp(diagonalMatrix, A)).toBe(diagonalVectorOf(A))
  })

  test('are stacked and arranged again', () => {
    expect(vectorizedOf(x)).toBe(x)
    expect(vectorizedOf(transpose(x))).toBe(x)
    expect(vectorizedOf(B).shape).toEqual(shapeOf('m*n'))
    expect(unvectorizedOf(vectorizedOf(B), 'm', 'n')).toBe(B)
    expect(kroneckerOf(kroneckerOf(A, B), B)).toBe(kroneckerOf(A, kroneckerOf(B, B)))
    expect(kroneckerOf(A, B).shape).toEqual(shapeOf('m*n', 'n*n'))
  })

  test('are put together of blocks', () => {
    const y = symbol('y', shapeOf('m'))
    expect(blocksOf([[x], [y]]).shape).toEqual(shapeOf('m+n'))
    expect(
      blocksOf([
        [s, s],
        [s, s],
      ]).shape,
    ).toEqual(shapeOf(2, 2))
    expect(blocksOf([[A]])).toBe(A)
    expect(() => blocksOf([[A, x], [B]])).toThrow(/same number of entries/)
    expect(() => blocksOf([[A, B]])).toThrow(/cannot put n×n beside m×n/)
    expect(sliceOf(blocksOf([[x], [y]]), 'n', 0, y.shape).shape).toEqual(y.shape)
    const stacked = blocksOf([[A], [B]]) as Call
    expect(remake(stacked, stacked.args)).toBe(stacked)
  })
})

describe('sizes', () => {
  test('are formulas and back', () => {
    for (const dim of [3, 'n', 'n+1', 'm*n', '2*n-1', 'n_{i+1}', 'm*n+n-2'])
      expect(dimOf(dimensionOf(dim))).toBe(dim)
    expect(dimensionOf('n')).toBe(symbol('n', SCALAR, 'dimension'))
    expect(() => dimOf(s)).toThrow(/a size is a whole number or the name of one, not s/)
    expect(() => dimOf(logOf(s))).toThrow(/a size is/)
  })
})

describe('unknown functions', () => {
  test('of one name are one operation, and differentiate to the next order', () => {
    const g = abstractFunction('g_y')
    expect(abstractFunction('g_y')).toBe(g)
    expect(abstractFunction('g_y', 1)).not.toBe(g)
    expect(g.pull!(whole(1), [s], 0, s)).toBe(multiply(whole(1), applyOp(abstractFunction('g_y', 1), s)))
    expect(g.abstract).toEqual({ name: 'g_y', order: 0 })
  })

  test('are written with primes, and may be called like anything', () => {
    const written = (order: number) => abstractFunction('g_y', order).notation.latex
    expect([0, 1, 2, 3, 4].map(written)).toEqual(['g_y', "g_y'", "g_y''", "g_y'''", 'g_y^{(4)}'])
    for (const name of ['constructor', '__proto__', 'toString']) {
      expect(abstractFunction(name)).toBe(abstractFunction(name))
      expect(abstractFunction(name).abstract?.name).toBe(name)
    }
  })

  test('have no value of their own', () => {
    expect(() => abstractFunction('g').value(null as never, [], { rows: 1, columns: 1 }, [])).toThrow(
      /unknown function g/,
    )
  })
})

describe('applying an operation', () => {
  test('counts the arguments', () => {
    expect(() => applyOp(sigmoid, s, s)).toThrow(/logistic function takes 1 argument, but 2 were given/)
  })

  test('works without arguments', () => {
    expect(piOf()).toBe(piOf())
    expect(piOf().args).toEqual([])
    expect(negate(ones(x.shape)).shape).toEqual(x.shape)
  })
})
