import { describe, expect, it } from 'vitest'
import { problemOf } from '../../src/parse/problem.js'
import { toText } from '../../src/print/text.js'

const read = (defs: readonly string[], expr: string, wrt: string, decls: readonly string[] = []) =>
  problemOf({ syntax: 'latex', decls, defs, expr, wrt })

const shapes = (problem: ReturnType<typeof read>) =>
  Object.fromEntries(problem.declarations.map(({ symbol }) => [symbol.name, symbol.shape]))

const shape = (rows: number | string, columns: number | string = 1) => ({ rows, columns })
const RNN = String.raw`h_t = \tanh(W h_{t-1} + U x_t), t = 1, \dots, T`
const LAYERS = String.raw`a^{(l)} = \sigma(W^{(l)} a^{(l-1)} + b^{(l)}), l = 1, \dots, L`

describe('a recurrence', () => {
  it('is read as one step over members that are quantities of their own', () => {
    const { layers, definitions } = read([RNN, String.raw`J = \|h_T\|^2`], 'J', 'W')
    expect(layers!.steps.map(({ symbol, body }) => `${symbol.name} = ${toText(body)}`)).toEqual([
      'h_t = tanh(W*h_{t-1} + U*x_t)',
    ])
    expect(layers).toMatchObject({ letter: 't', depth: 'T', low: 1, high: 'T' })
    expect(definitions.map(({ symbol }) => symbol.name)).toEqual(['J'])
  })

  it('carries the same sizes through all steps where the weights are shared', () => {
    const found = shapes(read([RNN, String.raw`J = \|h_T\|^2`], 'J', 'W'))
    expect(found).toMatchObject({ W: shape('n', 'n'), h_t: shape('n') })
  })

  it('gives every layer a size of its own where nothing says otherwise', () => {
    const problem = read([LAYERS, String.raw`J = \|a^{(L)}\|^2`], 'J', 'W^{(l)}')
    expect(shapes(problem)).toMatchObject({ 'W^{(l)}': shape('n_l', 'n_{l-1}'), 'b^{(l)}': shape('n_l') })
  })

  it('takes the sizes at its ends from what the author declared there', () => {
    const defs = [LAYERS, 'a^{(0)} = x', String.raw`J = \|a^{(L)} - y\|^2`]
    const { layers } = read(defs, 'J', 'x', [String.raw`x \in \mathbb{R}^d`, String.raw`y \in \mathbb{R}^k`])
    expect(layers!.ends).toEqual(
      new Map([
        ['n_0', 'd'],
        ['n_L', 'k'],
      ]),
    )
  })

  it('is read in plain text with indices in square brackets', () => {
    const { layers, questions } = problemOf({
      syntax: 'plain',
      decls: [{ name: 'x', shape: ['T', 'd'], family: 't' }],
      defs: ['h[t] = tanh(W*h[t-1] + U*x[t]), t = 1:T', 'J = sum(t=1:T, norm2(h[t])^2)'],
      expr: 'J',
      wrt: 'x',
    })
    expect(layers!.steps.map(({ symbol }) => symbol.name)).toEqual(['h_t'])
    expect(questions[0]!.wrt).toMatchObject({ name: 'x_t', shape: shape('d') })
  })

  it('leaves a range of numbers to be written out', () => {
    const defs = [String.raw`h_t = \tanh(W h_{t-1}), t = 1, 2, 3`]
    expect(read(defs, String.raw`\|h_3\|^2`, 'W').layers).toBeUndefined()
  })

  it('may use a function whose argument has the name of the index', () => {
    const defs = [String.raw`\phi(t) = t^2`, String.raw`h_t = \phi(W h_{t-1}), t = 1, \dots, T`]
    const { layers } = read(defs, String.raw`\|h_T\|^2`, 'W', [String.raw`W \in \mathbb{R}^{n \times n}`])
    expect(layers!.steps.map(({ body }) => toText(body))).toEqual(['(W*h_{t-1}).^2'])
  })

  it('keeps labels beside the index in the name', () => {
    const defs = [String.raw`h_t = \tanh(W_{hh} h_{t-1} + W_{xh} x_t), t = 1, \dots, T`]
    expect(read(defs, String.raw`\|h_T\|^2`, 'W_{hh}').questions[0]!.wrt.name).toBe('W_{hh}')
  })
})

