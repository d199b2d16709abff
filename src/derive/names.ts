import type { Sym } from '../expr/node.js'
import type { Problem } from '../expr/problem.js'
import { symbolsOf } from '../expr/walk.js'

/** Hands out names that nothing in a problem uses. */
export interface Namer {
  /** A name for the pre-activation of a symbol: `z_{r_0}` for `r_0`. */
  preactivation(of: Sym): string
  /** A name for an adjoint: `delta_{H}` for `H`; for a part without a name, numbered. */
  adjoint(of: string | undefined): string
  /** A name for the change of a symbol: `dX` for `X`, the same each time it is asked for. */
  change(of: Sym): string
}

/** `z` and `x` become `z_x`, a longer name is set in braces. */
function subscripted(base: string, name: string): string {
  return name.length === 1 ? `${base}_${name}` : `${base}_{${name}}`
}

/** The base letter of a canonical name: `delta` of `delta_{H}`, `hat{y}` of `hat{y}_i`. */
function baseOf(name: string): string {
  return /^[^_^']*/.exec(name)![0]
}

/** Makes a namer for a problem; the same problem gives the same names. */
export function namerFor(problem: Problem): Namer {
  const used = new Set<string>(problem.declarations.map(({ symbol }) => symbol.name))
  for (const { symbol } of problem.definitions) used.add(symbol.name)
  const formulas = problem.definitions.map(({ body }) => body).concat(problem.questions.map(({ of }) => of))
  for (const { name } of symbolsOf(formulas)) used.add(name)
  const bases = new Set([...used].map(baseOf))
  // A letter that the author uses for something else is not reused for a new family of names.
  const letter = (choices: readonly string[]) => choices.find(choice => !bases.has(choice))
  const delta = letter(['delta', 'eta', 'xi']) ?? 'delta'
  const before = letter(['z', 'u', 'q', 'v', 'zeta']) ?? 'z'
  const fresh = (wanted: string) => {
    let name = wanted
    for (let count = 2; used.has(name); count++) name = `${wanted}^{(${count})}`
    used.add(name)
    return name
  }
  let parts = 0
  const changes = new Map<Sym, string>()
  return {
    change: of => {
      const name = changes.get(of) ?? fresh(`d${of.name}`)
      changes.set(of, name)
      return name
    },
    preactivation: of => fresh(subscripted(before, of.name)),
    adjoint: of => fresh(of === undefined ? subscripted(delta, String(++parts)) : subscripted(delta, of)),
  }
}
