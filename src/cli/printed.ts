import { unreachable } from '../base/errors.js'
import type { Nested } from '../base/tensor.js'
import type { Answer } from '../derive/solution.js'
import { evaluateAt, evaluateMapAt, pointOf } from '../evaluate/bindings.js'
import { isBound, symbol } from '../expr/intern.js'
import type { Expr, Sym } from '../expr/node.js'
import type { Notation } from '../expr/notation.js'
import type { Declaration, Problem } from '../expr/problem.js'
import { type Dim, SCALAR, sizeOf } from '../expr/shape.js'
import { postorder, substitute } from '../expr/walk.js'
import { readExpression } from '../parse/problem.js'
import { latexOfSymbol } from '../print/latex.js'
import type { Tensors } from '../tensor/tensor.js'
import { nestedBy } from './axes.js'

/** A derivative as it was printed, and what it is about. */
interface Printed {
  readonly problem: Problem
  readonly answer: Answer
  /** What was printed, in both dialects; of a differential the right side. */
  readonly latex: string
  readonly plain: string
  readonly notation: Notation
  readonly axes: readonly Dim[]
  /** What was meant, with its shape. */
  readonly result: Expr
}

/**
 * The value of what was printed, not of what was meant: the text is read back first. Raises `VerificationError` when
 * it does not read back as the same expression, which is a fault of this library.
 */
export function valueOfPrinted(tensors: Tensors, printed: Printed): Nested {
  const { problem, answer, axes } = printed
  const node = readBack(printed)
  const { definitions } = problem
  const { change } = answer
  const value =
    change === undefined
      ? evaluateAt(tensors, node, problem, { definitions })
      : evaluateMapAt(tensors, node, change, problem, { definitions })
  const known = pointOf(tensors, problem).sizes
  return nestedBy(
    axes.map(side => sizeOf(side, known)),
    value.data,
  )
}

function readBack(printed: Printed): Expr {
  const { problem, answer, latex, plain, notation, result } = printed
  const { dialect } = problem.notation
  const { change } = answer
  // `\mathrm{d}X` is a differential to the reader, so the change of the variable goes by a name of its own here.
  const stand = change && symbol(CHANGE, change.shape)
  const text =
    dialect === 'plain'
      ? plain
      : change === undefined
        ? latex
        : latex.replaceAll(latexOfSymbol(change, notation), latexOfSymbol(stand!, problem.notation))
  const declarations = [...namesOf(problem, answer, result), ...(stand === undefined ? [] : [stand])]
  const read = readExpression(text, { dialect, declarations, notation })
  const node = stand === undefined ? read : substitute(read, new Map([[stand, change!]]))
  if (node !== result) unreachable(`${text} does not read back as it was meant`)
  return node
}

/** No author has an Upsilon like this. */
const CHANGE = 'Upsilon_{ddd}'

/** Everything that may stand in a result: quantities, the letters of sizes, and the change of the variable. */
function namesOf(
  { declarations, definitions }: Problem,
  { change }: Answer,
  result: Expr,
): readonly (Declaration | Sym)[] {
  const known = new Set<Sym>(declarations.map(declaration => declaration.symbol))
  const more = new Set<Sym>(definitions.map(definition => definition.symbol))
  for (const node of postorder([result, ...known, ...more])) {
    if (node.kind === 'sym' && !isBound(node)) more.add(node)
    for (const side of [node.shape.rows, node.shape.columns]) {
      const letter = typeof side === 'string' ? /^[^+-]*/.exec(side)![0] : ''
      if (letter !== '') more.add(symbol(letter, SCALAR, 'dimension'))
    }
  }
  if (change !== undefined) more.add(change)
  return [...declarations, ...[...more].filter(each => !known.has(each))]
}
