import type { Budget } from '../base/limits.js'
import { signOf } from '../base/rational.js'
import type { Assumption, Facts } from '../expr/law.js'
import { latexName } from '../expr/name.js'
import type { Call, Expr, Sym } from '../expr/node.js'
import type { Op } from '../expr/op.js'
import type { Declaration, Definition, EntrySet, Fact, Question } from '../expr/problem.js'
import { isScalar } from '../expr/shape.js'
import { postorder } from '../expr/walk.js'
import { sigmoid } from '../ops/activations.js'
import {
  addition,
  division,
  hadamardProduct,
  hadamardQuotient,
  isOne,
  matrixProduct,
  multiplication,
  multiply,
  negate,
  transpose,
  transposition,
} from '../ops/core.js'
import { diagonalMatrix, identityMatrix, inverse, inverseOf, matrixPower } from '../ops/matrix.js'
import { powering, squareRoot } from '../ops/powers.js'
import { softmax } from '../ops/softmax.js'
import { type Classes, startClasses } from './classes.js'
import { declaredEqualities } from './equalities.js'
import { knownValues } from './known.js'

/** What the simplifier may rest on, besides the laws. */
export interface Knowledge {
  readonly definitions?: readonly Definition[]
  readonly declarations?: readonly Declaration[]
  readonly facts?: readonly Fact[]
  /** What is asked; a name that is a variable there is not used to write other things shorter. */
  readonly questions?: readonly Pick<Question, 'wrt'>[]
  readonly budget?: Budget
}

const POSITIVE_SETS: ReadonlySet<EntrySet> = new Set(['positive', 'unit-interval'])
const SYMMETRIC_SETS: ReadonlySet<EntrySet> = new Set(['symmetric', 'positive-definite'])

/** Operations that are positive where all their arguments are. */
const KEEPS_SIGN: ReadonlySet<Op> = new Set([
  addition,
  multiplication,
  hadamardProduct,
  hadamardQuotient,
  division,
  matrixProduct,
  transposition,
  squareRoot,
])

/** Operations whose values lie between zero and one. */
const PROBABILITIES: ReadonlySet<Op> = new Set([sigmoid, softmax])

/** Operations whose values have an inverse where all their arguments, square matrices, do. */
const KEEPS_INVERSE: ReadonlySet<Op> = new Set([matrixProduct, transposition, inverse])

/** How far a proof of a sign may look down. */
const DEEPEST_PROOF = 12

/** Operations that treat every entry alike, so that they may change places with a transpose. */
const ENTRY_BY_ENTRY: ReadonlySet<Op> = new Set([addition, multiplication, hadamardProduct, hadamardQuotient])

