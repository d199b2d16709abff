import { expect, test } from 'vitest'
import type { Claim } from '../../src/evaluate/claim.js'
import { adjointClaim, verifyDerivation, wantVerified } from '../../src/evaluate/verify.js'
import type { Expr, Sym } from '../../src/expr/node.js'
import { abstractFunction } from '../../src/ops/abstract.js'
import { relu, sigmoid, sigmoidOf } from '../../src/ops/activations.js'
import { applyOp } from '../../src/ops/apply.js'
import { greaterOf } from '../../src/ops/comparison.js'
import * as core from '../../src/ops/core.js'
import {
  add,
  hadamard,
  inner,
  multiply,
  negate,
  ones,
  subtract,
  sumOf,
  transpose,
  zeros,
} from '../../src/ops/core.js'
import { basisVector, entry, indexedSum, member } from '../../src/ops/indexed.js'
import { diagonalMatrixOf, identity, inverseOf, logDeterminant } from '../../src/ops/matrix.js'
import { squaredNormOf } from '../../src/ops/norms.js'
import { choose } from '../../src/ops/piecewise.js'
import { expOf, logOf, power, sqrtOf, squareOf } from '../../src/ops/powers.js'
import { absOf, signOf } from '../../src/ops/signs.js'
import { softmax } from '../../src/ops/softmax.js'
import { cosine, hyperbolicTangent, sine } from '../../src/ops/trigonometric.js'
import {
  checkGradient,
  declare,
  define,
  engines,
  fact,
  index,
  matrix,
  num,
  scalar,
  size,
  vector,
} from './support.js'

const [s, t] = [scalar('s'), scalar('t')]
const [x, y] = [vector('x', 'n'), vector('y', 'n')]
const A = matrix('A', 'n', 'n')
const two = num(2)
const one = ones(x.shape)
const sin = (u: Expr) => applyOp(sine, u)
const cos = (u: Expr) => applyOp(cosine, u)
const tanh = (u: Expr) => applyOp(hyperbolicTangent, u)
const g = (order: number, at: Expr) => applyOp(abstractFunction('g', order), at)
const divide = core.divide

const quadratic = multiply(transpose(x), A, x)
const residual = subtract(multiply(A, x), y)
const crossEntropy = negate(inner(y, logOf(applyOp(softmax, x))))

test('right gradients of textbook functions agree', async () => {
  const cases: readonly (readonly [Expr, Sym, Expr])[] = [
    [quadratic, x, multiply(add(A, transpose(A)), x)],
    [quadratic, A, multiply(x, transpose(x))],
    [squaredNormOf(residual), x, multiply(two, transpose(A), residual)],
    [
      multiply(transpose(x), inverseOf(A), y),
      A,
      negate(multiply(transpose(inverseOf(A)), x, transpose(y), transpose(inverseOf(A)))),
    ],
    [applyOp(logDeterminant, A), A, transpose(inverseOf(A))],
    [sumOf(sin(x)), x, cos(x)],
    [power(s, t), t, multiply(power(s, t), logOf(s))],
    [crossEntropy, x, subtract(multiply(sumOf(y), applyOp(softmax, x)), y)],
    [add(s, t), scalar('w'), zeros(s.shape)],
    [sumOf(absOf(x)), x, signOf(x)],
  ]
  for (const [output, wrt, result] of cases) {
    const check = await checkGradient(output, wrt, result)
    expect(check).toMatchObject({ status: 'agrees', branches: { missed: 0 } })
    expect(check.points).toBeGreaterThanOrEqual(12)
    expect(check.largestDifference).toBeLessThan(1e-9)
  }
})

test('a gradient that holds only under a declared fact agrees with the fact and is refuted without it', async () => {
  const facts = [fact(multiply(transpose(one), y), num(1))]
  const result = subtract(applyOp(softmax, x), y)
  expect(await checkGradient(crossEntropy, x, result, { facts })).toMatchObject({ status: 'agrees' })
  expect(await checkGradient(crossEntropy, x, result)).toMatchObject({ status: 'refuted' })
  const symmetric = multiply(two, A, x)
  expect(await checkGradient(quadratic, x, symmetric, { facts: [fact(A, transpose(A))] })).toMatchObject({
    status: 'agrees',
  })
  expect(await checkGradient(quadratic, x, symmetric)).toMatchObject({ status: 'refuted' })
})

