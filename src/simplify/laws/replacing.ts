import { rational } from '../../base/rational.js'
import type { Facts } from '../../expr/law.js'
import type { Call, Expr } from '../../expr/node.js'
import { hadamard, hadamardProduct, isCall, matrixProduct, multiply, transposition } from '../../ops/core.js'
import { diagonalMatrix } from '../../ops/matrix.js'
import { squareRoot } from '../../ops/powers.js'
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
  const found = denominatorAmong(factors.scalars, below, facts)
  if (found === undefined) return undefined
  const work = new Replacing(found.times, replace)
  const scalars = factors.scalars.flatMap((factor, i) => (found.at.includes(i) ? [] : work.factor(factor)))
  const arrays = factors.arrays.flatMap(factor => work.factor(factor))
  if (work.done === 0) return undefined
  return productOf({ ...factors, scalars: [...scalars, ...found.without(work.done)], arrays })
}

/** How many times a product is divided by something, and what is left below the line after some of them are used. */
interface Denominator {
  /** The places of the factors that are part of it. */
  readonly at: readonly number[]
  readonly times: number
  without(done: number): readonly Factor[]
}

/** A root below the line counts twice where what is under it stands there without the root. */
function denominatorAmong(scalars: readonly Factor[], below: Expr, facts: Facts): Denominator | undefined {
  const place = (base: Expr) =>
    scalars.findIndex(factor => facts.classOf(factor.base) === facts.classOf(base))
  const times = (at: number) => {
    const exponent = scalars[at]?.exponent
    return exponent === undefined || exponent.d !== 1n || exponent.s >= 0n ? 0 : Number(exponent.n)
  }
  const at = place(below)
  const under = isCall(below, squareRoot) ? below.args[0]! : undefined
  const square = under === undefined ? -1 : place(under)
  const total = times(at) + 2 * times(square)
  if (total === 0) return undefined
  const without = (done: number): readonly Factor[] => {
    const left = total - done
    const whole = under === undefined ? 0 : Math.floor(left / 2)
    const single = left - 2 * whole
    return [
      ...(single > 0 ? [{ base: below, exponent: rational(-single) }] : []),
      ...(whole > 0 && under !== undefined ? [{ base: under, exponent: rational(-whole) }] : []),
    ]
  }
  return { at: [at, square].filter(place => times(place) > 0), times: total, without }
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
