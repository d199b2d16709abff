import { seededRandom } from '../base/random.js'
import { makeTensor, type Tensor } from '../base/tensor.js'
import { call, symbol } from '../expr/intern.js'
import type { Call, Expr, Sym } from '../expr/node.js'
import type { Definition } from '../expr/problem.js'
import type { Step } from '../expr/step.js'
import type { Tensors } from '../tensor/tensor.js'
import type { Tally } from './check.js'
import type { Found } from './claims.js'
import { randomArray } from './claims.js'
import { type Comparison, compareTensors } from './compare.js'
import { agreesWithSlopes, slopesAt, widthsWithin } from './differences.js'
import { type Point, runAt } from './evaluate.js'
import { attempt } from './facts.js'
import { type Plan, planOf, valueArguments } from './plan.js'

/** Steps whose two sides are equal. */
function isEquation({ kind }: Step): boolean {
  return kind === 'rewrite' || kind === 'substitute' || kind === 'gather'
}

/** Steps that carry a change or an adjoint through one operation. */
function isTransport({ kind, at, argument }: Step): boolean {
  return (kind === 'pull' || kind === 'push') && at?.kind === 'call' && !at.op.binds && argument !== undefined
}

/** Whether a step says something that numbers can contradict. */
export function isCheckable(step: Step): boolean {
  return isTransport(step) || (isEquation(step) && step.before !== step.after)
}

/** The names that steps introduce, with what they stand for. */
export function namesIn(steps: readonly Step[]): readonly Definition[] {
  return steps.flatMap(({ kind, name, before, after }) => {
    if (kind !== 'given' || name === undefined) return []
    if (after === name && before !== name) return [{ symbol: name, body: before }]
    return before === name && after !== name ? [{ symbol: name, body: after }] : []
  })
}

/** What has to be evaluated to check a step. */
export function rootsOf(step: Step): readonly Expr[] {
  const both = [step.before, step.after]
  return isTransport(step) ? [...both, ...valueArguments(step.at as Call)] : both
}

export interface StepWork {
  readonly step: Step
  readonly tally: Tally
}

export interface StepContext {
  readonly tensors: Tensors
  readonly point: Point
  readonly clearance: number
  /** Whether a branch that is not taken is undefined at the point. */
  readonly masked: boolean
  readonly seed: string
  readonly plans: Map<Call, Plan>
}

/** Compares the two sides of a step at a point, or what it carries with differences of the operation. */
export function compareStep(context: StepContext, { step, tally }: StepWork, found: readonly Found[]): void {
  const [before, after] = found as readonly [Found, Found]
  const { point } = context
  const example = () => ({ point, expected: before.value, found: after.value })
  if (!isTransport(step)) {
    tally.add(equation(context, before, after), example)
    return
  }
  tally.add(
    transport(
      context,
      step,
      found.map(({ value }) => value),
    ),
    example,
  )
}

/** A side that is finite where the other is not holds on a larger domain; that is no equation, unless it overflowed. */
function equation({ tensors: m, masked }: StepContext, before: Found, after: Found): Comparison {
  const finite = [before, after].filter(({ value }) => m.isFinite(value)).length
  const scale = Math.max(before.scale, after.scale)
  if (finite === 1 && scale < 300 && !masked)
    return { verdict: 'different', relative: Number.POSITIVE_INFINITY }
  return compareTensors(before.value, after.value, scale)
}

/** The operation of a call alone, its arguments symbols: the derivative by an argument is taken of this. */
const ARGUMENT = '#argument'

function planOfCall({ op, args, shape }: Call): Plan {
  const count = args.length - (op.indexArguments ?? 0)
  const fresh = args.map((arg, k) => (k < count ? placeholder(k, arg) : arg))
  return planOf([call(op, fresh, shape)])
}

function placeholder(k: number, { shape }: Expr): Sym {
  return symbol(`${ARGUMENT}${k}`, shape)
}

const LOOSE_WIDTHS = 2

function transport(
  { tensors: m, point, clearance, seed, plans }: StepContext,
  step: Step,
  [before, after, ...args]: readonly Tensor[],
): Comparison {
  const node = step.at as Call
  const k = step.argument!
  const plan = plans.get(node) ?? planOfCall(node)
  plans.set(node, plan)
  const arg = args[k]!
  const random = seededRandom(`${seed} ${step.rule.id} ${k}`)
  // An adjoint is tried against one random change; a change may be a column of a Jacobian, or several side by side.
  const isPull = step.kind === 'pull'
  const whole = before!.rows === arg.rows && before!.columns === arg.columns
  const mix = isPull || whole ? undefined : randomArray(random, before!.columns, 1)
  const change = isPull
    ? randomArray(random, arg.rows, arg.columns)
    : mix === undefined
      ? before!
      : reshaped(m.matmul(before!, mix), arg)
  if (change === undefined) return UNCLEAR
  const valueAt = (t: number) =>
    attempt(() => {
      const values = new Map(
        args.map((value, i) => [
          placeholder(i, node.args[i]!),
          i === k ? m.add(value, m.scaleBy(change, t)) : value,
        ]),
      )
      return flat(runAt(m, plan, { ...point, values }).values[0]!)
    })
  const slopes = slopesAt(m, valueAt, widthsWithin(clearance).slice(0, LOOSE_WIDTHS + 1))
  const outward = isPull ? slopes.map(slope => m.sum(m.hadamard(slope, flat(before!)))) : slopes
  const claimed = isPull
    ? m.sum(m.hadamard(flat(after!), flat(change)))
    : flat(mix === undefined ? after! : m.matmul(after!, mix))
  return judge(m, claimed, outward, sizeOfTerms(isPull ? [after!, change] : [claimed], slopes, before!))
}

const UNCLEAR: Comparison = Object.freeze({ verdict: 'unclear', relative: Number.NaN })

function judge(m: Tensors, claimed: Tensor, slopes: readonly Tensor[], size: number): Comparison {
  if (slopes.length === 0 || !m.isFinite(claimed)) return UNCLEAR
  if (slopes[0]!.data.length !== claimed.data.length) {
    return { verdict: 'different', relative: Number.POSITIVE_INFINITY }
  }
  const agrees = agreesWithSlopes(m, claimed, slopes, size)
  if (agrees === undefined) return UNCLEAR
  return { verdict: agrees ? 'same' : 'different', relative: agrees ? 0 : 1 }
}

/** How large the terms are that were added up. */
function sizeOfTerms(own: readonly Tensor[], slopes: readonly Tensor[], incoming: Tensor): number {
  const norm = ({ data }: Tensor) => Array.from(data).reduce((sum, entry) => sum + Math.abs(entry), 0)
  const product = own.reduce((size, array) => size * norm(array), 1)
  const other = slopes.length === 0 ? 0 : norm(slopes[0]!) * norm(incoming)
  return Math.max(product, other, 1e-6)
}

function flat({ data }: Tensor): Tensor {
  return makeTensor(data.length, 1, data)
}

function reshaped({ data }: Tensor, { rows, columns }: Tensor): Tensor | undefined {
  return data.length === rows * columns ? makeTensor(rows, columns, data) : undefined
}
