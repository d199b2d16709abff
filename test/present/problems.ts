import { rational } from '../../src/base/rational.js'
import { number, symbol } from '../../src/expr/intern.js'
import type { Expr, Sym } from '../../src/expr/node.js'
import { DEFAULT_NOTATION } from '../../src/expr/notation.js'
import type { Problem } from '../../src/expr/problem.js'
import { SCALAR, type Shape, shapeOf } from '../../src/expr/shape.js'
import { abstractFunction } from '../../src/ops/abstract.js'
import { relu, sigmoid } from '../../src/ops/activations.js'
import { applyOp } from '../../src/ops/apply.js'
import { add, multiply, subtract, transpose } from '../../src/ops/core.js'
import { squaredNorm } from '../../src/ops/norms.js'
import { logarithm } from '../../src/ops/powers.js'

/** A problem from its declared symbols, its definitions and its questions; nothing else is in it. */
export function problem(
  declared: readonly Sym[],
  definitions: readonly (readonly [Sym, Expr])[],
  questions: readonly (readonly [Expr, Sym, (1 | 2)?])[],
  more: Partial<Problem> = {},
): Problem {
  return {
    declarations: declared.map(found => ({ symbol: found, set: 'real' })),
    definitions: definitions.map(([found, body]) => ({ symbol: found, body })),
    questions: questions.map(([of, wrt, order = 1]) => ({ of, wrt, order })),
    facts: [],
    claims: [],
    values: new Map(),
    sizes: new Map(),
    notation: DEFAULT_NOTATION,
    readings: [],
    ...more,
  }
}

const variable = (name: string, shape: Shape = SCALAR) => symbol(name, shape)

/** z = Wx + b, a = σ(z), L = ½‖a − y‖². */
export function layer(more: Partial<Problem> = {}): Problem {
  const [W, x, b, y] = [
    variable('W', shapeOf('m', 'n')),
    variable('x', shapeOf('n')),
    variable('b', shapeOf('m')),
    variable('y', shapeOf('m')),
  ]
  const [z, a, L] = [variable('z', shapeOf('m')), variable('a', shapeOf('m')), variable('L')]
  const half = number(rational(1, 2))
  return problem(
    [W, x, b, y],
    [
      [z, add(multiply(W, x), b)],
      [a, applyOp(sigmoid, z)],
      [L, multiply(half, applyOp(squaredNorm, subtract(a, y)))],
    ],
    [
      [L, W],
      [L, b],
    ],
    more,
  )
}

/** Two inputs, two layers of two units, one output; every function unknown. */
export function scalarNetwork(): Problem {
  const weight = (from: string, to: string) => variable(`W_{${from},${to}}`)
  const layers = [['x_0', 'x_1'], ['r_0', 'r_1'], ['s_0', 's_1'], ['y']]
  const weights: Sym[] = []
  const definitions: [Sym, Expr][] = []
  for (const [k, units] of layers.entries()) {
    if (k === 0) continue
    for (const unit of units) {
      const into = layers[k - 1]!.map(from => weight(from, unit))
      weights.push(...into)
      const sum = add(...into.map((w, i) => multiply(variable(layers[k - 1]![i]!), w)))
      definitions.push([variable(unit), applyOp(abstractFunction(`g_${unit[0]}`), sum)])
    }
  }
  const inputs = layers[0]!.map(name => variable(name))
  return problem(
    [...inputs, ...weights],
    definitions,
    weights.map(w => [variable('y'), w]),
  )
}

/** A quadratic form and a linear map: gradient, Hessian, Jacobian and a derivative of three axes. */
export function quadraticForm(): Problem {
  const [A, x] = [variable('A', shapeOf('n', 'n')), variable('x', shapeOf('n'))]
  const [form, image] = [multiply(transpose(x), A, x), multiply(A, x)]
  return problem(
    [A, x],
    [],
    [
      [form, x],
      [form, x, 2],
      [image, x],
      [image, A],
    ],
  )
}

/** log t + ReLU(t), at kinks and outside its domain. */
export function kinked(): Problem {
  const [t, f] = [variable('t'), variable('f')]
  return problem(
    [t],
    [[f, add(applyOp(logarithm, t), applyOp(relu, subtract(t, number(rational(1)))))]],
    [[f, t]],
  )
}
