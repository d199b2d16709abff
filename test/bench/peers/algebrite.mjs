import algebrite from 'algebrite'
import { Cannot, each, inlined, numberOf } from '../formulas.mjs'

export const derive = workload => {
  if (workload.unknown) throw new Cannot('leaves d(f(u), x) of an unknown f as it stands')
  return each(workload, problem => {
    const formula = algebrite.eval(inlined(problem, { atan: 'arctan' }))
    return problem.wrt.map(name => algebrite.derivative(formula, name))
  })
}
export const evaluate = (answer, { values }) =>
  numberOf(answer.toString().replaceAll('arctan', 'atan'), values)
