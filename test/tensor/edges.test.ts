import { describe, expect, it } from 'vitest'
import { seededRandom } from '../../src/base/random.js'
import type { Nested, Tensor } from '../../src/base/tensor.js'
import { loadTensors } from '../../src/tensor/load.js'
import { cramer, distance, grid, leibniz, seriesErf, times, toGrid, toTensor } from './reference.js'

const t = await loadTensors()
const of = (value: Nested): Tensor => t.fromNested(value)
const entries = (a: Tensor) => [...a.data]

describe('reading and writing nested lists', () => {
  it.each<[string, Nested, number, number]>([
    ['a number', 3, 1, 1],
    ['a list', [1, 2, 3], 3, 1],
    ['a list of rows', [[1, 2]], 1, 2],
    [
      'rows of two',
      [
        [1, 2],
        [3, 4],
        [5, 6],
      ],
      3,
      2,
    ],
  ])('%s comes back as it was', (_, value, rows, columns) => {
    expect(of(value)).toMatchObject({ rows, columns })
    expect(t.toNested(of(value))).toEqual(value)
  })

  it.each<[string, unknown]>([
    ['an empty list', []],
    ['an empty row', [[]]],
    ['rows of different lengths', [[1, 2], [3]]],
    ['numbers beside rows', [1, [2]]],
    ['rows beside numbers', [[1], 2]],
    ['lists three deep', [[[1]]]],
  ])('%s is a shape error', (_, value) => {
    expect(() => of(value as Nested)).toThrow(expect.objectContaining({ name: 'ShapeError' }))
  })

  it.each([Number.NaN, Number.POSITIVE_INFINITY])('%s is no entry', value => {
    expect(() => of([1, value])).toThrow(expect.objectContaining({ name: 'DomainError', code: 'not-finite' }))
  })

  it('copies the entries it is given', () => {
    const given = [1, 2]
    const a = t.create(2, 1, given)
    given[0] = 9
    expect(entries(a)).toEqual([1, 2])
  })
})

describe('shapes that do not fit', () => {
  const a = of([
    [1, 2, 3],
    [4, 5, 6],
  ])
  const b = of([
    [1, 2],
    [3, 4],
  ])
  it.each<[string, () => unknown, string]>([
    ['add', () => t.add(a, b), 'cannot add 2×3 and 2×2'],
    ['zip', () => t.zip(a, b, (x, y) => x + y), 'cannot combine entry by entry 2×3 and 2×2'],
    ['matmul', () => t.matmul(a, a), 'cannot multiply 2×3 and 2×3'],
    ['inverse', () => t.inverse(a), 'an inverse needs a square matrix, but this one is 2×3'],
    ['determinant', () => t.determinant(a), 'a determinant needs a square matrix, but this one is 2×3'],
    ['logDeterminant', () => t.logDeterminant(a), 'a determinant needs a square matrix, but this one is 2×3'],
    ['trace', () => t.trace(a), 'a trace needs a square matrix, but this one is 2×3'],
    ['diagonalOf', () => t.diagonalOf(a), 'a diagonal needs a square matrix, but this one is 2×3'],
    ['diagonalMatrix', () => t.diagonalMatrix(b), 'a diagonal is a vector, but this is 2×2'],
    ['outer', () => t.outer(b, b), 'a factor of an outer product is a vector, but this is 2×2'],
    ['scale', () => t.scale(b, a), 'a scalar is a number, but this is 2×2'],
    ['scalarValue', () => t.scalarValue(b), 'a scalar is a number, but this is 2×2'],
    ['broadcast', () => t.broadcast(b, 4, 2), 'cannot repeat 2×2 to 4×2'],
    ['reshape', () => t.reshape(a, 2, 2), 'cannot arrange the entries of 2×3 as 2×2'],
    ['concatRows', () => t.concatRows([a, b]), 'cannot stack 2×3 and 2×2'],
    ['concatColumns', () => t.concatColumns([a, t.transpose(a)]), 'cannot put side by side 2×3 and 3×2'],
    ['concatenating nothing', () => t.concatRows([]), 'cannot join an empty list of arrays'],
    ['sliceRows', () => t.sliceRows(a, 1, 3), 'rows 1 to 3 are not among the 2 there are'],
    ['sliceColumns', () => t.sliceColumns(a, 2, 2), 'columns 2 to 2 are not among the 3 there are'],
    ['at', () => t.at(a, -1, 0), 'rows -1 to 0 are not among the 2 there are'],
    ['entry', () => t.entry(a, 0, 3), 'columns 3 to 4 are not among the 3 there are'],
    ['where', () => t.where(b, a, a), 'cannot choose by 2×2 and 2×3'],
    ['create', () => t.create(2, 2, [1, 2, 3]), 'a 2×2 matrix has 4 entries, but 3 were given'],
  ])('%s says which', (_, run, message) => {
    expect(run).toThrow(expect.objectContaining({ name: 'ShapeError', message }))
  })
})

