import { isInteger, multiplyRational, powerRational, signOf, toNumber } from '../../base/rational.js'
import { number } from '../../expr/intern.js'
import type { Law } from '../../expr/law.js'
import { isScalar } from '../../expr/shape.js'
import {
  divide,
  divideEach,
  division,
  isCall,
  isOne,
  isZero,
  multiplication,
  negate,
  ones,
  zeros,
} from '../../ops/core.js'
import { exponential, logarithm, power, powering, squareRoot } from '../../ops/powers.js'
import { absOf } from '../../ops/signs.js'
import { defineLaw } from '../law.js'

/** A numeric power is computed when its exponent is at most this, so that no number grows without bound. */
const LARGEST_EXPONENT = 64

const trivialPower = defineLaw({
  id: 'trivial-power',
  name: 'power with exponent one or zero',
  statement: 'x^1=x,\\quad x^0=1',
  sentence: 'The first power is the base, the zeroth power is one.',
  example: 's^1 = s',
  apply: node => {
    const [base, exponent] = [node.args[0]!, node.args[1]!]
    if (isOne(exponent)) return base
    if (isZero(exponent)) return ones(base.shape)
    if (isOne(base)) return base
    return undefined
  },
})

const numericPower = defineLaw({
  id: 'power-of-a-number',
  name: 'compute a power',
  statement: '2^3=8',
  sentence: 'A whole power of an exact number is computed exactly.',
  example: '2^3 = 8',
  apply: node => {
    const [base, exponent] = [node.args[0]!, node.args[1]!]
    if (base.kind !== 'num' || exponent.kind !== 'num' || !isInteger(exponent.value)) return undefined
    const whole = toNumber(exponent.value)
    if (Math.abs(whole) > LARGEST_EXPONENT || (whole < 0 && isZero(base))) return undefined
    return number(powerRational(base.value, whole), base.shape)
  },
})

const powerOfPower = defineLaw({
  id: 'power-of-a-power',
  name: 'power of a power',
  statement: '(x^a)^b=x^{ab}',
  sentence: 'A whole power of a whole power multiplies the exponents.',
  example: '(s^2)^3 = s^6',
  apply: node => {
    const [base, outer] = [node.args[0]!, node.args[1]!]
    if (outer.kind !== 'num' || !isInteger(outer.value)) return undefined
    if (isCall(base, squareRoot) && toNumber(outer.value) === 2) return base.args[0]
    const inner = isCall(base, powering) ? base.args[1]! : undefined
    if (inner?.kind !== 'num' || !isInteger(inner.value) || !isCall(base, powering)) return undefined
    return power(base.args[0]!, number(multiplyRational(inner.value, outer.value)))
  },
})

const powerOfQuotient = defineLaw({
  id: 'power-of-a-quotient',
  name: 'power of a quotient',
  statement: '\\Big(\\frac{a}{b}\\Big)^n=\\frac{a^n}{b^n}',
  sentence: 'A whole power of a quotient is the quotient of the powers.',
  example: '(s/t)^2 = s^2/t^2',
  apply: node => {
    const [base, exponent] = [node.args[0]!, node.args[1]!]
    if (exponent.kind !== 'num' || !isInteger(exponent.value) || !isCall(base, division)) return undefined
    if (!isScalar(base.shape)) return undefined
    const [above, below] = [base.args[0]!, base.args[1]!]
    return divide(isOne(above) ? above : power(above, exponent), power(below, exponent))
  },
})

const negativePower = defineLaw({
  id: 'negative-power',
  name: 'negative power as a fraction',
  statement: 'x^{-a}=\\frac{1}{x^a}',
  sentence: 'A negative power is one over the positive power.',
  example: 't^(-2) = 1/t^2',
  apply: node => {
    const [base, exponent] = [node.args[0]!, node.args[1]!]
    if (exponent.kind !== 'num' || signOf(exponent.value) >= 0) return undefined
    const below = power(base, number(exponent.value.neg()))
    return isScalar(base.shape) ? divide(ones(base.shape), below) : divideEach(ones(base.shape), below)
  },
})

