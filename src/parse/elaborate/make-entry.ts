import { ShapeError } from '../../base/errors.js'
import type { Span } from '../../base/span.js'
import { differenceOfDims, sumOfDims } from '../../expr/dimension.js'
import type { Dim } from '../../expr/shape.js'
import { dimOf } from '../../ops/dimension.js'
import { boldest } from './make.js'
import { agree, raiseClash, raiseShape, type ShapeContext } from './session.js'
import type { Sides } from './sides.js'
import type { Collector, EntryTerm, IndexEntry, Term } from './term.js'

/** The entry of an array: one index of a column or a row, two of a matrix. Raises `ShapeError`. */
export function makeEntry(context: ShapeContext, base: Term, indices: readonly Term[], span: Span): Term {
  const { solver } = context
  const { rows, columns } = base.sides
  context.shapes.arrays = true
  if (indices.length === 2) {
    reach(context, indices[0]!, rows)
    reach(context, indices[1]!, columns)
    solver.presumeLong(rows)
    solver.presumeLong(columns)
  } else if (solver.isOne(rows) && solver.isLong(columns)) {
    reach(context, indices[0]!, columns)
  } else {
    if (solver.isLong(columns) || solver.unify(columns, solver.scalar.columns) !== undefined) {
      raiseShape(
        `an entry of a ${solver.text(base.sides)} matrix needs two indices`,
        span,
        'a row is W_{i,:} and a column W_{:,j}',
      )
    }
    reach(context, indices[0]!, rows)
    solver.presumeLong(rows)
  }
  return select('entry', solver.scalar, base, indices, span)
}

/** A member of a family, a column: row i of the array that holds them. */
export function makeMember(context: ShapeContext, base: Term, index: Term, span: Span): Term {
  const { solver } = context
  reach(context, index, base.sides.rows)
  if (solver.isOne(base.sides.columns)) return select('entry', solver.scalar, base, [index], span)
  return select('member', { rows: base.sides.columns, columns: solver.scalar.columns }, base, [index], span)
}

/** A whole row (1×n) or column (m×1) of a matrix. */
export function makeSlice(
  context: ShapeContext,
  which: 'row' | 'column',
  base: Term,
  index: Term,
  span: Span,
): Term {
  const { solver } = context
  context.shapes.arrays = true
  const { rows, columns } = base.sides
  reach(context, index, which === 'row' ? rows : columns)
  const sides =
    which === 'row' ? { rows: solver.scalar.rows, columns } : { rows, columns: solver.scalar.columns }
  return select(which, sides, base, [index], span)
}

function select(
  which: EntryTerm['select'],
  sides: Sides,
  base: Term,
  indices: readonly Term[],
  span: Span,
): Term {
  const look = which === 'entry' ? 'scalar' : which === 'row' ? 'row' : 'lower'
  return { kind: 'entry', span, args: [base, ...indices], sides, literal: false, look, select: which }
}

/** A bare index runs along the side it selects from; two letters that differ are a clash. */
function reach(context: ShapeContext, index: Term, side: number): void {
  if (index.kind !== 'index') return
  const { solver } = context
  const extent = index.index.extent
  const known = solver.value(extent)
  const size = solver.value(side)
  const beyond = known === undefined || size === undefined ? undefined : differenceOfDims(known, size)
  const { low } = index.index
  if ((low !== undefined && low < 1) || (typeof beyond === 'number' && beyond > 0)) {
    throw new ShapeError(
      'index-out-of-range',
      low !== undefined && low < 1
        ? `${index.index.letter} runs from ${low}, but entries are counted from 1`
        : `${index.index.letter} runs to ${known}, but there are ${size} entries to select from`,
      { span: index.span, hint: 'let the sum run from 1 to the number of entries' },
    )
  }
  if (known !== undefined && size !== undefined) {
    // A range may be a part of the side; two letters that have nothing to do with each other are a slip.
    if (typeof known === 'number' || typeof size === 'number') return
    if (typeof differenceOfDims(known, size) === 'number') return
  }
  if (solver.unify(extent, side) === undefined) return
  raiseShape(
    `${index.index.letter} runs to ${known}, but there are ${size} entries to select from`,
    index.span,
    'give the sum the range of the array, or declare the array with the size of the sum',
  )
}

/** A sum or product over an index. The bounds are absent where the range is that of the arrays. */
export function makeBig(
  operator: Collector,
  index: IndexEntry,
  bounds: readonly Term[],
  body: Term,
  span: Span,
): Term {
  return {
    kind: 'big',
    span,
    args: [...bounds, body],
    sides: body.sides,
    literal: false,
    look: body.look,
    operator,
    index,
  }
}

