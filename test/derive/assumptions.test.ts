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
  readonly assume?: readonly string[]
  readonly defs?: readonly string[]
  readonly expr: string
  readonly wrt: string
}

/** The first answer, checked, with the assumptions it lists. */
async function answered(each: Case) {
  const problem = problemOf({ syntax: 'latex', ...each })
  const { answers } = await workVerified(problem, { engines })
  const answer = answers[0]!
  expect(answer.check?.status, answer.check?.message).toBe('agrees')
  return {
    latex: toLatex(answer.expanded, problem.notation),
    assumptions: answer.assumptions.map(({ latex }) => latex),
  }
}

const SQUARE = ['A \\in \\mathbb{R}^{n \\times n}', 'x \\in \\mathbb{R}^n', 'b \\in \\mathbb{R}^n']
const LOGITS = ['z, t \\in \\mathbb{R}^K']
const LOSS = { defs: ['s = \\operatorname{softmax}(z)', 'L = -t^\\top \\log s'], expr: 'L', wrt: 'z' }
const FORM = { expr: 'x^\\top A x', wrt: 'x' }

describe('what is declared is used, and listed', () => {
  const cases: readonly (readonly [string, Case, string, readonly string[]])[] = [
    ['A = A^\\top', { ...FORM, decls: SQUARE, assume: ['A = A^\\top'] }, '2A x', ['A = A^\\top']],
    ['A = -A^\\top', { ...FORM, decls: SQUARE, assume: ['A = -A^\\top'] }, '0', ['A = -A^\\top']],
    [
      'symmetric, in words',
      { ...FORM, decls: SQUARE, assume: ['A \\text{ symmetric}'] },
      '2A x',
      ['A = A^\\top'],
    ],
    [
      'diagonal, in words',
      { ...FORM, decls: SQUARE, assume: ['A \\text{ is diagonal}'] },
      '2A x',
      ['A \\text{ diagonal}'],
    ],
    [
      'diagonal, as an equation',
      { ...FORM, decls: SQUARE, assume: ['A = \\operatorname{diag}(d)'] },
      '2A x',
      ['A = \\operatorname{diag}(d)'],
    ],
    ['A \\succ 0', { ...FORM, decls: SQUARE, assume: ['A \\succ 0'] }, '2A x', ['A = A^\\top']],
    [
      'a set of symmetric matrices',
      { ...FORM, decls: ['A \\in \\mathbb{S}^n', 'x \\in \\mathbb{R}^n'] },
      '2A x',
      ['A = A^\\top'],
    ],
    [
      'two of them',
      { decls: ['A, B \\in \\mathbb{S}^n', 'x \\in \\mathbb{R}^n'], expr: 'x^\\top (A + B) x', wrt: 'x' },
      '2(A + B)x',
      ['A = A^\\top', 'B = B^\\top'],
    ],
    [
      'positive definite matrices',
      {
        decls: ['x, \\mu \\in \\mathbb{R}^n', '\\Sigma \\in \\mathbb{S}^n_{++}'],
        expr: '-\\frac12 (x - \\mu)^\\top \\Sigma^{-1} (x - \\mu)',
        wrt: '\\mu',
      },
      '\\Sigma^{-1}(x - \\mu)',
      ['\\Sigma = \\Sigma^\\top'],
    ],
    [
      'orthogonal, as an equation, also in the other order',
      { decls: SQUARE, assume: ['A^\\top A = I'], expr: '\\|A x\\|^2 + b^\\top A A^\\top x', wrt: 'x' },
      '2x + b',
      ['A^\\top A = I'],
    ],
    [
      'orthogonal, in words',
      { decls: SQUARE, assume: ['A \\text{ orthogonal}'], expr: '\\|A x - b\\|^2', wrt: 'x' },
      '2(x - A^\\top b)',
      ['A \\text{ orthogonal}'],
    ],
    [
      'orthonormal columns, which say nothing of the rows',
      {
        decls: ['U \\in \\mathbb{R}^{n \\times k}', 'x \\in \\mathbb{R}^n'],
        assume: ['U^\\top U = I_k'],
        expr: '\\|x - U U^\\top x\\|^2',
        wrt: 'x',
      },
      '2(x - U U^\\top x)',
      ['U^\\top U = I_k'],
    ],
    [
      'targets that add up to one',
      { ...LOSS, decls: LOGITS, assume: ['\\mathbf{1}^\\top t = 1'] },
      's - t',
      ['\\mathbf{1}^\\top t = 1'],
    ],
    [
      'one-hot targets',
      { ...LOSS, decls: LOGITS, assume: ['t \\text{ one-hot}'] },
      's - t',
      ['t \\text{ one-hot}'],
    ],
    [
      'targets on the simplex',
      { ...LOSS, decls: ['z \\in \\mathbb{R}^K', 't \\in \\Delta^{K-1}'] },
      's - t',
      ['t \\in \\Delta^{K-1}'],
    ],
    [
      'a positive number',
      { decls: ['x \\in \\mathbb{R}_{>0}', 'y \\in \\mathbb{R}'], expr: '|x|\\,y', wrt: 'y' },
      'x',
      ['x > 0'],
    ],
  ]

  it.each(cases)('%s', async (_, each, latex, assumptions) => {
    expect(await answered(each)).toEqual({ latex, assumptions })
  })
})

