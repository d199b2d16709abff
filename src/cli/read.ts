import { MathError } from '../base/errors.js'
import { kindOfFile } from '../document/find.js'
import { declarationsOf } from '../parse/let-text.js'
import { choice } from './args.js'
import type { Given } from './command.js'
import { exitCodeOf, formatProblem } from './diagnostics.js'
import { readText, sourceName } from './input.js'
import { EXIT, type Io } from './io.js'

/** `backprose read`: says what was read in a file, and what was not. */
export async function runRead(given: Given, io: Io): Promise<number> {
  const one = (name: string) => given.values.get(name)?.[0]
  const file = given.files[0]!
  const format = choice('to', one('to'), ['text', 'json']) ?? 'text'
  const dialect = choice('syntax', one('syntax'), ['latex', 'plain', 'auto'])
  const source = await readText(io, file)
  const name = sourceName(file)
  const [{ outlineOf }, { outlineJson, outlineText }] = await Promise.all([
    import('../parse/outline.js'),
    import('../present/outline.js'),
  ])
  try {
    const declarations = (given.values.get('let') ?? []).flatMap(declarationsOf)
    const outline = outlineOf(source, { dialect, kind: kindOfFile(file), declarations })
    const outlined = { name, source, outline }
    await io.print(format === 'json' ? outlineJson(outlined) : outlineText(outlined))
    const { equations } = outline
    return equations.every(({ fault, lost }) => fault === undefined && lost.length === 0)
      ? EXIT.fine
      : EXIT.problems
  } catch (error) {
    if (!(error instanceof MathError)) throw error
    io.warn(formatProblem(error, { name, text: source }, io.error.colored))
    return exitCodeOf(error)
  }
}
