import { ONE, type Rational, rational, TWO, toNumber } from '../base/rational.js'
import type { Call, Expr } from '../expr/node.js'
import type { Op } from '../expr/op.js'
import { isScalar } from '../expr/shape.js'
import { logSigmoid, relu, sigmoid, softplus, softsign } from '../ops/activations.js'
import {
  both,
  either,
  equals,
  greater,
  greaterOrEqual,
  less,
  lessOrEqual,
  notEqual,
} from '../ops/comparison.js'
import {
  addition,
  division,
  hadamardProduct,
  hadamardQuotient,
  matrixProduct,
  multiplication,
  summation,
  transposition,
} from '../ops/core.js'
import { hardTanh, relu6 } from '../ops/hard-activations.js'
import { norm1, norm2, squaredNorm } from '../ops/norms.js'
import { leakyRelu, swish } from '../ops/parametric.js'
import { maximum, minimum, piecewise } from '../ops/piecewise.js'
import { exponential, logarithm, powering, squareRoot } from '../ops/powers.js'
import { columnSums, mean, rowSums } from '../ops/reductions.js'
import { absoluteValue, signum } from '../ops/signs.js'
import { crossEntropy, crossEntropyOfProbabilities, logSoftmax, logSumExp, softmax } from '../ops/softmax.js'
import {
  arctangent,
  cosine,
  errorFunction,
  hyperbolicCosine,
  hyperbolicSine,
  hyperbolicTangent,
  sine,
  tangent,
} from '../ops/trigonometric.js'
import { constant, type Poly, polyOf, scaled, slotAt } from './algebra.js'
import { COLUMN, type Entries, type EntryRule, ROW } from './entries.js'
import { aboveZero, expOf, logOf, positivePart, powerOf, withParity } from './functions.js'
import { product, sum } from './normal.js'

const MINUS = rational(-1)
const HALF = rational(1, 2)
const UNIT = constant(ONE)

function minus(at: Entries, a: Poly, b: Poly): Poly {
  return sum(at.ring, a, scaled(b, MINUS))
}

/** A function of one number from what it does to a formula. */
function each(of: (at: Entries, x: Poly) => Poly): EntryRule {
  return (at, { args: [x] }) => of(at, at.at(x!))
}

function sigmoidOf(at: Entries, x: Poly): Poly {
  const above = expOf(at.ring, x)
  return product(at.ring, above, powerOf(at.ring, sum(at.ring, UNIT, above), MINUS))
}

function tanhOf(at: Entries, x: Poly): Poly {
  return minus(at, scaled(sigmoidOf(at, scaled(x, TWO)), TWO), UNIT)
}

function softplusOf(at: Entries, x: Poly): Poly {
  return logOf(at.ring, sum(at.ring, UNIT, expOf(at.ring, x)))
}

function absOf(at: Entries, x: Poly): Poly {
  return minus(at, scaled(positivePart(at.ring, x), TWO), x)
}

function chosen(at: Entries, condition: Poly, ifTrue: Poly, ifFalse: Poly): Poly {
  return sum(at.ring, ifFalse, product(at.ring, condition, minus(at, ifTrue, ifFalse)))
}

function larger(at: Entries, a: Poly, b: Poly): Poly {
  return sum(at.ring, b, positivePart(at.ring, minus(at, a, b)))
}

function smaller(at: Entries, a: Poly, b: Poly): Poly {
  return scaled(larger(at, scaled(a, MINUS), scaled(b, MINUS)), MINUS)
}

/** The arguments entry by entry; a scalar beside arrays is the same everywhere. */
function all(at: Entries, node: Call): readonly Poly[] {
  return node.args.map(arg => at.at(arg))
}

function powered(at: Entries, [base, exponent]: readonly Expr[]): Poly {
  const power = exponent!.kind === 'num' ? exponent!.value : undefined
  if (power !== undefined) return raisedNode(at, base!, power)
  return expOf(at.ring, product(at.ring, at.at(exponent!), logOf(at.ring, at.at(base!))))
}

/** The exponentials of one sample added up: of a column all, of a matrix row by row. */
function partition(at: Entries, x: Expr): Poly {
  if (x.shape.columns === 1) return at.along(x.shape.rows, row => expOf(at.ring, at.at(x, row)))
  return at.along(x.shape.columns, column => expOf(at.ring, at.at(x, slotAt(ROW), column)))
}

function logSoftmaxOf(at: Entries, x: Expr): Poly {
  return minus(at, at.at(x), logOf(at.ring, partition(at, x)))
}

