import type { Span } from '../base/span.js'
import { LineStarts, mathEnvironment, skipTo, Unclosed } from './document-parts.js'
import type { Dialect } from './lexer/vocabulary.js'

export type DocumentKind = 'markdown' | 'tex' | 'latex' | 'plain'

/** A piece of mathematics in a document, ready for `readBlock(block.text, { …, origin: block.origin })`. */
export interface MathBlock {
  /** The whole of it, delimiters included. */
  readonly span: Span
  readonly text: string
  /** Where an offset of `text` stands in the document. */
  readonly origin: (offset: number) => number
  /** Set apart from the sentence, or in it. */
  readonly display: boolean
  readonly dialect: Dialect
  /** Nothing but macro definitions between the paragraphs. */
  readonly definitions: boolean
}

interface Found {
  readonly span: Span
  readonly inner: Span
  readonly display: boolean
  readonly dialect?: Dialect
  readonly definitions?: boolean
}

/**
 * The mathematics of a document in order. In Markdown: `$$…$$`, `$…$`, `\[…\]`, `\(…\)`, both also with doubled
 * backslashes, bare environments, and fences marked `math` or `backprose`; code, HTML comments and front matter are
 * passed over. In TeX: the same delimiters and environments outside comments and verbatim text, and definitions of
 * macros. A TeX document without any delimiter is one block, and so is plain text.
 */
export function findMath(source: string, kind: DocumentKind): readonly MathBlock[] {
  const whole = { from: 0, to: source.length }
  if (kind === 'plain')
    return [block(source, { span: whole, inner: whole, display: true, dialect: 'plain' }, 0)]
  const found = scan(source, kind === 'markdown')
  const mathematics = found.filter(part => part.definitions !== true)
  const bare = mathematics.every(part => part.span.from === part.inner.from) && isOutside(source, mathematics)
  const prose = /\\documentclass|\\begin\s*\{document\}|\\section/.test(source)
  if (kind !== 'markdown' && bare && !prose) {
    return source.trim() === '' ? [] : [block(source, { span: whole, inner: whole, display: true }, 0)]
  }
  const lines = new LineStarts(source)
  return found.map(part => block(source, part, lines.before(part.span.from)))
}

/** Whether equations stand outside all environments, or there are no environments at all. */
function isOutside(source: string, environments: readonly Found[]): boolean {
  let at = 0
  for (const { span } of environments) {
    if (source.slice(at, span.from).replace(/%.*/g, '').includes('=')) return true
    at = span.to
  }
  return at === 0 || source.slice(at).replace(/%.*/g, '').includes('=')
}

/** The delimiters that begin mathematics or something to be passed over, longest first. */
const OPENER =
  /\\\\\[|\\\\\(|\\\[|\\\(|\\\$|\\begin\s*\{([a-zA-Z]+\*?)\}|\\(?:re|provide)?newcommand\b\*?|\\def\\|\\DeclareMathOperator\b\*?|\$\$|\$|<!--|(?:^|(?<=\n))[ \t>]*(?:[-*+][ \t]+|[0-9]+[.)][ \t]+)?(`{3,}|~{3,})([^\n`]*)|`+|%|\\\\|\\./g

const CLOSERS: ReadonlyMap<string, string> = new Map([
  ['\\\\[', '\\\\]'],
  ['\\\\(', '\\\\)'],
  ['\\[', '\\]'],
  ['\\(', '\\)'],
  ['$$', '$$'],
])

function scan(source: string, markdown: boolean): readonly Found[] {
  const found: Found[] = []
  const unclosed = new Unclosed(source)
  const opener = new RegExp(OPENER)
  opener.lastIndex = markdown ? frontMatter(source) : 0
  for (;;) {
    const match = opener.exec(source)
    if (match === null) return found
    const from = match.index
    const after = opener.lastIndex
    const [text, environment, fence, info] = match
    const closer = CLOSERS.get(text)
    if (closer !== undefined) {
      const end = unclosed.find(closer, after)
      if (end < 0) continue
      found.push(delimited(from, after, end, closer.length, text.endsWith('[') || text === '$$'))
      opener.lastIndex = end + closer.length
    } else if (text === '$') {
      const end = inlineEnd(source, after)
      if (end < 0) continue
      found.push(delimited(from, after, end, 1, false))
      opener.lastIndex = end + 1
    } else if (environment !== undefined) {
      const end = mathEnvironment(environment) ? unclosed.environment(environment, after) : -1
      if (end >= 0) found.push({ span: { from, to: end }, inner: { from, to: end }, display: true })
      if (end >= 0) opener.lastIndex = end
      else if (/^(verbatim|lstlisting|minted|comment)/.test(environment))
        opener.lastIndex = skipTo(source, `\\end{${environment}}`, after)
    } else if (fence !== undefined && markdown) {
      const closing = new RegExp(`^[ \\t>]*${fence[0]}{${fence.length},}[ \\t]*$`, 'gm')
      closing.lastIndex = after
      const end = closing.exec(source)
      const stop = end === null ? source.length : end.index
      const word = /^\s*\{?(math|backprose)\b/.exec(info ?? '')?.[1]
      if (word !== undefined) {
        const inner = { from: Math.min(after + 1, stop), to: stop }
        const plain = word === 'backprose' && !source.slice(inner.from, inner.to).includes('\\')
        found.push({
          span: { from, to: end === null ? stop : closing.lastIndex },
          inner,
          display: true,
          dialect: plain ? 'plain' : 'latex',
        })
      }
      opener.lastIndex = end === null ? source.length : closing.lastIndex
    } else if (text === '<!--') {
      if (markdown) opener.lastIndex = skipTo(source, '-->', after)
    } else if (text.startsWith('`')) {
      if (markdown) opener.lastIndex = codeEnd(source, text.trim(), after, unclosed.paragraphEnd(after))
    } else if (text === '%') {
      if (!markdown) opener.lastIndex = skipTo(source, '\n', after)
    } else if (/^\\(re|provide)?newcommand|^\\def|^\\Declare/.test(text)) {
      const end = definitionEnd(source, text === '\\def\\' ? after - 1 : after)
      found.push({ span: { from, to: end }, inner: { from, to: end }, display: false, definitions: true })
      opener.lastIndex = end
    }
  }
}