describe('a recurrence is refused', () => {
  const STATES = String.raw`Z_{i+1} = \sigma(Z_i W_i), i = 1, \dots, L`
  const X = [String.raw`X \in \mathbb{R}^{m \times n}`]
  type Refusal = readonly [
    fact: string,
    code: string,
    hint: string | RegExp,
    defs: readonly string[],
    expr: string,
    wrt: string,
    decls: readonly string[],
  ]
  const cases: readonly Refusal[] = [
    [
      'when it begins elsewhere than what is given',
      'missing-initial-condition',
      'give Z_1, or let the index begin with 0',
      [STATES, 'Z_0 = X', String.raw`E = \|Z_{L+1}\|_F^2`],
      'E',
      'X',
      X,
    ],
    [
      'when a member behind its end is spoken of',
      'no-such-member',
      'use a member from Z_1 to Z_{L+1}',
      [STATES, 'Z_1 = X', String.raw`E = \|Z_{L+2}\|_F^2`],
      'E',
      'X',
      X,
    ],
    [
      'when a sum goes on behind its end',
      'no-such-member',
      'use a member from h_0 to h_T',
      [RNN, String.raw`E = \sum_{t=1}^{T+1} \|h_t\|^2`],
      'E',
      'W',
      [],
    ],
    [
      'when a member has two definitions',
      'defined-twice',
      'define only what the recurrence begins with, Z_1',
      [STATES, 'Z_2 = X', String.raw`E = \|Z_{L+1}\|_F^2`],
      'E',
      'X',
      X,
    ],
    [
      'when a step uses a later one',
      'wrong-way-recurrence',
      'count the other way, so that every step uses the one before it',
      [String.raw`h_t = \tanh(W h_{t+1}), t = 1, \dots, T`],
      String.raw`\|h_1\|^2`,
      'W',
      [],
    ],
    [
      'when nothing says over which values the index runs',
      'unbound-index',
      String.raw`write the range behind the equation: t = 1, \dots, T`,
      [String.raw`h_t = \tanh(W h_{t-1})`],
      String.raw`\|h_T\|^2`,
      'W',
      [],
    ],
    [
      'when a parameter is asked for by another letter',
      'unbound-index',
      'the index of the recurrence is i: write W_i',
      [STATES, String.raw`E = \|Z_{L+1}\|_F^2`],
      'E',
      'W_k',
      [],
    ],
    [
      'when the sizes of neighbours do not chain',
      'sizes-do-not-chain',
      /^give every h_t the size/,
      [RNN],
      String.raw`\|h_T\|^2`,
      'W',
      [String.raw`W \in \mathbb{R}^{n \times m}`],
    ],
    [
      'when sizes that only change places never come to rest',
      'sizes-do-not-chain',
      /./,
      [String.raw`Z_{i+1} = \sigma_i(Z_i W_i), i = 1, \dots, L`, 'Z_1 = X', String.raw`E = \ell(Z_{L+1})`],
      'E',
      'W_i',
      [String.raw`Z_i \in \mathbb{R}^{m \times n_i}`, String.raw`W_i \in \mathbb{R^n_i \times n_{i+1}}`],
    ],
    [
      'when the index is used as a number',
      'index-as-number',
      'write what depends on t as a member of a family, such as c_t',
      [String.raw`h_t = \tanh(W h_{t-1} + t u), t = 1, \dots, T`],
      String.raw`\|h_T\|^2`,
      'W',
      [],
    ],
    [
      'when there are two of them',
      'several-recurrences',
      /^give [ts] a range of numbers/,
      [RNN, String.raw`g_s = \tanh(V g_{s-1}), s = 1, \dots, S`],
      String.raw`\|h_T\|^2`,
      'W',
      [],
    ],
  ]

  it.each(cases)('%s', (_, code, hint, defs, expr, wrt, decls) => {
    const wanted = {
      code,
      hint: typeof hint === 'string' ? hint : expect.stringMatching(hint),
      span: expect.objectContaining({ from: expect.any(Number) }),
    }
    expect(() => read(defs, expr, wrt, decls)).toThrow(expect.objectContaining(wanted))
  })
})
