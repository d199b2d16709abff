import { ONE } from '../base/rational.js'
import { productOfDims } from '../expr/dimension.js'
import { number, symbol } from '../expr/intern.js'
import type { Call, Expr, Sym } from '../expr/node.js'
import type { Op } from '../expr/op.js'
import { type Dim, isScalar, SCALAR, shapeOf } from '../expr/shape.js'
import { postorder, remake } from '../expr/walk.js'
import { commutationOf } from '../ops/commutation.js'
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
  matrixProduct,
  multiplication,
  multiply,
  ones,
  summation,
  transpose,
  transposition,
  zeros,
} from '../ops/core.js'
import { dimensionOf } from '../ops/dimension.js'
import {
  basisVector,
  columnSelection,
  familyMember,
  indexedSum,
  rowSelection,
  selection,
  summationOverIndex,
} from '../ops/indexed.js'
import { kronecker, kroneckerOf, unvectorized, vectorized, vectorizedOf } from '../ops/kronecker.js'
import {
  diagonalMatrix,
  diagonalMatrixOf,
  diagonalOf,
  identity,
  identityMatrix,
  trace,
} from '../ops/matrix.js'
import { isCondition, piecewise } from '../ops/piecewise.js'
import { columnSums, mean, rowSums } from '../ops/reductions.js'

/**
 * The matrix between stacked columns: for an expression that is linear in the matrix `d`, the `C` with
 * `vec(expression) = C vec(d)`. Undefined where no matrix expression of it is known. Iterative: the differential of a
 * deep formula is deep.
 */
export function stackedCoefficient(expression: Expr, d: Sym): Expr | undefined {
  const moving = new Set<Expr>([d])
  const done = new Map<Expr, Expr>([[d, identity(sizeOf(d))]])
  for (const node of postorder([expression])) {
    if (node.kind !== 'call' || !node.args.some(arg => moving.has(arg))) continue
    moving.add(node)
    const found = through(node, arg => (moving.has(arg) ? done.get(arg) : undefined), moving)
    if (found === undefined) return undefined
    done.set(node, found)
  }
  return done.get(expression) ?? zeros(shapeOf(sizeOf(expression), sizeOf(d)))
}

type Inside = (arg: Expr) => Expr | undefined

function through(node: Call, inside: Inside, moving: ReadonlySet<Expr>): Expr | undefined {
  if (node.op === addition) {
    const parts = node.args.filter(arg => moving.has(arg)).map(inside)
    return parts.length === node.args.length && parts.every(part => part !== undefined)
      ? add(...parts)
      : undefined
  }
  const places = node.args.flatMap((arg, k) => (moving.has(arg) ? [k] : []))
  const rule = RULES.get(node.op)
  const [at] = places
  if (rule === undefined || at === undefined || places.length > 1) return undefined
  const before = inside(node.args[at]!)
  return before && rule(node, at, before)
}

/** A product without the identity that stands for no change so far. */
function times(matrix: Expr, before: Expr): Expr {
  return isCall(before, identityMatrix) ? matrix : multiply(matrix, before)
}

/** The coefficient of a call, given that of the one argument that varies. */
type Rule = (node: Call, at: number, before: Expr) => Expr | undefined

function sizeOf({ shape }: Expr): Dim {
  return productOfDims(shape.rows, shape.columns)
}

function inScaling({ args }: Call, at: number, before: Expr): Expr {
  const others = args.filter((_, k) => k !== at)
  const array = others.find(arg => !isScalar(arg.shape))
  if (array === undefined) return multiply(...others, before)
  const scalars = others.filter(arg => arg !== array)
  return multiply(...scalars, times(vectorizedOf(array), before))
}

/** `vec(L X R) = (R^\top \otimes L) vec(X)`. */
function inChain({ args }: Call, at: number, before: Expr): Expr {
  const middle = args[at]!.shape
  const left = at === 0 ? identity(middle.rows) : multiply(...args.slice(0, at))
  const right = at === args.length - 1 ? identity(middle.columns) : multiply(...args.slice(at + 1))
  return times(kroneckerOf(transpose(right), left), before)
}

/** `vec(diag(v)) = \sum_i (e_i \otimes e_i) e_i^\top v`, for the size of v. */
function ontoDiagonal(size: Dim): Expr {
  const index = symbol('#diagonal', SCALAR, 'index')
  const unit = basisVector(index, size)
  return indexedSum(index, number(ONE), dimensionOf(size), multiply(kroneckerOf(unit, unit), transpose(unit)))
}

