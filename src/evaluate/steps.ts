import { seededRandom } from '../base/random.js'
import { flat, makeTensor, type Tensor } from '../base/tensor.js'
import { call, symbol } from '../expr/intern.js'
import type { Call, Expr, Sym } from '../expr/node.js'
import type { Definition } from '../expr/problem.js'
import type { Step } from '../expr/step.js'
import type { Tensors } from '../tensor/tensor.js'
import type { Tally } from './check.js'
import type { Found } from './claim.js'
import { OVERFLOWING, randomArray } from './claims.js'
import { type Comparison, compareTensors, finiteMagnitude, magnitude, ROUNDING } from './compare.js'
import { agreesWithSlopes, LOOSE, slopeOf, WIDTHS } from './differences.js'
import { type Point, runAt } from './evaluate.js'
import { attempt } from './facts.js'
import { type Plan, planOf } from './plan.js'
import { extentOf } from './run.js'
import { valueArguments } from './traverse.js'

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

interface StepContext {
  readonly tensors: Tensors
  readonly point: Point
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
  tally.add(transport(context, step, found), example)
}

/**
 * What follows has to be defined wherever what it was made of is, unless it overflowed. The other way round nothing is
 * compared: a zero factor may rightly take something undefined with it.
 */
function equation({ tensors: m, masked }: StepContext, before: Found, after: Found): Comparison {
  const scale = Math.max(before.scale, after.scale)
  const lost = m.isFinite(before.value) && !m.isFinite(after.value)
  if (lost && scale < OVERFLOWING && !masked) return WRONG
  return compareTensors(before.value, after.value, scale)
}

/** The operation of a call alone and its switches, the arguments symbols. */
const ARGUMENT = '#argument'

function planOfCall({ op, args, shape }: Call): Plan {
  const count = args.length - (op.indexArguments ?? 0)
  const fresh = args.map((arg, k) => (k < count ? placeholder(k, arg) : arg))
  const alone = call(op, fresh, shape)
  return planOf([alone, ...(op.switches?.(fresh) ?? [])])
}

function placeholder(k: number, { shape }: Expr): Sym {
  return symbol(`${ARGUMENT}${k}`, shape)
}

/**
 * A pull is tried against one random change `d` of its argument: `⟨after, d⟩` must be `⟨before, the change of the
 * value⟩`. A push is tried on what it carries: a change of the argument, or several side by side, the columns of a
 * Jacobian, of which one random mixture is taken.
 */
function transport(context: StepContext, step: Step, found: readonly Found[]): Comparison {
  const { tensors: m, seed, point } = context
  const [before, after, ...args] = found.map(({ value }) => value) as [Tensor, Tensor, ...Tensor[]]
  const rounding = (ROUNDING * found[1]!.scale) / LOOSE
  const node = step.at as Call
  const arg = args[step.argument!]!
  const { rows, columns } = extentOf(node.shape, point.sizes)
  const random = seededRandom(`${seed} ${step.rule.id} ${step.argument}`)
  if (step.kind === 'pull') {
    if (before.data.length !== rows * columns || after.data.length !== arg.data.length) return WRONG
    const change = m.hadamard(randomArray(random, arg.rows, arg.columns), sizesOf(m, arg))
    const probe = probeOf(context, node, args, step.argument!, change)
    const claimed = m.sum(m.hadamard(flat(after), flat(change)))
    const outward = mapped(probe.slopes(), slope => m.sum(m.hadamard(slope, flat(before))))
    const terms = Math.max(norm(after) * magnitude(change), norm(before) * probe.size)
    return judge(m, claimed, outward, Math.max(terms, rounding * norm(change)))
  }
  const whole = before.rows === arg.rows && before.columns === arg.columns
  const mix = whole ? undefined : randomArray(random, before.columns, 1)
  const change = mix === undefined ? before : reshaped(m.matmul(before, mix), arg)
  if (change === undefined || (mix !== undefined && after.columns !== mix.rows)) return UNCLEAR
  const claimed = flat(mix === undefined ? after : m.matmul(after, mix))
  if (claimed.data.length !== rows * columns) return WRONG
  const probe = probeOf(context, node, args, step.argument!, change)
  return judge(m, claimed, probe.slopes(), Math.max(probe.size, rounding))
}

