import { ShapeError } from '../base/errors.js'
import { MINUS_ONE, multiplyRational, ONE, ZERO } from '../base/rational.js'
import { call, number } from '../expr/intern.js'
import type { Call, Expr, Num } from '../expr/node.js'
import { defineOp, type Op, PRECEDENCE } from '../expr/op.js'
import { isScalar, SCALAR, type Shape, shapeOf, shapeText, transposed } from '../expr/shape.js'
import { chainEntries, overAll } from './entries.js'
import { agree, chained, isPlainScalar, opened } from './fits.js'

/*
 * The arithmetic of scalars and matrices: the operations whose rules are written in terms of one another. A product
 * as it is written, `2 x^\top A x`, is a scalar product of factors (`multiply`) of which at most one is an array, and
 * that one may be a chain of matrix products (`matmul`).
 */

export function zeros(shape: Shape): Num {
  return number(ZERO, shape)
}

export function ones(shape: Shape): Num {
  return number(ONE, shape)
}

export function isZero(node: Expr): boolean {
  return node.kind === 'num' && node.value.n === 0n
}

export function isOne(node: Expr): boolean {
  return node.kind === 'num' && node.value.n === 1n && node.value.d === 1n && node.value.s > 0n
}

declare const matched: unique symbol

/** A call known to be of a certain operation. The mark keeps a failed test from excluding all other calls. */
export type Matched = Call & { readonly [matched]: true }

/** Whether a node is a call of this operation. */
export function isCall(node: Expr, op: Op): node is Matched {
  return node.kind === 'call' && node.op === op
}

// ---------------------------------------------------------------------------------------------------------- sums

export const addition: Op = defineOp({
  name: 'add',
  title: 'sum',
  kind: 'general',
  arity: [2, Number.POSITIVE_INFINITY],
  notation: { form: 'special', latex: '+', plain: '+', precedence: PRECEDENCE.sum },
  shape: args => agree('add', args),
  make: args => add(...args),
  value: (m, args) => args.reduce((a, b) => m.add(a, b)),
  rule: {
    id: 'sum-rule',
    name: 'sum rule',
    statement: '\\mathrm{d}(u+v)=\\mathrm{d}u+\\mathrm{d}v',
    source: 'matrix-cookbook:35',
    sentence: 'A sum changes by the sum of the changes of its terms.',
    level: 'every',
  },
  push: d => d,
  pull: g => g,
  entries: 'each',
  examples: ['x + y', 's + t', 'A + B'],
})

/** The sum of one or more terms of one shape; sums inside are opened. Raises `ShapeError`. */
export function add(...terms: readonly Expr[]): Expr {
  if (terms.length === 1) return terms[0]!
  return call(addition, opened(terms, addition), terms.every(isPlainScalar) ? SCALAR : undefined)
}

/** Minus the expression: the sign goes into a numeric factor that stands first. */
export function negate(node: Expr): Expr {
  if (node.kind === 'num') return number(multiplyRational(node.value, MINUS_ONE), node.shape)
  if (isCall(node, multiplication)) {
    const first = node.args[0]!
    if (first.kind === 'num' && isScalar(first.shape)) {
      const value = multiplyRational(first.value, MINUS_ONE)
      const rest = node.args.slice(1)
      return isOne(number(value)) ? multiply(...rest) : call(multiplication, [number(value), ...rest])
    }
  }
  return multiply(number(MINUS_ONE), node)
}

export function subtract(a: Expr, b: Expr): Expr {
  return add(a, negate(b))
}

// ------------------------------------------------------------------------------------------------------ products

