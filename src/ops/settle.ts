import {
  addRational,
  isInteger,
  multiplyRational,
  ONE,
  type Rational,
  rational,
  ZERO,
} from '../base/rational.js'
import { differenceOfDims } from '../expr/dimension.js'
import { number, symbol } from '../expr/intern.js'
import type { Call, Expr, Sym } from '../expr/node.js'
import { type Dim, isScalar, SCALAR } from '../expr/shape.js'
import { contains, postorder, remake, substitute } from '../expr/walk.js'
import {
  add,
  addition,
  divide,
  division,
  isCall,
  isOne,
  isZero,
  multiplication,
  multiply,
  negate,
  transposition,
  zeros,
} from './core.js'
import { dimOf } from './dimension.js'
import { delta, indexedSum, kroneckerDelta, summationOverIndex } from './indexed.js'
import { power } from './powers.js'

/** How far indices run, from 1: each to the least of the sizes listed, which need not be known. */
export type Ranges = ReadonlyMap<Expr, readonly Dim[]>

/**
 * Contracts Kronecker deltas: `\sum_k A_{ik} \delta_{kj}` is `A_{ij}` where j is known to lie in the range of the sum.
 * Sums are split where only some terms have a delta, factors that do not depend on an index are taken out of its sum,
 * ones and zeros are left out. Nothing is raised to matrix form.
 */
export function contractDeltas(root: Expr, ranges: Ranges): Expr {
  return new Settling(ranges, 0).settle(root)
}

class Settling {
  readonly #ranges: Ranges
  readonly #depth: number

  constructor(ranges: Ranges, depth: number) {
    this.#ranges = ranges
    this.#depth = depth
  }

