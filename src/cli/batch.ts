import { MathError, UsageError } from '../base/errors.js'
import type { Given } from './commands.js'
import { linesOf } from './input.js'
import { EXIT, type Io } from './io.js'
import { idOf, taskOf } from './request.js'

/** What an answer says about a request that could not be answered. */
interface ErrorAnswer {
  readonly code: string
  readonly message: string
  readonly span?: { readonly from: number; readonly to: number } | undefined
  readonly hint?: string | undefined
}

/** Answers one request of a task. */
export type Answering = (request: unknown) => Promise<object>

/** `backprose batch`: one answer for each line, in order. What is wrong with a request is said in its answer. */
export async function runBatch(given: Given, io: Io): Promise<number> {
  const { startDeriving } = await import('./answer.js')
  const derive = startDeriving(!given.switches.has('no-verify'))
  for await (const line of linesOf(io.input())) {
    if (line !== undefined && line.trim() === '') continue
    await io.print(`${JSON.stringify(await answerOf(line, derive))}\n`)
  }
  return EXIT.fine
}

async function answerOf(line: string | undefined, derive: Answering): Promise<object> {
  let id: unknown = null
  try {
    const request = parsed(line)
    id = idOf(request)
    if (taskOf(request) === 'derive') return { id, ...(await derive(request)) }
    throw new UsageError('not-offered', 'checking derivations is not offered by this version', {
      hint: "ask for derivatives with the task 'derive'",
    })
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

/** An error as data; of a fault of the program only that it is one. */
function errorAnswer(error: unknown): ErrorAnswer {
  if (error instanceof MathError) {
    const { code, message, span, hint } = error
    return { code, message, ...(span && { span }), ...(hint !== undefined && { hint }) }
  }
  const message = error instanceof Error ? error.message.split('\n')[0] : String(error)
  return {
    code: 'internal',
    message: `internal fault: ${message}`,
    hint: 'please report it with the request',
  }
}
