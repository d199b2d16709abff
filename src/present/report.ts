import { makeTensor } from '../base/tensor.js'
import type { Adjoint, Solution } from '../derive/solution.js'
import { workingsOf } from '../derive/workings.js'
import { symbol } from '../expr/intern.js'
import type { Expr, Sym } from '../expr/node.js'
import type { Definition, Problem } from '../expr/problem.js'
import { substitute, symbolsOf } from '../expr/walk.js'
import { checkSection } from './check.js'
import type { Drafting, ReportOptions } from './drafting.js'
import { backwardRows, stepRows } from './layers.js'
import { equation, expression, type Row, type Section } from './maths.js'
import { isNamed } from './named.js'
import { notesSection } from './notes.js'
import { numbersSection } from './numbers.js'
import { reasonsOf, withoutRepeats } from './reasons.js'
import { resultSection } from './result.js'
import { shapesSection } from './shapes.js'

/** A worked solution, ready to be written in any format. */
export interface Report {
  readonly solution: Solution
  readonly sections: readonly Section[]
}

/** The worked solution of one passage of a document. */
export interface Part {
  /** The heading the passage stands under. */
  readonly title: string | undefined
  readonly report: Report
}

/**
 * Arranges a solution as it is read: given, shapes, forward, backward, result, numbers, notes, check. Sections that
 * have nothing to say are left out.
 */
export function reportOf(solution: Solution, options: ReportOptions = {}): Report {
  const aliases = aliasesOf(solution.problem)
  const workings = workingsOf(solution)
  const drafting: Drafting = {
    solution,
    options,
    workings: workings.rows,
    reasons: reasonsOf(solution, new Set(workings.rows.map(({ part }) => part))),
    nameOf: node => aliases.get(node) ?? node,
  }
  const sections = [
    givenSection(drafting, aliases),
    shapesSection(drafting),
    forwardSection(drafting),
    backwardSection(drafting),
    resultSection(drafting),
    numbersSection(drafting),
    notesSection(drafting),
    checkSection(drafting),
  ]
  return { solution, sections: sections.filter(({ rows, sentences }) => rows.length + sentences.length > 0) }
}

/** Names for expressions that are differentiated without having one. */
function aliasesOf({ declarations, definitions, questions }: Problem): ReadonlyMap<Expr, Sym> {
  const used = new Set(declarations.map(declaration => declaration.symbol.name))
  for (const { name } of symbolsOf(definitions.map(({ body }) => body))) used.add(name)
  for (const { symbol: defined } of definitions) used.add(defined.name)
  for (const { name } of symbolsOf(questions.map(question => question.of))) used.add(name)
  const aliases = new Map<Expr, Sym>()
  const many = new Set(questions.map(({ of }) => of).filter(of => !isNamed(of))).size > 2
  for (const { of } of questions) {
    if (isNamed(of) || aliases.has(of)) continue
    const free = many ? undefined : ['f', 'h', 'F'].find(letter => !used.has(letter))
    let name = free ?? 'f_1'
    for (let count = 2; used.has(name); count++) name = count < 10 ? `f_${count}` : `f_{${count}}`
    used.add(name)
    aliases.set(of, symbol(name, of.shape))
  }
  return aliases
}

function rowsOf(definitions: readonly Definition[]): readonly Row[] {
  return definitions.map(({ symbol: name, body }) => equation(expression(name), expression(body)))
}

/** The definitions as the author wrote them. */
function definitionsGiven({ problem, staged }: Solution): readonly Definition[] {
  const names = new Set<Expr>(staged.values())
  const inside = new Map<Expr, Expr>()
  for (const { symbol: name, body } of problem.definitions) if (names.has(name)) inside.set(name, body)
  return problem.definitions
    .filter(definition => !names.has(definition.symbol))
    .map(definition => ({ ...definition, body: substitute(definition.body, inside) }))
}

/** The numbers that the author gave. */
function valuesGiven({ problem }: Solution): readonly Row[] {
  return [...problem.values].map(([name, rows]) => {
    const value = makeTensor(rows.length, rows[0]?.length ?? 0, rows.flat())
    return equation(expression(name), { kind: 'numbers', value })
  })
}

/** The author's definitions and numbers, without the names that were introduced in working. */
function givenSection({ solution }: Drafting, aliases: ReadonlyMap<Expr, Sym>): Section {
  const asked = [...aliases].map(([of, name]) => equation(expression(name), expression(of)))
  const { layers } = solution.problem
  const steps = layers === undefined ? [] : stepRows(layers)
  const rows = [...steps, ...rowsOf(definitionsGiven(solution)), ...asked, ...valuesGiven(solution)]
  return { id: 'given', title: 'Given', rows, sentences: [] }
}

/** The definitions as they were worked with, where that differs from what was given. */
function forwardSection({ solution }: Drafting): Section {
  const rows = solution.staged.size === 0 ? [] : rowsOf(solution.problem.definitions)
  return { id: 'forward', title: 'Forward', rows, sentences: [] }
}

/** The parts of formulas that the pass went through, then the named adjoints, each through those before it. */
function backwardSection(drafting: Drafting): Section {
  const { solution, options, reasons, workings, nameOf } = drafting
  const { layers } = solution.problem
  if (layers !== undefined) {
    return { id: 'backward', title: 'Backward', rows: backwardRows(drafting, layers), sentences: [] }
  }
  const parts = workings.map(({ output, part, value }) => {
    const left = { kind: 'derivative', of: nameOf(output), wrt: part, order: 1 } as const
    return { row: equation(left, expression(value), reasons.of(output, part)), uses: symbolsOf([value]) }
  })
  const adjoints = options.intermediates === 'expand' ? [] : solution.adjoints
  const rowOf = (adjoint: Adjoint): Row => {
    const value = { right: expression(adjoint.body) }
    const margin = adjoint.of === undefined ? [] : reasons.of(adjoint.output, adjoint.of)
    const left = expression(adjoint.symbol)
    if (adjoint.of === undefined) return { left, relations: [value], reasons: margin }
    const derivative = { kind: 'derivative', of: nameOf(adjoint.output), wrt: adjoint.of, order: 1 } as const
    return { left, relations: [{ right: derivative }, value], reasons: margin }
  }
  // A part stands behind the named derivatives that it uses, and before the next one.
  const rows: Row[] = []
  const unknown = new Set(adjoints.map(({ symbol: name }) => name))
  let waiting = parts
  const settle = () => {
    const ready = waiting.filter(({ uses }) => !uses.some(name => unknown.has(name)))
    waiting = waiting.filter(part => !ready.includes(part))
    rows.push(...ready.map(({ row }) => row))
  }
  settle()
  for (const adjoint of adjoints) {
    rows.push(rowOf(adjoint))
    unknown.delete(adjoint.symbol)
    settle()
  }
  return { id: 'backward', title: 'Backward', rows: withoutRepeats(rows), sentences: [] }
}
