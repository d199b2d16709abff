import katex from 'katex'
import { expect, test } from 'vitest'
import { latexWords, markdownWords, mathWords, printable } from '../../src/present/escape.js'

const EVIL = 'a_b^c & 50% of {x} \\input{y} $z$ #1 ~ <b> `k` |w| [l](m) *n* 3×4'

test('words in a formula are accepted by KaTeX whatever they contain', () => {
  for (const words of [EVIL, '\\', '{', '}', '$', '%', '^', '~', '\u0000\u0007', 'é – ∂']) {
    const text = `\\text{${mathWords(words)}}`
    expect(() => katex.renderToString(text, { strict: 'error', throwOnError: true })).not.toThrow()
  }
})

test('words in a paragraph keep no character that LaTeX would act on', () => {
  const rest = latexWords(EVIL)
    .replaceAll('$\\times$', '')
    .replace(/\\(?:textbackslash|textasciicircum|textasciitilde)\{\}/g, '')
    .replace(/\\[{}$%#&_]/g, '')
  expect(rest).not.toMatch(/[\\{}$%#&_^~]/)
})

test('words in Markdown start no mathematics, emphasis, link, table or HTML', () => {
  expect(markdownWords('$x$ *a* _b_ <i> [c](d) `e` | f & g')).toBe(
    '\\$x\\$ \\*a\\* \\_b\\_ &lt;i\\> \\[c\\](d) \\`e\\` \\| f &amp; g',
  )
})

test('control and direction characters never reach a terminal', () => {
  expect(printable('a\u001b[31mb\u202ec\u0000d')).toBe('a [31mb c d')
})
