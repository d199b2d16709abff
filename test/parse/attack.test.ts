import { expect, test } from 'vitest'
import { problemOf, readProblem } from '../../src/parse/problem.js'
import { definitions, pointed, questions, shapes } from './shown.js'

const latex = String.raw

function defined(source: string, dialect: 'latex' | 'plain' = 'latex'): readonly string[] {
  return definitions(readProblem(source, { dialect }))
}

test.each([
  latex`\begin{align} f &= x^2 \\ &\quad + x^3 \end{align}`,
  latex`\begin{align} f &= x^2 \\ &\qquad{} + x^3 \end{align}`,
  latex`\begin{align} f &= x^2 \nonumber \\ &\quad + x^3 \end{align}`,
  latex`\begin{multline} f = x^2 \\ \quad + x^3 \end{multline}`,
  latex`\begin{align} f &= x^2, \\ &\quad + x^3 \end{align}`,
  latex`f = x^2, \\ + x^3`,
  latex`f = x^2 \\ + x^3`,
])('a row that begins with an operator belongs to the row before: %s', source => {
  expect(defined(source)).toEqual(['f = (x^2 + x^3)'])
})

test('a bracket may be closed and opened again for a row break', () => {
  const two = latex`\begin{align} f &= 2\left(x^2 \right. \\ &\quad \left. + x^3\right) \end{align}`
  const three = latex`f = 2\left(x \right. \\ \left. + x^2 \right. \\ + \left. x^3\right)`
  expect(defined(two)).toEqual(defined('f = 2(x^2 + x^3)'))
  expect(defined(three)).toEqual(defined('f = 2(x + x^2 + x^3)'))
})

test('behind a comma or in plain text an equation that begins with a sign stands alone', () => {
  expect(readProblem(latex`f = x, \\ -f = -x`).claims).toHaveLength(1)
  expect(readProblem('f = x\n-f = -x', { dialect: 'plain' }).claims).toHaveLength(1)
})

test.each([
  ['f = x^2\n  + x^3', 'f = (x^2 + x^3)'],
  ['f = x^2 # the square\n  + x^3', 'f = (x^2 + x^3)'],
  ['f = x^2\n  - x^3', 'f = (x^2 + (-1 x^3))'],
  ['f = x^2\n  * x^3', 'f = (x^2 x^3)'],
  ['f = x^2 +\n  x^3', 'f = (x^2 + x^3)'],
])('in plain text a line goes on from an operator: %j', (source, expected) => {
  expect(defined(source, 'plain')).toEqual([expected])
})

test.each(['f = x^2; + x^3', 'f = x^2\n\n+ x^3'])(
  'a semicolon or a blank line ends a plain formula: %j',
  source => {
    expect(pointed(source, () => readProblem(source, { dialect: 'plain' }))).toBe(
      'ParseError unused-line: + x^3',
    )
  },
)

test.each([
  [latex`x \in \mathbb{R} \\ f = x^1 + x^0 + x^{12}`, 'latex', 'f = (x^1 + x^0 + x^12)'],
  [latex`p = 3 \\ f = p^1 + s`, 'latex', 'f = (p^1 + s)'],
  ['p: scalar\nf = p^1 + s', 'plain', 'f = (p^1 + s)'],
  [latex`f(x) = x^1 \\ g = f(t)`, 'latex', 'g = t^1'],
] as const)('a number above a declared quantity is an exponent: %s', (source, dialect, expected) => {
  expect(defined(source, dialect)).toContain(expected)
})

test('a number above a variable of the derivative is an exponent', () => {
  const request = { syntax: 'latex', expr: 'p^1 + s', wrt: 'p' } as const
  expect(questions(problemOf(request))).toEqual(['(p^1 + s) by p'])
})

test('numbers above a base that nobody declares without them count layers', () => {
  expect(defined(latex`z^1 = W^1 x \\ z^2 = W^2 z^1`)).toEqual([
    'z^{1} = (W^{1} @ x)',
    'z^{2} = (W^{2} @ z^{1})',
  ])
})

test.each(['s', '+', '*', latex`\dagger`])('a declared matrix has no %s above it', script => {
  const source = latex`A \in \mathbb{R}^{n \times n} \\ s \in \mathbb{R} \\ f = \operatorname{tr}(A^${script})`
  expect(pointed(source, () => readProblem(source))).toMatch(/^NameError unsupported/)
  const declared = latex`A, A^${script} \in \mathbb{R}^{n \times n} \\ f = \operatorname{tr}(A^${script})`
  expect(defined(declared)).toHaveLength(1)
})

