import type { BinaryName, UnaryName } from '../base/matrix-algebra.js'
import type { Numerics } from './mathjs.js'

/** Functions of one real number, with the values at the edge of their domain that IEEE arithmetic gives. */
export function unaryFunctions(n: Numerics): Readonly<Record<UnaryName, (x: number) => number>> {
  return Object.freeze({
    negate: x => -x,
    reciprocal: x => 1 / x,
    square: x => x * x,
    exp: n.exp,
    log: n.log,
    sqrt: n.sqrt,
    sin: n.sin,
    cos: n.cos,
    tan: n.tan,
    asin: n.asin,
    acos: n.acos,
    atan: n.atan,
    sinh: n.sinh,
    cosh: n.cosh,
    tanh: n.tanh,
    abs: n.abs,
    sign: n.sign,
    // The exponential of a positive number may overflow, so each half of the line has its own form.
    sigmoid: x => (x < 0 ? n.exp(x) / (1 + n.exp(x)) : 1 / (1 + n.exp(-x))),
    softplus: x => (x < 0 ? n.log1p(n.exp(x)) : x + n.log1p(n.exp(-x))),
    erf: n.erf,
  } satisfies Record<UnaryName, (x: number) => number>)
}

/**
 * Real powers, NaN for a negative base unless the exponent is whole. Not those of mathjs: kept to real numbers it
 * gives −2 for (−8)^⅓, and its power alone takes longer to build than all else together.
 */
export function realPower(base: number, exponent: number): number {
  return base ** exponent
}

const truth = (holds: boolean) => (holds ? 1 : 0)

/** Functions of two real numbers. Comparisons are exact and answer 0 or 1. */
export function binaryFunctions(): Readonly<Record<BinaryName, (x: number, y: number) => number>> {
  return Object.freeze({
    add: (x, y) => x + y,
    subtract: (x, y) => x - y,
    hadamard: (x, y) => x * y,
    divide: (x, y) => x / y,
    pow: realPower,
    maximum: (x, y) => Math.max(x, y),
    minimum: (x, y) => Math.min(x, y),
    less: (x, y) => truth(x < y),
    lessOrEqual: (x, y) => truth(x <= y),
    greater: (x, y) => truth(x > y),
    greaterOrEqual: (x, y) => truth(x >= y),
    equal: (x, y) => truth(x === y),
    notEqual: (x, y) => truth(x !== y),
  } satisfies Record<BinaryName, (x: number, y: number) => number>)
}
