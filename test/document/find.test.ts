import { describe, expect, it } from 'vitest'
import { placeOf } from '../../src/base/span.js'
import type { DocumentKind } from '../../src/document/block.js'
import { findMath } from '../../src/document/find.js'
import { read } from '../parse/reading.js'

const texts = (source: string, kind: DocumentKind = 'markdown') =>
  findMath(source, kind).map(block => block.text.trim())

describe('mathematics in Markdown', () => {
  it('stands between dollars, brackets and doubled brackets', () => {
    const source = 'A $a$, \\(b\\), \\\\(c\\\\).\n\n$$\nd\n$$\n\n\\[ e \\]\n\n\\\\[\nf \\\\\ng\n\\\\]\n'
    expect(texts(source)).toEqual(['a', 'b', 'c', 'd', 'e', 'f \\\\\ng'])
    expect(findMath(source, 'markdown').map(block => block.display)).toEqual([
      false,
      false,
      false,
      true,
      true,
      true,
    ])
  })

  it('stands in bare environments and marked fences', () => {
    const source =
      '\\begin{equation} a \\end{equation}\n\n```math\nb\n```\n\n```backprose\nc = d*e\n```\n~~~backprose\n\\alpha\n~~~\n'
    expect(texts(source)).toEqual(['\\begin{equation} a \\end{equation}', 'b', 'c = d*e', '\\alpha'])
    expect(findMath(source, 'markdown').map(block => block.dialect)).toEqual([
      'latex',
      'latex',
      'plain',
      'latex',
    ])
  })

  it('does not stand in code, comments, front matter or prices', () => {
    const source =
      '---\ntitle: $a$\n---\n`$b$` and ``$`c`$``\n<!-- $d$ -->\n```js\n$e$\n```\nfrom $5 to $6, \\$f\\$ or $ g $\n$h$'
    expect(texts(source)).toEqual(['h'])
  })

  it('ends with its paragraph when a dollar is forgotten', () => {
    expect(texts('costs $x and\n\nthen $y$')).toEqual(['y'])
  })

  it('is reported on its own line, in quotations too', () => {
    const source = '# Title\n\n> So\n> $$\n> a = b \\\\\n> c = )\n> $$\n'
    const [block] = findMath(source, 'markdown')
    expect(block!.text).not.toContain('>')
    const place = raisedAt(block!.text, block!.origin)
    expect(placeOf(source, place)).toEqual({ line: 6, column: 7 })
  })

  it('keeps macros for later blocks', () => {
    const source = '$$\\newcommand{\\v}[1]{\\mathbf{#1}}$$ text $\\v{x}$'
    const [first, second] = findMath(source, 'markdown')
    const { macros } = read(first!.text, 'latex', { origin: first!.origin })
    const { statements } = read(second!.text, 'latex', { origin: second!.origin, macros })
    expect(source.slice(statements[0]!.span.from, statements[0]!.span.to)).toBe('\\v{x}')
  })
})

describe('mathematics in TeX', () => {
  it('stands in the body, beside definitions of macros', () => {
    const source =
      '\\documentclass{article}\n\\newcommand{\\R}{\\mathbb{R}} % $no$\n\\begin{document}\nLet $x \\in \\R$.\n\\begin{align*}a &= b\\end{align*}\n\\begin{verbatim}$no$\\end{verbatim}\n\\[ c \\]\n\\end{document}\n'
    const found = findMath(source, 'tex')
    expect(found.map(block => [block.text.trim(), block.definitions])).toEqual([
      ['\\newcommand{\\R}{\\mathbb{R}}', true],
      ['x \\in \\R', false],
      ['\\begin{align*}a &= b\\end{align*}', false],
      ['c', false],
    ])
  })

  it('is the whole text when nothing delimits it', () => {
    expect(texts('z = W x \\\\\na = \\sigma(z) % backprose: derive da/dW\n', 'tex')).toHaveLength(1)
    expect(texts('y = a*b\n', 'plain')).toEqual(['y = a*b'])
    expect(texts('a = b \\\\\n\\begin{align} c &= d \\end{align}\n', 'tex')).toHaveLength(1)
    expect(texts('\\begin{align} c &= d \\end{align}\nand % =\n', 'tex')).toEqual([
      '\\begin{align} c &= d \\end{align}',
    ])
    expect(texts('  \n', 'latex')).toEqual([])
  })
})

describe('large documents', () => {
  const bombs = ['$', '\\[', '`a', '```\n', '<!--', '$a ', '\\newcommand{', '\\begin{align}', '> $a$\n']
  it.each(bombs)('full of %j are searched in linear time', bomb => {
    const start = performance.now()
    findMath(bomb.repeat(Math.floor(400_000 / bomb.length)), 'markdown')
    expect(performance.now() - start).toBeLessThan(5_000)
  })
})

function raisedAt(text: string, origin: (offset: number) => number): number {
  try {
    read(text, 'latex', { origin })
  } catch (error) {
    return (error as { span: { from: number } }).span.from
  }
  throw new Error('nothing was raised')
}