/** Below this an entry counts as zero: a fraction of it would not be a number of full precision. */
const TINY = 1e-100

/** The size of an argument as the unit of steps; one, where it is zero. */
function unitOf(arg: Tensor): number {
  const size = magnitude(arg)
  return size > TINY ? size : 1
}

/** The sizes of the entries; for a zero, a thousandth of the unit. */
function sizesOf(m: Tensors, arg: Tensor): Tensor {
  const small = 1e-3 * unitOf(arg)
  return m.map(arg, entry => (Math.abs(entry) > TINY ? Math.abs(entry) : small))
}

/** The change of a call with one argument, by differences with shorter and shorter steps. */
function probeOf(
  { tensors: m, point, plans }: StepContext,
  node: Call,
  args: readonly Tensor[],
  k: number,
  change: Tensor,
) {
  const plan = plans.get(node) ?? planOfCall(node)
  plans.set(node, plan)
  const places = args.map((_, i) => placeholder(i, node.args[i]!))
  const values = new Map(args.map((value, i) => [places[i]!, value]))
  const arg = args[k]!
  const runAlong = (t: number) =>
    attempt(() => {
      const shifted = new Map(values).set(places[k]!, m.add(arg, m.scaleBy(change, t)))
      return runAt(m, plan, { ...point, values: shifted }).values
    })
  const start = runAlong(0)
  const valueAt = (t: number) => {
    const [value, ...switches] = runAlong(t) ?? []
    const sameSide = switches.every((array, i) => sameSigns(array, start![i + 1]!))
    return value && sameSide ? flat(value) : undefined
  }
  const length = magnitude(change)
  // Steps are measured by the argument.
  const unit = unitOf(arg) / length
  return {
    /** What a slope of ordinary steepness would be, times a thousandth. */
    size: start === undefined ? 0 : (1e-3 * finiteMagnitude(start[0]!)) / unit,
    *slopes(): Generator<Tensor | undefined, void, undefined> {
      if (start === undefined) return
      if (length > 0) for (const width of [...WIDTHS, SHORTEST]) yield slopeOf(m, valueAt, width * unit)
      else yield flat(m.scaleBy(start[0]!, 0))
    },
  }
}

/** Used where a kink is near. */
const SHORTEST = 5e-8

function sameSigns(a: Tensor, b: Tensor): boolean {
  for (let i = 0; i < a.data.length; i++) if (Math.sign(a.data[i]!) !== Math.sign(b.data[i]!)) return false
  return true
}

function* mapped(
  slopes: Iterable<Tensor | undefined>,
  f: (slope: Tensor) => Tensor,
): Generator<Tensor | undefined, void, undefined> {
  for (const slope of slopes) yield slope && f(slope)
}

const UNCLEAR: Comparison = Object.freeze({ verdict: 'unclear', relative: Number.NaN })

const WRONG: Comparison = Object.freeze({ verdict: 'different', relative: Number.POSITIVE_INFINITY })

function judge(m: Tensors, claimed: Tensor, slopes: Iterable<Tensor | undefined>, size: number): Comparison {
  const agrees = m.isFinite(claimed) ? agreesWithSlopes(m, claimed, slopes, size) : undefined
  if (agrees === undefined) return UNCLEAR
  return { verdict: agrees ? 'same' : 'different', relative: agrees ? 0 : 1 }
}

function norm({ data }: Tensor): number {
  let sum = 0
  for (const entry of data) sum += Math.abs(entry)
  return sum
}

function reshaped({ data }: Tensor, { rows, columns }: Tensor): Tensor | undefined {
  return data.length === rows * columns ? makeTensor(rows, columns, data) : undefined
}
