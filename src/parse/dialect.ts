import type { DocumentKind } from '../document/block.js'
import type { Reading } from '../expr/problem.js'
import type { Dialect } from './lexer/vocabulary.js'

/** Signs of one dialect that the other does not have, with the words for them, the clearest first. */
const SIGNS: readonly (readonly [RegExp, Dialect, string])[] = [
  [/(?<![\p{L}\p{N}])in[ \t]+R|[\p{L}\p{N}][ \t]*:[ \t]*[\p{L}\p{N}(]/u, 'plain', 'it declares in words'],
  [/\.[*/^']/, 'plain', 'it has an operator with a dot'],
  [/&&|\|\||==|:=|\*\*/, 'plain', 'it has an operator of plain text'],
  [/[\p{L}\p{N}_)\]]'+\s*[*+),;\-\n]/u, 'plain', 'it has a transpose written as a prime'],
  [/(?<![\p{L}\p{N}])[a-z][a-z0-9]+\d*\s*\(/u, 'plain', 'it calls a function by a word'],
  [/[_^]\s*\{/, 'latex', 'it has a script in braces'],
  [/\*/, 'plain', 'it has a product written with a star'],
  // A name or bracket behind another with nothing but a gap between them is a product in LaTeX, and nothing in plain text.
  [
    /(?:^|[=+\-(,])[ \t]*[\p{L}](?:_\w)?[ \t]+[\p{L}](?:_\w)?[ \t]*(?:$|[=+\-),])/mu,
    'latex',
    'it has a product without a sign',
  ],
]

/** The dialect of a text, and what to say about it where it was a choice. */
export function dialectOf(
  source: string,
  options: { readonly dialect?: Dialect | 'auto' | undefined; readonly kind?: DocumentKind | undefined },
): { readonly dialect: Dialect; readonly reading?: Reading | undefined } {
  if (options.dialect !== undefined && options.dialect !== 'auto') return { dialect: options.dialect }
  if (options.kind !== undefined) return { dialect: options.kind === 'plain' ? 'plain' : 'latex' }
  if (/[\\$]/.test(source)) return { dialect: 'latex' }
  const text = source.replace(/[%#][^\n]*/g, '')
  const sign = SIGNS.find(([pattern]) => pattern.test(text))
  if (sign === undefined) return { dialect: 'plain' }
  const [, dialect, why] = sign
  const what = `the text is read as ${dialect === 'latex' ? 'LaTeX' : 'plain text'}`
  return { dialect, reading: { kind: 'choice', what, why, span: undefined } }
}
