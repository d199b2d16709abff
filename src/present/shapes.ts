import type { Declaration } from '../expr/problem.js'
import type { Drafting } from './drafting.js'
import type { Prose, Row, Section } from './maths.js'

/** What every symbol is, and why, where that was not declared. Symbols that are alike share a row. */
export function shapesSection({ solution }: Drafting): Section {
  const groups = new Map<string, Declaration[]>()
  const staged = new Set(solution.staged.values())
  // A definition says itself why its symbol has the shape it has.
  const defined = new Set(solution.problem.definitions.map(definition => definition.symbol))
  for (const each of solution.problem.declarations) {
    const declaration = defined.has(each.symbol) ? { ...each, inferred: undefined } : each
    const { symbol, family, set, inferred } = declaration
    if (symbol.role !== 'variable' || staged.has(symbol)) continue
    const { rows, columns } = symbol.shape
    // A family stands alone: its members carry its own index.
    const key = JSON.stringify([
      typeof rows,
      rows,
      typeof columns,
      columns,
      family === undefined ? '' : symbol.name,
      set,
      inferred ?? '',
    ])
    const known = groups.get(key)
    if (known) known.push(declaration)
    else groups.set(key, [declaration])
  }
  const rows = [...groups.values()].map((members): Row => {
    const why = members[0]!.inferred
    const reasons: Prose[] = why === undefined ? [] : [[`inferred: ${why}`]]
    return { left: { kind: 'membership', members }, relations: [], reasons }
  })
  return { id: 'shapes', title: 'Shapes', rows, sentences: [] }
}
