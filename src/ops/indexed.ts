import { ShapeError } from '../base/errors.js'
import { isInteger, ONE, toNumber } from '../base/rational.js'
import type { Extent } from '../base/tensor.js'
import { call, number, symbol } from '../expr/intern.js'
import type { Expr, Sym } from '../expr/node.js'
import { defineOp, type Op, PRECEDENCE } from '../expr/op.js'
import { type Dim, isScalar, SCALAR, shapeOf, shapeText } from '../expr/shape.js'
import { substitute } from '../expr/walk.js'
import { bind } from './binding.js'
import { divide, multiply, transpose } from './core.js'
import { dimensionOf, dimOf } from './dimension.js'

/*
 * Index notation. Indices count from 1, are scalars of role `index` (or whole numbers, sizes, and sums of these), and
 * nothing varies with them. A bound index is named by the height of its binder, see `bind`.
 */

/** Refuses a literal index that is outside a literal size. */
function inRange(index: Expr, size: Dim): void {
  if (!isScalar(index.shape)) {
    throw new ShapeError('not-an-index', `an index is a number, not ${shapeText(index.shape)}`)
  }
  if (index.kind !== 'num') return
  const at = toNumber(index.value)
  if (isInteger(index.value) && at >= 1 && (typeof size !== 'number' || at <= size)) return
  throw new ShapeError('out-of-range', `index ${at} is not among 1, …, ${size}`)
}

export const selection: Op = defineOp({
  name: 'entry',
  title: 'entry',
  kind: 'linear',
  arity: [3, 3],
  notation: { form: 'special', latex: '_', plain: '[', precedence: PRECEDENCE.atom },
  shape: ([a, row, column]) => {
    inRange(row!, a!.shape.rows)
    inRange(column!, a!.shape.columns)
    return SCALAR
  },
  make: ([a, row, column]) => entry(a!, row!, column),
  value: (m, [a], _, [row, column]) => m.entry(a!, row! - 1, column! - 1),
  indexArguments: 2,
  rule: {
    id: 'entry-rule',
    name: 'derivative of an entry',
    statement: '\\mathrm{d}x_i=(\\mathrm{d}x)_i,\\quad\\bar x=g\\,e_i',
    source: 'magnus-neudecker:9',
    sentence: 'An entry passes what it receives to its own place and nothing to the others.',
    level: 'every',
  },
  push: (d, [, row, column]) => entry(d, row!, column),
  pull: (g, [a, row, column]) => {
    const { rows, columns } = a!.shape
    if (columns === 1) return multiply(g, basisVector(row!, rows))
    const across = transpose(basisVector(column!, columns))
    return rows === 1 ? multiply(g, across) : multiply(g, basisVector(row!, rows), across)
  },
  flat: k => k > 0,
  examples: ['x[i]', 'A[i,j]', 'A[1,2]'],
})

/**
 * The entry `x_i` of a column or a row, or `A_{ij}` of a matrix; of a scalar it is the scalar. Raises `ShapeError`
 * for a literal index outside a literal size.
 */
export function entry(a: Expr, i: Expr, j?: Expr): Expr {
  if (isScalar(a.shape)) return a
  const one = number(ONE)
  if (j !== undefined) return call(selection, [a, i, j])
  if (a.shape.columns === 1) return call(selection, [a, i, one])
  if (a.shape.rows === 1) return call(selection, [a, one, i])
  throw new ShapeError('missing-index', `an entry of ${shapeText(a.shape)} needs two indices`, {
    hint: 'write A_{ij}, or name the row or the column that is meant',
  })
}

export const rowSelection: Op = defineOp({
  name: 'row',
  title: 'row of a matrix',
  kind: 'linear',
  arity: [2, 2],
  notation: { form: 'special', latex: '_', plain: 'row', precedence: PRECEDENCE.atom },
  shape: ([a, i]) => {
    inRange(i!, a!.shape.rows)
    return shapeOf(1, a!.shape.columns)
  },
  make: ([a, i]) => rowOf(a!, i!),
  value: (m, [a], _, [i]) => m.sliceRows(a!, i! - 1, i!),
  indexArguments: 1,
  rule: {
    id: 'row-rule',
    name: 'derivative of a row',
    statement: '\\mathrm{d}X_{i,:}=(\\mathrm{d}X)_{i,:},\\quad\\bar X=e_i\\,g',
    source: 'giles:2.2',
    sentence: 'A row passes what it receives to its own place and nothing to the other rows.',
    level: 'every',
  },
  push: (d, [, i]) => rowOf(d, i!),
  pull: (g, [a, i]) => multiply(basisVector(i!, a!.shape.rows), g),
  flat: k => k > 0,
  entries: (at, [a, i], _, column) => at.entry(a!, i!, column),
  examples: ['row(A, 2)'],
})

