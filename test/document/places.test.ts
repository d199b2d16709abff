import { describe, expect, it } from 'vitest'
import { LineIndex, placeOf } from '../../src/base/span.js'
import type { DocumentKind, MathBlock } from '../../src/document/block.js'
import { findMath, kindOfFile } from '../../src/document/find.js'

/** Every equation with the line and column at which its text begins. */
function placed(source: string, kind: DocumentKind): readonly string[] {
  return findMath(source, kind).map(block => {
    const from = block.text.length - block.text.trimStart().length
    const { line, column } = placeOf(source, block.origin(from))
    return `${line}:${column} ${block.text.trim()}`
  })
}

/** The characters of a block as they stand in the file, one by one. */
function written(source: string, { text, origin }: MathBlock): string {
  return Array.from({ length: text.length }, (_, i) => source[origin(i)]).join('')
}

const NOTES = '# Heading 𝔸 $a_1$\n\n* item: $b$ and \\(c\\)\n\n> $$\n> d = e\n> $$\n\n```math\nf\n```\n'

describe('an equation in Markdown', () => {
  it('has its place behind characters of two units', () => {
    expect(placed(NOTES, 'markdown')).toEqual(['1:15 a_1', '3:10 b', '3:19 c', '6:3 d = e', '10:1 f'])
  })

  it('has the same line and column when lines end with two characters', () => {
    expect(placed(NOTES.replaceAll('\n', '\r\n'), 'markdown')).toEqual(placed(NOTES, 'markdown'))
  })

  it('is not in front matter, and front matter may have Windows lines', () => {
    const source = '---\r\ntitle: $no$\r\n---\r\n$yes$\r\n'
    expect(placed(source, 'markdown')).toEqual(['4:2 yes'])
  })

  it('stands in the dollars and backticks of GitHub', () => {
    expect(placed('so $`a + b`$ holds', 'markdown')).toEqual(['1:6 a + b'])
  })

  it('is read without the backslashes that protect it, and keeps its places', () => {
    const source = '\\\\[ u\\_1 = \\\\{ v \\\\} \\\\\\\\ w \\\\]'
    const [block] = findMath(source, 'markdown')
    expect(block!.text).toBe(' u\\_1 = \\{ v \\} \\\\ w ')
    expect(source.slice(block!.origin(block!.text.indexOf('w')))).toBe('w \\\\]')
    expect(source.slice(block!.origin(block!.text.indexOf('v')), source.indexOf('v') + 1)).toBe('v')
  })

  it('does not stand in attributes, scripts and listings', () => {
    const source = '<a title="$no$">x</a> <pre>$no$</pre> <script>let a = "$no$"</script> $yes$'
    expect(placed(source, 'markdown').map(text => text.split(' ')[1])).toEqual(['yes'])
  })

  it('ends with its paragraph when Windows lines are blank', () => {
    expect(placed('costs $x and\r\n\r\nthen $y$', 'markdown')).toEqual(['3:7 y'])
  })
})

describe('an equation in MDX', () => {
  it('does not stand in imports, exports and comments', () => {
    const source =
      "import x from 'x$1$'\nexport const y = '$no$'\n\n# T\n\n{/* $no$ */}\n\n<Box name=\"$no$\">\n$a$\n</Box>\n"
    expect(placed(source, 'mdx')).toEqual(['9:2 a'])
  })
})

describe('an equation in TeX', () => {
  it('may begin with a space and hold dollars in its words', () => {
    const source = 'Let $ x = 1 $ and $a \\text{ if $b$} c$.\n\\begin{align} d &= e \\end{align}\n'
    expect(placed(source, 'tex')).toEqual([
      '1:7 x = 1',
      '1:20 a \\text{ if $b$} c',
      '2:1 \\begin{align} d &= e \\end{align}',
    ])
  })

  it('does not stand in comments, verbatim text and listings', () => {
    const source =
      '\\verb|$no$| $a$ % $no$\n\\begin{lstlisting}\n$no$\n\\end{lstlisting}\n\\begin{comment}$no$\\end{comment} \\(b\\)\n'
    expect(placed(source, 'tex')).toEqual(['1:14 a', '5:36 b'])
  })

  it('is steered by comments outside of it', () => {
    const [first] = findMath('% backprose: let W: m x n\n\\section{A} $W$\n', 'tex')
    expect(first).toMatchObject({ definitions: true, text: '% backprose: let W: m x n\n' })
  })
})

