import { expect, test } from 'vitest'
import { run } from './harness.js'

async function answer(request: object) {
  const { out } = await run(['batch', '--no-verify'], {
    input: JSON.stringify({ task: 'derive', ...request }),
  })
  return JSON.parse(out)
}

/** A recurrence for any number of steps, and the same steps written out by hand. */
const STATE = {
  W: [
    [0.1, 0.4],
    [-0.3, 0.2],
  ],
  h_0: [0.5, -0.2],
}
const X = [
  [1, 2],
  [0.5, -1],
  [-0.4, 0.3],
]
const OPEN = {
  syntax: 'plain',
  decls: [
    { name: 'W', shape: ['n', 'n'] },
    { name: 'x', shape: ['T', 'n'], family: 't' },
    { name: 'h_0', shape: ['n'] },
  ],
  defs: ['h[t] = tanh(W*h[t-1] + x[t]), t = 1:T', 'J = sum(t=1:T, norm2(h[t])^2)'],
  expr: 'J',
  dims: { T: 3, n: 2 },
  bindings: { ...STATE, x: X },
}
const WRITTEN_OUT = {
  syntax: 'plain',
  decls: [
    { name: 'W', shape: ['n', 'n'] },
    ...['x_1', 'x_2', 'x_3', 'h_0'].map(name => ({ name, shape: ['n'] })),
  ],
  defs: [
    'h_1 = tanh(W*h_0 + x_1)',
    'h_2 = tanh(W*h_1 + x_2)',
    'h_3 = tanh(W*h_2 + x_3)',
    'J = norm2(h_1)^2 + norm2(h_2)^2 + norm2(h_3)^2',
  ],
  expr: 'J',
  bindings: { ...STATE, x_1: X[0], x_2: X[1], x_3: X[2] },
}

test.each(['W', 'h_0'])(
  'at three steps the derivative by %s is that of three written-out steps',
  async wrt => {
    const [open, written] = [await answer({ ...OPEN, wrt }), await answer({ ...WRITTEN_OUT, wrt })]
    expect(open.shape).toEqual(written.shape.map(() => 2))
    const flat = (value: unknown): number[] => (Array.isArray(value) ? value.flatMap(flat) : [Number(value)])
    expect(flat(open.value)).toEqual(flat(written.value).map(value => expect.closeTo(value, 12)))
  },
)

test('a family of inputs has one row for each of its members', async () => {
  const open = await answer({ ...OPEN, wrt: 'x' })
  expect(open.shape).toEqual([3, 2])
  for (const [k, row] of open.value.entries()) {
    const { value } = await answer({ ...WRITTEN_OUT, wrt: `x_${k + 1}` })
    expect(row).toEqual(value.map((entry: number) => expect.closeTo(entry, 12)))
  }
})

test('an answer defines the signals it is written with', async () => {
  const { latex, plain, recurrence, layout } = await answer({ ...OPEN, wrt: 'x' })
  expect(plain).toBe(
    'delta_t .* (1 - h_t.^2), t = 1, ..., T where delta_T = 2*h_T; ' +
      "delta_t = 2*h_t + W'*(delta_{t+1} .* (1 - h_{t+1}.^2)), t = T-1, ..., 1",
  )
  expect(latex).toContain(String.raw`\text{where } \delta_T = 2h_T; \quad \delta_t = 2h_t + W^\top(`)
  expect(layout).toBe('gradient')
  expect(recurrence).toMatchObject([
    { name: 'delta_T', from: 'T', to: 'T' },
    { name: 'delta_t', from: 'T-1', to: 1 },
  ])
})

/** Two layers of different sizes, by the list of their weights. */
const LAYERS = {
  syntax: 'latex',
  decls: [String.raw`Z_i \in \mathbb{R}^{m \times n_i}`, String.raw`W_i \in \mathbb{R}^{n_i \times n_{i+1}}`],
  defs: [String.raw`Z_{i+1} = \sigma(Z_i W_i), \; i = 1, \dots, L`, String.raw`E = \frac12 \|Z_{L+1}\|_F^2`],
  expr: 'E',
  bindings: {
    Z_1: [[1, 0, -1]],
    W: [
      [
        [0.1, -0.2],
        [0.3, 0.4],
        [-0.5, 0.6],
      ],
      [[1], [0.2]],
    ],
  },
}

test('the number of layers is read off the weights that are given', async () => {
  const all = await answer({ ...LAYERS, wrt: 'W_i' })
  const second = await answer({ ...LAYERS, wrt: 'W_2' })
  expect(all.shape).toEqual(['L', 'n_i', 'n_{i+1}'])
  expect(all.value[1]).toEqual(second.value)
  // The derivative by W_2 worked out by hand: Z_2^T (Z_3 (Z_3 (1 - Z_3))).
  const sigma = (t: number) => 1 / (1 + Math.exp(-t))
  const z2 = [sigma(0.6), sigma(-0.8)]
  const z3 = sigma(z2[0]! + 0.2 * z2[1]!)
  expect(second.value).toEqual(z2.map(z => [expect.closeTo(z * z3 * z3 * (1 - z3), 12)]))
})

test('without the number of steps there is no value, and the answer says so', async () => {
  const { dims: _, ...open } = OPEN
  const { W, h_0 } = STATE
  const { value, valueError } = await answer({ ...open, wrt: 'W', bindings: { W, h_0 } })
  expect(value).toBeUndefined()
  expect(valueError).toMatchObject({ code: 'unknown-size', hint: 'give a number for T' })
})

test('a list with too few members is refused', async () => {
  const { error } = await answer({ ...OPEN, wrt: 'W', bindings: { ...STATE, x: X.slice(1) } })
  expect(error).toMatchObject({
    code: 'bad-binding',
    message: 'x has 3 members here, but 2 values were given',
  })
})

test('so few steps that the rules do not hold have no value', async () => {
  const request = {
    syntax: 'plain',
    decls: [{ name: 'h_0', shape: [] }],
    defs: ['h[t] = w*h[t-1], t = 1:T', 'J = h[T]^2 + h[1]^3'],
    expr: 'J',
    wrt: 'w',
    bindings: { w: 0.5, h_0: 2 },
  }
  const one = await answer({ ...request, dims: { T: 1 } })
  expect(one.valueError).toMatchObject({ code: 'too-few-steps', hint: 'they hold from T = 2 on' })
  expect(one.plain).toContain('T >= 2')
  // J = w^4 h_0^2 + w^3 h_0^3
  const two = await answer({ ...request, dims: { T: 2 } })
  expect(two.value).toBeCloseTo(4 * 0.5 ** 3 * 4 + 3 * 0.5 ** 2 * 8, 12)
})
