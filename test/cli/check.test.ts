import { expect, test } from 'vitest'
import { run } from './harness.js'

const layer = String.raw`$W \in \mathbb{R}^{m \times n}$, $x \in \mathbb{R}^n$, $y \in \mathbb{R}^m$
\begin{align}
z &= W x \\
a &= \sigma(z) \\
L &= \frac{1}{2} \| a - y \|^2
\end{align}
Then
\begin{align*} % backprose: check
\delta = \frac{\partial L}{\partial z} &= (a - y) \odot \sigma'(z) \\
\frac{\partial L}{\partial W} &= \delta x^\top \\
\frac{\partial L}{\partial x} &= W \delta
\end{align*}
`

test('a wrong line is shown with its place, the place under it and a mend', async () => {
  const { code, out, err } = await run(['check', 'layer.tex'], { files: { 'layer.tex': layer } })
  expect(err).toBe('')
  expect(code).toBe(1)
  expect(out).toContain('layer.tex:11:34 - error shape-mismatch')
  expect(out).toContain('hint: write W^\\top \\delta')
  expect(out).toContain('3 lines checked: 2 proved, 1 shape-mismatch')
  expect(out).not.toContain(':10:')
})

test('a right derivation is passed over in silence, unless everything is asked for', async () => {
  const right = layer.replace('W \\delta', 'W^\\top \\delta')
  const quiet = await run(['check', '-'], { input: right })
  expect([quiet.code, quiet.out]).toEqual([0, '3 lines checked: 3 proved\n'])
  const { out } = await run(['check', '-', '--right', '--strict'], { input: right })
  expect(out.match(/right proved/g)).toHaveLength(3)
})

test('verdicts are written for machines with places in the file', async () => {
  const { code, out } = await run(['check', 'layer.tex', '--to', 'json'], { files: { 'layer.tex': layer } })
  expect(code).toBe(1)
  const { lines } = JSON.parse(out)
  expect(lines.map(({ ok }: { ok: boolean }) => ok)).toEqual([true, true, false])
  const [from, to] = lines[2].span
  expect(layer.slice(from, to)).toBe('W')
  expect(lines[2].repair).toBe('W^\\top \\delta')
})

test('what cannot be decided is a warning, and an error only where that is wanted', async () => {
  const input = 'x : n\nf = norm2(x)^2\ndf/dx = 2*q\n'
  const { code, out } = await run(['check', '-'], { input })
  expect([code, out]).toEqual([0, expect.stringContaining('warning unknown: not checked: q is not defined')])
  expect((await run(['check', '-', '--strict'], { input })).code).toBe(1)
})

test('of a document with prose only what is marked is checked, unless all of it is wanted', async () => {
  const page = layer.replace(' % backprose: check', '')
  const files = { 'layer.tex': page }
  const quiet = await run(['check', 'layer.tex'], { files })
  expect([quiet.code, quiet.out]).toEqual([0, '0 lines checked\n'])
  const { code, out } = await run(['check', 'layer.tex', '--all'], { files })
  expect([code, out]).toEqual([1, expect.stringContaining('3 lines checked')])
})

test('a name that is given a new meaning further down keeps the old one above', async () => {
  const page =
    '$x \\in \\mathbb{R}$, $f = x^2$\n\n$$\\frac{df}{dx} = 2x$$\n\n# Cubes\n\n$f = x^3$\n\n$$\\frac{df}{dx} = 3x^2$$\n'
  const { code, out } = await run(['check', 'page.md', '--all'], { files: { 'page.md': page } })
  expect([code, out]).toEqual([0, '2 lines checked: 2 proved\n'])
})

test('a loss that nothing defines is any function of the last quantity it is differentiated by', async () => {
  const lines = [
    String.raw`\frac{\partial C}{\partial u} = \frac{\partial C}{\partial b} (1 - b^2)`,
    String.raw`\frac{\partial C}{\partial w} = \frac{\partial C}{\partial u} x`,
    String.raw`\frac{\partial C}{\partial x} = \frac{\partial C}{\partial b} w`,
  ]
  const given = String.raw`$w \in \mathbb{R}^n$, $x \in \mathbb{R}^n$, $u = w^\top x$, $b = \tanh(u)$`
  const page = [given, ...lines.map(line => `$$${line}$$`)].join('\n\n')
  const { code, out } = await run(['check', 'page.md', '--all'], { files: { 'page.md': page } })
  expect(out).toContain('3 lines checked: 2 proved, 1 unknown')
  expect([code, out]).toEqual([0, expect.stringContaining('not decided: C is not defined')])
})

test('a loss of two quantities of which none comes last stays unknown', async () => {
  const page = String.raw`$x \in \mathbb{R}$, $u = x^2$, $v = \sin x$

$$\frac{\partial C}{\partial x} = 2x \frac{\partial C}{\partial u} + \frac{\partial C}{\partial v} \cos x$$
`
  const { out } = await run(['check', 'page.md', '--all'], { files: { 'page.md': page } })
  expect(out).toContain('C is not defined')
  expect(out).toContain('1 line checked: 1 unknown')
})