describe('an equation in a notebook', () => {
  const cells = [
    {
      cell_type: 'markdown',
      metadata: {},
      source: ['# A\n', 'é𝔸 $u_1 = \\frac{a}{b}$\n', '$$\\begin{align}\n'],
    },
    { cell_type: 'code', source: 'print("$no$")', outputs: [{ data: { 'text/plain': ['$no$'] } }] },
    { cell_type: 'markdown', source: 'so "$v$" \\\\[ w \\\\] 𝔹' },
  ]
  cells[0]!.source = [...(cells[0]!.source as string[]), 'c &= d\\end{align}$$']
  const source = JSON.stringify({ metadata: { source: '$no$' }, cells, nbformat: 4 }, null, 1)

  it('has its cell, its place in the cell and its place in the file', () => {
    const found = findMath(source, 'notebook')
    expect(found.map(({ text }) => text.trim())).toEqual([
      'u_1 = \\frac{a}{b}',
      '\\begin{align}\nc &= d\\end{align}',
      'v',
      'w',
    ])
    expect(found.map(({ cell }) => cell!.index)).toEqual([0, 0, 2, 2])
    expect(found.map(({ cell }) => placeOf(cell!.text, cell!.origin(0)))).toEqual([
      { line: 2, column: 6 },
      { line: 3, column: 3 },
      { line: 1, column: 6 },
      { line: 1, column: 13 },
    ])
    expect(source.slice(found[0]!.span.from, found[0]!.span.to)).toBe('$u_1 = \\\\frac{a}{b}$')
    expect(written(source, found[2]!)).toBe('v')
  })

  it('is found where characters are written as numbers', () => {
    const escaped = source.replace('é', '\\u00e9').replace('𝔸', '\\ud835\\udd38')
    const [block] = findMath(escaped, 'notebook')
    expect(block!.text).toBe('u_1 = \\frac{a}{b}')
    expect(escaped.slice(block!.span.from, block!.span.from + 4)).toBe('$u_1')
  })

  it('is not found in what is no notebook', () => {
    expect(findMath('{"cells": [{"cell_type": "markdown", "source": "$a', 'notebook')).toEqual([])
    expect(findMath('no JSON at all $a$', 'notebook')).toEqual([])
  })
})

describe('an equation in reStructuredText', () => {
  it('stands in the directive, in its block and in the role', () => {
    const source =
      'Text :math:`a_1` and ``:math:`no```.\n\n.. math:: b = c\n\n.. math::\n   :label: x\n\n   d = e \\\\\n   f = g\n\n   h = i\n\nCode::\n\n  :math:`no`\n\n.. code-block:: python\n\n   :math:`no`\n\n.. note:: see :math:`k`\n   :math:`j`\n'
    expect(placed(source, 'rst')).toEqual([
      '1:13 a_1',
      '3:11 b = c',
      '8:4 d = e \\\\\n   f = g',
      '11:4 h = i',
      '21:22 k',
      '22:11 j',
    ])
    expect(findMath(source, 'rst').map(({ display }) => display)).toEqual([
      false,
      true,
      true,
      true,
      false,
      false,
    ])
  })

  it('has the same line and column when lines end with two characters', () => {
    const source = '.. math::\n\n   a = b\n\n   c = d\n\nend :math:`e`\n'
    expect(placed(source.replaceAll('\n', '\r\n'), 'rst')).toEqual(placed(source, 'rst'))
  })
})

it('files have their kind by their ending', () => {
  const kinds = ['a.md', 'b.QMD', 'c.mdx', 'd.tex', 'e.ipynb', 'f.rst', 'g.txt', 'h'].map(kindOfFile)
  expect(kinds).toEqual(['markdown', 'markdown', 'mdx', 'tex', 'notebook', 'rst', undefined, undefined])
})

it('lines counted once are the lines counted each time', () => {
  const source = 'a\r\nb\rc\n\n𝔸d\r\n'
  const lines = new LineIndex(source)
  for (let i = 0; i <= source.length; i++) expect(lines.placeOf(i)).toEqual(placeOf(source, i))
})
