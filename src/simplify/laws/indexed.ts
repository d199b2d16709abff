import { ONE } from '../../base/rational.js'
import { number } from '../../expr/intern.js'
import type { Law } from '../../expr/law.js'
import type { Call, Expr, Sym } from '../../expr/node.js'
import { dependsOn, substitute } from '../../expr/walk.js'
import {
  add,
  divide,
  division,
  isCall,
  isOne,
  matrixProduct,
  multiplication,
  multiply,
  subtract,
  transpose,
} from '../../ops/core.js'
import { dimOf } from '../../ops/dimension.js'
import { basis, indexedSum, summationOverIndex } from '../../ops/indexed.js'
import { gather, raiseSum } from '../../ops/raise.js'
import { defineLaw } from '../law.js'
import { chainOf } from './chains.js'

/** The parts of a sum over an index. */
function partsOf(node: Call): {
  readonly index: Sym
  readonly low: Expr
  readonly high: Expr
  readonly body: Expr
} {
  const [index, low, high, body] = node.args as readonly [Sym, Expr, Expr, Expr]
  return { index, low, high, body }
}

const constantSum = defineLaw({
  id: 'sum-of-a-constant',
  name: 'sum of a constant',
  statement: '\\sum_{i=1}^n c=nc',
  sentence: 'Adding the same thing n times is multiplying by n.',
  example: 'sum(i=1:n, s) = n*s',
  apply: node => {
    const { index, low, high, body } = partsOf(node)
    if (dependsOn(body, new Set([index]))) return undefined
    const count = isOne(low) ? high : add(subtract(high, low), number(ONE))
    return multiply(count, body)
  },
})

const constantOutOfSum = defineLaw({
  id: 'constant-out-of-a-sum',
  name: 'take a constant out of a sum',
  statement: '\\sum_i c\\,a_i=c\\sum_i a_i',
  sentence: 'A factor that does not depend on the index is taken out of the sum.',
  example: 'sum(i=2:n, s*x[i]) = s*sum(i=2:n, x[i])',
  apply: node => {
    const { index, low, high, body } = partsOf(node)
    const bound = new Set([index])
    if (isCall(body, division) && !dependsOn(body.args[1]!, bound)) {
      return divide(indexedSum(index, low, high, body.args[0]!), body.args[1]!)
    }
    if (!isCall(body, multiplication)) return undefined
    const outside = body.args.filter(arg => isScalarFactor(arg) && !dependsOn(arg, bound))
    if (outside.length === 0) return undefined
    const inside = body.args.filter(arg => !outside.includes(arg))
    return multiply(...outside, indexedSum(index, low, high, multiply(...inside)))
  },
})

const matrixOutOfSum = defineLaw({
  id: 'matrix-out-of-a-sum',
  name: 'take a matrix out of a sum',
  statement: '\\sum_i A\\,x_i=A\\sum_i x_i',
  sentence:
    'A first or last factor of a product of matrices that does not depend on the index is taken out of the sum.',
  example: 'sum(i=2:n, A*(x[i]*y)) = A*sum(i=2:n, x[i]*y)',
  apply: node => {
    const { index, low, high, body } = partsOf(node)
    const { scalars, chain } = chainOf(body)
    // Entries that are being put together with their unit vectors stay beside these.
    if (chain.length < 2 || chain.some(link => isCall(link, basis) || isCall(transpose(link), basis)))
      return undefined
    const bound = new Set([index])
    const varies = chain.map(link => dependsOn(link, bound))
    const first = varies.indexOf(true)
    const last = varies.lastIndexOf(true)
    const from = first < 0 ? chain.length - 1 : first
    const to = first < 0 ? chain.length - 1 : last
    if (from === 0 && to === chain.length - 1) return undefined
    const inside = multiply(...scalars, ...chain.slice(from, to + 1))
    return multiply(...chain.slice(0, from), indexedSum(index, low, high, inside), ...chain.slice(to + 1))
  },
})

function isScalarFactor(node: Expr): boolean {
  return node.shape.rows === 1 && node.shape.columns === 1
}

const raiseToMatrixForm = defineLaw({
  id: 'index-form-to-matrix-form',
  name: 'write in matrix form',
  statement: '\\sum_j W_{ij}x_j=(Wx)_i',
  sentence: 'A sum over all values of an index is a product of matrices.',
  level: 'normal',
  source: 'concrete-mathematics:2.1',
  example: "sum(i=1:n, x[i]*y[i]) = x'*y",
  apply: node => (isSize(partsOf(node).high) ? raiseSum(node) : undefined),
})