describe('what is declared and not used is not listed', () => {
  const cases: readonly (readonly [string, Case, string])[] = [
    [
      'a symmetric matrix whose transpose does not occur',
      { decls: SQUARE, assume: ['A = A^\\top'], expr: '\\|A\\|_F^2', wrt: 'A' },
      '2A',
    ],
    [
      'an invertible matrix',
      { decls: SQUARE, assume: ['A \\text{ invertible}'], expr: 'b^\\top x', wrt: 'x' },
      'b',
    ],
    ['nothing at all', { ...LOSS, decls: LOGITS }, '(\\mathbf{1}^\\top t)\\,s - t'],
  ]

  it.each(cases)('%s', async (_, each, latex) => {
    expect(await answered(each)).toEqual({ latex, assumptions: [] })
  })

  it('not even beside an answer of the same function that uses it', async () => {
    const problem = problemOf({
      syntax: 'latex',
      decls: SQUARE,
      assume: ['A = A^\\top'],
      expr: 'x^\\top A x + b^\\top x',
      wrt: ['x', 'b'],
    })
    const { answers } = await workVerified(problem, { engines })
    expect(answers.map(({ assumptions }) => assumptions.map(({ latex }) => latex))).toEqual([
      ['A = A^\\top'],
      [],
    ])
  })
})

describe('a condition', () => {
  it('comes with the answer as data, unless it is declared or proved', async () => {
    const conditions = async (assume: readonly string[]) => {
      const problem = problemOf({
        syntax: 'latex',
        decls: SQUARE,
        assume,
        expr: 'b^\\top A^{-1} x',
        wrt: 'x',
      })
      return (await workVerified(problem, { engines })).answers[0]!.conditions?.map(({ node, holds }) => [
        toLatex(node, problem.notation),
        holds,
      ])
    }
    expect(await conditions([])).toEqual([['A', 'invertible']])
    expect(await conditions(['A \\text{ invertible}'])).toEqual([])
    expect(await conditions(['A \\succ 0'])).toEqual([])
    expect(await conditions(['A^\\top A = I'])).toEqual([])
  })
})

describe('a word that does not fit', () => {
  it('is refused with the shape of what it is said of', () => {
    const read = () =>
      problemOf({
        syntax: 'latex',
        decls: ['B \\in \\mathbb{R}^{m \\times n}', 'x \\in \\mathbb{R}^n'],
        assume: ['B \\text{ symmetric}'],
        expr: '\\|B x\\|^2',
        wrt: 'x',
      })
    expect(read).toThrowError('only a square matrix can be that, not m×n')
  })
})
