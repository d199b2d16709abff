import { MathError } from '../../base/errors.js'
import type { Span } from '../../base/span.js'
import { symbol } from '../../expr/intern.js'
import type { Op, ShapeFlow } from '../../expr/op.js'
import type { Shape } from '../../expr/shape.js'
import { applyOp } from '../../ops/apply.js'
import { kronecker } from '../../ops/kronecker.js'
import { boldest, wantArray } from './make.js'
import { agree, raiseShape, type ShapeContext } from './session.js'
import type { Sides } from './sides.js'
import type { Look, Term } from './term.js'

/** A known operation applied to arguments. Raises `ShapeError` where they do not fit. */
export function makeCall(context: ShapeContext, op: Op, args: readonly Term[], span: Span): Term {
  const shaped = SHAPES.get(flowOf(op))!
  const [sides, look] = shaped(context, { op, args, span })
  return { kind: 'call', span, args, sides, literal: false, look, op }
}

interface Request {
  readonly op: Op
  readonly args: readonly Term[]
  readonly span: Span
}
type ShapeOf = (context: ShapeContext, request: Request) => readonly [Sides, Look]

const sameAsFirst: ShapeOf = (_, { args }) => [args[0]!.sides, args[0]!.look]

/** All arguments of one shape, numbers adapted. */
const common: ShapeOf = (context, { args }) => [agree(context, 'compare', args), boldest(args)]

const scalarOfArray: ShapeOf = (context, { args }) => {
  for (const arg of args) {
    if (context.solver.isScalar(arg.sides)) continue
    context.shapes.arrays = true
    wantArray(context, arg)
  }
  return [context.solver.scalar, 'scalar']
}

const scalarOfSquare: ShapeOf = (context, request) => {
  square(context, request)
  return [context.solver.scalar, 'scalar']
}

const squareOfSquare: ShapeOf = (context, request) => {
  square(context, request)
  return [request.args[0]!.sides, 'upper']
}

function square(context: ShapeContext, { args, op }: Request): void {
  const { solver } = context
  const [arg] = args as readonly [Term]
  const { rows, columns } = arg.sides
  if (arg.literal || solver.isScalar(arg.sides)) return
  context.shapes.arrays = true
  const flat = solver.isOne(rows) !== solver.isOne(columns) && (solver.isLong(rows) || solver.isLong(columns))
  if (flat || solver.unify(rows, columns) !== undefined) {
    raiseShape(`${op.title} needs a square matrix, but this is ${solver.text(arg.sides)}`, arg.span)
  }
  context.shapes.decisions.push(() => {
    if (!solver.isScalar(arg.sides)) solver.presumeLong(rows)
  })
}

const likeArray: ShapeOf = (context, request) => {
  context.shapes.arrays = true
  wantArray(context, request.args[0]!)
  return sameAsFirst(context, request)
}

/** A vector on the diagonal of a matrix, or the diagonal of a matrix as a column. */
const diagonal: ShapeOf = (context, { args, span }) => {
  const { solver } = context
  const [arg] = args as readonly [Term]
  const { rows, columns } = arg.sides
  const result = solver.freshShape()
  const settle = (sides: Sides) => {
    if (solver.unifyShapes(result, sides) === undefined) return
    raiseShape(`this is ${solver.text(sides)}, but ${solver.text(result)} is needed here`, span)
  }
  const attempt = () => {
    if (solver.isOne(columns)) settle({ rows, columns: rows })
    else if (solver.isOne(rows)) settle({ rows: columns, columns })
    else if (solver.isLong(rows) && solver.isLong(columns)) {
      if (solver.unify(rows, columns) !== undefined) {
        raiseShape(`a diagonal needs a square matrix, but this is ${solver.text(arg.sides)}`, arg.span)
      }
      settle({ rows, columns: solver.scalar.columns })
    } else solver.wait([rows, columns], attempt)
  }
  if (!solver.isScalar(arg.sides)) {
    context.shapes.arrays = true
    wantArray(context, arg)
  }
  attempt()
  return [result, arg.look === 'upper' ? 'lower' : 'upper']
}

const sumsOfRows: ShapeOf = (context, { args }) => {
  wantArray(context, args[0]!)
  return [{ rows: args[0]!.sides.rows, columns: context.solver.scalar.columns }, 'lower']
}

const sumsOfColumns: ShapeOf = (context, { args }) => {
  wantArray(context, args[0]!)
  return [{ rows: context.solver.scalar.rows, columns: args[0]!.sides.columns }, 'row']
}

/** What the operation itself says, as soon as the shapes of the arguments are known. */
const computed: ShapeOf = (context, { op, args, span }) => {
  const { solver } = context
  const result = solver.freshShape()
  const selectors = op.indexArguments ?? 0
  const arrays = args.slice(0, args.length - selectors)
  const chosen = args.slice(args.length - selectors)
  const sides = arrays.flatMap(arg => [arg.sides.rows, arg.sides.columns])
  for (const arg of arrays) {
    if (arg.literal || solver.isScalar(arg.sides)) continue
    context.shapes.arrays = true
    wantArray(context, arg)
  }
  const attempt = () => {
    const shapes = arrays.map(arg => solver.shape(arg.sides))
    if (shapes.some(shape => shape === undefined)) return solver.wait(sides, attempt)
    const samples = (shapes as Shape[]).map((shape, i) => symbol(`argument ${i}`, shape))
    const shape = placed(span, () => applyOp(op, ...samples, ...chosen.map(context.build)).shape)
    const found = solver.sides(shape)
    if (solver.unifyShapes(result, found) === undefined) return
    raiseShape(`this is ${solver.text(found)}, but ${solver.text(result)} is needed here`, span)
  }
  attempt()
  return [result, op === kronecker ? 'upper' : 'lower']
}

/** Gives an error of the expression floor the place it belongs to. */
export function placed<T>(span: Span, make: () => T): T {
  try {
    return make()
  } catch (error) {
    if (!(error instanceof MathError) || error.span !== undefined) throw error
    const Same = error.constructor as new (code: string, message: string, details: object) => MathError
    throw new Same(error.code, error.message, { span, hint: error.hint, notes: error.notes })
  }
}

const SHAPES: ReadonlyMap<ShapeFlow, ShapeOf> = new Map<ShapeFlow, ShapeOf>([
  ['first', sameAsFirst],
  ['common', common],
  ['scalar', scalarOfArray],
  ['scalar-of-square', scalarOfSquare],
  ['square', squareOfSquare],
  ['array', likeArray],
  ['diagonal', diagonal],
  ['rows', sumsOfRows],
  ['columns', sumsOfColumns],
  ['computed', computed],
])

function flowOf({ flow, kind }: Op): ShapeFlow {
  if (flow !== undefined) return flow
  return kind === 'elementwise' ? 'first' : kind === 'reduction' ? 'scalar' : 'computed'
}
