import type { Tensor } from '../base/tensor.js'
import type { Call, Expr } from '../expr/node.js'
import type { Definition } from '../expr/problem.js'
import { walk } from '../expr/walk.js'
import { norm2 } from '../ops/norms.js'
import { isCondition, piecewise } from '../ops/piecewise.js'
import { valueArguments } from './traverse.js'

/** What one evaluation says about a point. */
export interface Findings {
  /** How far arguments lie outside the domains of their functions; 0 where everything is defined. */
  readonly violation: number
  /** The least distance of a switch from the place where it switches. */
  readonly nearest: number
  /** Whether some function of a branch that is not taken is undefined. */
  readonly masked: boolean
  /** The largest value of every switch with the sign it has there: how close each side comes to being taken. */
  readonly reach: ReadonlyMap<Side, number>
}

/** One side of a switch. */
export interface Side {
  readonly node: Expr
  readonly sign: 1 | -1
}

export interface InspectorOptions {
  /** Calls whose domains count. */
  readonly guarded: ReadonlySet<Expr>
  /** Every call of the functions that are differentiated, in branches too. */
  readonly own: ReadonlySet<Expr>
  /** Both sides of every switch that counts, by the expression. */
  readonly sides: ReadonlyMap<Expr, readonly [Side, Side]>
  readonly switchesOf: (node: Call) => readonly Expr[]
}

/**
 * The calls whose domains count: what a formula computes whatever branch it takes. A logarithm in one branch of a
 * choice may be undefined where the other branch is taken.
 */
export function guardedCalls(roots: readonly Expr[], bodies: ReadonlyMap<Expr, Expr>): ReadonlySet<Expr> {
  const parts = (node: Expr): readonly Expr[] => {
    if (node.kind === 'num') return []
    if (node.kind === 'sym') return bodies.has(node) ? [bodies.get(node)!] : []
    if (node.op.binds) return node.args.slice(3)
    if (node.op !== piecewise) return valueArguments(node)
    return node.args.filter((_, k) => isCondition(k, node.args))
  }
  return new Set(walk(roots, parts))
}

export function bodiesOf(definitions: readonly Definition[]): ReadonlyMap<Expr, Expr> {
  return new Map(definitions.map(({ symbol, body }) => [symbol, body]))
}

/** Watches one evaluation; `findings` tells what it saw. */
export function inspector({ guarded, own, sides, switchesOf }: InspectorOptions, margin: number) {
  let violation = 0
  let nearest = Number.POSITIVE_INFINITY
  let masked = false
  const reach = new Map<Side, number>()
  const inspect = (node: Call, args: readonly Tensor[], value: Tensor, watched: readonly Tensor[]) => {
    const { domain } = node.op
    if (node.op === norm2 && own.has(node)) {
      // Where a length is zero it has no derivative, and next to it the one by numbers says nothing.
      const missing = outside('positive', value, margin)
      if (guarded.has(node)) violation += missing
      else if (missing > 0) masked = true
    }
    if (domain !== undefined && !own.has(node)) masked ||= isSplit(domain, args, valueArguments(node))
    if (domain !== undefined && own.has(node)) {
      const parts = valueArguments(node)
      const counts = guarded.has(node)
      for (const [k, arg] of args.entries()) {
        const missing = outside(domain(k, parts), arg, counts ? margin : 0)
        if (counts) violation += missing
        else if (missing > 0) masked = true
      }
    }
    if (watched.length === 0) return
    const switches = switchesOf(node)
    for (const [k, array] of watched.entries()) {
      const pair = sides.get(switches[k]!)
      if (pair === undefined) continue
      for (const entry of array.data) {
        if (!(Math.abs(entry) >= nearest)) nearest = Math.abs(entry)
        for (const side of pair) {
          const far = side.sign * entry
          if (!(far <= (reach.get(side) ?? Number.NEGATIVE_INFINITY))) reach.set(side, far)
        }
      }
    }
  }
  return { inspect, findings: (): Findings => ({ violation, nearest, masked, reach }) }
}

/** Whether something is divided by zero. */
function isSplit(
  domain: NonNullable<Call['op']['domain']>,
  args: readonly Tensor[],
  parts: readonly Expr[],
): boolean {
  return args.some(
    (arg, k) =>
      domain(k, parts) === 'nonzero' && Array.prototype.some.call(arg.data, entry => Math.abs(entry) < ZERO),
  )
}

/** Nearer to zero than this, a denominator is taken for zero. */
const ZERO = 1e-12

type DomainName = ReturnType<NonNullable<Call['op']['domain']>>

/** How far the entries are from a domain, kept off its edge by the margin. */
function outside(domain: DomainName, { data }: Tensor, margin: number): number {
  if (domain === 'real' || domain === 'invertible') return 0
  let total = 0
  for (let i = 0; i < data.length; i++) {
    const distance = data[i]!
    const missing = margin - distanceInside(domain, distance)
    if (!(missing <= 0)) total += Number.isNaN(missing) ? 1e3 : missing
  }
  return total
}

/** How far inside a domain a number lies; negative outside. */
function distanceInside(domain: Exclude<DomainName, 'real' | 'invertible'>, v: number): number {
  switch (domain) {
    case 'positive':
    case 'nonnegative':
      return v
    case 'nonzero':
      return Math.abs(v)
    case 'unit-interval':
      return Math.min(v, 1 - v)
    case 'minus-one-to-one':
      return 1 - Math.abs(v)
    case 'above-one':
      return v - 1
  }
}
