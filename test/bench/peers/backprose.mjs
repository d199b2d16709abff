/**
 * backprose itself: definitions with their names, read from plain text before the clock starts, to all gradients from
 * one pass, simplified and with their steps.
 *
 * `derive(prepared)` gives, for each problem, one answer per name in `wrt` (per entry of each matrix, row by row, for
 * the workload in matrix form); `evaluate(answer, workload)` is the number it stands for.
 */
import { each, NotAvailable, textOf } from '../formulas.mjs'

const { parse, gradient, evaluate: valueOfResult } = await import('../../../dist/index.js').catch(() => ({}))

const SPELLING = { sigmoid: 'sigmoid', atan: 'arctan' }
// The longest chain is a text of many megabytes; the limits that guard against hostile input are raised for it.
const limits = {
  sourceLength: 2 ** 28,
  tokens: 2 ** 26,
  nesting: 1000,
  macroDepth: 64,
  macros: 256,
  printedNodes: 20_000,
  matrixCells: 4096,
  milliseconds: 600_000,
}

const plainText = definitions => definitions.map(([name, body]) => `${name} = ${body}`).join('\n')

/** Reads the definitions of every problem; in matrix form where the workload has one. */
export const prepare = workload => {
  if (!parse || !gradient) throw new NotAvailable('the library is not built')
  const options = { dialect: 'plain', limits }
  if (workload.matrix) {
    const { shapes, definitions, output, wrt, values } = workload.matrix
    const declarations = Object.entries(shapes).map(([name, shape]) => ({ name, shape }))
    const problem = parse(plainText(definitions), { ...options, declarations })
    const entries = wrt.flatMap((name, k) =>
      values[name].flatMap((line, row) => line.map((_, column) => [k, row, column])),
    )
    return { problems: [{ problem, of: output, wrt, entries }] }
  }
  const problems = workload.problems.map(({ definitions, output, wrt }) => {
    const lines = definitions.map(([name, formula]) => [name, textOf(formula, undefined, SPELLING)])
    return { problem: parse(plainText(lines), options), of: output, wrt }
  })
  return { problems }
}

export const derive = prepared =>
  each(prepared, ({ problem, of, wrt, entries }) => {
    const solution = gradient(problem, { of, wrt })
    if (entries === undefined) return solution.answers.map(({ result }) => ({ solution, result }))
    return entries.map(([k, row, column]) => {
      const { result } = solution.answers[k]
      return { solution, result, row, column }
    })
  })

export const evaluate = async ({ solution, result, row, column }, { values, unknown, matrix }) => {
  const value = await valueOfResult(result, {
    within: solution,
    values: matrix?.values ?? values,
    functions: unknown,
    milliseconds: 600_000,
  })
  return row === undefined ? value : value[row][column]
}
