import { UsageError } from '../../base/errors.js'
import { type Index, indexAt, memberName, splitIndex } from '../../expr/member.js'
import type { Expr, Sym } from '../../expr/node.js'
import type { Declaration, Definition, Fact, Given, Layers, Problem } from '../../expr/problem.js'
import { symbolsOf } from '../../expr/walk.js'
import type { Answer, BackwardRow } from '../solution.js'
import { type At, indicesFrom, Placer } from './place.js'

/** A derivative by one member, or by what is no member. */
export interface UnrolledAnswer {
  readonly wrt: Sym
  /** The index of the member, where the variable has a running one. */
  readonly index: number | undefined
  readonly result: Expr
}

/** The adjoint of one member. */
export interface UnrolledAdjoint extends Definition {
  readonly of: Sym
  readonly output: Expr
}

/** A problem with a recurrence and its backward recurrence, written out for a number of steps. */
export class Unrolling {
  readonly definitions: readonly Definition[]
  readonly declarations: readonly Declaration[]
  readonly facts: readonly Fact[]
  readonly backward: readonly UnrolledAdjoint[]
  /** Whether the formulas speak about so few steps: each of them once about each member. */
  readonly isValid: boolean
  readonly #problem: Problem
  readonly #layers: Layers
  readonly #placer: Placer
  readonly #at: At
  readonly #free: ReadonlySet<Sym>

  constructor(problem: Problem, layers: Layers, rows: readonly BackwardRow[], depth: number) {
    this.#problem = problem
    this.#layers = layers
    this.#at = new Map([[layers.depth, depth]])
    const families = [...new Set(rows.map(({ family }) => family))]
    this.#placer = new Placer(layers, () => families, true)
    this.definitions = this.#forward()
    this.backward = rows.flatMap(row => this.#adjoints(row))
    const defined = new Set(this.definitions.map(({ symbol }) => symbol))
    const all = symbolsOf(this.definitions.flatMap(({ symbol, body }) => [symbol, body]))
    this.#free = new Set(all.filter(each => !defined.has(each) && each.role === 'variable'))
    this.declarations = this.#declared([...all])
    this.facts = problem.facts.flatMap(fact => this.#factsOf(fact))
    const names = this.backward.map(({ symbol }) => symbol)
    const steps = this.#range(layers.low, layers.high)
    this.isValid = steps.length > 0 && new Set(names).size === names.length
  }

  /** A formula of the problem at this depth. */
  formula(node: Expr): Expr {
    return this.#placer.place(node, this.#at)
  }

  /** What an answer says of each member; of the one variable, where that has no running index. */
  answers({ question, pieces = [] }: Answer): readonly UnrolledAnswer[] {
    const { letter } = this.#layers
    return pieces.flatMap(({ range, body }): UnrolledAnswer[] => {
      if (range === undefined) {
        const wrt = this.#placer.symbol(question.wrt, this.#at)
        return [{ wrt, index: undefined, result: this.formula(body) }]
      }
      return this.#range(range.from, range.to).map(index => {
        const at = new Map([...this.#at, [letter, index]])
        return { wrt: this.#placer.symbol(question.wrt, at), index, result: this.#placer.place(body, at) }
      })
    })
  }

  /** Whether the function or a definition has the symbol at this depth. */
  has(symbol: Sym): boolean {
    return this.#free.has(symbol) || this.definitions.some(definition => definition.symbol === symbol)
  }

  #range(low: Index, high: Index): readonly number[] {
    return indicesFrom(indexAt(low, this.#at), indexAt(high, this.#at))
  }

  /** What the steps begin with, the steps, and what uses them. */
  #forward(): readonly Definition[] {
    const { low, high, steps, letter } = this.#layers
    const outer = this.#problem.definitions.map(({ symbol, body, span }) => ({
      symbol: this.#placer.symbol(symbol, this.#at),
      body: this.formula(body),
      span,
    }))
    const inner = this.#range(low, high).flatMap(index => {
      const at = new Map([...this.#at, [letter, index]])
      return steps.map(({ symbol, body, span }) => ({
        symbol: this.#placer.symbol(symbol, at),
        body: this.#placer.place(body, at),
        span,
      }))
    })
    const made = new Set<Sym>(inner.map(({ symbol }) => symbol))
    const behind = outer.filter(({ symbol, body }) => {
      const uses = symbolsOf([body]).some(each => made.has(each))
      if (uses) made.add(symbol)
      return uses
    })
    return [...outer.filter(each => !behind.includes(each)), ...inner, ...behind]
  }

