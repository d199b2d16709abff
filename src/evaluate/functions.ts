import type { MatrixAlgebra } from '../base/matrix-algebra.js'
import type { Random } from '../base/random.js'
import { type Extent, makeTensor, type Tensor } from '../base/tensor.js'

/** A concrete form of an unknown function of one number: what it and its derivatives are, entry by entry. */
export interface ConcreteFunction {
  /** Numbers that single this function out, a column; they may differ from point to point. */
  readonly parameters: Tensor
  /** The derivative of the given order (0 is the function itself) at each entry of `x`. */
  readonly apply: <T extends Extent>(algebra: MatrixAlgebra<T>, parameters: T, x: T, order: number) => T
}

/**
 * A smooth function of the family `a tanh(bx+c) + d sin(ex+f) + gx + hx²/2`, drawn at random. Its value, slope and
 * curvature have no relation to one another that another function of the family would share.
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
    sign() * random.between(0.1, 0.4),
  ]
  return Object.freeze({ parameters: makeTensor(8, 1, parameters), apply: smooth })
}

function smooth<T extends Extent>(m: MatrixAlgebra<T>, parameters: T, x: T, order: number): T {
  const [a, b, c, d, e, f, g, h] = Array.from({ length: 8 }, (_, i) => m.entry(parameters, i, 0)) as [
    T,
    T,
    T,
    T,
    T,
    T,
    T,
    T,
  ]
  const moved = (slope: T, offset: T) => m.add(m.scale(slope, x), m.broadcast(offset, x.rows, x.columns))
  const t = m.tanh(moved(b, c))
  const bell = m.scale(m.hadamard(a, m.powConstant(b, order)), polynomial(m, tanhDerivative(order), t))
  const phase = moved(e, f)
  const turned = order % 2 === 0 ? m.sin(phase) : m.cos(phase)
  const wave = m.scale(m.hadamard(d, m.powConstant(e, order)), order % 4 < 2 ? turned : m.negate(turned))
  const sum = m.add(bell, wave)
  if (order === 0) return m.add(sum, m.add(m.scale(g, x), m.scale(m.scaleBy(h, 0.5), m.square(x))))
  if (order === 1) return m.add(sum, moved(h, g))
  return order === 2 ? m.add(sum, m.broadcast(h, x.rows, x.columns)) : sum
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
  let sum = m.fill(coefficients[coefficients.length - 1]!, t.rows, t.columns)
  for (let power = coefficients.length - 2; power >= 0; power--) {
    sum = m.shift(m.hadamard(sum, t), coefficients[power]!)
  }
  return sum
}
