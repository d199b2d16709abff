import type { Budget } from '../base/limits.js'
import { signOf } from '../base/rational.js'
import type { Assumption, Facts } from '../expr/law.js'
import type { Expr, Sym } from '../expr/node.js'
import type { Declaration, Definition, EntrySet, Fact } from '../expr/problem.js'
import {
  addition,
  division,
  hadamardProduct,
  hadamardQuotient,
  matrixProduct,
  multiplication,
  transpose,
  transposition,
} from '../ops/core.js'
import { identityMatrix } from '../ops/matrix.js'
import { exponential, powering, squareRoot } from '../ops/powers.js'
import { type Classes, startClasses } from './classes.js'

/** What the simplifier may rest on, besides the laws. */
export interface Knowledge {
  readonly definitions?: readonly Definition[]
  readonly declarations?: readonly Declaration[]
  readonly facts?: readonly Fact[]
  readonly budget?: Budget
}

const POSITIVE_SETS: ReadonlySet<EntrySet> = new Set(['positive', 'unit-interval'])
const SYMMETRIC_SETS: ReadonlySet<EntrySet> = new Set(['symmetric', 'positive-definite'])

/** How far a proof of a sign may look down. */
const DEEPEST_PROOF = 40

/** Answers the questions of the laws; what is not proved is answered with no. */
export function factsOf(knowledge: Knowledge): Facts {
  const classes: Classes = startClasses()
  const bodies = new Map<Sym, Expr>(knowledge.definitions?.map(({ symbol, body }) => [symbol, body]))
  const sets = new Map<Sym, EntrySet>(knowledge.declarations?.map(({ symbol, set }) => [symbol, set]))
  const equal = new Map<Expr, { to: Expr; assumption: Assumption }>()
  for (const { left, right, assumption } of knowledge.facts ?? []) {
    // A fact is used from its longer side to its shorter: A^T = A replaces the transpose, whichever way it was written.
    const [from, to] = left.treeSize < right.treeSize ? [right, left] : [left, right]
    if (from.kind !== 'call') continue
    equal.set(from, { to, assumption })
    const flipped = transpose(from)
    if (flipped.kind === 'call' && !equal.has(flipped)) equal.set(flipped, { to: transpose(to), assumption })
  }
  const positive = (node: Expr, depth = 0): boolean => {
    if (depth > DEEPEST_PROOF) return false
    const all = (nodes: readonly Expr[]) => nodes.every(arg => positive(arg, depth + 1))
    if (node.kind === 'num') return signOf(node.value) > 0
    if (node.kind === 'sym') {
      const body = bodies.get(node)
      return (
        POSITIVE_SETS.has(sets.get(node) ?? 'real') ||
        node.role === 'dimension' ||
        (!!body && positive(body, depth + 1))
      )
    }
    if (node.op.positive) return true
    switch (node.op) {
      case addition:
      case multiplication:
      case hadamardProduct:
      case hadamardQuotient:
      case division:
      case matrixProduct:
      case transposition:
      case squareRoot:
        return all(node.args)
      case powering:
        return positive(node.args[0]!, depth + 1)
      default:
        return node.op === exponential
    }
  }
  const symmetric = (node: Expr): boolean => {
    if (node.shape.rows !== node.shape.columns) return false
    if (node.kind === 'num') return true
    if (node.kind === 'sym') {
      if (equal.get(transpose(node))?.to === node) return true
      const body = bodies.get(node)
      return SYMMETRIC_SETS.has(sets.get(node) ?? 'real') || (body !== undefined && symmetric(body))
    }
    return node.op === identityMatrix
  }
  return Object.freeze({
    equal: equal.size === 0 ? () => undefined : (node: Expr) => equal.get(node),
    body: (symbol: Sym) => bodies.get(symbol),
    positive: (node: Expr) => positive(node),
    nonzero: (node: Expr) => (node.kind === 'num' ? node.value.n !== 0n : positive(node)),
    symmetric,
    classOf: (node: Expr) => classes.of(node),
  })
}
