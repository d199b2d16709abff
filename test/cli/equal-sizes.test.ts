import { expect, test } from 'vitest'
import { run } from './harness.js'

const latex = String.raw

test.each([
  ['in LaTeX', [latex`x \in \mathbb{R}^n`, latex`y \in \mathbb{R}^m`]],
  [
    'as objects',
    [
      { name: 'x', shape: ['n'] },
      { name: 'y', shape: ['m'] },
    ],
  ],
])('sizes that are assumed to be equal are one size for symbols declared %s', async (_, decls) => {
  const request = {
    task: 'derive',
    syntax: 'latex',
    decls,
    assume: ['n = m'],
    expr: latex`x^\top y`,
    wrt: 'x',
  }
  const { out } = await run(['batch', '--no-verify'], { input: JSON.stringify(request) })
  expect(JSON.parse(out)).toMatchObject({ latex: 'y', shape: ['n'] })
})
