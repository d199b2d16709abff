import { NameError, UsageError } from '../../base/errors.js'
import { symbol } from '../../expr/intern.js'
import {
  dimAt,
  type Family,
  type Index,
  type Member,
  memberName,
  memberOf,
  splitIndex,
} from '../../expr/member.js'
import type { Expr } from '../../expr/node.js'
import type { Declaration, Definition, EntrySet, Given, Layers, Problem } from '../../expr/problem.js'
import { SCALAR, type Shape, shapeOf } from '../../expr/shape.js'
import { substitute, symbolsOf } from '../../expr/walk.js'
import { totalOf, unknownOf } from '../../ops/layered.js'
import { declareSymbol } from '../elaborate/document-names.js'
import { elaborate } from '../elaborate/elaborate.js'
import type { Ask, Material } from '../elaborate/material.js'
import type { Session } from '../elaborate/reader.js'
import { sortStatements } from '../elaborate/statements.js'
import type { Source } from '../imports.js'
import type { DeclarationObject } from '../options.js'
import { wantMembers } from './ends.js'
import type { Recurrence } from './find.js'
import { Flattener } from './flatten.js'
import { type FamilyShapes, familyShapes, statesToBeArrays } from './shapes.js'

/** A document with a recurrence, before anything in it has a meaning. */
export interface LayeredText {
  readonly recurrence: Recurrence
  readonly sources: readonly Source[]
  readonly asks: readonly Ask[]
  readonly objects: readonly (DeclarationObject & { readonly canonical: string })[]
  /** Everything that is given by number, by canonical name. */
  readonly given: ReadonlyMap<string, Given>
  readonly material: Pick<Material, 'sizes' | 'strict' | 'textAt'>
  readonly newSession: () => Session
  /** Functions that mean something by themselves. */
  readonly known: ReadonlySet<string>
}

/**
 * Reads a problem with a recurrence: first with every member as a quantity of its own, which shows the sizes of one
 * step; then once more with the shapes of all members known. Raises what reading raises, and `ShapeError` where the
 * sizes of the steps do not chain.
 */
export function readLayers(text: LayeredText): Problem {
  return new LayerReader(text).read()
}

class LayerReader {
  readonly #text: LayeredText
  readonly #flat: Flattener
  readonly #sources: readonly Source[]
  readonly #asks: readonly Ask[]
  readonly #letters: ReadonlySet<string>