describe('functions at the edge of their domain', () => {
  it.each<[string, Tensor, number[]]>([
    ['log', t.log(of([0, -1])), [Number.NEGATIVE_INFINITY, Number.NaN]],
    ['sqrt', t.sqrt(of([0, -1])), [0, Number.NaN]],
    ['asin', t.asin(of([1, 2])), [Math.PI / 2, Number.NaN]],
    ['acos', t.acos(of([1, -2])), [0, Number.NaN]],
    ['sign', t.sign(of([0, -3, 5])), [0, -1, 1]],
    ['pow', t.pow(of([0, -8, -8, -2]), of([0, 1 / 3, 2, -1])), [1, Number.NaN, 64, -0.5]],
    ['powConstant', t.powConstant(of([-8, 8]), 1 / 3), [Number.NaN, 2]],
    ['sigmoid', t.sigmoid(of([-1000, 0, 1000])), [0, 0.5, 1]],
    ['softplus', t.softplus(of([-1000, 1000])), [0, 1000]],
    ['tanh', t.tanh(of([-1000, 1000])), [-1, 1]],
    ['erf', t.erf(of([-30, 0, 30])), [-1, 0, 1]],
    ['softmaxRows', t.softmaxRows(of([[1000, 0, -1000]])), [1, 0, 0]],
    ['logSumExpRows', t.logSumExpRows(of([[1000, 1000]])), [1000 + Math.log(2)]],
    ['norm2 of nothing', t.norm2(of([0, 0])), [0]],
    ['where', t.where(of([1, 0]), of([1, 2]), t.log(of([-1, 1]))), [1, 0]],
  ])('%s gives what IEEE arithmetic gives', (_, found, expected) => {
    for (const [i, value] of expected.entries()) {
      if (Number.isFinite(value)) expect(found.data[i]! - value).toBeCloseTo(0, 12)
      else expect(found.data[i]).toBe(value)
    }
  })

  it('finds small values of sigmoid, softplus and erf to full relative accuracy', () => {
    for (const x of [-40, -5, -0.1]) {
      expect(t.sigmoid(of(x)).data[0]! / Math.exp(x)).toBeCloseTo(1 / (1 + Math.exp(x)), 13)
      expect(t.softplus(of(x)).data[0]! / Math.log1p(Math.exp(x))).toBeCloseTo(1, 13)
    }
    for (const x of [1e-9, 0.3, 2.9]) expect(t.erf(of(x)).data[0]! / seriesErf(x)).toBeCloseTo(1, 13)
  })

  it('finds the norm of a vector whose squares overflow or vanish', () => {
    for (const scale of [1e200, 1e-200]) {
      expect(t.norm2(of([3 * scale, 4 * scale])).data[0]! / scale).toBeCloseTo(5, 14)
    }
  })

  it('finds the first of the greatest entries of a row', () => {
    expect(
      entries(
        t.rowArgmax(
          of([
            [1, 3, 3],
            [7, 2, 1],
          ]),
        ),
      ),
    ).toEqual([1, 0])
  })

  it('tells finite arrays from others', () => {
    expect(t.isFinite(of([1, 2]))).toBe(true)
    expect(t.isFinite(t.log(of([0, 1])))).toBe(false)
  })
})

describe('determinants and inverses', () => {
  it.each<[string, Nested]>([
    ['a zero', 0],
    [
      'proportional rows',
      [
        [1, 2],
        [2, 4],
      ],
    ],
    [
      'rows proportional up to rounding',
      [
        [0.1, 0.2, 0.3],
        [0.3, 0.6, 0.9],
        [1, 5, 2],
      ],
    ],
    [
      'a zero matrix',
      [
        [0, 0],
        [0, 0],
      ],
    ],
  ])('%s has no inverse', (_, value) => {
    expect(() => t.inverse(of(value))).toThrow(
      expect.objectContaining({ name: 'DomainError', code: 'singular-matrix' }),
    )
  })

  it('a singular matrix has determinant 0, of which the logarithm is −∞', () => {
    expect(
      t.determinant(
        of([
          [1, 2],
          [2, 4],
        ]),
      ).data[0],
    ).toBeCloseTo(0, 15)
    expect(
      t.logDeterminant(
        of([
          [1, 2],
          [2, 4],
        ]),
      ).data[0],
    ).toBe(Number.NEGATIVE_INFINITY)
  })

  it('an entry that is not finite spoils the answer and nothing else', () => {
    const a = t.log(
      of([
        [0, 1],
        [2, 3],
      ]),
    )
    expect(t.determinant(a).data[0]).toBeNaN()
    expect(t.logDeterminant(a).data[0]).toBeNaN()
    expect(t.inverse(a).data[0]).toBeNaN()
  })

  it('small pivots and small matrices lose no digits', () => {
    const random = seededRandom('small pivots')
    for (const scale of [1, 1e-8, 1e8]) {
      for (const size of [3, 4, 5]) {
        const a = grid(size, size, (i, j) => scale * (i + j === 0 ? 1e-7 : random.between(-2, 2)))
        const determinant = leibniz(a)
        expect(t.determinant(toTensor(a)).data[0]! / determinant).toBeCloseTo(1, 11)
        expect(t.logDeterminant(toTensor(a)).data[0]).toBeCloseTo(Math.log(Math.abs(determinant)), 10)
        const unit = times(a, toGrid(t.inverse(toTensor(a))))
        expect(
          distance(
            unit,
            grid(size, size, (i, j) => (i === j ? 1 : 0)),
          ),
        ).toBeLessThan(1e-12)
        expect(distance(toGrid(t.inverse(toTensor(a))), cramer(a))).toBeLessThan(1e-11)
      }
    }
  })

  it('a determinant out of range keeps its logarithm', () => {
    const a = grid(5, 5, (i, j) => (i === j ? 1e-100 : 0))
    expect(t.determinant(toTensor(a)).data[0]).toBe(0)
    expect(t.logDeterminant(toTensor(a)).data[0]).toBeCloseTo(-500 * Math.log(10), 9)
  })
})
