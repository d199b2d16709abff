import { expect, test } from 'vitest'
import { MISTAKES, type MistakeKind, mistakeOf } from '../../src/check/mistakes.js'
import { check } from './lines.js'

const raw = String.raw
const layer = {
  decls: [raw`W \in \mathbb{R}^{m \times n}`, raw`x \in \mathbb{R}^n`, raw`y \in \mathbb{R}^m`],
  defs: [raw`z = W x`, raw`a = \sigma(z)`, raw`L = \frac{1}{2} \| a - y \|^2`],
}
const before = raw`\delta = \frac{\partial L}{\partial z} = (a - y) \odot \sigma'(z)`

test.each([
  ['missing-factor', [raw`\frac{\partial L}{\partial z} = a - y`], raw`(a - y) \odot \sigma'(z)`],
  [
    'missing-prime',
    [raw`\frac{\partial L}{\partial z} = (a - y) \odot \sigma(z)`],
    raw`(a - y) \odot \sigma'(z)`,
  ],
  ['sign', [raw`\frac{\partial L}{\partial a} = y - a`], raw`a - y`],
  ['missing-transpose', [before, raw`\frac{\partial L}{\partial x} = W \delta`], raw`W^\top \delta`],
  ['missing-transpose', [before, raw`\frac{\partial L}{\partial W} = \delta x`], raw`\delta x^\top`],
  ['factor-order', [before, raw`\frac{\partial L}{\partial x} = \delta W^\top`], raw`W^\top \delta`],
  [
    'hadamard-for-matrix',
    [before, raw`\frac{\partial L}{\partial x} = W^\top \odot \delta`],
    raw`W^\top \delta`,
  ],
  [
    'matrix-for-hadamard',
    [raw`\frac{\partial L}{\partial z} = (a - y) \sigma'(z)`],
    raw`(a - y) \odot \sigma'(z)`,
  ],
  [
    'wrong-point',
    [raw`\frac{\partial L}{\partial z} = (a - y) \odot \sigma'(a)`],
    raw`(a - y) \odot \sigma'(z)`,
  ],
  ['factor-two', [raw`\frac{\partial L}{\partial a} = 2 (a - y)`], raw`(a - y)`],
  ['symbol', [raw`\frac{\partial L}{\partial z} = (z - y) \odot \sigma'(z)`], raw`(a - y) \odot \sigma'(z)`],
] as const)('%s is recognised and mended', (id, lines, repair) => {
  const found = check({ ...layer, lines }).at(-1)!
  expect(found).toMatchObject({ ok: false, mistakes: [id], repair: { latex: repair, edits: 1 } })
  expect(found.repair!.status).toBe('proved')
})

test('a mend is marked where it is made', () => {
  const line = raw`\frac{\partial L}{\partial z} = (a - y) \odot \sigma(z)`
  const { span } = check({ ...layer, lines: [line] })[0]!
  expect(line.slice(span!.from, span!.to)).toBe(raw`\sigma`)
})

test('two slips in one line are mended together', () => {
  const line = raw`\frac{\partial L}{\partial x} = W ((a - y) \odot \sigma(z))`
  const [found] = check({ ...layer, lines: [line] })
  expect(found).toMatchObject({ ok: false, repair: { edits: 2 } })
  expect(
    check({ ...layer, lines: [raw`\frac{\partial L}{\partial x} = ${found!.repair!.latex}`] })[0]!.ok,
  ).toBe(true)
})

test('what is right only for a symmetric matrix says so', () => {
  const given = {
    decls: [raw`x \in \mathbb{R}^n`, raw`A \in \mathbb{R}^{n \times n}`],
    defs: [raw`f = x^\top A x`],
  }
  const [line] = check({ ...given, lines: [raw`\nabla_x f = 2 A x`] })
  expect(line).toMatchObject({
    ok: false,
    status: 'agrees-if',
    mistakes: expect.arrayContaining([expect.any(String)]),
  })
  expect(line!.message).toContain('A = A^T')
  expect(check({ ...given, assume: [raw`A = A^\top`], lines: [raw`\nabla_x f = 2 A x`] })[0]!.ok).toBe(true)
})

test('a gradient by a matrix that stands the other way round names its layout', () => {
  const lines = [before, raw`\frac{\partial L}{\partial W} = x \delta^\top`]
  const found = check({ ...layer, lines })[1]!
  expect(found.ok).toBe(false)
  expect(found.message).toContain('layout')
})

test('where every gradient by a matrix is transposed that is the layout', () => {
  const given = {
    decls: [
      raw`A \in \mathbb{R}^{k \times m}`,
      raw`B \in \mathbb{R}^{m \times n}`,
      raw`G \in \mathbb{R}^{k \times n}`,
    ],
    defs: [raw`f = \operatorname{tr}(G^\top A B)`],
  }
  const lines = [raw`\frac{\partial f}{\partial A} = B G^\top`, raw`\frac{\partial f}{\partial B} = G^\top A`]
  expect(check({ ...given, lines }).map(({ ok, status }) => [ok, status])).toEqual([
    [true, 'convention'],
    [true, 'convention'],
  ])
})

test('a counterexample is given in round numbers', () => {
  const [line] = check({ decls: [raw`x \in \mathbb{R}`], defs: [raw`f(x) = x^3`], lines: [raw`f'(x) = 3x`] })
  expect(line!.message).toMatch(/at x = -?\d(?:\.\d)? the left side is -?[\d.]+, the right side -?[\d.]+/)
})

test('every kind of slip has a mistake with a name of its own', () => {
  const kinds: readonly MistakeKind[] = MISTAKES.map(({ kind }) => kind)
  expect(new Set(kinds).size).toBe(kinds.length)
  expect(new Set(MISTAKES.map(({ id }) => id)).size).toBe(MISTAKES.length)
  for (const kind of kinds) expect(mistakeOf(kind).say('a', 'b')).toMatch(/^[A-Z].*\.$/s)
})
