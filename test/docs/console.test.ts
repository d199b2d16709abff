import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'

const page = readFileSync('docs/cli.md', 'utf8')
const program = resolve('dist/cli.js')
const blocks = [...page.matchAll(/```console\n\$ (.*)\n([\s\S]*?)```/g)].map(
  ([, command, shown]) => [command!, shown!] as const,
)

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'console-'))
  const layer = /`layer\.txt`[\s\S]*?```\n([\s\S]*?)```/.exec(page)![1]!
  writeFileSync(join(folder, 'layer.txt'), layer)
})
afterAll(() => rmSync(folder, { recursive: true }))

test('the page of the program shows it at work', () => {
  expect(blocks.length).toBeGreaterThan(2)
})

test.each(blocks)('%s', (command, shown) => {
  const script = `backprose() { "${process.execPath}" "${program}" "$@" 2>&1; }\n${command}`
  const { stdout } = spawnSync('sh', ['-c', script], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
  })
  expect(stdout).toBe(shown)
})
