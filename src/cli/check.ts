import { MathError } from '../base/errors.js'
import type { PlacedLine } from '../check/library.js'
import type { Status } from '../check/verdict.js'
import { kindOfFile } from '../document/find.js'
import type { DerivationTextOptions } from '../parse/derivation-text.js'
import { declarationsOf } from '../parse/let-text.js'
import { choice } from './args.js'
import type { Given } from './command.js'
import { exitCodeOf, formatProblem, formatVerdict, type Source } from './diagnostics.js'
import { readText, sourceName } from './input.js'
import { EXIT, type Io } from './io.js'
import { withProgress } from './progress.js'

/** `backprose check`: judges the lines of the derivations in a file. */
export async function runCheck(given: Given, io: Io): Promise<number> {
  const one = (name: string) => given.values.get(name)?.[0]
  const file = given.files[0]!
  const format = choice('to', one('to'), ['text', 'json'])
  const syntax = choice('syntax', one('syntax'), ['latex', 'plain', 'auto'])
  const text = await readText(io, file)
  const source: Source = { name: sourceName(file), text }
  try {
    const declarations = (given.values.get('let') ?? []).flatMap(declarationsOf)
    const placed = await withProgress(io, 'checking', () =>
      checked(text, {
        dialect: syntax ?? 'auto',
        kind: kindOfFile(file),
        declarations,
        all: given.switches.has('all'),
      }),
    )
    if (format === 'json')
      await io.print(`${JSON.stringify({ lines: placed.map(lineJson) }, undefined, 2)}\n`)
    else await io.print(report(placed, source, io.output.colored, given.switches.has('right')))
    return exitOf(placed, given.switches.has('strict'))
  } catch (error) {
    if (!(error instanceof MathError)) throw error
    io.warn(formatProblem(error, source, io.error.colored))
    return exitCodeOf(error)
  }
}

async function checked(text: string, options: DerivationTextOptions): Promise<readonly PlacedLine[]> {
  const [{ readDerivationTexts }, { checkText }, { loadTensors }] = await Promise.all([
    import('../parse/derivation-text.js'),
    import('../check/library.js'),
    import('../tensor/load.js'),
  ])
  const found = readDerivationTexts(text, options)
  const tensors = await loadTensors()
  return found.flatMap(each => checkText(each, tensors))
}

/** What is wrong or not known, with its place; with `all`, every line. Then how many lines there are of each kind. */
function report(placed: readonly PlacedLine[], source: Source, colored: boolean, all: boolean): string {
  const shown = placed.filter(({ line }) => all || line.ok !== true)
  const parts = shown.map(({ line, mend, offset }) =>
    formatVerdict({ ...line, mend }, offset, source, colored),
  )
  const counts = new Map<Status, number>()
  for (const { line } of placed) counts.set(line.status, (counts.get(line.status) ?? 0) + 1)
  const summary = [...counts].map(([status, count]) => `${count} ${status}`).join(', ')
  const total = `${placed.length} ${placed.length === 1 ? 'line' : 'lines'} checked`
  return `${[...parts, summary === '' ? total : `${total}: ${summary}`].join('\n')}\n`
}

function lineJson({ line, mend, offset }: PlacedLine): object {
  const { text, ok, status, message, span, mistakes } = line
  const place = span === undefined ? undefined : [span.from + offset, span.to + offset]
  return { text, ok, status, message, span: place, mistakes, repair: mend }
}

function exitOf(placed: readonly PlacedLine[], strict: boolean): number {
  const bad = placed.some(({ line }) => line.ok === false || (strict && line.status !== 'proved'))
  return bad ? EXIT.problems : EXIT.fine
}
