import { MathError } from '../base/errors.js'

/** What an answer says about what could not be answered. */
interface ErrorAnswer {
  readonly code: string
  readonly message: string
  readonly span?: { readonly from: number; readonly to: number } | undefined
  readonly hint?: string | undefined
}

/** An error as data; of a fault of the program only that it is one. */
export function errorAnswer(error: unknown): ErrorAnswer {
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