test('entries of a symmetric matrix are varied one by one', async () => {
  const declarations = [declare(A, 'symmetric')]
  expect(await checkGradient(quadratic, A, multiply(x, transpose(x)), { declarations })).toMatchObject({
    status: 'agrees',
  })
})

test('every usual slip is refuted', async () => {
  const slips: readonly (readonly [string, Expr, Sym, Expr])[] = [
    ['wrong sign', squaredNormOf(residual), y, multiply(two, residual)],
    ['missing transpose', squaredNormOf(residual), x, multiply(two, A, residual)],
    ['wrong factor', squaredNormOf(residual), x, multiply(transpose(A), residual)],
    ['missing term', quadratic, x, multiply(A, x)],
    ['outer product reversed', inner(multiply(A, x), y), A, multiply(x, transpose(y))],
    ['missing inner derivative', sumOf(sin(multiply(two, x))), x, cos(multiply(two, x))],
    ['sigmoid for its slope', sumOf(applyOp(sigmoid, x)), x, sigmoidOf(x)],
    ['tanh not squared', sumOf(tanh(x)), x, subtract(one, tanh(x))],
    ['mean for sum', divide(sumOf(squareOf(x)), size('n')), x, multiply(num(2, 3), x)],
    [
      'diagonal of softmax only',
      inner(y, applyOp(softmax, x)),
      x,
      hadamard(y, applyOp(softmax, x), subtract(one, applyOp(softmax, x))),
    ],
    ['softmax not shifted', crossEntropy, x, subtract(y, applyOp(softmax, x))],
    ['wrong by one percent', expOf(s), s, multiply(num(101, 100), expOf(s))],
    ['a constant too many', squareOf(s), s, add(multiply(two, s), num(1, 1000))],
    ['exponent', power(s, num(3)), s, multiply(num(3), s)],
    ['quotient rule', divide(s, t), t, divide(s, squareOf(t))],
  ]
  for (const [slip, output, wrt, result] of slips) {
    const check = await checkGradient(output, wrt, result)
    expect(check, slip).toMatchObject({ status: 'refuted' })
    expect(check.counterexample, slip).toBeDefined()
  }
})

test('what is wrong on one side of a kink only is refuted', async () => {
  const wrong: readonly (readonly [Expr, Sym, Expr])[] = [
    [sumOf(applyOp(relu, x)), x, one],
    [absOf(s), s, num(1)],
    [sqrtOf(squareOf(s)), s, num(1)],
    [applyOp(relu, subtract(s, num(15))), s, num(0)],
    [choose(greaterOf(s, num(-12)), squareOf(s), s), s, multiply(two, s)],
    [logOf(squareOf(s)), s, divide(num(1), absOf(s))],
  ]
  for (const [output, wrt, result] of wrong) {
    expect(await checkGradient(output, wrt, result)).toMatchObject({ status: 'refuted' })
  }
})

test('a result that is undefined where the derivative exists is refuted', async () => {
  const doubled = multiply(two, logOf(s))
  const result = divide(doubled, logOf(s))
  expect(await checkGradient(multiply(two, s), s, result)).toMatchObject({ status: 'refuted' })
})

test('a branch that cannot be taken is reported and refutes nothing', async () => {
  const output = applyOp(relu, add(squareOf(s), num(1)))
  expect(await checkGradient(output, s, multiply(two, s))).toMatchObject({
    status: 'agrees',
    branches: { visited: 1, missed: 1 },
    message: expect.stringContaining('1 branch was not exercised'),
  })
})

test('a function that is defined nowhere is undecided, and the reason is given', async () => {
  const nowhere = add(logOf(s), logOf(negate(s)))
  expect(await checkGradient(nowhere, s, num(0))).toMatchObject({
    status: 'undecided',
    points: 0,
    message: expect.stringContaining('domain'),
  })
})

