import { spawn, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { build, type Metafile } from 'esbuild'
import { afterAll, beforeAll, expect, test } from 'vitest'

// Inside node_modules, so that the program finds its packages as it does when it is installed.
const cache = resolve('node_modules/.cache/backprose')
let folder = ''
let program = ''
let metafile: Metafile

beforeAll(async () => {
  mkdirSync(cache, { recursive: true })
  folder = mkdtempSync(join(cache, 'cli-'))
  program = join(folder, 'cli.mjs')
  const built = await build({
    entryPoints: { cli: 'src/cli/main.ts' },
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    logLevel: 'silent',
    metafile: true,
  })
  metafile = built.metafile
  writeFileSync(join(folder, 'bad.txt'), 'f = (x\n')
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

const start = (args: readonly string[], input = '', env: Readonly<Record<string, string>> = {}) => {
  const { NO_COLOR: _, FORCE_COLOR: __, ...rest } = process.env
  return spawnSync(process.execPath, [program, ...args], {
    input,
    encoding: 'utf8',
    cwd: folder,
    env: { ...rest, ...env },
  })
}

test('what --help needs is small, and no package is among it', () => {
  const outputs = new Map(Object.entries(metafile.outputs))
  const entry = [...outputs.keys()].find(name => name.endsWith('/cli.mjs'))!
  const needed = new Set([entry])
  for (const name of needed) {
    for (const { path, kind, external } of outputs.get(name)?.imports ?? []) {
      if (kind !== 'import-statement') continue
      if (external) expect(path).toMatch(/^node:/)
      else needed.add(path)
    }
  }
  const bytes = [...needed].reduce((sum, name) => sum + outputs.get(name)!.bytes, 0)
  expect(bytes).toBeLessThan(16_000)
})

test('--help is on standard output and ends with 0', () => {
  const { status, stdout, stderr } = start(['--help'])
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  expect(stdout).toContain('Usage: backprose COMMAND')
})

test('a file on disk is derived, and a problem in it told with its name', () => {
  writeFileSync(join(folder, 'good.txt'), 'f = sin(x^2)\n')
  const good = start(['derive', 'good.txt', '--to', 'text'])
  expect(good).toMatchObject({ status: 0, stderr: '' })
  expect(good.stdout).toMatch(/df\/dx = 2\*(?:cos\(x\^2\)\*x|x\*cos\(x\^2\))/)
  const bad = start(['derive', 'bad.txt'])
  expect(bad).toMatchObject({ status: 1, stdout: '' })
  expect(bad.stderr).toMatch(/^bad\.txt:1:5 - error unbalanced: /)
})

test('a missing file, a folder and an unwritable place are wrong use', () => {
  expect(start(['derive', 'none.txt'])).toMatchObject({
    status: 2,
    stderr: 'backprose - error cannot-read: cannot read none.txt: there is no such file\n',
  })
  expect(start(['derive', '.'])).toMatchObject({
    status: 2,
    stderr: 'backprose - error cannot-read: cannot read .: it is a directory\n',
  })
  const { status, stderr } = start(['derive', '-', '--no-verify', '-o', 'no/such/folder.tex'], 'f = x^2')
  expect(status).toBe(2)
  expect(stderr).toContain('error cannot-write: cannot write no/such/folder.tex: there is no such file')
})

test('FORCE_COLOR colours a pipe and NO_COLOR wins over it', () => {
  const mark = String.fromCharCode(27)
  expect(start(['derive', 'bad.txt']).stderr).not.toContain(mark)
  expect(start(['derive', 'bad.txt'], '', { FORCE_COLOR: '1' }).stderr).toContain(mark)
  expect(start(['derive', 'bad.txt'], '', { FORCE_COLOR: '0' }).stderr).not.toContain(mark)
  expect(start(['derive', 'bad.txt'], '', { FORCE_COLOR: '1', NO_COLOR: '1' }).stderr).not.toContain(mark)
})

test('a batch answers as the requests come, before the input has ended', async () => {
  const child = spawn(process.execPath, [program, 'batch', '--no-verify'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const request = {
    task: 'derive',
    syntax: 'plain',
    decls: [{ name: 'x', shape: [] }],
    expr: 'x^2',
    wrt: 'x',
  }
  const answers = child.stdout[Symbol.asyncIterator]()
  for (const id of [1, 2]) {
    child.stdin.write(`${JSON.stringify({ id, ...request })}\n`)
    const { value } = await answers.next()
    expect(JSON.parse(String(value))).toMatchObject({ id, plain: '2*x' })
  }
  child.stdin.end()
  expect(await new Promise(done => child.on('close', done))).toBe(0)
})

test('a reader that goes away ends the program quietly', async () => {
  const child = spawn(process.execPath, [program, 'batch', '--no-verify'], {
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  let complaint = ''
  child.stderr.on('data', data => {
    complaint += data
  })
  child.stdin.on('error', () => {})
  const closed = new Promise(done => child.on('close', done))
  child.stdout.once('data', () => {
    child.stdout.destroy()
    const line = `${JSON.stringify({ id: 'x'.repeat(1000), task: 'fly' })}\n`
    child.stdin.write(line.repeat(200))
  })
  child.stdin.write('{}\n')
  await closed
  expect(complaint).toBe('')
})

test('the examples of docs/cli.md print what the page says', () => {
  const page = readFileSync('docs/cli.md', 'utf8')
  const layer = /`layer\.txt` holds[\s\S]*?```\n([\s\S]*?)```/.exec(page)![1]!
  writeFileSync(join(folder, 'layer.txt'), layer)
  const blocks = [...page.matchAll(/```console\n\$ (.*)\n([\s\S]*?)```/g)]
  expect(blocks.length).toBeGreaterThan(3)
  // How far rounding has carried two engines apart is not the same on every machine, and the sizes follow the formulas.
  const steady = (text: string) =>
    text.replace(/difference \S+\)/g, 'difference …)').replace(/ = \d(?=,| and| \()/g, ' = …')
  for (const [, command, expected] of blocks) {
    const script = `backprose() { "${process.execPath}" "${program}" "$@"; }\n${command}`
    const { stdout, stderr } = spawnSync('bash', ['-c', script], { cwd: folder, encoding: 'utf8' })
    expect(steady(stdout + stderr), command).toBe(steady(expected!))
  }
})
