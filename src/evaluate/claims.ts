import type { Autograd } from '../autograd/traced.js'
import { LimitError } from '../base/errors.js'
import type { Budget } from '../base/limits.js'
import { type Random, seededRandom } from '../base/random.js'
import { makeTensor, type Tensor } from '../base/tensor.js'
import type { Expr, Sym } from '../expr/node.js'
import type { Definition } from '../expr/problem.js'
import type { Tensors } from '../tensor/tensor.js'
import type { Tally } from './check.js'
import { compareTensors, magnitude } from './compare.js'
import { agreesWithSlopes, STENCIL, slopeOf, WIDTHS, widthsWithin } from './differences.js'
import { type Point, runAt } from './evaluate.js'
import { attempt } from './facts.js'
import { curvaturesAt, type Reference, referenceAt, type Target } from './oracle.js'
import { type Plan, planOf } from './plan.js'
import type { PointGroup } from './points.js'
import { extentOf } from './run.js'

/** What kind of object a claimed derivative is; all are compared entry by entry, outputs before inputs. */
export type ClaimKind = 'gradient' | 'jacobian' | 'derivative' | 'hessian' | 'differential'

/** A derivative that is claimed. */
export interface Claim {
  readonly kind: ClaimKind
  readonly output: Expr
  /** A defined symbol is varied as if it were independent, and what is defined through it follows. */
  readonly wrt: Sym
  readonly order: 1 | 2
  readonly result: Expr
  /** For a differential: the symbol of the change of the variable. */
  readonly change?: Sym | undefined
}

/** The value of a result at a point, and how large the values are that it and the function are made of. */
export interface Found {
  readonly value: Tensor
  readonly scale: number
}

export interface ClaimWork {
  readonly claim: Claim
  readonly tally: Tally
}

interface ClaimContext {
  readonly tensors: Tensors
  readonly autograd: Autograd
  readonly definitions: readonly Definition[]
  readonly group: PointGroup
  readonly seed: string
  readonly budget: Budget | undefined
}

/** Compares claims about one output with automatic differentiation, at all points of a group. */
export function compareClaims(
  context: ClaimContext,
  works: readonly ClaimWork[],
  found: (claim: Claim, point: number) => Found,
): void {
  const first = works.filter(({ claim }) => claim.order === 1)
  if (first.length > 0) {
    const { output } = first[0]!.claim
    const wrt = [...new Set(first.map(({ claim }) => claim.wrt))]
    const target = { definitions: context.definitions, output, wrt }
    wantManageable(context, target, 1)
    const reference = referenceAt(context.tensors, context.autograd, target, context.group)
    const forward = forwardPlan(context, output)
    for (const work of first) compareFirst(context, work, reference, forward, found)
  }
  for (const work of works) if (work.claim.order === 2) compareSecond(context, work, found)
}

/** The engine takes about two milliseconds for each operation and each choice of sizes. */
const MOST_OPERATIONS = 10_000

/** Numbers that one call of the engine may hold of each array. */
const MOST_STACKED = 1 << 23

/**
 * Raises `LimitError` where the engine would take too much time or memory: every turn of a sum is an operation of its
 * own there, and a derivative of an array takes a copy of the inputs for each of its entries.
 */
function wantManageable(
  { tensors, definitions, group, budget }: ClaimContext,
  target: Target,
  copies: number,
): void {
  const { output, wrt } = target
  const { frame, points } = group
  const { operations } = runAt(tensors, planOf([output], { definitions }), points[0]!, {
    forgiving: true,
    budget,
  })
  const most = Math.min(MOST_OPERATIONS, Math.floor((budget?.remaining() ?? 4 * MOST_OPERATIONS) / 4))
  if (operations > most) {
    throw new LimitError(
      'limit-operations',
      `automatic differentiation of ${operations} operations takes too long`,
    )
  }
  const entriesOf = ({ shape }: Expr) => {
    const { rows, columns } = extentOf(shape, frame.sizes)
    return rows * columns
  }
  const largest = Math.max(...wrt.map(entriesOf)) * entriesOf(output)
  if (largest * points.length * copies <= MOST_STACKED) return
  throw new LimitError('limit-entries', `a derivative of ${largest} entries is too large to be checked`)
}

function forwardPlan({ definitions }: ClaimContext, output: Expr): Plan {
  return planOf([output], { definitions })
}

function compareFirst(
  context: ClaimContext,
  { claim, tally }: ClaimWork,
  reference: Reference,
  forward: Plan,
  found: (claim: Claim, point: number) => Found,
): void {
  const { tensors: m, group } = context
  for (const [p, point] of group.points.entries()) {
    const jacobian = reference.jacobians.get(claim.wrt)![p]!
    const own = found(claim, p)
    const expected = applied(m, claim, jacobian, own.value, point)
    if (expected === undefined) {
      tally.contradict('the result has not as many entries as the derivative')
      return
    }
    const example = () => ({ point, expected, found: own.value })
    const comparison = compareTensors(own.value, expected, own.scale)
    if (comparison.verdict === 'same') tally.add(comparison, example)
    else {
      // Two opinions differ; a third, from values of the function alone, decides which of them is at fault.
      const refuted = speaksAgainst(context, claim, forward, jacobian, own, p)
      tally.add({ ...comparison, verdict: refuted ? 'different' : 'unclear' }, example)
    }
  }
}

