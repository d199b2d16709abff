import { alignedLines } from './display.js'
import { latexWords } from './escape.js'
import { latexPen, withChange } from './latex-pen.js'
import type { Prose, Section } from './maths.js'
import type { Pen } from './pen.js'
import type { Report } from './report.js'

/** A worked solution for a .tex file: paragraphs with `align*`, which need amsmath and amssymb and nothing else. */
export function toLatexDocument(report: Report): string {
  const pen = latexPen(notationOf(report))
  const parts = report.sections.map(section => sectionText(section, pen))
  return `% needs \\usepackage{amsmath,amssymb}\n${parts.join('\n')}`
}

/** The author's notation, in which the changes of a differential are written as such. */
export function notationOf({ solution }: Report) {
  return solution.answers.reduce(
    (notation, { change, question }) => withChange(notation, change, question.wrt),
    solution.problem.notation,
  )
}

function sectionText(section: Section, pen: Pen): string {
  const lines = alignedLines(section, pen)
  const display =
    lines.length === 0
      ? []
      : ['\\begin{align*}', lines.map(line => `  ${line}`).join(' \\\\\n'), '\\end{align*}']
  const sentences = section.sentences.map(sentence => proseText(sentence, pen))
  return `${[`\\paragraph{${section.title}.}`, ...display, ...sentences].join('\n')}\n`
}

function proseText(prose: Prose, pen: Pen): string {
  return prose.map(part => (typeof part === 'string' ? latexWords(part) : `$${pen.maths(part)}$`)).join('')
}
