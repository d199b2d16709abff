import { alignedLines } from './display.js'
import { markdownWords } from './escape.js'
import { notationOf } from './latex.js'
import { latexPen } from './latex-pen.js'
import type { Prose, Section } from './maths.js'
import type { Pen } from './pen.js'
import type { Report } from './report.js'

/** A worked solution for Markdown with `$` and `$$`; what stands between them is within what KaTeX accepts. */
export function toMarkdown(report: Report): string {
  const pen = latexPen(notationOf(report))
  return `${report.sections.map(section => sectionText(section, pen)).join('\n\n')}\n`
}

function sectionText(section: Section, pen: Pen): string {
  const lines = alignedLines(section, pen)
  const display = [
    '$$',
    '\\begin{aligned}',
    lines.map(line => `  ${line}`).join(' \\\\\n'),
    '\\end{aligned}',
    '$$',
  ]
  const blocks = [
    `**${section.title}**`,
    ...(lines.length === 0 ? [] : [display.join('\n')]),
    ...section.sentences.map(sentence => proseText(sentence, pen)),
  ]
  return blocks.join('\n\n')
}

function proseText(prose: Prose, pen: Pen): string {
  return prose.map(part => (typeof part === 'string' ? markdownWords(part) : `$${pen.maths(part)}$`)).join('')
}
