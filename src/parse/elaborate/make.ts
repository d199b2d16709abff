import { NameError } from '../../base/errors.js'
import type { Rational } from '../../base/rational.js'
import type { Span } from '../../base/span.js'
import type { Expr } from '../../expr/node.js'
import { isCapital } from './names.js'
import type { PointwiseFunction, SymbolEntry } from './scope.js'
import { agree, raiseShape, type ShapeContext } from './session.js'
import type { IndexEntry, Look, Term } from './term.js'

/*
 * Makers of terms: each computes the shape as far as it is forced, waits for what is not known yet, and leaves a
 * decision where only a convention can tell. They raise `ShapeError` at the smallest place where two shapes part.
 */

export function makeNumber(context: ShapeContext, value: Rational, span: Span): Term {
  return {
    kind: 'number',
    span,
    args: [],
    sides: context.solver.scalar,
    literal: true,
    look: 'scalar',
    value,
  }
}

export function makeSymbol(context: ShapeContext, entry: SymbolEntry, span: Span): Term {
  context.shapes.symbols.add(entry)
  return {
    kind: 'symbol',
    span,
    args: [],
    sides: entry.sides,
    literal: false,
    look: isCapital(entry.name) ? 'upper' : 'lower',
    entry,
  }
}

export function makeIndex(context: ShapeContext, index: IndexEntry, span: Span): Term {
  return {
    kind: 'index',
    span,
    args: [],
    sides: context.solver.scalar,
    literal: false,
    look: 'scalar',
    index,
  }
}

export function makeConstant(context: ShapeContext, make: () => Expr, span: Span): Term {
  return {
    kind: 'constant',
    span,
    args: [],
    sides: context.solver.scalar,
    literal: false,
    look: 'scalar',
    make,
  }
}

/** An array filled with a value, as large as what it is used with; a column where nothing tells. */
export function makeFilled(context: ShapeContext, value: Rational, span: Span, rows?: number): Term {
  const { solver } = context
  const sides = rows === undefined ? solver.freshShape() : { rows, columns: solver.fresh() }
  context.shapes.arrays = true
  solver.presumeLong(sides.rows)
  context.shapes.decisions.push(() => {
    if (solver.value(sides.columns) === undefined && !solver.isLong(sides.columns))
      solver.bind(sides.columns, 1)
  })
  return { kind: 'filled', span, args: [], sides, literal: false, look: 'lower', value }
}

export function makeIdentity(context: ShapeContext, span: Span, side?: number): Term {
  const { solver } = context
  const rows = side ?? solver.fresh()
  context.shapes.arrays = true
  solver.presumeLong(rows)
  return { kind: 'identity', span, args: [], sides: { rows, columns: rows }, literal: false, look: 'upper' }
}

const MIXED = 'write the scalar times \\mathbf{1} where every entry is meant'
const BROADCAST = 'repeat it explicitly: \\mathbf{1} b^\\top adds the row b^\\top to every row'

export function makeSum(
  context: ShapeContext,
  args: readonly Term[],
  signs: readonly ('+' | '-')[],
  span: Span,
): Term {
  const { solver } = context
  const sides = agree(context, 'add', args, (left, right) => {
    if (solver.isScalar(left.sides) || solver.isScalar(right.sides)) return MIXED
    const flat = ({ sides }: Term) => solver.isOne(sides.rows) || solver.isOne(sides.columns)
    return flat(left) !== flat(right) ? BROADCAST : undefined
  })
  return {
    kind: 'sum',
    span,
    args,
    sides,
    literal: args.every(arg => arg.literal),
    look: boldest(args),
    signs,
  }
}

export function makeSigned(operand: Term, span: Span): Term {
  return {
    kind: 'signed',
    span,
    args: [operand],
    sides: operand.sides,
    literal: operand.literal,
    look: operand.look,
  }
}

export function makeHadamard(context: ShapeContext, args: readonly Term[], span: Span): Term {
  const { solver } = context
  const arrays = args.filter(arg => !arg.literal && !solver.isScalar(arg.sides))
  const sides = agree(context, 'multiply entry by entry', arrays)
  if (arrays.length > 1) {
    context.shapes.arrays = true
    for (const array of arrays) wantArray(context, array)
  }
  return { kind: 'hadamard', span, args, sides, literal: false, look: boldest(args) }
}

/** The sum of the products of corresponding entries. */
export function makeInner(context: ShapeContext, left: Term, right: Term, span: Span): Term {
  agree(context, 'take the inner product of', [left, right])
  if (!context.solver.isScalar(left.sides)) {
    context.shapes.arrays = true
    wantArray(context, left)
  }
  return {
    kind: 'inner',
    span,
    args: [left, right],
    sides: context.solver.scalar,
    literal: false,
    look: 'scalar',
  }
}

