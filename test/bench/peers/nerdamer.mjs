import nerdamer from 'nerdamer-prime'
import { Cannot, each, inlined, numberOf } from '../formulas.mjs'

// Its own limit is 0.8 seconds; here the clock of the benchmark decides.
nerdamer.set('TIMEOUT', 600_000)

/** Its functions turn every argument into text and read that, so this spares it the first reading only. */
export const prepare = workload => {
  if (workload.unknown) throw new Cannot('reads f(x) of an unknown f as a product')
  return {
    problems: workload.problems.map(problem => ({ formula: nerdamer(inlined(problem)), wrt: problem.wrt })),
  }
}
export const derive = prepared =>
  each(prepared, ({ formula, wrt }) => wrt.map(name => nerdamer.diff(formula, name)))
export const evaluate = (answer, { values }) => numberOf(answer.toString(), values)
