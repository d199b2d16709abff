import { ShapeError } from '../../base/errors.js'
import { cover, type Span } from '../../base/span.js'
import type { Expr } from '../../expr/node.js'
import type { SymbolEntry } from './scope.js'
import type { SideSolver, Sides } from './sides.js'
import type { Term } from './term.js'

/** A shape that no rule forces; asked in the order the author wrote, when all that is forced is known. */
export type Decision = () => void

/**
 * The part of a document that shares unknown shapes: one statement, or a function's body. What it decides depends on
 * whether anything in it, or in what it is connected with, is an array.
 */
export interface StatementShapes {
  readonly symbols: Set<SymbolEntry>
  readonly decisions: Decision[]
  /** Capitals before small letters; each tells whether nothing else has given them a shape yet. */
  readonly matrixPatterns: (() => boolean)[]
  /** Something here is an array by the way it is written. */
  arrays: boolean
}

/**
 * A layout other than the shape convention. In numerator layout the derivative of a number by an array is transposed;
 * in denominator layout that of a column by a column is.
 */
export type Layout = 'numerator' | 'denominator'

/** What the makers of terms share: the unknown shapes, and the statement that is being read. */
export interface ShapeContext {
  readonly solver: SideSolver
  shapes: StatementShapes
  /** Which derivatives written as quotients stand the other way round than the shape convention has them. */
  layout?: Layout | undefined
  /** The expression of a term whose shapes are known. */
  readonly build: (term: Term) => Expr
}

export function newStatementShapes(): StatementShapes {
  return { symbols: new Set(), decisions: [], matrixPatterns: [], arrays: false }
}

/** Raises `ShapeError` at two terms that do not fit. */
export function raiseClash(
  context: ShapeContext,
  verb: string,
  left: Term,
  right: Term,
  hint?: string | undefined,
): never {
  const { solver } = context
  const between = verb === 'multiply' ? 'by' : 'and'
  throw new ShapeError(
    'shape-clash',
    `cannot ${verb} ${solver.text(left.sides)} ${between} ${solver.text(right.sides)}`,
    { span: cover(left.span, right.span), hint },
  )
}

/** Raises `ShapeError` at one place. */
export function raiseShape(message: string, span: Span, hint?: string | undefined): never {
  throw new ShapeError('shape-clash', message, { span, hint })
}

/** Makes all terms one shape, literals left out, and returns that shape (a scalar when all are literals). */
export function agree(
  context: ShapeContext,
  verb: string,
  terms: readonly Term[],
  hint?: (left: Term, right: Term) => string | undefined,
): Sides {
  const { solver } = context
  let last: Term | undefined
  for (const term of terms) {
    if (term.literal) continue
    if (last !== undefined && clashes(context, last.sides, term.sides)) {
      raiseClash(context, verb, last, term, hint?.(last, term))
    }
    last = term
  }
  return last?.sides ?? solver.scalar
}

/** Makes two shapes equal; true when they cannot be. */
function clashes(context: ShapeContext, a: Sides, b: Sides): boolean {
  return context.solver.unifyShapes(a, b) !== undefined
}
