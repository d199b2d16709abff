import { expect, test } from 'vitest'
import { evaluateExpr } from '../../src/evaluate/evaluate.js'
import { forwardProgram } from '../../src/evaluate/lower.js'
import { designPoints } from '../../src/evaluate/points.js'
import { abstractFunction } from '../../src/ops/abstract.js'
import { applyOp } from '../../src/ops/apply.js'
import { add, hadamard, inner, multiply, transpose } from '../../src/ops/core.js'
import { entry, indexedSum, member } from '../../src/ops/indexed.js'
import { squareOf } from '../../src/ops/powers.js'
import { softmax } from '../../src/ops/softmax.js'
import { hyperbolicTangent } from '../../src/ops/trigonometric.js'
import { define, engines, index, matrix, num, pointAt, scalar, size, tensors, vector } from './support.js'

const x = vector('x', 'n')
const [A, X] = [matrix('A', 'm', 'n'), matrix('X', 'N', 'n')]
const z = vector('z', 'm')
const autograd = await engines.autograd()

test('the program of the engine has the values of the evaluator at every point', () => {
  const i = index('i')
  const definitions = [define(z, applyOp(hyperbolicTangent, multiply(A, x)))]
  const sum = indexedSum(i, num(1), size('N'), multiply(i, inner(x, member(X, i)), entry(x, num(1))))
  const unknown = applyOp(abstractFunction('g', 1), z)
  const output = multiply(add(inner(applyOp(softmax, z), unknown), sum), ones())
  const { groups } = designPoints(tensors, { outputs: [output], definitions })
  expect(groups.length).toBe(2)
  for (const { frame, points } of groups) {
    const { functions } = points[0]!
    const lowered = forwardProgram(tensors, frame, { definitions, output, inputs: [A], functions })
    const found = autograd.evaluate(lowered.program, points.map(lowered.inputsAt))
    for (const [k, point] of points.entries()) {
      const [expected] = evaluateExpr(tensors, [output], point, { definitions })
      expect(found[k]!.rows).toBe(expected!.rows)
      for (const [e, entryOfBoth] of Array.from(expected!.data).entries()) {
        expect(Math.abs(found[k]!.data[e]! - entryOfBoth)).toBeLessThan(
          1e-12 * Math.max(1, Math.abs(entryOfBoth)),
        )
      }
    }
  }
})

function ones() {
  return hadamard(x, add(x, x))
}

test('an input added to a defined symbol gives the derivative by the symbol', () => {
  const [s, u] = [scalar('s'), scalar('u')]
  const definitions = [define(u, squareOf(s))]
  const output = multiply(u, u, s)
  const point = pointAt([[s, 3]])
  const lowered = forwardProgram(tensors, point, { definitions, output, inputs: [s], perturbed: [u] })
  expect(lowered.varied).toBe(2)
  const { value, gradients } = autograd.valueAndGradient(
    lowered.program,
    lowered.inputsAt(point),
    lowered.varied,
  )
  expect(value).toBeCloseTo(243, 9)
  const [byS, byU] = gradients.map(gradient => gradient.data[0]!)
  expect(byS).toBeCloseTo(5 * 81, 9)
  expect(byU).toBeCloseTo(2 * 9 * 3, 9)
})

test('a defined symbol among the inputs loses its definition', () => {
  const [s, u] = [scalar('s'), scalar('u')]
  const definitions = [define(u, squareOf(s))]
  const point = pointAt([
    [s, 3],
    [u, 10],
  ])
  const lowered = forwardProgram(tensors, point, { definitions, output: multiply(u, s), inputs: [u] })
  expect(autograd.valueAndGradient(lowered.program, lowered.inputsAt(point), 1)).toMatchObject({ value: 30 })
})

test('rows of a family keep their gradient in their own row', () => {
  const output = inner(member(X, num(2)), x)
  const point = pointAt(
    [
      [
        X,
        [
          [1, 2],
          [3, 4],
        ],
      ],
      [x, [5, 7]],
    ],
    { N: 2, n: 2 },
  )
  const lowered = forwardProgram(tensors, point, {
    definitions: [],
    output: multiply(transpose(num(1)), output),
    inputs: [X],
  })
  const { gradients } = autograd.valueAndGradient(lowered.program, lowered.inputsAt(point), 1)
  expect([...gradients[0]!.data]).toEqual([0, 0, 5, 7])
})
