import { beforeAll, describe, expect, it } from 'vitest'
import { loadEngines, workVerified } from '../../src/derive/verified.js'
import type { Engines } from '../../src/evaluate/oracle.js'
import { problemOf } from '../../src/parse/problem.js'
import { toLatex } from '../../src/print/latex.js'

let engines: Engines
beforeAll(async () => {
  engines = await loadEngines()
})

interface Case {
  readonly decls: readonly string[]
  readonly defs?: readonly string[]
  readonly assume?: readonly string[]
  readonly expr: string
  readonly wrt: string
  readonly order?: 1 | 2
}

/** The first answer in the author's names, once it has been checked. */
async function derived(each: Case): Promise<string> {
  const problem = problemOf({ syntax: 'latex', ...each })
  const { answers } = await workVerified(problem, { engines })
  expect(answers[0]!.check?.status, answers[0]!.check?.message).toBe('agrees')
  return toLatex(answers[0]!.expanded, problem.notation)
}

const LOGITS = ['z \\in \\mathbb{R}^K', 't \\in \\mathbb{R}^K', 'k = 1, \\dots, K']
const BY_INDEX = ['p_k = \\frac{e^{z_k}}{\\sum_{j=1}^K e^{z_j}}', 'L = -\\sum_{k=1}^K t_k \\log p_k']
const SPELLED = ['p = \\frac{e^z}{\\mathbf{1}^\\top e^z}']
const CENTRED = [
  '\\mu = \\frac1n \\sum_{i=1}^n x_i',
  'v = \\frac1n \\|x - \\mu \\mathbf{1}\\|^2',
  'h = \\frac{x - \\mu \\mathbf{1}}{\\sqrt{v + \\epsilon}}',
]
const FAMILY = [
  'x_i \\in \\mathbb{R}^d, i = 1, \\dots, N',
  '\\mu \\in \\mathbb{R}^d',
  '\\Sigma \\in \\mathbb{S}_{++}^d',
]

describe('what is spelled out is written as a lecturer writes it', () => {
  const cases: readonly (readonly [string, Case, string])[] = [
    [
      'cross-entropy of a softmax that is defined entry by entry',
      { decls: LOGITS, defs: BY_INDEX, expr: 'L', wrt: 'z' },
      '(\\mathbf{1}^\\top t)\\,p - t',
    ],
    [
      'the same for targets that add up to one',
      { decls: LOGITS, defs: BY_INDEX, assume: ['\\sum_k t_k = 1'], expr: 'L', wrt: 'z' },
      'p - t',
    ],
    [
      'the Jacobian of a softmax, by its name',
      { decls: LOGITS, defs: SPELLED, expr: 'p', wrt: 'z' },
      '\\operatorname{diag}(p) - p p^\\top',
    ],
    [
      'the second derivative of the sigmoid',
      { decls: ['a, x \\in \\mathbb{R}^n'], expr: '\\sigma(a^\\top x)', wrt: 'x', order: 2 },
      '\\sigma(a^\\top x)(1 - \\sigma(a^\\top x))(1 - 2\\sigma(a^\\top x))a a^\\top',
    ],
    [
      'a rotation, as one matrix',
      {
        decls: ['\\theta \\in \\mathbb{R}'],
        expr: '\\begin{bmatrix} \\cos\\theta & -\\sin\\theta \\\\ \\sin\\theta & \\cos\\theta \\end{bmatrix}',
        wrt: '\\theta',
      },
      '\\begin{bmatrix} -\\sin(\\theta) & -\\cos(\\theta) \\\\ \\cos(\\theta) & -\\sin(\\theta) \\end{bmatrix}',
    ],
    [
      'a normalised vector',
      { decls: ['x \\in \\mathbb{R}^n'], defs: ['h = \\frac{x}{\\|x\\|}'], expr: 'h', wrt: 'x' },
      '\\frac{I_{n} - h h^\\top}{\\lVert x \\rVert}',
    ],
    [
      'a sample that is centred and scaled, under a root',
      {
        decls: ['x, g \\in \\mathbb{R}^n', '\\epsilon \\in \\mathbb{R}_{>0}'],
        defs: [...CENTRED, 'L = g^\\top h'],
        expr: 'L',
        wrt: 'x',
      },
      '\\frac{-(g^\\top\\mathbf{1})\\,\\mathbf{1} - (g^\\top h)\\,h}{n\\sqrt{v + \\epsilon}} + \\frac{g}{\\sqrt{v + \\epsilon}}',
    ],
    [
      'penalised least squares: only the terms that share the data are put together',
      {
        decls: [
          'X \\in \\mathbb{R}^{m \\times n}',
          'w \\in \\mathbb{R}^n',
          'y \\in \\mathbb{R}^m',
          '\\lambda \\in \\mathbb{R}_{>0}',
        ],
        expr: '\\sum_{i=1}^m (\\log(1 + e^{(Xw)_i}) - y_i (Xw)_i) + \\frac{\\lambda}{2} \\|w\\|^2',
        wrt: 'w',
      },
      'X^\\top(\\sigma(X w) - y) + \\lambda w',
    ],
    [
      'a Gaussian likelihood over a sample',
      {
        decls: FAMILY,
        expr: '-\\frac12 \\sum_{i=1}^N (x_i - \\mu)^\\top \\Sigma^{-1} (x_i - \\mu)',
        wrt: '\\mu',
      },
      '\\Sigma^{-1}\\sum_{i=1}^{N} (x_{i} - \\mu)',
    ],
  ]

  it.each(cases)('%s', async (_, each, latex) => {
    expect(await derived(each)).toBe(latex)
  })
})

describe('a name is not used where it is what varies', () => {
  it('by itself: its own second derivative is not held constant', async () => {
    const each = {
      decls: LOGITS,
      defs: [...SPELLED, 'L = \\|p\\|^2'],
      expr: 'L',
      wrt: 'p',
      order: 2 as const,
    }
    expect(await derived(each)).toBe('2I_{K}')
  })

  it('but what it stands for is differentiated through it', async () => {
    const each = {
      decls: LOGITS,
      defs: [...SPELLED, 'L = -t^\\top \\log p'],
      expr: 'L',
      wrt: 'z',
      order: 2 as const,
    }
    expect(await derived(each)).toBe('(\\mathbf{1}^\\top t)\\,(\\operatorname{diag}(p) - p p^\\top)')
  })

  it('nor is a letter that the author uses for something else', async () => {
    const each = {
      decls: ['z \\in \\mathbb{R}', '\\sigma \\in \\mathbb{R}_{>0}'],
      expr: '\\log(1 + e^{\\sigma z})',
      wrt: 'z',
    }
    expect(await derived(each)).toBe('\\sigma\\operatorname{sigmoid}(\\sigma z)')
  })
})
