import type { Tensor } from '../base/tensor.js'
import type { Sym } from '../expr/node.js'
import type { Tensors } from '../tensor/tensor.js'
import { attempt, type FactPlan } from './facts.js'

const MET = 1e-12
const STEPS = 30

export function isMet(residuals: readonly number[]): boolean {
  return residuals.every(residual => Math.abs(residual) <= MET)
}

/**
 * Moves arrays to where all facts hold, by Gauss–Newton steps of least length. Undefined when that does not succeed,
 * as for facts that contradict one another.
 */
export function project(
  m: Tensors,
  { residual, movable }: FactPlan,
  start: ReadonlyMap<Sym, Tensor>,
): ReadonlyMap<Sym, Tensor> | undefined {
  let values = start
  for (let step = 0; step < STEPS; step++) {
    const here = residual(values)
    if (isMet(here)) return values
    if (!here.every(Number.isFinite)) return undefined
    const columns: number[][] = []
    for (const symbol of movable) {
      const array = values.get(symbol)
      for (let k = 0; k < (array?.data.length ?? 0); k++) {
        const width = 1e-6
        const moved = residual(new Map(values).set(symbol, changed(m, array!, k, width)))
        const back = residual(new Map(values).set(symbol, changed(m, array!, k, -width)))
        columns.push(here.map((_, i) => (moved[i]! - back[i]!) / (2 * width)))
      }
    }
    if (columns.length === 0) return undefined
    const transposedJacobian = m.create(columns.length, here.length, columns.flat())
    const gram = m.matmul(m.transpose(transposedJacobian), transposedJacobian)
    const damping = 1e-11 * (1 + m.scalarValue(m.trace(gram)))
    const damped = m.add(gram, m.scaleBy(m.identity(here.length), damping))
    const inverse = attempt(() => m.inverse(damped))
    if (inverse === undefined) return undefined
    const right = m.create(here.length, 1, here)
    const move = m.matmul(transposedJacobian, m.matmul(inverse, right))
    values = movedBy(m, values, movable, move)
  }
  return undefined
}

function changed(m: Tensors, array: Tensor, k: number, by: number): Tensor {
  const entries = Float64Array.from(array.data)
  entries[k]! += by
  return m.create(array.rows, array.columns, entries)
}

function movedBy(
  m: Tensors,
  values: ReadonlyMap<Sym, Tensor>,
  movable: readonly Sym[],
  move: Tensor,
): ReadonlyMap<Sym, Tensor> {
  const next = new Map(values)
  let offset = 0
  for (const symbol of movable) {
    const array = values.get(symbol)
    if (array === undefined) continue
    const from = offset
    next.set(
      symbol,
      m.create(
        array.rows,
        array.columns,
        Array.from(array.data, (v, k) => v - move.data[from + k]!),
      ),
    )
    offset += array.data.length
  }
  return next
}
