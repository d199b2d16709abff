import { ComputeEngine } from '@cortex-js/compute-engine'
import { each, GaveUp } from '../formulas.mjs'
import { heightOf, slopeOf } from '../reference.mjs'

const HEADS = new Map(
  Object.entries({
    add: 'Add',
    sub: 'Subtract',
    mul: 'Multiply',
    div: 'Divide',
    pow: 'Power',
    neg: 'Negate',
  }).concat(
    Object.entries({ exp: 'Exp', log: 'Ln', sqrt: 'Sqrt', sin: 'Sin', cos: 'Cos', tan: 'Tan' }),
    Object.entries({ atan: 'Arctan', tanh: 'Tanh' }),
  ),
)

/** MathJSON of a formula, with shared parts shared, and the number of nodes that it has for who does not share. */
const mathJson = ({ definitions, output }) => {
  const names = new Map()
  const walk = part => {
    if (typeof part === 'number') return { json: part, size: 1 }
    if (typeof part === 'string') return names.get(part) ?? { json: part, size: 1 }
    const [operation, ...rest] = part
    const parts = operation === 'call' ? [walk(rest[1])] : rest.map(walk)
    const size = parts.reduce((sum, inner) => sum + inner.size, 1)
    const inner = parts.map(({ json }) => json)
    if (operation === 'call') return { json: [rest[0], ...inner], size }
    if (operation !== 'sigmoid') return { json: [HEADS.get(operation), ...inner], size }
    return { json: ['Divide', 1, ['Add', 1, ['Exp', ['Negate', ...inner]]]], size: size + 6 }
  }
  for (const [name, formula] of definitions) {
    const body = walk(formula)
    if (body.size > 2_000_000) throw new GaveUp('its input, without shared names, passes 2 million nodes')
    names.set(name, body)
  }
  return names.get(output).json
}

const engine = new ComputeEngine()
/** The questions as the engine's own expressions, one for each name. */
export const prepare = workload => ({
  problems: workload.problems.map(problem => {
    const formula = engine.box(mathJson(problem))
    return problem.wrt.map(name => engine.box(['D', formula, name]))
  }),
})
export const derive = prepared => each(prepared, questions => questions.map(question => question.evaluate()))

const sum = (...terms) => terms.reduce((a, b) => a + b, 0)
const product = (...factors) => factors.reduce((a, b) => a * b, 1)
const NUMERIC = new Map(
  Object.entries({
    Add: sum,
    Multiply: product,
    Subtract: (a, b) => a - b,
    Divide: (a, b) => a / b,
    Rational: (a, b) => a / b,
    Power: (a, b) => a ** b,
    Root: (a, n) => a ** (1 / n),
    Negate: a => -a,
    Square: a => a * a,
    Sqrt: Math.sqrt,
    Exp: Math.exp,
    Ln: Math.log,
    Sin: Math.sin,
    Cos: Math.cos,
    Tan: Math.tan,
    Sec: a => 1 / Math.cos(a),
    Csc: a => 1 / Math.sin(a),
    Cot: a => 1 / Math.tan(a),
    Arctan: Math.atan,
    Sinh: Math.sinh,
    Cosh: Math.cosh,
    Tanh: Math.tanh,
    Sech: a => 1 / Math.cosh(a),
  }),
)

/** Reads the answer's own MathJSON, since the engine does not put numbers in for an unknown function. */
export const evaluate = (answer, { values, unknown }) => {
  const walk = json => {
    if (typeof json === 'number') return json
    if (typeof json === 'string') return json === 'ExponentialE' ? Math.E : values[json]
    if (!Array.isArray(json)) return Number(json.num)
    const [head, ...rest] = json
    if (head === 'Apply' && rest[0][0] === 'Derivative') return slopeOf(unknown[rest[0][1]])(walk(rest[1]))
    if (unknown && Object.hasOwn(unknown, head)) return heightOf(unknown[head])(walk(rest[0]))
    // A derivative that was left undone stands as `D` in the answer.
    const known = NUMERIC.get(head) ?? (() => Number.NaN)
    return known(...rest.map(walk))
  }
  const value = walk(answer.json)
  return Number.isNaN(value) ? undefined : value
}
