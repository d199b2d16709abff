import type { Answer, IndexRange, Solution } from '../derive/solution.js'
import type { Layers } from '../expr/problem.js'
import type { Drafting } from './drafting.js'
import { equation, expression, type Maths, type Prose, type Row } from './maths.js'
import type { Pen } from './pen.js'

/** `i = 1, …, L`; for one value nothing unless that is asked for. */
function rangeOf({ letter }: Layers, range: IndexRange | undefined, isOne = false): Maths | undefined {
  if (range === undefined || (range.from === range.to && !isOne)) return undefined
  return { kind: 'range', letter, from: range.from, to: range.to }
}

function backwards({ from, to }: IndexRange): IndexRange {
  return { from: to, to: from }
}

function reasonsOf(range: Maths | undefined): readonly Prose[] {
  return range === undefined ? [] : [[range]]
}

/** The steps of a recurrence as they were given. */
export function stepRows(layers: Layers): readonly Row[] {
  const range = rangeOf(layers, { from: layers.low, to: layers.high })
  return layers.steps.map(({ symbol, body }) =>
    equation(expression(symbol), expression(body), reasonsOf(range)),
  )
}

/** The backward recurrence: where it ends, and how it goes on from there. */
export function backwardRows({ solution, nameOf }: Drafting, layers: Layers): readonly Row[] {
  return (solution.backward ?? []).map((row): Row => {
    const derivative = { kind: 'derivative', of: nameOf(row.output), wrt: row.of, order: 1 } as const
    return {
      left: expression(row.symbol),
      relations: [{ right: derivative }, { right: expression(row.body) }],
      reasons: reasonsOf(rangeOf(layers, backwards(row))),
    }
  })
}

/** A derivative over every range of the index of its variable. */
export function pieceRows(
  { nameOf }: Drafting,
  layers: Layers,
  { question, pieces = [] }: Answer,
  boxed: boolean,
): readonly Row[] {
  return pieces.map(
    ({ range, wrt, body }): Row => ({
      left: { kind: 'derivative', of: nameOf(question.of), wrt, order: question.order },
      relations: [{ right: expression(body), boxed }],
      reasons: reasonsOf(rangeOf(layers, range)),
    }),
  )
}

/** How the parts of an answer in one line are joined. */
interface Joints {
  readonly range: string
  readonly next: string
  readonly where: string
}

export const LATEX_JOINTS: Joints = Object.freeze({
  range: ', \\quad ',
  next: '; \\quad ',
  where: ' \\quad \\text{where } ',
})
export const PLAIN_JOINTS: Joints = Object.freeze({ range: ', ', next: '; ', where: ' where ' })

/** An answer in one line, which defines every name that the backward recurrence introduced. */
export function layeredLine(
  { pieces = [] }: Answer,
  { backward = [], leastDepth = 1 }: Solution,
  layers: Layers,
  pen: Pen,
  joints: Joints,
): string {
  const withRange = (text: string, range: Maths | undefined) =>
    range === undefined ? text : `${text}${joints.range}${pen.maths(range)}`
  const result = pieces.map(piece =>
    withRange(pen.maths(expression(piece.body)), rangeOf(layers, piece.range, pieces.length > 1)),
  )
  const rows = backward.map(row =>
    withRange(
      `${pen.maths(expression(row.symbol))} = ${pen.maths(expression(row.body))}`,
      rangeOf(layers, backwards(row)),
    ),
  )
  const held = leastDepth > 1 ? [pen.maths({ kind: 'least', letter: layers.depth, least: leastDepth })] : []
  const all = [...rows, ...held]
  const where = all.length === 0 ? '' : `${joints.where}${all.join(joints.next)}`
  return `${result.join(joints.next)}${where}`
}
