import type { Adjoint, Answer } from '../derive/solution.js'
import { workingsOf } from '../derive/workings.js'
import type { Check } from '../evaluate/check.js'
import type { Expr } from '../expr/node.js'
import type { Shape } from '../expr/shape.js'
import type { Step } from '../expr/step.js'
import { toLatex } from '../print/latex.js'
import { toText } from '../print/text.js'
import { differenceBound } from './check.js'
import { latexPen } from './latex-pen.js'
import type { Maths } from './maths.js'
import type { Part, Report } from './report.js'
import { textPen } from './text-pen.js'
import { notationOf } from './typeset.js'

/** Grows when a field changes its meaning or leaves; new fields may come at any time. */
const SCHEMA_VERSION = 1

/** One piece of mathematics in both dialects. */
interface Spelled {
  readonly latex: string
  readonly plain: string
}

/** The data of a worked solution; plain, and the same bytes for the same input. */
export function toJson(report: Report): string {
  return `${JSON.stringify({ schemaVersion: SCHEMA_VERSION, ...dataOf(report) }, null, 2)}\n`
}

/** The data of the worked solutions of a document, one for each passage that asks for something. */
export function toJsonPassages(parts: readonly Part[]): string {
  const passages = parts.map(({ title, report }) => ({ title, ...dataOf(report) }))
  return `${JSON.stringify({ schemaVersion: SCHEMA_VERSION, passages }, null, 2)}\n`
}

function dataOf(report: Report): object {
  const { problem, answers, adjoints, backward, steps } = report.solution
  const notation = notationOf(report)
  const spell = (node: Expr): Spelled => ({ latex: toLatex(node, notation), plain: toText(node, notation) })
  const pens = [latexPen(notation), textPen(notation)] as const
  const spellMaths = (maths: Maths): Spelled => ({ latex: pens[0].maths(maths), plain: pens[1].maths(maths) })
  return {
    answers: answers.map(answer => answerOf(answer, spell)),
    adjoints: adjoints.map(adjoint => adjointOf(adjoint, spell)),
    backward: backward?.map(row => ({
      name: row.symbol.name,
      of: row.of.name,
      output: spell(row.output),
      from: row.from,
      to: row.to,
      ...spell(row.body),
    })),
    recurrence: problem.layers && {
      index: problem.layers.letter,
      from: problem.layers.low,
      to: problem.layers.high,
      steps: problem.layers.steps.map(({ symbol, body }) => ({ name: symbol.name, ...spell(body) })),
    },
    parts: workingsOf(report.solution).rows.map(({ output, part, value }) => ({
      of: spell(output),
      by: spell(part),
      ...spell(value),
    })),
    definitions: problem.definitions.map(({ symbol, body }) => ({ name: symbol.name, ...spell(body) })),
    declarations: problem.declarations.map(({ symbol, family, set, inferred }) => ({
      name: symbol.name,
      ...spell(symbol),
      shape: shapeJson(symbol.shape),
      set,
      family,
      inferred,
    })),
    readings: problem.readings.map(({ kind, what, why, span, code }) => ({ kind, what, why, span, code })),
    numbers: report.sections
      .filter(({ id }) => id === 'numbers')
      .flatMap(({ rows }) =>
        rows.map(row => ({ of: spellMaths(row.left), value: entriesOf(row.relations[0]!.right) })),
      ),
    steps: steps.map(step => stepOf(step, spell)),
  }
}

function answerOf(
  { question, kind, layout, result, expanded, pieces, entries, assumptions, conditions, check }: Answer,
  spell: (node: Expr) => Spelled,
) {
  return {
    of: spell(question.of),
    wrt: spell(question.wrt),
    second: question.second && spell(question.second),
    order: question.order,
    kind,
    layout,
    shape: shapeJson(expanded.shape),
    ...spell(result),
    expanded: spell(expanded),
    pieces: pieces?.map(({ range, wrt, body }) => ({ wrt: spell(wrt), ...range, ...spell(body) })),
    entries: entries && { of: spell(entries.of), by: entries.by.map(spell), ...spell(entries.value) },
    assumptions: assumptions.map(({ latex }) => latex),
    conditions: conditions?.map(({ node, holds }) => ({ ...spell(node), holds })),
    check: check === undefined ? undefined : checkJson(check),
  }
}

/** How a result was verified, without the data of a counterexample and without digits that differ by machine. */
export function checkJson({
  status,
  points,
  sizes,
  largestDifference,
  branches,
  functions,
  seed,
  unrolled,
  message,
}: Check) {
  return {
    status,
    message,
    points,
    sizes: sizes.map(choice => Object.fromEntries(choice)),
    differenceBelow: differenceBound(largestDifference),
    branches,
    functions,
    seed,
    unrolled,
  }
}

function adjointOf({ symbol, of, body, output }: Adjoint, spell: (node: Expr) => Spelled) {
  return { name: symbol.name, of: of?.name, output: spell(output), ...spell(body) }
}

function stepOf(
  { kind, rule, before, after, at, argument, name, assumption }: Step,
  spell: (node: Expr) => Spelled,
) {
  return {
    kind,
    rule: rule.id,
    ruleName: rule.name,
    before: spell(before),
    after: spell(after),
    at: at === undefined ? undefined : spell(at),
    argument,
    name: name?.name,
    assumption: assumption?.latex,
  }
}

function shapeJson({ rows, columns }: Shape) {
  return [rows, columns]
}

function entriesOf(maths: Maths): readonly (readonly number[])[] | undefined {
  if (maths.kind !== 'numbers') return undefined
  const { rows, columns, data } = maths.value
  return Array.from({ length: rows }, (_, i) =>
    Array.from({ length: columns }, (_, j) => data[i * columns + j]!),
  )
}
