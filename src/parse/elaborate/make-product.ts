import { ShapeError } from '../../base/errors.js'
import { cover, type Span } from '../../base/span.js'
import { productOfDims } from '../../expr/dimension.js'
import type { ShapeContext } from './session.js'
import type { Sides } from './sides.js'
import type { Join, Look, Pair, Term } from './term.js'

/** What stands on one side of a join: a factor, or the product of all factors so far. */
interface Operand {
  readonly sides: Sides
  readonly span: Span
  readonly look: Look
  /** A weight between two named units, `W_{x,r}`: a number however large its letter is. */
  readonly edge: boolean
}

/**
 * A product as it is written, read from the left. Next to a scalar it scales; between arrays it is the matrix
 * product, or what its sign says: the inner product of two columns under a dot, the product entry by entry of equal
 * shapes under a star, the Kronecker product under a circled times. Raises `ShapeError`.
 */
export function makeProduct(
  context: ShapeContext,
  factors: readonly Term[],
  joins: readonly Join[],
  span: Span,
): Term {
  if (factors.length === 1) return factors[0]!
  const { solver } = context
  const pairs: Pair[] = []
  let left: Operand = operandOf(factors[0]!)
  let literal = factors[0]!.literal
  for (let i = 1; i < factors.length; i++) {
    const right = operandOf(factors[i]!)
    const known = solver.isScalar(left.sides)
      ? right.sides
      : solver.isScalar(right.sides)
        ? left.sides
        : undefined
    const result = known ?? solver.freshShape()
    const pair: Pair = { join: joins[i - 1]!, result, reading: known ? 'scale' : 'open' }
    pairs.push(pair)
    const whole = {
      sides: result,
      span: cover(factors[0]!.span, right.span),
      look: lookOf(left.look, right.look),
      edge: left.edge || right.edge,
    }
    if (!known) settlePair(context, pair, left, right)
    left = whole
    literal &&= factors[i]!.literal
  }
  return { kind: 'product', span, args: factors, sides: left.sides, literal, look: left.look, pairs }
}

function operandOf(term: Term): Operand {
  const edge = term.kind === 'symbol' && term.entry.name.includes(',')
  return { sides: term.sides, span: term.span, look: term.look, edge }
}

function lookOf(left: Look, right: Look): Look {
  if (left === 'scalar') return right
  if (right === 'scalar') return left
  if (left === 'row') return right === 'lower' ? 'scalar' : 'row'
  if (right === 'row') return 'upper'
  return left === 'upper' || right === 'lower' ? right : 'upper'
}

/** Reads a pair as soon as enough is known, and leaves a decision for when nothing more will be. */
function settlePair(context: ShapeContext, pair: Pair, left: Operand, right: Operand): void {
  const { solver } = context
  const a = left.sides
  const b = right.sides
  const sides = [a.rows, a.columns, b.rows, b.columns]
  const attempt = () => {
    if (pair.reading !== 'open' || read(context, pair, left, right)) return
    solver.wait(sides, attempt)
  }
  attempt()
  if (pair.reading !== 'open') return
  if (pair.join !== 'outer' && left.look === 'upper' && right.look === 'lower' && !left.edge) {
    context.shapes.matrixPatterns.push(() => pair.reading === 'open')
  }
  context.shapes.decisions.push(() => {
    if (pair.reading !== 'open') return
    decide(context, pair, left, right)
    attempt()
  })
}

/** Takes the reading that is forced; false when none is. */
function read(context: ShapeContext, pair: Pair, left: Operand, right: Operand): boolean {
  const { solver } = context
  const a = left.sides
  const b = right.sides
  if (solver.isScalar(a) || solver.isScalar(b)) {
    pair.reading = 'scale'
    same(context, pair.result, solver.isScalar(a) ? b : a, left, right)
    return true
  }
  if (!solver.isArray(a) || !solver.isArray(b)) return false
  const columns = solver.isOne(a.columns) && solver.isOne(b.columns)
  if (pair.join === 'dot' && columns) {
    pair.reading = 'inner'
    if (solver.unify(a.rows, b.rows) !== undefined) clash(context, 'take the inner product of', left, right)
    same(context, pair.result, solver.scalar, left, right)
    return true
  }
  if (pair.join === 'star' || pair.join === 'outer') {
    if (solver.shape(a) === undefined || solver.shape(b) === undefined) return false
    if (pair.join === 'outer') return readKronecker(context, pair, left, right)
    if (solver.same(a.rows, b.rows) && solver.same(a.columns, b.columns)) {
      pair.reading = 'hadamard'
      same(context, pair.result, a, left, right)
      return true
    }
  }
  pair.reading = 'chain'
  if (!fits(solver.value(a.columns), solver.isLong(a.columns), solver.value(b.rows), solver.isLong(b.rows))) {
    clash(context, 'multiply', left, right)
  }
  if (solver.unify(a.columns, b.rows) !== undefined) clash(context, 'multiply', left, right)
  same(context, pair.result, { rows: a.rows, columns: b.columns }, left, right)
  return true
}

