import { expect, test } from 'vitest'
import { symbolsOf } from '../../src/expr/walk.js'
import {
  derive,
  type Expr,
  evaluate,
  gradient,
  jacobian,
  loadEngines,
  NameError,
  NotDifferentiableError,
  parse,
  parseExpression,
  reportOf,
  simplify,
  toLatex,
  toTerminal,
  toText,
  verify,
} from '../../src/index.js'

const LAYER = parse(`
W in R^(m x n)
x in R^n
b, y in R^m
z = W*x + b
a = tanh(z)
L = 1/2*norm2(a - y)^2
`)
const engines = await loadEngines()
const read = (text: string, problem = LAYER) =>
  parseExpression(text, { dialect: 'plain', declarations: problem.declarations })

test('derive checks every answer before it returns', async () => {
  const { answers } = await derive(LAYER, { wrt: ['W', 'b'], engines })
  expect(answers.map(({ question, check }) => [question.wrt.name, check?.status])).toEqual([
    ['W', 'agrees'],
    ['b', 'agrees'],
  ])
})

test('derive takes a text with its options', async () => {
  const { answers } = await derive('f = t^3', { dialect: 'plain', engines })
  expect(toText(answers[0]!.result)).toBe('3*t^2')
})

test('an aborted derivation ends with a LimitError', async () => {
  const controller = new AbortController()
  controller.abort()
  const layers = Array.from({ length: 600 }, (_, k) => `h${k + 1} = tanh(w${k + 1}*h${k})`).join('\n')
  const aborted = derive(`h0 = x\n${layers}`, { wrt: ['x'], signal: controller.signal, engines })
  await expect(aborted).rejects.toMatchObject({ name: 'LimitError', code: 'aborted' })
})

test.each([
  ['f', 'w', 'w, x in R\nz = tanh(w*x)\na = exp(z)*z\nf = a^2*z'],
  ['f', 'x', 'x in R\nz = exp(sin(x)*x)\nu = z*tanh(z*x)\nv = u*exp(u) + z*u\nf = v^2*u*z'],
  [
    'L',
    'w',
    "X in R^(m x n)\nw in R^n\ny in R^m\nz = X*w\np = sigmoid(z)\nL = sum(p.^2 .* exp(z .* p)) + w'*w",
  ],
])('the second derivative of %s by %s uses no name that nothing defines', async (of, wrt, text) => {
  const { answers, adjoints, problem } = await derive(text, { of, wrt: [wrt], order: 2, engines })
  const known = new Set<Expr>([
    ...problem.declarations.map(({ symbol }) => symbol),
    ...problem.definitions.map(({ symbol }) => symbol),
  ])
  for (const { symbol, body } of adjoints) {
    expect(symbolsOf([body]).filter(part => part.role === 'variable' && !known.has(part))).toEqual([])
    known.add(symbol)
  }
  const [answer] = answers
  expect(symbolsOf([answer!.result]).filter(part => part.role === 'variable' && !known.has(part))).toEqual([])
  expect(answer!.check?.status).toBe('agrees')
})

test.each([
  ['x in R^n\nmu = mean(x)\nf = 1/n*norm2(x - mu*ones(n))^2', '2*(x - mu*ones(n))/n'],
  ['x in R^n\nf = sum(i=1:n, (x[i] - 1/n*sum(j=1:n, x[j]))^2)', "2*(x - ones(n)'*x*ones(n)/n)"],
])('what a mean contributes to a variance cancels: %s', (text, expected) => {
  const { answers } = gradient(parse(text), { of: 'f', wrt: ['x'] })
  expect(toText(answers[0]!.expanded)).toBe(expected)
})

test.each([
  ['f = x[1]^2*x[2] + sin(x[1])', 1, '[2*x[1]*x[2] + cos(x[1]); x[1]^2]'],
  ['f = x[1]^2*x[2] + sin(x[1])', 2, '[2*x[2] - sin(x[1]), 2*x[1]; 2*x[1], 0]'],
  ['f = [x[1]*x[2]; sin(x[1]); exp(x[2])]', 1, '[x[2], x[1]; cos(x[1]), 0; 0, exp(x[2])]'],
  ["f = x'*x*x[1]", 1, "2*x[1]*x + x'*x*basis(2, 1)"],
] as const)(
  'derivatives by a column of known length are spelled out: %s, order %i',
  async (text, order, expected) => {
    const { answers } = await derive(`x in R^2\n${text}`, { of: 'f', wrt: ['x'], order, engines })
    expect(answers[0]!.check?.status).toBe('agrees')
    expect(toText(answers[0]!.expanded)).toBe(expected)
  },
)

