import {
  addRational,
  divideRational,
  MINUS_ONE,
  multiplyRational,
  ONE,
  type Rational,
  signOf,
  TWO,
} from '../base/rational.js'
import { number } from '../expr/intern.js'
import type { Facts } from '../expr/law.js'
import type { Call, Expr } from '../expr/node.js'
import { isScalar, type Shape } from '../expr/shape.js'
import {
  add,
  addition,
  divide,
  divideEach,
  division,
  hadamard,
  hadamardProduct,
  hadamardQuotient,
  isCall,
  isOne,
  matrixProduct,
  multiplication,
  multiply,
  negate,
  ones,
  zeros,
} from '../ops/core.js'
import { norm2Of, squaredNorm } from '../ops/norms.js'
import { power, powering } from '../ops/powers.js'
import { MOST_COMPARED } from './classes.js'

/** A factor that stands in a product a number of times; fewer than none puts it below the fraction line. */
export interface Factor {
  readonly base: Expr
  readonly exponent: Rational
}

/** What a product is made of, scalars first and in the order written. */
export interface Factors {
  readonly shape: Shape
  readonly coefficient: Rational
  readonly scalars: readonly Factor[]
  /** Arrays multiplied entry by entry. In a product with scalars there is at most one. */
  readonly arrays: readonly Factor[]
  /** Whether factors of one base met, and whether some of them left nothing. */
  readonly merged: boolean
  readonly cancelled: boolean
}

const MINUS_TWO = TWO.neg()

/** Sums of more terms are not compared with their negatives. */
const LONGEST_DIFFERENCE = 6

class Bag {
  coefficient = ONE
  merged = false
  cancelled = false
  readonly #sums = { above: 0, below: 0 }
  readonly #items: { readonly key: number; readonly base: Expr; exponent: Rational }[] = []
  #places: Map<number, number> | undefined
  readonly #facts: Facts

  constructor(facts: Facts) {
    this.#facts = facts
  }

  put(base: Expr, exponent: Rational): void {
    const key = this.#facts.classOf(base)
    const at = this.#placeOf(key) ?? this.#opposite(base, exponent)
    if (at === undefined) {
      this.#places?.set(key, this.#items.length)
      this.#items.push({ key, base, exponent })
      if (isCall(base, addition)) this.#sums[signOf(exponent) < 0 ? 'below' : 'above']++
      return
    }
    const item = this.#items[at]!
    const total = addRational(item.exponent, exponent)
    this.merged = true
    if (signOf(item.exponent) !== signOf(exponent)) this.cancelled = true
    item.exponent = total
  }

  /** Where the factors of a class are collected: looked for one by one while they are few, then through a table. */
  #placeOf(key: number): number | undefined {
    if (this.#items.length <= MOST_COMPARED) {
      for (let at = 0; at < this.#items.length; at++) if (this.#items[at]!.key === key) return at
      return undefined
    }
    this.#places ??= new Map(this.#items.map((item, at) => [item.key, at]))
    return this.#places.get(key)
  }

