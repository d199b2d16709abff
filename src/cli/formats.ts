import type { Part, Report } from '../present/report.js'
import type { Terminal } from './io.js'
import { styled } from './style.js'

export const FORMATS = ['latex', 'markdown', 'text', 'json'] as const
type Format = (typeof FORMATS)[number]

const ENDINGS: ReadonlyMap<string, Format> = new Map([
  ['tex', 'latex'],
  ['md', 'markdown'],
  ['markdown', 'markdown'],
  ['qmd', 'markdown'],
  ['txt', 'text'],
  ['json', 'json'],
])

/** The format that was asked for, else that of the file written to, else text for people and LaTeX for files. */
export function formatOf(asked: Format | undefined, file: string | undefined, output: Terminal): Format {
  if (asked !== undefined) return asked
  const ending = /\.([A-Za-z]+)$/.exec(file ?? '')?.[1]?.toLowerCase() ?? ''
  return ENDINGS.get(ending) ?? (file === undefined && output.interactive ? 'text' : 'latex')
}

/** Writes a report in a format; only what that format needs is loaded. */
export async function written(report: Report, format: Format, output: Terminal): Promise<string> {
  if (format === 'latex') return (await import('../present/latex.js')).toLatexDocument(report)
  return await writtenPart(report, format, output)
}

async function writtenPart(report: Report, format: Format, output: Terminal): Promise<string> {
  switch (format) {
    case 'latex':
      return (await import('../present/latex.js')).latexSections(report)
    case 'markdown':
      return (await import('../present/markdown.js')).toMarkdown(report)
    case 'json':
      return (await import('../present/json.js')).toJson(report)
    case 'text':
      return (await import('../present/text.js')).toTerminal(report, {
        width: output.columns,
        title: titles(output),
      })
  }
}

/** Writes the solutions of a document: one as it is, several under the headings of their passages. */
export async function writtenParts(
  parts: readonly Part[],
  format: Format,
  output: Terminal,
): Promise<string> {
  const [only] = parts
  if (parts.length === 1) return await written(only!.report, format, output)
  if (format === 'json') return (await import('../present/json.js')).toJsonPassages(parts)
  const { headed } = await import('../present/headings.js')
  // What LaTeX needs is said once.
  const texts = format === 'latex' ? [(await import('../present/latex.js')).NEEDED] : []
  for (const { title, report } of parts) {
    texts.push(`${headed(title, format, titles(output))}${await writtenPart(report, format, output)}`)
  }
  return texts.join('\n')
}

function titles({ colored }: Terminal): ((words: string) => string) | undefined {
  if (!colored) return undefined
  return words => styled('bold', words)
}
