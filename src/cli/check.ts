import { MathError } from '../base/errors.js'
import type { CheckedLine, Status } from '../check/verdict.js'
import { kindOfFile } from '../document/find.js'
import { declarationsOf } from '../parse/let-text.js'
import { choice } from './args.js'
import type { Given } from './commands.js'
import { exitCodeOf, formatProblem, formatVerdict, type Source } from './diagnostics.js'
import { readText, sourceName } from './input.js'
import { EXIT, type Io } from './io.js'
import { withProgress } from './progress.js'

/** A line that was checked, and where it begins in the file. */
interface Placed {
  readonly line: CheckedLine
  /** What should stand there, in the syntax of the file. */
  readonly mend: string | undefined
  readonly offset: number
}

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
      checked(text, file, syntax ?? 'auto', declarations),
    )
    if (format === 'json')
      await io.print(`${JSON.stringify({ lines: placed.map(lineJson) }, undefined, 2)}\n`)
    else await io.print(report(placed, source, io.output.colored, given.switches.has('all')))
    return exitOf(placed, given.switches.has('strict'))
  } catch (error) {
    if (!(error instanceof MathError)) throw error
    io.warn(formatProblem(error, source, io.error.colored))
    return exitCodeOf(error)
  }
}

async function checked(
  text: string,
  file: string,
  dialect: 'latex' | 'plain' | 'auto',
  declarations: ReturnType<typeof declarationsOf>,
): Promise<readonly Placed[]> {
  const [{ derivationIn }, { readDerivation }, { checkLines }, { loadTensors }] = await Promise.all([
    import('../parse/derivation-text.js'),
    import('../parse/derivation.js'),
    import('../check/check.js'),
    import('../tensor/load.js'),
  ])
  const { request, offsets } = derivationIn(text, { dialect, kind: kindOfFile(file), declarations })
  const lines = checkLines(readDerivation(request), await loadTensors())
  return lines.map((line, i) => ({ line, mend: line.repair?.[request.syntax], offset: offsets[i]! }))
}

/** What is wrong or not known, with its place; with `all`, every line. Then how many lines there are of each kind. */
function report(placed: readonly Placed[], source: Source, colored: boolean, all: boolean): string {
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

function lineJson({ line, mend, offset }: Placed): object {
  const { text, ok, status, message, span, mistakes } = line
  const place = span === undefined ? undefined : [span.from + offset, span.to + offset]
  return { text, ok, status, message, span: place, mistakes, repair: mend }
}

function exitOf(placed: readonly Placed[], strict: boolean): number {
  const bad = placed.some(({ line }) => line.ok === false || (strict && line.status !== 'proved'))
  return bad ? EXIT.problems : EXIT.fine
}
