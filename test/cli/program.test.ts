import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { commands } from '../../src/cli/commands.js'
import { run } from './harness.js'

const { version } = JSON.parse(readFileSync('package.json', 'utf8'))

test('--version prints the version of the package', async () => {
  expect(await run(['--version'])).toMatchObject({ code: 0, out: `${version}\n`, err: '' })
  expect(await run(['-V'])).toMatchObject({ code: 0, out: `${version}\n` })
})

test('--help names every command, option and example, and the exit codes', async () => {
  const { code, out, err } = await run(['--help'])
  expect({ code, err }).toEqual({ code: 0, err: '' })
  for (const { name, summary, options, examples } of commands) {
    expect(out).toContain(name)
    expect(out).toContain(summary)
    for (const option of options) expect(out).toContain(`--${option.name}`)
    for (const example of examples) expect(out).toContain(example.command)
  }
  expect(out).toContain('Exit codes: 0')
})

test('each command has a help of its own', async () => {
  for (const { name, usage } of commands) {
    for (const args of [
      [name, '--help'],
      [name, '-h'],
      ['help', name],
    ]) {
      const { code, out } = await run(args)
      expect(code).toBe(0)
      expect(out).toContain(`Usage: ${usage}`)
    }
  }
})

test('no line of any help is wider than 120 columns', async () => {
  const texts = [
    await run(['--help']),
    ...(await Promise.all(commands.map(({ name }) => run([name, '--help'])))),
  ]
  const wide = texts.flatMap(({ out }) => out.split('\n')).filter(line => line.length > 120)
  expect(wide).toEqual([])
})

test('without a command the help goes to standard error and the program has failed', async () => {
  const { code, out, err } = await run([])
  expect({ code, out }).toEqual({ code: 2, out: '' })
  expect(err).toContain('Usage: backprose COMMAND')
})

test.each([
  [['nothing'], 'backprose - error unknown-command: unknown command nothing\n  hint: see backprose --help\n'],
  [
    ['--nothing'],
    'backprose - error unknown-command: unknown option --nothing\n  hint: see backprose --help\n',
  ],
  [
    ['__proto__'],
    'backprose - error unknown-command: unknown command __proto__\n  hint: see backprose --help\n',
  ],
  [
    ['derive'],
    'backprose - error wrong-arguments: derive takes one file, or - for standard input; none was given\n  hint: usage: backprose derive FILE|- [options]\n',
  ],
  [
    ['derive', 'a', 'b'],
    'backprose - error wrong-arguments: derive takes one file, or - for standard input; found 2: a b\n  hint: usage: backprose derive FILE|- [options]\n',
  ],
  [
    ['derive', 'a', '--frob'],
    "backprose - error wrong-option: unknown option '--frob'\n  hint: see backprose derive --help\n",
  ],
  [
    ['derive', '-', '--to', 'pdf'],
    'backprose - error wrong-option: --to must be one of latex, markdown, text, json, not pdf\n',
  ],
  [
    ['derive', '-', '--of', 'f', '--of', 'g'],
    'backprose - error repeated-option: --of was given more than once\n',
  ],
  [
    ['derive', '-', '--keep', '--expand'],
    'backprose - error wrong-option: --keep and --expand exclude each other\n',
  ],
  [
    ['derive', 'missing.tex'],
    'backprose - error cannot-read: cannot read missing.tex: there is no such file\n',
  ],
])('wrong use is told in one line and ends with 2: %j', async (args, message) => {
  expect(await run(args)).toMatchObject({ code: 2, out: '', err: message })
})