  #adjoints({ symbol, of, from, to, body, output }: BackwardRow): readonly UnrolledAdjoint[] {
    // The last member comes first, as the pass goes.
    return this.#range(from, to)
      .toReversed()
      .map(index => {
        const at = new Map([...this.#at, [this.#layers.letter, index]])
        return {
          symbol: this.#placer.symbol(symbol, at),
          of: this.#placer.symbol(of, at),
          body: this.#placer.place(body, at),
          output: this.formula(output),
        }
      })
  }

  #declared(all: readonly Sym[]): readonly Declaration[] {
    const { letter } = this.#layers
    const byName = new Map(this.#problem.declarations.map(each => [each.symbol.name, each]))
    return all.flatMap((symbol): Declaration[] => {
      const member = this.#placer.memberOf(symbol.name)
      const own = member === undefined ? symbol.name : memberName({ ...member, index: letter })
      const declaration = byName.get(own)
      return declaration === undefined ? [] : [{ ...declaration, symbol }]
    })
  }

  #factsOf({ left, right, ...rest }: Fact): readonly Fact[] {
    const { letter, low, high } = this.#layers
    const runs = symbolsOf([left, right]).some(
      ({ name }) => splitIndex(this.#placer.memberOf(name)?.index ?? 0).letter === letter,
    )
    const all: readonly At[] = runs
      ? this.#range(low, high).map(index => new Map([...this.#at, [letter, index]]))
      : [this.#at]
    return all.map(at => ({
      ...rest,
      left: this.#placer.place(left, at),
      right: this.#placer.place(right, at),
    }))
  }

  /**
   * The numbers that were given, by symbol: each under the name of the symbol, or those of a family together. Raises
   * `UsageError` when there are not as many as the family has members here.
   */
  values(): ReadonlyMap<Sym, Exclude<Given, readonly (readonly (readonly number[])[])[]>> {
    const values = new Map<Sym, Exclude<Given, readonly (readonly (readonly number[])[])[]>>()
    const byName = new Map([...this.#free].map(symbol => [symbol.name, symbol]))
    for (const [symbol, rows] of this.#problem.values) {
      const known = byName.get(this.#placer.symbol(symbol, this.#at).name)
      if (known !== undefined) values.set(known, rows)
    }
    for (const [name, given] of this.#layers.given) {
      const known = byName.get(name)
      if (known !== undefined) {
        if (isStack(given)) refuse(`${name} is one array, not a list of them`)
        values.set(known, given)
        continue
      }
      const members = this.#membersOf(name)
      if (members.length === 0 || typeof given === 'number') continue
      if (given.length !== members.length) {
        refuse(`${name} has ${members.length} members here, but ${given.length} values were given`)
      }
      for (const [k, member] of members.entries()) values.set(member, given[k]!)
    }
    return values
  }

  /** How many members a name of a family stands for; none where it names one array. */
  count(name: string): number {
    return [...this.#free].some(symbol => symbol.name === name) ? 0 : this.#membersOf(name).length
  }

  /** The free members of a family in the order of their index, by what stands before the index or by the letter. */
  #membersOf(name: string): readonly Sym[] {
    const family = this.#layers.families.find(
      each => each.base === name || memberName({ family: each, index: this.#layers.letter }) === name,
    )
    if (family === undefined) return []
    const indexOf = (symbol: Sym) => splitIndex(this.#placer.memberOf(symbol.name)!.index).offset
    return [...this.#free]
      .filter(symbol => this.#placer.memberOf(symbol.name)?.family === family)
      .sort((a, b) => indexOf(a) - indexOf(b))
  }
}

function isStack(given: Given): given is readonly (readonly (readonly number[])[])[] {
  return Array.isArray(given) && Array.isArray(given[0]) && Array.isArray(given[0][0])
}

function refuse(message: string): never {
  throw new UsageError('bad-binding', message)
}

/** More depths than this are not tried: a member further from both ends than that is hardly asked for by number. */
const MOST_TRIED = 64

/**
 * The least number of steps at which every formula speaks about each member once and every variable is there; undefined
 * when no small number will do.
 */
export function leastDepth(
  problem: Problem,
  layers: Layers,
  rows: readonly BackwardRow[],
  answers: readonly Answer[],
): number | undefined {
  for (let depth = 1; depth <= MOST_TRIED; depth++) {
    const unrolling = new Unrolling(problem, layers, rows, depth)
    const isThere = (answer: Answer) => unrolling.answers(answer).every(({ wrt }) => unrolling.has(wrt))
    if (unrolling.isValid && answers.every(isThere)) return depth
  }
  return undefined
}
