import { UsageError } from '../base/errors.js'
import type { Given } from './command.js'
import { errorAnswer } from './error-answer.js'
import { linesOf } from './input.js'
import { EXIT, type Io } from './io.js'
import { type Answering, idOf, taskOf } from './request.js'

/** `backprose batch`: one answer for each line, in order. What is wrong with a request is said in its answer. */
export async function runBatch(given: Given, io: Io): Promise<number> {
  const [{ startDeriving }, { startChecking }] = await Promise.all([
    import('./answer.js'),
    import('./check-answer.js'),
  ])
  const derive = startDeriving(!given.switches.has('no-verify'))
  const tasks = { derive, check: startChecking() }
  for await (const line of linesOf(io.input())) {
    if (line !== undefined && line.trim() === '') continue
    await io.print(`${written(await answerOf(line, tasks))}\n`)
  }
  return EXIT.fine
}

/** An answer as a line; one that cannot be written is an error like any other. */
function written(answer: object): string {
  try {
    return JSON.stringify(answer)
  } catch (error) {
    return JSON.stringify({ id: null, error: errorAnswer(error) })
  }
}

async function answerOf(
  line: string | undefined,
  tasks: Readonly<Record<'derive' | 'check', Answering>>,
): Promise<object> {
  let id: unknown = null
  try {
    const request = parsed(line)
    const given = idOf(request)
    wantShallow(given, 'the id')
    id = given
    wantShallow(request, 'the request')
    return { id, ...(await tasks[taskOf(request)](request)) }
  } catch (error) {
    return { id, error: errorAnswer(error) }
  }
}

function parsed(line: string | undefined): unknown {
  if (line === undefined) throw new UsageError('too-long', 'the line is too long for a request')
  try {
    return JSON.parse(line)
  } catch (error) {
    throw new UsageError('not-json', `the line is not JSON: ${error instanceof Error ? error.message : ''}`)
  }
}

/** No request needs lists and objects deeper inside one another than this. */
const DEEPEST = 64

function wantShallow(value: unknown, what: string): void {
  let level = [value]
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > DEEPEST) {
      throw new UsageError(
        'too-deep',
        `${what} has lists and objects more than ${DEEPEST} deep inside one another`,
      )
    }
    level = level.flatMap(each => (typeof each === 'object' && each !== null ? Object.values(each) : []))
  }
}