/** A matrix written out; a matrix of scalars has its rows and columns, one of blocks what its blocks add up to. */
export function makeBlocks(
  context: ShapeContext,
  cells: readonly Term[],
  rows: number,
  columns: number,
  span: Span,
): Term {
  const { solver } = context
  context.shapes.arrays = true
  const plain = cells.every(cell => cell.literal || !solver.isArray(cell.sides))
  let sides: Sides = { rows: solver.side(rows), columns: solver.side(columns) }
  if (plain) {
    for (const cell of cells) {
      if (!cell.literal && solver.unifyShapes(cell.sides, solver.scalar) !== undefined) {
        raiseShape(`an entry of a matrix is ${solver.text(cell.sides)}`, cell.span)
      }
    }
  } else sides = blockSides(context, cells, rows, columns)
  const look = columns === 1 ? 'lower' : rows === 1 ? 'row' : 'upper'
  return { kind: 'blocks', span, args: cells, sides, literal: false, look, rows, columns }
}

function blockSides(context: ShapeContext, cells: readonly Term[], rows: number, columns: number): Sides {
  const { solver } = context
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      const cell = cells[i * columns + j]!
      const left = cells[i * columns]!
      const top = cells[j]!
      if (solver.unify(cell.sides.rows, left.sides.rows) !== undefined)
        raiseClash(context, 'put side by side', left, cell)
      if (solver.unify(cell.sides.columns, top.sides.columns) !== undefined)
        raiseClash(context, 'stack', top, cell)
    }
  }
  const heights = Array.from({ length: rows }, (_, i) => cells[i * columns]!.sides.rows)
  const widths = cells.slice(0, columns).map(cell => cell.sides.columns)
  return { rows: total(context, heights), columns: total(context, widths) }
}

/** The side that sides put one behind the other make up. */
function total(context: ShapeContext, parts: readonly number[]): number {
  const { solver } = context
  if (parts.length === 1) return parts[0]!
  const whole = solver.fresh()
  const attempt = () => {
    const sizes = parts.map(part => solver.value(part))
    if (sizes.includes(undefined)) return solver.wait(parts, attempt)
    solver.bind(whole, (sizes as Dim[]).reduce(sumOfDims))
  }
  attempt()
  return whole
}

/** A part of a matrix between two rows and two columns, both included. */
export function makePart(context: ShapeContext, base: Term, ends: readonly Term[], span: Span): Term {
  const { solver } = context
  context.shapes.arrays = true
  const [top, bottom, left, right] = ends.map(end => dimOf(context.build(end))) as [Dim, Dim, Dim, Dim]
  const size = (from: Dim, to: Dim) => solver.side(sumOfDims(differenceOfDims(to, from), 1))
  const sides = { rows: size(top, bottom), columns: size(left, right) }
  return { kind: 'part', span, args: [base], sides, literal: false, look: base.look, top, left }
}

/** The unit vector of a coordinate, as long as what it is used with. */
export function makeBasis(context: ShapeContext, index: Term, span: Span): Term {
  const { solver } = context
  context.shapes.arrays = true
  const sides = { rows: solver.fresh(), columns: solver.scalar.columns }
  solver.presumeLong(sides.rows)
  const ranges = index.kind === 'index' && solver.value(index.index.extent) !== undefined
  // A range that is written may be a part of the coordinates, so what the vector is used with has the first word.
  if (ranges) context.shapes.decisions.push(() => reach(context, index, sides.rows))
  else reach(context, index, sides.rows)
  return { kind: 'basis', span, args: [index], sides, literal: false, look: 'lower' }
}

/** A choice: condition, value, condition, value, …, otherwise. */
export function makeCases(context: ShapeContext, args: readonly Term[], span: Span): Term {
  const { solver } = context
  const values = args.filter((_, i) => i % 2 === 1 || i === args.length - 1)
  const conditions = args.filter((_, i) => i % 2 === 0 && i !== args.length - 1)
  let sides = agree(context, 'choose between', values)
  for (const condition of conditions) {
    if (condition.literal || solver.isScalar(condition.sides)) continue
    if (values.every(value => value.literal)) sides = condition.sides
    else if (solver.unifyShapes(condition.sides, sides) !== undefined) {
      raiseClash(context, 'choose between', condition, values.find(value => !value.literal)!)
    }
  }
  return { kind: 'cases', span, args, sides, literal: false, look: boldest(values) }
}
