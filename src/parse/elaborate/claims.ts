import { MathError, ShapeError } from '../../base/errors.js'
import { ONE } from '../../base/rational.js'
import { cover, type Span } from '../../base/span.js'
import { number, symbol } from '../../expr/intern.js'
import type { Expr } from '../../expr/node.js'
import type { Claim } from '../../expr/problem.js'
import { SCALAR, shapeOf } from '../../expr/shape.js'
import { isCall, multiply, summation } from '../../ops/core.js'
import { childrenOf } from '../children.js'
import type { Syntax } from '../syntax.js'
import { nameSizes, settleShapes } from './conventions.js'
import { takenNames } from './material.js'
import { bare, nameParts } from './names.js'
import { readTerm } from './plan.js'
import { rangesOf } from './plan-big.js'
import { findName } from './plan-names.js'
import { opOf } from './plan-words.js'
import { passOver, type Session } from './reader.js'
import { NOWHERE, type Part, within } from './resolve.js'
import { newStatementShapes } from './session.js'
import type { Equation } from './statement-kinds.js'
import type { IndexEntry, Term } from './term.js'

/** Two sides the author states to be equal, before shapes are settled. */
export interface FactDraft {
  readonly left: Term
  readonly right: Term
  readonly span: Span
}

/** Reads both sides of a fact. Raises `ShapeError`. */
export function readFact(session: Session, { left, right, span }: Equation): FactDraft {
  const sides = [readTerm(session, left, NOWHERE), readTerm(session, right, NOWHERE)] as const
  match(session, sides[0], sides[1])
  return { left: sides[0], right: sides[1], span }
}

/** Whether an equation speaks only of what is declared and not defined: then it is a property of what is given. */
export function isGiven(session: Session, { left, right }: Equation): boolean {
  let mentioned = 0
  const stack: Part[] = [left, right].map(node => ({ node, place: NOWHERE }))
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const node = bare(next.node)
    const { place } = next
    if (node.kind === 'big' && node.lower !== null && node.body !== null) {
      const letters = rangesOf(node.lower, node.upper).map(({ letter }) => letter)
      const inner = letters.reduce(
        (outer, letter) => within(outer, letter, indexNamed(session, letter, node)),
        place,
      )
      stack.push({ node: node.body, place: inner })
      continue
    }
    if (node.kind === 'derivative' || node.kind === 'gradient' || node.kind === 'differential') return false
    const parts = nameParts(node)
    if (parts === undefined) {
      for (const child of childrenOf(node)) stack.push({ node: child, place })
      continue
    }
    const found = findName(session, parts, [], 0, place)
    if (found === undefined) {
      if (!/^(?:bold|bb|bm)\{1\}$|^I$/.test(parts.base) && opOf(session, parts) === undefined) return false
    } else if (found.entry.kind !== 'symbol' || !found.entry.declared || found.entry.defined) return false
    else mentioned++
  }
  return mentioned > 0
}

function indexNamed(session: Session, letter: string, { span }: Syntax): IndexEntry {
  const extent = session.solver.fresh()
  return { kind: 'index', letter, symbol: symbol(letter, SCALAR, 'index'), extent, span }
}

/** `\sum_i y_i` of a column as `\mathbf{1}^\top y`, so that both state one fact. */
export function onesTimes(node: Expr): Expr {
  const [array] = isCall(node, summation) ? node.args : []
  if (array === undefined || array.shape.columns !== 1) return node
  return multiply(number(ONE, shapeOf(1, array.shape.rows)), array)
}

/** Both sides of an equation have one shape, unless one is a number that fills it. */
function match(session: Session, left: Term, right: Term): void {
  if (left.literal || right.literal) return
  const { solver } = session
  if (solver.unifyShapes(left.sides, right.sides) === undefined) return
  throw new ShapeError(
    'shape-clash',
    `the left side is ${solver.text(left.sides)}, the right side ${solver.text(right.sides)}`,
    { span: cover(left.span, right.span) },
  )
}

/** Reads what the author claims, after everything else; a claim that cannot be read is passed over with a note. */
export function readClaims(session: Session, claims: readonly Equation[]): readonly Claim[] {
  const read: Claim[] = []
  for (const { left, right, span } of claims) {
    session.shapes = newStatementShapes()
    try {
      const first = readTerm(session, left, NOWHERE)
      const second = readTerm(session, right, NOWHERE)
      match(session, first, second)
      settleShapes(session.solver, [session.shapes])
      nameSizes(session.solver, session.shapes.symbols, takenNames(session))
      read.push(Object.freeze({ left: session.build(first), right: session.build(second), span }))
    } catch (error) {
      if (!(error instanceof MathError)) throw error
      passOver(session, 'a claim was passed over', error.message, error.span ?? span, error)
    }
  }
  return read
}