test.each([
  [latex`f = \log_a x`, 'f = (log(x) / log(a))'],
  [latex`f = \log_{a+1}(x)`, 'f = (log(x) / log((a + 1)))'],
  [latex`f = \log_2 x`, 'f = (log(x) / log(2))'],
  [latex`f = \log_e x`, 'f = log(x)'],
])('a logarithm has the base below it: %s', (source, expected) => {
  expect(defined(source)).toEqual([expected])
})

test.each(['2^(x)^2', '2^((x)^2)', '2^{x}^2', '2^x^2', '2^x²', '2**(x)**2'])(
  'powers in plain text group from the right: %s',
  source => {
    const of = problemOf({ syntax: 'plain', expr: source, wrt: 'x' }).questions[0]!.of
    const whole = problemOf({ syntax: 'plain', expr: '2^(x^2)', wrt: 'x' }).questions[0]!.of
    expect(of).toBe(whole)
  },
)

test.each(['x^a^b', 'x^{a}^{2}', '(x)^2^3', latex`\sin^2^3 x`])(
  'two powers on one base are refused: %s',
  body => {
    expect(pointed(`f = ${body}`, () => defined(`f = ${body}`))).toMatch(/^ParseError double-superscript/)
  },
)

test.each([latex`f = \operatorname{tr}(X^{2\top})`, latex`f = \operatorname{tr}(X^{(1)}^\top)`, "f = x'^2"])(
  'a transpose, a label or a prime may stand beside another superscript: %s',
  source => {
    expect(defined(source)).toHaveLength(1)
  },
)

function choice(rows: string) {
  return readProblem(latex`f = \begin{cases} ${rows} \end{cases}`)
}

test.each([
  latex`x & x>1`,
  latex`x & x>1 \\ 2x & x<-1`,
  latex`0 & x<0 \\ x & 1 \le x \le 6 \\ 6 & x>6`,
  latex`x & x>0 \wedge y>0 \\ 0 & x \le 0`,
  latex`1 & \text{if right} \\ 0 & \text{if wrong}`,
])('a choice without a value for every case is refused: %s', rows => {
  expect(pointed('', () => choice(rows))).toMatch(/^NameError missing-otherwise/)
})

test.each([
  latex`x & x>0 \\ 2x & x \le 0`,
  latex`-1 & z<-1 \\ z & -1 \le z \le 1 \\ 1 & z>1`,
  latex`-1 & z \le -1 \\ 1 & z \ge 1 \\ z & -1<z<1`,
  latex`x & |x| \le \delta \\ 1 & |x| > \delta`,
  latex`x & |x|<1 \\ 1 & x \ge 1 \\ -1 & x \le -1`,
  latex`1 & i=j \\ 0 & i \ne j`,
  latex`x & x>0 \\ 0 & \text{everywhere else}`,
])('conditions that leave nothing out are a whole choice: %s', rows => {
  const problem = choice(rows)
  expect(problem.definitions).toHaveLength(1)
  expect(problem.readings.some(({ what }) => what.includes('last row'))).toBe(false)
})

test.each([
  [latex`x & 0<x \\ 2x & x<0`, ['0']],
  [latex`-1 & z<-1 \\ z & -1<z<1 \\ 1 & z>1`, ['-1', '1']],
] as const)('a reading says what holds at a joint nobody named: %s', (rows, joints) => {
  const said = choice(rows).readings.filter(({ what }) => what.includes('last row'))
  expect(said.map(({ what }) => what)).toEqual(joints.map(at => `at ${at} the last row of the choice holds`))
})

test('a label declared to be 0 or 1 needs no other row', () => {
  const cases = latex`y \in \{0, 1\} \\ f = \begin{cases} x & y=1 \\ 1-x & y=0 \end{cases}`
  expect(defined(cases)).toHaveLength(1)
})

test.each([
  latex`f = \operatorname{relu}^{-1}(s)`,
  latex`f = \sqrt{s} + \operatorname{erf}^{-1} s`,
  latex`f = \sigma^{-1}(s)`,
  latex`f = \exp^{-1}(s)`,
  latex`f = \log^{-1}(s)`,
  latex`g(t) = t^2 \\ f = g^{-1}(s)`,
  latex`g : \mathbb{R} \to \mathbb{R} \\ f = g^{-1}(s)`,
  'f = g^{-1}(s)',
])('an inverse function is not taken for a reciprocal: %s', source => {
  expect(pointed(source, () => readProblem(source, { dialect: 'latex' }))).toMatch(/^NameError unsupported/)
})

