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

/** Whether the base letter of a canonical name is this one: `delta` is that of `delta_{H}`. */
function hasBase(name: string, base: string): boolean {
  if (!name.startsWith(base)) return false
  const next = name[base.length]
  return next === undefined || next === '_' || next === '^' || next === "'"
}

const ADJOINT_LETTERS: readonly string[] = ['delta', 'eta', 'xi']
const PREACTIVATION_LETTERS: readonly string[] = ['z', 'u', 'q', 'v', 'zeta']

/** Names that are in use, and letters that nothing in use is written with. */
interface Stock {
  readonly used: Set<string>
  readonly delta: string
  readonly before: string
}

function stockOf(problem: Problem): Stock {
  const used = new Set<string>()
  for (const { symbol } of problem.declarations) used.add(symbol.name)
  for (const { symbol } of problem.definitions) used.add(symbol.name)
  const formulas = problem.definitions.map(({ body }) => body).concat(problem.questions.map(({ of }) => of))
  for (const { name } of symbolsOf(formulas)) used.add(name)
  // A letter that the author uses for something else is not reused for a new family of names.
  const isFree = (letter: string) => {
    for (const name of used) if (hasBase(name, letter)) return false
    return true
  }
  const free = (letters: readonly string[]) => letters.find(isFree) ?? letters[0]!
  return { used, delta: free(ADJOINT_LETTERS), before: free(PREACTIVATION_LETTERS) }
}

/** Makes a namer for a problem; the same problem gives the same names. */
export function namerFor(problem: Problem): Namer {
  let made: Stock | undefined
  // A formula that stands alone needs no name at all.
  const stock = () => {
    made ??= stockOf(problem)
    return made
  }
  const fresh = (wanted: string) => {
    const { used } = stock()
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
    preactivation: of => fresh(subscripted(stock().before, of.name)),
    adjoint: of => fresh(subscripted(stock().delta, of === undefined ? String(++parts) : of)),
  }
}