function entropy(at: Entries, [, t]: readonly Expr[], logarithms: Poly): Poly {
  const weighted = product(at.ring, at.at(t!), logarithms)
  const total = at.everywhere(t!.shape, (row, column) =>
    at.ring.put(
      weighted,
      new Map([
        [ROW, row],
        [COLUMN, column],
      ]),
    ),
  )
  return scaled(total, MINUS)
}

function squares(at: Entries, x: Expr): Poly {
  return at.everywhere(x.shape, (row, column) => powerOf(at.ring, at.at(x, row, column), TWO))
}

function total(at: Entries, x: Expr): Poly {
  return at.everywhere(x.shape, (row, column) => at.at(x, row, column))
}

const product_: EntryRule = (at, node) => product(at.ring, ...all(at, node))
const quotient: EntryRule = (at, { args: [a, b] }) => product(at.ring, at.at(a!), raisedNode(at, b!, MINUS))

/** A formula to a power, factor by factor where it is written as a product, so that `(x - 4)^2` stays a power. */
function raisedNode(at: Entries, node: Expr, power: Rational): Poly {
  const parts: Poly[] = []
  const open: { readonly node: Expr; readonly power: Rational }[] = [{ node, power }]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { node: now, power: exponent } = next
    const inside = now.kind === 'call' && exponent.d === 1n ? now : undefined
    const [base, own] = inside?.args ?? []
    if (inside?.op === multiplication || inside?.op === hadamardProduct) {
      for (const arg of inside.args) open.push({ node: arg, power: exponent })
    } else if (inside?.op === powering && own?.kind === 'num' && own.value.d === 1n) {
      open.push({ node: base!, power: exponent.mul(own.value) })
    } else parts.push(powerOf(at.ring, at.at(now), exponent))
  }
  return product(at.ring, ...parts)
}

const matrices: EntryRule = (at, { args }) => {
  let left = args[0]!
  let found = at.at(left)
  for (const right of args.slice(1)) {
    const before = found
    const inner = left.shape.columns
    found = at.along(inner, slot => {
      const first = at.ring.put(before, new Map([[COLUMN, slot]]))
      return product(at.ring, first, at.at(right, slot, slotAt(COLUMN)))
    })
    left = right
  }
  return found
}

const extreme =
  (pick: (at: Entries, a: Poly, b: Poly) => Poly): EntryRule =>
  (at, node) =>
    all(at, node).reduce((a, b) => pick(at, a, b))

const cases: EntryRule = (at, node) => {
  const parts = all(at, node)
  let result = parts[parts.length - 1]!
  for (let k = parts.length - 3; k >= 0; k -= 2) result = chosen(at, parts[k]!, parts[k + 1]!, result)
  return result
}

/** 1 where the difference of the arguments, in this direction, is above zero. */
const above =
  (sign: Rational, complement: boolean): EntryRule =>
  (at, { args: [a, b] }) => {
    const holds = aboveZero(at.ring, scaled(minus(at, at.at(a!), at.at(b!)), sign))
    return complement ? minus(at, UNIT, holds) : holds
  }

const equal: EntryRule = (at, { args: [a, b] }) =>
  withParity(at.ring, minus(at, at.at(a!), at.at(b!)), 'even', x => at.opaque('equal', x))

const meanOf: EntryRule = (at, { args: [x] }) => {
  const { rows, columns } = x!.shape
  const count = product(at.ring, at.size(rows), at.size(columns))
  return product(at.ring, total(at, x!), powerOf(at.ring, count, MINUS))
}

