import { ShapeError } from '../../base/errors.js'
import type { Span } from '../../base/span.js'
import { termsOfDim } from '../../expr/dimension.js'
import { dimAt, type Family, type Index, type Member, memberName, splitIndex } from '../../expr/member.js'
import type { Declaration, Problem } from '../../expr/problem.js'
import { type Dim, isScalar, type Shape, shapeOf } from '../../expr/shape.js'
import { symbolsOf } from '../../expr/walk.js'
import { isCapital } from '../elaborate/names.js'
import type { Recurrence } from './find.js'

/** The shapes of the members of families, as one reading of a step shows them. */
export interface FamilyShapes {
  /** Of the member whose index is the letter. */
  readonly shapes: ReadonlyMap<Family, Shape>
  /** Names of sizes that turned out to mean another size. */
  readonly renamed: ReadonlyMap<string, Dim>
  /** Families of sizes that were made because nothing says how large the members are. */
  readonly sizes: readonly Family[]
  readonly ends: ReadonlyMap<string, Dim>
}

interface Setting {
  readonly letter: string
  readonly members: ReadonlyMap<string, Member>
  readonly span: Span
  /** Members that were taken as arrays of unknown sizes, whose names say nothing. */
  readonly arrays: ReadonlyMap<string, Shape>
}

/**
 * States that were read as numbers for want of anything else, although the recurrence begins or ends with an array, or
 * a capital names them: one member of each, with the shape to try, in sizes that mean nothing yet.
 */
export function statesToBeArrays(
  { declarations }: Problem,
  members: ReadonlyMap<string, Member>,
  { letter, heads, firsts, low }: Pick<Recurrence, 'letter' | 'heads' | 'firsts' | 'low'>,
): ReadonlyMap<string, Shape> {
  const seen = declarations.flatMap(({ symbol, inferred }) => {
    const member = members.get(symbol.name)
    return member === undefined || !heads.has(member.family)
      ? []
      : [{ member, shape: symbol.shape, inferred }]
  })
  const running = seen.filter(({ member }) => splitIndex(member.index).letter === letter)
  if (running.some(({ shape, inferred }) => !isScalar(shape) || inferred === undefined)) return new Map()
  const arrays = new Map<string, Shape>()
  for (const family of heads.keys()) {
    const first = firsts.get(family)
    const end = seen.find(({ member, shape }) => member.family === family && !isScalar(shape))
    if (first === undefined || (end === undefined && !isCapital(family.base))) continue
    const own = running.find(
      ({ member }) => member.family === family && splitIndex(member.index).offset === first - low,
    )
    if (own === undefined) continue
    const rows = end?.shape.rows === 1 ? 1 : `rows{${family.base}}`
    const columns = end?.shape.columns === 1 ? 1 : `columns{${family.base}}`
    arrays.set(memberName(own.member), shapeOf(rows, columns))
  }
  return arrays
}

const SIDES = ['rows', 'columns'] as const
type Side = (typeof SIDES)[number]

/** A member as the reading shows it. */
interface Seen {
  readonly member: Member
  readonly declaration: Declaration
}

/**
 * Finds the shape of every family from one step in which all members are symbols of their own. Sizes that a step
 * carries on are the same in every step; where nothing says so, the members have sizes of their own, `n_i`. Raises
 * `ShapeError` where the sizes of neighbours do not chain.
 */
export function familyShapes(problem: Problem, setting: Setting): FamilyShapes {
  return new Finder(problem, setting).find()
}

/** Letters of sizes in one step are far fewer. */
const MOST_TURNS = 32

class Finder {
  readonly #problem: Problem
  readonly #setting: Setting
  readonly #seen = new Map<Family, Seen[]>()
  readonly #renamed = new Map<string, Dim>()
  readonly #sizes: Family[] = []
  readonly #ends = new Map<string, Dim>()
  /** Letters of sizes that the author wrote. */
  readonly #written = new Set<string>()
  /** Letters of sizes of quantities that are the same in every step. */
  readonly #shared = new Set<string>()
  readonly #taken = new Set<string>()

