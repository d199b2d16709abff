import katex from 'katex'
import { describe, expect, test } from 'vitest'
import * as calculusRules from '../../src/calculus/rules.js'
import { catalogue } from '../../src/catalogue/catalogue.js'
import { namePreactivation } from '../../src/derive/stage.js'
import type { Op } from '../../src/expr/op.js'
import { abbreviations } from '../../src/ops/abbreviations.js'
import { citation, sources } from '../../src/ops/sources.js'
import { operations, spellingsOf, vocabulary } from '../../src/ops/table.js'
import { declaredFact } from '../../src/simplify/law.js'
import { lawTable } from '../../src/simplify/table.js'

const repeated = (items: readonly string[]) => items.filter((item, i) => items.indexOf(item) !== i)
const isAcceptedByKatex = (latex: string) =>
  katex.renderToString(latex, { strict: 'error', throwOnError: true }).includes('katex')

/** A formula that shows how an operation is written. */
function sample({ notation: { form, latex, suffix = '' } }: Op): string {
  switch (form) {
    case 'infix':
      return `a ${latex} b`
    case 'postfix':
      return `X^{${latex}}`
    case 'bars':
      return `${latex} x ${latex}${suffix}`
    case 'function':
      return `${latex}(x)`
    case 'constant':
      return latex
    default:
      if (latex.startsWith('\\begin')) return `${latex}a\\end${latex.slice('\\begin'.length)}`
      return latex === '\\frac' || latex === '\\sqrt' ? `${latex}{a}{b}` : `x${latex}{a}`
  }
}

describe('the table of operations', () => {
  test('gives every operation a name and a title of its own', () => {
    expect(repeated(operations.map(op => op.name))).toEqual([])
    expect(repeated(operations.map(op => op.title))).toEqual([])
  })

  test.each(['latex', 'plain'] as const)('has no word of the %s dialect twice', dialect => {
    expect(repeated(operations.flatMap(op => [...spellingsOf(op)[dialect]]))).toEqual([])
  })

  test('offers its words to the lexers', () => {
    const { latex, plain, constants } = vocabulary()
    const names = (table: ReadonlyMap<string, Op>, words: string) =>
      words.split(' ').map(word => table.get(word)?.name ?? `nothing under ${word}`)
    expect(names(plain, 'exp log ln sqrt tanh arctan abs relu norm1 norm2 sum tr det where eye')).toEqual(
      'exp log log sqrt tanh arctan absolute-value relu norm-1 norm-2 sum trace determinant piecewise identity'.split(
        ' ',
      ),
    )
    expect(names(constants, 'pi')).toEqual(['pi'])
    expect(names(latex, 'exp log ln tanh max min tr diag vec softmax sigmoid ReLU det sgn')).toEqual(
      'exp log log tanh maximum minimum trace diagonal-matrix vec softmax sigmoid relu determinant sign'.split(
        ' ',
      ),
    )
  })

  test('keeps Greek letters and words of objects out of the function words', () => {
    const { latex, plain } = vocabulary()
    for (const word of ['sigma', 'delta', 'constructor', '__proto__', 'toString', 'frac', 'odot']) {
      expect([latex.has(word), plain.has(word)], word).toEqual([false, false])
    }
  })
})

describe.each(operations.map(op => [op.name, op] as const))('the record of %s', (_, op) => {
  test('has a rule with a source, a sentence and a statement', () => {
    const { id, name, statement, source, sentence } = op.rule
    expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/)
    expect(name.trim()).not.toBe('')
    expect(citation(source), source).toBeDefined()
    expect(sentence).toMatch(/^[A-Z].*\.$/)
    expect(isAcceptedByKatex(statement)).toBe(true)
  })

  test('is written in LaTeX that KaTeX accepts', () => {
    const { latexAliases = [] } = op.notation
    if (op.notation.latex !== '') expect(isAcceptedByKatex(sample(op))).toBe(true)
    for (const alias of latexAliases) expect(isAcceptedByKatex(`${alias} x`), alias).toBe(true)
  })

  test('has either a derivative or a reason to have none, and an example', () => {
    const none = op.flat?.(0, []) === true || op.arity[1] === 0
    expect(op.push !== undefined || none).toBe(true)
    expect(op.pull !== undefined || none || op.binds).toBe(true)
    expect(op.examples.length).toBeGreaterThan(0)
    expect(Object.isFrozen(op)).toBe(true)
  })
})

test('rules of one id are one rule in name and source', () => {
  const known = new Map(operations.map(({ rule }) => [rule.id, rule]))
  for (const { rule } of operations) expect(known.get(rule.id)?.name).toBe(rule.name)
})

test('every source is cited by some rule, law, step of the calculus or textbook result', () => {
  const laws = [...lawTable.values()].flat().map(({ rule }) => rule)
  const rules = [
    ...operations.map(op => op.rule),
    ...abbreviations.map(op => op.rule),
    ...laws,
    ...Object.values(calculusRules).filter(value => typeof value !== 'function'),
    declaredFact,
    namePreactivation,
  ]
  const results = catalogue.flatMap(({ entries }) => entries)
  const cited = new Set([...rules, ...results].map(({ source }) => source.split(':')[0]))
  // Identities of networks that are named by what they are made of.
  const shared = new Set(['clark'])
  expect([...sources.keys()].filter(key => !cited.has(key) && !shared.has(key))).toEqual([])
})
