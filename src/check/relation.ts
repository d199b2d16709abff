import type { Op } from '../expr/op.js'
import { sameShape } from '../expr/shape.js'
import { applyOp } from '../ops/apply.js'
import { greater, greaterOrEqual, less, lessOrEqual, notEqual } from '../ops/comparison.js'
import { ones } from '../ops/core.js'
import type { RelationOperator } from '../parse/derivation.js'
import type { Ground } from './ground.js'
import type { Equation, Verdict } from './verdict.js'

const COMPARISONS: ReadonlyMap<RelationOperator, Op> = new Map<RelationOperator, Op>([
  ['<', less],
  ['>', greater],
  ['<=', lessOrEqual],
  ['>=', greaterOrEqual],
  ['!=', notEqual],
])

const EQUALITIES: ReadonlySet<RelationOperator> = new Set<RelationOperator>([
  '=',
  ':=',
  '==',
  'equiv',
  'approx',
])

/** Judges a relation that is no equality; undefined for an equality. */
export function judgeRelation(
  ground: Ground,
  operator: RelationOperator,
  { left, right }: Equation,
): Verdict | undefined {
  if (EQUALITIES.has(operator)) return undefined
  const op = COMPARISONS.get(operator)
  if (op === undefined || !sameShape(left.shape, right.shape)) {
    return { status: 'unknown', message: `not checked: only equations and comparisons are, not ${operator}` }
  }
  const check = ground.compare(applyOp(op, left, right), ones(left.shape))
  if (check.status === 'undecided') return { status: 'unknown', message: `not decided: ${check.message}` }
  if (check.status === 'agrees') return { status: 'agrees', message: `holds at ${check.points} points` }
  return {
    status: 'refuted',
    message: 'the relation does not hold everywhere',
    counterexample: check.counterexample,
  }
}
