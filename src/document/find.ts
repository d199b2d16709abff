import type { DocumentKind, Found, MathBlock } from './block.js'
import { through } from './mapped.js'
import { markdownCells } from './notebook.js'
import { scanRst } from './rst.js'
import { scan } from './scan.js'
import { LineStarts } from './searches.js'
import { undone } from './undo.js'

/**
 * The mathematics of a document in order. Markdown and MDX: `$$…$$`, `$…$`, `\[…\]`, `\(…\)`, both also with doubled
 * backslashes, bare environments, and fences marked `math` or `backprose`; code, comments, tags, front matter and
 * imports are passed over. TeX: the same delimiters and environments outside comments and verbatim text, definitions
 * of macros, and comments that steer the reading. Notebooks: the Markdown of their cells. reStructuredText: the
 * directive and the role. A TeX document without any delimiter is one block, and so is plain text.
 */
export function findMath(source: string, kind: DocumentKind): readonly MathBlock[] {
  const whole = { from: 0, to: source.length }
  switch (kind) {
    case 'plain':
      return blocks(source, [{ span: whole, inner: whole, display: true, dialect: 'plain' }])
    case 'markdown':
    case 'mdx':
      return blocks(source, scan(source, kind))
    case 'rst':
      return blocks(source, scanRst(source))
    case 'notebook':
      return markdownCells(source).flatMap(({ index, content }) =>
        blocks(content.text, scan(content.text, 'markdown')).map((block): MathBlock => {
          const outer = through(block, content.origin)
          const span = { from: content.origin(block.span.from), to: content.origin(block.span.to) }
          return Object.freeze({
            ...block,
            ...outer,
            span,
            cell: { index, text: content.text, origin: block.origin },
          })
        }),
      )
    case 'tex':
    case 'latex': {
      const found = scan(source, 'tex')
      const mathematics = found.filter(part => part.definitions !== true)
      const bare =
        mathematics.every(part => part.span.from === part.inner.from) && isOutside(source, mathematics)
      const prose = /\\documentclass|\\begin\s*\{document\}|\\section/.test(source)
      if (!bare || prose) return blocks(source, found)
      return source.trim() === '' ? [] : blocks(source, [{ span: whole, inner: whole, display: true }])
    }
  }
}

/** What kind of file a name belongs to; undefined where it is nothing but equations. */
export function kindOfFile(name: string): DocumentKind | undefined {
  const ending = /\.([A-Za-z]+)$/.exec(name)?.[1]?.toLowerCase() ?? ''
  return ENDINGS.get(ending)
}

const ENDINGS: ReadonlyMap<string, DocumentKind> = new Map([
  ['md', 'markdown'],
  ['markdown', 'markdown'],
  ['qmd', 'markdown'],
  ['rmd', 'markdown'],
  ['mdx', 'mdx'],
  ['tex', 'tex'],
  ['ltx', 'tex'],
  ['ipynb', 'notebook'],
  ['rst', 'rst'],
] as const)

/** Whether equations stand outside all environments, or there are no environments at all. */
function isOutside(source: string, environments: readonly Found[]): boolean {
  let at = 0
  for (const { span } of environments) {
    if (source.slice(at, span.from).replace(/%.*/g, '').includes('=')) return true
    at = span.to
  }
  return at === 0 || source.slice(at).replace(/%.*/g, '').includes('=')
}

function blocks(source: string, found: readonly Found[]): readonly MathBlock[] {
  const lines = new LineStarts(source)
  return found.map(part => {
    const { span, display, dialect = 'latex', definitions = false } = part
    const { text, origin } = undone(source, part, lines.before(span.from))
    return Object.freeze({ span, text, origin, display, dialect, definitions })
  })
}