  constructor(text: LayeredText) {
    const { recurrence, known } = text
    this.#text = text
    this.#letters = new Set([recurrence.letter, recurrence.depth])
    this.#flat = new Flattener(recurrence, known, text.sources)
    // What is asked about may name unknown functions, which are defined among the statements.
    this.#asks = text.asks.map(ask => ({
      ...ask,
      of: this.#flat.formula(ask.of),
      by: ask.by.map(node => this.#flat.variable(node)),
    }))
    this.#sources = this.#flat.statements(text.sources)
  }

  read(): Problem {
    const { letter, span } = this.#text.recurrence
    const alone = this.#elaborate(session => this.#declareGiven(session), [])
    const arrays = statesToBeArrays(alone, this.#flat.members, this.#text.recurrence)
    const first =
      arrays.size === 0
        ? alone
        : this.#elaborate(session => {
            this.#declareGiven(session)
            for (const [name, shape] of arrays) declareSymbol(session, name, shape)
          }, [])
    const found = familyShapes(first, { letter, members: this.#flat.members, span, arrays })
    const families = [...this.#text.recurrence.families.all, ...found.sizes]
    const second = this.#elaborate(session => {
      this.#declareGiven(session)
      this.#declareMembers(session, first, found, families)
    }, this.#asks)
    return this.#finished(second, first, found, families)
  }

  #elaborate(declare: (session: Session) => void, asks: readonly Ask[]): Problem {
    const { material } = this.#text
    const session = this.#text.newSession()
    declare(session)
    return elaborate(session, {
      ...material,
      sorted: sortStatements(this.#sources),
      bindings: new Map(),
      asks,
    })
  }

  /** What was declared beside the text, functions with an index, and the stand-ins, which are numbers. */
  #declareGiven(session: Session): void {
    const { recurrence, objects, sources } = this.#text
    const quantities = new Set([...this.#flat.members.values()].map(({ family }) => family))
    for (const [name, family] of this.#flat.functions) {
      const span = sources[0]!.statement.span
      if (!quantities.has(family)) session.scope.set(name, { kind: 'map', name, span })
    }
    for (const name of this.#flat.unknowns.keys()) declareSymbol(session, name, SCALAR)
    session.dimensions.add(recurrence.depth)
    for (const { canonical, shape, family: letter } of objects) {
      const family = letter === recurrence.letter ? this.#familyOf(canonical) : undefined
      const sides = family === undefined ? shape : shape.slice(1)
      if (sides.length > 2) {
        throw new UsageError(
          'tensor-shape',
          `${canonical} has ${sides.length} sizes; arrays have one or two here`,
        )
      }
      const name = family === undefined ? canonical : memberName({ family, index: recurrence.letter })
      if (family !== undefined) this.#flat.members.set(name, { family, index: recurrence.letter })
      const isFamily = family === undefined && letter !== null && letter !== undefined
      declareSymbol(session, name, shapeOf(sides[0] ?? 1, sides[1] ?? 1), {
        family: isFamily ? { letter, place: 'subscript' } : undefined,
      })
    }
  }

  #familyOf(base: string): Family {
    const { families } = this.#text.recurrence
    const known = families.all.find(family => family.base === base)
    return known ?? families.enter({ base, tail: '', place: 'below', brackets: ['', ''] })
  }

  #declareMembers(session: Session, first: Problem, found: FamilyShapes, families: readonly Family[]): void {
    const { letter } = this.#text.recurrence
    const inSteps = this.#namesInSteps(first)
    const sets = this.#sets(first)
    for (const { symbol: known, inferred, set } of first.declarations) {
      if (known.name.startsWith('#') || inferred === undefined || this.#flat.members.has(known.name)) continue
      if (!inSteps.has(known.name)) continue
      declareSymbol(session, known.name, this.#shapeAt(known.shape, letter, families, found), { set })
    }
    for (const [name, { family, index }] of this.#flat.members) {
      const shape = found.shapes.get(family)
      if (shape === undefined) continue
      declareSymbol(session, name, this.#shapeAt(shape, index, families, found), { set: sets.get(family) })
    }
  }

  #namesInSteps(first: Problem): ReadonlySet<string> {
    const names = new Set<string>()
    for (const { symbol: defined, body } of first.definitions) {
      if (!this.#isStep(defined.name)) continue
      const stack: Expr[] = [body]
      const seen = new Set<Expr>(stack)
      for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
        if (node.kind === 'sym') names.add(node.name)
        if (node.kind !== 'call') continue
        for (const arg of node.args) if (!seen.has(arg)) stack.push(arg)
        for (const arg of node.args) seen.add(arg)
      }
    }
    return names
  }

  #isStep(name: string): boolean {
    const member = this.#flat.members.get(name)
    return member !== undefined && splitIndex(member.index).letter === this.#text.recurrence.letter
  }

  /** What the entries of a family are drawn from, where any member says it. */
  #sets({ declarations }: Problem): ReadonlyMap<Family, EntrySet> {
    const sets = new Map<Family, EntrySet>()
    for (const { symbol: known, set } of declarations) {
      const member = this.#flat.members.get(known.name)
      if (member !== undefined && set !== 'real') sets.set(member.family, set)
    }
    return sets
  }

  #shapeAt(shape: Shape, index: Index, families: readonly Family[], { renamed, ends }: FamilyShapes): Shape {
    const by = new Map([[this.#text.recurrence.letter, index]])
    const read = (name: string) => this.#memberOf(name, families)
    const now = (side: Shape['rows']) =>
      dimAt(
        dimAt(side, renamed as ReadonlyMap<string, Index>, () => undefined, new Map()),
        by,
        read,
        ends,
      )
    return shapeOf(now(shape.rows), now(shape.columns))
  }

  #memberOf(name: string, families: readonly Family[]): Member | undefined {
    return memberOf(name, families, this.#letters)
  }

  #finished(problem: Problem, first: Problem, found: FamilyShapes, families: readonly Family[]): Problem {
    const { recurrence } = this.#text
    const { letter, depth, low, high, heads } = recurrence
    const definitions = this.#withoutStandIns(problem.definitions)
    const steps = definitions.filter(({ symbol: defined }) => this.#isStep(defined.name))
    this.#wantMembers(
      problem,
      definitions.filter(definition => !steps.includes(definition)),
    )
    const layers: Layers = {
      letter,
      depth,
      low,
      high,
      families,
      steps,
      shapes: found.shapes,
      ends: found.ends,
      states: new Set(heads.keys()),
      given: this.#text.given,
    }
    const why = new Map(first.declarations.map(({ symbol: known, inferred }) => [known.name, inferred]))
    const declarations = this.#declarations(problem, why, found, families)
    for (const { symbol: known } of declarations) this.#wantKnown(known.name, families)
    return Object.freeze({
      ...problem,
      declarations,
      definitions: definitions.filter(definition => !steps.includes(definition)),
      questions: problem.questions.map(question => ({
        ...question,
        of: this.#inPlace(question.of, problem),
      })),
      readings: problem.readings.filter(({ what }) => !what.includes('#')),
      layers,
    })
  }

  #wantMembers({ definitions: all }: Problem, definitions: readonly Definition[]): void {
    const bodies = new Map(all.map(({ symbol: defined, body }) => [defined.name, body]))
    const totals = [...this.#flat.totals].map(([name, total]) => ({
      total,
      members: symbolsOf([bodies.get(name)!]).flatMap(each => this.#flat.members.get(each.name) ?? []),
    }))
    wantMembers(this.#text.recurrence, { members: this.#flat.members, definitions, totals })
  }

  /** Sums and unknown functions in the place of the names that stood for them. */
  #withoutStandIns(definitions: readonly Definition[]): readonly Definition[] {
    const bodies = new Map<Expr, Expr>()
    const kept: Definition[] = []
    const named = new Map(definitions.map(({ symbol: defined, body }) => [defined.name, body]))
    for (const [name, { name: function_, args }] of this.#flat.unknowns) {
      bodies.set(
        symbol(name, SCALAR),
        unknownOf(
          function_,
          args.map(arg => named.get(arg)!),
        ),
      )
    }
    for (const definition of definitions) {
      const { symbol: defined } = definition
      const body = substitute(definition.body, bodies)
      const total = this.#flat.totals.get(defined.name)
      if (total !== undefined) bodies.set(defined, totalOf(total, body))
      else if (!defined.name.startsWith('#')) kept.push({ ...definition, body })
    }
    return kept
  }

  #inPlace(of: Expr, problem: Problem): Expr {
    const whole = this.#withoutStandIns([
      ...problem.definitions,
      { symbol: symbol('whole', of.shape), body: of },
    ])
    return whole[whole.length - 1]!.body
  }

  /** One declaration for each family, of the member at the letter, and those of everything else. */
  #declarations(
    problem: Problem,
    why: ReadonlyMap<string, string | undefined>,
    found: FamilyShapes,
    families: readonly Family[],
  ): readonly Declaration[] {
    const { letter } = this.#text.recurrence
    const done = new Set<Family>()
    return problem.declarations.flatMap((declaration): Declaration[] => {
      const { name } = declaration.symbol
      if (name.startsWith('#')) return []
      const member = this.#flat.members.get(name)
      const shape = member && found.shapes.get(member.family)
      const inferred = declaration.inferred ?? why.get(name)
      if (member === undefined || shape === undefined) return [{ ...declaration, inferred }]
      if (done.has(member.family)) return []
      done.add(member.family)
      const own = memberName({ family: member.family, index: letter })
      const reasons = [...this.#flat.members].flatMap(([each, { family }]) =>
        family === member.family ? [why.get(each)] : [],
      )
      const reason = reasons.includes(undefined) ? undefined : inferred
      return [
        {
          ...declaration,
          symbol: symbol(own, this.#shapeAt(shape, letter, families, found)),
          inferred: reason,
        },
      ]
    })
  }

  /** A name that has the letter in it is a member. Raises `NameError` for what was not understood as one. */
  #wantKnown(name: string, families: readonly Family[]): void {
    const { letter, span } = this.#text.recurrence
    const scripts = name.match(/[_^](?:\{[^{}]*\}|.)/g) ?? []
    const carries = scripts.some(script =>
      new RegExp(`(?:^|[^A-Za-z])${letter}(?![A-Za-z])`).test(script.slice(1)),
    )
    if (!carries || this.#memberOf(name, families) !== undefined) return
    throw new NameError(
      'unreadable-index',
      `${name} has the index ${letter} in a way that is not understood`,
      {
        span,
        hint: `write its index alone, as in W_${letter} or W^{(${letter})}`,
      },
    )
  }
}