export const multiplication: Op = defineOp({
  name: 'multiply',
  title: 'product with scalars',
  kind: 'multilinear',
  arity: [2, Number.POSITIVE_INFINITY],
  notation: { form: 'special', latex: '', plain: '*', precedence: PRECEDENCE.product },
  shape: args => {
    let shape = SCALAR
    for (const arg of args) {
      if (isScalar(arg.shape)) continue
      if (shape !== SCALAR) {
        throw new ShapeError('shape-clash', `cannot scale ${shapeText(arg.shape)} by ${shapeText(shape)}`)
      }
      shape = arg.shape
    }
    return shape
  },
  make: args => multiply(...args),
  value: (m, args) =>
    args.reduce((a, b) => (b.rows === 1 && b.columns === 1 ? m.scale(b, a) : m.scale(a, b))),
  rule: {
    id: 'product-rule',
    name: 'product rule',
    statement: '\\mathrm{d}(uv)=\\mathrm{d}u\\,v+u\\,\\mathrm{d}v',
    source: 'matrix-cookbook:37',
    sentence: 'Vary one factor at a time, keep the others, and add.',
    level: 'normal',
  },
  push: (d, args, k) => multiply(...args.map((arg, i) => (i === k ? d : arg))),
  pull: (g, args, k, result) => {
    const others = args.filter((_, i) => i !== k)
    if (isScalar(result.shape)) return multiply(g, ...others)
    if (!isScalar(args[k]!.shape)) return multiply(...args.map((arg, i) => (i === k ? g : arg)))
    const array = others.find(arg => !isScalar(arg.shape))!
    return multiply(...others.map(arg => (arg === array ? inner(g, array) : arg)))
  },
  entries: 'each',
  examples: ['s*t', 's*x', '2*s*A'],
})

export const matrixProduct: Op = defineOp({
  name: 'matmul',
  title: 'matrix product',
  kind: 'multilinear',
  arity: [2, Number.POSITIVE_INFINITY],
  notation: { form: 'special', latex: '', plain: '*', precedence: PRECEDENCE.product },
  shape: args => {
    for (let i = 1; i < args.length; i++) chained(args[i - 1]!.shape, args[i]!.shape)
    return shapeOf(args[0]!.shape.rows, args[args.length - 1]!.shape.columns)
  },
  make: args => multiply(...args),
  value: (m, args) => args.reduce((a, b) => m.matmul(a, b)),
  rule: {
    id: 'matrix-product-rule',
    name: 'product rule for matrices',
    statement: '\\mathrm{d}(XY)=\\mathrm{d}X\\,Y+X\\,\\mathrm{d}Y',
    source: 'matrix-cookbook:37',
    sentence:
      'Vary one factor at a time and keep the others in their places; the adjoint multiplies by their transposes.',
    level: 'normal',
  },
  push: (d, args, k) => multiply(...args.map((arg, i) => (i === k ? d : arg))),
  pull: (g, args, k) =>
    multiply(...transposedChain(args.slice(0, k)), g, ...transposedChain(args.slice(k + 1))),
  entries: chainEntries((a, b) => multiply(a, b)),
  examples: ['A*x', "x'*A*y", 'A*B', "x*y'"],
})

function transposedChain(factors: readonly Expr[]): Expr[] {
  return factors.map(transpose).reverse()
}

/**
 * The product of factors in the order written. Scalars go through, the others form a chain of matrix products from
 * left to right; where a chain becomes a scalar it ends, so `x^\top y z` is `(x^\top y) z`. Raises `ShapeError`.
 */
export function multiply(...factors: readonly Expr[]): Expr {
  if (factors.length === 1) return factors[0]!
  return factors.every(isPlainScalar)
    ? call(multiplication, opened(factors, multiplication), SCALAR)
    : multiplyArrays(factors)
}

function multiplyArrays(factors: readonly Expr[]): Expr {
  const items: Expr[] = []
  let chain: Expr[] = []
  let rows = factors[0]!.shape.rows
  let columns = rows
  const close = () => {
    if (chain.length > 0) items.push(chain.length === 1 ? chain[0]! : call(matrixProduct, chain))
    chain = []
  }
  const take = (factor: Expr) => {
    const { shape } = factor
    if (isScalar(shape)) {
      if (isCall(factor, multiplication)) items.push(...factor.args)
      else items.push(factor)
      return
    }
    if (chain.length === 0) rows = shape.rows
    else if (columns !== shape.rows) chained(shapeOf(rows, columns), shape)
    columns = shape.columns
    chain.push(factor)
    if (chain.length > 1 && rows === 1 && columns === 1) close()
  }
  for (const factor of factors) {
    if (factor.kind !== 'call' || isScalar(factor.shape)) take(factor)
    else if (factor.op === matrixProduct) for (const arg of factor.args) take(arg)
    else if (factor.op === multiplication) {
      for (const arg of factor.args) {
        if (isCall(arg, matrixProduct) && !isScalar(arg.shape)) for (const inside of arg.args) take(inside)
        else take(arg)
      }
    } else take(factor)
  }
  close()
  return items.length === 1 ? items[0]! : call(multiplication, items)
}

