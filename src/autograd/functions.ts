import type { UnaryName } from '../base/matrix-algebra.js'
import type { EngineArray } from './jax.js'
import type { Primitives } from './primitives.js'
import { gaussLegendre } from './quadrature.js'

type Unary = (a: EngineArray) => EngineArray
type Binary = (a: EngineArray, b: EngineArray) => EngineArray

/** Functions that act entry by entry, composed of primitives so that value and derivative keep their digits. */
export interface EntryFunctions extends Readonly<Record<UnaryName, Unary>> {
  readonly divide: Binary
  readonly pow: Binary
  readonly powConstant: (a: EngineArray, exponent: number) => EngineArray
}

/** Stands for an infinite value or slope. Its square is finite, and times zero it is zero, where infinity gives NaN. */
const steep = 1e150

const { nodes, weights } = gaussLegendre(40)
const twoOverRootPi = 2 / Math.sqrt(Math.PI)

/**
 * With `guarded`, functions that are not finite everywhere are continued by straight lines where they, or their
 * slopes, are infinite or undefined. The derivatives no longer become NaN when the chain rule multiplies the slope of
 * a branch that was not taken by the zero that says so. The values are not to be used then.
 */
export function entryFunctions(p: Primitives, guarded: boolean): EntryFunctions {
  /** `f` where `inside` holds, and elsewhere the line. `safe` is an argument inside. */
  const guard = (f: Unary, inside: Unary, safe: number, value: Unary | number, slope: number): Unary => {
    if (!guarded) return f
    return a => {
      const holds = inside(a)
      const offset = p.multiply(p.subtract(a, p.stop(a)), slope)
      const line = p.add(offset, typeof value === 'number' ? value : p.stop(value(a)))
      return p.where(holds, f(p.where(holds, a, safe)), line)
    }
  }
  const positive: Unary = a => p.greater(a, 0)
  const exp = guard(p.exp, a => p.less(a, 340), 0, steep, steep)
  const log = guard(p.log, positive, 1, -steep, steep)
  const sqrt = guard(p.sqrt, positive, 1, 0, steep)

  /** 1/x for positive x, as exp(−log x): see `Primitives` for what is wrong with the engine's reciprocal. */
  const positiveReciprocal: Unary = a => p.exp(p.negate(p.log(a)))
  const anyReciprocal: Unary = a => {
    const sign = p.where(p.less(a, 0), p.full(-1, 1, 1), 1)
    return p.multiply(sign, positiveReciprocal(p.multiply(a, sign)))
  }
  const reciprocal = guard(anyReciprocal, a => p.notEqual(a, 0), 1, steep, -steep)
  const divide: Binary = (a, b) => p.multiply(a, reciprocal(b))

  /** −1, 0 or 1; NaN for NaN. */
  const sign: Unary = a => {
    const side = p.subtract(p.toNumber(p.greater(a, 0)), p.toNumber(p.less(a, 0)))
    return p.where(p.equal(a, a), side, Number.NaN)
  }
  /** x·sign(x) has the derivative sign(x), which is 0 at 0. */
  const abs: Unary = a => p.multiply(a, sign(a))
  const quarterTurn: Unary = a => p.multiply(sign(a), Math.PI / 2)
  const asin = guard(p.asin, a => p.less(p.multiply(a, a), 1), 0, quarterTurn, steep)
  /** |x| with the derivative 1 at 0, for functions put together from two smooth halves. */
  const size: Unary = a => p.where(p.less(a, 0), p.negate(a), a)
  const wholePower = (a: EngineArray, exponent: number): EngineArray => {
    let result: EngineArray | undefined
    let square = a
    for (let rest = exponent; rest > 0; rest = Math.floor(rest / 2)) {
      if (rest % 2 === 1) result = result ? p.multiply(result, square) : square
      if (rest > 1) square = p.multiply(square, square)
    }
    return result ?? p.full(1, a.shape[1]!, a.shape[2]!)
  }

  const powConstant = (a: EngineArray, exponent: number): EngineArray => {
    if (exponent < 0) return reciprocal(powConstant(a, -exponent))
    if (Number.isSafeInteger(exponent)) return wholePower(a, exponent)
    if (Number.isSafeInteger(2 * exponent)) {
      const root = sqrt(a)
      return exponent < 1 ? root : p.multiply(wholePower(a, Math.floor(exponent)), root)
    }
    const power: Unary = base => p.exp(p.multiply(p.log(base), exponent))
    return guard(power, positive, 1, 0, exponent < 1 ? steep : 0)(a)
  }

  /** |a|^b with the sign of a whole power; NaN below zero for any other. */
  const pow: Binary = (a, b) => {
    const half = p.multiply(b, 0.5)
    const signBelow = p.where(
      p.equal(p.floor(b), b),
      p.where(p.equal(p.floor(half), half), 1, -1),
      p.full(Number.NaN, a.shape[1]!, a.shape[2]!),
    )
    const magnitude = exp(p.multiply(b, log(abs(a))))
    const signed = p.multiply(magnitude, p.stop(p.where(p.less(a, 0), signBelow, 1)))
    return p.where(p.equal(b, 0), p.full(1, a.shape[1]!, a.shape[2]!), signed)
  }

  /**
   * erf x = 2/√π · x · ∫₀¹ exp(−x²t²) dt by quadrature, exact to rounding for |x| < 6, beyond which it is ±1. The
   * engine's own error function supplies the derivative.
   */
  const erf: Unary = a => {
    const [rows, columns] = [a.shape[1]!, a.shape[2]!]
    const x = p.stop(a)
    const squares = p.negate(p.multiply(x, x))
    const samples = p.exp(
      p.matmul(
        p.reshape(squares, [rows * columns, 1]),
        p.known(
          1,
          nodes.length,
          nodes.map(node => node * node),
        ),
      ),
    )
    const integral = p.reshape(p.matmul(samples, p.known(nodes.length, 1, weights)), [rows, columns])
    const inner = p.multiply(p.multiply(x, integral), twoOverRootPi)
    const value = p.where(p.greater(size(x), 6), sign(x), inner)
    const rough = p.roughErf(a)
    return p.add(value, p.subtract(rough, p.stop(rough)))
  }

  /**
   * 1/(1 + exp(−x)). The bound keeps the exponential finite, and is out of reach of float64: the value there is 1e-304.
   */
  const sigmoid: Unary = a => positiveReciprocal(p.add(p.exp(p.negate(p.maximum(a, -700))), 1))

  return Object.freeze({
    negate: p.negate,
    reciprocal,
    square: a => p.multiply(a, a),
    exp,
    log,
    sqrt,
    sin: p.sin,
    cos: p.cos,
    tan: a => divide(p.sin(a), p.cos(a)),
    asin,
    acos: a => p.add(p.negate(asin(a)), Math.PI / 2),
    atan: p.atan,
    sinh: a => p.multiply(p.subtract(exp(a), exp(p.negate(a))), 0.5),
    cosh: a => p.multiply(p.add(exp(a), exp(p.negate(a))), 0.5),
    // 2σ(2x) − 1: few operations and an exact derivative; near 0 the value has an absolute error of 1e-16.
    tanh: a => p.add(p.multiply(sigmoid(p.multiply(a, 2)), 2), -1),
    abs,
    sign,
    sigmoid,
    softplus: a => p.add(p.where(p.less(a, 0), 0, a), p.log1p(p.exp(p.negate(size(a))))),
    erf,
    divide,
    pow,
    powConstant,
  } satisfies EntryFunctions)
}
