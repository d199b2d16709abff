import { describe, expect, it } from 'vitest'
import { LimitError, ParseError } from '../../src/base/errors.js'
import {
  addRational,
  divideRational,
  multiplyRational,
  parseDecimal,
  powerRational,
  rational,
  rationalText,
  signOf,
  toNumber,
} from '../../src/base/rational.js'

describe('a decimal literal', () => {
  it.each([
    ['0.1', '1/10'],
    ['.5', '1/2'],
    ['5.', '5'],
    ['-0.250', '-1/4'],
    ['1e3', '1000'],
    ['2.5E-2', '1/40'],
    ['-0', '0'],
    ['007', '7'],
  ])('%s is exactly %s', (text, exact) => {
    expect(rationalText(parseDecimal(text))).toBe(exact)
  })

  it('is exact where float64 is not', () => {
    const sum = addRational(parseDecimal('0.1'), parseDecimal('0.2'))
    expect(rationalText(sum)).toBe('3/10')
  })

  it.each(['1e999999', '1e99999999999', '1e-1201', '9'.repeat(1201), `0.${'0'.repeat(1200)}1`])(
    'past 4,096 bits raises LimitError (%#)',
    text => {
      expect(() => parseDecimal(text)).toThrowError(LimitError)
    },
  )

  it.each(['1.2.3', 'abc', '1e', '--1', '0x10'])('refuses %s as no number', text => {
    expect(() => parseDecimal(text)).toThrowError(ParseError)
  })
})

describe('an exact rational', () => {
  it('stands in lowest terms, with the sign above the line', () => {
    expect(rationalText(rational(6, -4))).toBe('-3/2')
    expect(rationalText(rational(0, -5))).toBe('0')
    expect([rational(-6, 4), rational(0), rational(1, 9)].map(signOf)).toEqual([-1, 0, 1])
  })

  it('is one object for the small integers', () => {
    for (let n = -16; n <= 16; n++) expect(rational(n)).toBe(rational(n))
  })

  it('may have 4,096 bits and no more', () => {
    const most = rational(1n << 4096n)
    expect(most.n).toBe(1n << 4096n)
    expect(() => multiplyRational(most, rational(2))).toThrowError(LimitError)
    expect(() => addRational(most, rational(1))).toThrowError(LimitError)
    expect(() => divideRational(rational(1, 3), most)).toThrowError(LimitError)
    expect(() => rational((1n << 4096n) + 1n)).toThrowError(LimitError)
  })

  it('is raised to whole powers of either sign', () => {
    expect(rationalText(powerRational(rational(-2, 3), 3))).toBe('-8/27')
    expect(rationalText(powerRational(rational(-2, 3), -2))).toBe('9/4')
    expect(rationalText(powerRational(rational(-2, 3), -3))).toBe('-27/8')
    expect(rationalText(powerRational(rational(5), 0))).toBe('1')
  })

  it('has no power that is too large, and finds out before computing it', () => {
    for (const exponent of [5000, -5000, 2 ** 50, 0.5, Number.NaN])
      expect(() => powerRational(rational(2), exponent)).toThrowError(LimitError)
  })

  it('is the nearest float64 where a number is wanted', () => {
    expect(toNumber(rational(1, 10))).toBe(0.1)
    expect(toNumber(rational(-7, 2))).toBe(-3.5)
  })
})
