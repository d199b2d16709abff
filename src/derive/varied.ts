import type { Sym } from '../expr/node.js'
import type { Definition, EntrySet, Problem } from '../expr/problem.js'
import { symbolsOf } from '../expr/walk.js'

/** Sets that have neighbours outside in every direction: what holds on them still holds when one entry varies. */
const OPEN: ReadonlySet<EntrySet> = new Set(['real', 'positive', 'nonnegative', 'unit-interval'])

/**
 * What may be used in a formula that is to be differentiated by a symbol: equalities about it, such as `A = A^\top`,
 * hold at a point and not around it, since every entry varies by itself. They are left out, with those about what is
 * defined through the symbol; the problem itself is given back when there are none.
 */
export function variedBy(problem: Problem, symbol: Sym): Problem {
  const { facts, declarations } = problem
  const narrow = declarations.filter(({ set }) => !OPEN.has(set))
  if (facts.length === 0 && narrow.length === 0) return problem
  const varied = dependents(problem.definitions, symbol)
  const kept = facts.filter(({ left, right }) => !symbolsOf([left, right]).some(name => varied.has(name)))
  const widened = narrow.filter(declaration => varied.has(declaration.symbol))
  if (kept.length === facts.length && widened.length === 0) return problem
  return {
    ...problem,
    facts: kept,
    declarations: declarations.map(declaration =>
      widened.includes(declaration) ? { ...declaration, set: 'real' } : declaration,
    ),
  }
}

/** The symbol and everything that is defined through it. */
function dependents(definitions: readonly Definition[], symbol: Sym): ReadonlySet<Sym> {
  const found = new Set([symbol])
  for (const { symbol: name, body } of definitions) {
    if (symbolsOf([body]).some(used => found.has(used))) found.add(name)
  }
  return found
}
