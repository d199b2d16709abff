import { beforeAll, describe, expect, it } from 'vitest'
import { ask } from '../../src/derive/ask.js'
import { work } from '../../src/derive/derive.js'
import { jacobian } from '../../src/derive/library.js'
import { loadEngines, verified } from '../../src/derive/verified.js'
import type { Engines } from '../../src/evaluate/oracle.js'
import { negate } from '../../src/ops/core.js'
import { problemOf } from '../../src/parse/problem.js'
import { toLatex } from '../../src/print/latex.js'

let engines: Engines
beforeAll(async () => {
  engines = await loadEngines()
})

interface Case {
  readonly fact: string
  readonly decls?: readonly string[]
  readonly defs: readonly string[]
  readonly of: string
  readonly wrt: string
  /** `\delta_t = \dots [from..to]`, as the pass uses them. */
  readonly backward: readonly string[]
  readonly answer: readonly string[]
  readonly unrolled?: string
}

const RNN = String.raw`h_t = \tanh(W h_{t-1} + U x_t), \; t = 1, \dots, T`
const LAYERS = String.raw`Z_{i+1} = \sigma_i(Z_i W_i), \; i = 1, \dots, L`
const SIZES = [
  String.raw`Z_i \in \mathbb{R}^{m \times n_i}`,
  String.raw`W_i \in \mathbb{R}^{n_i \times n_{i+1}}`,
]