test('listed values of an index are one definition each, also where a family has more members', () => {
  const problem = parse(String.raw`
    x_t \in \mathbb{R}^d,\ t = 1, \dots, T \\ W \in \mathbb{R}^{d \times d} \\ h_0 \in \mathbb{R}^d \\
    h_t = \tanh(W h_{t-1} + x_t),\ t = 1, 2 \\ L = \mathbf{1}^\top h_2`)
  expect(problem.layers).toBe(undefined)
  expect(problem.definitions.map(({ symbol }) => symbol.name)).toEqual(['h_1', 'h_2', 'L'])
})

test('gradient gives all gradients of one scalar, in the order asked for, without checks', () => {
  const { answers, adjoints } = gradient(LAYER, { wrt: ['b', 'W'] })
  expect(answers.map(({ result }) => toText(result))).toEqual(['delta_z', "delta_z*x'"])
  expect(adjoints.map(({ symbol, body }) => `${symbol.name} = ${toText(body)}`)).toEqual([
    'delta_z = (a - y) .* (1 - a.^2)',
  ])
  expect(answers.every(({ check }) => check === undefined)).toBe(true)
})

test('gradient refuses what is no scalar, and jacobian what has more than two axes', () => {
  expect(() => gradient(LAYER, { of: 'z', wrt: ['x'] })).toThrow(NotDifferentiableError)
  expect(() => jacobian(LAYER, { of: 'z', wrt: 'W' })).toThrow(NotDifferentiableError)
})

test('a Jacobian has outputs by rows, also that of a scalar', () => {
  expect(toText(jacobian(LAYER, { of: 'z', wrt: 'x' }))).toBe('W')
  expect(toText(jacobian(LAYER, { of: 'a', wrt: 'z' }))).toMatch(/^diag\(1 - (?:a|tanh\(z\))\.\^2\)$/)
  expect(toText(jacobian(LAYER, { of: 'L', wrt: 'y' }))).toBe("(y - a)'")
})

test('an unknown name is a NameError that lists the names', () => {
  expect(() => gradient(LAYER, { wrt: ['q'] })).toThrow(NameError)
  expect(() => gradient(LAYER, { wrt: ['q'] })).toThrow('there is no symbol q')
})

test('simplify rests on what the problem declares', () => {
  const problem = parse("A in R^(n x n)\nx in R^n\nf = x'*A*x", { assumptions: ["A = A'"] })
  const node = read("(A + A')*x", problem)
  expect(toText(simplify(node, problem))).toBe('2*A*x')
  expect(toText(simplify(node))).toBe("(A + A')*x")
})

test('evaluate takes values by name, and definitions from a problem or a solution', async () => {
  const values = {
    W: [
      [1, 2],
      [3, 4],
    ],
    x: [0.5, -0.5],
    b: [0, 1],
    y: [0, 0],
  }
  expect(await evaluate(read('z'), { within: LAYER, values, engines })).toEqual([-0.5, 0.5])
  const solution = gradient(LAYER, { wrt: ['b'] })
  const [slope] = solution.answers
  const tanh = Math.tanh(0.5)
  const expected = tanh * (1 - tanh ** 2)
  const found = await evaluate(slope!.result, { within: solution, values, engines })
  expect(found).toEqual([expect.closeTo(-expected, 12), expect.closeTo(expected, 12)])
})

test('evaluate puts known functions in the place of unknown ones, and of their derivatives', async () => {
  const problem = parse('y = g(w*x)\nw, x in R')
  const solution = gradient(problem, { wrt: ['w'] })
  const options = { within: solution, values: { w: 0.5, x: 2 }, functions: { g: 'tanh' }, engines }
  expect(await evaluate(solution.answers[0]!.result, options)).toBeCloseTo(2 * (1 - Math.tanh(1) ** 2), 12)
  expect(await evaluate(problem.definitions[0]!.symbol, options)).toBeCloseTo(Math.tanh(1), 12)
})

test('evaluate names what has no value', async () => {
  await expect(evaluate(read('z'), { within: LAYER, values: { x: [1, 2] }, engines })).rejects.toThrow(
    NameError,
  )
})

test('verify agrees with a right claim and refutes a wrong one', async () => {
  const claim = (text: string) => verify(LAYER, read(text), { of: 'L', wrt: 'b', engines })
  expect((await claim('(a - y) .* (1 - a.^2)')).status).toBe('agrees')
  expect((await claim('(a - y) .* (1 - a)')).status).toBe('refuted')
})

test('a report is written from a solution', async () => {
  const solution = await derive(LAYER, { wrt: ['W'], engines })
  expect(toTerminal(reportOf(solution))).toContain("dL/dW = delta_z*x'")
  expect(toLatex(solution.answers[0]!.result, solution.problem.notation)).toBe('\\delta_z x^\\top')
})

test('one name to differentiate by stands for a list of one', async () => {
  const by = async (wrt: string | readonly string[]) =>
    (await derive('W in R^(m x n)\nx in R^n\nL = sum(W*x)', { wrt })).answers.map(({ expanded }) =>
      toText(expanded),
    )
  expect(await by('W')).toEqual(await by(['W']))
})
