import { expect, test } from 'vitest'
import { check, marks } from './lines.js'

const raw = String.raw

const layers = {
  decls: [
    raw`X \in \mathbb{R}^{m \times n}`,
    raw`W_1 \in \mathbb{R}^{n \times h}`,
    raw`W_2 \in \mathbb{R}^{h \times k}`,
    raw`C \in \mathbb{R}^{m \times k}`,
  ],
  defs: [raw`Z_2 = \sigma(X W_1)`, raw`Z_3 = \sigma(Z_2 W_2)`, raw`L = \operatorname{tr}(C^\top Z_3)`],
}

test('a step back through a layer without its weight and its derivative is mended as a whole', () => {
  const lines = [
    raw`G_3 = \frac{\partial L}{\partial Z_3} = C`,
    raw`G_2 = \frac{\partial L}{\partial Z_2} = (G_3 \odot \sigma'(Z_2 W_2)) W_2^\top`,
    raw`\frac{\partial L}{\partial Z_2} = G_3 \odot \sigma(Z_2 W_2)`,
    raw`\frac{\partial L}{\partial W_1} = X^\top (G_2 \odot \sigma'(X W_1))`,
  ]
  const found = check({ ...layers, lines })
  expect(found.map(({ ok }) => ok)).toEqual([true, true, false, true])
  expect(found[2]).toMatchObject({ status: 'shape-mismatch' })
  const mended = raw`\frac{\partial L}{\partial Z_2} = ${found[2]!.repair!.latex}`
  expect(marks({ ...layers, lines: [lines[0]!, mended] })).toBe('++')
})

test('a branch with the wrong value is found at a point of that branch', () => {
  const given = {
    decls: [raw`x \in \mathbb{R}`],
    defs: [raw`f(x) = \max(-1, \min(1, x))`],
  }
  const branches = (middle: string) =>
    raw`f(x) = \begin{cases} -1 & x < -1 \\ ${middle} & -1 \le x \le 1 \\ 1 & x > 1 \end{cases}`
  expect(marks({ ...given, lines: [branches('x'), branches('0')] })).toBe('+-')
  const slopes = [
    raw`f'(x) = \begin{cases} 1 & -1 < x < 1 \\ 0 & \text{otherwise} \end{cases}`,
    raw`f'(x) = \begin{cases} 1 & x < 1 \\ 0 & \text{otherwise} \end{cases}`,
  ]
  expect(marks({ ...given, lines: slopes })).toBe('+-')
})

test('paths are added and factors multiplied', () => {
  const given = {
    decls: ['x', 'u', 'v', 'p', 'q']
      .map(name => raw`${name} \in \mathbb{R}`)
      .concat(raw`g : \mathbb{R} \to \mathbb{R}`),
    defs: [raw`r = g(x)`, raw`s_0 = g(u r)`, raw`s_1 = g(v r)`, raw`y = p s_0 + q s_1`],
  }
  const lines = [
    raw`\frac{\partial y}{\partial r} = \frac{\partial y}{\partial s_0} \frac{\partial s_0}{\partial r} + \frac{\partial y}{\partial s_1} \frac{\partial s_1}{\partial r}`,
    raw`\frac{\partial y}{\partial r} = \frac{\partial y}{\partial s_0} + \frac{\partial s_0}{\partial r}`,
    raw`\frac{\partial y}{\partial r} = \frac{\partial y}{\partial s_0} \frac{\partial s_0}{\partial r}`,
    raw`\frac{\partial y}{\partial r} = p g'(u r) u + q g'(v r) v`,
  ]
  expect(marks({ ...given, lines })).toBe('+--+')
})

test('entries of a row with the indices the other way round are out of range', () => {
  const given = {
    decls: [raw`V \in \mathbb{R}^{1 \times n}`, raw`a \in \mathbb{R}^n`],
    defs: [raw`z = V a`],
  }
  const lines = [
    raw`\frac{\partial z}{\partial a_i} = V_{1,i}`,
    raw`\frac{\partial z}{\partial a_i} = V_{i,1}`,
  ]
  expect(check({ ...given, lines }).map(({ ok }) => ok)[0]).toBe(true)
})

test('numbers of a circuit are right to half a unit in the last place', () => {
  const given = {
    decls: [raw`w \in \mathbb{R}`, raw`x \in \mathbb{R}`, raw`b \in \mathbb{R}`],
    defs: ['w = 2', 'x = -1', 'b = -3', raw`z = w x + b`, raw`y = \frac{1}{1 + e^{-z}}`],
  }
  const lines = [
    raw`z = -5`,
    raw`y = 0.0067`,
    raw`y = 0.0066`,
    raw`\frac{\partial y}{\partial z} = y (1 - y) = 0.0066`,
    raw`\frac{\partial y}{\partial w} = -0.0066`,
  ]
  expect(marks({ ...given, lines })).toBe('++-++')
})

test('a line in the layout of rows is right in that layout and says so', () => {
  const given = {
    decls: [raw`W \in \mathbb{R}^{m \times n}`, raw`x \in \mathbb{R}^n`, raw`c \in \mathbb{R}^m`],
    defs: [raw`z = W x`, raw`L = c^\top z`],
  }
  const line = raw`\frac{\partial L}{\partial x} = \frac{\partial L}{\partial z} \frac{\partial z}{\partial x}`
  expect(check({ ...given, lines: [line] })).toMatchObject([
    { ok: true, status: 'convention', message: expect.stringContaining('numerator layout') },
  ])
})

test('comparisons are tried at points', () => {
  const given = { decls: [raw`x \in \mathbb{R}`], defs: [raw`f(x) = x^2 + 1`] }
  expect(marks({ ...given, lines: [raw`f(x) \ge 1`, raw`f(x) > 2`, raw`f'(x) \to 0`] })).toBe('+-?')
})

test('a deep network is proved layer by layer', () => {
  const depth = 24
  const layersOf = Array.from({ length: depth }, (_, k) => k + 1)
  const given = {
    decls: [raw`x \in \mathbb{R}^n`, ...layersOf.map(k => raw`W_{${k}} \in \mathbb{R}^{n \times n}`)],
    defs: [
      ...layersOf.flatMap(k => [
        raw`z_{${k}} = W_{${k}} ${k === 1 ? 'x' : `h_{${k - 1}}`}`,
        raw`h_{${k}} = \tanh(z_{${k}})`,
      ]),
      raw`L = \mathbf{1}^\top h_{${depth}}`,
    ],
  }
  const lines = [
    raw`d_{${depth}} = \frac{\partial L}{\partial z_{${depth}}} = 1 - h_{${depth}} \odot h_{${depth}}`,
    ...layersOf
      .slice(0, -1)
      .reverse()
      .map(
        k =>
          raw`d_{${k}} = \frac{\partial L}{\partial z_{${k}}} = (W_{${k + 1}}^\top d_{${k + 1}}) \odot (1 - h_{${k}} \odot h_{${k}})`,
      ),
    raw`\frac{\partial L}{\partial W_{1}} = d_{1} x^\top`,
  ]
  expect(new Set(check({ ...given, lines }).map(({ status }) => status))).toEqual(new Set(['proved']))
})