  /** A difference is minus the difference turned round: `(a-b)/(b-a)` is -1. */
  #opposite(base: Expr, exponent: Rational): number | undefined {
    if (!isCall(base, addition) || base.args.length > LONGEST_DIFFERENCE) return undefined
    // Only to cancel: (a-1)(1-a) stays as it is written, and is not turned into minus a square.
    if (this.#sums[signOf(exponent) < 0 ? 'above' : 'below'] === 0) return undefined
    if (exponent.d !== 1n) return undefined
    const at = this.#placeOf(this.#facts.classOf(add(...base.args.map(negate))))
    if (at === undefined) return undefined
    if (signOf(this.#items[at]!.exponent) === signOf(exponent)) return undefined
    if (exponent.n % 2n === 1n) this.coefficient = multiplyRational(this.coefficient, MINUS_ONE)
    return at
  }

  list(): readonly Factor[] {
    return this.#items.every(isPresent) ? this.#items : this.#items.filter(isPresent)
  }
}

function isPresent({ exponent }: Factor): boolean {
  return exponent.n !== 0n
}

const NONE: readonly Factor[] = Object.freeze([])

/** Takes a product or a quotient apart. Constant work for each factor. */
export function factorsOf(node: Expr, facts: Facts): Factors {
  const scalars = new Bag(facts)
  let arrays: Bag | undefined
  let coefficient = ONE
  // Two stacks side by side: a part, and whether it stands above the line.
  const parts: Expr[] = [node]
  const ups: boolean[] = [true]
  const numeric = (value: Rational, up: boolean) => {
    coefficient = up ? multiplyRational(coefficient, value) : divideRational(coefficient, value)
  }
  const bagOf = ({ shape }: Expr): Bag => {
    if (isScalar(shape)) return scalars
    arrays ??= new Bag(facts)
    return arrays
  }
  while (parts.length > 0) {
    const part = parts.pop()!
    const up = ups.pop()!
    if (part.kind === 'num' && (up || part.value.n !== 0n)) {
      numeric(part.value, up)
    } else if (isCall(part, multiplication) || isCall(part, hadamardProduct)) {
      for (let i = part.args.length - 1; i >= 0; i--) {
        parts.push(part.args[i]!)
        ups.push(up)
      }
    } else if (isCall(part, division) || isCall(part, hadamardQuotient)) {
      parts.push(part.args[1]!, part.args[0]!)
      ups.push(!up, up)
    } else if (isCall(part, powering) && part.args[1]!.kind === 'num') {
      const exponent = part.args[1]!.value
      bagOf(part).put(part.args[0]!, up ? exponent : multiplyRational(exponent, MINUS_ONE))
    } else if (isCall(part, squaredNorm)) {
      // The constructor of powers makes it a squared norm again, unless it met the norm itself.
      bagOf(part).put(norm2Of(part.args[0]!), up ? TWO : MINUS_TWO)
    } else {
      bagOf(part).put(part, up ? ONE : MINUS_ONE)
    }
  }
  const signs = arrays === undefined ? ONE : arrays.coefficient
  return {
    shape: node.shape,
    coefficient: multiplyRational(coefficient, multiplyRational(scalars.coefficient, signs)),
    scalars: scalars.list(),
    arrays: arrays === undefined ? NONE : arrays.list(),
    merged: scalars.merged || arrays?.merged === true,
    cancelled: scalars.cancelled || arrays?.cancelled === true,
  }
}

function raised({ base, exponent }: Factor): Expr {
  const up = signOf(exponent) < 0 ? multiplyRational(exponent, MINUS_ONE) : exponent
  return up.n === 1n && up.d === 1n ? base : power(base, number(up))
}

function split(factors: readonly Factor[]): { readonly above: Expr[]; readonly below: Expr[] } {
  const above: Expr[] = []
  const below: Expr[] = []
  for (const factor of factors) (signOf(factor.exponent) > 0 ? above : below).push(raised(factor))
  return { above: functionsLast(above), below }
}

function isSymbolic(node: Expr): boolean {
  return node.kind === 'sym' || (isCall(node, powering) && node.args[0]!.kind === 'sym')
}

/** A known function of something, a power of one, or a power of a sum. An unknown function keeps its place in the chain of factors. */
function isFunctionValue(node: Expr): boolean {
  const base = baseOf(node)
  if (base !== node && isCall(base, addition)) return true
  return base.kind === 'call' && base.op.kind === 'elementwise' && base.op.abstract === undefined
}

/** What is raised to a power, or to a power of a power; anything else is itself. */
function baseOf(node: Expr): Expr {
  let base = node
  while (isCall(base, powering)) base = base.args[0]!
  return base
}

/** `\cos(u) x` is written `x \cos(u)`: values of functions go behind the symbols. */
function functionsLast(factors: Expr[]): Expr[] {
  const at = factors.findIndex(isFunctionValue)
  const last = factors.findLastIndex(isSymbolic)
  if (at < 0 || last < at) return factors
  const head = factors.slice(0, last + 1)
  const late = head.filter(isFunctionValue)
  return [...head.filter(factor => !isFunctionValue(factor)), ...late, ...factors.slice(last + 1)]
}

/** Puts factors together again: one numeric factor in front, one fraction, the order of first appearance. */
export function productOf(factors: Factors): Expr {
  const { shape, coefficient } = factors
  if (coefficient.n === 0n) return zeros(shape)
  const array = arrayOf(factors)
  const { above, below } = split(factors.scalars)
  if (below.length === 0) {
    const items = [...above, ...(array ? [array] : [])]
    if (items.length === 0) return number(coefficient)
    return coefficient.n === 1n && coefficient.d === 1n && coefficient.s > 0n
      ? multiply(...items)
      : multiply(number(coefficient), ...items)
  }
  const negative = signOf(coefficient) < 0
  const over =
    coefficient.n === 1n && above.length > 0 ? above : [number(rationalOf(coefficient.n)), ...above]
  const under = coefficient.d === 1n ? below : [number(rationalOf(coefficient.d)), ...below]
  const bottom = multiply(...under)
  // A chain of matrices stays beside the fraction, a single array goes above its line: \frac2m X^T r, but \frac{x}{\|x\|},
  // and where nothing but the chain would stand above a longer denominator, it does: \frac{xx^T}{\|x\|^3}.
  const alone = above.length === 0 && coefficient.n === 1n && below.some(isLong)
  const beside = array !== undefined && standsBeside(array) && !(alone && isCall(array, matrixProduct))
  const top =
    coefficient.n === 1n && above.length === 0 && array && !beside
      ? [array]
      : array && !beside
        ? [...over, array]
        : over
  const quotient = divide(multiply(...top), bottom)
  const signed = negative ? negate(quotient) : quotient
  return beside ? multiply(signed, array) : signed
}

/** A denominator that is more than a letter or a size. */
function isLong(node: Expr): boolean {
  const base = baseOf(node)
  return base.kind === 'call' && base.op.kind === 'reduction'
}

function rationalOf(whole: bigint): Rational {
  return ONE.mul(whole)
}

function standsBeside(array: Expr): boolean {
  return (
    isCall(array, matrixProduct) ||
    isCall(array, hadamardProduct) ||
    isCall(array, hadamardQuotient) ||
    (array.kind === 'call' && array.op.binds)
  )
}

function arrayOf({ shape, arrays }: Factors): Expr | undefined {
  if (isScalar(shape)) return undefined
  const { above, below } = split(arrays)
  const top = above.length > 0 ? hadamard(...above) : ones(shape)
  return below.length > 0 ? divideEach(top, hadamard(...below)) : top
}

/** The numeric factor of a term, and the term without it. */
export function coefficientOf(term: Expr): { readonly coefficient: Rational; readonly rest: Expr } {
  if (term.kind === 'num') return { coefficient: term.value, rest: ones(term.shape) }
  if (isCall(term, multiplication)) {
    const first = term.args[0]!
    if (first.kind !== 'num') return { coefficient: ONE, rest: term }
    const inside = coefficientOf(multiply(...term.args.slice(1)))
    return { coefficient: multiplyRational(first.value, inside.coefficient), rest: inside.rest }
  }
  if (isCall(term, division)) return quotientCoefficient(term)
  return { coefficient: ONE, rest: term }
}

function quotientCoefficient(term: Call): { readonly coefficient: Rational; readonly rest: Expr } {
  const above = coefficientOf(term.args[0]!)
  const below = coefficientOf(term.args[1]!)
  if (below.coefficient.n === 0n) return { coefficient: ONE, rest: term }
  const coefficient = divideRational(above.coefficient, below.coefficient)
  return { coefficient, rest: isOne(below.rest) ? above.rest : divide(above.rest, below.rest) }
}
