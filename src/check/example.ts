import { makeTensor, type Tensor } from '../base/tensor.js'
import type { Counterexample } from '../evaluate/check.js'
import { compareTensors } from '../evaluate/compare.js'
import { type Point, runAt } from '../evaluate/evaluate.js'
import { planOf } from '../evaluate/plan.js'
import type { Sym } from '../expr/node.js'
import type { Ground } from './ground.js'
import type { Equation } from './verdict.js'

/** More numbers than this are not spelled out. */
const MOST_SHOWN = 4

/**
 * A counterexample in words. Where a few numbers decide, the roundest ones at which both sides still differ are given;
 * otherwise an entry in which they differ.
 */
export function exampleText(
  ground: Ground,
  equation: Equation,
  counterexample: Counterexample | undefined,
): string {
  if (counterexample === undefined) return 'both sides differ'
  const names = namesIn(ground, equation)
  const small = names !== undefined && names.length <= MOST_SHOWN
  const round = small ? rounded(ground, equation, counterexample.point, names) : undefined
  if (round !== undefined) {
    const { left, right, point } = round
    const at = names!.map(name => `${name.name} = ${shown(point.values.get(name)!.data[0]!)}`).join(', ')
    const where = at === '' ? '' : `at ${at} `
    return `both sides differ: ${where}the left side is ${shown(left.data[0]!)}, the right side ${shown(right.data[0]!)}`
  }
  const { expected, found } = counterexample
  const k = Array.from(expected.data).findIndex(
    (value, i) => Math.abs(value - found.data[i]!) > 1e-3 * Math.abs(value),
  )
  if (k < 0 || expected.data.length !== found.data.length) return 'both sides differ'
  const place = expected.data.length === 1 ? '' : ` in entry ${placeText(expected, k)}`
  return `both sides differ: at a random point the left side is ${shown(expected.data[k]!)}${place}, the right side ${shown(found.data[k]!)}`
}

function placeText({ columns }: Tensor, k: number): string {
  const [row, column] = [Math.floor(k / columns) + 1, (k % columns) + 1]
  return columns === 1 ? `${row}` : `(${row}, ${column})`
}

/** The numbers that decide; undefined where arrays or unknown functions do. */
function namesIn(ground: Ground, { left, right }: Equation): readonly Sym[] | undefined {
  const { symbols } = planOf([left, right], { definitions: ground.definitions })
  const plain = symbols.every(
    ({ shape, role }) => role === 'variable' && shape.rows === 1 && shape.columns === 1,
  )
  return plain ? symbols : undefined
}

interface Round {
  readonly point: Point
  readonly left: Tensor
  readonly right: Tensor
}

function rounded(
  ground: Ground,
  { left, right }: Equation,
  point: Point,
  names: readonly Sym[],
): Round | undefined {
  if (point.functions.size > 0 || names.some(name => !point.values.has(name))) return undefined
  const plan = planOf([left, right], { definitions: ground.definitions })
  for (const digits of [0, 1, 2, 6]) {
    const values = new Map(point.values)
    for (const name of names) {
      const value = Number(point.values.get(name)!.data[0]!.toFixed(digits))
      values.set(name, makeTensor(1, 1, Float64Array.of(value)))
    }
    const { values: sides } = runAt(ground.tensors, plan, { ...point, values }, { forgiving: true })
    const [a, b] = sides as [Tensor, Tensor]
    const { verdict, relative } = compareTensors(a, b)
    if (verdict === 'different' && relative > 1e-2) return { point: { ...point, values }, left: a, right: b }
  }
  return undefined
}

function shown(value: number): string {
  return String(Number(value.toPrecision(3)))
}
