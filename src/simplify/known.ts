import type { DefinedQuotient } from '../expr/law.js'
import type { Expr, Sym } from '../expr/node.js'
import type { Definition, Question } from '../expr/problem.js'
import { isScalar } from '../expr/shape.js'
import { sigmoidOf } from '../ops/activations.js'
import { applyOp } from '../ops/apply.js'
import {
  addition,
  division,
  hadamardQuotient,
  isCall,
  isOne,
  matrixProduct,
  negate,
  summation,
} from '../ops/core.js'
import { exponential } from '../ops/powers.js'
import { softmax } from '../ops/softmax.js'
import type { Classes } from './classes.js'

/** What definitions give names to, beyond what is written by its name already. */
export interface KnownValues {
  readonly quotients: readonly DefinedQuotient[]
  nameOver(numerator: Expr, quotient: DefinedQuotient): Expr | undefined
  named(node: Expr): Sym | undefined
}

/**
 * Reads definitions for values that an answer may use by name. A name that is a variable of some question is left out:
 * there it is varied, and what it stands for is not.
 */
export function knownValues(
  definitions: readonly Definition[],
  questions: readonly Pick<Question, 'wrt'>[],
  classes: Classes,
): KnownValues {
  const quotients: DefinedQuotient[] = []
  const values = new Map<Expr, Sym>()
  let variables: ReadonlySet<Expr> | undefined
  for (const { symbol, body } of definitions) {
    if (!isCall(body, division) && !isCall(body, hadamardQuotient)) continue
    variables ??= new Set(questions.map(({ wrt }) => wrt))
    if (variables.has(symbol)) continue
    const value = spelledOut(body)
    if (value !== undefined) values.set(value, symbol)
    else if (isCall(body, division) && !isScalar(body.shape)) {
      const [above, below] = body.args as readonly [Expr, Expr]
      if (above.kind !== 'num' && varies(below)) quotients.push({ symbol, above, below })
    }
  }
  const nameOver = (numerator: Expr, { symbol, above }: DefinedQuotient) => {
    if (numerator.shape.rows !== above.shape.rows || numerator.shape.columns !== above.shape.columns)
      return undefined
    const found = classes.of(numerator)
    if (found === classes.of(above)) return symbol
    if (!isCall(above, addition) || !isCall(numerator, addition)) return undefined
    return found === classes.of(opposite(above.args)) ? negate(symbol) : undefined
  }
  return { quotients, nameOver, named: values.size === 0 ? () => undefined : node => values.get(node) }
}

function opposite(terms: readonly Expr[]): Expr {
  return addition.make!(terms.map(negate))
}

/** A size or a number scales; anything else belongs to what was named. */
function varies(below: Expr): boolean {
  return below.kind === 'call' || (below.kind === 'sym' && below.role === 'variable')
}

/** The function that a quotient of exponentials spells out. */
function spelledOut(body: Expr): Expr | undefined {
  if (!isCall(body, division) && !isCall(body, hadamardQuotient)) return undefined
  const [above, below] = body.args as readonly [Expr, Expr]
  if (!isCall(above, exponential) || below.kind !== 'call') return undefined
  const argument = above.args[0]!
  if (isCall(below, addition)) {
    const isLogistic = below.args.length === 2 && below.args.includes(above) && below.args.some(isOne)
    return isLogistic ? sigmoidOf(argument) : undefined
  }
  if (argument.shape.columns !== 1) return undefined
  const isTotal =
    (isCall(below, summation) && below.args[0] === above) ||
    (isCall(below, matrixProduct) &&
      below.args.length === 2 &&
      isOne(below.args[0]!) &&
      below.args[1] === above)
  return isTotal ? applyOp(softmax, argument) : undefined
}
