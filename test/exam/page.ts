import { isInMatrixNotation, type Results } from './examine.js'
import type { Question } from './question.js'
import { dialectsOf } from './request.js'

const INTRODUCTION = `# Exam

Functions whose derivatives are asked for through \`backprose batch\`, each in LaTeX and in plain text. The value of every
answer is compared with two references that know none of the rules: automatic differentiation of a program written by hand
for that function, and differences of its values. Both printed forms are read back and have the same value.
*Answered* counts requests that were answered with the right value, *in matrix notation* those whose answer is a formula of
whole arrays, without sums over indices, entries or linear maps where a matrix would do. Families are given by their members,
so their derivatives are sums over them.

This page is written by \`WRITE_DOCS=1 npx vitest run --config test/vitest.config.ts test/exam\`; \`npm run exam\` prints how
long the requests take.

`

const groupsOf = (questions: readonly Question[]) => [...new Set(questions.map(({ group }) => group))]

/** The breakdown by group, as Markdown. Times are left out, because they differ from run to run. */
export function pageOf(questions: readonly Question[], results: Results, right: ReadonlySet<string>): string {
  const row = (name: string, of: readonly Question[]) => {
    const ids = of.flatMap(question => dialectsOf(question).map(dialect => ({ id: question.id, dialect })))
    const answered = ids.filter(({ id, dialect }) => right.has(`${id} ${dialect}`))
    const whole = answered.filter(({ id, dialect }) =>
      isInMatrixNotation(results.get(id)!.get(dialect)!.answer),
    )
    return `| ${name} | ${of.length} | ${ids.length} | ${answered.length} | ${whole.length} |`
  }
  const rows = groupsOf(questions).map(name =>
    row(
      name,
      questions.filter(({ group }) => group === name),
    ),
  )
  const head = '| group | functions | requests | answered | in matrix notation |\n|---|---|---|---|---|'
  return `${INTRODUCTION}${[head, ...rows, row('all', questions)].join('\n')}\n`
}

/** How long the requests of every group took, in milliseconds; the first of all loads the engines. */
export function timesOf(questions: readonly Question[], results: Results): string {
  const times = (of: readonly Question[]) =>
    of.flatMap(({ id }) => [...results.get(id)!.values()].map(({ took }) => took)).sort((a, b) => a - b)
  const row = (name: string, sorted: readonly number[]) =>
    `${name.padEnd(34)} median ${sorted[Math.floor(sorted.length / 2)]!.toFixed(0).padStart(5)}   largest ${sorted.at(-1)!.toFixed(0).padStart(5)}`
  const groups = groupsOf(questions).map(name =>
    row(name, times(questions.filter(({ group }) => group === name))),
  )
  const slowest = questions
    .flatMap(({ id }) =>
      [...results.get(id)!].map(([dialect, { took }]) => ({ id: `${id} ${dialect}`, took })),
    )
    .sort((a, b) => b.took - a.took)
    .slice(0, 12)
    .map(({ id, took }) => `  ${id}: ${took.toFixed(0)}`)
  return [...groups, row('all', times(questions)), 'slowest', ...slowest].join('\n')
}
