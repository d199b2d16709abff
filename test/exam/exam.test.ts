import { readFileSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { loadAutograd } from '../../src/autograd/load.js'
import { loadTensors } from '../../src/tensor/load.js'
import { questions } from './cases.js'
import { examine, isInMatrixNotation, readingsOf } from './examine.js'
import { pageOf, timesOf } from './page.js'
import type { Question } from './question.js'
import { referenceOf } from './reference.js'
import { dialectsOf } from './request.js'

const FILE = 'docs/exam.md'
/** Requests whose answers are right in every respect. */
const right = new Set<string>()

const [tensors, autograd] = await Promise.all([loadTensors(), loadAutograd()])
const found = await examine(questions)
const references = new Map(questions.map(question => [question.id, referenceOf(question, tensors, autograd)]))

test.each(questions)('$id: automatic differentiation and differences of values agree', ({ id }) => {
  expect(references.get(id)!.spread).toBeLessThan(1e-6)
})

const asked = questions.flatMap(question =>
  dialectsOf(question).map(dialect => ({
    id: question.id,
    dialect,
    text: [question[dialect] ?? []].flat().join('; '),
    question,
  })),
)

test.each(asked)('$id, $dialect: $text', ({ question, dialect }) => {
  const { value, shape } = references.get(question.id)!
  const examined = found.get(question.id)!.get(dialect)!
  const { answer } = examined
  const shown = JSON.stringify(examined)
  expect(answer.error, shown).toBeUndefined()
  expect(answer.check?.status, shown).toBe('agrees')
  expect(answer.shape, shown).toEqual(shape)
  expectSame([answer.value].flat(4), value, shown)
  if (isWhole(question)) expect(isInMatrixNotation(answer), shown).toBe(true)
  for (const reading of readingsOf(examined, tensors)) expectSame(reading, value, shown)
  right.add(`${question.id} ${dialect}`)
})

test.skipIf((process.env.EXAM ?? '') !== '')('the page of the exam is up to date', () => {
  const page = pageOf(questions, found, right)
  if (process.env.WRITE_DOCS === '1') writeFileSync(FILE, page)
  expect(readFileSync(FILE, 'utf8')).toBe(page)
  if (process.env.EXAM_TIMES === '1') console.log(timesOf(questions, found))
})

function expectSame(found: readonly unknown[], expected: readonly number[], shown: string): void {
  expect(found.length, shown).toBe(expected.length)
  const size = Math.max(1, ...expected.map(Math.abs))
  const off = expected.map((entry, k) => Math.abs(Number(found[k]) - entry) / size)
  expect(Math.max(...off), shown).toBeLessThan(1e-8)
}

/** Whether a function is given without entries, so that its derivative should be too. */
function isWhole({ latex, plain, inEntries }: Question): boolean {
  if (plain === undefined) return !inEntries && !/\\sum|\\prod|_\{?[ijk1-9]/.test([latex].flat().join())
  return !inEntries && ![plain].flat().some(text => /\b(?:sum|prod)\(\w+=|\w\[/.test(text))
}
