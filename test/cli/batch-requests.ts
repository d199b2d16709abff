import { expect } from 'vitest'
import { run } from './harness.js'

/** What the batch answers to requests, a line each; nothing is warned of and the program ends well. */
export async function answers(requests: readonly unknown[], args: readonly string[] = []) {
  const input = requests
    .map(request => (typeof request === 'string' ? request : JSON.stringify(request)))
    .join('\n')
  const { code, out, err } = await run(['batch', ...args], { input })
  expect(err).toBe('')
  expect(code).toBe(0)
  return out
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line))
}

/** A request for a derivative of plain text. */
export function derive(id: string, fields: object) {
  return { id, task: 'derive', syntax: 'plain', order: 1, ...fields }
}

/** A declaration by name and shape. */
export function plain(name: string, ...shape: (string | number)[]) {
  return { name, shape }
}
