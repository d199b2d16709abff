import { describe, expect, it } from 'vitest'
import { childrenOf } from '../../src/parse/children.js'
import { scanLatex } from '../../src/parse/lexer/latex-scan.js'
import { textOf } from '../../src/parse/lexer/macros.js'
import { only, read } from './reading.js'
import { sketchStatement } from './sketch.js'

const cases: readonly (readonly [source: string, tree: string])[] = [
  ['\\newcommand{\\R}{\\mathbb{R}} x \\in \\R^n', 'x in blackboard:R^{n}'],
  ['\\newcommand\\half{\\frac12} \\half x', '{frac(1, 2) x}'],
  ['\\newcommand{\\pd}[2]{\\frac{\\partial #1}{\\partial #2}} \\pd{E}{z^2}', 'partial(E / z^{2})'],
  ['\\newcommand{\\pd}[2]{\\frac{\\partial #1}{\\partial #2}} \\pd{}{z} f', 'partial!(f / z)'],
  [
    '\\newcommand{\\pd}[2][L]{\\frac{\\partial #1}{\\partial #2}} \\pd{x} + \\pd[E]{y}',
    '[+ partial(L / x) + partial(E / y)]',
  ],
  ['\\newcommand{\\tr}[0]{^\\intercal} \\Theta\\tr', 'Theta^{<intercal>}'],
  ['\\def\\sq#1{#1^2} \\sq{x} + \\sq y', '[+ x^{2} + y^{2}]'],
  ['\\DeclareMathOperator{\\relu}{ReLU} \\relu(x)', '@ReLU·(x)'],
  ['\\newcommand{\\v}[1]{\\mathbf{#1}} \\v{\\v{x}} + \\v{y}_i', '[+ bold:x + bold:y_{i}]'],
  ['\\newcommand{\\a}{x}\\renewcommand{\\a}{y} \\a', 'y'],
  ['\\newcommand{\\constructor}{q} \\constructor', 'q'],
  ['\\newcommand{\\norm}[1]{\\left\\lVert#1\\right\\rVert} \\norm{\\norm{x} + y}_2', '‖[+ ‖x‖ + y]‖_2'],
]

describe('macros', () => {
  it.each(cases)('%s', (source, tree) => {
    expect(sketchStatement(only(source))).toBe(tree)
  })

  it('are handed on to the next block', () => {
    const { macros, statements } = read('\\newcommand{\\pd}[2]{\\frac{\\partial #1}{\\partial #2}}')
    expect(statements).toEqual([])
    const next = read('\\pd{L}{W}', 'latex', { macros })
    expect(next.statements.map(sketchStatement)).toEqual(['partial(L / W)'])
    expect(next.macros).toEqual(macros)
  })

  it('leave their arguments where they were written and put their own text where they were called', () => {
    const source = '\\newcommand{\\sq}[1]{#1^2 + c} \\sq{y}'
    const { body } = only(source)
    const [power, constant] = childrenOf(body)
    const call = { from: source.lastIndexOf('\\sq'), to: source.length }
    expect(constant!.span).toEqual(call)
    expect(childrenOf(power!)[0]!.span).toEqual({ from: source.length - 2, to: source.length - 1 })
  })

  it('print back to text that scans the same', () => {
    const source = '\\alpha x\\,\\frac{\\partial #1}{2.5y} \\text{ if } a\\beta b'
    const { tokens } = scanLatex(source, offset => offset)
    const again = scanLatex(textOf(tokens), offset => offset).tokens
    expect(again.map(token => token.text)).toEqual(tokens.map(token => token.text))
  })
})
