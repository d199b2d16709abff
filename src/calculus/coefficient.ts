import type { Call, Expr, Sym } from '../expr/node.js'
import type { Op } from '../expr/op.js'
import { isColumn, isMatrix, isRow, isScalar, lengthOf, shapeOf } from '../expr/shape.js'
import { dependsOn } from '../expr/walk.js'
import { blocks, blocksOf } from '../ops/blocks.js'
import {
  add,
  addition,
  divide,
  divideEach,
  division,
  hadamard,
  hadamardProduct,
  hadamardQuotient,
  matrixProduct,
  multiplication,
  multiply,
  ones,
  summation,
  transpose,
  transposition,
  zeros,
} from '../ops/core.js'
import { basisVector, selection, summationOverIndex } from '../ops/indexed.js'
import { diagonalMatrix, diagonalMatrixOf, diagonalOf, identity } from '../ops/matrix.js'
import { openBinder } from './binder.js'

/**
 * The matrix in front of a differential. For an expression that is linear in `d`, both of them scalars, columns or
 * rows, this is the matrix `C` with `expression = C d` (rows are read as columns), or undefined when no matrix
 * expression of it is known. The depth of the expression is that of one differential rule, so recursion is safe.
 */
export function coefficient(expression: Expr, d: Sym, binders = 0): Expr | undefined {
  if (expression === d) return identity(lengthOf(d.shape))
  if (isMatrix(expression.shape) || expression.kind !== 'call') return undefined
  const rule = RULES.get(expression.op)
  return rule?.(expression, d, binders)
}

type CoefficientRule = (node: Call, d: Sym, binders: number) => Expr | undefined

function asColumn(node: Expr): Expr {
  return isRow(node.shape) ? transpose(node) : node
}

/** Where the differential stands among the arguments; each rule is linear, so it is in one of them. */
function place(node: Call, d: Sym): number {
  const marked = new Set<Expr>([d])
  return node.args.findIndex(arg => dependsOn(arg, marked))
}

function inSum(node: Call, d: Sym, binders: number): Expr | undefined {
  const parts = node.args.map(arg => coefficient(arg, d, binders))
  return parts.every(part => part !== undefined) ? add(...parts) : undefined
}

function inScaling(node: Call, d: Sym, binders: number): Expr | undefined {
  const at = place(node, d)
  const inside = coefficient(node.args[at]!, d, binders)
  if (inside === undefined) return undefined
  const others = node.args.filter((_, i) => i !== at)
  const array = others.find(arg => !isScalar(arg.shape))
  if (array === undefined) return multiply(...others, inside)
  return multiply(...others.filter(arg => arg !== array), asColumn(array), inside)
}

/** `L e R` with the differential in `e`: the chain before it multiplies, the chain after it is transposed or scales. */
function inChain(node: Call, d: Sym, binders: number): Expr | undefined {
  const at = place(node, d)
  const left = node.args.slice(0, at)
  const right = node.args.slice(at + 1)
  const middle = node.args[at]!
  if (middle.kind === 'call' && middle.op === diagonalMatrix && right.length > 0) {
    const scaled = multiply(...right)
    const inside = coefficient(middle.args[0]!, d, binders)
    return inside && isColumn(scaled.shape) ? multiply(...left, diagonalMatrixOf(scaled), inside) : undefined
  }
  const inside = coefficient(middle, d, binders)
  if (inside === undefined) return undefined
  const after = right.length === 0 ? undefined : multiply(...right)
  if (isColumn(middle.shape)) {
    if (after === undefined) return multiply(...left, inside)
    return isScalar(after.shape) ? multiply(after, ...left, inside) : undefined
  }
  if (isRow(middle.shape) && after !== undefined && isColumn(after.shape)) {
    return multiply(...left, transpose(after), inside)
  }
  if (isRow(middle.shape) && left.length === 0) return multiply(transpose(multiply(...right)), inside)
  return undefined
}

function inHadamard(node: Call, d: Sym, binders: number): Expr | undefined {
  const at = place(node, d)
  const inside = coefficient(node.args[at]!, d, binders)
  const others = node.args.filter((_, i) => i !== at).map(asColumn)
  return inside && multiply(diagonalMatrixOf(hadamard(...others)), inside)
}

function inHadamardQuotient(node: Call, d: Sym, binders: number): Expr | undefined {
  const inside = coefficient(node.args[0]!, d, binders)
  const below = asColumn(node.args[1]!)
  return inside && multiply(diagonalMatrixOf(divideEach(ones(below.shape), below)), inside)
}

/** An entry of a column or row that changes: the unit row of its place. */
function inEntry(node: Call, d: Sym, binders: number): Expr | undefined {
  const [array, row, column] = node.args as readonly [Expr, Expr, Expr]
  if (isMatrix(array.shape)) return undefined
  const inside = coefficient(array, d, binders)
  const at = isRow(array.shape) && !isScalar(array.shape) ? column : row
  return inside && multiply(transpose(basisVector(at, lengthOf(array.shape))), inside)
}

/** Blocks above one another: the matrices in front of the differential in each, above one another. */
function inBlocks(node: Call, d: Sym, binders: number): Expr | undefined {
  const parts = node.args.slice(0, -1)
  const marked = new Set<Expr>([d])
  const width = lengthOf(d.shape)
  const rows = parts.map(part => {
    if (!dependsOn(part, marked)) return zeros(shapeOf(lengthOf(part.shape), width))
    return coefficient(part, d, binders)
  })
  return rows.every(row => row !== undefined) ? blocksOf(rows.map(row => [row])) : undefined
}

const RULES: ReadonlyMap<Op, CoefficientRule> = new Map<Op, CoefficientRule>([
  [addition, inSum],
  [selection, inEntry],
  [blocks, inBlocks],
  [multiplication, inScaling],
  [matrixProduct, inChain],
  [hadamardProduct, inHadamard],
  [hadamardQuotient, inHadamardQuotient],
  [transposition, (node, d, binders) => coefficient(node.args[0]!, d, binders)],
  [
    division,
    (node, d, binders) => {
      const inside = coefficient(node.args[0]!, d, binders)
      return inside && divide(inside, node.args[1]!)
    },
  ],
  [
    summation,
    (node, d, binders) => {
      const inside = coefficient(node.args[0]!, d, binders)
      return inside && multiply(transpose(ones(asColumn(node.args[0]!).shape)), inside)
    },
  ],
  [
    diagonalOf,
    (node, d, binders) => {
      const inner = node.args[0]!
      return inner.kind === 'call' && inner.op === diagonalMatrix
        ? coefficient(inner.args[0]!, d, binders)
        : undefined
    },
  ],
  [
    summationOverIndex,
    (node, d, binders) => {
      const { body, close } = openBinder(node, 100 + binders)
      const inside = coefficient(body, d, binders + 1)
      return inside && close(inside)
    },
  ],
])
