import type { Dim } from '../../expr/shape.js'
import { isCapital } from './names.js'
import type { SymbolEntry } from './scope.js'
import type { StatementShapes } from './session.js'
import type { SideSolver } from './sides.js'

/*
 * What a reader assumes where nothing forces a shape. Statements that share a name without a shape are read
 * together. When nothing in such a group is an array, everything open in it is a number; otherwise the decisions
 * that were left open are taken in the order written, each with all that follows from it.
 */

/** Takes every decision and gives every symbol a shape. */
export function settleShapes(solver: SideSolver, statements: readonly StatementShapes[]): void {
  solver.settle()
  for (const group of groupsOf(solver, statements)) {
    const symbols = new Set(group.flatMap(shapes => [...shapes.symbols]))
    const arrays =
      group.some(shapes => shapes.arrays || shapes.matrixPatterns.some(open => open())) ||
      [...symbols].some(entry => solver.isArray(entry.sides))
    if (!arrays) makeNumbers(solver, symbols)
    else decideAll(solver, group, symbols)
    solver.settle()
  }
}

function groupsOf(solver: SideSolver, statements: readonly StatementShapes[]): StatementShapes[][] {
  const parent = statements.map((_, i) => i)
  const root = (i: number) => {
    let at = i
    while (parent[at] !== at) {
      parent[at] = parent[parent[at]!]!
      at = parent[at]!
    }
    return at
  }
  const first = new Map<SymbolEntry, number>()
  statements.forEach((shapes, i) => {
    for (const entry of shapes.symbols) {
      if (solver.shape(entry.sides) !== undefined) continue
      const other = first.get(entry)
      if (other === undefined) first.set(entry, i)
      else parent[root(i)] = root(other)
    }
  })
  const groups = new Map<number, StatementShapes[]>()
  statements.forEach((shapes, i) => {
    const at = root(i)
    const group = groups.get(at)
    if (group) group.push(shapes)
    else groups.set(at, [shapes])
  })
  return [...groups.values()]
}

function makeNumbers(solver: SideSolver, symbols: Iterable<SymbolEntry>): void {
  for (const entry of symbols) {
    if (solver.shape(entry.sides) !== undefined) continue
    solver.unifyShapes(entry.sides, solver.scalar)
    entry.reason ??= 'nothing it is used with is an array'
    solver.settle()
  }
}

function decideAll(
  solver: SideSolver,
  group: readonly StatementShapes[],
  symbols: Iterable<SymbolEntry>,
): void {
  for (const shapes of group) {
    for (const decide of shapes.decisions) {
      decide()
      solver.settle()
    }
  }
  for (const entry of symbols) {
    const { rows, columns } = entry.sides
    if (solver.shape(entry.sides) !== undefined) {
      if (!entry.declared) entry.reason ??= 'it follows from what it is used with'
      continue
    }
    if (!solver.isArray(entry.sides)) {
      solver.unifyShapes(entry.sides, solver.scalar)
      entry.reason ??= 'nothing makes it an array'
    } else if (isCapital(entry.name) && solver.isLong(columns)) {
      entry.reason ??= 'a capital is read as a matrix'
    } else {
      entry.reason ??= 'a small letter is read as a column'
      if (solver.value(columns) === undefined && !solver.isLong(columns)) solver.bind(columns, 1)
      if (solver.value(rows) === undefined && !solver.isLong(rows)) solver.bind(rows, 1)
    }
    solver.settle()
  }
}

const LETTERS = ['m', 'n', 'k', 'p', 'q', 'r', 's', 'd', 'h', 'u', 'v', 'w']

/** Names for the sizes that are still open, in the order in which symbols have them. */
export function nameSizes(
  solver: SideSolver,
  symbols: Iterable<SymbolEntry>,
  taken: ReadonlySet<string>,
): readonly Dim[] {
  const given: Dim[] = []
  const free = LETTERS.filter(letter => !taken.has(letter))
  const next = () => {
    const letter = free.shift()
    if (letter !== undefined) return letter
    let i = given.length + 1
    while (taken.has(`n_${i}`) || given.includes(`n_${i}`)) i++
    return `n_${i}`
  }
  for (const { sides } of symbols) {
    for (const side of [sides.rows, sides.columns]) {
      if (solver.value(side) !== undefined) continue
      const name = next()
      given.push(name)
      solver.bind(side, name)
      solver.settle()
    }
  }
  return given
}
