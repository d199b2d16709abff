import { expect, test } from 'vitest'
import { readProblem } from '../../src/parse/problem.js'
import { definitions, pointed, questions, shapes } from './shown.js'

const latex = String.raw
const read = (source: string) => readProblem(source, { dialect: 'latex' })
const prose = (source: string) => readProblem(source, { kind: 'markdown' })
const fails = (source: string) => pointed(source, () => read(source))

test.each([
  [
    latex`x_i \in \mathbb{R}^d \\ w \in \mathbb{R}^d \\ f = \sum_{i=1}^N \|x_i - w\|^2`,
    { x: 'N×d', w: 'd×1', f: 'scalar' },
  ],
  [
    latex`x^{(i)} \in \mathbb{R}^n \\ y^{(i)} \in \mathbb{R} \\ f = \sum_{i=1}^m (w^\top x^{(i)} - y^{(i)})^2`,
    { x: 'm×n', y: 'm×1', w: 'n×1', f: 'scalar' },
  ],
  [
    latex`w \in \mathbb{R}^n \\ f = \sum_{i=1}^m (w^\top x^{(i)} - y^{(i)})^2`,
    { x: 'm×n', y: 'm×1', w: 'n×1', f: 'scalar' },
  ],
  [latex`f = \sum_{i=1}^m (w x^{(i)} - y^{(i)})^2`, { x: 'm×1', y: 'm×1', w: 'scalar', f: 'scalar' }],
  [latex`w \in \mathbb{R}^d \\ f = \sum_{i=1}^N w^\top x_i`, { x: 'N×d', w: 'd×1', f: 'scalar' }],
  [latex`x_i \in \mathbb{R}^d \\ i = 1, \dots, N \\ f = \sum_{i=1}^N \|x_i\|^2`, { x: 'N×d', f: 'scalar' }],
])('a name with the index of a sum is a family: %s', (source, expected) => {
  const problem = read(source)
  expect(shapes(problem)).toEqual(expected)
  const body = problem.definitions[0]!.body
  expect(definitions(problem)[0]).not.toMatch(/[A-Za-z]_i|\^\{\(i\)\}/)
  expect(body.shape).toEqual(problem.definitions[0]!.symbol.shape)
})

test('terms behind a sum that use its index are said to be added up', () => {
  const { readings } = read(latex`p \in \mathbb{R}^n \\ L = \sum_i y_i \log p_i + (1-y_i)\log(1-p_i)`)
  expect(readings.map(({ what }) => what)).toContain('the sum over i also adds up the terms behind it')
})

test('a family that nobody declared is said to be one', () => {
  const { readings } = read(latex`f = \sum_{i=1}^m (w^\top x^{(i)})^2`)
  expect(readings.map(({ what }) => what)).toContain('x is a family with a member for each i')
})

test.each([
  [
    latex`x_i \in \mathbb{R}^d \\ f = \sum_i \|x_i\|^2`,
    latex`NameError index-in-name: x_i \in \mathbb{R}^d `,
  ],
  [latex`R = \sum_{l=1}^L \|W^{(l)}\|_F^2`, 'NameError index-in-name: W^{(l)'],
  [latex`z_i = w x_i \\ L = (z_i - y_i)^2`, 'NameError loose-index: z_i'],
  [
    latex`p \in \mathbb{R}^n \\ L = \sum_i y_i \log p_i + s + (1-y_i)\log(1-p_i)`,
    'NameError loose-index: y_i',
  ],
])('an index that means nothing is refused: %s', (source, message) => {
  expect(fails(source)).toContain(message.trim())
})

test.each([
  [
    latex`$z = \lfloor x \rfloor$, $L = z^2$, $\frac{\partial L}{\partial z}$`,
    latex`NameError unsupported: \lfloor x \rfloor`,
  ],
  [
    latex`$L(w) = \lfloor w \rfloor$ and $\frac{\partial L}{\partial w}$`,
    latex`NameError unsupported: \lfloor w \rfloor`,
  ],
  [
    latex`$\phi(t) = \lfloor t \rfloor$, $L = \phi(w)$, $\frac{\partial L}{\partial w}$`,
    latex`NameError unsupported: \lfloor t \rfloor`,
  ],
  [latex`$f = x^2$ and $f = x^3$: $\frac{\partial f}{\partial x}$`, 'NameError defined-twice: f'],
  [
    latex`$\phi(t) = t^2$, $\phi(t) = t^3$, $L = \phi(w)$, $\frac{\partial L}{\partial w}$`,
    latex`NameError defined-twice: \phi(t) = t^3`,
  ],
  [latex`$x = 3$, $x = 4$, $L = x^2$, $\frac{\partial L}{\partial x}$`, 'NameError defined-twice: x = 4'],
  [latex`$f = f + x$ and $\frac{\partial f}{\partial x}$`, 'NameError cyclic-definition: f = f + x'],
])('prose may not leave unread what a derivative depends on: %s', (source, message) => {
  expect(pointed(source, () => prose(source))).toBe(message)
})