/** Row `i`, 1×n. */
export function rowOf(a: Expr, i: Expr): Expr {
  return a.shape.rows === 1 ? a : call(rowSelection, [a, i])
}

export const columnSelection: Op = defineOp({
  name: 'column',
  title: 'column of a matrix',
  kind: 'linear',
  arity: [2, 2],
  notation: { form: 'special', latex: '_', plain: 'col', precedence: PRECEDENCE.atom },
  shape: ([a, j]) => {
    inRange(j!, a!.shape.columns)
    return shapeOf(a!.shape.rows)
  },
  make: ([a, j]) => columnOf(a!, j!),
  value: (m, [a], _, [j]) => m.sliceColumns(a!, j! - 1, j!),
  indexArguments: 1,
  rule: {
    id: 'column-rule',
    name: 'derivative of a column',
    statement: '\\mathrm{d}X_{:,j}=(\\mathrm{d}X)_{:,j},\\quad\\bar X=g\\,e_j^\\top',
    source: 'giles:2.2',
    sentence: 'A column passes what it receives to its own place and nothing to the other columns.',
    level: 'every',
  },
  push: (d, [, j]) => columnOf(d, j!),
  pull: (g, [a, j]) => multiply(g, transpose(basisVector(j!, a!.shape.columns))),
  flat: k => k > 0,
  entries: (at, [a, j], row) => at.entry(a!, row, j!),
  examples: ['col(A, 2)'],
})

/** Column `j`, m×1. */
export function columnOf(a: Expr, j: Expr): Expr {
  return a.shape.columns === 1 ? a : call(columnSelection, [a, j])
}

export const familyMember: Op = defineOp({
  name: 'member',
  title: 'member of a family',
  kind: 'linear',
  arity: [2, 2],
  notation: { form: 'special', latex: '_', plain: 'member', precedence: PRECEDENCE.atom },
  shape: ([family, i]) => {
    inRange(i!, family!.shape.rows)
    return shapeOf(family!.shape.columns)
  },
  value: (m, [family], _, [i]) => m.transpose(m.sliceRows(family!, i! - 1, i!)),
  indexArguments: 1,
  rule: {
    id: 'member-rule',
    name: 'derivative by a member of a family',
    statement: '\\frac{\\partial x_i}{\\partial x_k}=[i=k]\\,I',
    source: 'giles:2.2',
    sentence: 'Each member varies on its own, so a member passes what it receives to itself alone.',
    level: 'every',
  },
  push: (d, [, i]) => member(d, i!),
  pull: (g, [family, i]) => multiply(basisVector(i!, family!.shape.rows), transpose(g)),
  flat: k => k > 0,
  entries: (at, [family, i], row) => at.entry(family!, i!, row),
  examples: ['member(A, 2)'],
})

/** The member `x_i` of a family of column vectors, d×1; the family is kept as the rows of an N×d matrix. */
export function member(family: Expr, i: Expr): Expr {
  return call(familyMember, [family, i])
}

// ------------------------------------------------------------------------------------------------ known selectors

export const basis: Op = defineOp({
  name: 'basis-vector',
  title: 'unit vector of a coordinate',
  kind: 'general',
  arity: [2, 2],
  notation: { form: 'special', latex: 'e', plain: 'basis', precedence: PRECEDENCE.atom },
  shape: ([size, i]) => {
    const rows = dimOf(size!)
    inRange(i!, rows)
    return shapeOf(rows)
  },
  value: (m, _, { rows }, [, i]) => m.sliceColumns(m.identity(rows), i! - 1, i!),
  indexArguments: 2,
  rule: {
    id: 'basis-vector-rule',
    name: 'constant rule',
    statement: '\\mathrm{d}e_i=0',
    source: 'matrix-cookbook:33',
    sentence: 'A unit vector does not change.',
    level: 'every',
  },
  flat: () => true,
  entries: (at, [, i], row) => at.delta(row, i!),
  examples: ['basis(n, 2)'],
})

/** The column with 1 at place `i` and 0 elsewhere. Raises `ShapeError` for a literal index outside a literal size. */
export function basisVector(i: Expr, dim: Dim): Expr {
  return call(basis, [dimensionOf(dim), i])
}

export const kroneckerDelta: Op = defineOp({
  name: 'delta',
  title: 'Kronecker delta',
  kind: 'general',
  arity: [2, 2],
  notation: { form: 'special', latex: '\\delta', plain: 'kdelta', precedence: PRECEDENCE.atom },
  shape: () => SCALAR,
  value: (m, _, __, [i, j]) => m.fill(i === j ? 1 : 0, 1, 1),
  indexArguments: 2,
  rule: {
    id: 'delta-rule',
    name: 'constant rule',
    statement: '\\mathrm{d}\\delta_{ij}=0',
    source: 'matrix-cookbook:33',
    sentence: 'The Kronecker delta depends on indices alone.',
    level: 'every',
  },
  flat: () => true,
  examples: ['kdelta(1, 2)'],
})

