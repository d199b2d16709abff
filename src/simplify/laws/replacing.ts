import { addRational, ONE, type Rational } from '../../base/rational.js'
import type { Facts } from '../../expr/law.js'
import type { Call, Expr } from '../../expr/node.js'
import { hadamard, hadamardProduct, isCall, matrixProduct, multiply, transposition } from '../../ops/core.js'
import { diagonalMatrix } from '../../ops/matrix.js'
import { type Factor, factorsOf, productOf } from '../factors.js'

/** What a part of a product is replaced by when it is divided by a certain scalar; undefined where it has no name. */
type Replace = (part: Expr) => Expr | undefined

/** Operations through which a scalar factor may be moved. */
const LINEAR = new Set([transposition, diagonalMatrix])

/**
 * Divides parts of a product by a scalar that stands below its fraction line: `e^z (e^z)^\top / c^2` becomes
 * `s s^\top` where `e^z / c` is `s`. Looks at the factors, at the links of their chains, and inside transposes and
 * diagonal matrices. Undefined where nothing is replaced.
 */
export function replaceFactors(node: Call, facts: Facts, below: Expr, replace: Replace): Expr | undefined {
  const factors = factorsOf(node, facts)
  const key = facts.classOf(below)
  const at = factors.scalars.findIndex(({ base }) => facts.classOf(base) === key)
  const denominator = factors.scalars[at]
  if (denominator === undefined || denominator.exponent.d !== 1n || denominator.exponent.s >= 0n)
    return undefined
  const work = new Replacing(Number(denominator.exponent.n), replace)
  const scalars = factors.scalars.flatMap((factor, i) => (i === at ? [] : work.factor(factor)))
  const arrays = factors.arrays.flatMap(factor => work.factor(factor))
  if (work.done === 0) return undefined
  const left: Rational = addRational(denominator.exponent, ONE.mul(work.done))
  const rest = left.n === 0n ? [] : [{ base: denominator.base, exponent: left }]
  return productOf({ ...factors, scalars: [...scalars, ...rest], arrays })
}

class Replacing {
  done = 0
  readonly #most: number
  readonly #replace: Replace

  constructor(most: number, replace: Replace) {
    this.#most = most
    this.#replace = replace
  }

  factor(factor: Factor): readonly Factor[] {
    const { base, exponent } = factor
    if (exponent.s < 0n || exponent.d !== 1n) return [factor]
    const times = Number(exponent.n)
    if (times > 1) {
      const whole = this.done + times <= this.#most ? this.#replace(base) : undefined
      if (whole === undefined) return [factor]
      this.done += times
      return [{ base: whole, exponent }]
    }
    return [{ base: this.part(base), exponent }]
  }

  part(node: Expr): Expr {
    if (this.done >= this.#most) return node
    const whole = this.#replace(node)
    if (whole !== undefined) {
      this.done++
      return whole
    }
    if (node.kind !== 'call') return node
    if (LINEAR.has(node.op)) {
      const inside = this.part(node.args[0]!)
      return inside === node.args[0] ? node : node.op.make!([inside], node)
    }
    if (!isCall(node, matrixProduct) && !isCall(node, hadamardProduct)) return node
    const args = node.args.map(arg => this.part(arg))
    if (args.every((arg, i) => arg === node.args[i])) return node
    return isCall(node, matrixProduct) ? multiply(...args) : hadamard(...args)
  }
}