test('a branch that is not taken may be undefined', async () => {
  const output = choose(greaterOf(s, num(0)), multiply(s, logOf(s)), s)
  const result = choose(greaterOf(s, num(0)), add(logOf(s), num(1)), num(1))
  expect(await checkGradient(output, s, result)).toMatchObject({ status: 'agrees', branches: { missed: 0 } })
})

test('unknown functions are replaced by many smooth ones, and a rule that only some obey is refuted', async () => {
  const output = multiply(t, g(0, multiply(s, t)))
  const right = add(g(0, multiply(s, t)), multiply(t, s, g(1, multiply(s, t))))
  const check = await checkGradient(output, t, right)
  expect(check).toMatchObject({ status: 'agrees' })
  expect(check.functions).toBeGreaterThanOrEqual(3)
  for (const wrong of [g(1, multiply(s, t)), g(0, multiply(s, t)), negate(right)]) {
    expect(await checkGradient(output, t, wrong)).toMatchObject({ status: 'refuted' })
  }
  const sine = await checkGradient(g(0, s), s, g(2, s))
  expect(sine).toMatchObject({ status: 'refuted' })
})

const W = [matrix('W_1', 'h', 'n'), matrix('W_2', 'k', 'h')] as const
const b = [vector('b_1', 'h'), vector('b_2', 'k')] as const
const z = [vector('z_1', 'h'), vector('z_2', 'k')] as const
const a = vector('a_1', 'h')
const label = vector('y', 'k')
const loss = scalar('L')
const network = [
  define(z[0], add(multiply(W[0], x), b[0])),
  define(a, applyOp(relu, z[0])),
  define(z[1], add(multiply(W[1], a), b[1])),
  define(loss, negate(inner(label, logOf(applyOp(softmax, z[1]))))),
]
const delta = [vector('delta_1', 'h'), vector('delta_2', 'k')] as const
const oneHot = {
  declarations: [declare(label, 'binary')],
  facts: [fact(multiply(transpose(ones(label.shape)), label), num(1))],
}
const adjoints = (mask: Expr) => [
  { ...define(delta[1], subtract(applyOp(softmax, z[1]), label)), of: z[1], output: loss },
  { ...define(delta[0], hadamard(multiply(transpose(W[1]), delta[1]), mask)), of: z[0], output: loss },
]
const claim = (wrt: Sym, result: Expr): Claim => ({ kind: 'gradient', order: 1, output: loss, wrt, result })
const weights = [
  claim(W[0], multiply(delta[0], transpose(x))),
  claim(b[0], delta[0]),
  claim(W[1], multiply(delta[1], transpose(a))),
  claim(b[1], delta[1]),
  claim(x, multiply(transpose(W[0]), delta[0])),
]

test('all gradients and named adjoints of a network agree, in one call of the engine for each choice of sizes', async () => {
  const names = adjoints(greaterOf(z[0], zeros(z[0].shape)))
  const claims = [...weights, ...names.map(name => adjointClaim(name)!)]
  let calls = 0
  const counting = {
    ...engines,
    autograd: async () => {
      const autograd = await engines.autograd()
      const valuesAndGradients: typeof autograd.valuesAndGradients = (...args) => {
        calls++
        return autograd.valuesAndGradients(...args)
      }
      return { ...autograd, valuesAndGradients }
    },
  }
  const derivation = { definitions: network, names, claims, ...oneHot }
  const verification = await verifyDerivation(derivation, counting)
  for (const check of verification.claims) {
    expect(check).toMatchObject({ status: 'agrees', branches: { missed: 0 } })
  }
  expect(calls).toBe(2)
  expect(() => wantVerified(verification, derivation)).not.toThrow()
})

test('a wrong adjoint is refuted together with the gradients it spoils, and not the others', async () => {
  const names = adjoints(ones(z[0].shape))
  const claims = [...weights, ...names.map(name => adjointClaim(name)!)]
  const derivation = { definitions: network, names, claims, ...oneHot }
  const verification = await verifyDerivation(derivation, engines)
  const statuses = verification.claims.map(check => check.status)
  expect(statuses).toEqual(['refuted', 'refuted', 'agrees', 'agrees', 'refuted', 'agrees', 'refuted'])
  expect(() => wantVerified(verification, derivation)).toThrow(
    expect.objectContaining({ name: 'VerificationError', message: expect.stringContaining('W_1') }),
  )
})

