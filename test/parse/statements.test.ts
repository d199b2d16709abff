import { describe, expect, it } from 'vitest'
import { read } from './reading.js'
import { sketchStatement } from './sketch.js'

const cases: readonly (readonly [fact: string, source: string, trees: readonly string[]])[] = [
  ['rows of an environment', '\\begin{align} a &= b \\\\ c &= d, \\\\ \\end{align}', ['a = b', 'c = d']],
  ['a space behind begin', '\\begin {align*} a &= b \\end {align*}', ['a = b']],
  ['bare row breaks, with a length', 'a = b \\\\[2pt] c = d\\\\', ['a = b', 'c = d']],
  [
    'rows that continue',
    '\\begin{aligned} f &= 2x \\\\ &= x + x \\\\ &\\le 3 \\end{aligned}',
    ['f = {2 x}', '…= [+ x + x]', '…<= 3'],
  ],
  ['an arrow at the start', '\\Rightarrow a = b.', ['…implies a = b']],
  ['operators at a break', 'f = a + \\\\ & b \\\\ & - c', ['f = [+ a + b - c]']],
  ['a relation at both sides of a break', 'f = \\\\ = a', ['f', '…= a']],
  ['a bracket across rows', 'f = g\\Big(& a \\\\ & + b\\Big)', ['f = g·([+ a + b])']],
  [
    'systems side by side',
    '\\left\\{ \\begin{aligned} a &= 1 \\\\ b &= 2 \\end{aligned} \\right. \\left\\{ \\begin{aligned} c &= 3 \\end{aligned} \\right.',
    ['a = 1', 'b = 2', 'c = 3'],
  ],
  ['numbering and labels', 'a = b \\tag{3.1} \\label{eq:a} \\quad (3.1)', ['a = b']],
  [
    'definitions in one line',
    '\\text{Let } M=-x, Q=e^{M}, P = Q+1',
    ['«let» M = (- x)', 'Q = e^{M}', 'P = [+ Q + 1]'],
  ],
  ['words between', 'a = b \\quad\\text{and}\\quad c = d', ['a = b', '«and» c = d']],
  ['a wide gap', 'W = A \\qquad x = c', ['W = A', 'x = c']],
  ['a gap inside a formula', 'a \\quad = \\quad b', ['a = b']],
  ['a remark', 'J = A \\text{ (Jacobian matrix)}', ['J = A «(jacobian matrix)»']],
  [
    'words as quantities',
    '\\text{new weight} = \\text{old weight} - g',
    ['"new weight" = [+ "old weight" - g]'],
  ],
  [
    'a quantifier behind a comma',
    'Z_{i+1} = \\sigma_i(Z_i), i = 1, ..., L',
    ['Z_{[+ i + 1]} = sigma_{i}·(Z_{i}) for i = list(1, …, L)'],
  ],
  ['a short range', 'z_{i+1} = f(z_i),\\; i = 0, 1', ['z_{[+ i + 1]} = f·(z_{i}) for i = list(0, 1)']],
  [
    'words before a quantifier',
    'y_i = x_i \\text{ for } i = 1, \\dots, n',
    ['y_{i} = x_{i} for i = list(1, …, n)'],
  ],
  ['for all', 'x_i > 0 \\; \\forall i \\in S', ['x_{i} > 0 for i in S']],
  ['an index on its own', 'i = 1, \\dots, m', ['i = list(1, …, m)']],
  [
    'dots in a matrix are no quantifier',
    'x = a, y = \\begin{bmatrix} 1 \\\\ \\vdots \\end{bmatrix}',
    ['x = a', 'y = matrix[1 \\ …]'],
  ],
  [
    'declarations',
    'W \\in \\mathbb{R}^{n}, b \\in \\mathbb{R}',
    ['W in blackboard:R^{n}', 'b in blackboard:R'],
  ],
  ['names that share a space', 'a, b \\in \\mathbb{R}', ['list(a, b) in blackboard:R']],
  [
    'declarations in brackets',
    '[Z \\in \\mathbb{R}^{m}, W \\in \\mathbb{R}^{n}]',
    ['Z in blackboard:R^{m}', 'W in blackboard:R^{n}'],
  ],
  ['several systems of brackets are no declarations', '[a, b]', ['[list(a, b)]']],
  ['comments', 'a = b % c = d\n + e', ['a = [+ b + e]']],
  ['nothing', ' \\quad % only this', []],
]

describe('statements', () => {
  it.each(cases)('%s', (_, source, trees) => {
    expect(read(source).statements.map(sketchStatement)).toEqual(trees)
  })

  it('number their rows and point at their text', () => {
    const source = 'a &= b, c = d \\\\ &= e'
    const found = read(source).statements.map(({ row, span }) => [row, source.slice(span.from, span.to)])
    expect(found).toEqual([
      [0, 'a &= b'],
      [0, 'c = d'],
      [1, '= e'],
    ])
  })

  it('come with the directives of the author', () => {
    const source = 'L = x\n% backprose: let W: m x n\n%% backprose:derive dL/dW  \n% backprose is a word'
    const { directives } = read(source)
    expect(directives.map(d => [d.verb, d.text, source.slice(d.textSpan.from, d.textSpan.to)])).toEqual([
      ['let', 'W: m x n', 'W: m x n'],
      ['derive', 'dL/dW', 'dL/dW'],
    ])
    expect(read('z = x # backprose: derive z', 'plain').directives[0]!.verb).toBe('derive')
  })
})
