import { parseDecimal, type Rational, rational } from '../base/rational.js'
import { makeTensor, type Tensor } from '../base/tensor.js'
import { runAt } from '../evaluate/evaluate.js'
import { planOf } from '../evaluate/plan.js'
import { number } from '../expr/intern.js'
import type { Expr } from '../expr/node.js'
import { postorder, substitute } from '../expr/walk.js'
import type { Ground } from './ground.js'
import type { Equation, Verdict } from './verdict.js'

/** A decimal as it is written, and half a unit of its last place. */
interface Decimal {
  readonly value: Rational
  readonly half: Rational
}

function decimalsIn(text: string): readonly Decimal[] {
  return [...text.matchAll(/\d*\.(\d+)/g)].map(([digits, places]) => ({
    value: parseDecimal(digits),
    half: rational(1, 2n * 10n ** BigInt(places!.length)),
  }))
}

/**
 * Judges numbers: where nothing is left open and a side is written with decimals, it has to be right to half a unit in
 * the last place that is written, each decimal by itself. Undefined where there is nothing rounded.
 */
export function judgeRounded(ground: Ground, { left, right }: Equation, text: string): Verdict | undefined {
  const decimals = decimalsIn(text)
  if (decimals.length === 0) return undefined
  const { definitions } = ground
  const sides = [left, right, ...shifted(right, decimals)]
  const plan = planOf(sides, { definitions })
  if (plan.symbols.length > 0) return undefined
  const point = { values: new Map(), functions: new Map(), sizes: new Map(), indices: new Map() }
  const [exact, found, ...others] = runAt(ground.tensors, plan, point, { forgiving: true }).values as [
    Tensor,
    Tensor,
    ...Tensor[],
  ]
  const [wanted, written] = [Array.from(exact.data), Array.from(found.data)]
  const room = written.map((value, k) =>
    others.reduce(
      (sum, other) => sum + Math.abs(other.data[k]! - value),
      1e-12 * Math.max(1, Math.abs(value)),
    ),
  )
  const wrong = written.findIndex((value, k) => !(Math.abs(value - wanted[k]!) <= room[k]! * (1 + 1e-6)))
  if (wrong < 0) {
    return { status: 'agrees', message: 'right to half a unit in the last place' }
  }
  const places = Math.max(...decimals.map(({ half }) => Math.ceil(-Math.log10(2 * half.valueOf()))))
  return {
    status: 'refuted',
    message: `the value is ${exact.data[wrong]!.toFixed(places + 2)}, which rounds to ${exact.data[wrong]!.toFixed(places)}`,
    mistakes: ['rounding'],
    counterexample: {
      point,
      expected: makeTensor(exact.rows, exact.columns, exact.data),
      found: makeTensor(found.rows, found.columns, found.data),
    },
  }
}

/** The side with each of its decimals moved by half a unit, one at a time. */
function shifted(side: Expr, decimals: readonly Decimal[]): readonly Expr[] {
  return postorder([side]).flatMap(node => {
    if (node.kind !== 'num') return []
    const decimal = decimals.find(({ value }) => node.value.abs().equals(value))
    if (decimal === undefined) return []
    return [substitute(side, new Map([[node, number(node.value.add(decimal.half), node.shape)]]))]
  })
}
