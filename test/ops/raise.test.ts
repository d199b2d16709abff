import { expect, test } from 'vitest'
import { rational } from '../../src/base/rational.js'
import { number, symbol } from '../../src/expr/intern.js'
import type { Call, Expr } from '../../src/expr/node.js'
import { SCALAR, shapeOf } from '../../src/expr/shape.js'
import { add, hadamard, multiply, negate, ones, sumOf, transpose } from '../../src/ops/core.js'
import { dimensionOf } from '../../src/ops/dimension.js'
import { columnOf, delta, entry, indexedSum, member, rowOf } from '../../src/ops/indexed.js'
import { liftOver } from '../../src/ops/lift.js'
import { identity } from '../../src/ops/matrix.js'
import { squaredNormOf } from '../../src/ops/norms.js'
import { expOf, logOf, power, squareOf } from '../../src/ops/powers.js'
import { gather, raise, raiseSum } from '../../src/ops/raise.js'

const index = (letter: string) => symbol(letter, SCALAR, 'index')
const [i, j, k] = [index('i'), index('j'), index('k')]
const rows = { symbol: i, extent: 'm' }
const columns = { symbol: j, extent: 'n' }
const W = symbol('W', shapeOf('m', 'n'))
const V = symbol('V', shapeOf('n', 'p'))
const x = symbol('x', shapeOf('n'))
const y = symbol('y', shapeOf('n'))
const b = symbol('b', shapeOf('m'))
const s = symbol('s')
const one = number(rational(1))
const sum = (at: typeof i, high: string, body: Expr) => indexedSum(at, one, dimensionOf(high), body)

test.each<[string, Expr | undefined, Expr | undefined]>([
  ['entries', gather(entry(b, i), rows), b],
  [
    'an affine map',
    gather(add(sum(j, 'n', multiply(entry(W, i, j), entry(x, j))), entry(b, i)), rows),
    add(multiply(W, x), b),
  ],
  ['a scalar factor', gather(multiply(s, entry(b, i)), rows), multiply(s, b)],
  ['a number among entries', gather(add(one, negate(entry(b, i))), rows), add(ones(shapeOf('m')), negate(b))],
  ['an outer product', gather(multiply(entry(b, i), entry(x, j)), rows, columns), multiply(b, transpose(x))],
  [
    'entries of the transpose',
    gather(entry(W, j, i), { symbol: i, extent: 'n' }, { symbol: j, extent: 'm' }),
    transpose(W),
  ],
  ['a function of entries', gather(expOf(entry(W, i, j)), rows, columns), expOf(W)],
  ['a row times a vector', gather(multiply(rowOf(W, i), x), rows), multiply(W, x)],
  ['a fixed column', gather(entry(W, i, k), rows), columnOf(W, k)],
  ['a delta', gather(delta(i, j), { symbol: i, extent: 'n' }, columns), identity('n')],
  [
    'a product of matrices',
    gather(sum(k, 'n', multiply(entry(W, i, k), entry(V, k, j))), rows, { symbol: j, extent: 'p' }),
    multiply(W, V),
  ],
  ['a shifted index', gather(entry(b, add(i, one)), rows), undefined],
  ['an index as a number', gather(multiply(i, entry(b, i)), rows), undefined],
  ['a side of another size', gather(entry(x, i), rows), undefined],
])('%s over all indices', (_, found, expected) => {
  expect(found).toBe(expected)
})

test.each<[string, Expr | undefined, Expr | undefined]>([
  [
    'products of entries',
    raise(multiply(entry(x, j), logOf(entry(y, j))), columns),
    multiply(transpose(x), logOf(y)),
  ],
  [
    'three factors',
    raise(multiply(entry(x, j), entry(y, j), entry(x, j)), columns),
    multiply(transpose(x), hadamard(y, x)),
  ],
  ['squares', raise(squareOf(entry(x, j)), columns), squaredNormOf(x)],
  ['cubes', raise(power(entry(x, j), number(rational(3))), columns), sumOf(power(x, number(rational(3))))],
  ['a constant factor', raise(multiply(s, entry(x, j)), columns), multiply(s, sumOf(x))],
  [
    'a double sum',
    raise(sum(j, 'n', multiply(entry(b, i), entry(W, i, j), entry(x, j))), rows),
    multiply(transpose(b), W, x),
  ],
  ['all entries of a matrix', raise(sum(j, 'n', entry(W, i, j)), rows), sumOf(W)],
  ['what does not run', raise(s, columns), multiply(dimensionOf('n'), s)],
  ['members of a family', raise(squaredNormOf(member(W, i)), rows), undefined],
])('the sum of %s', (_, found, expected) => {
  expect(found).toBe(expected)
})

test('a call of the sum is raised when its range is that of the array', () => {
  const whole = sum(j, 'n', multiply(entry(x, j), entry(y, j))) as Call
  expect(raiseSum(whole)).toBe(multiply(transpose(x), y))
  const part = indexedSum(j, number(rational(2)), dimensionOf('n'), entry(x, j)) as Call
  expect(raiseSum(part)).toBeUndefined()
})

test('a formula of one number acts on an array entry by entry', () => {
  const t = symbol('t')
  const body = add(multiply(s, t), one)
  const expected = add(multiply(s, W), ones(W.shape))
  expect(liftOver(body, new Map([[t, W]]), W.shape)).toBe(expected)
})
