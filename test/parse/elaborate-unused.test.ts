import { expect, test } from 'vitest'
import { readProblem } from '../../src/parse/problem.js'
import { definitions, pointed, shapes } from './shown.js'

const latex = String.raw

/** What a document in Markdown passes over: the text, and the reason. */
function passed(source: string): readonly string[] {
  const { readings } = readProblem(source, { kind: 'markdown' })
  return readings
    .filter(({ what }) => /passed over|second definition/.test(what))
    .map(({ what, span }) => `${what}: ${span && source.slice(span.from, span.to)}`)
}

test.each([
  'W: m x n\nx: n',
  'let W: m x n\nlet x: n',
  'W : R^{m x n}\nx : R^n',
  'W: m x n; x: n',
  'let W: m x n, x: n',
  'W: (m, n)\nx: n',
])('plain declarations with a colon are read: %s', source => {
  const problem = readProblem(`${source}\nz = W*x`, { dialect: 'plain' })
  expect(shapes(problem)).toMatchObject({ W: 'm×n', x: 'n×1', z: 'm×1' })
  expect(
    problem.declarations.filter(each => each.inferred === undefined).map(each => each.symbol.name),
  ).toEqual(['W', 'x'])
})

test('several names, scalars and a definition may stand with a colon', () => {
  const problem = readProblem('x, y: n\ns: scalar\nz : n = s*x + y', { dialect: 'plain' })
  expect(shapes(problem)).toEqual({ x: 'n×1', y: 'n×1', s: 'scalar', z: 'n×1' })
  expect(definitions(problem)).toEqual(['z = ((s x) + y)'])
})

test.each([
  [
    latex`f : \mathbb{R}\to\mathbb{R}, x \in \mathbb{R}^n, W \in \mathbb{R}^{m\times n}`,
    { x: 'n×1', W: 'm×n' },
  ],
  [latex`f : \mathbb{R}\to\mathbb{R}, x, y \in \mathbb{R}^n`, { x: 'n×1', y: 'n×1' }],
  [latex`x \in \mathbb{R}^n, f : \mathbb{R}\to\mathbb{R}, W : m \times n`, { x: 'n×1', W: 'm×n' }],
  [latex`x \in \mathbb{R}^n, y, W \in \mathbb{R}^{m\times n}`, { x: 'n×1', y: 'm×n', W: 'm×n' }],
  [latex`[x \in \mathbb{R}^n, W \in \mathbb{R}^{m\times n}] \\ b : m`, { x: 'n×1', W: 'm×n', b: 'm×1' }],
])('every declaration of a mixed list is kept: %s', (source, expected) => {
  expect(shapes(readProblem(source))).toEqual(expected)
  expect(shapes(readProblem('', { dialect: 'latex', declarations: [source] }))).toEqual(expected)
})

test.each([
  ['plain', 'z = x\na < b', 'a < b'],
  ['plain', 'z = x\nx -> y', 'x -> y'],
  ['plain', 'z = x\nfoo', 'foo'],
  ['plain', 'z = x\n3 + 4', '3 + 4'],
  ['plain', 'W: m x n x k\nz = x', 'W: m x n x k'],
  ['latex', latex`x \in \mathbb{R}^n, A`, 'A'],
  ['latex', latex`z = x \\ q \sim N`, latex`q \sim N`],
] as const)('a strict reader of %s refuses a line nothing is made of: %j', (dialect, source, place) => {
  expect(pointed(source, () => readProblem(source, { dialect }))).toBe(`ParseError unused-line: ${place}`)
})

test('prose reports the lines it makes nothing of', () => {
  expect(
    passed(
      [
        latex`For $x$ and $y$: $z = x + y$, $a \le b$ and $$x \to y$$`,
        latex`$$3 + 4$$`,
        latex`$$z = x + y \\ \le 5$$`,
      ].join('\n\n'),
    ),
  ).toEqual([
    latex`a second definition of z: z = x + y`,
    latex`a line was passed over: a \le b`,
    latex`a line was passed over: x \to y`,
    latex`a line was passed over: 3 + 4`,
    latex`a line was passed over: \le 5`,
  ])
})

test('a formula whose chain goes on in the next row is used', () => {
  expect(definitions(readProblem(latex`f = \\ = s t`))).toEqual(['f = (s t)'])
  expect(passed(latex`$$s (t + t) \\ = 2 s t$$`)).toEqual([])
  expect(readProblem(latex`$$s (t + t) \\ = 2 s t$$`, { kind: 'markdown' }).claims).toHaveLength(1)
})

test.each([
  ['z = x + y', 'z = 2 x'],
  [latex`\phi(t) = t^2`, latex`\phi(t) = t^3`],
])('a second definition in prose is a claim, and said to be one: %s, %s', (first, second) => {
  const source = `$$${first}$$\n\n$$${second}$$`
  const { readings, claims, definitions: all } = readProblem(source, { kind: 'markdown' })
  const found = readings.find(({ what }) => what.startsWith('a second definition of'))
  expect(found?.why).toBe('the first one counts, and this one is taken for a claim about it')
  expect(found?.span && source.slice(found.span.from, found.span.to)).toBe(second)
  expect(all.length + claims.length).toBeGreaterThan(0)
})

test('a second value in prose is reported, and refused where every line counts', () => {
  expect(passed('$x = 3$ and $x = 4$ and $y = x$')).toEqual(['the value of x was passed over: x = 4'])
  expect(pointed('x = 3; x = 4', () => readProblem('x = 3; x = 4'))).toBe('NameError defined-twice: x = 4')
})

test('a value for a name that does not occur is reported', () => {
  const { readings } = readProblem('z = x', { dialect: 'plain', values: { x: 1, w: 2 } })
  expect(readings.map(({ what }) => what)).toContain('the value of w was passed over')
})
