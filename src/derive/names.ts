import type { Sym } from '../expr/node.js'
import type { Problem } from '../expr/problem.js'
import { forEachSymbol } from '../expr/walk.js'

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

const LETTERS: readonly string[] = [...ADJOINT_LETTERS, ...PREACTIVATION_LETTERS]
const INITIALS: string = LETTERS.map(letter => letter[0]).join('')

/** A letter for a new family of names, and whether the author has names of that family already. */
interface Family {
  readonly letter: string
  readonly shared: boolean
}

interface Families {
  readonly adjoints: Family
  readonly preactivations: Family
}

/** Calls back with every name of a problem, with some several times. */
function forEachName(problem: Problem, visit: (name: string) => void): void {
  for (const { symbol } of problem.declarations) visit(symbol.name)
  for (const { symbol } of problem.definitions) visit(symbol.name)
  const formulas = problem.definitions.map(({ body }) => body).concat(problem.questions.map(({ of }) => of))
  forEachSymbol(formulas, ({ name }) => visit(name))
}

/** A letter that the author uses for something else is not reused for a new family of names. */
function familiesOf(problem: Problem): Families {
  const met = new Set<string>()
  forEachName(problem, name => {
    if (!INITIALS.includes(name.charAt(0))) return
    for (let i = 0; i < LETTERS.length; i++) if (hasBase(name, LETTERS[i]!)) met.add(LETTERS[i]!)
  })
  const free = (letters: readonly string[]): Family => {
    const letter = letters.find(each => !met.has(each))
    return { letter: letter ?? letters[0]!, shared: letter === undefined }
  }
  return { adjoints: free(ADJOINT_LETTERS), preactivations: free(PREACTIVATION_LETTERS) }
}

/** Makes a namer for a problem; the same problem gives the same names. */
export function namerFor(problem: Problem): Namer {
  let made: Families | undefined
  // A formula that stands alone needs no name at all.
  const families = () => {
    made ??= familiesOf(problem)
    return made
  }
  const used = new Set<string>()
  let knowsAll = false
  /** The name, or one like it. Those of a family of its own can only meet names that were handed out here. */
  const fresh = (wanted: string, shared: boolean) => {
    if (shared && !knowsAll) {
      forEachName(problem, name => used.add(name))
      knowsAll = true
    }
    let name = wanted
    for (let count = 2; used.has(name); count++) name = `${wanted}^{(${count})}`
    used.add(name)
    return name
  }
  const inFamily = ({ letter, shared }: Family, name: string) => fresh(subscripted(letter, name), shared)
  let parts = 0
  const changes = new Map<Sym, string>()
  return {
    change: of => {
      const name = changes.get(of) ?? fresh(`d${of.name}`, true)
      changes.set(of, name)
      return name
    },
    preactivation: of => inFamily(families().preactivations, of.name),
    adjoint: of => inFamily(families().adjoints, of === undefined ? String(++parts) : of),
  }
}
