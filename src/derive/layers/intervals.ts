import { sumOfDims } from '../../expr/dimension.js'
import { compareIndices, type Index } from '../../expr/member.js'
import type { Expr } from '../../expr/node.js'

/**
 * What the members of a family receive from one place, over a range of their index. The body speaks of the member
 * whose index is the letter, unless the range is one index and the body is `fixed` there.
 */
export interface Part {
  readonly from: Index
  readonly to: Index
  readonly body: Expr
  readonly fixed: boolean
  /** Marks the range in which a step defines the member; nothing is received. */
  readonly isStep?: boolean | undefined
}

/** A range of an index over which the same parts are received. */
export interface Interval {
  readonly from: Index
  readonly to: Index
  readonly parts: readonly Part[]
}

/** Cuts the range of an index where a part begins or ends; from the last index to the first, as the pass goes. */
export function intervalsOf(parts: readonly Part[]): readonly Interval[] {
  const starts = new Map<string, Index>()
  for (const { from, to } of parts)
    for (const start of [from, sumOfDims(to, 1)]) starts.set(String(start), start)
  const cuts = [...starts.values()].sort(compareIndices)
  const found: Interval[] = []
  cuts.forEach((from, k) => {
    const next = cuts[k + 1]
    if (next === undefined) return
    const inside = parts.filter(
      part => compareIndices(part.from, from) <= 0 && compareIndices(part.to, from) >= 0,
    )
    if (inside.length > 0) found.push({ from, to: sumOfDims(next, -1), parts: inside })
  })
  return found.reverse()
}
