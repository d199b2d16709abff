import { expect, test } from 'vitest'
import { run } from './harness.js'

const latex = String.raw
const derive = async (request: object) => {
  const { out } = await run(['batch'], {
    input: JSON.stringify({ task: 'derive', syntax: 'latex', ...request }),
  })
  return JSON.parse(out)
}

test('unit vectors of an author who has a vector e are printed in bold, and read back', async () => {
  const answer = await derive({
    decls: [latex`x \in \mathbb{R}^n`, latex`e \in \mathbb{R}^n`],
    expr: latex`x_2 e_1`,
    wrt: 'x',
    dims: { n: 3 },
    bindings: { x: [1, 2, 3], e: [4, 5, 6] },
  })
  expect(answer).toMatchObject({
    latex: latex`e_{1}\mathbf{e}_{2}`,
    value: [0, 4, 0],
    check: { status: 'agrees' },
  })
})

test('the identity beside a matrix I of the author is printed in bold', async () => {
  const answer = await derive({
    decls: [latex`I \in \mathbb{R}^{n \times n}`, latex`x \in \mathbb{R}^n`],
    expr: 'I x + x',
    wrt: 'x',
  })
  expect(answer).toMatchObject({ latex: latex`I + \mathbf{I}_{n}`, check: { status: 'agrees' } })
})

test("Kronecker's delta beside a delta of the author is printed as an indicator", async () => {
  const answer = await derive({
    decls: [latex`\delta \in \mathbb{R}^n`, latex`x \in \mathbb{R}^n`],
    expr: latex`\delta_2 x`,
    wrt: 'x',
    form: 'index',
  })
  expect(answer).toMatchObject({ latex: latex`\delta_{2}\mathbb{1}[i = j]`, check: { status: 'agrees' } })
})

test('a number above an entry of a declared array is an exponent', async () => {
  const decls = [latex`x \in \mathbb{R}^n`]
  const answers = [
    latex`\sum_{i=1}^n x_i^1`,
    latex`\sum_{i=1}^n x_i^0`,
    latex`\sum_{i=1}^n (x_i^1 + x_i^2)`,
  ].map(expr => derive({ decls, expr, wrt: 'x' }))
  expect((await Promise.all(answers)).map(answer => answer.latex)).toEqual([latex`\mathbf{1}`, '0', '1 + 2x'])
})

test('a run of declared letters is no unknown constant', async () => {
  const decls = ['a', 'b', 'c', 'd', 'x'].map(letter => latex`${letter} \in \mathbb{R}`)
  const { error } = await derive({ decls, expr: 'abcd x + a x', wrt: 'a' })
  expect(error).toMatchObject({ code: 'unknown-name', hint: expect.stringContaining('a b c d') })
  expect(await derive({ decls, expr: latex`\mathrm{abcd} x + a x`, wrt: 'a' })).toMatchObject({ latex: 'x' })
})

test('a name that only looks like the variable does not make a derivative zero', async () => {
  const decls = [latex`x \in \mathbb{R}`]
  for (const expr of [latex`\mathbf{x}^2`, latex`\bar{x}^2`, 'x_1^2 + x_2']) {
    expect((await derive({ decls, expr, wrt: 'x' })).error).toMatchObject({ code: 'unknown-name' })
  }
  const held = [...decls, latex`\bar{x} \in \mathbb{R}`]
  expect(await derive({ decls: held, expr: latex`\bar{x}^2`, wrt: 'x' })).toMatchObject({ latex: '0' })
})

test('a definition that renews a name is no definition of a request', async () => {
  const decls = [latex`x \in \mathbb{R}`]
  const { error } = await derive({ decls, defs: ['z = 2x', 'z = z + x'], expr: 'z', wrt: 'x' })
  expect(error).toMatchObject({ code: 'cyclic-definition' })
})

test('words above a name are labels, signs of remainders no names, eigenvalues no functions left open', async () => {
  const decls = [latex`x \in \mathbb{R}`, latex`A \in \mathbb{R}^{n \times n}`]
  const labelled = await derive({ decls, expr: latex`x^{\text{new}} x`, wrt: 'x' })
  expect(labelled).toMatchObject({ latex: latex`x^{\mathrm{new}}` })
  for (const [expr, wrt] of [
    [latex`x \bmod 2`, 'x'],
    [latex`x\%`, 'x'],
    [latex`\lambda_{\max}(A)`, 'A'],
  ]) {
    expect((await derive({ decls, expr, wrt })).error).toMatchObject({ code: 'unsupported' })
  }
})

test.each([
  ['1e-5 x', latex`\frac{1}{100000}`],
  ['2.5e-3x', latex`\frac{1}{400}`],
  ['2e^{-1} x', '2e^{-1}'],
  ['x^2e', '2x e^{1}'],
])('numbers with a power of ten are numbers: %s', async (expr, expected) => {
  expect(await derive({ decls: [latex`x \in \mathbb{R}`], expr, wrt: 'x' })).toMatchObject({
    latex: expected,
  })
})

test('2e-3 may be two numbers, and is refused', async () => {
  const { error } = await derive({ decls: [latex`x \in \mathbb{R}`], expr: 'x + 2e-3', wrt: 'x' })
  expect(error).toMatchObject({ code: 'ambiguous-number', span: { from: 4, to: 8 } })
})
