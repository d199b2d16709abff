import { expect, test } from 'vitest'
import { run } from './harness.js'

const latex = String.raw
const derive = async (request: object) => {
  const fields = { task: 'derive', syntax: 'latex', order: 2, ...request }
  const { out } = await run(['batch', '--no-verify'], { input: JSON.stringify(fields) })
  return JSON.parse(out)
}

// What holds at a point need not hold around it, so nothing of the variable may be used before it is differentiated by.
test.each([
  [
    'the inverse of a symmetric matrix',
    latex`\operatorname{tr}(X^{-1})`,
    [latex`X = X^\top`],
    latex`X^{-1}(\mathrm{d}X^\top X^{-1} + X^{-1}\mathrm{d}X^\top)X^{-1}`,
  ],
  [
    'an orthogonal matrix',
    latex`\operatorname{tr}(X^\top X X^\top X)`,
    [latex`X^\top X = I`],
    latex`4(2\mathrm{d}X + X\mathrm{d}X^\top X)`,
  ],
])('a second derivative by %s varies every entry by itself', async (_, expr, assume, expected) => {
  const answer = await derive({ decls: [latex`X \in \mathbb{R}^{n \times n}`], assume, expr, wrt: 'X' })
  expect(answer.latex.split(' = ').at(-1)).toBe(expected)
})

test('a sum that is one at the point is no constant', async () => {
  const answer = await derive({
    decls: [latex`y \in \mathbb{R}^n`],
    assume: [latex`\mathbf{1}^\top y = 1`],
    expr: latex`(\mathbf{1}^\top y)^3`,
    wrt: 'y',
  })
  expect(answer).toMatchObject({
    latex: latex`6\mathbf{1}_{n \times n}`,
    assumptions: [latex`\mathbf{1}^\top y = 1`],
  })
})

test('an assumption about another symbol is used in both derivatives', async () => {
  const answer = await derive({
    decls: [latex`x \in \mathbb{R}^n`, latex`A \in \mathbb{R}^{n \times n}`],
    assume: [latex`A = A^\top`],
    expr: latex`x^\top A x`,
    wrt: 'x',
  })
  expect(answer.latex).toBe('2A')
})