/** `vec(A \\otimes B) = (I_n \\otimes K_{qm} \\otimes I_p)(vec A \\otimes vec B)` for A of m×n and B of p×q. */
function inKronecker({ args }: Call, at: number, before: Expr): Expr | undefined {
  if (args.length > 2) return undefined
  const [a, b] = args as [Expr, Expr]
  const [m, n, p, q] = [a.shape.rows, a.shape.columns, b.shape.rows, b.shape.columns]
  const mixed = kroneckerOf(identity(n), commutationOf(q, m), identity(p))
  const factors =
    at === 0
      ? kroneckerOf(identity(sizeOf(a)), vectorizedOf(b))
      : kroneckerOf(vectorizedOf(a), identity(sizeOf(b)))
  return times(multiply(mixed, factors), before)
}

/** A branch that is taken passes its entries on, the others give nothing. */
function inBranch(node: Call, at: number, before: Expr): Expr {
  const { args, shape } = node
  const chosen = args.map((arg, k) => (k === at ? ones(shape) : isCondition(k, args) ? arg : zeros(shape)))
  return times(diagonalMatrixOf(vectorizedOf(remake(node, chosen))), before)
}

const unchanged: Rule = (_, __, before) => before

const RULES: ReadonlyMap<Op, Rule> = new Map<Op, Rule>([
  [multiplication, inScaling],
  [matrixProduct, inChain],
  [division, ({ args }, at, before) => (at === 0 ? divide(before, args[1]!) : undefined)],
  [
    transposition,
    ({ args }, _, before) => times(commutationOf(args[0]!.shape.rows, args[0]!.shape.columns), before),
  ],
  [
    hadamardProduct,
    ({ args }, at, before) =>
      times(diagonalMatrixOf(vectorizedOf(hadamard(...args.filter((_, k) => k !== at)))), before),
  ],
  [
    hadamardQuotient,
    ({ args }, at, before) =>
      at === 0
        ? times(diagonalMatrixOf(vectorizedOf(divideEach(ones(args[1]!.shape), args[1]!))), before)
        : undefined,
  ],
  [summation, ({ args }, _, before) => times(ones(shapeOf(1, sizeOf(args[0]!))), before)],
  [
    mean,
    ({ args }, _, before) =>
      divide(times(ones(shapeOf(1, sizeOf(args[0]!))), before), dimensionOf(sizeOf(args[0]!))),
  ],
  [trace, ({ args }, _, before) => times(transpose(vectorizedOf(identity(args[0]!.shape.rows))), before)],
  [diagonalMatrix, ({ args }, _, before) => times(ontoDiagonal(sizeOf(args[0]!)), before)],
  [diagonalOf, ({ args }, _, before) => times(transpose(ontoDiagonal(args[0]!.shape.rows)), before)],
  [
    rowSums,
    ({ args }, _, before) => {
      const { rows, columns } = args[0]!.shape
      return times(kroneckerOf(ones(shapeOf(1, columns)), identity(rows)), before)
    },
  ],
  [
    columnSums,
    ({ args }, _, before) => {
      const { rows, columns } = args[0]!.shape
      return times(kroneckerOf(identity(columns), ones(shapeOf(1, rows))), before)
    },
  ],
  [kronecker, inKronecker],
  [piecewise, inBranch],
  [vectorized, unchanged],
  [unvectorized, unchanged],
  [
    selection,
    ({ args: [a, row, column] }, _, before) => {
      const { rows, columns } = a!.shape
      const [down, across] = [unitOf(row!, rows), unitOf(column!, columns)]
      return times(kroneckerOf(transpose(across), transpose(down)), before)
    },
  ],
  [rowSelection, ({ args: [a, row] }, _, before) => rowOfStack(a!, row!, before)],
  [familyMember, ({ args: [a, row] }, _, before) => rowOfStack(a!, row!, before)],
  [
    columnSelection,
    ({ args: [a, column] }, _, before) =>
      times(kroneckerOf(transpose(unitOf(column!, a!.shape.columns)), identity(a!.shape.rows)), before),
  ],
  [
    summationOverIndex,
    ({ args: [index, low, high] }, _, before) => indexedSum(index as Sym, low!, high!, before),
  ],
])

function unitOf(index: Expr, size: Dim): Expr {
  return size === 1 ? number(ONE) : basisVector(index, size)
}

function rowOfStack(a: Expr, row: Expr, before: Expr): Expr {
  const { rows, columns } = a.shape
  return times(kroneckerOf(identity(columns), transpose(unitOf(row, rows))), before)
}
