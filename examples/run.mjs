// Runs the program on every file of examples/ (or on those named), as a reader would, and stops at the first failure.
import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

process.chdir(fileURLToPath(new URL('..', import.meta.url)))
const named = process.argv.slice(2)
const files = readdirSync('examples').filter(name => /\.(tex|txt|md)$/.test(name))
for (const file of named.length > 0 ? named : files.sort().map(name => `examples/${name}`)) {
  const command = ['dist/cli.js', 'derive', file, '--to', 'text']
  console.log(`\n$ backprose ${command.slice(1).join(' ')}\n`)
  const { status } = spawnSync(process.execPath, command, { stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 1)
}
