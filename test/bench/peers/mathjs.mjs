import { derivative, parse } from 'mathjs'
import { Cannot, each, inlined } from '../formulas.mjs'

/** mathjs, with or without the simplification that its `derivative` does unless told otherwise. */
export const adapter = simplify => ({
  prepare: workload => {
    if (workload.unknown) throw new Cannot('no derivative of an unknown function')
    const problems = workload.problems.map(problem => ({
      formula: parse(inlined(problem)),
      wrt: problem.wrt,
    }))
    return { problems }
  },
  derive: prepared =>
    each(prepared, ({ formula, wrt }) => wrt.map(name => derivative(formula, name, { simplify }))),
  evaluate: (answer, { values }) => answer.evaluate({ ...values }),
})
export const { prepare, derive, evaluate } = adapter(true)
