import katex from 'katex'
import { expect, test } from 'vitest'
import { work } from '../../src/derive/derive.js'
import { numbersOf } from '../../src/derive/numbers.js'
import { loadEngines, verified, workVerified } from '../../src/derive/verified.js'
import { symbol } from '../../src/expr/intern.js'
import type { Problem } from '../../src/expr/problem.js'
import { shapeOf } from '../../src/expr/shape.js'
import { toJson } from '../../src/present/json.js'
import { toLatexDocument } from '../../src/present/latex.js'
import { toMarkdown } from '../../src/present/markdown.js'
import { reportOf } from '../../src/present/report.js'
import { toTerminal } from '../../src/present/text.js'
import { latexWidth, PAGE } from '../../src/present/width.js'
import { kinked, layer, quadraticForm, scalarNetwork } from './problems.js'

const unverified = (problem: Problem) => reportOf(work(problem))
const PROBLEMS = { layer, scalarNetwork, quadraticForm, kinked }

const displays = (markdown: string) =>
  [...markdown.matchAll(/\$\$\n([\s\S]*?)\n\$\$/g)].map(found => found[1]!)
const inlines = (markdown: string) =>
  [...markdown.replace(/\$\$\n[\s\S]*?\n\$\$/g, '').matchAll(/(?<!\\)\$([^$]+)\$/g)].map(found => found[1]!)

test.each(Object.entries(PROBLEMS))('KaTeX accepts all mathematics of %s in strict mode', (_, problem) => {
  const markdown = toMarkdown(unverified(problem()))
  expect(displays(markdown).length).toBeGreaterThan(2)
  const formulas = [...displays(markdown), ...inlines(markdown)]
  for (const formula of formulas) {
    const options = { displayMode: true, strict: 'error', throwOnError: true } as const
    expect(() => katex.renderToString(formula, options), formula).not.toThrow()
  }
})

test.each(Object.entries(PROBLEMS))('the .tex form of %s opens and closes every display', (_, problem) => {
  const latex = toLatexDocument(unverified(problem()))
  expect(latex.match(/\\begin\{align\*\}/g)?.length).toBe(latex.match(/\\end\{align\*\}/g)?.length)
  expect(latex).not.toContain('aligned')
  expect(latex).not.toMatch(/\\\\\n\\end\{align\*\}/)
})

test('where the blackboard letters have no 1, indicators are written with a bold one', () => {
  const report = unverified(kinked())
  expect(toMarkdown(report)).toContain('\\mathbb{1}[')
  expect(toLatexDocument(report)).not.toContain('\\mathbb{1}')
  expect(toLatexDocument(report)).toContain('\\mathbf{1}[')
})

test('reasons that are too wide stand below the formula, broken between them', () => {
  const report = unverified(scalarNetwork())
  const rows = toLatexDocument(report)
    .split(' \\\\\n')
    .map(line => line.trim())
  const below = rows.filter(line => line.startsWith('& \\qquad'))
  expect(below.length).toBeGreaterThan(0)
  for (const row of rows) expect(latexWidth(row.replace(/^.*\\begin\{align\*\}/s, ''))).toBeLessThan(PAGE + 2)
})

test('short declarations share a line', () => {
  expect(toMarkdown(unverified(layer()))).toMatch(/W \\in [^\n]+, \\quad x \\in/)
})

test('a worked layer reads from what is given to how it was checked', async () => {
  const problem = layer()
  const titles = toTerminal(reportOf(await workVerified(problem)))
    .split('\n')
    .filter(line => /^\w/.test(line))
  expect(titles).toEqual(['Given', 'Shapes', 'Backward', 'Results', 'Check'])
})

test('the sizes and the unknown functions of a check are written as mathematics', async () => {
  const markdown = toMarkdown(reportOf(await workVerified(layer())))
  expect(markdown).toMatch(/with \$m = \d\$, \$n = \d\$ and \$m = \d\$, \$n = \d\$/)
  const unknown = toMarkdown(reportOf(await workVerified(scalarNetwork())))
  expect(unknown).toMatch(/for \d+ random choices of (\$g_[rsy]\$(, )?){3}/)
})

test('every adjoint is defined once, with its derivative and the rules that led to it', () => {
  const markdown = toMarkdown(unverified(layer()))
  expect(markdown).toContain(
    '\\delta_z &= \\frac{\\partial L}{\\partial z} = (a - y) \\odot a \\odot (1 - a)',
  )
  expect(markdown).toContain('\\text{(chain rule, derivative of the sigmoid)}')
  expect(markdown).toContain('\\frac{\\partial L}{\\partial W} &= \\delta_z x^\\top = \\boxed{')
  expect(markdown).toContain('(m \\times 1)(1 \\times n) = m \\times n')
})

