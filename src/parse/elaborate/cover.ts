import type { RelationOperator, RelationSyntax, Syntax } from '../syntax.js'
import { sameText } from './doubts.js'
import { bare, scriptText } from './names.js'

/** Where a condition holds, on the line of one quantity; an end that is not there is infinite. */
interface Interval {
  readonly low: End | undefined
  readonly high: End | undefined
}

interface End {
  readonly at: Syntax
  readonly closed: boolean
}

/** What conditions leave out: nothing but the joints listed. */
export interface Cover {
  /** Ends at which two pieces meet and neither holds. */
  readonly joints: readonly string[]
}

const FLIPPED: ReadonlyMap<RelationOperator, RelationOperator> = new Map<RelationOperator, RelationOperator>([
  ['<', '>'],
  ['>', '<'],
  ['<=', '>='],
  ['>=', '<='],
])

/**
 * Whether conditions on one quantity, compared as they are written, hold everywhere but at joints: `z > 0` and
 * `z \le 0`, or `z < -1`, `-1 \le z \le 1` and `z > 1`. Undefined when they do not, or when that cannot be seen.
 */
export function coverOf(conditions: readonly Syntax[]): Cover | undefined {
  const relations = conditions.map(bare)
  if (!relations.every(isComparison)) return undefined
  const [first] = relations
  const named = first!.operands.map(bare).filter(each => numberOf(each) === undefined)
  for (const subject of named.flatMap(each => (each.kind === 'bars' ? [each, bare(each.body)] : [each]))) {
    const intervals = relations.map(relation => intervalsOn(subject, relation))
    if (intervals.some(each => each === undefined)) continue
    const cover = walk((intervals as (readonly Interval[])[]).flat())
    if (cover !== undefined) return cover
  }
  return undefined
}

function isComparison(node: Syntax): node is RelationSyntax {
  return (
    node.kind === 'relation' &&
    !node.leading &&
    node.operators.every(each => /^[<>]=?$|^==?$|^!=$/.test(each))
  )
}

/** The pieces of the line of `subject` on which a comparison holds; undefined when it is about something else. */
function intervalsOn(
  subject: Syntax,
  { operands, operators }: RelationSyntax,
): readonly Interval[] | undefined {
  const [left, middle, right] = operands.map(bare) as [Syntax, Syntax, Syntax | undefined]
  if (right !== undefined) {
    if (operands.length !== 3 || !isAlike(middle, subject)) return undefined
    const low = side(left, FLIPPED.get(operators[0]!))
    const high = side(right, operators[1]!)
    if (low === undefined || high === undefined || (low.low === undefined) === (high.low === undefined)) {
      return undefined
    }
    return [{ low: low.low ?? high.low, high: low.high ?? high.high }]
  }
  const [about, bound] = [left, middle].some(each => isAlike(each, subject))
    ? isAlike(left, subject)
      ? [left, middle]
      : [middle, left]
    : isSize(left, subject)
      ? [left, middle]
      : [middle, left]
  const operator = about === left ? operators[0]! : (FLIPPED.get(operators[0]!) ?? operators[0]!)
  if (isAlike(about, subject)) return pieces(bound, operator)
  if (!isSize(about, subject)) return undefined
  const negative: Syntax = { kind: 'signed', span: bound.span, sign: '-', operand: bound }
  const closed = operator === '<=' || operator === '>='
  const [low, high] = [
    { at: negative, closed },
    { at: bound, closed },
  ]
  if (operator.startsWith('<')) return [{ low, high }]
  return operator.startsWith('>')
    ? [
        { low: undefined, high: low },
        { low: high, high: undefined },
      ]
    : undefined
}

function pieces(bound: Syntax, operator: RelationOperator): readonly Interval[] | undefined {
  const open = { at: bound, closed: false }
  const point = { at: bound, closed: true }
  if (operator === '!=')
    return [
      { low: undefined, high: open },
      { low: open, high: undefined },
    ]
  if (operator === '=' || operator === '==') return [{ low: point, high: point }]
  const piece = side(bound, operator)
  return piece && [piece]
}

function side(bound: Syntax, operator: RelationOperator | undefined): Interval | undefined {
  const end = { at: bound, closed: operator === '<=' || operator === '>=' }
  if (operator?.startsWith('<')) return { low: undefined, high: end }
  return operator?.startsWith('>') ? { low: end, high: undefined } : undefined
}

/** Goes from minus infinity as far as the pieces reach. */
function walk(intervals: readonly Interval[]): Cover | undefined {
  const joints: string[] = []
  const rest = new Set(intervals)
  const begins = [...rest].filter(({ low }) => low === undefined)
  let reached = begins.map(({ high }) => high).reduce<End | undefined | null>(farther, null)
  if (reached === null) return undefined
  for (const begin of begins) rest.delete(begin)
  while (reached !== undefined) {
    const at: End = reached
    const next = [...rest].filter(({ low }) => order(low!.at, at.at) <= 0)
    if (next.length === 0) return undefined
    const meets = at.closed || next.some(({ low }) => low!.closed || order(low!.at, at.at) < 0)
    for (const each of next) rest.delete(each)
    const ends = next.map(({ high }) => high)
    const far = ends.reduce<End | undefined | null>(farther, at)!
    const passes = next.some(({ high }) => high === undefined || order(high.at, at.at) !== 0)
    if (!meets && passes) joints.push(scriptText(at.at) ?? 'the joint')
    reached = far
  }
  return { joints }
}

/** The farther of two ends; no end is farthest, null is none yet, and of two that cannot be compared the new one. */
function farther(known: End | undefined | null, end: End | undefined): End | undefined | null {
  if (known === undefined || end === undefined) return undefined
  if (known === null) return end
  const compared = order(end.at, known.at)
  if (compared === 0) return known.closed ? known : end
  return compared < 0 ? known : end
}

/** Negative, zero or positive as the first bound is lower, the same or higher; NaN where that cannot be seen. */
function order(a: Syntax, b: Syntax): number {
  const [first, second] = [numberOf(a), numberOf(b)]
  if (first !== undefined && second !== undefined) return first - second
  return sameText(bare(a), bare(b)) ? 0 : Number.NaN
}

function numberOf(node: Syntax): number | undefined {
  const now = bare(node)
  if (now.kind === 'number') return Number(now.text)
  if (now.kind === 'signed' && (now.sign === '-' || now.sign === '+')) {
    const inner = bare(now.operand)
    const value = inner.kind === 'signed' ? undefined : numberOf(inner)
    return value === undefined ? undefined : now.sign === '-' ? -value : value
  }
  if (now.kind !== 'fraction') return undefined
  const [above, below] = [bare(now.numerator), bare(now.denominator)]
  return above.kind === 'number' && below.kind === 'number'
    ? Number(above.text) / Number(below.text)
    : undefined
}

function isAlike(node: Syntax, subject: Syntax): boolean {
  return sameText(node, subject)
}

/** `|z|` of the quantity z. */
function isSize(node: Syntax, subject: Syntax): boolean {
  return node.kind === 'bars' && sameText(bare(node.body), subject)
}