/** The scalar in front of `e_i`, when the term is a multiple of it. */
function multipleOf(term: Expr, isUnit: (node: Expr) => boolean): Expr | undefined {
  if (isUnit(term)) return number(ONE)
  if (isCall(term, division)) {
    const above = multipleOf(term.args[0]!, isUnit)
    return above && divide(above, term.args[1]!)
  }
  if (!isCall(term, multiplication) || !term.args.some(isUnit)) return undefined
  return multiply(...term.args.filter(arg => !isUnit(arg)))
}

function runsOver(sum: Call, size: Expr['shape']['rows']): boolean {
  const { low, high } = partsOf(sum)
  return isOne(low) && isSize(high) && dimOf(high) === size
}

/** A range may also end at another index; then there is no matrix of that many rows. */
function isSize(node: Expr): boolean {
  return node.kind === 'num' || (node.kind === 'sym' && node.role === 'dimension')
}

/** What a sum over indices of multiples of unit vectors or unit matrices adds up to. */
const assembleEntries = defineLaw({
  id: 'assemble-the-entries',
  name: 'put the entries together',
  statement: '\\sum_i g_i\\,e_i=g',
  sentence: 'The sum of the entries times their unit vectors is the vector itself.',
  level: 'normal',
  example: 'sum(i=1:n, x[i]*basis(n, i)) = x',
  apply: node => {
    const { index, body } = partsOf(node)
    const column = (of: Expr) => (unit: Expr) => isCall(unit, basis) && unit.args.includes(of)
    const vector = multipleOf(body, column(index))
    if (vector !== undefined) {
      return runsOver(node, node.shape.rows)
        ? gather(vector, { symbol: index, extent: node.shape.rows })
        : undefined
    }
    if (!isCall(body, summationOverIndex)) return undefined
    const inner = partsOf(body)
    const isUnitMatrix = (unit: Expr) =>
      isCall(unit, matrixProduct) &&
      unit.args.length === 2 &&
      column(index)(unit.args[0]!) &&
      column(inner.index)(transpose(unit.args[1]!))
    const matrix = multipleOf(inner.body, isUnitMatrix)
    if (matrix === undefined || !runsOver(node, node.shape.rows) || !runsOver(body, node.shape.columns))
      return undefined
    return gather(
      matrix,
      { symbol: index, extent: node.shape.rows },
      { symbol: inner.index, extent: node.shape.columns },
    )
  },
})

/** The rows `r_j` of `\sum_j e_j r_j` over all values of j, at another index. */
function rowAt(node: Expr, at: Expr): readonly Expr[] | undefined {
  if (!isCall(node, summationOverIndex) || !runsOver(node, node.shape.rows)) return undefined
  const { index, body } = partsOf(node)
  const scalars = isCall(body, multiplication) ? body.args.filter(isScalarFactor) : []
  const array = isCall(body, multiplication) ? body.args.find(arg => !isScalarFactor(arg)) : body
  if (array === undefined || !isCall(array, matrixProduct)) return undefined
  const [unit, ...row] = array.args
  if (!isCall(unit!, basis) || unit.args[1] !== index) return undefined
  return [...scalars, ...row].map(factor => substitute(factor, new Map([[index, at]])))
}

const pickRow = defineLaw({
  id: 'pick-a-row',
  name: 'pick a row',
  statement: 'e_i^\\top\\sum_j e_j r_j^\\top=r_i^\\top',
  sentence: 'A unit vector picks its own row from an array that is put together row by row.',
  example: "sum(k=1:n, basis(n, k)*(exp(x[k])*y)')'*basis(n, 2) = exp(x[2])*y",
  apply: node => {
    const { args } = node
    for (let k = 0; k + 1 < args.length; k++) {
      const [left, right] = [args[k]!, args[k + 1]!]
      const before = args.slice(0, k)
      const after = args.slice(k + 2)
      const turned = transpose(left)
      const row = isCall(turned, basis) ? rowAt(right, turned.args[1]!) : undefined
      if (row !== undefined) return multiply(...before, ...row, ...after)
      const column = isCall(right, basis) ? rowAt(turned, right.args[1]!) : undefined
      if (column !== undefined) return multiply(...before, transpose(multiply(...column)), ...after)
    }
    return undefined
  },
})

export const rowLaws: readonly Law[] = Object.freeze([pickRow])

export const indexedSumLaws: readonly Law[] = Object.freeze([
  constantSum,
  assembleEntries,
  raiseToMatrixForm,
  constantOutOfSum,
  matrixOutOfSum,
])
