import type { Drafting } from './drafting.js'
import { equation, expression, type Row, type Section } from './maths.js'
import { leftOf } from './result.js'

/** Forward values, adjoints and derivatives at the numbers of the problem. */
export function numbersSection({ solution, options, nameOf }: Drafting): Section {
  const rows: Row[] = []
  const { numbers } = options
  for (const [symbol, value] of numbers?.forward ?? []) {
    rows.push(equation(expression(symbol), { kind: 'numbers', value }))
  }
  for (const [symbol, value] of numbers?.backward ?? []) {
    rows.push(equation(expression(symbol), { kind: 'numbers', value }))
  }
  for (const answer of solution.answers) {
    const value = numbers?.answers.get(answer)
    if (value === undefined) continue
    rows.push(equation(leftOf(answer, nameOf), { kind: 'numbers', value }))
  }
  return { id: 'numbers', title: 'Numbers', rows, sentences: [] }
}
