import { ONE } from '../base/rational.js'
import { call, number } from '../expr/intern.js'
import type { Expr } from '../expr/node.js'
import { defineOp, type Op, PRECEDENCE } from '../expr/op.js'
import { isScalar, SCALAR, shapeOf } from '../expr/shape.js'
import { divide, multiply, ones, sumOf } from './core.js'
import { dimensionOf } from './dimension.js'
import { overAll } from './entries.js'

export const rowSums: Op = defineOp({
  name: 'row-sums',
  title: 'sums of the rows',
  kind: 'linear',
  arity: [1, 1],
  notation: {
    form: 'function',
    latex: '\\operatorname{rowsum}',
    plain: 'rowsum',
    plainAliases: ['rowsums'],
    precedence: PRECEDENCE.product,
  },
  flow: 'rows',
  shape: ([a]) => shapeOf(a!.shape.rows),
  make: ([a]) => rowSumsOf(a!),
  value: (m, [a]) => m.rowSums(a!),
  rule: {
    id: 'row-sums-rule',
    name: 'derivative of row sums',
    statement: '\\mathrm{d}(X\\mathbf{1})=\\mathrm{d}X\\,\\mathbf{1},\\quad\\bar X=g\\,\\mathbf{1}^\\top',
    source: 'giles:2.2',
    sentence: 'Every entry of a row receives what the sum of the row receives.',
    level: 'normal',
  },
  push: d => rowSumsOf(d),
  pull: (g, [a]) => multiply(g, ones(shapeOf(1, a!.shape.columns))),
  entries: (at, [a], row) => at.sum(a!.shape.columns, column => at.entry(a!, row, column)),
  examples: ['rowsum(A)'],
})

export const columnSums: Op = defineOp({
  name: 'column-sums',
  title: 'sums of the columns',
  kind: 'linear',
  arity: [1, 1],
  notation: {
    form: 'function',
    latex: '\\operatorname{colsum}',
    plain: 'colsum',
    plainAliases: ['colsums'],
    precedence: PRECEDENCE.product,
  },
  flow: 'columns',
  shape: ([a]) => shapeOf(1, a!.shape.columns),
  make: ([a]) => columnSumsOf(a!),
  value: (m, [a]) => m.columnSums(a!),
  rule: {
    id: 'column-sums-rule',
    name: 'derivative of column sums',
    statement: '\\mathrm{d}(\\mathbf{1}^\\top X)=\\mathbf{1}^\\top\\mathrm{d}X,\\quad\\bar X=\\mathbf{1}\\,g',
    source: 'giles:2.2',
    sentence: 'Every entry of a column receives what the sum of the column receives.',
    level: 'normal',
  },
  push: d => columnSumsOf(d),
  pull: (g, [a]) => multiply(ones(shapeOf(a!.shape.rows)), g),
  entries: (at, [a], _, column) => at.sum(a!.shape.rows, row => at.entry(a!, row, column)),
  examples: ['colsum(A)'],
})

/** The number of entries, as a formula: `m n`. */
export function countOf(a: Expr): Expr {
  const sides = [a.shape.rows, a.shape.columns].filter(side => side !== 1).map(dimensionOf)
  return sides.length === 0 ? number(ONE) : multiply(...sides)
}

export const mean: Op = defineOp({
  name: 'mean',
  title: 'mean of all entries',
  kind: 'linear',
  arity: [1, 1],
  notation: {
    form: 'function',
    latex: '\\operatorname{mean}',
    plain: 'mean',
    precedence: PRECEDENCE.product,
  },
  flow: 'scalar',
  shape: () => SCALAR,
  make: ([a]) => meanOf(a!),
  value: (m, [a]) => m.scaleBy(m.sum(a!), 1 / (a!.rows * a!.columns)),
  rule: {
    id: 'mean-rule',
    name: 'derivative of the mean',
    statement: '\\nabla_x\\operatorname{mean}(x)=\\tfrac1n\\mathbf{1}',
    source: 'parr-howard:4.4',
    sentence: 'Every entry counts for one part in all.',
    level: 'normal',
  },
  push: d => meanOf(d),
  pull: (g, [a]) => multiply(divide(g, countOf(a!)), ones(a!.shape)),
  entries: (at, [a]) =>
    divide(
      overAll(at, a!, each => each),
      countOf(a!),
    ),
  examples: ['mean(x)', 'mean(A)'],
})

/** The sum of every row, m×1: of a column it is the column, of a row the sum of its entries. */
export function rowSumsOf(a: Expr): Expr {
  if (a.shape.columns === 1) return a
  return a.shape.rows === 1 ? sumOf(a) : call(rowSums, [a])
}

/** The sum of every column, 1×n: of a row it is the row, of a column the sum of its entries. */
export function columnSumsOf(a: Expr): Expr {
  if (a.shape.rows === 1) return a
  return a.shape.columns === 1 ? sumOf(a) : call(columnSums, [a])
}

/** The mean of all entries; of a scalar it is the scalar. */
export function meanOf(a: Expr): Expr {
  return isScalar(a.shape) ? a : call(mean, [a])
}
