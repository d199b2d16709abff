import type { Found } from './block.js'

const LINE = /[^\n]*(?:\n|$)/g
const DIRECTIVE = /^([ \t]*)\.\.[ \t]+([A-Za-z][\w:-]*)::[ \t]*(.*?)\r?\n?$/
const COMMENT = /^([ \t]*)\.\.(?:[ \t]|\r?\n|$)/
const ROLE = /:math:`([^`]+)`|``.+?``(?!`)/g

/** Directives whose content is text of the document. */
const PROSE: ReadonlySet<string> = new Set(
  'note warning tip important hint attention caution danger admonition topic sidebar proof theorem lemma math'.split(
    ' ',
  ),
)

/**
 * The mathematics of reStructuredText: `.. math::` with its argument and its block (an empty line divides two
 * equations), and the role `:math:`. Literal blocks, code and comments are passed over.
 */
export function scanRst(source: string): readonly Found[] {
  const found: Found[] = []
  const lines: { readonly from: number; readonly text: string }[] = []
  for (const { index, 0: text } of source.matchAll(LINE)) if (text !== '') lines.push({ from: index, text })
  for (let i = 0; i < lines.length; i++) {
    const { from, text } = lines[i]!
    const directive = DIRECTIVE.exec(text)
    const end = directive !== null || COMMENT.test(text) ? blockEnd(lines, i) : i + 1
    if (directive?.[2] === 'math') {
      addMath(found, lines, i, end, directive[3]!)
      i = end - 1
    } else if (directive !== null && !PROSE.has(directive[2]!)) i = end - 1
    else if (directive === null && COMMENT.test(text)) i = end - 1
    else {
      addRoles(found, text, from)
      if (/::[ \t]*\r?\n?$/.test(text)) i = blockEnd(lines, i) - 1
    }
  }
  return found
}

type Lines = readonly { readonly from: number; readonly text: string }[]

function indentOf(text: string): number {
  return /^[ \t]*/.exec(text)![0].length
}

function isBlank(text: string): boolean {
  return text.trim() === ''
}

/** Behind the lines that belong to line `at`: blank ones, and those that are indented more. */
function blockEnd(lines: Lines, at: number): number {
  const indent = indentOf(lines[at]!.text)
  let end = at + 1
  for (let i = at + 1; i < lines.length; i++) {
    if (isBlank(lines[i]!.text)) continue
    if (indentOf(lines[i]!.text) <= indent) break
    end = i + 1
  }
  return end
}

function addMath(found: Found[], lines: Lines, at: number, end: number, argument: string): void {
  const first = lines[at]!
  const last = lines[end - 1]!
  const span = { from: first.from + indentOf(first.text), to: last.from + last.text.trimEnd().length }
  const add = (from: number, to: number) => {
    if (from < to) found.push({ span, inner: { from, to }, display: true })
  }
  let start =
    argument.trim() === ''
      ? -1
      : first.from + first.text.indexOf(argument.trim(), first.text.indexOf('::') + 2)
  let stop = start < 0 ? -1 : start + argument.trim().length
  let options = true
  for (const { from, text } of lines.slice(at + 1, end)) {
    const blank = isBlank(text)
    if (options && /^[ \t]*:[a-z-]+:/.test(text)) continue
    if (!blank) options = false
    if (blank) {
      add(start, stop)
      start = -1
    } else {
      if (start < 0) start = from + indentOf(text)
      stop = from + text.trimEnd().length
    }
  }
  if (start >= 0) add(start, stop)
}

function addRoles(found: Found[], text: string, from: number): void {
  for (const { index, 0: whole, 1: inner } of text.matchAll(ROLE)) {
    if (inner === undefined) continue
    const start = from + index + whole.indexOf('`') + 1
    found.push({
      span: { from: from + index, to: from + index + whole.length },
      inner: { from: start, to: start + inner.length },
      display: false,
    })
  }
}
