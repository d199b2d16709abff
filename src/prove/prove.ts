import { LimitError, MathError } from '../base/errors.js'
import { rational } from '../base/rational.js'
import type { Call, Expr, Sym } from '../expr/node.js'
import type { Declaration, Definition, Fact } from '../expr/problem.js'
import { isScalar } from '../expr/shape.js'
import { partsOf, walk } from '../expr/walk.js'
import { blocks } from '../ops/blocks.js'
import { isCall, transpose } from '../ops/core.js'
import { constant, Effort, type Poly, scaled, slotAt } from './algebra.js'
import { ARRAY_RULES } from './array-rules.js'
import { COLUMN, Entries, ROW } from './entries.js'
import { normal } from './normal.js'
import { Ring } from './ring.js'
import { NUMBER_RULES } from './rules.js'

/** What a proof may rest on. */
export interface Grounds {
  readonly definitions: readonly Definition[]
  readonly declarations?: readonly Declaration[] | undefined
  readonly facts?: readonly Fact[] | undefined
  /** Definitions whose names are opened at once; others stay names as long as a proof is found without them. */
  readonly transparent?: ((symbol: Sym) => boolean) | undefined
}

/** Whether two formulas were proved equal; if not, they may still be. */
export interface Proof {
  readonly proved: boolean
  readonly reason: string
}

/** Terms that one attempt may make. */
const MOST_TERMS = 60_000
/** Formulas deeper than this, definitions opened, are not looked at. */
const DEEPEST = 2_000

/**
 * Compares two formulas of one shape by a normal form: the entry at a row and a column as a sum of products of atoms.
 * Equal forms are equal formulas, wherever both have a value. Nothing here is shared with the simplifier. Names stay
 * names at first; then what applies a function entry by entry is opened, and at last every definition.
 */
export function prove(left: Expr, right: Expr, grounds: Grounds): Proof {
  if (left === right) return { proved: true, reason: 'both sides are the same formula' }
  let reason = 'the normal forms differ'
  for (const attempt of attemptsOf([left, right], grounds)) {
    try {
      if (equal(left, right, grounds, attempt))
        return { proved: true, reason: 'both sides have one normal form' }
    } catch (error) {
      if (!(error instanceof MathError) || error.code === 'limit-time' || error.code === 'aborted')
        throw error
      reason = error.message
    }
  }
  return { proved: false, reason }
}

interface Attempt {
  readonly bodies: ReadonlyMap<Expr, Expr>
  readonly spelled: boolean
}

function attemptsOf(roots: readonly Expr[], grounds: Grounds): readonly Attempt[] {
  const { definitions, transparent = () => false } = grounds
  const clear = definitions.filter(({ symbol }) => transparent(symbol))
  const near = nearDefinitions(roots, clear)
  const activations = definitions.filter(({ body }) => isPointwise(body))
  const levels = [near, [...near, ...activations], clear, [...clear, ...activations], definitions].map(
    chosen => new Map<Expr, Expr>(chosen.map(({ symbol, body }) => [symbol, body])),
  )
  const all = levels[levels.length - 1]!
  const reached = levels.map(bodies => walk(roots, node => partsOf(node, bodies)))
  const opened = levels.map((bodies, i) => {
    const nodes = reached[i]!.filter(node => bodies.has(node))
    return nodes
      .map(({ id }) => id)
      .sort((x, y) => x - y)
      .join()
  })
  const distinct = levels.filter((_, i) => opened.indexOf(opened[i]!) === i)
  const attempts = distinct.map((bodies): Attempt => ({ bodies, spelled: false }))
  return reached[levels.length - 1]!.some(isSmall) ? [...attempts, { bodies: all, spelled: true }] : attempts
}

/** Where sizes are numbers, entries may be written one by one. */
function isSmall(node: Expr): boolean {
  const { rows, columns } = node.shape
  return (
    isCall(node, blocks) ||
    (typeof rows === 'number' && rows > 1) ||
    (typeof columns === 'number' && columns > 1)
  )
}

/** An activation of a name: opening it shows what its derivative is made of. */
function isPointwise(body: Expr): boolean {
  return body.kind === 'call' && body.args.every(arg => arg.kind !== 'call') && body.op.kind !== 'multilinear'
}

function equal(left: Expr, right: Expr, grounds: Grounds, { bodies, spelled }: Attempt): boolean {
  const ring = new Ring(new Effort(MOST_TERMS))
  const at = new Entries(ring, { spelled, ...propertiesOf(grounds) })
  enterFacts(at, grounds, bodies)
  work(at, [left, right], bodies)
  const [a, b] = [at.at(left), at.at(right)]
  const difference = normal(ring, [...a, ...scaled(ring.put(b, new Map()), rational(-1))])
  if (difference.length === 0) return true
  return spelled && isZeroEverywhere(ring, difference, left)
}