/** What the result should be, in its own extent; undefined when the number of entries does not fit. */
function applied(
  m: Tensors,
  { kind, change }: Claim,
  jacobian: Tensor,
  { rows, columns }: Tensor,
  point: Point,
): Tensor | undefined {
  const entries = kind === 'differential' ? m.matmul(jacobian, flat(point.values.get(change!)!)) : jacobian
  return entries.data.length === rows * columns ? makeTensor(rows, columns, entries.data) : undefined
}

function flat({ data }: Tensor): Tensor {
  return makeTensor(data.length, 1, data)
}

/** Past this size a value that is not finite may be an exponential out of range, and not a wrong formula. */
export const OVERFLOWING = 300

/** Whether central differences of the function itself speak against the result; false when they do not tell. */
function speaksAgainst(
  { tensors: m, group, seed }: ClaimContext,
  { kind, wrt, change }: Claim,
  forward: Plan,
  jacobian: Tensor,
  own: Found,
  p: number,
): boolean {
  const point = group.points[p]!
  const { rows, columns } = extentOf(wrt.shape, group.frame.sizes)
  const direction =
    kind === 'differential'
      ? point.values.get(change!)!
      : randomArray(seededRandom(`${seed} direction ${p}`), rows, columns)
  const along = (t: number) =>
    attempt(() => {
      const move = (array: Tensor) => m.add(array, m.scaleBy(direction, t))
      const start = point.values.get(wrt)
      const values = start === undefined ? point.values : new Map(point.values).set(wrt, move(start))
      const adjust = (symbol: Sym, value: Tensor) => (symbol === wrt ? move(value) : value)
      return flat(runAt(m, forward, { ...point, values }, { adjust }).values[0]!)
    })
  const slopes = widthsWithin(group.clearance[p]!).map(width => slopeOf(m, along, width))
  const expected = m.matmul(jacobian, flat(direction))
  const claimed =
    kind === 'differential'
      ? flat(own.value)
      : m.matmul(makeTensor(jacobian.rows, jacobian.columns, own.value.data), flat(direction))
  const size = Math.max(finite(magnitude(claimed)), finite(magnitude(expected)), 1e-3)
  if (m.isFinite(claimed)) return agreesWithSlopes(m, claimed, slopes, size) === false
  if (group.masked[p]) return false
  return own.scale < OVERFLOWING && agreesWithSlopes(m, expected, slopes, size) === true
}

function finite(value: number): number {
  return Number.isFinite(value) ? value : 0
}

export function randomArray(random: Random, rows: number, columns: number): Tensor {
  const entry = () => (random.next() < 0.5 ? -1 : 1) * random.between(0.2, 1)
  return makeTensor(rows, columns, Float64Array.from({ length: rows * columns }, entry))
}

/** Second derivatives: along one random direction for each point. */
function compareSecond(
  context: ClaimContext,
  { claim, tally }: ClaimWork,
  found: (claim: Claim, point: number) => Found,
): void {
  const { tensors: m, autograd, definitions, group, seed } = context
  const { kind, output, wrt, change } = claim
  const directions = group.points.map((point, p) => {
    const given = kind === 'differential' ? point.values.get(change!) : undefined
    const { rows, columns } = extentOf(wrt.shape, group.frame.sizes)
    return given ?? randomArray(seededRandom(`${seed} direction ${p}`), rows, columns)
  })
  const target = { definitions, output, wrt: [wrt] }
  wantManageable(context, target, WIDTHS.length * STENCIL.length)
  const slopes = curvaturesAt(m, autograd, target, wrt, group, directions)
  for (const [p, point] of group.points.entries()) {
    const own = found(claim, p)
    const direction = flat(directions[p]!)
    const along = secondAlong(m, kind, own.value, direction)
    const expected = slopes[p]![0]
    if (along === undefined) {
      tally.contradict('the result has not as many entries as the second derivative')
      return
    }
    if (expected === undefined) {
      tally.add({ verdict: 'unclear', relative: Number.NaN }, () => ({
        point,
        expected: along,
        found: along,
      }))
      continue
    }
    const all = slopes[p]!.map(flat)
    if (all[0]!.data.length !== along.data.length) {
      tally.contradict('the result has not as many entries as the second derivative')
      return
    }
    const size = Math.max(finite(magnitude(along)), magnitude(all[0]!), 1e-3)
    const agrees = m.isFinite(along) ? agreesWithSlopes(m, along, all, size) : undefined
    const verdict = agrees === undefined ? 'unclear' : agrees ? 'same' : 'different'
    const gap = Math.min(...all.map(slope => magnitude(m.subtract(slope, along)))) / size
    tally.add({ verdict, relative: gap }, () => ({ point, expected: flat(expected), found: along }))
  }
}

/** The claimed second derivative along a direction, as a column. */
function secondAlong(m: Tensors, kind: ClaimKind, own: Tensor, direction: Tensor): Tensor | undefined {
  if (kind === 'differential') return flat(own)
  const inputs = direction.data.length
  if (own.data.length % inputs !== 0) return undefined
  return m.matmul(makeTensor(own.data.length / inputs, inputs, own.data), direction)
}