  constructor(problem: Problem, setting: Setting) {
    this.#problem = problem
    this.#setting = setting
    const inSteps = new Set(symbolsOf(this.#stepBodies()))
    for (const declaration of problem.declarations) {
      const { symbol, inferred } = declaration
      this.#taken.add(symbol.name)
      const member = setting.members.get(symbol.name)
      if (member !== undefined)
        this.#seen.set(member.family, [...(this.#seen.get(member.family) ?? []), { member, declaration }])
      for (const side of SIDES) {
        for (const name of lettersOf(symbol.shape[side])) {
          this.#taken.add(name)
          if (inferred === undefined && !setting.arrays.has(symbol.name)) this.#written.add(name)
          if (member === undefined && inSteps.has(symbol)) this.#shared.add(name)
        }
      }
    }
  }

  #stepBodies() {
    const { members, letter } = this.#setting
    return this.#problem.definitions
      .filter(({ symbol }) => splitIndex(members.get(symbol.name)?.index ?? 0).letter === letter)
      .map(({ body }) => body)
  }

  find(): FamilyShapes {
    const shapes = new Map<Family, Shape>()
    // A turn settles at least one letter, and there are few; sizes that only change places never come to rest.
    for (let turn = 0, changed = true; changed; turn++) {
      changed = false
      for (const family of this.#seen.keys()) {
        for (const side of SIDES) {
          const settled = this.#settle(family, side)
          if (settled && turn > MOST_TURNS) this.#refuse(family, this.#template(family, side), 'another')
          changed ||= settled
        }
      }
    }
    for (const [family, seen] of this.#seen) for (const side of SIDES) this.#meetEnds(family, seen, side)
    for (const family of this.#seen.keys()) {
      shapes.set(family, shapeOf(this.#template(family, 'rows'), this.#template(family, 'columns')))
    }
    return { shapes, renamed: this.#renamed, sizes: this.#sizes, ends: this.#ends }
  }

  #now(dim: Dim): Dim {
    return dimAt(dim, this.#renamed as ReadonlyMap<string, Index>, () => undefined, new Map())
  }

  readonly #memberOf = (name: string): Member | undefined => {
    const known = this.#setting.members.get(name)
    if (known !== undefined) return known
    for (const size of this.#sizes) {
      const match = /^(.*)_(?:\{(.+)\}|(.))$/.exec(name)
      if (match?.[1] === size.base) return { family: size, index: match[2] ?? match[3]! }
    }
    return undefined
  }

  /** The size of a member as that of the member at the letter itself. */
  #atLetter(seen: Seen, side: Side): Dim {
    const { letter } = this.#setting
    const { offset } = splitIndex(seen.member.index)
    const back = offset === 0 ? letter : `${letter}${offset > 0 ? '-' : '+'}${Math.abs(offset)}`
    return dimAt(
      this.#now(seen.declaration.symbol.shape[side]),
      new Map([[letter, back]]),
      this.#memberOf,
      new Map(),
    )
  }

  #running(family: Family): readonly Seen[] {
    const { letter } = this.#setting
    return this.#seen.get(family)!.filter(({ member }) => splitIndex(member.index).letter === letter)
  }

  #template(family: Family, side: Side): Dim {
    const running = this.#running(family)
    const declared = running.find(({ declaration }) => declaration.inferred === undefined) ?? running[0]
    if (declared !== undefined) return this.#atLetter(declared, side)
    // Only members at the ends are spoken of.
    return this.#now(this.#seen.get(family)![0]!.declaration.symbol.shape[side])
  }

  /** Makes the sizes of neighbouring members fit; true when a letter was renamed. */
  #settle(family: Family, side: Side): boolean {
    const running = this.#running(family)
    const dims = running.map(seen => this.#atLetter(seen, side))
    const [first, other] = [dims[0], dims.find(dim => dim !== dims[0])]
    if (first === undefined || other === undefined) return false
    const fixed = (dim: Dim) => typeof dim === 'number' || !this.#isFree(dim)
    if (fixed(first) && fixed(other)) this.#refuse(family, first, other)
    const [keep, give] = fixed(first) ? [first, other] : [other, first]
    const giver = running[dims.indexOf(give)]!
    const both = [keep, give]
    const isIndexed = both.some(dim => lettersOf(dim).some(name => this.#memberOf(name) !== undefined))
    const isShared = both.some(
      dim => typeof dim === 'number' || lettersOf(dim).some(name => this.#shared.has(name)),
    )
    if (fixed(keep) || isShared || isIndexed) {
      this.#rename(
        give as string,
        dimAt(keep, new Map([[this.#setting.letter, giver.member.index]]), this.#memberOf, new Map()),
      )
      return true
    }
    this.#makeSizes(running, side)
    return true
  }

  /** A letter that inference chose and that still stands for itself. */
  #isFree(dim: string): boolean {
    return (
      !this.#written.has(dim) &&
      termsOfDim(dim).length === 1 &&
      lettersOf(dim)[0] === dim &&
      this.#memberOf(dim) === undefined
    )
  }

  #rename(name: string, to: Dim): void {
    if (lettersOf(to).includes(name)) this.#refuseSizes(name, to)
    for (const [old, now] of this.#renamed) {
      this.#renamed.set(
        old,
        dimAt(now, new Map([[name, to]]), () => undefined, new Map()),
      )
    }
    this.#renamed.set(name, to)
    if (this.#shared.has(name)) for (const letter of lettersOf(to)) this.#shared.add(letter)
  }

  #makeSizes(running: readonly Seen[], side: Side): void {
    const base = ['n', 'd', 'm', 'p', 'q'].find(letter => !this.#hasFamily(letter)) ?? 'size'
    const family: Family = { base, tail: '', place: 'below', brackets: ['', ''] }
    this.#sizes.push(family)
    for (const { member, declaration } of running) {
      const dim = this.#now(declaration.symbol.shape[side])
      const size = memberName({ family, index: member.index })
      if (typeof dim === 'string' && dim !== size && this.#isFree(dim)) this.#rename(dim, size)
    }
  }

  #hasFamily(letter: string): boolean {
    return (
      this.#sizes.some(({ base }) => base === letter) ||
      [...this.#setting.members.values()].some(({ family }) => family.base === letter) ||
      [...this.#taken].some(name => name.startsWith(`${letter}_`))
    )
  }

  /** Members at the ends have the size of their family there, under the name the author gave it. */
  #meetEnds(family: Family, all: readonly Seen[], side: Side): void {
    const { letter } = this.#setting
    for (const { member, declaration } of all) {
      if (splitIndex(member.index).letter === letter) continue
      const found = this.#now(declaration.symbol.shape[side])
      const wanted = dimAt(
        this.#template(family, side),
        new Map([[letter, member.index]]),
        this.#memberOf,
        this.#ends,
      )
      if (found === wanted) continue
      const isMade =
        typeof wanted === 'string' && this.#sizes.some(size => this.#memberOf(wanted)?.family === size)
      // Of what nobody declared, one entry says only that nothing is known.
      if (isMade && found !== 1 && (typeof found === 'number' || !this.#isFree(found)))
        this.#ends.set(wanted as string, found)
      else if (typeof found === 'string' && this.#isFree(found)) this.#rename(found, wanted)
      else if (typeof wanted === 'string' && this.#isFree(wanted)) this.#rename(wanted, found)
    }
  }

  #refuseSizes(one: Dim, other: Dim): never {
    throw new ShapeError(
      'sizes-do-not-chain',
      `the sizes ${one} and ${other} of neighbouring members are not the same`,
      {
        span: this.#setting.span,
        hint: 'declare the shapes of the members, such as W_i \\in \\mathbb{R}^{n_i \\times n_{i+1}}',
      },
    )
  }

  #refuse(family: Family, one: Dim, other: Dim): never {
    const { letter, span } = this.#setting
    const name = memberName({ family, index: letter })
    throw new ShapeError(
      'sizes-do-not-chain',
      `the sizes of neighbouring members do not chain: one step makes ${name} of size ${one}, the next takes it as ${other}`,
      { span, hint: `give every ${name} the size that the step before it leaves, such as n_${letter}` },
    )
  }
}

function lettersOf(dim: Dim): readonly string[] {
  return termsOfDim(dim).flatMap(({ names }) => names)
}
