import { seededRandom } from '../base/random.js'
import { type Extent, makeTensor, type Tensor } from '../base/tensor.js'
import type { Expr } from '../expr/node.js'
import { choicesOf, indicesIn, type Place, picked, positionsOf } from './arranged.js'
import { type ClaimContext, type ClaimWork, variablesOf } from './claim.js'
import { compareTensors, finite, magnitude } from './compare.js'
import { agreesWithSlopes, STENCIL, WIDTHS } from './differences.js'
import { wantManageable } from './manageable.js'
import { curvaturesAt, type Reference } from './oracle.js'
import { extentOf } from './run.js'

/** Compares one entry with those of the derivative, for the values that its indices may have. */
export function compareEntries(
  context: ClaimContext,
  { claim, tally }: ClaimWork,
  reference: Reference,
): void {
  const { tensors: m, group, seed, valueAt } = context
  const { output, wrt, entry } = claim
  const [by] = entry!.by as readonly [Place]
  const places = [[by, wrt.shape] as const, ...(entry!.of ? [[entry!.of, output.shape] as const] : [])]
  const held = indicesIn(output)
  const random = seededRandom(`${seed} entries`)
  for (const [p, point] of group.points.entries()) {
    const choices = choicesOf(places, held, group.frame.sizes, random)
    const jacobian = reference.jacobians.get(wrt)![p]!
    const expected: number[] = []
    const own: number[] = []
    let scale = 0
    for (const choice of choices) {
      const at = { ...point, indices: new Map([...point.indices, ...choice]) }
      const rows = positionsOf(m, entry!.of ?? {}, output.shape, at)
      expected.push(...picked(jacobian, rows, positionsOf(m, by, wrt.shape, at)))
      const found = valueAt(claim, at)
      own.push(...found.value.data)
      scale = Math.max(scale, found.scale)
    }
    if (own.length !== expected.length) {
      tally.contradict('the result has not as many entries as the derivative')
      return
    }
    const [found, wanted] = [column(own), column(expected)]
    tally.add(compareTensors(found, wanted, scale), () => ({ point, expected: wanted, found }))
  }
}

/** The same for second derivatives: at each point, along one entry of what is varied second. */
export function compareSecondEntries(context: ClaimContext, { claim, tally }: ClaimWork): void {
  const { tensors: m, autograd, definitions, group, seed, valueAt } = context
  const { output, wrt, second = wrt, entry } = claim
  const [by, then] = entry!.by as readonly [Place, Place]
  const held = indicesIn(output)
  const random = seededRandom(`${seed} entries`)
  const sizes = group.frame.sizes
  const fixed = group.points.map(point => {
    const choice = random.pick(choicesOf([[then, second.shape]], held, sizes, random))
    return { ...point, indices: new Map([...point.indices, ...choice]) }
  })
  const directions = fixed.map(point =>
    marked(positionsOf(m, then, second.shape, point), extentOf(second.shape, sizes)),
  )
  const target = { definitions, output, wrt: variablesOf(claim) }
  wantManageable(context, target, WIDTHS.length * STENCIL.length)
  const slopes = curvaturesAt(m, autograd, target, claim, group, directions)
  for (const [p, point] of fixed.entries()) {
    const chosen = new Set<Expr>([
      ...held,
      ...choicesOf([[then, second.shape]], held, sizes, random)[0]!.keys(),
    ])
    const of = entry!.of ?? {}
    const places = [[of, output.shape] as const, [by, wrt.shape] as const]
    const choices = choicesOf(places, chosen, sizes, random)
    const own: number[] = []
    const at: number[] = []
    const { rows, columns } = extentOf(wrt.shape, sizes)
    for (const choice of choices) {
      const here = { ...point, indices: new Map([...point.indices, ...choice]) }
      for (const row of positionsOf(m, of, output.shape, here)) {
        for (const place of positionsOf(m, by, wrt.shape, here)) at.push(row * rows * columns + place)
      }
      own.push(...valueAt(claim, here).value.data)
    }
    if (own.length !== at.length) {
      tally.contradict('the result has not as many entries as the second derivative')
      return
    }
    const found = column(own)
    const all = slopes[p]!.map(slope => column(at.map(k => slope.data[k]!)))
    const [expected = found] = all
    const size = Math.max(finite(magnitude(found)), finite(magnitude(expected)), 1e-3)
    const agrees = all.length > 0 && m.isFinite(found) ? agreesWithSlopes(m, found, all, size) : undefined
    const verdict = agrees === undefined ? 'unclear' : agrees ? 'same' : 'different'
    const gap = Math.min(...all.map(slope => magnitude(m.subtract(slope, found)))) / size
    tally.add({ verdict, relative: gap }, () => ({ point, expected, found }))
  }
}

/** An array with ones at these places and zeros elsewhere. */
function marked(places: readonly number[], { rows, columns }: Extent): Tensor {
  const chosen = new Set(places)
  return makeTensor(
    rows,
    columns,
    Float64Array.from({ length: rows * columns }, (_, k) => (chosen.has(k) ? 1 : 0)),
  )
}

function column(entries: readonly number[]): Tensor {
  return makeTensor(entries.length, 1, Float64Array.from(entries))
}
