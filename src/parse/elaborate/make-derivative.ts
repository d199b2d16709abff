import type { Span } from '../../base/span.js'
import { wantArray } from './make.js'
import { type Layout, raiseShape, type ShapeContext } from './session.js'
import type { Sides } from './sides.js'
import type { DerivativeTerm, Term } from './term.js'

/**
 * A derivative inside a formula. A scalar by an array has the shape of the array; a column by a column is the
 * Jacobian; anything by a scalar has the shape of what is differentiated; a second derivative of a scalar is square.
 */
export function makeDerivative(
  context: ShapeContext,
  of: Term,
  by: readonly Term[],
  layout: 'gradient' | 'jacobian',
  span: Span,
): Term {
  const { solver } = context
  const sides: Sides = solver.freshShape()
  const [first] = by as readonly [Term]
  const settle = (found: Sides) => {
    if (solver.unifyShapes(sides, found) === undefined) return
    raiseShape(`this derivative is ${solver.text(found)}, but ${solver.text(sides)} is needed here`, span)
  }
  const turns = (found: Sides, which: Layout) => {
    term.turned = layout === 'jacobian' && by.length === 1 && context.layout === which
    settle(term.turned ? { rows: found.columns, columns: found.rows } : found)
  }
  const term: DerivativeTerm = {
    kind: 'derivative',
    span,
    args: [of, ...by],
    sides,
    literal: false,
    look: first.look,
    layout,
    turned: false,
  }
  const attempt = () => {
    const x = first.sides
    if (solver.isScalar(x)) return settle(of.sides)
    const known = solver.isScalar(of.sides) || solver.isArray(of.sides)
    if (!known || !solver.isArray(x)) {
      return solver.wait([of.sides.rows, of.sides.columns, x.rows, x.columns], attempt)
    }
    if (by.length === 2) settle({ rows: x.rows, columns: by[1]!.sides.rows })
    else if (solver.isScalar(of.sides)) turns(x, 'numerator')
    else turns({ rows: of.sides.rows, columns: x.rows }, 'denominator')
  }
  attempt()
  if (!solver.isScalar(first.sides) && context.shapes.arrays) wantArray(context, first)
  return term
}