export const division: Op = defineOp({
  name: 'divide',
  title: 'quotient',
  kind: 'general',
  arity: [2, 2],
  notation: { form: 'special', latex: '\\frac', plain: '/', precedence: PRECEDENCE.product },
  shape: ([a, b]) => {
    if (!isScalar(b!.shape)) {
      throw new ShapeError('shape-clash', `cannot divide ${shapeText(a!.shape)} by ${shapeText(b!.shape)}`, {
        hint: 'use \\oslash (plain ./) for a quotient entry by entry, or the inverse',
      })
    }
    return a!.shape
  },
  make: ([a, b]) => divide(a!, b!),
  value: (m, [a, b]) => m.scale(m.reciprocal(b!), a!),
  rule: {
    id: 'quotient-rule',
    name: 'quotient rule',
    statement: "\\Big(\\frac{u}{v}\\Big)'=\\frac{u'v-uv'}{v^2}",
    source: 'calculus:quotient',
    sentence:
      'Numerator varied over the denominator, minus the quotient times the relative change of the denominator.',
    level: 'normal',
  },
  push: (d, [a, b], k) => (k === 0 ? divide(d, b!) : negate(divide(multiply(d, a!), multiply(b!, b!)))),
  pull: (g, [a, b], k) => (k === 0 ? divide(g, b!) : negate(divide(inner(g, a!), multiply(b!, b!)))),
  domain: k => (k === 1 ? 'nonzero' : 'real'),
  entries: 'each',
  examples: ['s/t', 'x/s'],
})

/** A quotient with a scalar below; a quotient of two literals is the exact number. Raises `ShapeError`. */
export function divide(a: Expr, b: Expr): Expr {
  if (a.kind === 'num' && b.kind === 'num' && b.shape === SCALAR && b.value.n !== 0n && b.value.d === 1n) {
    if (a.value.d === 1n) return number(a.value.div(b.value), a.shape)
  }
  return call(division, [a, b])
}

// --------------------------------------------------------------------------------------------------- transposes

export const transposition: Op = defineOp({
  name: 'transpose',
  title: 'transpose',
  kind: 'linear',
  arity: [1, 1],
  notation: { form: 'postfix', latex: '\\top', plain: "'", precedence: PRECEDENCE.power },
  shape: ([a]) => transposed(a!.shape),
  make: ([a]) => transpose(a!),
  value: (m, [a]) => m.transpose(a!),
  rule: {
    id: 'transpose-rule',
    name: 'differential of a transpose',
    statement: '\\mathrm{d}X^\\top=(\\mathrm{d}X)^\\top',
    source: 'matrix-cookbook:44',
    sentence: 'Transposing and differentiating may be exchanged.',
    level: 'every',
  },
  push: d => transpose(d),
  pull: g => transpose(g),
  entries: (at, [a], row, column) => at.entry(a!, column, row),
  examples: ["A'", "x'"],
})

/** The transpose; of a scalar it is the scalar, of a transpose what was transposed. */
export function transpose(a: Expr): Expr {
  if (isScalar(a.shape)) return a
  if (a.kind === 'num') return number(a.value, transposed(a.shape))
  if (isCall(a, transposition)) return a.args[0]!
  return call(transposition, [a])
}

// ------------------------------------------------------------------------------------------------ entry by entry

export const hadamardProduct: Op = defineOp({
  name: 'hadamard',
  title: 'Hadamard product',
  kind: 'multilinear',
  arity: [2, Number.POSITIVE_INFINITY],
  notation: {
    form: 'infix',
    latex: '\\odot',
    plain: '.*',
    latexAliases: ['\\circ'],
    precedence: PRECEDENCE.hadamard,
  },
  shape: args => agree('multiply entry by entry', args),
  make: args => hadamard(...args),
  value: (m, args) => args.reduce((a, b) => m.hadamard(a, b)),
  rule: {
    id: 'hadamard-rule',
    name: 'product rule for the Hadamard product',
    statement: '\\mathrm{d}(X\\odot Y)=\\mathrm{d}X\\odot Y+X\\odot\\mathrm{d}Y',
    source: 'matrix-cookbook:38',
    sentence: 'Entry by entry the ordinary product rule holds.',
    level: 'normal',
  },
  push: (d, args, k) => hadamard(...args.map((arg, i) => (i === k ? d : arg))),
  pull: (g, args, k) => hadamard(g, ...args.filter((_, i) => i !== k)),
  entries: 'each',
  examples: ['x .* y', 'A .* B'],
})

