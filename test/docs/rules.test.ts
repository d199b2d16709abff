import { readFileSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import * as calculus from '../../src/calculus/rules.js'
import { catalogue } from '../../src/catalogue/catalogue.js'
import type { CatalogueEntry } from '../../src/catalogue/entry.js'
import { namePreactivation } from '../../src/derive/stage.js'
import type { Rule } from '../../src/expr/rule.js'
import { sources } from '../../src/ops/sources.js'
import { operations } from '../../src/ops/table.js'
import { declaredFact } from '../../src/simplify/law.js'
import { productRules } from '../../src/simplify/laws/products.js'
import { lawTable } from '../../src/simplify/table.js'

const FILE = 'docs/rules.md'
const INTRODUCTION = `# Rules

Every rule that a derivation may name: what it says, in a sentence, and where it is from. A source is a work of the list at
the end, with the place in it. This page is written from the tables of the program by \`WRITE_DOCS=1 npx vitest run
--config test/vitest.config.ts test/docs\`; a test keeps it up to date.
`

const CATALOGUE = `# Catalogue

Results that every course states. Under each stand functions of that kind and their derivatives, in plain notation; the
tests derive every one of them again, compare it with automatic differentiation, and hold its form against the one here.
`

function resultsOf(entry: CatalogueEntry): readonly string[] {
  const { name, statements, sentence, source, instances, note } = entry
  const said = statements.map(statement => `$${statement}$`).join('; ')
  const kink = note === undefined ? '' : ` Note: ${note}.`
  return [
    `- **${name}**: ${said} — ${sentence} (${source})${kink}`,
    ...instances.map(instance => {
      const given = [...(instance.definitions ?? []), ...(instance.assumptions ?? [])].join(', ')
      const twice = instance.order === 2 ? ', twice' : ''
      const where = given === '' ? '' : ` where \`${given}\``
      return `  - \`${instance.function}\`${where}, by \`${instance.variable}\`${twice}: \`${instance.answer}\``
    }),
  ]
}

const ofCalculus: readonly Rule[] = Object.values(calculus).filter(value => typeof value !== 'function')
const ofLaws = [...new Set([...lawTable.values()].flat())].map(law => law.rule)

const entry = (name: string, { statement, sentence, source }: Rule) =>
  `- **${name}**: $${statement}$ — ${sentence} (${source})`
const section = (title: string, entries: readonly string[]) =>
  `## ${title}\n\n${[...new Set(entries)].join('\n')}\n`

/** The page, from the tables that the program itself uses. */
function page(): string {
  return [
    INTRODUCTION,
    section(
      'Derivatives of operations',
      operations.map(op => entry(`${op.title}, ${op.rule.name}`, op.rule)),
    ),
    section(
      'How derivatives travel',
      [...ofCalculus, namePreactivation].map(rule => entry(rule.name, rule)),
    ),
    section(
      'Laws of simplification',
      [...ofLaws, ...productRules, declaredFact].map(rule => entry(rule.name, rule)),
    ),
    CATALOGUE,
    ...catalogue.map(({ title, entries }) => section(`Catalogue: ${title}`, entries.flatMap(resultsOf))),
    section(
      'Sources',
      [...sources].map(([key, work]) => `- \`${key}\`: ${work}`),
    ),
  ].join('\n')
}

test('the page of rules says what the tables say', () => {
  if (process.env.WRITE_DOCS === '1') writeFileSync(FILE, page())
  expect(readFileSync(FILE, 'utf8')).toBe(page())
})
