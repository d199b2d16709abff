/**
 * How many equations are read so that every token is accounted for, and of how many the reading is the right one.
 *
 *   npm run reach                                     the equations of this repository
 *   npm run reach -- FILE.jsonl                       lines {id, tex, macros?}
 *   npm run reach -- FILE.jsonl --expect FORMS.jsonl  lines {id, form}: what the equations say, by their ids
 *
 * --failures lists what was not read and which expectations are not met. The last line is `reach: N of M`.
 */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { CONSTRUCTS, constructsOf, hasDerivative } from './constructs.mjs'
import { reader } from './reader.mjs'

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { expect: { type: 'string' }, failures: { type: 'boolean', default: false } },
})
const own = fileURLToPath(new URL('own.jsonl', import.meta.url))
const given = fileURLToPath(new URL('expectations.jsonl', import.meta.url))
const lines = file =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter(line => line.trim() !== '')
    .map(line => JSON.parse(line))

const file = positionals[0] ?? own
const equations = lines(file)
const expected = new Map(
  (options.expect !== undefined ? lines(options.expect) : positionals.length === 0 ? equations : []).map(
    ({ id, form }) => [id, form],
  ),
)
const read = await reader()
const rows = new Map(CONSTRUCTS.map(([name]) => [name, { all: 0, read: 0, expected: 0, met: 0 }]))
const total = { all: 0, read: 0, expected: 0, met: 0 }
const derivatives = { all: 0, read: 0 }
let slowest = { time: 0, id: '' }
for (const equation of equations) {
  const start = performance.now()
  const { lost, error, forms } = read(equation)
  const time = performance.now() - start
  if (time > slowest.time) slowest = { time, id: equation.id }
  const done = error === undefined && lost.length === 0
  const wanted = expected.get(equation.id)
  const met = wanted !== undefined && JSON.stringify(forms) === JSON.stringify(wanted)
  const counts = [total, ...constructsOf(equation).map(name => rows.get(name))]
  if (hasDerivative(equation)) counts.push(derivatives)
  for (const count of counts) {
    count.all++
    if (done) count.read++
    if (wanted !== undefined) count.expected++
    if (met) count.met++
  }
  if (!options.failures) continue
  if (!done) console.log(`not read  ${equation.id}  ${error ?? `lost: ${lost.join(' ')}`}`)
  if (wanted !== undefined && !met) {
    console.log(`differs   ${equation.id}`)
    for (const form of wanted) console.log(`  expected ${form}`)
    for (const form of forms) console.log(`  found    ${form}`)
  }
}

const share = (part, whole) => (whole === 0 ? '' : `${((100 * part) / whole).toFixed(1)} %`)
const width = Math.max(...CONSTRUCTS.map(([name]) => name.length))
console.log(`${'construct'.padEnd(width)}  ${'read'.padStart(13)}           meaning`)
for (const [name, row] of rows) {
  if (row.all === 0) continue
  const reached = `${row.read} of ${row.all}`.padStart(13)
  const meaning = row.expected === 0 ? '' : `${row.met} of ${row.expected}`.padStart(11)
  console.log(`${name.padEnd(width)}  ${reached} ${share(row.read, row.all).padStart(8)} ${meaning}`)
}
console.log(`slowest: ${slowest.time.toFixed(1)} ms, ${slowest.id}`)
console.log(
  `with a derivative: ${derivatives.read} of ${derivatives.all}, ${share(derivatives.read, derivatives.all)}`,
)
const meant = [...expected.keys()].filter(id => !equations.some(equation => equation.id === id)).length
if (meant > 0) console.log(`expectations without an equation in the file: ${meant}`)
if (total.expected > 0) {
  console.log(`meaning: ${total.met} of ${total.expected}, ${share(total.met, total.expected)}`)
} else if (positionals.length > 0) {
  console.log(`meaning: skipped; --expect FILE compares with what the equations say`)
}
if (positionals.length === 0) {
  console.log(`skipped: ${lines(given).length} expectations by id; they need the file of their equations`)
}
console.log(`reach: ${total.read} of ${total.all}`)