  /** One level of binders at a time; binders inside one another are few, so recursion over them is safe. */
  settle(root: Expr): Expr {
    const done = new Map<Expr, Expr>()
    const now = (node: Expr) => done.get(node) ?? node
    for (const node of postorder([root], call => !call.op.binds && isOpen(call))) {
      if (node.kind !== 'call') continue
      if (isCall(node, summationOverIndex)) done.set(node, this.#opened(node))
      else if (isOpen(node) && !node.op.binds) {
        const args = node.args.map(now)
        done.set(node, this.#made(node, args))
      }
    }
    return now(root)
  }

  #made(node: Call, args: readonly Expr[]): Expr {
    if (isCall(node, multiplication)) return productOf(args)
    if (isCall(node, addition)) return totalOf(args)
    if (isCall(node, division) && isZero(args[0]!)) return args[0]!
    if (isCall(node, kroneckerDelta)) return deltaOf(args[0]!, args[1]!)
    return args.some((arg, k) => arg !== node.args[k]) ? remake(node, args) : node
  }

  #opened(node: Call): Expr {
    const [bound, low, high, body] = node.args as readonly [Sym, Expr, Expr, Expr]
    const index = symbol(`#settled${this.#depth}`, SCALAR, 'index')
    const size = isOne(low) ? sizeOf(high) : undefined
    const ranges = size === undefined ? this.#ranges : new Map(this.#ranges).set(index, [size])
    const inside = new Settling(ranges, this.#depth + 1).settle(substitute(body, new Map([[bound, index]])))
    return this.#sum({ index, low, high, size }, inside)
  }

  #sum(range: Range, body: Expr): Expr {
    const { index, low, high } = range
    if (isZero(body)) return body
    if (!contains(body, index) && isOne(low)) return productOf([high, body])
    if (isCall(body, addition) && body.args.some(term => hasDelta(term, index))) {
      return totalOf(body.args.map(term => this.#sum(range, term)))
    }
    if (isCall(body, division) && !contains(body.args[1]!, index)) {
      return divide(this.#sum(range, body.args[0]!), body.args[1]!)
    }
    const factors = isCall(body, multiplication) ? body.args : [body]
    for (const [k, factor] of factors.entries()) {
      const other = this.#partner(factor, range)
      if (other === undefined) continue
      const rest = factors.filter((_, at) => at !== k)
      if (rest.length === 0) return number(ONE)
      return this.settle(substitute(multiply(...rest), new Map([[index, other]])))
    }
    // A sum among the factors is multiplied out where a term of it fixes the index.
    const open = factors.findIndex(
      factor => isCall(factor, addition) && factor.args.some(term => this.#fixes(term, range)),
    )
    if (open >= 0) {
      const terms = (factors[open] as Call).args
      return totalOf(
        terms.map(term => this.#sum(range, productOf(factors.map((each, k) => (k === open ? term : each))))),
      )
    }
    const outside = factors.filter(factor => isScalar(factor.shape) && !contains(factor, index))
    if (outside.length === 0) return indexedSum(index, low, high, body)
    const inside = factors.filter(factor => !outside.includes(factor))
    return productOf([...outside, indexedSum(index, low, high, productOf(inside))])
  }

  /** Whether a term has a delta that fixes the index of a sum. */
  #fixes(term: Expr, range: Range): boolean {
    const factors = isCall(term, multiplication) ? term.args : [term]
    return factors.some(factor => this.#partner(factor, range) !== undefined)
  }

  /** What a delta sets the index of a sum equal to, if that lies in the range. */
  #partner(factor: Expr, { index, size }: Range): Expr | undefined {
    if (!isCall(factor, kroneckerDelta) || size === undefined) return undefined
    const [i, j] = factor.args as [Expr, Expr]
    const other = i === index ? j : j === index ? i : undefined
    if (other === undefined || contains(other, index)) return undefined
    return this.#lies(other, size) ? other : undefined
  }

  #lies(at: Expr, size: Dim): boolean {
    const sizes = this.#ranges.get(at)
    if (sizes !== undefined) {
      return sizes.some(each => {
        const beyond = differenceOfDims(each, size)
        return typeof beyond === 'number' && beyond <= 0
      })
    }
    if (at.kind !== 'num' || !isInteger(at.value) || at.value.s < 0n) return false
    const beyond = differenceOfDims(dimOf(at), size)
    return at.value.n === 1n || (typeof beyond === 'number' && beyond <= 0)
  }
}

interface Range {
  readonly index: Sym
  readonly low: Expr
  readonly high: Expr
  /** How far the index runs from 1; undefined where that is no size. */
  readonly size: Dim | undefined
}

/** Calls that are looked into: arithmetic, sums over indices, and what is made of numbers alone. */
function isOpen(node: Call): boolean {
  const { op } = node
  if (op === addition || op === multiplication || op === transposition) return true
  if (op === summationOverIndex) return true
  return node.args.every(arg => isScalar(arg.shape))
}

function hasDelta(term: Expr, index: Sym): boolean {
  const factors = isCall(term, multiplication) ? term.args : [term]
  return factors.some(factor => isCall(factor, kroneckerDelta) && factor.args.includes(index))
}

/** A bound of a sum as a size, where it is one. */
function sizeOf(high: Expr): Dim | undefined {
  const isSize = postorder([high]).every(
    node =>
      (node.kind === 'num' && isInteger(node.value)) ||
      (node.kind === 'sym' && node.role === 'dimension') ||
      isCall(node, addition) ||
      isCall(node, multiplication),
  )
  return isSize ? dimOf(high) : undefined
}

/** The delta of two indices, where it is not known to be 1 or 0. */
function deltaOf(i: Expr, j: Expr): Expr {
  if (i === j) return number(ONE)
  return i.kind === 'num' && j.kind === 'num' ? number(ZERO) : delta(i, j)
}

/** A product of scalars without ones; zero where a factor is. Numbers are gathered in front. */
function productOf(factors: readonly Expr[]): Expr {
  let value: Rational = ONE
  const rest: Expr[] = []
  for (const factor of factors.flatMap(each => (isCall(each, multiplication) ? each.args : [each]))) {
    if (factor.kind === 'num' && isScalar(factor.shape)) value = multiplyRational(value, factor.value)
    else rest.push(factor)
  }
  const array = rest.find(({ shape }) => !isScalar(shape))
  if (value.n === 0n) return array === undefined ? number(ZERO) : zeros(array.shape)
  if (rest.length === 0) return number(value)
  const product = multiply(...rest)
  if (value.equals(ONE)) return product
  return isOne(negate(number(value))) ? negate(product) : multiply(number(value), product)
}

/** A sum of scalars without zeros; numbers are added up where the first of them stands. */
function totalOf(terms: readonly Expr[]): Expr {
  let value: Rational = ZERO
  let place = 0
  let numbers = 0
  const rest: Expr[] = []
  for (const term of terms.flatMap(each => (isCall(each, addition) ? each.args : [each]))) {
    if (term.kind === 'num' && isScalar(term.shape)) {
      if (numbers++ === 0) place = rest.length
      value = addRational(value, term.value)
    } else rest.push(term)
  }
  if (rest.length === 0) return number(value)
  return value.n === 0n ? add(...rest) : add(...rest.slice(0, place), number(value), ...rest.slice(place))
}

/** The same with equal factors of products written as powers: `x_i x_i` is `x_i^2`. */
export function withPowers(root: Expr): Expr {
  const done = new Map<Expr, Expr>()
  for (const node of postorder([root], isOpen)) {
    if (node.kind !== 'call' || !isOpen(node)) continue
    const args = node.args.map(arg => done.get(arg) ?? arg)
    const made = args.some((arg, k) => arg !== node.args[k]) ? remake(node, args) : node
    done.set(node, isCall(made, multiplication) ? multiply(...powersOf(made.args)) : made)
  }
  return done.get(root) ?? root
}

function powersOf(factors: readonly Expr[]): readonly Expr[] {
  const counts = new Map<Expr, number>()
  for (const factor of factors) counts.set(factor, (counts.get(factor) ?? 0) + 1)
  if (counts.size === factors.length) return factors
  return [...counts].map(([factor, count]) =>
    count === 1 || isCall(factor, kroneckerDelta) ? factor : power(factor, number(rational(count))),
  )
}
