import { expect, test } from 'vitest'
import { run } from './harness.js'

const derive = async (wrt: string) => {
  const request = {
    task: 'derive',
    syntax: 'plain',
    decls: [
      { name: 'W', shape: ['m', 'n'] },
      { name: 'x', shape: ['n'] },
    ],
    expr: 'W*x',
    wrt,
    dims: { m: 2, n: 3 },
    bindings: {
      W: [
        [1, 2, 3],
        [4, 5, 6],
      ],
      x: [7, 8, 9],
    },
  }
  const { out } = await run(['batch', '--no-verify'], { input: JSON.stringify(request) })
  return JSON.parse(out)
}

test('the sides of a vector stand before the letters of the variable', async () => {
  expect(await derive('x[q]')).toMatchObject({
    plain: 'col(W, q)',
    shape: [2, 3],
    value: [
      [1, 2, 3],
      [4, 5, 6],
    ],
  })
  expect(await derive('W[p,q]')).toMatchObject({
    shape: [2, 2, 3],
    value: [
      [
        [7, 8, 9],
        [0, 0, 0],
      ],
      [
        [0, 0, 0],
        [7, 8, 9],
      ],
    ],
  })
})
