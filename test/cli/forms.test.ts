import { expect, test } from 'vitest'
import { run } from './harness.js'

const SANDWICH = 'A in R^(m x n)\nX in R^(n x p)\nB in R^(p x q)\nY = A*X*B\n'
const QUADRATIC = "A in R^(m x n)\nx in R^m\ny in R^n\nf = x'*A*y\n"

const text = async (source: string, ...args: string[]) =>
  (await run(['derive', '-', '--to', 'text', '--no-verify', ...args], { input: source })).out

test('--form gives a derivative as a map, by entries or between stacked columns', async () => {
  const asked = ['--of', 'Y', '--wrt', 'X']
  expect(await text(SANDWICH, ...asked)).toMatch(
    /dY += A\*dX\*B {3}\(product rule for matrices\)\n {2}dY\[i, j\]\/dX\[k, l\] = A\[i, k\]\*B\[l, j\]/,
  )
  expect(await text(SANDWICH, ...asked, '--form', 'index')).toContain('dY[i, j]/dX[k, l] = A[i, k]*B[l, j]')
  expect(await text(SANDWICH, ...asked, '--form', 'kronecker')).toContain("dvec(Y)/dvec(X)' = kron(B', A)")
  expect(await text(QUADRATIC, '--wrt', 'x', '--form', 'map')).toContain("df = dx'*A*y")
})

test('--layout turns a derivative and the page says so', async () => {
  const page = await text(QUADRATIC, '--wrt', 'x', '--layout', 'numerator')
  expect(page).toContain("df/dx = y'*A'")
  expect(page).toContain('Numerator layout: each derivative has the shape of its variable transposed.')
})

test('--second asks for a mixed second derivative', async () => {
  const page = await text(QUADRATIC, '--wrt', 'x', '--second', 'y')
  expect(page).toContain("d2f/dxdy' = A")
  expect(page).toContain('A mixed second derivative has a row for each entry of the first variable')
})

test('entries are asked for by name', async () => {
  expect(await text(QUADRATIC, '--wrt', 'A[p,q],x_{i}')).toMatch(
    /df\/dA\[p, q\] = x\[p\]\*y\[q\]\n {2}df\/dx\[i\] +=/,
  )
})

test('a word that is no form or layout is refused', async () => {
  const { code, err } = await run(['derive', '-', '--form', 'tensor'], { input: SANDWICH })
  expect(code).toBe(2)
  expect(err).toContain('--form must be one of map, index, kronecker, not tensor')
})

test('a batch answers with all axes, whatever the form', async () => {
  const request = {
    task: 'derive',
    syntax: 'plain',
    decls: [
      { name: 'A', shape: ['m', 'n'] },
      { name: 'X', shape: ['n', 'p'] },
    ],
    expr: 'A*X',
    wrt: 'X',
    bindings: {
      A: [
        [1, 2],
        [3, 4],
      ],
      X: [[1], [2]],
    },
  }
  const requests = [{}, { form: 'map' }, { form: 'index' }, { form: 'kronecker' }].map(more => ({
    ...request,
    ...more,
  }))
  const entry = { ...request, wrt: 'X[1,1]', expr: 'sum(A*X)' }
  const mixed = { ...request, expr: 'sum(A*X)', wrt: 'A', second: 'X', order: 2, form: 'index' }
  const input = [...requests, entry, mixed].map(each => JSON.stringify(each)).join('\n')
  const { out } = await run(['batch', '--no-verify'], { input })
  const answers = out
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line))
  const whole = [[[[1], [2]]], [[[3], [4]]]]
  for (const answer of answers.slice(0, 4))
    expect([answer.shape, answer.value]).toEqual([[2, 1, 2, 1], whole])
  expect(answers.slice(0, 4).map(({ form }) => form)).toEqual([
    'differential',
    'differential',
    'entry',
    'kronecker',
  ])
  expect(answers[2].plain).toBe('A[i, k]*kdelta(j, l)')
  expect([answers[4].shape, answers[4].value]).toEqual([[], 4])
  expect(answers[5].entries.plain).toBe('d2(sum(A*X))/dA[i, j]dX[k, l] = kdelta(j, k)')
  expect(answers[5].shape).toEqual([2, 2, 2, 1])
})
