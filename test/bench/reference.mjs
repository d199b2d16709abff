/**
 * What the derivatives are at the workload's numbers: dual numbers for the value, central differences to see that
 * the dual numbers are right. Shares no code with any tool that is measured.
 */
import { sampled } from './workloads.mjs'

const sigmoid = x => 1 / (1 + Math.exp(-x))
/** Value and slope of each function of one argument. */
const FUNCTIONS = {
  exp: x => [Math.exp(x), Math.exp(x)],
  log: x => [Math.log(x), 1 / x],
  sqrt: x => [Math.sqrt(x), 0.5 / Math.sqrt(x)],
  sin: x => [Math.sin(x), Math.cos(x)],
  cos: x => [Math.cos(x), -Math.sin(x)],
  tan: x => [Math.tan(x), 1 + Math.tan(x) ** 2],
  atan: x => [Math.atan(x), 1 / (1 + x * x)],
  tanh: x => [Math.tanh(x), 1 - Math.tanh(x) ** 2],
  sigmoid: x => [sigmoid(x), sigmoid(x) * (1 - sigmoid(x))],
}
export const slopeOf = name => x => FUNCTIONS[name](x)[1]
export const heightOf = name => x => FUNCTIONS[name](x)[0]

const OPERATIONS = {
  add: (...terms) => terms.reduce(([a, da], [b, db]) => [a + b, da + db]),
  sub: ([a, da], [b, db]) => [a - b, da - db],
  neg: ([a, da]) => [-a, -da],
  mul: ([a, da], [b, db]) => [a * b, da * b + a * db],
  div: ([a, da], [b, db]) => [a / b, (da * b - a * db) / (b * b)],
  pow: ([a, da], [b, db]) => [a ** b, b * a ** (b - 1) * da + (db === 0 ? 0 : a ** b * Math.log(a) * db)],
}

const evaluate = ({ definitions, output }, values, wrt, unknown) => {
  const known = new Map(Object.entries(values).map(([name, value]) => [name, [value, name === wrt ? 1 : 0]]))
  const walk = formula => {
    if (typeof formula === 'number') return [formula, 0]
    if (typeof formula === 'string') return known.get(formula)
    const [operation, ...rest] = formula
    if (Object.hasOwn(OPERATIONS, operation)) return OPERATIONS[operation](...rest.map(walk))
    const [a, da] = walk(rest.at(-1))
    const [value, slope] = FUNCTIONS[operation === 'call' ? unknown[rest[0]] : operation](a)
    return [value, slope * da]
  }
  for (const [name, formula] of definitions) known.set(name, walk(formula))
  return known.get(output)
}

/** The sampled derivatives of a workload. */
export const reference = workload =>
  sampled(workload).map(([problem, index]) => {
    const { values, unknown, problems } = workload
    const name = problems[problem].wrt[index]
    const at = x => evaluate(problems[problem], { ...values, [name]: x }, name, unknown)
    const slope = at(values[name])[1]
    const step = 1e-5 * Math.max(1, Math.abs(values[name]))
    const difference = (at(values[name] + step)[0] - at(values[name] - step)[0]) / (2 * step)
    if (Math.abs(slope - difference) > 1e-5 * Math.abs(slope) + 1e-9) {
      throw new Error(`reference: d/d${name} is ${slope}, differences give ${difference}`)
    }
    return slope
  })

/** How many values are right or wrong, missing from the answer, or too small for the numbers of a computer. */
export const judge = (values, expected) => {
  const count = { right: 0, wrong: 0, missing: 0, vanishing: 0 }
  expected.forEach((slope, k) => {
    const value = values[k]
    if (typeof value !== 'number') count.missing += 1
    else if (slope === 0) count.vanishing += 1
    else if (Math.abs(value - slope) <= 1e-6 * Math.abs(slope)) count.right += 1
    else count.wrong += 1
  })
  return count
}
