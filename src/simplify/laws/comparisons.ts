import { MINUS_ONE, signOf } from '../../base/rational.js'
import type { Law } from '../../expr/law.js'
import type { Expr } from '../../expr/node.js'
import type { Op } from '../../expr/op.js'
import { applyOp } from '../../ops/apply.js'
import { greater, less } from '../../ops/comparison.js'
import { addition, isCall, isZero, negate } from '../../ops/core.js'
import { coefficientOf } from '../factors.js'
import { defineLaw } from '../law.js'

const TURNED: ReadonlyMap<Op, Op> = new Map([
  [greater, less],
  [less, greater],
])

/** `1 - u`: the number, and what is taken from it. */
function numberMinus(node: Expr): { readonly number: Expr; readonly rest: Expr } | undefined {
  if (!isCall(node, addition) || node.args.length !== 2) return undefined
  const number = node.args.find(arg => arg.kind === 'num')
  const other = node.args.find(arg => arg !== number)
  if (number === undefined || other === undefined || other.kind === 'num') return undefined
  const { coefficient } = coefficientOf(other)
  if (signOf(number.kind === 'num' ? number.value : MINUS_ONE) <= 0 || signOf(coefficient) >= 0)
    return undefined
  return { number, rest: negate(other) }
}

/** A difference compared with zero: what is taken away is compared with the number it is taken from. */
export const comparisonLaws: readonly Law[] = Object.freeze([
  defineLaw({
    id: 'compare-with-the-number',
    name: 'move a term to the other side',
    statement: '\\mathbb{1}[1-u>0]=\\mathbb{1}[u<1]',
    sentence: 'A number less a quantity is positive where the quantity is less than the number.',
    needs: [addition],
    example: '(1 - s > 0)*t = (s < 1)*t',
    apply: node => {
      const [left, right] = node.args as readonly [Expr, Expr]
      const parts = isZero(right) ? numberMinus(left) : undefined
      return parts && applyOp(TURNED.get(node.op)!, parts.rest, parts.number)
    },
  }),
])
