import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { opWords, readerVocabulary } from '../../src/parse/elaborate/new-session.js'
import { formText } from '../../src/parse/meaning/form.js'
import { readForms } from '../../src/parse/meaning/read.js'
import { readBlock } from '../../src/parse/read.js'
import { CONSTRUCTS, constructsOf } from './constructs.mjs'

interface Equation {
  readonly id: string
  readonly tex: string
  readonly macros?: Readonly<Record<string, { readonly args: number; readonly body: string }>>
  readonly form: readonly string[]
}

const equations = readFileSync(new URL('own.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map(line => JSON.parse(line) as Equation)
const words = opWords()
const vocabulary = readerVocabulary(words)

function read({ tex, macros = {} }: Equation) {
  const known = Object.entries(macros).map(
    ([name, { args, body }]) =>
      [name, { name, parameters: args, optional: null, body, span: { from: 0, to: 0 } }] as const,
  )
  return readBlock(tex, { dialect: 'latex', vocabulary, macros: new Map(known) })
}

describe('an equation says', () => {
  it.each(equations.map(equation => [equation.id, equation.tex, equation] as const))(
    '%s %s',
    (_, __, equation) => {
      const { statements, lost } = read(equation)
      expect(lost).toEqual([])
      expect(readForms(statements, { dialect: 'latex', words }).map(formText)).toEqual(equation.form)
    },
  )
})

describe('the equations of the repository', () => {
  it('ask each of the forty questions of notation', () => {
    const asked = new Set(equations.flatMap(({ id }) => /^a(\d\d)/.exec(id)?.[1] ?? []))
    expect([...asked].sort()).toEqual(Array.from({ length: 40 }, (_, i) => `${i + 1}`.padStart(2, '0')))
  })

  it('have every construct that is counted', () => {
    const had = new Set(equations.flatMap(equation => constructsOf(equation)))
    expect(CONSTRUCTS.map(([name]) => name).filter(name => !had.has(name))).toEqual([])
  })
})
