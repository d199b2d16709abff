import Fraction from 'fraction.js'
import { LimitError, ParseError } from './errors.js'

/** An exact rational number, always in lowest terms. */
export type Rational = Fraction

const MAX_BITS = 4096n
const BOUND = 1n << MAX_BITS

/** Integers met in every formula, made once. */
const SMALL: readonly Rational[] = Object.freeze(Array.from({ length: 33 }, (_, i) => new Fraction(i - 16)))

export const ZERO: Rational = SMALL[16]!
export const ONE: Rational = SMALL[17]!
export const MINUS_ONE: Rational = SMALL[15]!
export const TWO: Rational = SMALL[18]!

function guarded(value: Fraction): Rational {
  if (value.n > BOUND || value.d > BOUND) {
    throw new LimitError('limit-integer', `a number would need more than ${MAX_BITS} bits`)
  }
  return value
}

/** The exact integer or quotient of two integers. Raises `LimitError` past 4,096 bits. */
export function rational(numerator: number | bigint, denominator: number | bigint = 1): Rational {
  if (denominator === 1 && typeof numerator === 'number' && numerator >= -16 && numerator <= 16) {
    return SMALL[numerator + 16] ?? new Fraction(numerator)
  }
  return guarded(new Fraction(BigInt(numerator), BigInt(denominator)))
}

/**
 * The exact value of a decimal literal: `0.1` is 1/10, not the nearest binary number. Takes digits with an
 * optional point and an optional exponent. Raises `LimitError` past 4,096 bits, before any work is done, and
 * `ParseError` for any other text.
 */
export function parseDecimal(text: string): Rational {
  const match = /^(-?)([0-9]*)\.?([0-9]*)(?:[eE]([+-]?[0-9]+))?$/.exec(text)
  if (!match) throw new ParseError('not-a-number', `not a decimal number: ${text.slice(0, 40)}`)
  const [, sign, whole = '', part = '', exponent = '0'] = match
  const scale = Number(exponent) - part.length
  if (whole.length + part.length > 1200 || Math.abs(scale) > 1200) {
    throw new LimitError('limit-integer', `a number would need more than ${MAX_BITS} bits`)
  }
  const digits = BigInt(`${whole}${part}` || '0') * (sign ? -1n : 1n)
  const power = 10n ** BigInt(Math.abs(scale))
  return scale < 0 ? guarded(new Fraction(digits, power)) : guarded(new Fraction(digits * power))
}

export function addRational(a: Rational, b: Rational): Rational {
  if (a.n === 0n) return b
  if (b.n === 0n) return a
  return guarded(a.add(b))
}

export function multiplyRational(a: Rational, b: Rational): Rational {
  if (a === ONE) return b
  if (b === ONE) return a
  return guarded(a.mul(b))
}

export function divideRational(a: Rational, b: Rational): Rational {
  return guarded(a.div(b))
}

/** `base` to an integer power; the size of the result is estimated before it is computed. */
export function powerRational(base: Rational, exponent: number): Rational {
  const bits = Math.max(base.n.toString(2).length, base.d.toString(2).length)
  if (!Number.isSafeInteger(exponent) || bits * Math.abs(exponent) > Number(MAX_BITS)) {
    throw new LimitError('limit-integer', `a power would need more than ${MAX_BITS} bits`)
  }
  const n = base.n ** BigInt(Math.abs(exponent))
  const d = base.d ** BigInt(Math.abs(exponent))
  const sign = base.s < 0n && exponent % 2 !== 0 ? -1n : 1n
  return exponent >= 0 ? new Fraction(sign * n, d) : new Fraction(sign * d, n)
}

export function isInteger(a: Rational): boolean {
  return a.d === 1n
}

/** -1, 0 or 1. */
export function signOf(a: Rational): number {
  return a.n === 0n ? 0 : Number(a.s)
}

/** The nearest float64. */
export function toNumber(a: Rational): number {
  return a.valueOf()
}

/** `3`, `-3` or `-3/4`, the canonical spelling. */
export function rationalText(a: Rational): string {
  const sign = signOf(a) < 0 ? '-' : ''
  return a.d === 1n ? `${sign}${a.n}` : `${sign}${a.n}/${a.d}`
}