function delimited(from: number, after: number, end: number, width: number, display: boolean): Found {
  return { span: { from, to: end + width }, inner: { from: after, to: end }, display }
}

/** Dollar signs are mathematics when no space stands inside them and no digit behind: "$5 or $6" is money. */
function inlineEnd(source: string, from: number): number {
  if (/[\s$]/.test(source[from] ?? ' ')) return -1
  for (let i = from; i < Math.min(source.length, from + 2000); i++) {
    const c = source[i]
    if (c === '\\') i++
    else if (c === '\n' && /^\n[ \t>]*\n/.test(source.slice(i, i + 40))) return -1
    else if (c === '$') return /\s/.test(source[i - 1]!) || /[0-9]/.test(source[i + 1] ?? '') ? -1 : i
  }
  return -1
}

/** Behind the same number of backticks in the paragraph; a run that is never closed is ordinary text. */
function codeEnd(source: string, ticks: string, from: number, limit: number): number {
  let at = from
  for (;;) {
    at = source.indexOf('`', at)
    if (at < 0 || at >= limit) return from
    let end = at + 1
    while (source[end] === '`') end++
    if (end - at === ticks.length) return end
    at = end
  }
}

/** Where the front matter of a page ends. */
export function frontMatter(source: string): number {
  const match = /^\ufeff?(---|\+\+\+)[ \t]*\r?\n/.exec(source)
  if (match === null) return 0
  const closing = new RegExp(`^${match[1] === '---' ? '---|^\\.\\.\\.' : '\\+\\+\\+'}[ \\t]*$`, 'gm')
  closing.lastIndex = match[0].length
  return closing.exec(source) === null ? 0 : closing.lastIndex
}

/** Behind the last argument of a definition: name, brackets and one braced body. */
function definitionEnd(source: string, from: number): number {
  let at = from
  let bodies = /^\s*\\/.test(source.slice(from, from + 20)) ? 1 : 2
  while (at < source.length && bodies > 0) {
    const c = source[at]!
    if (c === '\n' && source[at + 1] === '\n') return at
    if (c !== '{') {
      at += c === '\\' ? 2 : 1
      continue
    }
    let depth = 0
    do {
      const inner = source[at]
      if (inner === '\\') at++
      else if (inner === '{') depth++
      else if (inner === '}') depth--
      at++
    } while (depth > 0 && at < source.length)
    bodies--
  }
  return at
}

/** A block whose text is the source, or the source without the marks of a quotation at the start of lines. */
function block(source: string, found: Found, line: number): MathBlock {
  const { span, inner, display } = found
  const quoted =
    /^[ \t]*>/.test(source.slice(line, span.from)) ||
    /^[ \t]*>/.test(source.slice(inner.from, inner.from + 4))
  const raw = source.slice(inner.from, inner.to)
  const dialect = found.dialect ?? 'latex'
  const definitions = found.definitions === true
  const rest = { span, display, dialect, definitions }
  if (!quoted) return Object.freeze({ ...rest, text: raw, origin: (offset: number) => inner.from + offset })
  const starts: number[] = []
  const offsets: number[] = []
  let text = ''
  let at = 0
  for (const piece of raw.split(/(?<=\n)/)) {
    const mark =
      at === 0 && inner.from !== line && source[inner.from - 1] !== '\n'
        ? ''
        : (/^[ \t]*(?:>[ \t]?)+/.exec(piece)?.[0] ?? '')
    starts.push(text.length)
    offsets.push(inner.from + at + mark.length)
    text += piece.slice(mark.length)
    at += piece.length
  }
  return Object.freeze({ ...rest, text, origin: (offset: number) => originIn(starts, offsets, offset) })
}

function originIn(starts: readonly number[], offsets: readonly number[], offset: number): number {
  let low = 0
  let high = starts.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (starts[middle]! <= offset) low = middle
    else high = middle - 1
  }
  return offsets[low]! + offset - starts[low]!
}
