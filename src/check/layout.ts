import type { Expr } from '../expr/node.js'
import { isColumn, isRow, isScalar, sameShape, shapeText } from '../expr/shape.js'
import { isCall, transpose, transposition } from '../ops/core.js'
import { writtenDerivative } from '../parse/derivation.js'
import type { Ground } from './ground.js'
import type { Equation, Verdict } from './verdict.js'

/** Derivatives of which two layouts are in use. */
type Laid = 'gradient' | 'matrix-gradient' | 'jacobian'

/** What kind of derivative a written formula is, if its layout is a matter of convention. */
export function laidOut(written: Expr): Laid | undefined {
  const node = isCall(written, transposition) ? written.args[0]! : written
  if (!isCall(node, writtenDerivative) || node.args.length !== 2) return undefined
  const [of, by] = node.args as readonly [Expr, Expr]
  const long = (each: Expr) => isColumn(each.shape) || isRow(each.shape)
  if (isScalar(of.shape)) return long(by) ? 'gradient' : isScalar(by.shape) ? undefined : 'matrix-gradient'
  return long(of) && long(by) ? 'jacobian' : undefined
}

/**
 * What is said of a derivative whose transpose is right. The row of a gradient and the transpose of a Jacobian are the
 * other layout; the transpose of a gradient by a matrix is called wrong, with its layout, unless a whole derivation is
 * written so. Undefined where the transpose is not right either.
 */
export function judgeTurned(ground: Ground, { left, right }: Equation, written: Expr): Verdict | undefined {
  const kind = laidOut(written)
  const turned = transpose(right)
  if (kind === undefined || isScalar(right.shape) || !sameShape(left.shape, turned.shape)) return undefined
  if (!ground.proves(left, turned) && ground.compare(left, turned).status !== 'agrees') return undefined
  if (kind === 'jacobian') {
    return {
      status: 'convention',
      message: 'right in denominator layout: the transpose of the Jacobian, which has outputs by rows here',
    }
  }
  const layout = 'right in numerator layout'
  if (kind === 'gradient') {
    const message = `${layout}: the gradient as a row; in the shape convention it is ${shapeText(left.shape)}`
    return { status: 'convention', message }
  }
  return {
    status: 'refuted',
    message: `this is the transpose of the gradient, which is ${layout}; in the shape convention used here it has the shape of the variable, ${shapeText(left.shape)}`,
    mistakes: ['outer-product-reversed'],
    laid: 'turned',
  }
}
