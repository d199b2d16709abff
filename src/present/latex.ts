import { latexWords } from './escape.js'
import type { Report } from './report.js'
import { typeset } from './typeset.js'

/** A worked solution for a .tex file: paragraphs with `align*`, which need amsmath and amssymb and nothing else. */
export function toLatexDocument(report: Report): string {
  const sections = typeset(report, {
    words: latexWords,
    section: (title, display, sentences) => {
      const shown = display === '' ? [] : ['\\begin{align*}', display, '\\end{align*}']
      return `${[`\\paragraph{${title}.}`, ...shown, ...sentences].join('\n')}\n`
    },
  })
  return `% needs \\usepackage{amsmath,amssymb}\n${sections.join('\n')}`
}
