const LATEX: ReadonlyMap<string, string> = new Map([
  ['\\', '\\textbackslash{}'],
  ['{', '\\{'],
  ['}', '\\}'],
  ['$', '\\$'],
  ['%', '\\%'],
  ['#', '\\#'],
  ['&', '\\&'],
  ['_', '\\_'],
  ['^', '\\textasciicircum{}'],
  ['~', '\\textasciitilde{}'],
  ['×', '$\\times$'],
  ['–', '--'],
])

/** Words for LaTeX, in a paragraph. */
export function latexWords(words: string): string {
  return latin(words.replace(/[\\{}$%#&_^~×–]/g, sign => LATEX.get(sign)!))
}

/** Words for `\text{…}` inside a formula; signs that some renderers refuse there are left out. */
export function mathWords(words: string): string {
  return latin(words.replaceAll('×', ' x ').replaceAll('–', '-'))
    .replace(/[\\^~]/g, ' ')
    .replace(/[{}$%#&_]/g, sign => `\\${sign}`)
}

/** Words for Markdown: nothing in them starts mathematics, emphasis, a link or HTML. */
export function markdownWords(words: string): string {
  return printable(words).replace(/[\\`*_{}[\]<>$#|~&]/g, sign =>
    sign === '&' ? '&amp;' : sign === '<' ? '&lt;' : `\\${sign}`,
  )
}

/** Letters that no usual font of LaTeX has would stop it. */
function latin(words: string): string {
  return printable(words).replace(/[^\p{ASCII}\p{Script=Latin}]/gu, '?')
}

/** Control characters must not reach a terminal or a page. */
export function printable(words: string): string {
  return words.replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ')
}
