import { beforeAll, describe, expect, test } from 'vitest'
import { readProblem } from '../../../src/parse/problem.js'
import { toDot } from '../../../src/present/graph/dot.js'
import { graphOf } from '../../../src/present/graph/drawing.js'
import { MOST_NODES } from '../../../src/present/graph/grouped.js'
import { toSvg } from '../../../src/present/graph/svg.js'
import { toTikz } from '../../../src/present/graph/tikz.js'
import { stretchesOf } from '../../../src/present/graph/words.js'
import { loadTensors } from '../../../src/tensor/load.js'
import type { Tensors } from '../../../src/tensor/tensor.js'

let tensors: Tensors
beforeAll(async () => {
  tensors = await loadTensors()
})

function drawn(text: string) {
  const problem = readProblem(text, { dialect: 'plain' })
  return graphOf(problem, problem.definitions.at(-1)!.symbol, { tensors })
}

const GATES = 'q = x + y\nf = q*z\nx = -2\ny = 5\nz = -4'

describe('the graph of (x + y)z', () => {
  test('has a gate for each operation and a wire for each input', () => {
    const { nodes, edges } = drawn(GATES)
    expect(nodes.map(({ kind }) => kind)).toEqual(['input', 'input', 'input', 'gate', 'output'])
    expect(edges.length).toBe(4)
  })

  test('carries values forward and gradients back', () => {
    const lines = toDot(drawn(GATES)).split('\n')
    expect(lines).toContain('  n0 -> n3 [label="−2\\n← −4"];')
    expect(lines).toContain('  n3 -> n4 [label="3\\n← −4"];')
    expect(lines).toContain('  n4 -> end [label="−12\\n← 1"];')
    expect(lines).toContain('  n4 [label="×\\nf\\n∂/∂q = −4\\n∂/∂z = 3", penwidth=2];')
  })

  test('is told to readers who do not see it', () => {
    const svg = toSvg(drawn(GATES))
    expect(svg).toContain('role="img"')
    expect(svg).toMatch(/<desc id="[^"]+">From x, y, z to f: q = 3, gradient −4; f = −12\.<\/desc>/)
  })

  test('tells what flows back by dashes and arrows, and not by colour alone', () => {
    const svg = toSvg(drawn(GATES))
    expect(svg.match(/stroke-dasharray/g)?.length).toBe(5)
    expect(svg.match(/← /g)?.length).toBe(5)
    expect(toTikz(drawn(GATES)).match(/\\draw\[<-, backward, dashed\]/g)?.length).toBe(5)
  })

  test('is the same bytes each time', () => {
    expect(toSvg(drawn(GATES))).toBe(toSvg(drawn(GATES)))
  })
})

test('a quantity used twice has one node, and an equal part one gate', () => {
  const { nodes } = drawn('f = exp(x)*y + exp(x)')
  expect(nodes.filter(({ kind }) => kind === 'input').length).toBe(2)
  expect(nodes.length).toBe(5)
})

test('without numbers the wires carry formulas, where they are short', () => {
  const dot = toDot(drawn('u = g(w*x)\nL = u^2'))
  expect(dot).toContain('label="u\\n← 2·u"')
})

test('a network of many layers is drawn layer by layer', () => {
  const layers = Array.from({ length: 40 }, (_, k) => `h_{${k + 1}} = tanh(h_{${k}}*w_{${k + 1}})`)
  const picture = drawn(['h_{0} = x', ...layers, 'L = h_{40}^2'].join('\n'))
  expect(picture.nodes.length).toBeGreaterThan(MOST_NODES)
  const wide = Array.from({ length: 20 }, (_, k) => `a_{${k}} = tanh(x*w_{${k}})`)
  const sum = `L = (${wide.map((_, k) => `a_{${k}}`).join(' + ')})^2`
  const grouped = drawn([...wide, sum].join('\n'))
  expect(grouped.nodes.length).toBeLessThan(6)
  expect(toDot(grouped)).toContain('(20)')
})

test('words that look like markup are escaped', () => {
  const picture = { ...drawn(GATES), title: ['</title><script>"&'] }
  expect(toSvg(picture)).toContain('>&#60;/title&#62;&#60;script&#62;&#34;&#38;</title>')
  expect(toDot(picture)).toContain('label="</title><script>\\"&"')
})

test('labels have Greek letters, signs and scripts', () => {
  expect(stretchesOf('delta_{s_0}*W_{r_0,s_0}')).toEqual([
    { text: 'δ', level: 0 },
    { text: 's0', level: -1 },
    { text: '·W', level: 0 },
    { text: 'r0,s0', level: -1 },
  ])
  expect(stretchesOf("W'*x - 2.5")).toEqual([{ text: 'Wᵀ·x − 2.5', level: 0 }])
})
