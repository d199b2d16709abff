import type { Random } from '../base/random.js'
import { makeTensor, type Tensor } from '../base/tensor.js'
import type { EntrySet } from '../expr/problem.js'
import type { Tensors } from '../tensor/tensor.js'

/**
 * Where the numbers of one point come from: both signs near one, positive numbers, numbers between 0 and 1, or many orders
 * of magnitude.
 */
export type Stratum = 'symmetric' | 'positive' | 'unit' | 'wide'

/** One free number per entry; the sets and facts of a symbol are made from these. */
export function drawEntry(random: Random, stratum: Stratum): number {
  const sign = random.next() < 0.5 ? -1 : 1
  if (stratum === 'positive') return random.between(0.3, 1.7)
  if (stratum === 'unit') return random.between(0.05, 0.95)
  if (stratum === 'wide') return sign * 10 ** random.between(-2, 0.9)
  return sign * random.between(0.02, 1.6)
}

/** Whether the entries of a set are isolated numbers, which no small change leads between. */
export function isDiscrete(set: EntrySet): boolean {
  return set === 'binary' || set === 'sign' || set === 'integer'
}

/** The array of a set that free numbers lead to. The rule is continuous wherever the set is. */
export function arrayIn(
  m: Tensors,
  set: EntrySet,
  rows: number,
  columns: number,
  free: ArrayLike<number>,
): Tensor {
  const raw = makeTensor(rows, columns, Float64Array.from(free))
  switch (set) {
    case 'real':
      return raw
    case 'positive':
    case 'nonnegative':
      return m.map(raw, v => Math.abs(v) + 0.05)
    case 'unit-interval':
      return m.map(raw, v => 0.02 + 0.96 / (1 + 4 ** -v))
    case 'binary':
      return m.map(raw, v => (v > 0 ? 1 : 0))
    case 'sign':
      return m.map(raw, v => (v > 0 ? 1 : -1))
    case 'integer':
      return m.map(raw, v => Math.max(1, Math.ceil(Math.abs(v) * 3)))
    case 'symmetric':
      return rows === columns ? m.scaleBy(m.add(raw, m.transpose(raw)), 0.5) : raw
    case 'positive-definite':
      return rows === columns ? positiveDefinite(m, raw) : m.map(raw, v => Math.abs(v) + 0.05)
  }
}

function positiveDefinite(m: Tensors, raw: Tensor): Tensor {
  const square = m.scaleBy(m.matmul(raw, m.transpose(raw)), 1 / raw.rows)
  return m.add(square, m.scaleBy(m.identity(raw.rows), 0.4))
}

/** What adds up to one: all entries, those of each row, or those of each column. */
export type Total = 'all' | 'rows' | 'columns'

/**
 * Makes the entries add up to one. Zeros and ones become a single one at the greatest free number; positive entries
 * are divided by their sum; others are shifted.
 */
export function withTotalOne(m: Tensors, total: Total, set: EntrySet, array: Tensor, free: Tensor): Tensor {
  if (total === 'columns') {
    return m.transpose(withTotalOne(m, 'rows', set, m.transpose(array), m.transpose(free)))
  }
  if (total === 'all') {
    const flat = m.reshape(array, 1, array.data.length)
    const made = withTotalOne(m, 'rows', set, flat, m.reshape(free, 1, array.data.length))
    return m.reshape(made, array.rows, array.columns)
  }
  const { rows, columns } = array
  const spread = (column: Tensor) => m.broadcast(column, rows, columns)
  if (isDiscrete(set)) {
    const best = m.rowArgmax(free)
    const entries = Array.from({ length: rows * columns }, (_, k) =>
      best.data[Math.floor(k / columns)] === k % columns ? 1 : 0,
    )
    return m.create(rows, columns, entries)
  }
  const sums = spread(m.rowSums(array))
  if (array.data.every(entry => entry > 0)) return m.divide(array, sums)
  const excess = m.scaleBy(m.shift(sums, -1), 1 / columns)
  return m.subtract(array, excess)
}
