import { expect, test } from 'vitest'
import { startBudget } from '../../src/base/limits.js'
import { reverse } from '../../src/calculus/reverse.js'
import { verifyDerivation, wantVerified } from '../../src/evaluate/verify.js'
import type { Call, Expr } from '../../src/expr/node.js'
import type { Rule } from '../../src/expr/rule.js'
import type { Step, StepKind } from '../../src/expr/step.js'
import { abstractFunction } from '../../src/ops/abstract.js'
import { relu } from '../../src/ops/activations.js'
import { applyOp } from '../../src/ops/apply.js'
import { add, hadamard, inner, multiply, negate, ones, subtract } from '../../src/ops/core.js'
import { entry, indexedSum } from '../../src/ops/indexed.js'
import { inverseOf } from '../../src/ops/matrix.js'
import { expOf, logOf, power, sqrtOf, squareOf } from '../../src/ops/powers.js'
import { absOf } from '../../src/ops/signs.js'
import { softmax } from '../../src/ops/softmax.js'
import { hyperbolicTangent } from '../../src/ops/trigonometric.js'
import {
  checkSteps,
  define,
  engines,
  index,
  matrix,
  num,
  scalar,
  size,
  untouched,
  vector,
} from './support.js'

const [s, t] = [scalar('s'), scalar('t')]
const [x, y] = [vector('x', 'n'), vector('y', 'n')]
const A = matrix('A', 'm', 'n')
const d = matrix('d', 'm', 1)
const rule = (id: string): Rule => ({ id, name: id, statement: '', source: '', sentence: '', level: 'every' })
const step = (kind: StepKind, before: Expr, after: Expr, at?: Expr, argument?: number): Step => ({
  kind,
  rule: rule('tested-rule'),
  before,
  after,
  at,
  argument,
})
const check = (only: Step) => checkSteps({ definitions: [], steps: [only] })[0]
const pull = (node: Expr, k: number, g: Expr) => {
  const { op, args } = node as Call
  return step('pull', g, op.pull!(g, args, k, node), node, k)
}

test('right rewritings agree and wrong ones are refuted by the name of their rule', () => {
  expect(check(step('rewrite', multiply(s, add(s, t)), add(squareOf(s), multiply(s, t))))).toMatchObject({
    status: 'agrees',
  })
  expect(check(step('rewrite', squareOf(add(s, t)), add(squareOf(s), squareOf(t))))).toMatchObject({
    status: 'refuted',
    rule: 'tested-rule',
  })
})

test('identities that hold for positive numbers only are refuted', () => {
  const pairs: readonly (readonly [Expr, Expr])[] = [
    [sqrtOf(squareOf(s)), s],
    [logOf(squareOf(s)), multiply(num(2), logOf(s))],
    [absOf(s), s],
    [applyOp(relu, s), s],
    [sqrtOf(multiply(s, t)), multiply(sqrtOf(s), sqrtOf(t))],
    [power(squareOf(s), num(1, 2)), s],
  ]
  for (const [before, after] of pairs) {
    expect(check(step('rewrite', before, after))).toMatchObject({ status: 'refuted' })
  }
})

test('a rewriting that may only shrink the domain is refuted, and one within the domain agrees', () => {
  expect(check(step('rewrite', s, expOf(logOf(s))))).toMatchObject({ status: 'refuted' })
  expect(check(step('rewrite', expOf(logOf(s)), s))).toMatchObject({ status: 'agrees' })
})

test('what is carried through an operation is compared with differences of the operation', () => {
  const z = multiply(A, x)
  const g = vector('g', 'n')
  const calls: readonly (readonly [Expr, number, Expr])[] = [
    [z, 0, d],
    [z, 1, d],
    [applyOp(softmax, x), 0, g],
    [hadamard(x, y), 1, g],
    [applyOp(hyperbolicTangent, x), 0, g],
    [applyOp(abstractFunction('g'), x), 0, g],
    [power(s, t), 1, t],
    [inverseOf(matrix('B', 'n', 'n')), 0, matrix('G', 'n', 'n')],
    [applyOp(relu, x), 0, g],
  ]
  for (const [node, k, incoming] of calls) {
    const right = pull(node, k, incoming)
    expect(check(right)).toMatchObject({ status: 'agrees' })
    expect(check({ ...right, after: negate(right.after) })).toMatchObject({ status: 'refuted' })
    expect(check({ ...right, after: multiply(num(101, 100), right.after) })).toMatchObject({
      status: 'refuted',
    })
  }
})

test('a missing transpose in an adjoint is refuted', () => {
  const B = matrix('B', 'n', 'n')
  expect(check(step('pull', y, multiply(B, y), multiply(B, x), 1))).toMatchObject({ status: 'refuted' })
})