test('a Jacobian has outputs by rows, and its transpose is refuted', async () => {
  const B = matrix('B', 'm', 'n')
  const output = tanh(multiply(B, x))
  const slope = subtract(ones(output.shape), squareOf(output))
  const jacobian = multiply(diagonalMatrixOf(slope), B)
  expect(await checkGradient(output, x, jacobian, { kind: 'jacobian' })).toMatchObject({ status: 'agrees' })
  expect(await checkGradient(output, x, transpose(jacobian), { kind: 'jacobian' })).toMatchObject({
    status: 'refuted',
  })
  const p = applyOp(softmax, x)
  const ofSoftmax = subtract(diagonalMatrixOf(p), multiply(p, transpose(p)))
  expect(await checkGradient(p, x, ofSoftmax, { kind: 'jacobian' })).toMatchObject({ status: 'agrees' })
})

test('an array by a scalar has the shape of the array', async () => {
  const output = sin(multiply(s, A))
  const result = hadamard(cos(multiply(s, A)), A)
  expect(await checkGradient(output, s, result, { kind: 'derivative' })).toMatchObject({ status: 'agrees' })
})

test('a matrix by a matrix is checked as the linear map of its differential', async () => {
  const X = matrix('X', 'n', 'm')
  const dX = matrix('dX', 'n', 'm')
  const output = multiply(transpose(X), X)
  const right = add(multiply(transpose(dX), X), multiply(transpose(X), dX))
  const claim = { kind: 'differential', change: dX } as const
  expect(await checkGradient(output, X, right, claim)).toMatchObject({ status: 'agrees' })
  expect(await checkGradient(output, X, multiply(two, transpose(X), dX), claim)).toMatchObject({
    status: 'refuted',
  })
})

test('Hessians are compared with the change of the gradients of the engine', async () => {
  const hessian = { kind: 'hessian', order: 2 } as const
  expect(await checkGradient(quadratic, x, add(A, transpose(A)), hessian)).toMatchObject({ status: 'agrees' })
  expect(await checkGradient(quadratic, x, multiply(two, A), hessian)).toMatchObject({ status: 'refuted' })
  const exponentials = sumOf(expOf(x))
  expect(await checkGradient(exponentials, x, diagonalMatrixOf(expOf(x)), hessian)).toMatchObject({
    status: 'agrees',
  })
  const second = { kind: 'derivative', order: 2 } as const
  expect(await checkGradient(sin(s), s, negate(sin(s)), second)).toMatchObject({ status: 'agrees' })
  expect(await checkGradient(sin(s), s, sin(s), second)).toMatchObject({ status: 'refuted' })
  expect(await checkGradient(g(0, s), s, g(2, s), second)).toMatchObject({ status: 'agrees' })
})

test('the derivative by a defined symbol holds what it is defined through, and follows what is defined through it', async () => {
  const [u, v] = [scalar('u'), scalar('v')]
  const definitions = [define(u, squareOf(s)), define(v, multiply(u, s))]
  expect(await checkGradient(add(u, v), u, add(num(1), s), { definitions })).toMatchObject({
    status: 'agrees',
  })
  expect(
    await checkGradient(add(u, v), s, add(multiply(two, s), multiply(num(3), squareOf(s))), { definitions }),
  ).toMatchObject({ status: 'agrees' })
})