test('prose may leave unread what nothing depends on, and says so', () => {
  const problem = prose(latex`$z = \lfloor x \rfloor$, $L = w^2$, $\frac{\partial L}{\partial w}$`)
  expect(questions(problem)).toEqual(['L by w'])
  expect(problem.readings.filter(({ kind }) => kind === 'passed-over')).toMatchObject([
    { code: 'unsupported', what: 'a line was passed over' },
  ])
})

test('the same definition twice in prose is one', () => {
  const problem = prose(latex`$f = x^2$ and again $f = x^2$: $\frac{\partial f}{\partial x}$`)
  expect(questions(problem)).toEqual(['f by x'])
})

test.each([
  [latex`$\frac{\partial C}{\partial a_j}$`, 'these are no indices of a'],
  [latex`$\frac{\partial D}{\partial a}$`, 'D is not defined'],
])('a question that cannot be read is reported beside others: %s', (question, why) => {
  const problem = prose(latex`$C = a^2$ and ${question} and $\frac{\partial C}{\partial a}$`)
  expect(questions(problem)).toEqual(['C by a'])
  const passed = problem.readings.filter(({ kind }) => kind === 'passed-over')
  expect(passed.map(({ what, why: reason }) => `${what}: ${reason}`)).toEqual([
    `a question was passed over: ${why}`,
  ])
})

test('a parameter may be given its next value; nothing else is defined through itself', () => {
  expect(definitions(read(latex`L = (w x)^2 \\ w = w - \eta g`))).toEqual(['L = (w x)^2'])
  expect(fails('f = f + x')).toBe('NameError cyclic-definition: f = f + x')
})

test('entries of a bold letter are written plain', () => {
  const source = latex`\mathbf{y} \in \mathbb{R}^k \\ \hat{\mathbf{y}} \in \mathbb{R}^k \\ f = \sum_{i=1}^k (y_i - \hat{y}_i)^2`
  expect(definitions(read(source))).toEqual(['f = squared-norm((bold{y} + (-1 hat{bold{y}})))'])
  expect(definitions(read(latex`\mathbf{w} \in \mathbb{R}^3 \\ f = w_0 + w_2`))).toEqual([
    'f = (w_0 + entry(bold{w}, 2, 1))',
  ])
})

test.each([
  [latex`J(w, b) = \frac1N\sum_{i=1}^N (w x_i + b) \\ \frac{\partial J}{\partial w}`, 'J by w'],
  [latex`f = \sum_{i=1}^3 \sum_{j=1}^4 Y_{ij}^2 \\ \frac{\partial f}{\partial Y}`, 'f by Y'],
])('%s asks for %s', (source, question) => {
  expect(questions(read(source))).toEqual([question])
})

test('a function that stands alone is a quantity', () => {
  expect(definitions(read(latex`J(w) = \frac1N w^2`))).toEqual(['J = ((1 / N) w^2)'])
})

test.each([
  [latex`x \in \mathbb{R}^n \\ f = \sum_{i=0}^{n-1} x_i^2`, 'ShapeError index-out-of-range: i'],
  [latex`x \in \mathbb{R}^3 \\ f = \sum_{i=1}^5 x_i^2`, 'ShapeError index-out-of-range: i'],
  [latex`x \in \mathbb{R}^n \\ f = \sum x_i^2`, 'NameError missing-index: x_i^2'],
])('a sum that fits no array is refused: %s', (source, message) => {
  expect(fails(source)).toBe(message)
})

test('bars with a subscript are a norm', () => {
  expect(definitions(read(latex`x \in \mathbb{R}^n \\ f = |x|_1 + |x|_2^2`))).toEqual([
    'f = (norm-1(x) + squared-norm(x))',
  ])
})

test('a command that nobody defined is a name, and said to be one', () => {
  const { readings } = read(latex`f = \foo{x} + \theta`)
  expect(readings.filter(({ kind }) => kind === 'passed-over').map(({ what }) => what)).toEqual([
    latex`\foo is not known`,
  ])
})

test('a sum with an index states the same fact as a row of ones', () => {
  const facts = [latex`\sum_{i=1}^k y_i = 1`, latex`\mathbf{1}^\top y = 1`].map(
    fact => read(latex`y \in \mathbb{R}^k \\ ${fact}`).facts,
  )
  expect(facts[0]).toHaveLength(1)
  expect(facts[0]![0]!.left).toBe(facts[1]![0]!.left)
})

test.each(['\\wedge', '\\vee'])('%s between quantities is no product of them', sign => {
  expect(fails(`x, y \\in \\mathbb{R} \\\\ f = x ${sign} y`)).toMatch(/^NameError unsupported/)
})
