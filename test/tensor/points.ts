import { type Random, seededRandom } from '../../src/base/random.js'
import type { Case } from './cases.js'
import { type Grid, grid, leibniz } from './reference.js'

const isSquare = (a: Grid) => a.length === a[0]!.length

/** Random inputs of a case, none of them near a kink, and square matrices well away from singular. */
export function pointsOf(one: Case, count: number): readonly (readonly Grid[])[] {
  const random = seededRandom(`${one.title} inputs`)
  const draw = (): readonly Grid[] =>
    one.inputs.map(({ rows, columns, low, high }) => grid(rows, columns, () => random.between(low, high)))
  const isTame = (point: readonly Grid[]) => {
    const entries = point.flatMap(a => a.flat())
    const apart = entries.every(
      (x, i) => Math.abs(x) > 1e-2 && entries.every((y, j) => i === j || Math.abs(x - y) > 1e-3),
    )
    return apart && point.every(a => !isSquare(a) || Math.abs(leibniz(a)) > 0.2)
  }
  return Array.from({ length: count }, () => {
    for (;;) {
      const point = draw()
      if (isTame(point)) return point
    }
  })
}

/** A derivative by the value of a case, to be pulled back. */
export function cotangentOf(title: string, rows: number, columns: number): Grid {
  const random: Random = seededRandom(`${title} cotangent`)
  return grid(rows, columns, () => random.between(-1, 1))
}