/** The forms of all nodes, arguments first. */
function work(at: Entries, roots: readonly Expr[], bodies: ReadonlyMap<Expr, Expr>): void {
  const depths = new Map<Expr, number>()
  for (const node of walk(roots, each => partsOf(each, bodies))) {
    const depth = partsOf(node, bodies).reduce((most, part) => Math.max(most, 1 + depths.get(part)!), 0)
    if (depth > DEEPEST) throw new LimitError('limit-proof', 'the formulas are too deep for a proof')
    depths.set(node, depth)
    if (!at.done.has(node)) at.done.set(node, formOf(at, node, bodies))
  }
}

function formOf(at: Entries, node: Expr, bodies: ReadonlyMap<Expr, Expr>): Poly {
  const body = bodies.get(node)
  if (body !== undefined) return at.at(body)
  if (node.kind === 'num') return constant(node.value)
  if (node.kind === 'sym') return at.symbol(node)
  return callForm(at, node)
}

function callForm(at: Entries, node: Call): Poly {
  const rule = NUMBER_RULES.get(node.op) ?? ARRAY_RULES.get(node.op)
  if (rule !== undefined) return rule(at, node)
  if (node.op.abstract !== undefined || node.op.kind === 'elementwise') {
    if (node.args.length === 1) return at.opaque(`function ${node.op.name}`, at.at(node.args[0]!))
  }
  return at.unknown(node)
}

/** Entry by entry, where the sizes are numbers. */
function isZeroEverywhere(ring: Ring, difference: Poly, { shape }: Expr): boolean {
  const { rows, columns } = shape
  if (isScalar(shape) || typeof rows !== 'number' || typeof columns !== 'number' || rows * columns > 64)
    return false
  for (let row = 1; row <= rows; row++) {
    for (let column = 1; column <= columns; column++) {
      const place = new Map([
        [ROW, slotAt(0, row)],
        [COLUMN, slotAt(0, column)],
      ])
      if (normal(ring, ring.put(difference, place)).length > 0) return false
    }
  }
  return true
}

function propertiesOf({ declarations = [], facts = [] }: Grounds) {
  const sets = new Map(declarations.map(({ symbol, set }) => [symbol, set]))
  const symmetric = new Set<Expr>()
  for (const { left, right } of facts) {
    if (left.kind === 'sym' && right === transpose(left)) symmetric.add(left)
    if (right.kind === 'sym' && left === transpose(right)) symmetric.add(right)
  }
  return {
    symmetric: (symbol: Sym) => {
      const set = sets.get(symbol)
      return set === 'symmetric' || set === 'positive-definite' || symmetric.has(symbol)
    },
    positive: (symbol: Sym) => {
      const set = sets.get(symbol)
      return set === 'positive' || set === 'unit-interval'
    },
    binary: (symbol: Sym) => sets.get(symbol) === 'binary',
  }
}

/** A fact about a sum of products gives that sum its value. */
function enterFacts(at: Entries, { facts = [] }: Grounds, bodies: ReadonlyMap<Expr, Expr>): void {
  for (const { left, right } of facts) {
    work(at, [left, right], bodies)
    for (const [from, to] of [
      [left, right],
      [right, left],
    ] as const) {
      const form = at.at(from)
      const [term] = form
      if (form.length !== 1 || term!.factors.length === 0) continue
      const value = normal(at.ring, scaled(at.at(to), term!.coefficient.inverse()))
      if (term!.bound.length === 0 && term!.factors.length === 1 && term!.factors[0]!.head.kind === 'net') {
        at.ring.known.set(term!.factors[0]!.head.key, value)
      } else if (term!.bound.length === 1) {
        const net = at.ring.made('net', 'net', [
          { ...term!, coefficient: term!.coefficient.div(term!.coefficient) },
        ])
        const slots = new Map(net.slots.map((slot, i) => [slot.index, slotAt(-1 - i)]))
        at.ring.known.set(net.head.key, at.ring.put(value, slots))
      } else continue
      break
    }
  }
}

/** The definitions of the formulas themselves, and names that only stand for other names. */
function nearDefinitions(roots: readonly Expr[], clear: readonly Definition[]): readonly Definition[] {
  const bodies = new Map<Expr, Definition>(clear.map(definition => [definition.symbol, definition]))
  const found = new Set(clear.filter(({ body }) => body.kind === 'sym'))
  for (const root of roots) {
    for (let next = bodies.get(root); next !== undefined; next = bodies.get(next.body)) found.add(next)
  }
  return [...found]
}
