import { ShapeError } from '../base/errors.js'
import { ONE } from '../base/rational.js'
import { productOfDims } from '../expr/dimension.js'
import { call, number, symbol } from '../expr/intern.js'
import type { Expr } from '../expr/node.js'
import { defineOp, type Op, PRECEDENCE } from '../expr/op.js'
import { type Dim, isScalar, SCALAR, shapeOf, shapeText } from '../expr/shape.js'
import { isCall, multiply, transpose } from './core.js'
import { dimensionOf, dimOf } from './dimension.js'
import { basisVector, entry, indexedSum } from './indexed.js'
import { identity } from './matrix.js'

/** `\sum_{rs} B_{rs}\, term(e_r, e_s)` over the entries of a matrix. */
function overEntries(b: Expr, term: (row: Expr, column: Expr) => Expr): Expr {
  const { rows, columns } = b.shape
  const r = symbol('r', SCALAR, 'index')
  const s = symbol('s', SCALAR, 'index')
  const body = multiply(entry(b, r, s), term(basisVector(r, rows), basisVector(s, columns)))
  const one = number(ONE)
  return indexedSum(r, one, dimensionOf(rows), indexedSum(s, one, dimensionOf(columns), body))
}

/** What the left factor of `X \otimes B` receives: every entry of it scales a block of the shape of `B`. */
function toLeft(g: Expr, x: Expr, b: Expr): Expr {
  const { rows, columns } = x.shape
  if (b.shape.columns === 1) return multiply(kroneckerOf(identity(rows), transpose(b)), g)
  if (b.shape.rows === 1) return multiply(g, kroneckerOf(identity(columns), transpose(b)))
  return overEntries(b, (row, column) =>
    multiply(kroneckerOf(identity(rows), transpose(row)), g, kroneckerOf(identity(columns), column)),
  )
}

/** What the right factor of `A \otimes X` receives: the blocks, each weighted by the entry that scaled it. */
function toRight(g: Expr, a: Expr, x: Expr): Expr {
  const { rows, columns } = x.shape
  if (a.shape.columns === 1) return multiply(kroneckerOf(transpose(a), identity(rows)), g)
  if (a.shape.rows === 1) return multiply(g, kroneckerOf(transpose(a), identity(columns)))
  return overEntries(a, (row, column) =>
    multiply(kroneckerOf(transpose(row), identity(rows)), g, kroneckerOf(column, identity(columns))),
  )
}

export const kronecker: Op = defineOp({
  name: 'kronecker',
  title: 'Kronecker product',
  kind: 'multilinear',
  arity: [2, Number.POSITIVE_INFINITY],
  notation: { form: 'infix', latex: '\\otimes', plain: 'kron', precedence: PRECEDENCE.hadamard },
  shape: args =>
    shapeOf(
      args.map(arg => arg.shape.rows).reduce(productOfDims),
      args.map(arg => arg.shape.columns).reduce(productOfDims),
    ),
  make: args => kroneckerOf(...args),
  value: (m, args) => args.reduce((a, b) => m.kron(a, b)),
  rule: {
    id: 'kronecker-rule',
    name: 'product rule for the Kronecker product',
    statement: '\\mathrm{d}(X\\otimes Y)=\\mathrm{d}X\\otimes Y+X\\otimes\\mathrm{d}Y',
    source: 'matrix-cookbook:39',
    sentence: 'Vary one factor at a time; backward, every entry collects the block it scaled.',
    level: 'normal',
  },
  push: (d, args, k) => kroneckerOf(...args.map((arg, i) => (i === k ? d : arg))),
  pull: (g, args, k) => {
    const x = args[k]!
    const after = args.slice(k + 1)
    const tail = kroneckerOf(x, ...after)
    const inside = k === 0 ? g : toRight(g, kroneckerOf(...args.slice(0, k)), tail)
    return after.length === 0 ? inside : toLeft(inside, x, kroneckerOf(...after))
  },
  examples: ['kron(A, B)', 'kron(x, y)', "kron(x', A)"],
})

