import { latexWords } from './escape.js'
import type { Report } from './report.js'
import { typeset } from './typeset.js'

/** What a document must load to hold a worked solution. */
export const NEEDED = '% needs \\usepackage{amsmath,amssymb}\n'

/**
 * A worked solution for a .tex file: paragraphs with `align*`, which need amsmath and amssymb and nothing else. As the
 * blackboard letters of amssymb have no 1, the one of an indicator is bold.
 */
export function toLatexDocument(report: Report): string {
  return `${NEEDED}${latexSections(report)}`
}

/** The same without the line that says what is needed: a part of a document. */
export function latexSections(report: Report): string {
  return typeset(report, {
    words: latexWords,
    notation: { indicator: '\\mathbf{1}' },
    section: (title, display, sentences) => {
      const shown = display === '' ? [] : ['\\begin{align*}', display, '\\end{align*}']
      return `${[`\\paragraph{${title}.}`, ...shown, ...sentences].join('\n')}\n`
    },
  }).join('\n')
}
