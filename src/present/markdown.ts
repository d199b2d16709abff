import { markdownWords } from './escape.js'
import type { Report } from './report.js'
import { typeset } from './typeset.js'

/** A worked solution for Markdown with `$` and `$$`; what stands between them is within what KaTeX accepts. */
export function toMarkdown(report: Report): string {
  const sections = typeset(report, {
    words: markdownWords,
    section: (title, display, sentences) => {
      const shown = display === '' ? [] : [`$$\n\\begin{aligned}\n${display}\n\\end{aligned}\n$$`]
      return [`**${title}**`, ...shown, ...sentences].join('\n\n')
    },
  })
  return `${sections.join('\n\n')}\n`
}