/** 1 where both indices are equal, 0 elsewhere. */
export function delta(i: Expr, j: Expr): Expr {
  return call(kroneckerDelta, [i, j])
}

// ------------------------------------------------------------------------------------------------------- binders

/**
 * The sum of a body over an index from `low` to `high`, both included; empty when `high` is below `low`. There is no
 * `pull`: what an argument of the body receives depends on the index, so calculus opens the binder, differentiates
 * the body, and closes the sum over what comes out. `push` takes the change of the body, which may contain the index.
 */
export const summationOverIndex: Op = defineOp({
  name: 'indexed-sum',
  title: 'sum over an index',
  kind: 'binder',
  arity: [4, 4],
  notation: { form: 'special', latex: '\\sum', plain: 'sum', homonym: true, precedence: PRECEDENCE.product },
  shape: args => args[3]!.shape,
  make: ([index, low, high, body]) => indexedSum(index as Sym, low!, high!, body!),
  value: (m, terms, size: Extent) =>
    terms.length === 0 ? m.fill(0, size.rows, size.columns) : terms.reduce((a, b) => m.add(a, b)),
  rule: {
    id: 'indexed-sum-rule',
    name: 'derivative of a sum over an index',
    statement: '\\mathrm{d}\\sum_{i}f_i=\\sum_{i}\\mathrm{d}f_i',
    source: 'concrete-mathematics:2.1',
    sentence: 'A sum is differentiated term by term.',
    level: 'normal',
  },
  push: (d, [index, low, high]) => indexedSum(index as Sym, low!, high!, d),
  flat: k => k !== 3,
  entries: (at, [index, low, high, body], row, column) => {
    // The row may be an index that goes by the same name here, so this sum gets a name of its own first.
    const own = symbol('#own', SCALAR, 'index')
    return indexedSum(own, low!, high!, at.entry(substitute(body!, new Map([[index!, own]])), row, column))
  },
  examples: ['sum(i=1:n, x[i]^2)', 'sum(i=1:n, sum(j=1:n, A[i,j]))', 'sum(i=1:n, x[i]*y)'],
})

/**
 * `\sum_{index=low}^{high} body`. The index is any symbol of role `index`; it is renamed by the height of the sum, so
 * the same sum over another letter is the same node, and no name inside the body can be captured.
 */
export function indexedSum(index: Sym, low: Expr, high: Expr, body: Expr): Expr {
  const bound = bind(index, body)
  return call(summationOverIndex, [bound.index, low, high, bound.body])
}

/**
 * The product of a scalar body over an index from `low` to `high`, both included; 1 when `high` is below `low`. Like
 * the sum it has no `pull`; its `push` divides by the factors, which must not be zero.
 */
export const productOverIndex: Op = defineOp({
  name: 'indexed-product',
  title: 'product over an index',
  kind: 'binder',
  arity: [4, 4],
  notation: {
    form: 'special',
    latex: '\\prod',
    plain: 'prod',
    homonym: true,
    precedence: PRECEDENCE.product,
  },
  shape: args => {
    const { shape } = args[3]!
    if (isScalar(shape)) return SCALAR
    throw new ShapeError(
      'shape-clash',
      `the factors of a product over an index are numbers, not ${shapeText(shape)}`,
    )
  },
  make: ([index, low, high, body]) => indexedProduct(index as Sym, low!, high!, body!),
  value: (m, factors) => factors.reduce((a, b) => m.hadamard(a, b), m.fill(1, 1, 1)),
  rule: {
    id: 'indexed-product-rule',
    name: 'derivative of a product over an index',
    statement:
      '\\mathrm{d}\\prod_{i}f_i=\\Big(\\prod_{i}f_i\\Big)\\sum_{i}\\frac{\\mathrm{d}f_i}{f_i}\\quad(f_i\\ne 0)',
    source: 'calculus:logarithmic-differentiation',
    sentence: 'Relative changes of the factors add up to the relative change of the product.',
    level: 'normal',
  },
  push: (d, [index, low, high, body], _, y) =>
    multiply(y, indexedSum(index as Sym, low!, high!, divide(d, body!))),
  flat: k => k !== 3,
  domain: k => (k === 3 ? 'nonzero' : 'real'),
  examples: ['prod(i=1:n, x[i])'],
})

/** `\prod_{index=low}^{high} body`, with the same promises as `indexedSum`. Raises `ShapeError` for an array body. */
export function indexedProduct(index: Sym, low: Expr, high: Expr, body: Expr): Expr {
  const bound = bind(index, body)
  return call(productOverIndex, [bound.index, low, high, bound.body])
}