const CASES: readonly Case[] = [
  {
    fact: 'the layers of a batch network hand their gradient back through activation and weights',
    decls: SIZES,
    defs: [LAYERS, String.raw`E = \ell(Z_{L+1})`],
    of: 'E',
    wrt: 'W_i',
    backward: [
      String.raw`G_{L+1} = \frac{\partial \ell(Z_{L+1})}{\partial Z_{L+1}} [L+1..L+1]`,
      String.raw`G_i = (G_{i+1} \odot \sigma_i'(Z_i W_i))W_i^\top [1..L]`,
    ],
    answer: [String.raw`Z_i^\top(G_{i+1} \odot \sigma_i'(Z_i W_i)) [1..L]`],
  },
  {
    fact: 'one layer among many is asked for by its number',
    decls: SIZES,
    defs: [LAYERS, String.raw`E = \ell(Z_{L+1})`],
    of: 'E',
    wrt: 'W_2',
    backward: [
      String.raw`G_{L+1} = \frac{\partial \ell(Z_{L+1})}{\partial Z_{L+1}} [L+1..L+1]`,
      String.raw`G_i = (G_{i+1} \odot \sigma_i'(Z_i W_i))W_i^\top [1..L]`,
    ],
    answer: [String.raw`Z_2^\top(G_3 \odot \sigma_2'(Z_2W_2))`],
    unrolled: 'L = 2, 3, 5',
  },
  {
    fact: 'the input of a network receives the last signal',
    decls: [...SIZES, String.raw`X \in \mathbb{R}^{m \times n_1}`],
    defs: ['Z_1 = X', LAYERS, String.raw`E = \|Z_{L+1}\|_F^2`],
    of: 'E',
    wrt: 'X',
    backward: [
      'G_{L+1} = 2Z_{L+1} [L+1..L+1]',
      String.raw`G_i = (G_{i+1} \odot \sigma_i'(Z_i W_i))W_i^\top [1..L]`,
    ],
    answer: ['G_1'],
  },
  {
    fact: 'weights shared by all steps add up what every step gives',
    defs: [RNN, String.raw`J = \sum_{t=1}^{T} \ell_t(h_t)`],
    of: 'J',
    wrt: 'W',
    backward: [
      String.raw`\delta_T = \frac{\partial \ell_T(h_T)}{\partial h_T} [T..T]`,
      String.raw`\delta_t = \frac{\partial \ell_t(h_t)}{\partial h_t} + W^\top(\delta_{t+1} \odot (1 - h_{t+1}^{\odot 2})) [1..T-1]`,
    ],
    answer: [String.raw`\sum_{t=1}^{T} (\delta_t \odot (1 - h_t^{\odot 2}))h_{t-1}^\top`],
  },
  {
    fact: 'a loss of the last state alone, and a penalty beside it',
    defs: [
      RNN,
      String.raw`p = \operatorname{softmax}(V h_T)`,
      String.raw`J = \|p - y\|^2 + \lambda \|W\|_F^2`,
    ],
    of: 'J',
    wrt: 'U',
    backward: [
      String.raw`\delta_T = 2V^\top(p \odot (p - y + (p^\top(y - p))\,\mathbf{1})) [T..T]`,
      String.raw`\delta_t = W^\top(\delta_{t+1} \odot (1 - h_{t+1}^{\odot 2})) [0..T-1]`,
    ],
    answer: [String.raw`\sum_{t=1}^{T} (\delta_t \odot (1 - h_t^{\odot 2}))x_t^\top`],
  },
  {
    fact: 'layers with a pre-activation have one signal, that of the pre-activation',
    decls: [String.raw`y \in \mathbb{R}^k`],
    defs: [
      String.raw`z^l = W^l a^{l-1} + b^l, \quad a^l = \sigma(z^l), \quad l = 1, \dots, L`,
      String.raw`C = \frac12 \|a^L - y\|^2`,
    ],
    of: 'C',
    wrt: 'W^l',
    backward: [
      String.raw`\delta^{L} = (a^{L} - y) \odot a^{L} \odot (1 - a^{L}) [L..L]`,
      String.raw`\delta^{l} = ((W^{l+1})^\top\delta^{l+1}) \odot a^{l} \odot (1 - a^{l}) [1..L-1]`,
    ],
    answer: [String.raw`\delta^{l}(a^{l-1})^\top [1..L]`],
  },
  {
    fact: 'a residual step hands its gradient on unchanged, and adds',
    decls: [String.raw`x_l \in \mathbb{R}^d`],
    defs: [String.raw`x_{l+1} = x_l + W_l \sigma(x_l), \; l = 0, \dots, L-1`, String.raw`J = c^\top x_L`],
    of: 'J',
    wrt: 'W_l',
    backward: [
      String.raw`\delta_L = c [L..L]`,
      String.raw`\delta_l = \delta_{l+1} + (W_l^\top\delta_{l+1}) \odot \sigma(x_l) \odot (1 - \sigma(x_l)) [0..L-1]`,
    ],
    answer: [String.raw`\delta_{l+1}\sigma(x_l)^\top [0..L-1]`],
  },
  {
    fact: 'a recurrence over two steps receives from both',
    defs: [String.raw`s_t = a s_{t-1} + b s_{t-2} + u_t, \; t = 1, \dots, T`, 'J = s_T^2'],
    of: 'J',
    wrt: 'u_t',
    backward: [
      String.raw`\delta_T = 2s_T [T..T]`,
      String.raw`\delta_{T-1} = \delta_T a [T-1..T-1]`,
      String.raw`\delta_t = \delta_{t+2}b + \delta_{t+1}a [0..T-2]`,
    ],
    answer: [String.raw`\delta_t [1..T]`],
  },
  {
    fact: 'a parameter of the loss in every step has no signal of its own',
    defs: [RNN, String.raw`J = \frac1T \sum_{k=1}^{T} y_k^\top h_k`],
    of: 'J',
    wrt: 'y_t',
    backward: [],
    answer: [String.raw`\frac{h_t}{T} [1..T]`],
  },
  {
    fact: 'names that the author uses are not used again for signals',
    decls: [String.raw`G \in \mathbb{R}^{m \times n_1}`, ...SIZES],
    defs: [
      'Z_1 = G',
      String.raw`Z_{i+1} = \tanh(Z_i W_i), \; i = 1, \dots, L`,
      String.raw`E = \|Z_{L+1}\|_F^2`,
    ],
    of: 'E',
    wrt: 'G',
    backward: [
      String.raw`\Delta_{L+1} = 2Z_{L+1} [L+1..L+1]`,
      String.raw`\Delta_i = (\Delta_{i+1} \odot (1 - Z_{i+1}^{\odot 2}))W_i^\top [1..L]`,
    ],
    answer: [String.raw`\Delta_1`],
  },
]

