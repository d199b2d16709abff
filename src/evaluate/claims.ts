import { type Random, seededRandom } from '../base/random.js'
import { flat, makeTensor, type Tensor } from '../base/tensor.js'
import type { Expr, Sym } from '../expr/node.js'
import { isScalar } from '../expr/shape.js'
import type { Tensors } from '../tensor/tensor.js'
import { unstacked } from './arranged.js'
import {
  type Claim,
  type ClaimContext,
  type ClaimKind,
  type ClaimWork,
  type Found,
  variablesOf,
} from './claim.js'
import { compareTensors, finite, magnitude } from './compare.js'
import { agreesWithSlopes, STENCIL, slopeOf, WIDTHS, widthsWithin } from './differences.js'
import { compareEntries, compareSecondEntries } from './entry-claims.js'
import { type Point, runAt } from './evaluate.js'
import { attempt } from './facts.js'
import { wantManageable } from './manageable.js'
import { curvaturesAt, type Reference, referenceAt } from './oracle.js'
import { type Plan, planOf } from './plan.js'
import { extentOf } from './run.js'

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
    for (const work of first) {
      if (work.claim.kind === 'entry') compareEntries(context, work, reference)
      else compareFirst(context, work, reference, forward, found)
    }
  }
  for (const work of works) {
    if (work.claim.order !== 2) continue
    if (work.claim.kind === 'entry') compareSecondEntries(context, work)
    else compareSecond(context, work, found)
  }
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
    const own = arranged(m, claim, found(claim, p), point.sizes)
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
  const { kind, output, wrt, change, second } = claim
  const directions = group.points.map((point, p) => {
    const given = kind === 'differential' ? point.values.get(change!) : undefined
    const { rows, columns } = extentOf((second ?? wrt).shape, group.frame.sizes)
    return given ?? randomArray(seededRandom(`${seed} direction ${p}`), rows, columns)
  })
  const target = { definitions, output, wrt: variablesOf(claim) }
  wantManageable(context, target, WIDTHS.length * STENCIL.length)
  const slopes = curvaturesAt(m, autograd, target, claim, group, directions)
  for (const [p, point] of group.points.entries()) {
    const own = arranged(m, claim, found(claim, p), point.sizes)
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

/** The value of a result with outputs by rows and inputs by columns, whichever way it was written. */
function arranged(
  m: Tensors,
  { kind, output, wrt, second, order, turned }: Claim,
  own: Found,
  sizes: ReadonlyMap<string, number>,
): Found {
  const value = turned ? m.transpose(own.value) : own.value
  if (kind !== 'kronecker') return turned ? { ...own, value } : own
  // An array is differentiated twice by numbers only.
  const isFirst = order === 1 || !isScalar(output.shape)
  const above = isFirst ? output.shape : wrt.shape
  const below = isFirst ? wrt.shape : (second ?? wrt).shape
  return { ...own, value: unstacked(value, above, below, sizes) }
}