/** Answers the questions of the laws; what is not proved is answered with no. */
export function factsOf(knowledge: Knowledge): Facts {
  const classes: Classes = startClasses()
  // Most problems never ask for a body or a set, so these tables wait until one does.
  let bodiesMade: ReadonlyMap<Sym, Expr> | undefined
  const bodyOf = (symbol: Sym): Expr | undefined => {
    bodiesMade ??= bodiesOf(knowledge.definitions)
    return bodiesMade.get(symbol)
  }
  let setsMade: ReadonlyMap<Sym, EntrySet> | undefined
  const setOf = (symbol: Sym): EntrySet | undefined => {
    setsMade ??= setsOf(knowledge.declarations)
    return setsMade.get(symbol)
  }
  const equal = declaredEqualities(knowledge.facts ?? [])
  const proved = new Map<Expr, boolean>()
  const positive = (node: Expr, depth = 0): boolean => {
    const known = proved.get(node)
    if (known !== undefined) return known
    if (depth > DEEPEST_PROOF) return false
    const found = provePositive(node, depth)
    // What was cut off at the greatest depth is unknown, not refuted, so only a short way down is kept.
    if (found || depth === 0) proved.set(node, found)
    return found
  }
  /** Whether every entry is known to lie below one: a probability, the value of a sigmoid, an entry of a softmax. */
  const belowOne = (node: Expr): boolean => {
    for (let now: Expr | undefined = node; now !== undefined; ) {
      if (now.kind !== 'sym') return now.kind === 'call' && PROBABILITIES.has(now.op)
      if (setOf(now) === 'unit-interval') return true
      now = bodyOf(now)
    }
    return false
  }
  const provePositive = (node: Expr, depth: number): boolean => {
    const all = (nodes: readonly Expr[]) => nodes.every(arg => positive(arg, depth + 1))
    if (node.kind === 'num') return signOf(node.value) > 0
    if (node.kind === 'sym') {
      if (POSITIVE_SETS.has(setOf(node) ?? 'real') || node.role === 'dimension') return true
      const body = bodyOf(node)
      return body !== undefined && positive(body, depth + 1)
    }
    if (node.op.positive) return true
    if (node.op === powering) return positive(node.args[0]!, depth + 1)
    if (node.op === addition && node.args.length === 2) {
      const [first, second] = node.args as readonly [Expr, Expr]
      if (isOne(first) && belowOne(negate(second))) return true
    }
    return KEEPS_SIGN.has(node.op) && all(node.args)
  }
  const declaredSymmetric = (node: Sym) =>
    SYMMETRIC_SETS.has(setOf(node) ?? 'real') || equal.get(transpose(node))?.to === node
  const symmetric = (node: Expr, depth = 0): boolean => {
    if (node.shape.rows !== node.shape.columns) return false
    if (node.kind === 'num') return true
    if (node.kind === 'call') return depth < DEEPEST_PROOF && symmetricByForm(node, depth)
    // A name that stands for a name is followed; definitions are not cyclic, so this ends.
    for (let now: Expr | undefined = node; now !== undefined; now = bodyOf(now)) {
      if (now.kind !== 'sym') return now.kind === 'num' || now.op === identityMatrix
      if (declaredSymmetric(now)) return true
    }
    return false
  }
  /** Whether a formula is equal to its transpose by the laws of transposes, which are what rewrites it then. */
  const symmetricByForm = (node: Call, depth: number): boolean => {
    const { op, args } = node
    const isSymmetric = (arg: Expr) => isScalar(arg.shape) || symmetric(arg, depth + 1)
    if (op === identityMatrix || op === diagonalMatrix) return true
    if (op === matrixProduct) return mirrored(args, arg => symmetric(arg, depth + 1))
    if (ENTRY_BY_ENTRY.has(op) || op.kind === 'elementwise') return args.every(isSymmetric)
    return (op === inverse || op === matrixPower || op === division) && isSymmetric(args[0]!)
  }
  // What was declared equal to a symmetric formula, such as a diagonal matrix, is symmetric by that fact.
  for (const { left, right, assumption } of knowledge.facts ?? []) {
    for (const [name, body] of [
      [left, right],
      [right, left],
    ] as const) {
      if (name.kind !== 'sym' || body.kind !== 'call' || equal.has(transpose(name))) continue
      if (symmetric(body)) equal.set(transpose(name), { to: name, assumption })
    }
  }
  const invertible = (node: Expr, depth = 0): boolean => {
    if (depth > DEEPEST_PROOF) return false
    if (equal.get(inverseOf(node)) !== undefined || equal.get(multiply(node, inverseOf(node))) !== undefined)
      return true
    if (node.kind === 'sym') {
      const body = bodyOf(node)
      return setOf(node) === 'positive-definite' || (body !== undefined && invertible(body, depth + 1))
    }
    if (node.kind === 'num') return false
    if (node.op === identityMatrix) return true
    const square = node.args.every(
      arg => arg.shape.rows === node.shape.rows && arg.shape.columns === node.shape.rows,
    )
    return KEEPS_INVERSE.has(node.op) && square && node.args.every(arg => invertible(arg, depth + 1))
  }
  const symmetries = new Map<Sym, Assumption>()
  const symmetryOf = (symbol: Sym): Assumption | undefined => {
    if (!SYMMETRIC_SETS.has(setOf(symbol) ?? 'real')) return undefined
    const known = symmetries.get(symbol)
    if (known !== undefined) return known
    const name = latexName(symbol.name)
    const made = { latex: `${name} = ${name}^\\top`, sides: [symbol, transpose(symbol)] as const }
    symmetries.set(symbol, made)
    return made
  }
  const positivities = new Map<string, Assumption>()
  /** What was declared of the signs of the symbols that a positive formula is made of. */
  const positivityOf = (node: Expr): Assumption | undefined => {
    const said = new Set<string>()
    for (const part of postorder([node])) {
      if (part.kind !== 'sym') continue
      const set = setOf(part)
      if (set === 'positive') said.add(`${latexName(part.name)} > 0`)
      else if (set === 'unit-interval') said.add(`0 < ${latexName(part.name)} < 1`)
    }
    if (said.size === 0) return undefined
    const latex = [...said].join(',\\ ')
    const known = positivities.get(latex)
    const made = known ?? Object.freeze({ latex })
    positivities.set(latex, made)
    return made
  }
  const known = knownValues(knowledge.definitions ?? [], knowledge.questions ?? [], classes)
  return Object.freeze({
    equal: equal.size === 0 ? () => undefined : (node: Expr) => equal.get(node),
    declares: equal.size > 0,
    body: bodyOf,
    positive: (node: Expr) => positive(node),
    nonzero: (node: Expr) => (node.kind === 'num' ? node.value.n !== 0n : positive(node)),
    invertible: (node: Expr) => (isScalar(node.shape) ? false : invertible(node)),
    symmetric: (node: Expr) => symmetric(node),
    symmetryOf,
    positivityOf,
    classOf: (node: Expr) => classes.of(node),
    ...known,
  })
}

function bodiesOf(definitions: readonly Definition[] = []): ReadonlyMap<Sym, Expr> {
  const bodies = new Map<Sym, Expr>()
  for (const { symbol, body } of definitions) bodies.set(symbol, body)
  return bodies
}

/** Only what says something: most symbols are real numbers, about which nothing is known. */
function setsOf(declarations: readonly Declaration[] = []): ReadonlyMap<Sym, EntrySet> {
  const sets = new Map<Sym, EntrySet>()
  for (const { symbol, set } of declarations) {
    if (set !== 'real') sets.set(symbol, set)
    else if (sets.size > 0) sets.delete(symbol)
  }
  return sets
}

/** Whether a chain read backwards, every factor transposed, is the same chain. */
function mirrored(chain: readonly Expr[], symmetric: (node: Expr) => boolean): boolean {
  for (let i = 0; 2 * i < chain.length; i++) {
    const [front, back] = [chain[i]!, chain[chain.length - 1 - i]!]
    if (transpose(front) !== back && !(front === back && symmetric(front))) return false
  }
  return true
}
