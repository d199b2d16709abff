import { parseArgs } from 'node:util'
import { UsageError } from '../base/errors.js'
import type { CommandRow, Given } from './command.js'

/** Reads the arguments of a command by its row. Raises `UsageError` for what the row does not know. */
export function readArguments(
  command: CommandRow,
  args: readonly string[],
): Given & { readonly help: boolean } {
  const known = [...command.options, { name: 'help', short: 'h', summary: '' }]
  const options = Object.fromEntries(
    known.map(({ name, short, ...row }) => [
      name,
      {
        type: 'value' in row ? ('string' as const) : ('boolean' as const),
        multiple: true,
        ...(short === undefined ? {} : { short }),
      },
    ]),
  )
  const { values, positionals } = parsed(command, args, options)
  const switches = new Set<string>()
  const given = new Map<string, readonly string[]>()
  for (const { name } of known) {
    const value = values[name]
    if (!Array.isArray(value)) continue
    const texts = value.filter((item): item is string => typeof item === 'string')
    if (texts.length > 0) given.set(name, texts)
    else switches.add(name)
  }
  const help = switches.has('help')
  const [least, most] = command.files
  if (!help && (positionals.length < least || positionals.length > most)) {
    const found =
      positionals.length === 0 ? 'none was given' : `found ${positionals.length}: ${positionals.join(' ')}`
    const wanted = most === 0 ? 'no file' : 'one file, or - for standard input'
    throw new UsageError('wrong-arguments', `${command.name} takes ${wanted}; ${found}`, {
      hint: `usage: ${command.usage}`,
    })
  }
  for (const { name, repeated } of command.options) {
    if (repeated !== true && (given.get(name)?.length ?? 0) > 1) {
      throw new UsageError('repeated-option', `--${name} was given more than once`)
    }
  }
  return { files: positionals, switches, values: given, help }
}

type Options = NonNullable<NonNullable<Parameters<typeof parseArgs>[0]>['options']>

function parsed(command: CommandRow, args: readonly string[], options: Options) {
  try {
    return parseArgs({ args: [...args], options, strict: true, allowPositionals: true })
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    const message = error.message.split('. ')[0]!
    throw new UsageError('wrong-option', message.charAt(0).toLowerCase() + message.slice(1), {
      hint: `see backprose ${command.name} --help`,
    })
  }
}

/** One of a few words. Raises `UsageError`. */
export function choice<T extends string>(
  name: string,
  given: string | undefined,
  words: readonly T[],
): T | undefined {
  if (given === undefined) return undefined
  const found = words.find(word => word === given)
  if (found !== undefined) return found
  throw new UsageError('wrong-option', `--${name} must be one of ${words.join(', ')}, not ${given}`)
}
