import { divideRational, ONE, type Rational } from '../base/rational.js'
import { number } from '../expr/intern.js'
import type { Assumption } from '../expr/law.js'
import type { Expr } from '../expr/node.js'
import type { Fact } from '../expr/problem.js'
import { isCall, matrixProduct, multiplication, multiply, transpose } from '../ops/core.js'
import { identityMatrix, inverseOf } from '../ops/matrix.js'

/** What an expression was declared to be equal to. */
export interface Equality {
  readonly to: Expr
  readonly assumption: Assumption
}

/**
 * The rewrites that declared facts allow, from the longer side to the shorter: `A^\\top = A` replaces the transpose,
 * whichever way it was written. What follows at once is included: the transpose of both sides, and where a product of
 * two square matrices is the identity, that of the other order, and that each is the inverse of the other.
 */
export function declaredEqualities(facts: readonly Fact[]): Map<Expr, Equality> {
  const equal = new Map<Expr, Equality>()
  for (const { left, right, assumption } of facts) {
    const [long, short] = left.treeSize < right.treeSize ? [right, left] : [left, right]
    const put = (from: Expr, to: Expr) => {
      if (from.kind === 'call' && from !== to && !equal.has(from)) equal.set(from, { to, assumption })
    }
    const both = (from: Expr, to: Expr) => {
      put(from, to)
      for (const flipped of transposesOf(from)) put(flipped, transpose(to))
    }
    const { coefficient, rest } = scaled(long)
    both(rest, coefficient.equals(ONE) ? short : multiply(number(divideRational(ONE, coefficient)), short))
    if (!isCall(short, identityMatrix) || !isCall(rest, matrixProduct) || rest.args.length !== 2) continue
    const [a, b] = rest.args as readonly [Expr, Expr]
    if (a.shape.rows !== a.shape.columns || !coefficient.equals(ONE)) continue
    both(multiply(b, a), short)
    // Only where that is no longer, so that it cannot go on for ever.
    if (b.treeSize <= inverseOf(a).treeSize) both(inverseOf(a), b)
    if (a.treeSize <= inverseOf(b).treeSize) both(inverseOf(b), a)
  }
  return equal
}

/** A number in front, and the rest: `A = -A^\\top` says what the transpose is. */
function scaled(node: Expr): { readonly coefficient: Rational; readonly rest: Expr } {
  const first = isCall(node, multiplication) ? node.args[0]! : undefined
  if (!isCall(node, multiplication) || first?.kind !== 'num' || first.value.n === 0n)
    return { coefficient: ONE, rest: node }
  return { coefficient: first.value, rest: multiply(...node.args.slice(1)) }
}

/** The transpose of one side of a fact as it stands in formulas: of a product, the product in reverse order. */
function transposesOf(from: Expr): readonly Expr[] {
  const whole = transpose(from)
  return isCall(from, matrixProduct) ? [whole, multiply(...from.args.map(transpose).reverse())] : [whole]
}
