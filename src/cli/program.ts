import { MathError, UsageError } from '../base/errors.js'
import { commands } from './commands.js'
import { EXIT, type Io } from './io.js'

/**
 * Runs the program on its arguments and returns the exit code. Nothing is thrown: what went wrong is written to
 * standard error, without a stack trace.
 */
export async function runProgram(args: readonly string[], io: Io): Promise<number> {
  try {
    return await dispatch(args, io)
  } catch (error) {
    const { formatProblem, exitCodeOf } = await import('./diagnostics.js')
    io.warn(formatProblem(error instanceof MathError ? error : internal(error), undefined, io.error.colored))
    return error instanceof MathError ? exitCodeOf(error) : EXIT.misuse
  }
}

async function dispatch(args: readonly string[], io: Io): Promise<number> {
  const [first, ...rest] = args
  if (first === '--version' || first === '-V') {
    await io.print(`${(await import('./version.js')).version}\n`)
    return EXIT.fine
  }
  if (first === undefined || first === '--help' || first === '-h' || first === 'help') {
    const { programHelp, commandHelp } = await import('./help.js')
    const named = commands.find(({ name }) => name === rest[0])
    const text = named ? commandHelp(named) : programHelp()
    if (first !== undefined) await io.print(text)
    else io.warn(text)
    return first === undefined ? EXIT.misuse : EXIT.fine
  }
  const command = commands.find(({ name }) => name === first)
  if (command === undefined) {
    const what = first.startsWith('-') ? `unknown option ${first}` : `unknown command ${first}`
    throw new UsageError('unknown-command', what, { hint: 'see backprose --help' })
  }
  const { readArguments } = await import('./args.js')
  const given = readArguments(command, rest)
  if (given.help) {
    await io.print((await import('./help.js')).commandHelp(command))
    return EXIT.fine
  }
  return await (await command.load())(given, io)
}

function internal(error: unknown): UsageError {
  const message = error instanceof Error ? error.message : String(error)
  return new UsageError('internal', `internal fault: ${message.split('\n')[0]}`, {
    hint: 'this is a fault of the program; please report it with the input',
  })
}
