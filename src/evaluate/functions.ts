import type { MatrixAlgebra } from '../base/matrix-algebra.js'
import type { Random } from '../base/random.js'
import { type Extent, scalarTensor, type Tensor } from '../base/tensor.js'

/** A concrete form of an unknown function of one number: what it and its derivatives are, entry by entry. */
export interface ConcreteFunction {
  /** Numbers, 1×1 each, that single this function out; they may differ from point to point, their number may not. */
  readonly parameters: readonly Tensor[]
  /** The derivative of the given order (0 is the function itself) at each entry of `x`. */
  readonly apply: <T extends Extent>(
    algebra: MatrixAlgebra<T>,
    parameters: readonly T[],
    x: T,
    order: number,
  ) => T
}

/**
 * A smooth function of the family `a tanh(bx+c) + d sin(ex+f) + gx`, drawn at random. Its value, slope and curvature
 * have no relation to one another that another function of the family would share.
 */
export function randomFunction(random: Random): ConcreteFunction {
  const sign = () => (random.next() < 0.5 ? -1 : 1)
  const parameters = [
    sign() * random.between(0.5, 1.2),
    random.between(0.5, 1.1),
    random.between(-0.6, 0.6),
    sign() * random.between(0.3, 0.8),
    random.between(0.6, 1.3),
    random.between(-1, 1),
    sign() * random.between(0.2, 0.7),
  ]
  return Object.freeze({ parameters: Object.freeze(parameters.map(scalarTensor)), apply: smooth })
}

function smooth<T extends Extent>(m: MatrixAlgebra<T>, parameters: readonly T[], x: T, order: number): T {
  const [a, b, c, d, e, f, g] = parameters as readonly [T, T, T, T, T, T, T]
  const { rows, columns } = x
  const spread = (number: T) => (rows === 1 && columns === 1 ? number : m.broadcast(number, rows, columns))
  const factor = (outer: T, inner: T) =>
    order === 0 ? outer : m.hadamard(outer, m.powConstant(inner, order))
  const t = m.tanh(m.add(m.scale(b, x), spread(c)))
  const bell = m.scale(factor(a, b), polynomial(m, tanhDerivative(order), t))
  const phase = m.add(m.scale(e, x), spread(f))
  const turned = order % 2 === 0 ? m.sin(phase) : m.cos(phase)
  const wave = m.scale(factor(d, e), order % 4 < 2 ? turned : m.negate(turned))
  const sum = m.add(bell, wave)
  if (order > 1) return sum
  return m.add(sum, order === 0 ? m.scale(g, x) : spread(g))
}

/** The coefficients, lowest first, of the derivative of tanh as a polynomial in its own value: P' (1 − t²). */
function tanhDerivative(order: number): readonly number[] {
  let coefficients = [0, 1]
  for (let n = 0; n < order; n++) {
    const next = new Array<number>(coefficients.length + 1).fill(0)
    for (const [power, factor] of coefficients.entries()) {
      if (power === 0) continue
      next[power - 1]! += power * factor
      next[power + 1]! -= power * factor
    }
    coefficients = next
  }
  return coefficients
}

function polynomial<T extends Extent>(m: MatrixAlgebra<T>, coefficients: readonly number[], t: T): T {
  const last = coefficients.length - 1
  if (last === 1) return t
  let sum = m.shift(m.scaleBy(t, coefficients[last]!), coefficients[last - 1]!)
  for (let power = last - 2; power >= 0; power--) sum = m.shift(m.hadamard(sum, t), coefficients[power]!)
  return sum
}
