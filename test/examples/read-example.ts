import { readdirSync, readFileSync } from 'node:fs'
import type { Problem } from '../../src/expr/problem.js'
import { readProblem } from '../../src/parse/problem.js'

const folder = new URL('../../examples/', import.meta.url)

/** The names of the examples, without their endings. */
export const exampleNames: readonly string[] = readdirSync(folder)
  .filter(file => file.endsWith('.md'))
  .map(file => file.slice(0, -3))
  .sort()

/** Reads an example as the command line does. */
export function readExample(name: string): Problem {
  return readProblem(readFileSync(new URL(`${name}.md`, folder), 'utf8'), { kind: 'markdown' })
}
