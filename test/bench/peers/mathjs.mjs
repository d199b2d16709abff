import { derivative, parse } from 'mathjs'
import { Cannot, each, inlined } from '../formulas.mjs'

/** mathjs, with or without the simplification that its `derivative` does unless told otherwise. */
export const adapter = simplify => ({
  derive: workload => {
    if (workload.unknown) throw new Cannot('no derivative of an unknown function')
    return each(workload, problem => {
      const formula = parse(inlined(problem))
      return problem.wrt.map(name => derivative(formula, name, { simplify }))
    })
  },
  evaluate: (answer, { values }) => answer.evaluate({ ...values }),
})
export const { derive, evaluate } = adapter(true)
