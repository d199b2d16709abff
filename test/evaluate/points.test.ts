import { expect, test } from 'vitest'
import { evaluateExpr } from '../../src/evaluate/evaluate.js'
import { type Design, designPoints, type Pieces } from '../../src/evaluate/points.js'
import type { Expr, Sym } from '../../src/expr/node.js'
import { abstractFunction } from '../../src/ops/abstract.js'
import { relu } from '../../src/ops/activations.js'
import { applyOp } from '../../src/ops/apply.js'
import { greaterOf } from '../../src/ops/comparison.js'
import { add, divide, inner, multiply, ones, subtract, sumOf, transpose } from '../../src/ops/core.js'
import { entry } from '../../src/ops/indexed.js'
import { identity, inverseOf, logDeterminant } from '../../src/ops/matrix.js'
import { choose, maximumOf } from '../../src/ops/piecewise.js'
import { logOf, sqrtOf } from '../../src/ops/powers.js'
import { declare, define, fact, index, matrix, num, scalar, size, tensors, vector } from './support.js'

const [s, t] = [scalar('s'), scalar('t')]
const [x, y] = [vector('x', 'n'), vector('y', 'n')]
const A = matrix('A', 'n', 'n')

const design = (outputs: readonly Expr[], rest: Partial<Pieces> = {}): Design =>
  designPoints(tensors, { outputs, definitions: [], ...rest })
const pointsOf = ({ groups }: Design) => groups.flatMap(({ points }) => points)
const entriesOf = (made: Design, symbol: Sym) =>
  pointsOf(made).map(point => [...point.values.get(symbol)!.data])
const valuesOf = (made: Design, node: Expr) =>
  pointsOf(made).map(point => [...evaluateExpr(tensors, [node], point)[0]!.data])
const total = (entries: readonly number[]) => entries.reduce((sum, entry) => sum + entry, 0)

test('different names of sizes get different sizes from 2 to 5, and two choices are made', () => {
  const W = matrix('W', 'm', 'n')
  const made = design([inner(W, matrix('V', 'm', 'n')), multiply(size('k'), s)])
  expect(made.groups.length).toBe(2)
  for (const { frame } of made.groups) {
    const sizes = [...frame.sizes.values()]
    expect(sizes.length).toBe(3)
    expect(new Set(sizes).size).toBe(3)
    for (const each of sizes) expect(each >= 2 && each <= 5).toBe(true)
  }
})

test('given sizes are kept, and a declared equation between sizes holds', () => {
  const sum = [vector('a', 'n'), vector('b', 'm'), vector('c', 'k')].map(sumOf)
  const equation = fact(size('n'), add(size('m'), size('k'), num(-1)))
  const made = design([add(...sum)], { facts: [equation], sizes: new Map([['m', 4]]) })
  for (const { frame } of made.groups) {
    expect(frame.sizes.get('m')).toBe(4)
    expect(frame.sizes.get('n')).toBe(3 + frame.sizes.get('k')!)
  }
})

test('a size such as n-3 is at least one', () => {
  const made = design([add(sumOf(vector('v', 'n-3')), sumOf(x))])
  for (const { frame } of made.groups) expect(frame.sizes.get('n')!).toBeGreaterThan(3)
})

test('the same formulas give the same points, and another seed gives others', () => {
  const pieces: Pieces = { outputs: [inner(x, y)], definitions: [] }
  const [first, second] = [designPoints(tensors, pieces), designPoints(tensors, pieces)]
  expect(entriesOf(first, x)).toEqual(entriesOf(second, x))
  expect(entriesOf(designPoints(tensors, pieces, { seed: 'other' }), x)).not.toEqual(entriesOf(first, x))
})

test('numbers of both signs, of several sizes, and positive ones are drawn', () => {
  const all = entriesOf(design([sumOf(x)]), x)
  expect(all.filter(entries => entries.some(entry => entry < 0)).length).toBeGreaterThan(3)
  expect(all.filter(entries => entries.every(entry => entry > 0)).length).toBeGreaterThan(2)
  expect(all.some(entries => entries.some(entry => Math.abs(entry) > 2))).toBe(true)
})

