import type { EngineArray } from './jax.js'
import type { Target } from './lowering.js'
import type { Primitives } from './primitives.js'

const rowsOf = (a: EngineArray): number => a.shape[1]!
const columnsOf = (a: EngineArray): number => a.shape[2]!

function identityEntries(size: number): Float64Array {
  const entries = new Float64Array(size * size)
  for (let i = 0; i < size; i++) entries[i * (size + 1)] = 1
  return entries
}

export function identity(p: Primitives, size: number): EngineArray {
  return p.known(size, size, identityEntries(size))
}

/** Truth values, true on the diagonal. Choosing by them keeps infinite entries off the diagonal from mattering. */
function onDiagonal(p: Primitives, size: number): EngineArray {
  return p.greater(identity(p, size), 0)
}

export function diagonalOf(p: Primitives, a: EngineArray): EngineArray {
  return p.sum(p.where(onDiagonal(p, rowsOf(a)), a, 0), [2])
}

export function diagonalMatrix(p: Primitives, a: EngineArray, size: number): EngineArray {
  return p.where(onDiagonal(p, size), p.reshape(a, [size, 1]), 0)
}

export function trace(p: Primitives, a: EngineArray): EngineArray {
  return p.sum(diagonalOf(p, a), [1])
}

export function kron(p: Primitives, a: EngineArray, b: EngineArray): EngineArray {
  const pairs = p.multiply(
    p.reshape(a, [rowsOf(a), 1, columnsOf(a), 1]),
    p.reshape(b, [1, rowsOf(b), 1, columnsOf(b)]),
  )
  return p.reshape(pairs, [rowsOf(a) * rowsOf(b), columnsOf(a) * columnsOf(b)])
}

/** By halves: the engine's own product divides by the entries and has no derivative where one is zero. */
export function product(p: Primitives, a: EngineArray): EngineArray {
  let rest = p.reshape(a, [rowsOf(a) * columnsOf(a), 1])
  for (let count = rowsOf(rest); count > 1; count = rowsOf(rest)) {
    const half = Math.floor(count / 2)
    const pairs = p.multiply(p.slice(rest, 1, 0, half), p.slice(rest, 1, half, 2 * half))
    rest = count % 2 === 0 ? pairs : p.concatenate([pairs, p.slice(rest, 1, 2 * half, count)], 1)
  }
  return rest
}

/** exp(a − greatest), which cannot overflow; the shift cancels, so it takes no part in differentiation. */
function shifted(p: Primitives, a: EngineArray, axis: 1 | 2) {
  const top = p.stop(p.max(a, [axis]))
  return { top, exponentials: p.exp(p.subtract(a, top)) }
}

/** Along an axis: 2 for each row, 1 for each column. */
export function softmax({ p, f }: Target, a: EngineArray, axis: 1 | 2): EngineArray {
  const { exponentials } = shifted(p, a, axis)
  return f.divide(exponentials, p.sum(exponentials, [axis]))
}

export function logSumExp({ p, f }: Target, a: EngineArray, axis: 1 | 2): EngineArray {
  const { top, exponentials } = shifted(p, a, axis)
  return p.add(f.log(p.sum(exponentials, [axis])), top)
}
