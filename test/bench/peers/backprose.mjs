/**
 * backprose itself, from text to simplified derivatives: the definitions go in as plain text, with their names, and
 * every answer is the expression that would be printed.
 *
 * `derive(workload)` gives, for each problem, one answer per name in `wrt` (per entry of each matrix, row by row, for
 * the workload in matrix form); `evaluate(answer, workload)` is the number it stands for.
 */
import { NotAvailable, textOf } from '../formulas.mjs'

const {
  problem,
  gradient,
  evaluate: valueOfExpression,
} = await import('../../../dist/index.js').catch(() => ({}))

const plainText = definitions => definitions.map(([name, body]) => `${name} = ${body}`).join('\n')
const declared = shapes =>
  Object.entries(shapes).map(([name, [rows, columns]]) => `${name}: ${rows} x ${columns}`)

const matrixForm = ({ shapes, definitions, output, wrt, values }) => {
  const read = problem(plainText(definitions), { syntax: 'plain', declarations: declared(shapes) })
  const answers = gradient(read, { of: output, wrt })
  return wrt.flatMap((name, k) =>
    values[name].flatMap((line, row) => line.map((_, column) => ({ expression: answers[k], row, column }))),
  )
}

export const derive = ({ problems, matrix }) => {
  if (!problem || !gradient)
    throw new NotAvailable('the library is not built, or has no problem and gradient')
  if (matrix) return [matrixForm(matrix)]
  return problems.map(({ definitions, output, wrt }) => {
    const text = plainText(
      definitions.map(([name, formula]) => [
        name,
        textOf(formula, undefined, { sigmoid: 'sigmoid', atan: 'arctan' }),
      ]),
    )
    return gradient(problem(text, { syntax: 'plain' }), { of: output, wrt }).map(expression => ({
      expression,
    }))
  })
}

export const evaluate = ({ expression, row = 0, column = 0 }, { values, unknown, matrix }) =>
  valueOfExpression(expression, matrix?.values ?? values, { functions: unknown })[row][column]
