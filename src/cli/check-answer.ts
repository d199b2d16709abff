import { MathError } from '../base/errors.js'
import { checkLines } from '../check/check.js'
import type { CheckedLine } from '../check/verdict.js'
import { readDerivation } from '../parse/derivation.js'
import { loadTensors } from '../tensor/load.js'
import type { Tensors } from '../tensor/tensor.js'
import { errorAnswer } from './error-answer.js'
import { type Answering, checkRequest } from './request.js'

/** A derivation of a batch has this long. */
const MILLISECONDS = 20_000

/** Answers requests to check derivations; the engine is loaded with the first one. */
export function startChecking(): Answering {
  let loading: Promise<Tensors> | undefined
  return async request => {
    loading ??= loadTensors()
    const asked = checkRequest(request)
    try {
      const lines = checkLines(readDerivation(asked), await loading, { milliseconds: MILLISECONDS })
      return { lines: lines.map(line => lineJson(line, asked.syntax)) }
    } catch (error) {
      if (!(error instanceof MathError)) throw error
      const message = `not checked: ${error.message}`
      return {
        lines: asked.lines.map(() => ({ ok: null, status: 'unknown', message })),
        error: errorAnswer(error),
      }
    }
  }
}

function lineJson({ ok, status, message, span, repair }: CheckedLine, syntax: 'latex' | 'plain'): object {
  return {
    ok,
    status,
    message,
    ...(span !== undefined && { span: [span.from, span.to] }),
    ...(repair !== undefined && { repair: repair[syntax] }),
  }
}
