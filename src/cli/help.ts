import type { CommandRow, OptionRow } from './command.js'
import { commands } from './commands.js'

const COMMON: readonly OptionRow[] = [
  { name: 'help', short: 'h', summary: 'this text, or that of a command' },
  { name: 'version', short: 'V', summary: 'the version of the program' },
]

/** What `backprose --help` prints. */
export function programHelp(): string {
  return [
    'Derivatives of network equations, worked out step by step and checked numerically.',
    '',
    'Usage: backprose COMMAND [options]',
    '',
    'Commands:',
    ...columns(commands.map(({ name, summary }) => [name, summary])),
    '',
    'Options:',
    ...columns(COMMON.map(row => [optionText(row), row.summary])),
    ...commands.flatMap(({ usage, options }) => [
      '',
      `${usage}`,
      ...columns(options.map(row => [optionText(row), row.summary])),
    ]),
    '',
    'Examples:',
    ...exampleLines(commands),
    '',
    'Exit codes: 0 all is fine, 1 the mathematics has a problem, 2 wrong use or a fault of the program.',
    '',
  ].join('\n')
}

/** What `backprose COMMAND --help` prints. */
export function commandHelp(command: CommandRow): string {
  return [
    `${command.summary.charAt(0).toUpperCase()}${command.summary.slice(1)}.`,
    '',
    `Usage: ${command.usage}`,
    '',
    ...command.about,
    '',
    'Options:',
    ...columns([...command.options, COMMON[0]!].map(row => [optionText(row), row.summary])),
    '',
    'Examples:',
    ...exampleLines([command]),
    '',
  ].join('\n')
}

function optionText({ name, short, value }: OptionRow): string {
  return `${short === undefined ? '' : `-${short}, `}--${name}${value === undefined ? '' : ` ${value}`}`
}

function columns(rows: readonly (readonly [string, string])[]): readonly string[] {
  const width = Math.max(...rows.map(([left]) => left.length))
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`)
}

function exampleLines(shown: readonly CommandRow[]): readonly string[] {
  return shown.flatMap(({ examples }) =>
    examples.flatMap(({ command, about }) => [`  ${command}`, `      ${about}`]),
  )
}
