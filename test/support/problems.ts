import type { Expr, Sym } from '../../src/expr/node.js'
import { DEFAULT_NOTATION } from '../../src/expr/notation.js'
import type { Fact, Problem } from '../../src/expr/problem.js'

/** A problem from definitions, the output and the variables that are asked for. */
export function problemFrom(
  definitions: readonly (readonly [Sym, Expr])[],
  of: Expr,
  wrt: readonly Sym[],
  options: { readonly order?: 1 | 2; readonly facts?: readonly Fact[] } = {},
): Problem {
  const { order = 1, facts = [] } = options
  return {
    declarations: [],
    definitions: definitions.map(([symbol, body]) => ({ symbol, body })),
    facts,
    questions: wrt.map(symbol => ({ of, wrt: symbol, order })),
    claims: [],
    values: new Map(),
    sizes: new Map(),
    notation: DEFAULT_NOTATION,
    readings: [],
  }
}
