/**
 * Runs every tool on every workload, each in a process of its own, and prints times and ratios.
 *
 *   npm run bench -- [--only backprose,mathjs] [--workload network] [--timeout 20] [--write]
 *
 * Reading text is not timed for any tool whose derivative accepts an expression of its own. `--write` puts the table
 * into docs/benchmarks.md. SymPy and CasADi take part where `python3` can import them;
 * PYTHON names another interpreter.
 */
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { build } from 'esbuild'
import { coldStart } from './cold-start.mjs'
import { besideTheSweep, describe, LEGEND, machine, markdown } from './report.mjs'

process.chdir(fileURLToPath(new URL('.', import.meta.url)))
const { values: options } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    workload: { type: 'string', default: '' },
    timeout: { type: 'string', default: '20' },
    write: { type: 'boolean', default: false },
  },
})
const python = process.env.PYTHON ?? 'python3'

const installed = () => {
  const stamp = 'node_modules/.package-lock.json'
  const pinned = JSON.parse(readFileSync('package.json', 'utf8')).dependencies
  const present = existsSync(stamp) ? JSON.parse(readFileSync(stamp, 'utf8')).packages : {}
  return Object.entries(pinned).every(
    ([name, version]) => present[`node_modules/${name}`]?.version === version,
  )
}
if (!installed()) {
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], { stdio: 'inherit', shell: true })
  if (status !== 0) process.exit(1)
}
// The workloads read mathjs for checking, so they are loaded once it is there.
const { judge, reference } = await import('./reference.mjs')
const { sampled, WORKLOADS } = await import('./workloads.mjs')

const bareSweep = 'node_modules/.cache/bare-sweep.mjs'
await build({
  entryPoints: [fileURLToPath(new URL('./peers/bare-sweep.ts', import.meta.url))],
  outfile: fileURLToPath(new URL(bareSweep, import.meta.url)),
  format: 'esm',
  target: 'node20',
})

const versionOf = name => JSON.parse(readFileSync(`node_modules/${name}/package.json`, 'utf8')).version
const node = (id, title, module = `./peers/${id}.mjs`) => ({ id, title, module })
const PEERS = [
  node('backprose', 'backprose'),
  node('mathjs', `mathjs ${versionOf('mathjs')}`),
  node('mathjs-unsimplified', 'mathjs, simplify: false'),
  node('nerdamer', `nerdamer-prime ${versionOf('nerdamer-prime')}`),
  node('algebrite', `Algebrite ${versionOf('algebrite')}`),
  node('compute-engine', `Compute Engine ${versionOf('@cortex-js/compute-engine')}`),
]
for (const [id, title] of [
  ['sympy', 'SymPy'],
  ['casadi', 'CasADi'],
]) {
  const found = spawnSync(python, ['-c', `import ${id}; print(${id}.__version__)`], { encoding: 'utf8' })
  if (found.status === 0) PEERS.push({ id, title: `${title} ${found.stdout.trim()}`, script: `with_${id}` })
  else console.log(`${title} is left out: ${python} cannot import ${id}`)
}
PEERS.push(node('bare-sweep', 'bare sweep', `./${bareSweep}`))

/** What one process says: lines of JSON, as far as it came before it was stopped. */
const ask = (peer, id, workload) =>
  new Promise(resolve => {
    const child = peer.script
      ? spawn(python, ['-B', 'peers/worker.py'])
      : spawn(process.execPath, ['--max-old-space-size=4096', 'worker.mjs', peer.module, id])
    let [said, complaint, late] = ['', '', false]
    const stop = () => {
      late = true
      child.kill('SIGKILL')
    }
    let timer = setTimeout(stop, 1000 * Number(options.timeout))
    child.stdout.on('data', part => {
      said += part
      // Making ready, the answer, and putting numbers into it to see whether it is right, have a limit each.
      clearTimeout(timer)
      timer = setTimeout(stop, 1000 * Number(options.timeout))
    })
    child.stderr.on('data', part => {
      complaint += part
    })
    child.stdin.on('error', () => {})
    child.stdin.end(
      peer.script ? JSON.stringify({ peer: peer.script, workload, sampled: sampled(workload) }) : '',
    )
    child.on('close', () => {
      clearTimeout(timer)
      const lines = said.split('\n').filter(line => line.endsWith('}'))
      const answer = {}
      for (const line of lines) Object.assign(answer, JSON.parse(line))
      if (Object.keys(answer).some(key => key !== 'ready')) return resolve(answer)
      if (late) return resolve({ 'gave up': `no answer within ${options.timeout} s` })
      const memory = /heap out of memory|MemoryError/.test(complaint)
      resolve(memory ? { 'gave up': 'out of memory' } : { failed: complaint.trim().split('\n').at(-1) ?? '' })
    })
  })

const command = ['npm run bench', ...process.argv.slice(2)].join(' ').replace('bench ', 'bench -- ')
console.log(`${command}\n${machine()}\n${LEGEND}`)

const chosen = options.only.split(',').filter(Boolean)
const peers = PEERS.filter(({ id }) => chosen.length === 0 || chosen.includes(id))
const rows = []
const lost = new Map()
for (const [id, make] of WORKLOADS) {
  if (!id.includes(options.workload)) continue
  const workload = make()
  const expected = reference(workload)
  const family = id.replace(/\d+$/, '')
  console.log(`\n${workload.title}`)
  const parts = workload.problems.reduce(
    (sum, { wrt, definitions }) => sum + Math.max(wrt.length, definitions.length),
    0,
  )
  const row = { id, title: workload.title, parts, cells: new Map() }
  for (const peer of peers) {
    const before = lost.get(`${peer.id} ${family}`)
    const answer = before ? { 'not tried': before } : await ask(peer, id, workload)
    if (answer.values) answer.verdict = judge(answer.values, expected)
    if (answer['gave up'] || (answer.failed && !answer.median)) {
      lost.set(`${peer.id} ${family}`, 'no answer at a smaller size')
    }
    row.cells.set(peer.id, answer)
    console.log(describe(peer, answer, row.cells.get('backprose')))
  }
  rows.push(row)
}
const beside = besideTheSweep(rows)
if (beside.length > 0) console.log('\nbackprose beside the bare sweep')
for (const { title, ratio, perName } of beside) {
  console.log(`  ${title.padEnd(44)} ${ratio.padStart(8)}${perName && `, ${perName}`}`)
}
const starts = options.workload === '' || options.workload === 'cold' ? coldStart() : []
if (starts.length > 0) console.log('\ncold start (median of 15)')
for (const { title, median, above, failed } of starts) {
  const over = above === undefined ? '' : `, ${above.toFixed(0)} ms above bare node`
  console.log(`  ${title.padEnd(44)} ${failed ?? `${median.toFixed(0)} ms${over}`}`)
}
if (options.write)
  writeFileSync(
    '../../docs/benchmarks.md',
    markdown({ peers, rows, starts, command, timeout: options.timeout }),
  )