test('a differential is carried forward, and so is a Jacobian, column by column', () => {
  const z = multiply(A, x) as Call
  const dx = vector('dx', 'n')
  const J = matrix('J', 'n', 'p')
  const right = step('push', dx, multiply(A, dx), z, 1)
  expect(check(right)).toMatchObject({ status: 'agrees' })
  expect(check(step('push', J, multiply(A, J), z, 1))).toMatchObject({ status: 'agrees' })
  expect(check(step('push', J, multiply(num(2), A, J), z, 1))).toMatchObject({ status: 'refuted' })
})

test('names that steps introduce have their bodies', () => {
  const delta = vector('delta', 'n')
  const body = subtract(applyOp(softmax, x), y)
  const named = { ...step('given', body, delta), name: delta }
  const used = step('rewrite', add(delta, y), applyOp(softmax, x))
  const [first, second] = checkSteps({ definitions: [], steps: [named, used] })
  expect(first).toBeUndefined()
  expect(second).toMatchObject({ status: 'agrees' })
})

test('steps inside a sum have their open index inside its range', () => {
  const open = index('#open0')
  const before = multiply(entry(x, open), entry(x, open))
  expect(check(step('rewrite', before, squareOf(entry(x, open))))).toMatchObject({ status: 'agrees' })
})

test('a sum over an index is rewritten as a product', () => {
  const i = index('i')
  const sum = indexedSum(i, num(1), size('n'), multiply(entry(x, i), entry(y, i)))
  expect(check(step('rewrite', sum, inner(x, y)))).toMatchObject({ status: 'agrees' })
})

test('a zero factor may take something undefined with it', () => {
  const singular = multiply(num(0), logOf(negate(squareOf(s))))
  const [checked] = checkSteps({
    definitions: [],
    outputs: [s],
    steps: [step('rewrite', singular, num(0))],
  })
  expect(checked).toMatchObject({ status: 'undecided' })
})

test('every step of a reverse pass over a network agrees, and a spoilt one is found among them', async () => {
  const [z, h] = [vector('z', 'm'), vector('h', 'm')]
  const definitions = [
    define(z, multiply(A, x)),
    define(h, hadamard(applyOp(hyperbolicTangent, z), subtract(ones(z.shape), applyOp(relu, z)))),
  ]
  const output = inner(h, subtract(h, vector('target', 'm')))
  let names = 0
  const request = {
    definitions,
    output,
    wrt: [A, x],
    tidy: untouched,
    nameFor: () => `delta_${names++}`,
    budget: startBudget(),
  }
  const { answer, steps } = reverse(request)
  const claims = [A, x].map(wrt => ({
    kind: 'gradient' as const,
    order: 1 as const,
    output,
    wrt,
    result: answer.gradients.get(wrt)!,
  }))
  const derivation = { definitions, names: answer.adjoints, claims, steps }
  const verification = await verifyDerivation(derivation, engines)
  expect(new Set(verification.claims.map(each => each.status))).toEqual(new Set(['agrees']))
  const checked = verification.steps.filter(each => each !== undefined)
  expect(checked.length).toBeGreaterThan(5)
  expect(new Set(checked.map(each => each.status))).toEqual(new Set(['agrees']))

  const at = steps.findIndex(each => each.kind === 'pull' && each.rule.id === 'hadamard-rule')
  const spoilt = steps.map((each, k) => (k === at ? { ...each, after: multiply(num(2), each.after) } : each))
  const found = await verifyDerivation({ ...derivation, steps: spoilt }, engines)
  expect(found.steps.map((each, k) => (each?.status === 'refuted' ? k : -1)).filter(k => k >= 0)).toEqual([
    at,
  ])
  expect(() => wantVerified(found, { ...derivation, steps: spoilt })).toThrow(
    expect.objectContaining({ name: 'VerificationError', message: expect.stringContaining('hadamard-rule') }),
  )
})

test('the steps of 2,000 layers are checked in a time that grows with their number', () => {
  const steps: Step[] = []
  const definitions = []
  let last = s
  for (let i = 0; i < 2000; i++) {
    const next = scalar(`z_${i}`)
    const body = applyOp(hyperbolicTangent, multiply(scalar(`w_${i % 7}`), last)) as Call
    definitions.push(define(next, body))
    steps.push(pull(body, 0, scalar('g')))
    last = next
  }
  const checks = checkSteps({ definitions, steps, outputs: [last] })
  expect(new Set(checks.map(each => each?.status))).toEqual(new Set(['agrees']))
})
