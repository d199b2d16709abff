import { pathToFileURL } from 'node:url'

/** Reads one equation as the program does: its forms, what was lost, or why it is not read. */
export async function reader(root = new URL('../../dist/', import.meta.url)) {
  const load = path => import(new URL(path, pathToFileURL(new URL(root).pathname)).href)
  const [{ readBlock }, { opWords, readerVocabulary }, { readForms }, { formText }] = await Promise.all([
    load('parse/read.js'),
    load('parse/elaborate/new-session.js'),
    load('parse/meaning/read.js'),
    load('parse/meaning/form.js'),
  ])
  const words = opWords()
  const vocabulary = readerVocabulary(words)
  return ({ tex, macros = {} }) => {
    try {
      const known = new Map(
        Object.entries(macros).map(([name, { args = 0, optional = null, body }]) => [
          name,
          { name, parameters: args, optional, body, span: { from: 0, to: 0 } },
        ]),
      )
      const { statements, lost } = readBlock(tex, { dialect: 'latex', vocabulary, macros: known })
      const forms = readForms(statements, { dialect: 'latex', words }).map(formText)
      return { forms, lost: lost.map(({ text }) => text) }
    } catch (error) {
      if (error.code === undefined) throw error
      const { code, message, span } = error
      const place =
        span === undefined ? '' : ` at ${span.from}: ${tex.slice(span.from, span.to).slice(0, 40)}`
      return { forms: [], lost: [], error: `${code}${place}: ${message}` }
    }
  }
}
