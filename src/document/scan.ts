import type { Found } from './block.js'
import { MATH_ENVIRONMENTS, VERBATIM_ENVIRONMENTS } from './environments.js'
import { codeEnd, definitionEnd, frontMatterEnd, inlineEnd, moduleEnd, skipTo, Unclosed } from './searches.js'

/** Which language the text around the mathematics is in. */
export type Surroundings = 'markdown' | 'mdx' | 'tex'

/** The delimiters that begin mathematics or something to be passed over, longest first. */
const OPENER =
  /\\\\\[|\\\\\(|\\\[|\\\(|\\\$|\\begin\s*\{([a-zA-Z]+\*?)\}|\\verb\*?(?![a-zA-Z])|\\(?:re|provide)?newcommand\b\*?|\\def\\|\\DeclareMathOperator\b\*?|\$`|\$\$|\$|<!--|\{\/\*|<\/?[A-Za-z][A-Za-z0-9.-]*(?:\s+[A-Za-z_:@][\w:.-]*(?:\s*=\s*(?:"[^"]*"|'[^']*'))?)*\s*\/?>|(?:^|(?<=\n))[ \t>]*(?:[-*+][ \t]+|[0-9]+[.)][ \t]+)?(`{3,}|~{3,})([^\n`]*)|`+|%|\\\\|\\./g

const CLOSERS: ReadonlyMap<string, string> = new Map([
  ['\\\\[', '\\\\]'],
  ['\\\\(', '\\\\)'],
  ['\\[', '\\]'],
  ['\\(', '\\)'],
  ['$$', '$$'],
  ['$`', '`$'],
])

/** Tags whose content is no text of the document. */
const RAW_TAG = /^<(script|style|pre|code)\b/i

/**
 * The mathematics of Markdown, MDX or TeX in order. Code, comments, front matter, imports and exports, verbatim text and
 * tags are passed over; every character is looked at a bounded number of times.
 */
export function scan(source: string, surroundings: Surroundings): readonly Found[] {
  const tex = surroundings === 'tex'
  const found: Found[] = []
  const unclosed = new Unclosed(source)
  const opener = new RegExp(OPENER)
  opener.lastIndex = tex ? 0 : frontMatterEnd(source)
  if (surroundings === 'mdx') opener.lastIndex = moduleEnd(source, opener.lastIndex)
  for (;;) {
    const match = opener.exec(source)
    if (match === null) return found
    const from = match.index
    const after = opener.lastIndex
    const [text, environment, fence, info] = match
    const closer = text === '$`' && tex ? undefined : CLOSERS.get(text)
    if (closer !== undefined) {
      const end = unclosed.find(closer, after)
      if (end < 0) continue
      found.push(delimited(source, from, after, end, closer.length, text.endsWith('[') || text === '$$'))
      opener.lastIndex = end + closer.length
    } else if (text[0] === '$') {
      const end = inlineEnd(source, from + 1, tex)
      if (end < 0) continue
      found.push(delimited(source, from, from + 1, end, 1, false))
      opener.lastIndex = end + 1
    } else if (environment !== undefined) {
      const base = environment.replace(/\*$/, '')
      const end = MATH_ENVIRONMENTS.has(base) ? unclosed.environment(environment, after) : -1
      const inner = { from, to: end }
      if (end >= 0)
        found.push({ span: inner, inner, display: true, escaped: !tex && isEscaped(source, from, end) })
      if (end >= 0) opener.lastIndex = end
      else if (VERBATIM_ENVIRONMENTS.has(base))
        opener.lastIndex = skipTo(source, `\\end{${environment}}`, after)
    } else if (fence !== undefined && !tex) {
      const closing = new RegExp(`^[ \\t>]*${fence[0]}{${fence.length},}[ \\t]*\\r?$`, 'gm')
      closing.lastIndex = after
      const end = closing.exec(source)
      const stop = end === null ? source.length : end.index
      const behind = end === null ? stop : closing.lastIndex
      const word = /^\s*\{?\.?(math|backprose)\b/.exec(info ?? '')?.[1]
      if (word !== undefined) {
        const inner = { from: Math.min(skipTo(source, '\n', after), stop), to: stop }
        const plain = word === 'backprose' && !source.slice(inner.from, inner.to).includes('\\')
        found.push({ span: { from, to: behind }, inner, display: true, dialect: plain ? 'plain' : 'latex' })
      }
      opener.lastIndex = behind
    } else if (text === '<!--') {
      if (!tex) opener.lastIndex = skipTo(source, '-->', after)
    } else if (text === '{/*') {
      if (surroundings === 'mdx') opener.lastIndex = skipTo(source, '*/}', after)
    } else if (text[0] === '<') {
      const tag = RAW_TAG.exec(text)?.[1]
      if (tex) opener.lastIndex = from + 1
      else if (tag !== undefined && !text.endsWith('/>')) {
        const end = unclosed.find(`</${tag}>`, after)
        if (end >= 0) opener.lastIndex = end
      }
    } else if (text.startsWith('`')) {
      if (!tex) opener.lastIndex = codeEnd(source, text.trim(), after, unclosed.paragraphEnd(after))
    } else if (text === '%') {
      if (!tex) continue
      const end = skipTo(source, '\n', after)
      if (/^%+[ \t]*backprose:/.test(source.slice(from, Math.min(end, from + 40)))) {
        const inner = { from, to: end }
        found.push({ span: inner, inner, display: false, definitions: true })
      }
      opener.lastIndex = end
    } else if (/^\\verb\*?$/.test(text)) {
      const mark = source[after]
      if (tex && mark !== undefined) opener.lastIndex = skipTo(source, mark, after + 1)
    } else if (/^\\(re|provide)?newcommand|^\\def|^\\Declare/.test(text)) {
      const end = definitionEnd(source, text === '\\def\\' ? after - 1 : after)
      found.push({ span: { from, to: end }, inner: { from, to: end }, display: false, definitions: true })
      opener.lastIndex = end
    }
  }
}

function delimited(
  source: string,
  from: number,
  after: number,
  end: number,
  width: number,
  display: boolean,
): Found {
  const doubled = source.startsWith('\\\\', from)
  const escaped = doubled || isEscaped(source, after, end)
  return { span: { from, to: end + width }, inner: { from: after, to: end }, display, escaped }
}

/** An underscore with a backslash outside words: the whole formula is written for a renderer that eats backslashes. */
function isEscaped(source: string, from: number, to: number): boolean {
  const text = source.slice(from, to)
  return text.includes('\\_') && !/\\(?:text|mathrm|mathtt|texttt|operatorname)\s*\{[^}]*\\_/.test(text)
}