/** How the entries of a call are made of those of its arguments, for what acts on numbers and sums. */
export const NUMBER_RULES: ReadonlyMap<Op, EntryRule> = new Map<Op, EntryRule>([
  [addition, (at, node) => sum(at.ring, ...all(at, node))],
  [multiplication, product_],
  [hadamardProduct, product_],
  [matrixProduct, matrices],
  [division, quotient],
  [hadamardQuotient, quotient],
  [transposition, (at, { args: [a] }) => at.at(a!, slotAt(COLUMN), slotAt(ROW))],
  [summation, (at, { args: [a] }) => total(at, a!)],
  [rowSums, (at, { args: [a] }) => at.along(a!.shape.columns, column => at.at(a!, slotAt(ROW), column))],
  [columnSums, (at, { args: [a] }) => at.along(a!.shape.rows, row => at.at(a!, row, slotAt(COLUMN)))],
  [mean, meanOf],
  [powering, (at, { args }) => powered(at, args)],
  [exponential, each((at, x) => expOf(at.ring, x))],
  [logarithm, each((at, x) => logOf(at.ring, x))],
  [squareRoot, each((at, x) => powerOf(at.ring, x, HALF))],
  [absoluteValue, each(absOf)],
  [signum, each((at, x) => minus(at, aboveZero(at.ring, x), aboveZero(at.ring, scaled(x, MINUS))))],
  [sine, each((at, x) => withParity(at.ring, x, 'odd', y => polyOf(at.ring.made('sine', 'sin', y))))],
  [cosine, each((at, x) => withParity(at.ring, x, 'even', y => at.opaque('cos', y)))],
  [
    tangent,
    each((at, x) =>
      withParity(at.ring, x, 'odd', y =>
        product(
          at.ring,
          polyOf(at.ring.made('sine', 'sin', y)),
          powerOf(at.ring, at.opaque('cos', y), MINUS),
        ),
      ),
    ),
  ],
  [arctangent, each((at, x) => withParity(at.ring, x, 'odd', y => at.opaque('arctan', y)))],
  [errorFunction, each((at, x) => withParity(at.ring, x, 'odd', y => at.opaque('erf', y)))],
  [
    hyperbolicSine,
    each((at, x) => scaled(minus(at, expOf(at.ring, x), expOf(at.ring, scaled(x, MINUS))), HALF)),
  ],
  [
    hyperbolicCosine,
    each((at, x) => scaled(sum(at.ring, expOf(at.ring, x), expOf(at.ring, scaled(x, MINUS))), HALF)),
  ],
  [hyperbolicTangent, each(tanhOf)],
  [sigmoid, each(sigmoidOf)],
  [softplus, each(softplusOf)],
  [logSigmoid, each((at, x) => scaled(softplusOf(at, scaled(x, MINUS)), MINUS))],
  [softsign, each((at, x) => product(at.ring, x, powerOf(at.ring, sum(at.ring, UNIT, absOf(at, x)), MINUS)))],
  [relu, each((at, x) => positivePart(at.ring, x))],
  [relu6, each((at, x) => smaller(at, larger(at, x, []), constant(rational(6))))],
  [hardTanh, each((at, x) => larger(at, smaller(at, x, UNIT), constant(MINUS)))],
  [
    leakyRelu,
    (at, { args: [x, slope], op }) =>
      slope === undefined
        ? at.opaque(op.name, at.at(x!))
        : chosen(at, aboveZero(at.ring, at.at(x!)), at.at(x!), product(at.ring, at.at(slope), at.at(x!))),
  ],
  [
    swish,
    (at, { args: [x, beta] }) => {
      const inside = beta === undefined ? at.at(x!) : product(at.ring, at.at(beta), at.at(x!))
      return product(at.ring, at.at(x!), sigmoidOf(at, inside))
    },
  ],
  [less, above(MINUS, false)],
  [greater, above(ONE, false)],
  [lessOrEqual, above(ONE, true)],
  [greaterOrEqual, above(MINUS, true)],
  [equals, equal],
  [notEqual, (at, node) => minus(at, UNIT, equal(at, node))],
  [both, product_],
  [
    either,
    (at, node) => {
      const none = all(at, node).map(part => minus(at, UNIT, part))
      return minus(at, UNIT, product(at.ring, ...none))
    },
  ],
  [piecewise, cases],
  [maximum, extreme(larger)],
  [minimum, extreme(smaller)],
  [
    softmax,
    (at, { args: [x] }) =>
      product(at.ring, expOf(at.ring, at.at(x!)), powerOf(at.ring, partition(at, x!), MINUS)),
  ],
  [logSoftmax, (at, { args: [x] }) => logSoftmaxOf(at, x!)],
  [logSumExp, (at, { args: [x] }) => logOf(at.ring, partition(at, x!))],
  [crossEntropy, (at, { args }) => entropy(at, args, logSoftmaxOf(at, args[0]!))],
  [crossEntropyOfProbabilities, (at, { args }) => entropy(at, args, logOf(at.ring, at.at(args[0]!)))],
  [squaredNorm, (at, { args: [x] }) => squares(at, x!)],
  [norm2, (at, { args: [x] }) => powerOf(at.ring, squares(at, x!), HALF)],
  [norm1, (at, { args: [x] }) => at.everywhere(x!.shape, (row, column) => absOf(at, at.at(x!, row, column)))],
])

/** The whole number a node is, if it is one. */
export function wholeNumber(node: Expr | undefined): number | undefined {
  return node?.kind === 'num' && isScalar(node.shape) && node.value.d === 1n
    ? toNumber(node.value)
    : undefined
}
