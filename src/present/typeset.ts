import type { Notation } from '../expr/notation.js'
import { alignedLines } from './display.js'
import { changedIn, latexPen, withChange } from './latex-pen.js'
import type { Prose } from './maths.js'
import type { Pen } from './pen.js'
import type { Report } from './report.js'

/** What surrounds the mathematics of a typeset report. */
interface Markup {
  /** Words as they stand outside mathematics. */
  words(text: string): string
  /** Spellings that the format needs whatever the author wrote. */
  readonly notation?: Partial<Notation>
  /** One section: the inside of an aligned display, empty where there is none, and its sentences. */
  section(title: string, display: string, sentences: readonly string[]): string
}

/** The sections of a report with its mathematics in LaTeX, in the author's notation. */
export function typeset(report: Report, markup: Markup): readonly string[] {
  const pen = latexPen({ ...notationOf(report), ...markup.notation })
  return report.sections.map(section => {
    const display = alignedLines(section, pen).map(line => `  ${line}`)
    const sentences = section.sentences.map(sentence => proseText(sentence, pen, markup))
    return markup.section(section.title, display.join(' \\\\\n'), sentences)
  })
}

/** The author's notation, in which the changes of a differential are written as such. */
export function notationOf({ solution }: Report) {
  return solution.answers.reduce(
    (notation, answer) => withChange(notation, answer.change, changedIn(answer)),
    solution.problem.notation,
  )
}

function proseText(prose: Prose, pen: Pen, { words }: Markup): string {
  return prose.map(part => (typeof part === 'string' ? words(part) : `$${pen.maths(part)}$`)).join('')
}
