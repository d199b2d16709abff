import { unreachable } from '../../base/errors.js'
import { symbol } from '../../expr/intern.js'
import { type Family, type Index, memberName } from '../../expr/member.js'
import type { Sym } from '../../expr/node.js'
import type { Layers, Problem } from '../../expr/problem.js'
import { isColumn, isScalar } from '../../expr/shape.js'
import { symbolsOf } from '../../expr/walk.js'
import { Placer } from './place.js'

/** Families of adjoints, whose names nothing in a problem uses: `G_i` of `Z_i`, `\bar{h}_t` where there are several. */
export class AdjointFamilies {
  readonly #layers: Layers
  readonly #used: ReadonlySet<string>
  readonly #names = new Map<Family, Family>()
  readonly #placer: Placer

  constructor(problem: Problem, layers: Layers, taken: readonly Family[] = []) {
    this.#layers = layers
    this.#placer = new Placer(layers)
    const bodies = [...problem.definitions, ...layers.steps].flatMap(({ symbol: name, body }) => [name, body])
    const names = [...symbolsOf(bodies), ...problem.declarations.map(each => each.symbol)].map(
      ({ name }) => name,
    )
    const functions = [...layers.families, ...taken].map(({ base }) => base)
    this.#used = new Set([...names, ...functions].map(name => /^[^_^']*/.exec(name)![0]))
  }

  get all(): readonly Family[] {
    return [...this.#names.values()]
  }

  /** Names for these families, unless they have some already. */
  choose(families: readonly Family[]): void {
    const open = families.filter(family => !this.#names.has(family))
    for (const family of open) {
      const alone = open.length === 1 && this.#names.size === 0
      this.#names.set(family, { ...family, base: this.#free(alone ? this.#letters(family) : [], family) })
    }
  }

  #letters(family: Family): readonly string[] {
    const shape = this.#layers.shapes.get(family)!
    return isScalar(shape) || isColumn(shape) ? ['delta', 'eta', 'xi'] : ['G', 'Delta', 'Gamma']
  }

  #free(choices: readonly string[], { base }: Family): string {
    const taken = (name: string) => this.#used.has(name) || this.all.some(family => family.base === name)
    const found = [...choices, `bar{${base}}`, `tilde{${base}}`].find(name => !taken(name))
    if (found !== undefined) return found
    for (let count = 2; ; count++) if (!taken(`bar{${base}}${count}`)) return `bar{${base}}${count}`
  }

  /** The family of the adjoints of a family. */
  of(family: Family): Family {
    return this.#names.get(family) ?? unreachable(`the adjoint of ${family.base} has no name`)
  }

  /** The adjoint of the member of a family at an index. */
  member(family: Family, index: Index): Sym {
    return symbol(memberName({ family: this.of(family), index }), this.#placer.member(family, index).shape)
  }
}