/** Whether two inner sides may be equal: one is not equal to what is presumed to be longer. */
function fits(a: unknown, aLong: boolean, b: unknown, bLong: boolean): boolean {
  return !((a === 1 && bLong) || (b === 1 && aLong))
}

function readKronecker(context: ShapeContext, pair: Pair, left: Operand, right: Operand): boolean {
  const { solver } = context
  pair.reading = 'kronecker'
  const rows = times(solver.value(left.sides.rows), solver.value(right.sides.rows))
  const wide = times(solver.value(left.sides.columns), solver.value(right.sides.columns))
  same(context, pair.result, { rows: solver.side(rows), columns: solver.side(wide) }, left, right)
  return true
}

function times(a: number | string | undefined, b: number | string | undefined): number | string {
  return productOfDims(a!, b!)
}

function same(context: ShapeContext, result: Sides, sides: Sides, left: Operand, right: Operand): void {
  const { solver } = context
  if (solver.unifyShapes(result, sides) === undefined) return
  throw new ShapeError(
    'shape-clash',
    `this product is ${solver.text(sides)}, but ${solver.text(result)} is needed here`,
    { span: cover(left.span, right.span) },
  )
}

function clash(context: ShapeContext, verb: string, left: Operand, right: Operand): never {
  const { solver } = context
  const a = left.sides
  const b = right.sides
  const hint = solver.same(a.rows, b.rows)
    ? solver.isOne(a.columns) && solver.isOne(b.columns)
      ? 'transpose the left factor for the inner product, or write \\odot for the product entry by entry'
      : 'transpose the left factor, or write \\odot for the product entry by entry'
    : solver.same(a.columns, b.columns)
      ? 'transpose the right factor'
      : undefined
  const between = verb === 'multiply' ? 'by' : 'and'
  throw new ShapeError('shape-clash', `cannot ${verb} ${solver.text(a)} ${between} ${solver.text(b)}`, {
    span: cover(left.span, right.span),
    hint,
    notes:
      verb === 'multiply'
        ? [`the inner sizes are ${side(context, a.columns)} and ${side(context, b.rows)}`]
        : [],
  })
}

function side(context: ShapeContext, at: number): string {
  return String(context.solver.value(at) ?? '?')
}

/** The reading a reader assumes where nothing forces one: a capital before a small letter is a matrix times a column. */
function decide(context: ShapeContext, pair: Pair, left: Operand, right: Operand): void {
  const { solver } = context
  const a = left.sides
  const b = right.sides
  const makeScalar = (sides: Sides) => solver.unifyShapes(sides, solver.scalar)
  const makeColumn = (sides: Sides) => {
    solver.presumeLong(sides.rows)
    if (solver.value(sides.columns) === undefined && !solver.isLong(sides.columns))
      solver.bind(sides.columns, 1)
  }
  const makeMatrix = (sides: Sides) => {
    solver.presumeLong(sides.rows)
    solver.presumeLong(sides.columns)
  }
  const makeRow = (sides: Sides) => {
    if (solver.value(sides.rows) === undefined && !solver.isLong(sides.rows)) solver.bind(sides.rows, 1)
    solver.presumeLong(sides.columns)
  }
  const openLeft = !solver.isArray(a)
  const openRight = !solver.isArray(b)
  if (pair.join === 'outer') {
    if (openLeft) left.look === 'upper' ? makeMatrix(a) : makeColumn(a)
    if (openRight) right.look === 'upper' ? makeMatrix(b) : makeColumn(b)
    return
  }
  if (openLeft && openRight) {
    if (left.look === 'upper') {
      makeMatrix(a)
      if (right.look === 'upper') makeMatrix(b)
      else if (right.look === 'row') makeRow(b)
      else makeColumn(b)
    } else if (left.look === 'row') {
      makeRow(a)
      if (right.look === 'upper') makeMatrix(b)
      else makeColumn(b)
    } else if (right.look === 'row') {
      makeColumn(a)
      makeRow(b)
    } else makeScalar(a)
  } else if (openRight) {
    if (solver.isOne(a.columns)) right.look === 'row' ? makeRow(b) : makeScalar(b)
    else if (right.look === 'upper') makeMatrix(b)
    else if (solver.isLong(a.columns)) makeColumn(b)
    else makeScalar(b)
  } else if (left.look === 'upper') {
    if (solver.isScalar(pair.result)) makeRow(a)
    else makeMatrix(a)
  } else if (left.look === 'row') makeRow(a)
  else makeScalar(a)
}
