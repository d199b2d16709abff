import algebrite from 'algebrite'
import { Cannot, each, inlined, numberOf } from '../formulas.mjs'

export const prepare = workload => {
  if (workload.unknown) throw new Cannot('leaves d(f(u), x) of an unknown f as it stands')
  const problems = workload.problems.map(problem => ({
    formula: algebrite.eval(inlined(problem, { atan: 'arctan' })),
    wrt: problem.wrt,
  }))
  return { problems }
}
export const derive = prepared =>
  each(prepared, ({ formula, wrt }) => wrt.map(name => algebrite.derivative(formula, name)))
export const evaluate = (answer, { values }) =>
  numberOf(answer.toString().replaceAll('arctan', 'atan'), values)