test('entries lie in the declared set', () => {
  const sets = ['positive', 'unit-interval', 'binary', 'sign', 'integer'] as const
  const symbols = sets.map((_, i) => vector(`v_${i}`, 'n'))
  const made = design([add(...symbols)], { declarations: sets.map((set, i) => declare(symbols[i]!, set)) })
  const holds = [
    (v: number) => v > 0,
    (v: number) => v > 0 && v < 1,
    (v: number) => v === 0 || v === 1,
    (v: number) => v === 1 || v === -1,
    Number.isInteger,
  ]
  for (const [i, symbol] of symbols.entries()) {
    expect(entriesOf(made, symbol).flat().every(holds[i]!)).toBe(true)
  }
  expect(new Set(entriesOf(made, symbols[2]!).flat()).size).toBe(2)
})

test('a symmetric matrix is symmetric and a positive definite one has a Cholesky factor', () => {
  const B = matrix('B', 'n', 'n')
  const made = design([add(multiply(transpose(x), A, x), applyOp(logDeterminant, B))], {
    declarations: [declare(A, 'symmetric'), declare(B, 'positive-definite')],
  })
  expect(pointsOf(made).length).toBeGreaterThanOrEqual(12)
  for (const point of pointsOf(made)) {
    const array = point.values.get(A)!
    expect(tensors.transpose(array).data).toEqual(array.data)
    const square = point.values.get(B)!
    for (let k = 1; k <= square.rows; k++) {
      const corner = tensors.sliceColumns(tensors.sliceRows(square, 0, k), 0, k)
      expect(tensors.scalarValue(tensors.determinant(corner))).toBeGreaterThan(0)
    }
  }
})

test('a matrix declared equal to its transpose is symmetric', () => {
  const made = design([multiply(transpose(x), A, x)], { facts: [fact(A, transpose(A))] })
  for (const point of pointsOf(made)) {
    expect(tensors.transpose(point.values.get(A)!).data).toEqual(point.values.get(A)!.data)
  }
})

const one = ones(x.shape)

test('zeros and ones that add up to one are one-hot', () => {
  const made = design([inner(y, x)], {
    declarations: [declare(y, 'binary')],
    facts: [fact(multiply(transpose(one), y), num(1))],
  })
  const drawn = entriesOf(made, y)
  expect(drawn.every(entries => total(entries) === 1 && entries.every(e => e === 0 || e === 1))).toBe(true)
  expect(new Set(drawn.map(entries => entries.indexOf(1))).size).toBeGreaterThan(1)
})

test('the rows of a matrix add up to one where that is declared', () => {
  const Y = matrix('Y', 'm', 'n')
  const made = design([sumOf(Y)], {
    declarations: [declare(Y, 'positive')],
    facts: [fact(multiply(Y, one), ones(vector('v', 'm').shape))],
  })
  for (const point of pointsOf(made)) {
    for (const sum of tensors.rowSums(point.values.get(Y)!).data) expect(sum).toBeCloseTo(1, 12)
  }
})

test('any other declared fact is met: a unit vector, an orthogonal matrix, a vector given by others', () => {
  const Q = matrix('Q', 'n', 'n')
  const facts = [
    fact(multiply(transpose(x), x), num(1)),
    fact(multiply(transpose(Q), Q), identity('n')),
    fact(y, multiply(Q, x)),
  ]
  const made = design([inner(y, multiply(Q, x))], { facts })
  expect(pointsOf(made).length).toBeGreaterThanOrEqual(12)
  const gaps = [
    subtract(multiply(transpose(x), x), num(1)),
    subtract(multiply(transpose(Q), Q), identity('n')),
    subtract(y, multiply(Q, x)),
  ]
  for (const gap of gaps) {
    expect(Math.max(...valuesOf(made, gap).flat().map(Math.abs))).toBeLessThan(1e-11)
  }
})

test('facts that contradict one another leave no points, and the reason says so', () => {
  const made = design([s], { facts: [fact(s, num(1)), fact(multiply(s, s), num(4))] })
  expect(pointsOf(made)).toEqual([])
  expect(made.reason).toContain('facts')
})

test('arguments stay inside domains, also where few points do', () => {
  const narrow = add(logOf(subtract(s, num(3))), sqrtOf(subtract(num(4), s)), logOf(subtract(t, s)))
  const made = design([narrow])
  expect(pointsOf(made).length).toBeGreaterThanOrEqual(12)
  for (const point of pointsOf(made)) {
    const at = (symbol: Sym) => point.values.get(symbol)!.data[0]!
    expect(at(s) > 3 && at(s) < 4 && at(t) > at(s)).toBe(true)
  }
})

test('an empty domain leaves no points, and the reason says so', () => {
  const made = design([add(logOf(s), logOf(multiply(num(-1), s)))])
  expect(pointsOf(made)).toEqual([])
  expect(made.reason).toContain('domain')
})

