import { LimitError } from '../base/errors.js'
import type { Expr } from '../expr/node.js'
import type { ClaimContext } from './claim.js'
import { runAt } from './evaluate.js'
import type { Target } from './oracle.js'
import { planOf } from './plan.js'
import { extentOf } from './run.js'

/** The engine takes about two milliseconds for each operation and each choice of sizes. */
const MOST_OPERATIONS = 10_000

/** Numbers that one call of the engine may hold of each array. */
const MOST_STACKED = 1 << 23

/**
 * Raises `LimitError` where the engine would take too much time or memory: every turn of a sum is an operation of its
 * own there, and a derivative of an array takes a copy of the inputs for each of its entries.
 */
export function wantManageable(
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
