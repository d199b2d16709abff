import { UsageError } from '../base/errors.js'
import type { Given } from '../expr/problem.js'
import type { Numbers } from './elaborate/numbers.js'

/** The rows of an array that was given as a number, a list or a list of rows. Raises `UsageError` for anything else. */
export function rowsOf(value: Given, name: string): Numbers {
  if (typeof value === 'number') return [[value]]
  const rows = value.map(row => (typeof row === 'number' ? [row] : row)) as Numbers
  const width = rows[0]?.length ?? 0
  if (width === 0 || !rows.every(row => row.length === width && row.every(entry => Number.isFinite(entry)))) {
    throw new UsageError(
      'bad-binding',
      `the value of ${name} is not a number, a list or a list of equal rows`,
    )
  }
  return rows
}