test('in a small problem the parts of formulas on the way have a line each', () => {
  const text = toTerminal(unverified(layer()))
  expect(text).toContain('dL/d(a - y) = a - y                             (gradient of the squared norm)')
  expect(toMarkdown(unverified(layer()))).toContain('\\frac{\\partial L}{\\partial (a - y)} &= a - y')
  expect(toTerminal(unverified(scalarNetwork()))).not.toMatch(/dy\/d\(/)
})

test('a quantity with several paths out of it says so', () => {
  const text = toTerminal(unverified(scalarNetwork()))
  expect(text).toContain(
    "delta_{r_0} = dy/dz_{r_0} = (delta_{s_0}*W_{r_0,s_0} + delta_{s_1}*W_{r_0,s_1})*g_r'(z_{r_0})",
  )
  expect(text).toContain('sum over the paths out of r_1')
  expect(text).toContain('dy/dW_{s_1,y}   = delta_y*s_1')
})

test('what the author gave is shown without the names that were introduced', () => {
  const [given] = toTerminal(unverified(scalarNetwork())).split('Shapes')
  expect(given).toContain('r_0 = g_r(x_0*W_{x_0,r_0} + x_1*W_{x_1,r_0})')
  expect(given).not.toContain('z_{r_0}')
})

test('an expression that is differentiated without a name gets one', () => {
  const text = toTerminal(unverified(quadraticForm()))
  expect(text).toMatch(/f = x'\*A\*x\n {2}h = A\*x/)
  expect(text).toContain("d2f/dxdx'      = A + A'   (n x n)")
  expect(text).toMatch(/dh {13}= dA\*x\n {2}dh\[i\]\/dA\[j, k\] = kdelta\(i, j\)\*x\[k\]/)
})

test('layouts are stated once for each kind of result', () => {
  const text = toTerminal(unverified(quadraticForm()))
  for (const sentence of ['Gradient layout', 'Numerator layout', 'The Hessian has', 'More than two axes']) {
    expect(text.split(sentence).length - 1, sentence).toBe(1)
  }
})

test('domains and kinks are told', () => {
  const text = toTerminal(unverified(kinked()))
  expect(text).toContain('Valid where t > 0.')
  expect(text).toContain('Rectified linear unit: no derivative at 0; 0 is used there.')
})

test('an unchecked result says that it is unchecked, a checked one how', async () => {
  expect(toTerminal(unverified(layer()))).toContain('Not checked numerically.')
  const text = toTerminal(reportOf(await workVerified(layer()))).replace(/\s+/g, ' ')
  expect(text).toMatch(
    /Both derivatives agree with automatic differentiation of the original function at \d+ random points, with m = \d, n = \d/,
  )
  expect(text).toMatch(/relative differences below 1e-\d+\)/)
})

test('numbers are shown forwards, backwards and for the results', async () => {
  const values = new Map([
    [
      symbol('W', shapeOf('m', 'n')),
      [
        [0.1, 0.5],
        [-0.3, 0.8],
      ],
    ],
    [symbol('x', shapeOf('n')), [[0.2], [0.4]]],
    [symbol('b', shapeOf('m')), [[0], [1]]],
    [symbol('y', shapeOf('m')), [[1], [0]]],
  ])
  const problem = layer({ values })
  const engines = await loadEngines()
  const solution = await verified(problem, work(problem), { engines })
  const numbers = numbersOf(engines.tensors, solution)
  const text = toTerminal(reportOf(solution, { numbers }))
  expect(text).toContain('z       = [0.22; 1.26]')
  expect(text).toMatch(/dL\/dW {3}= \[-?0\.\d+, -?0\.\d+; 0\.\d+, 0\.\d+\]/)
})

test('keep and expand choose one form of a result', () => {
  const kept = toTerminal(reportOf(work(layer()), { intermediates: 'keep' }))
  const expanded = toTerminal(reportOf(work(layer()), { intermediates: 'expand' }))
  expect(kept).toContain("dL/dW = delta_z*x'   (m x 1)")
  expect(expanded).toContain("dL/dW = ((a - y) .* a .* (1 - a))*x'")
  expect(expanded).not.toContain('delta')
})

test('no line of text is wider than the terminal as long as it can be broken', () => {
  for (const width of [60, 80, 100]) {
    const lines = toTerminal(unverified(scalarNetwork()), { width }).split('\n')
    const tooWide = lines.filter(line => line.length > width)
    expect(tooWide).toEqual([])
  }
})

test('JSON has the version of its schema, both dialects, and steps with their rules', async () => {
  const data = JSON.parse(toJson(reportOf(await workVerified(layer()))))
  expect(data.schemaVersion).toBe(1)
  expect(data.answers[0]).toMatchObject({
    of: { latex: 'L', plain: 'L' },
    wrt: { latex: 'W', plain: 'W' },
    kind: 'gradient',
    layout: 'gradient',
    shape: ['m', 'n'],
    latex: '\\delta_z x^\\top',
    plain: "delta_z*x'",
    assumptions: [],
    check: { status: 'agrees' },
  })
  expect(data.adjoints[0]).toMatchObject({ name: 'delta_z', of: 'z' })
  expect(data.declarations.map((found: { name: string }) => found.name)).toEqual(['W', 'x', 'b', 'y'])
  expect(data.steps.length).toBeGreaterThan(3)
  expect(data.steps.every((step: { rule: string }) => /^[a-z0-9-]+$/.test(step.rule))).toBe(true)
})

test('the same problem gives the same bytes', async () => {
  const once = async () => toJson(reportOf(await workVerified(layer())))
  expect(await once()).toBe(await once())
})
