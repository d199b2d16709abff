import { call } from '../expr/intern.js'
import type { Call, Expr } from '../expr/node.js'
import type { Op } from '../expr/op.js'
import type { Step } from '../expr/step.js'
import { addition, hadamardProduct, multiplication } from '../ops/core.js'

/** Operations whose arguments may be taken together in any order. */
const GROUPED: ReadonlySet<Op> = new Set([addition, multiplication, hadamardProduct])

/** Calls of more arguments are tried on fewer: a sum of n terms has n steps, and each would evaluate all n of them. */
const MOST_ARGUMENTS = 16

/**
 * Makes a function that puts a shorter call in the place of a long sum or product that a step goes through: the
 * argument concerned, and the others in groups, which all steps of the call share. So a call of n arguments has
 * n steps of about log n arguments each. What the step says stays the same.
 */
export function startNarrowing(): (step: Step) => Step {
  const trees = new Map<Call, readonly (readonly Expr[])[]>()
  return step => {
    const { at, argument } = step
    if (at?.kind !== 'call' || argument === undefined || (step.kind !== 'pull' && step.kind !== 'push'))
      return step
    if (at.args.length <= MOST_ARGUMENTS || !GROUPED.has(at.op)) return step
    const levels = trees.get(at) ?? groupsOf(at)
    trees.set(at, levels)
    const args = [at.args[argument]!]
    let place = argument
    for (const level of levels) {
      const beside = level[place ^ 1]
      if (beside !== undefined) args.push(beside)
      place >>= 1
    }
    return { ...step, at: call(at.op, args, at.shape), argument: 0 }
  }
}

/** The arguments, then pairs of them, then pairs of pairs, up to the whole. */
function groupsOf({ op, args }: Call): readonly (readonly Expr[])[] {
  const levels: (readonly Expr[])[] = []
  for (let level: readonly Expr[] = args; level.length > 1; ) {
    levels.push(level)
    const pairs: Expr[] = []
    for (let i = 0; i < level.length; i += 2) {
      const [left, right] = [level[i]!, level[i + 1]]
      pairs.push(right === undefined ? left : call(op, [left, right]))
    }
    level = pairs
  }
  return levels
}
