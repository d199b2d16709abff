import { beforeAll, describe, expect, it } from 'vitest'
import { catalogue } from '../../src/catalogue/catalogue.js'
import type { Instance } from '../../src/catalogue/entry.js'
import { work } from '../../src/derive/derive.js'
import { verify } from '../../src/derive/library.js'
import { loadEngines } from '../../src/derive/verified.js'
import type { Engines } from '../../src/evaluate/oracle.js'
import type { Expr } from '../../src/expr/node.js'
import type { Problem } from '../../src/expr/problem.js'
import { citation } from '../../src/ops/sources.js'
import { problemOf, readExpression } from '../../src/parse/problem.js'
import { toLatex } from '../../src/print/latex.js'
import { toText } from '../../src/print/text.js'
import { startSimplifier } from '../../src/simplify/simplify.js'

let engines: Engines
beforeAll(async () => {
  engines = await loadEngines()
})

const entries = catalogue.flatMap(section => section.entries)

function problemFor(instance: Instance): Problem {
  return problemOf({
    syntax: 'plain',
    decls: instance.declarations,
    defs: instance.definitions,
    assume: instance.assumptions,
    expr: instance.function,
    wrt: instance.variable,
    order: instance.order,
  })
}

/** The characters a reader sees: commands that make one sign count once, braces and blanks do not count. */
function printedLength(node: Expr, problem: Problem): number {
  const latex = toLatex(node, { ...problem.notation, dialect: 'latex' })
  return latex
    .replace(/\\(?:frac|operatorname|mathbf|mathbb|left|right|begin|end)\b/g, '')
    .replace(/\\[A-Za-z]+|\\./g, 'c')
    .replace(/[\s{}_^]/g, '').length
}

/** Two formulas that differ at most in the order of commuting parts are the same form. */
function sameForm(a: Expr, b: Expr, problem: Problem): boolean {
  return a === b || startSimplifier(problem).facts.classOf(a) === startSimplifier(problem).facts.classOf(b)
}

async function agrees(problem: Problem, answer: Expr, what: string): Promise<void> {
  const { of, wrt, order } = problem.questions[0]!
  const { status } = await verify(problem, answer, { of, wrt, order, engines })
  expect(status, `${what}: ${toText(answer)}`).toBe('agrees')
}

describe('the catalogue', () => {
  it('names every result once', () => {
    const ids = entries.map(entry => entry.id)
    expect(ids.filter((id, i) => ids.indexOf(id) !== i)).toEqual([])
    expect(entries.length).toBeGreaterThanOrEqual(94)
  })

  for (const entry of entries) {
    it(`${entry.id}: has a source, a sentence and an instance`, () => {
      expect(citation(entry.source)).toBeDefined()
      expect(entry.sentence).toMatch(/^[A-Z].*\.$/)
      expect(entry.instances.length).toBeGreaterThan(0)
      expect(entry.statements.length).toBeGreaterThan(0)
    })

    for (const instance of entry.instances) {
      const order = instance.order === 2 ? ', twice' : ''
      it(`${entry.id}: ${instance.function} by ${instance.variable}${order} is ${instance.answer}`, async () => {
        const problem = problemFor(instance)
        const answer = work(problem).answers[0]!
        const declarations = [...problem.declarations, ...problem.definitions.map(({ symbol }) => symbol)]
        const { shape } = answer.expanded
        const textbook = readExpression(instance.answer, { dialect: 'plain', declarations, shape })
        await agrees(problem, textbook, 'the textbook form')
        const forms = [answer.result, answer.expanded]
        if (forms.some(form => sameForm(form, textbook, problem))) return
        await agrees(problem, answer.expanded, 'the derived form')
        const [derived, wanted] = [answer.expanded, textbook].map(form => printedLength(form, problem))
        expect(derived, `${toText(answer.expanded)} is longer than ${toText(textbook)}`).toBeLessThanOrEqual(
          wanted!,
        )
      })
    }
  }
})