describe('the backward recurrence', () => {
  it.each(CASES)('$fact', async ({ decls = [], defs, of, wrt, backward, answer, unrolled }) => {
    const problem = problemOf({ syntax: 'latex', decls, defs, expr: of, wrt })
    const solution = await verified(problem, work(problem), { engines })
    const latex = (node: Parameters<typeof toLatex>[0]) => toLatex(node, problem.notation)
    const rows = solution.backward!.map(
      ({ symbol, body, from, to }) => `${latex(symbol)} = ${latex(body)} [${from}..${to}]`,
    )
    expect(rows).toEqual(backward)
    const [found] = solution.answers
    const pieces = found!.pieces!.map(
      ({ body, range }) => `${latex(body)}${range === undefined ? '' : ` [${range.from}..${range.to}]`}`,
    )
    expect(pieces).toEqual(answer)
    expect(found!.check?.status, found!.check?.message).toBe('agrees')
    const letter = problem.layers!.depth
    expect(found!.check?.unrolled).toBe(unrolled ?? `${letter} = 1, 2, 4`)
  })

  it('has a signal for every quantity of a gated cell, and all of them agree', async () => {
    const gate = (name: string, g: string) =>
      String.raw`${name}_t = ${g}(A_${name} x_t + B_${name} h_{t-1} + b_${name}), \; t = 1, \dots, T`
    const defs = [
      gate('f', String.raw`\sigma`),
      gate('i', String.raw`\sigma`),
      gate('o', String.raw`\sigma`),
      gate('g', String.raw`\tanh`),
      String.raw`c_t = f_t \odot c_{t-1} + i_t \odot g_t, \; t = 1, \dots, T`,
      String.raw`h_t = o_t \odot \tanh(c_t), \; t = 1, \dots, T`,
      String.raw`J = \sum_{t=1}^{T} \|h_t - y_t\|^2`,
    ]
    const decls = [String.raw`h_t \in \mathbb{R}^n`, String.raw`x_t \in \mathbb{R}^d`]
    const problem = problemOf({ syntax: 'latex', decls, defs, expr: 'J', wrt: ['B_f', 'A_g', 'b_o', 'c_0'] })
    const { answers, backward } = await verified(problem, work(problem), { engines })
    const named = new Set(backward!.map(({ family }) => family.base))
    expect([...named].sort()).toEqual(['bar{c}', 'bar{f}', 'bar{g}', 'bar{h}', 'bar{i}', 'bar{o}'])
    for (const { check } of answers) expect(check?.status, check?.message).toBe('agrees')
  })

  it('refuses second derivatives, arrays, and what the function does not depend on', () => {
    const asked = (expr: string, wrt: string, order: 1 | 2 = 1) =>
      work(problemOf({ syntax: 'latex', defs: [RNN, 'v = B c'], expr, wrt, order }))
    const code = (found: string) => expect.objectContaining({ code: found })
    expect(() => asked(String.raw`\|h_T\|^2`, 'W', 2)).toThrow(code('order-of-recurrence'))
    expect(() => asked('h_T', 'W')).toThrow(code('scalar-needed'))
    expect(() => asked(String.raw`\|h_T\|^2`, 'B')).toThrow(code('not-reached'))
    expect(() => asked(String.raw`\|h_t\|^2`, 'W')).toThrow(code('unbound-index'))
  })

  it('is asked for by everything that nobody defines, where nothing is said', () => {
    const defs = [
      String.raw`a^{(l)} = \sigma(W^{(l)} a^{(l-1)} + b), \; l = 1, \dots, L`,
      String.raw`C = \|a^{(L)} - y\|^2`,
    ]
    const problem = problemOf({ syntax: 'latex', defs, expr: 'C', wrt: 'y' })
    const names = (questions: readonly { readonly wrt: { readonly name: string } }[]) =>
      questions.map(({ wrt }) => wrt.name).sort()
    expect(names(ask({ ...problem, questions: [] }).questions)).toEqual(['W^{(l)}', 'a^{(0)}', 'b', 'y'])
    expect(names(ask(problem, { of: 'C', wrt: ['W^{(3)}', 'a^{(L)}'] }).questions)).toEqual([
      'W^{(3)}',
      'a^{(L)}',
    ])
  })

  it('says from how many steps on it holds', () => {
    const defs = [RNN, String.raw`J = \sum_{t=2}^{T} \|h_t - h_{t-1}\|^2`]
    const problem = problemOf({ syntax: 'latex', defs, expr: 'J', wrt: 'W' })
    expect(work(problem).leastDepth).toBe(2)
  })

  it('is refuted where a rule of it is wrong', async () => {
    const problem = problemOf({
      syntax: 'latex',
      defs: [RNN, String.raw`J = \|h_T\|^2`],
      expr: 'J',
      wrt: 'W',
    })
    const solution = work(problem)
    const backward = solution.backward!.map((row, k) => (k === 0 ? row : { ...row, body: negate(row.body) }))
    const wrong = verified(problem, { ...solution, backward }, { engines })
    await expect(wrong).rejects.toMatchObject({ code: 'check-failed' })
  })

  it('has no Jacobian', () => {
    const problem = problemOf({ syntax: 'latex', defs: [RNN], expr: String.raw`\|h_T\|^2`, wrt: 'W' })
    const code = expect.objectContaining({ code: 'form-of-recurrence' })
    expect(() => jacobian(problem, { of: String.raw`\|h_T\|^2`, wrt: 'W' })).toThrow(code)
  })
})
