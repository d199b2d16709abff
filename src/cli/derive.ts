import { MathError, UsageError } from '../base/errors.js'
import type { NumericValues } from '../derive/numbers.js'
import type { Solution } from '../derive/solution.js'
import type { Problem, Reading } from '../expr/problem.js'
import { declarationsOf, splitNames } from '../parse/let-text.js'
import type { Part } from '../present/report.js'
import { choice } from './args.js'
import type { Given } from './command.js'
import { exitCodeOf, formatPassedOver, formatProblem, type Source } from './diagnostics.js'
import { FORMATS, formatOf, writtenParts } from './formats.js'
import { readText, sourceName } from './input.js'
import { EXIT, type Io } from './io.js'
import { deliver } from './output.js'
import { askedPassages } from './passages.js'
import { withProgress } from './progress.js'
import { FORMS, LAYOUTS } from './request.js'

/** `backprose derive`: reads a file, works out what it asks for, checks it, and writes it. */
export async function runDerive(given: Given, io: Io): Promise<number> {
  const one = (name: string) => given.values.get(name)?.[0]
  const file = given.files[0]!
  const output = one('output')
  const format = formatOf(choice('to', one('to'), FORMATS), output, io.output)
  const syntax = choice('syntax', one('syntax'), ['latex', 'plain', 'auto'])
  const order = choice('order', one('order'), ['1', '2'])
  const form = choice('form', one('form'), FORMS)
  const layout = choice('layout', one('layout'), LAYOUTS)
  const intermediates = intermediatesOf(given.switches)
  const text = await readText(io, file)
  const source: Source = { name: sourceName(file), text }
  try {
    const asked = {
      of: one('of'),
      wrt: given.values.get('wrt')?.flatMap(splitNames),
      second: one('second'),
      form,
      layout,
    } as const
    const passages = await askedPassages(
      text,
      file,
      syntax ?? 'auto',
      (given.values.get('let') ?? []).flatMap(declarationsOf),
      order === undefined ? asked : { ...asked, order: order === '2' ? 2 : 1 },
    )
    const { reportOf } = await import('../present/report.js')
    const parts: Part[] = []
    for (const reading of new Set(passages.flatMap(({ problem }) => problem.readings))) {
      if (reading.kind === 'passed-over') io.warn(formatPassedOver(reading, source, io.error.colored))
    }
    for (const { title, problem } of passages) {
      const { solution, numbers } = await withProgress(io, 'working', () =>
        solved(problem, !given.switches.has('no-verify')),
      )
      for (const warning of undecided(solution)) {
        io.warn(formatPassedOver(warning, source, io.error.colored))
      }
      parts.push({ title, report: reportOf(solution, { intermediates, numbers }) })
    }
    const result = await writtenParts(
      parts,
      format,
      output === undefined ? io.output : { ...io.output, colored: false, columns: undefined },
    )
    await deliver(io, output, result)
    return EXIT.fine
  } catch (error) {
    if (!(error instanceof MathError)) throw error
    io.warn(formatProblem(error, sourceOf(error) ?? source, io.error.colored))
    return exitCodeOf(error)
  }
}

/** A problem in a declaration beside the file has its place in that declaration, which a note quotes. */
function sourceOf({ notes }: MathError): Source | undefined {
  const quoted = notes
    .map(note => /^in (?:a )?declaration: ([\s\S]*)$/.exec(note)?.[1])
    .find(found => found !== undefined)
  return quoted === undefined ? undefined : { name: '--let', text: quoted }
}

function intermediatesOf(switches: ReadonlySet<string>): 'both' | 'keep' | 'expand' {
  if (switches.has('keep') && switches.has('expand')) {
    throw new UsageError('wrong-option', '--keep and --expand exclude each other')
  }
  return switches.has('keep') ? 'keep' : switches.has('expand') ? 'expand' : 'both'
}

/** What was derived but could not be checked. */
function undecided({ answers }: Solution): readonly Reading[] {
  return answers.flatMap(({ question, check }): Reading[] => {
    if (check?.status !== 'undecided') return []
    const what = `the derivative by ${question.wrt.name} could not be checked`
    return [{ kind: 'choice', what, why: check.message, code: 'undecided' }]
  })
}

interface Solved {
  readonly solution: Solution
  readonly numbers: NumericValues | undefined
}

/** mathjs and jax-js are loaded for a check, or for the numbers of the problem, and not otherwise. */
async function solved(problem: Problem, verify: boolean): Promise<Solved> {
  const { work } = await import('../derive/derive.js')
  const solution = work(problem)
  if (!verify && problem.values.size === 0) return { solution, numbers: undefined }
  const [{ loadEngines, verified }, { numbersOf }] = await Promise.all([
    import('../derive/verified.js'),
    import('../derive/numbers.js'),
  ])
  const engines = await loadEngines()
  const checked = verify ? await verified(problem, solution, { engines }) : solution
  return { solution: checked, numbers: numbersOf(engines.tensors, checked) }
}