/** The product entry by entry of arrays of one shape; of scalars it is the ordinary product. Raises `ShapeError`. */
export function hadamard(...factors: readonly Expr[]): Expr {
  if (factors.length === 1) return factors[0]!
  if (factors.every(factor => isScalar(factor.shape))) return multiply(...factors)
  return call(hadamardProduct, opened(factors, hadamardProduct))
}

export const hadamardQuotient: Op = defineOp({
  name: 'hadamard-quotient',
  title: 'quotient entry by entry',
  kind: 'general',
  arity: [2, 2],
  notation: { form: 'infix', latex: '\\oslash', plain: './', precedence: PRECEDENCE.hadamard },
  shape: args => agree('divide entry by entry', args),
  make: ([a, b]) => divideEach(a!, b!),
  value: (m, [a, b]) => m.divide(a!, b!),
  rule: {
    id: 'hadamard-quotient-rule',
    name: 'quotient rule entry by entry',
    statement: '\\mathrm{d}(X\\oslash Y)=\\mathrm{d}X\\oslash Y-X\\odot\\mathrm{d}Y\\oslash(Y\\odot Y)',
    source: 'calculus:quotient',
    sentence: 'Entry by entry the ordinary quotient rule holds.',
    level: 'normal',
  },
  push: (d, [a, b], k) =>
    k === 0 ? divideEach(d, b!) : negate(divideEach(hadamard(d, a!), hadamard(b!, b!))),
  pull: (g, [a, b], k) =>
    k === 0 ? divideEach(g, b!) : negate(divideEach(hadamard(g, a!), hadamard(b!, b!))),
  domain: k => (k === 1 ? 'nonzero' : 'real'),
  entries: 'each',
  examples: ['x ./ y'],
})

/** The quotient entry by entry; of scalars it is the ordinary quotient. Raises `ShapeError`. */
export function divideEach(a: Expr, b: Expr): Expr {
  return isScalar(b.shape) ? divide(a, b) : call(hadamardQuotient, [a, b])
}

/** Multiplies entry by entry, or by the scalar when one of the two is a scalar. */
export function scaleEach(a: Expr, b: Expr): Expr {
  return isScalar(a.shape) || isScalar(b.shape) ? multiply(a, b) : hadamard(a, b)
}

// ---------------------------------------------------------------------------------------------------- reductions

export const summation: Op = defineOp({
  name: 'sum',
  title: 'sum of all entries',
  kind: 'linear',
  arity: [1, 1],
  notation: { form: 'function', latex: '\\operatorname{sum}', plain: 'sum', precedence: PRECEDENCE.product },
  flow: 'scalar',
  shape: () => SCALAR,
  make: ([a]) => sumOf(a!),
  value: (m, [a]) => m.sum(a!),
  rule: {
    id: 'sum-reduction-rule',
    name: 'derivative of a sum of entries',
    statement: '\\nabla_x\\,\\mathbf{1}^\\top x=\\mathbf{1}',
    source: 'parr-howard:4.4',
    sentence: 'Every entry counts once, so each receives the incoming derivative.',
    level: 'normal',
  },
  push: d => sumOf(d),
  pull: (g, [a]) => multiply(g, ones(a!.shape)),
  entries: (at, [a]) => overAll(at, a!, each => each),
  examples: ['sum(x)', 'sum(A)'],
})

/** The sum of all entries; of a scalar it is the scalar. */
export function sumOf(a: Expr): Expr {
  return isScalar(a.shape) ? a : call(summation, [a])
}

/** The inner product of two arrays of one shape: `a b`, `a^\top b`, or the sum of `A \odot B`. */
export function inner(a: Expr, b: Expr): Expr {
  if (isScalar(a.shape)) return multiply(a, b)
  if (a.shape.columns === 1) return multiply(transpose(a), b)
  if (a.shape.rows === 1) return multiply(a, transpose(b))
  return sumOf(hadamard(a, b))
}