test('the circled times is the Kronecker product of columns too', () => {
  const declared = latex`x \in \mathbb{R}^n \\ y \in \mathbb{R}^m \\ `
  const problem = readProblem(
    declared + latex`f = x \otimes y \\ g = x \otimes y^\top \\ h = \mathbf{1}^\top f`,
  )
  expect(definitions(problem)).toEqual(['f = kronecker(x, y)', "g = kronecker(x, y')", 'h = (1[1×m*n] @ f)'])
  expect(shapes(problem)).toMatchObject({ f: 'm*n×1', g: 'n×m' })
  expect(problem.readings.some(({ what }) => what.includes('Kronecker'))).toBe(true)
})

test.each([
  ['plain', 'f = x\nf + x'],
  ['plain', 'f = x\nx^3'],
  ['plain', 'L = x == 2'],
  ['latex', latex`f = x^2 \quad x^3`],
  ['latex', latex`\begin{align} f &= x^2 \\ &\quad x^4 \end{align}`],
  ['latex', latex`k \in \mathbb{R} \\ f = x^2, k = 2, 3`],
  ['latex', latex`f = x \\ f \approx 3x`],
  ['latex', latex`g \propto x`],
] as const)('in %s a statement of which nothing is made is refused: %s', (dialect, source) => {
  expect(pointed(source, () => readProblem(source, { dialect }))).toMatch(/^ParseError unused-line/)
})

const SCALED = { syntax: 'latex', decls: [latex`x, s \in \mathbb{R}`], expr: 's x^2', wrt: 'x' } as const

test.each([{ assume: ['foo'] }, { assume: ['1 = 2'] }, { assume: ['s > 0', 's < 0'] }, { defs: ['x'] }])(
  'a request with something unused is refused: %j',
  extra => {
    expect(pointed('', () => problemOf({ ...SCALED, ...extra }))).toMatch(/^ParseError unused-line/)
  },
)

test.each([
  ['s > 0', 'positive'],
  [latex`s \ge 0`, 'nonnegative'],
  ['0 < s', 'positive'],
  ['0 < s < 1', 'unit-interval'],
])('a bound says where a quantity lies: %s', (bound, set) => {
  const setOf = ({ declarations }: ReturnType<typeof readProblem>) =>
    declarations.find(({ symbol }) => symbol.name === 's')!.set
  expect(setOf(problemOf({ ...SCALED, assume: [bound] }))).toBe(set)
  expect(setOf(readProblem(latex`${bound} \\ f = \log s`, { dialect: 'latex' }))).toBe(set)
  expect(setOf(readProblem(latex`f = \log s, \quad ${bound}`, { dialect: 'latex' }))).toBe(set)
})

test('the rows that continue a definition are claims, and the readings say so', () => {
  const { claims, readings } = readProblem(latex`f = x^2 \\ = x \cdot x \\ = 3x`)
  expect(claims).toHaveLength(2)
  expect(readings.map(({ what }) => what)).toEqual(
    expect.arrayContaining([latex`a claim: = x \cdot x`, 'a claim: = 3x']),
  )
})

test.each(['x = s', 'x > s', '= x^2', 'f(x) = x^2'])(
  'an equation is no function to differentiate: %s',
  expr => {
    expect(pointed(expr, () => problemOf({ ...SCALED, expr }))).toMatch(/^ParseError not-one-expression/)
  },
)

test('bars of different commands are two pairs', () => {
  expect(defined(latex`C \in \mathbb{R}^{n \times n} \\ f = \lvert \left|C\right|\rvert`)).toEqual([
    'f = absolute-value(determinant(C))',
  ])
  expect(defined(latex`f = \lvert\lvert x \rvert\rvert`)).toEqual(['f = norm-2(x)'])
})

test('a reading says which norm of a matrix is meant', () => {
  const said = (source: string) => readProblem(source).readings.some(({ what }) => what.includes('Frobenius'))
  expect(said(latex`A \in \mathbb{R}^{n \times m} \\ f = \|A\|_2`)).toBe(true)
  expect(said(latex`x \in \mathbb{R}^n \\ f = \|x\|_2`)).toBe(false)
})