test('matrices to be inverted are not singular', () => {
  const made = design([sumOf(inverseOf(A))])
  expect(pointsOf(made).length).toBeGreaterThanOrEqual(12)
  expect(
    valuesOf(made, sumOf(inverseOf(A)))
      .flat()
      .every(Number.isFinite),
  ).toBe(true)
})

test('both sides of every switch are visited, also of one that random points do not reach', () => {
  const far = applyOp(relu, subtract(s, num(20)))
  const made = design([add(far, maximumOf(s, t))])
  expect(made).toMatchObject({ visited: 4, missed: [] })
  expect(
    entriesOf(made, s)
      .flat()
      .some(entry => entry > 20),
  ).toBe(true)
})

test('a side that cannot be visited is reported', () => {
  const made = design([applyOp(relu, add(multiply(s, s), num(1)))])
  expect(made.visited).toBe(1)
  expect(made.missed).toMatchObject([{ sign: -1 }])
})

test('no point is nearer than 1e-6 to a switch, and every point knows its distance', () => {
  const made = design([sumOf(applyOp(relu, x))])
  for (const { points, clearance } of made.groups) {
    for (const [k, point] of points.entries()) {
      const nearest = Math.min(...[...point.values.get(x)!.data].map(Math.abs))
      expect(clearance[k]).toBe(nearest)
      expect(nearest).toBeGreaterThanOrEqual(1e-6)
    }
  }
})

test('a switch between isolated numbers is no kink', () => {
  const indicator = choose(greaterOf(y, ones(y.shape)), x, multiply(num(2), x))
  const made = design([sumOf(indicator)], { declarations: [declare(y, 'binary')] })
  expect(pointsOf(made).length).toBeGreaterThanOrEqual(12)
  expect(made).toMatchObject({ visited: 0, missed: [] })
})

test('a branch that is not taken may be undefined', () => {
  const made = design([choose(greaterOf(s, num(0)), logOf(s), s)])
  expect(
    entriesOf(made, s)
      .flat()
      .some(entry => entry < 0),
  ).toBe(true)
  expect(made.groups.flatMap(({ masked }) => masked)).toContain(true)
})

test('unknown functions are smooth, differ from point to point, and keep one form for one name', () => {
  const g = (order: number, at: Expr) => applyOp(abstractFunction('g', order), at)
  const made = design([add(g(0, s), applyOp(abstractFunction('h'), s))], { others: [g(1, s)] })
  const points = pointsOf(made)
  expect(made.functions).toBe(points.length)
  const forms = points.map(point => point.functions.get('g')!.parameters.map(tensors.scalarValue).join())
  expect(new Set(forms).size).toBe(points.length)
  for (const point of points) expect(point.functions.get('h')).not.toEqual(point.functions.get('g'))
})

test('derivatives of the concrete functions of every order are right', () => {
  const made = design([applyOp(abstractFunction('g'), s)])
  const { apply, parameters } = pointsOf(made)[0]!.functions.get('g')!
  const at = (v: number, order: number) =>
    tensors.scalarValue(apply(tensors, parameters, tensors.scalar(v), order))
  for (let order = 0; order < 7; order++) {
    const slope = (at(0.3 + 1e-5, order) - at(0.3 - 1e-5, order)) / 2e-5
    expect(Math.abs(slope - at(0.3, order + 1))).toBeLessThan(1e-6 * Math.max(1, Math.abs(slope)))
  }
})

test('free indices lie inside what they select from, and differ at some points', () => {
  const [i, j] = [index('i'), index('j')]
  const made = design([multiply(entry(A, i, j), entry(x, i))])
  const drawn = made.groups.map(({ frame }) => [
    frame.indices.get(i)!,
    frame.indices.get(j)!,
    frame.sizes.get('n')!,
  ])
  for (const [a, b, n] of drawn) expect(a! >= 1 && a! <= n! && b! >= 1 && b! <= n!).toBe(true)
  expect(drawn.some(([a, b]) => a !== b)).toBe(true)
})

test('a quotient keeps away from zero', () => {
  const made = design([divide(num(1), s)])
  expect(
    entriesOf(made, s)
      .flat()
      .every(entry => Math.abs(entry) >= 1e-5),
  ).toBe(true)
})

test('definitions are followed when domains are looked at', () => {
  const z = scalar('z')
  const made = design([logOf(z)], { definitions: [define(z, subtract(s, num(2)))] })
  expect(
    entriesOf(made, s)
      .flat()
      .every(entry => entry > 2),
  ).toBe(true)
})
