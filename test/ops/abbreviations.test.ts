import katex from 'katex'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Nested } from '../../src/base/tensor.js'
import type { Expr, Sym } from '../../src/expr/node.js'
import { postorder } from '../../src/expr/walk.js'
import { abbreviations } from '../../src/ops/abbreviations.js'
import { citation } from '../../src/ops/sources.js'
import { operations, spellingsOf } from '../../src/ops/table.js'
import { readExpression } from '../../src/parse/problem.js'
import { loadTensors } from '../../src/tensor/load.js'
import type { Tensors } from '../../src/tensor/tensor.js'
import { evaluate } from '../support/evaluate.js'
import { letter } from '../support/letters.js'

let tensors: Tensors
beforeAll(async () => {
  tensors = await loadTensors()
})

const VALUES: ReadonlyMap<Sym, Nested> = new Map<Sym, Nested>([
  [letter('s'), 0.7],
  [letter('t'), 0.25],
  [letter('x', 'n'), [[0.5], [-2], [1.5]]],
  [letter('y', 'n'), [[0.2], [0.3], [0.5]]],
  [
    letter('A', 'n', 'n'),
    [
      [1, 2, 0],
      [0, 1, -1],
      [0.5, 0, 2],
    ],
  ],
])
const declarations = [...VALUES.keys()]

function numberOf(node: Expr): Nested {
  const values = new Map<Expr, ReturnType<Tensors['fromNested']>>(
    [...VALUES].map(([name, value]) => [name, tensors.fromNested(value)]),
  )
  return tensors.toNested(evaluate(node, { algebra: tensors, values, sizes: new Map([['n', 3]]) }))
}

const read = (text: string, dialect: 'latex' | 'plain' = 'plain') =>
  readExpression(text, { dialect, declarations })

/** What the words mean, computed apart from this program. */
const known: readonly (readonly [text: string, value: number])[] = [
  ['log2(s)', -0.5145731728297583],
  ['log10(s)', -0.1549019599857432],
  ['log1p(s)', 0.5306282510621704],
  ['expm1(s)', 1.0137527074704764],
  ['cbrt(s)', 0.8879040017426006],
  ['arcsec(2)', 1.0471975511965979],
  ['arccsc(2)', 0.5235987755982989],
  ['arccot(s)', 0.960070362405688],
  ['sum(clip(x, -1, 1))', 0.5],
  ['prod(x)', -1.5],
  ['var(x)', 2.1666666666666665],
  ['std(x)', 1.4719601443879744],
  ['norminf(x)', 2],
  ['norm(x, 3)', 2.2571787177370006],
  ['mse(x, y)', 2.1266666666666665],
  ['mae(x, y)', 1.2],
  ['bce(s, t)', 0.992148339229135],
  ['kl(y, softmax(x))', 0.5554445814515934],
  ['sum(huber(x, 1))', 2.625],
  ['sum(smoothl1(x))', 2.625],
  ['sum(logcosh(x))', 2.300557425329939],
  ['cossim(x, y)', 0.15907119074394444],
  ["y'*softmin(x)", 0.2980499347890992],
  ["x'*softmax(y, t)", 0.42955111250067735],
  ['sum(softplus(x, s))', 3.505511492792673],
  ['sum(layernorm(x) .* x)', 4.415880433163924],
  ["y'*rmsnorm(x)", 0.16984155512168936],
  ['sum(attention(A, A, A))', 6.58434257849208],
  ['max(A)', 2],
  ['min(x)', -2],
]

describe.each(abbreviations.map(op => [op.name, op] as const))('the word %s', (_, op) => {
  test('has a formula that KaTeX accepts, with a source', () => {
    expect(citation(op.rule.source), op.rule.source).toBeDefined()
    expect(katex.renderToString(op.abbreviates!, { strict: 'error', throwOnError: true })).toContain('katex')
  })

  test('is written out when it is read', () => {
    for (const example of op.examples) {
      const calls = postorder([read(example)]).filter(node => node.kind === 'call')
      expect(calls.map(node => node.op.abbreviates)).toEqual(calls.map(() => undefined))
    }
  })
})

test('no word means two things', () => {
  for (const dialect of ['latex', 'plain'] as const) {
    const words = [...operations, ...abbreviations].flatMap(op => [...spellingsOf(op)[dialect]])
    expect(words.filter((word, i) => words.indexOf(word) !== i)).toEqual([])
  }
})

test.each(known)('%s has the value of its formula', (text, value) => {
  expect(numberOf(read(text))).toBeCloseTo(value, 12)
})
