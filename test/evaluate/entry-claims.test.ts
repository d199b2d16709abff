import { expect, test } from 'vitest'
import type { Claim } from '../../src/evaluate/claim.js'
import { verifyDerivation } from '../../src/evaluate/verify.js'
import type { Fact } from '../../src/expr/problem.js'
import { add, hadamard, multiply, subtract, transpose } from '../../src/ops/core.js'
import { dimensionOf } from '../../src/ops/dimension.js'
import { basisVector, delta, entry, indexedSum } from '../../src/ops/indexed.js'
import { kroneckerOf } from '../../src/ops/kronecker.js'
import { squaredNormOf } from '../../src/ops/norms.js'
import { engines, fact, index, matrix, num, size, vector } from './support.js'

const [i, j, k, l] = [index('i'), index('j'), index('k'), index('l')]
const A = matrix('A', 'm', 'n')
const X = matrix('X', 'n', 'p')
const B = matrix('B', 'p', 'q')
const S = matrix('S', 'n', 'n')
const x = vector('x', 'n')
const y = vector('y', 'm')

async function statusOf(claim: Claim, facts: readonly Fact[] = []): Promise<string> {
  const { claims } = await verifyDerivation({ definitions: [], facts, claims: [claim] }, engines)
  return claims[0]!.status
}

const byEntry = (row = i, column = j) => ({ by: [{ row, column }] })
const loss = squaredNormOf(subtract(multiply(A, x), y))
const residual = (row = i) =>
  subtract(indexedSum(k, num(1), dimensionOf('n'), multiply(entry(A, row, k), entry(x, k))), entry(y, row))

test('an entry of a gradient is compared at every value of its indices', async () => {
  const claim = { kind: 'entry', order: 1, output: loss, wrt: A, entry: byEntry() } as const
  const right = multiply(num(2), residual(), entry(x, j))
  expect(await statusOf({ ...claim, result: right })).toBe('agrees')
  expect(await statusOf({ ...claim, result: multiply(num(2), residual(), entry(x, num(1))) })).toBe('refuted')
})

test('a missing delta is refuted', async () => {
  const output = multiply(A, X, B)
  const claim = {
    kind: 'entry',
    order: 1,
    output,
    wrt: X,
    entry: { of: { row: i, column: j }, by: [{ row: k, column: l }] },
  } as const
  expect(await statusOf({ ...claim, result: multiply(entry(A, i, k), entry(B, l, j)) })).toBe('agrees')
  const square = { ...claim, output: hadamard(X, X) }
  const right = multiply(num(2), entry(X, i, j), delta(i, k), delta(j, l))
  expect(await statusOf({ ...square, result: right })).toBe('agrees')
  expect(await statusOf({ ...square, result: multiply(num(2), entry(X, i, j), delta(i, k)) })).toBe('refuted')
})

test('a row of a gradient has its entries', async () => {
  const claim = { kind: 'entry', order: 1, output: loss, wrt: A, entry: { by: [{ row: i }] } } as const
  expect(await statusOf({ ...claim, result: multiply(num(2), residual(), transpose(x)) })).toBe('agrees')
  expect(await statusOf({ ...claim, result: transpose(x) })).toBe('refuted')
})

test('an entry of a Hessian is compared with the change of the gradient', async () => {
  const output = multiply(transpose(x), S, x)
  const claim = { kind: 'entry', order: 2, output, wrt: x, entry: { by: [{ row: i }, { row: j }] } } as const
  expect(await statusOf({ ...claim, result: add(entry(S, i, j), entry(S, j, i)) })).toBe('agrees')
  expect(await statusOf({ ...claim, result: multiply(num(2), entry(S, i, j)) })).toBe('refuted')
})

test('a mixed second derivative has the first variable by rows', async () => {
  const output = multiply(transpose(y), A, x)
  const claim = { kind: 'hessian', order: 2, output, wrt: y, second: x } as const
  expect(await statusOf({ ...claim, result: A })).toBe('agrees')
  expect(await statusOf({ ...claim, result: multiply(num(2), A) })).toBe('refuted')
})

test('a Kronecker form is compared between stacked columns', async () => {
  const claim = { kind: 'kronecker', order: 1, output: multiply(A, X, B), wrt: X } as const
  expect(await statusOf({ ...claim, result: kroneckerOf(transpose(B), A) })).toBe('agrees')
  const square = { kind: 'kronecker', order: 1, output: multiply(S, S), wrt: S } as const
  expect(await statusOf({ ...square, result: kroneckerOf(S, transpose(S)) })).toBe('refuted')
})

test('a turned result is read the other way round', async () => {
  const claim = { kind: 'jacobian', order: 1, output: multiply(A, x), wrt: x, turned: true } as const
  expect(await statusOf({ ...claim, result: transpose(A) })).toBe('agrees')
})

test('sizes are drawn so that shifted indices lie in their arrays', async () => {
  const [w, g, s] = [vector('w', 'k'), vector('g', 'm'), vector('s', 'n')]
  const [a, b] = [index('a'), index('b')]
  const shifted = add(a, b, num(-1))
  const over = (body: (unit: typeof b) => Parameters<typeof indexedSum>[3]) =>
    indexedSum(
      a,
      num(1),
      dimensionOf('m'),
      multiply(entry(g, a), indexedSum(b, num(1), dimensionOf('k'), body(b))),
    )
  const output = over(unit => multiply(entry(w, unit), entry(s, shifted)))
  const result = over(unit => multiply(entry(s, shifted), basisVector(unit, 'k')))
  const claim = { kind: 'gradient', order: 1, output, wrt: w, result } as const
  expect(await statusOf(claim)).toBe('agrees')
  const sizes = fact(size('n'), add(size('m'), size('k'), num(-1)))
  expect(await statusOf(claim, [sizes])).toBe('agrees')
})