/** The Kronecker product; a scalar factor just scales, and products inside are opened. */
export function kroneckerOf(...factors: readonly Expr[]): Expr {
  const scalars = factors.filter(factor => isScalar(factor.shape))
  const arrays = factors
    .filter(factor => !isScalar(factor.shape))
    .flatMap(factor => (isCall(factor, kronecker) ? factor.args : [factor]))
  const product = arrays.length > 1 ? call(kronecker, arrays) : arrays[0]
  return product === undefined ? multiply(...scalars) : multiply(...scalars, product)
}

export const vectorized: Op = defineOp({
  name: 'vec',
  title: 'columns stacked',
  kind: 'linear',
  arity: [1, 1],
  notation: {
    form: 'function',
    latex: '\\operatorname{vec}',
    plain: 'vec',
    precedence: PRECEDENCE.product,
  },
  shape: ([a]) => shapeOf(productOfDims(a!.shape.rows, a!.shape.columns)),
  make: ([a]) => vectorizedOf(a!),
  value: (m, [a]) => m.vec(a!),
  rule: {
    id: 'vec-rule',
    name: 'differential of a stacked matrix',
    statement: '\\mathrm{d}\\operatorname{vec}(X)=\\operatorname{vec}(\\mathrm{d}X)',
    source: 'magnus-neudecker:8',
    sentence: 'Stacking only rearranges; backward, what comes in is arranged as the matrix again.',
    level: 'normal',
  },
  push: d => vectorizedOf(d),
  pull: (g, [a]) => unvectorizedOf(g, a!.shape.rows, a!.shape.columns),
  examples: ['vec(A)'],
})

/** The columns one below the other, mn×1; a column is itself, a row is transposed. */
export function vectorizedOf(a: Expr): Expr {
  if (a.shape.columns === 1) return a
  if (a.shape.rows === 1) return transpose(a)
  return isCall(a, unvectorized) ? a.args[0]! : call(vectorized, [a])
}

export const unvectorized: Op = defineOp({
  name: 'unvec',
  title: 'matrix of stacked columns',
  kind: 'linear',
  arity: [3, 3],
  notation: {
    form: 'function',
    latex: '\\operatorname{unvec}',
    plain: 'unvec',
    precedence: PRECEDENCE.product,
  },
  shape: ([a, rows, columns]) => {
    const shape = shapeOf(dimOf(rows!), dimOf(columns!))
    if (a!.shape.columns === 1 && a!.shape.rows === productOfDims(shape.rows, shape.columns)) return shape
    throw new ShapeError('shape-clash', `cannot arrange ${shapeText(a!.shape)} as ${shapeText(shape)}`)
  },
  make: ([a, rows, columns]) => unvectorizedOf(a!, dimOf(rows!), dimOf(columns!)),
  value: (m, [a], { rows, columns }) => m.transpose(m.reshape(a!, columns, rows)),
  indexArguments: 2,
  rule: {
    id: 'unvec-rule',
    name: 'differential of an unstacked matrix',
    statement: '\\mathrm{d}\\operatorname{unvec}(x)=\\operatorname{unvec}(\\mathrm{d}x)',
    source: 'magnus-neudecker:8',
    sentence: 'Arranging a stack as a matrix is linear; backward, the matrix is stacked again.',
    level: 'normal',
  },
  push: (d, [, rows, columns]) => unvectorizedOf(d, dimOf(rows!), dimOf(columns!)),
  pull: g => vectorizedOf(g),
  flat: k => k > 0,
  examples: ['unvec(vec(A), n, n)'],
})

/** The rows×columns matrix whose stacked columns are given. */
export function unvectorizedOf(a: Expr, rows: Dim, columns: Dim): Expr {
  if (columns === 1) return a
  if (rows === 1) return transpose(a)
  const fits = isCall(a, vectorized) && a.args[0]!.shape.rows === rows
  return fits ? a.args[0]! : call(unvectorized, [a, dimensionOf(rows), dimensionOf(columns)])
}
