/**
 * Draws equations from every construct of a file: `node test/reach/sample.mjs FILE.jsonl 7 1` prints the ids of seven
 * of each, for the seed 1. The same file, number and seed always give the same ids.
 */
import { readFileSync } from 'node:fs'
import { CONSTRUCTS, constructsOf } from './constructs.mjs'

const [file, many = '7', seed = '1'] = process.argv.slice(2)
const equations = readFileSync(file, 'utf8')
  .trim()
  .split('\n')
  .map(line => JSON.parse(line))
const parts = new Map(CONSTRUCTS.map(([name]) => [name, []]))
for (const equation of equations) for (const name of constructsOf(equation)) parts.get(name).push(equation.id)

const chosen = new Set()
for (const [name, ids] of parts) {
  const order = ids.map(id => [hash(`${seed} ${name} ${id}`), id]).sort(([a], [b]) => a - b)
  for (const [, id] of order.slice(0, Number(many))) chosen.add(id)
}
for (const id of chosen) console.log(id)

/** The hash of Fowler, Noll and Vo, with its bits mixed once more. */
function hash(text) {
  let value = 0x811c9dc5
  for (const letter of text) value = Math.imul(value ^ letter.codePointAt(0), 0x01000193)
  value = Math.imul(value ^ (value >>> 15), 0x2c1b3c6d)
  return (value ^ (value >>> 13)) >>> 0
}
