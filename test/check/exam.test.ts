import { expect, test } from 'vitest'
import { startBudget } from '../../src/base/limits.js'
import { seededRandom } from '../../src/base/random.js'
import { Ground } from '../../src/check/ground.js'
import { readDerivation } from '../../src/parse/derivation.js'
import { loadTensors } from '../../src/tensor/load.js'
import { byDifferences } from './exam/independent.js'
import { RIGHT } from './exam/right.js'
import { slipsOf } from './exam/slips.js'
import { check } from './lines.js'

const tensors = await loadTensors()
const read = (request: object) => readDerivation({ syntax: 'latex', lines: [], ...request })

/** Some of many, the same every time. */
function sampled<T>(items: readonly T[], seed: string): readonly T[] {
  const random = seededRandom(seed)
  return items.filter(() => random.next() < 3 / items.length)
}

test.each(RIGHT)('every line of $id is right, and what is proved of it agrees with numbers', derivation => {
  expect(check(derivation).filter(({ ok }) => ok !== true)).toEqual([])
  const { problem, lines, wrt } = read(derivation)
  const ground = new Ground(problem, wrt, tensors, startBudget())
  for (const { definition, head, steps } of lines.flatMap(({ statements }) => statements)) {
    if (definition !== undefined) ground.define(definition)
    for (const { formula } of steps) {
      const [left, right] = [ground.resolve(head!.value!), ground.resolve(formula.value!)]
      if (left !== right && ground.proves(left, right)) {
        expect(ground.compare(left, right).status, lines.map(({ text }) => text).join('\n')).toBe('agrees')
      }
    }
  }
})

test('most right lines are proved', () => {
  const statuses = RIGHT.flatMap(derivation => check(derivation).map(({ status }) => status))
  expect(statuses.length).toBeGreaterThan(150)
  expect(statuses.filter(status => status === 'proved').length / statuses.length).toBeGreaterThan(0.95)
})

test.each(RIGHT)('differences find nothing wrong with $id', derivation => {
  expect(byDifferences(read(derivation), tensors).flat()).not.toContain(false)
})

test.each(RIGHT)('a slip in $id is found exactly where differences find one', derivation => {
  for (const [at, line] of derivation.lines.entries()) {
    for (const slip of sampled(slipsOf(line), `${derivation.id} ${at}`)) {
      const lines = derivation.lines.map((text, k) => (k === at ? slip.line : text)).slice(0, at + 1)
      const request = { ...derivation, lines }
      const found = check(request)
      expect(found.slice(0, at).map(({ ok }) => ok)).not.toContain(false)
      const truth = byDifferences(read(request), tensors)[at]!
      const { ok, status } = found[at]!
      if (truth.includes(false)) expect([ok, status], slip.line).toEqual([false, expect.any(String)])
      else if (truth.length > 0 && !truth.includes(undefined))
        expect([ok, status], slip.line).toEqual([true, expect.any(String)])
    }
  }
})