test('sums over an index and families are verified', async () => {
  const i = index('i')
  const sum = indexedSum(i, num(1), size('n'), multiply(i, squareOf(entry(x, i)), entry(y, i)))
  const right = indexedSum(
    i,
    num(1),
    size('n'),
    multiply(two, i, entry(x, i), entry(y, i), basisVector(i, 'n')),
  )
  expect(await checkGradient(sum, x, right)).toMatchObject({ status: 'agrees' })
  expect(await checkGradient(sum, x, hadamard(multiply(two, y), x))).toMatchObject({ status: 'refuted' })
  const X = matrix('X', 'N', 'n')
  const losses = indexedSum(i, num(1), size('N'), squareOf(inner(y, member(X, i))))
  const products = multiply(X, y)
  expect(await checkGradient(losses, y, multiply(two, transpose(X), products))).toMatchObject({
    status: 'agrees',
  })
  expect(await checkGradient(losses, X, multiply(two, products, transpose(y)))).toMatchObject({
    status: 'agrees',
  })
})

test('a result of the wrong number of entries is refuted', async () => {
  expect(await checkGradient(sumOf(x), x, num(1))).toMatchObject({
    status: 'refuted',
    message: expect.stringContaining('entries'),
  })
})

test('functions whose domains do not meet are verified one by one', async () => {
  const outputs = [logOf(s), logOf(negate(s)), sqrtOf(subtract(s, num(30)))]
  const results = [divide(num(1), s), divide(num(1), s), divide(num(1), multiply(num(3), outputs[2]!))]
  const claims = outputs.map(
    (output, k): Claim => ({ kind: 'gradient', order: 1, output, wrt: s, result: results[k]! }),
  )
  const verification = await verifyDerivation({ definitions: [], claims }, engines)
  expect(verification.claims.map(check => check.status)).toEqual(['agrees', 'agrees', 'refuted'])
})

test('facts about symbols that do not occur do no harm', async () => {
  const facts = [
    fact(y, multiply(A, vector('v', 'n'))),
    fact(multiply(transpose(one), vector('p', 'n')), num(1)),
  ]
  expect(await checkGradient(sumOf(x), x, one, { facts })).toMatchObject({ status: 'agrees' })
})

test('a function of nothing but numbers is verified', async () => {
  expect(await checkGradient(num(3), s, num(0))).toMatchObject({ status: 'agrees' })
  expect(await checkGradient(num(3), s, num(1))).toMatchObject({ status: 'refuted' })
})

test('a derivative that vanishes identically agrees with zero, and with its cancelling terms', async () => {
  const zero = subtract(squareOf(sin(s)), negate(squareOf(cos(s))))
  expect(await checkGradient(zero, s, num(0))).toMatchObject({ status: 'agrees' })
  const terms = subtract(multiply(two, sin(s), cos(s)), multiply(two, sin(s), cos(s)))
  expect(await checkGradient(zero, s, terms)).toMatchObject({ status: 'agrees' })
})

test('the same claim is checked at the same points, and a seed changes them', async () => {
  const first = await checkGradient(quadratic, x, multiply(A, x))
  const again = await checkGradient(quadratic, x, multiply(A, x))
  expect(again.counterexample?.point.values).toEqual(first.counterexample?.point.values)
  const { claims } = await verifyDerivation(
    {
      definitions: [],
      claims: [{ kind: 'gradient', order: 1, output: quadratic, wrt: x, result: multiply(A, x) }],
    },
    engines,
    { seed: 'another' },
  )
  expect(claims[0]).toMatchObject({ status: 'refuted', seed: 'another' })
  expect(claims[0]!.counterexample?.point.values).not.toEqual(first.counterexample?.point.values)
})

test('identity matrices and sizes in results take the sizes of the point', async () => {
  const output = add(multiply(size('n'), multiply(transpose(x), y)), inner(identity('n'), A))
  expect(await checkGradient(output, x, multiply(size('n'), y))).toMatchObject({ status: 'agrees' })
  expect(await checkGradient(output, A, identity('n'))).toMatchObject({ status: 'agrees' })
})

test('a function too large for the engine is undecided, and its size is given', async () => {
  const definitions = []
  let last = s
  for (let i = 0; i < 15_000; i++) {
    const next = scalar(`z_${i}`)
    definitions.push(define(next, sigmoidOf(last)))
    last = next
  }
  expect(await checkGradient(last, s, num(0), { definitions })).toMatchObject({
    status: 'undecided',
    message: expect.stringContaining('30001 operations'),
  })
})