export const powerLaws: readonly Law[] = Object.freeze([
  trivialPower,
  numericPower,
  powerOfPower,
  powerOfQuotient,
  negativePower,
])

const exponentialOfLogarithm = defineLaw({
  id: 'exponential-of-a-logarithm',
  name: 'exponential and logarithm cancel',
  statement: 'e^{\\ln x}=x,\\quad e^0=1',
  sentence: 'The exponential undoes the logarithm.',
  example: 'exp(log(s)) = s',
  apply: node => {
    const inside = node.args[0]!
    if (isZero(inside)) return ones(node.shape)
    return isCall(inside, logarithm) ? inside.args[0] : undefined
  },
})

const logarithmOfExponential = defineLaw({
  id: 'logarithm-of-an-exponential',
  name: 'logarithm and exponential cancel',
  statement: '\\ln e^x=x,\\quad \\ln 1=0',
  sentence: 'The logarithm undoes the exponential.',
  example: 'log(exp(s)) = s',
  apply: node => {
    const inside = node.args[0]!
    if (isOne(inside)) return zeros(node.shape)
    return isCall(inside, exponential) ? inside.args[0] : undefined
  },
})

const rootOfNumber = defineLaw({
  id: 'root-of-a-square-number',
  name: 'root of a square number',
  statement: '\\sqrt{4}=2',
  sentence: 'The root of an exact square is exact.',
  example: 'sqrt(4) = 2',
  apply: node => {
    const inside = node.args[0]!
    if (inside.kind !== 'num' || signOf(inside.value) < 0) return undefined
    const [n, d] = [wholeRoot(inside.value.n), wholeRoot(inside.value.d)]
    return n === undefined || d === undefined
      ? undefined
      : number(inside.value.mul(0).add(n).div(d), inside.shape)
  },
})

function wholeRoot(value: bigint): bigint | undefined {
  if (value > 1n << 52n) return undefined
  const root = BigInt(Math.round(Math.sqrt(Number(value))))
  return root * root === value ? root : undefined
}

export const exponentialLaws: readonly Law[] = Object.freeze([exponentialOfLogarithm])
export const logarithmLaws: readonly Law[] = Object.freeze([logarithmOfExponential])
export const rootLaws: readonly Law[] = Object.freeze([rootOfNumber])

export const absoluteValueLaws: readonly Law[] = Object.freeze([
  defineLaw({
    id: 'absolute-value-of-a-positive',
    name: 'absolute value of a positive quantity',
    statement: '|x|=x\\quad(x>0)',
    sentence: 'A quantity proved positive is its own absolute value; a sign inside does not matter.',
    example: 'abs(-s) = abs(s)',
    apply: (node, facts) => {
      const inside = node.args[0]!
      if (inside.kind === 'num') return number(inside.value.abs(), inside.shape)
      if (facts.positive(inside)) return { to: inside, assumption: facts.positivityOf(inside) }
      const first = isCall(inside, multiplication) ? inside.args[0] : undefined
      if (first?.kind !== 'num' || signOf(first.value) >= 0) return undefined
      return absOf(negate(inside))
    },
  }),
])

export const signLaws: readonly Law[] = Object.freeze([
  defineLaw({
    id: 'sign-of-a-positive',
    name: 'sign of a positive quantity',
    statement: '\\operatorname{sign}(x)=1\\quad(x>0)',
    sentence: 'The sign of a quantity proved positive is one.',
    example: 'sign(exp(s)) = 1',
    apply: (node, facts) => {
      const inside = node.args[0]!
      return facts.positive(inside)
        ? { to: ones(node.shape), assumption: facts.positivityOf(inside) }
        : undefined
    },
  }),
])
