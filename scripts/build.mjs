// Builds dist/: the grammars, the library (ESM with declarations), and the command-line program.
import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const root = fileURLToPath(new URL('..', import.meta.url))
process.chdir(root)

const run = (...command) => {
  const { status } = spawnSync(process.execPath, command, { stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 1)
}

// A file that has left src/ must not stay behind in the package.
rmSync('dist', { recursive: true, force: true })
if (existsSync('grammar/build.mjs')) run('grammar/build.mjs')
run('node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json')

// The program is bundled apart from the library, in pieces: `--help` reads one small file, and the engines that
// take long to load (mathjs, jax-js) stay packages that are imported when an answer is verified.
if (existsSync('src/cli/main.ts')) {
  await build({
    entryPoints: { cli: 'src/cli/main.ts' },
    outdir: 'dist',
    chunkNames: 'chunks/[name]-[hash]',
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    logLevel: 'warning',
  })
  const program = readFileSync('dist/cli.js', 'utf8')
  if (!program.startsWith('#!')) writeFileSync('dist/cli.js', `#!/usr/bin/env node\n${program}`)
  chmodSync('dist/cli.js', 0o755)
}
