import { parseDecimal, toNumber } from '../../base/rational.js'
import type { Syntax } from '../syntax.js'
import { bare } from './names.js'
import { rowsOf } from './plan.js'

/** Numbers row by row; a scalar is one row of one. */
export type Numbers = readonly (readonly number[])[]

/** The value of a formula made of numbers alone, or undefined when a name occurs in it. */
export function numbersOf(node: Syntax): Numbers | undefined {
  const now = bare(node)
  if (now.kind === 'matrix') return table(now.rows)
  if (now.kind === 'group' && now.brackets.open === '[' && now.body !== null) {
    const inside = bare(now.body)
    if (inside.kind === 'list') return table(rowsOf(inside))
  }
  if (now.kind === 'scripted' && now.superscripts.length === 1 && now.subscripts.length === 0) {
    const inner = numbersOf(now.base)
    const mark = bare(now.superscripts[0]!)
    const turned =
      (mark.kind === 'mark' && mark.text === 'top') || (mark.kind === 'name' && mark.base === 'T')
    if (inner !== undefined && turned) return inner[0]!.map((_, j) => inner.map(row => row[j]!))
  }
  const value = numberOf(now)
  return value === undefined ? undefined : [[value]]
}

function table(rows: readonly (readonly (Syntax | null)[])[]): Numbers | undefined {
  const values: number[][] = []
  for (const row of rows) {
    const line: number[] = []
    for (const cell of row) {
      const value = cell === null ? undefined : numberOf(bare(cell))
      if (value === undefined) return undefined
      line.push(value)
    }
    values.push(line)
  }
  return values.length > 0 && values.every(line => line.length === values[0]!.length) ? values : undefined
}

function numberOf(now: Syntax): number | undefined {
  switch (now.kind) {
    case 'number':
      return toNumber(parseDecimal(now.text))
    case 'signed': {
      const value = numberOf(bare(now.operand))
      return value === undefined ? undefined : now.sign === '-' ? -value : value
    }
    case 'group':
      return now.body === null || !/^[({]?$/.test(now.brackets.open) ? undefined : numberOf(bare(now.body))
    case 'fraction': {
      const above = numberOf(bare(now.numerator))
      const below = numberOf(bare(now.denominator))
      return above === undefined || below === undefined ? undefined : above / below
    }
    case 'product': {
      let total = 1
      for (const [i, factor] of now.factors.entries()) {
        const value = numberOf(bare(factor))
        if (value === undefined) return undefined
        const operator = i === 0 ? '*' : now.operators[i - 1]!
        if (operator === '/' || operator === 'div') total /= value
        else if (/^(?:juxtaposed|cdot|times|\*)$/.test(operator)) total *= value
        else return undefined
      }
      return total
    }
    default:
      return undefined
  }
}
