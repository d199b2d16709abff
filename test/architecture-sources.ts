import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'

/** A comment, a regular expression, a string, a template. */
const TOKENS =
  /\/\/[^\n]*|\/\*[\s\S]*?\*\/|(?<=[=(,:!&|?{[;\n]\s*|return )\/(?![*/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+\/|(['"])(?:\\.|(?!\1)[^\\\n])*\1|`(?:\\[\s\S]|[^`\\])*`/g
const IMPORT = /\b(?:(?:import|export)\s+(type\s)?[\w$\s*{},]*?\bfrom|import)\s*\(?\s*(['"]) *\2/g

/** The text with comments, patterns and templates blanked and strings emptied; all else keeps its place. */
const blank = (text: string) =>
  text.replace(TOKENS, (token, quote?: string) =>
    quote ? quote + ' '.repeat(token.length - 2) + quote : token.replace(/[^\n]/g, ' '),
  )

export const lineOf = (text: string, at: number) => text.slice(0, at).split('\n').length

const read = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .map(name => `src/${name.replaceAll('\\', '/')}`)
  .filter(name => /\.[cm]?[jt]s$/.test(name) && !name.includes('/generated/'))
  .map(file => ({ file, text: readFileSync(file, 'utf8') }))

/** The files of src/ that people write, as text and with everything but code blanked. */
export const sources = read.map(source => ({ ...source, code: blank(source.text) }))

/** Every import in them; `target` is the file it leads to, empty for a package; a `type` import is not loaded. */
export const imports = sources.flatMap(({ file, text, code }) =>
  [...code.matchAll(IMPORT)].map(({ index, 0: found, 1: type }) => {
    const end = index + found.length
    const name = /[^'"]*(?=['"]$)/.exec(text.slice(index, end))?.[0] ?? ''
    const target = name.startsWith('.') ? normalize(join(dirname(file), name)).replaceAll('\\', '/') : ''
    const place = `${file}:${lineOf(text, end)}`
    return { place, file, name, target: target.replace(/\.js$/, '.ts'), loaded: type === undefined }
  }),
)
