import type { Span } from '../base/span.js'
import type { DocumentKind } from '../document/block.js'
import { frontMatterEnd } from '../document/searches.js'

export interface Section {
  readonly from: number
  readonly title: string
}

/**
 * The headings of a document, in order: of Markdown by number signs or an underline, of TeX by command, of
 * reStructuredText by an underline. What stands
 * in mathematics is none.
 */
export function sectionsOf(
  source: string,
  kind: DocumentKind,
  mathematics: readonly Span[],
): readonly Section[] {
  const displayed = (at: number) => mathematics.some(({ from, to }) => at >= from && at < to)
  if (kind === 'markdown' || kind === 'mdx') {
    const start = frontMatterEnd(source)
    const fences = [
      ...source.matchAll(/^[ \t]*(`{3,}|~{3,})[^\n]*\n[\s\S]*?(?:^[ \t]*\1[`~]*[ \t]*$|$(?![\s\S]))/gm),
    ]
    const fenced = (at: number) =>
      fences.some(found => at > found.index && at < found.index + found[0].length)
    return [...source.matchAll(MARKDOWN)]
      .filter(found => found.index >= start && !fenced(found.index) && !displayed(found.index))
      .map(found => ({ from: found.index, title: plainTitle(found[1] ?? found[2]!) }))
  }
  if (kind === 'notebook') return []
  return [...source.matchAll(kind === 'rst' ? UNDERLINED : TEX)].map(found => ({
    from: found.index,
    title: plainTitle(found[1]!),
  }))
}

const MARKDOWN = /^ {0,3}#{1,6}[ \t]+([^\n]*?)[ \t]*#*[ \t]*\r?$|^(?=\S)([^\n]+)\r?\n(?:=+|-{2,})[ \t]*\r?$/gm
const UNDERLINED = /^(?=\S)([^\n]+?)\r?\n[=\-~^"'#*+]{3,}[ \t]*\r?$/gm
const TEX = /^[ \t]*\\(?:part|chapter|(?:sub){0,2}section|paragraph)\*?\s*\{([^{}]*)\}/gm

/** Without links, emphasis and the colon at the end. */
function plainTitle(text: string): string {
  return text
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/\*\*|__|`/g, '')
    .replace(/[\s:]+$/, '')
    .trim()
}