export function makeQuotient(
  context: ShapeContext,
  above: Term,
  below: Term,
  entrywise: boolean,
  span: Span,
): Term {
  const { solver } = context
  const literal = above.literal && below.literal
  const args = [above, below]
  if (entrywise && !below.literal && !solver.isScalar(below.sides)) {
    context.shapes.arrays = true
    const sides = agree(context, 'divide entry by entry', args)
    return { kind: 'quotient', span, args, sides, literal, look: boldest(args), entrywise }
  }
  const clash = () =>
    raiseShape(
      `cannot divide ${solver.text(above.sides)} by ${solver.text(below.sides)}`,
      below.span,
      'use \\oslash (plain ./) for a quotient entry by entry, or the inverse',
    )
  if (!below.literal) {
    if (solver.unifyShapes(below.sides, solver.scalar) !== undefined) clash()
  }
  return { kind: 'quotient', span, args, sides: above.sides, literal, look: above.look, entrywise: false }
}

export function makeTranspose(context: ShapeContext, operand: Term, span: Span): Term {
  const { solver } = context
  const { rows, columns } = operand.sides
  if (!solver.isScalar(operand.sides)) {
    context.shapes.arrays = true
    wantArray(context, operand)
  }
  return {
    kind: 'transpose',
    span,
    args: [operand],
    sides: { rows: columns, columns: rows },
    literal: false,
    look: TURNED[operand.look],
  }
}

export function makePower(
  context: ShapeContext,
  base: Term,
  exponent: Term,
  entrywise: boolean,
  span: Span,
): Term {
  const { solver } = context
  if (!exponent.literal && solver.unifyShapes(exponent.sides, solver.scalar) !== undefined) {
    raiseShape(
      `an exponent is a number, but this one is ${solver.text(exponent.sides)}`,
      exponent.span,
      'write \\exp(b \\odot \\log a) for powers with different exponents',
    )
  }
  if (!entrywise && !base.literal) squareOnly(context, base, exponent, span)
  return {
    kind: 'power',
    span,
    args: [base, exponent],
    sides: base.sides,
    literal: base.literal && exponent.literal,
    look: base.look,
    entrywise,
  }
}

/** A power of an array, unless entry by entry, is that of a square matrix. */
function squareOnly(context: ShapeContext, base: Term, exponent: Term, span: Span): void {
  const { solver } = context
  const { rows, columns } = base.sides
  const check = () => {
    if (solver.isScalar(base.sides)) return
    if (!solver.isArray(base.sides)) return solver.wait([rows, columns], check)
    const flat = solver.isOne(rows) || solver.isOne(columns)
    if (flat || solver.unify(rows, columns) !== undefined) {
      raiseShape(
        `cannot raise ${solver.text(base.sides)} to a power`,
        span,
        'write ^{\\odot 2} (plain .^2) for a power entry by entry, or \\|x\\|^2 for the squared norm',
      )
    }
    const real = realSymbol(exponent)
    if (real === undefined) return
    throw new NameError('unsupported', `a matrix to the power ${real}, a real number, is not offered`, {
      span,
      hint: 'only whole exponents are: declare the exponent in \\mathbb{N}, or the name with its superscript',
    })
  }
  check()
}

/** A quantity in an exponent that the author declared or defined as something other than a whole number. */
function realSymbol(exponent: Term): string | undefined {
  const stack: Term[] = [exponent]
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    if (next.kind === 'symbol') {
      const { entry } = next
      if (entry.given === undefined && (entry.declared || entry.defined) && entry.set !== 'integer')
        return entry.name
    } else if ('args' in next) stack.push(...next.args)
  }
  return undefined
}

/** Leaves the decision that an operand with no known shape is a column or, under a capital, a matrix. */
export function wantArray(context: ShapeContext, operand: Term): void {
  const { solver } = context
  if (solver.shape(operand.sides) !== undefined) return
  context.shapes.decisions.push(() => {
    const { rows, columns } = operand.sides
    if (solver.isScalar(operand.sides)) return
    if (operand.look === 'row') {
      if (solver.value(rows) === undefined && !solver.isLong(rows)) solver.bind(rows, 1)
      solver.presumeLong(columns)
    } else {
      solver.presumeLong(rows)
      if (operand.look === 'upper') solver.presumeLong(columns)
      else if (solver.value(columns) === undefined && !solver.isLong(columns)) solver.bind(columns, 1)
    }
  })
}

export function makeApplied(
  context: ShapeContext,
  definition: PointwiseFunction,
  order: number,
  args: readonly Term[],
  span: Span,
): Term {
  const sides = agree(context, `apply ${definition.name} to`, args)
  return { kind: 'applied', span, args, sides, literal: false, look: boldest(args), definition, order }
}

export function makeAbstract(name: string, order: number, operand: Term, span: Span): Term {
  return {
    kind: 'abstract',
    span,
    args: [operand],
    sides: operand.sides,
    literal: false,
    look: operand.look,
    name,
    order,
  }
}

const TURNED: Readonly<Record<Look, Look>> = { scalar: 'scalar', lower: 'row', row: 'lower', upper: 'upper' }
const WEIGHT: Readonly<Record<Look, number>> = { scalar: 0, lower: 1, row: 2, upper: 3 }

/** What a sum or a product entry by entry looks like: as its most conspicuous part. */
export function boldest(terms: readonly Term[]): Look {
  let look: Look = 'scalar'
  for (const term of terms) if (WEIGHT[term.look] > WEIGHT[look]) look = term.look
  return look
}
