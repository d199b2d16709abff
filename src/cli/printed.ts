import { DomainError, MathError } from '../base/errors.js'
import type { Nested, Tensor } from '../base/tensor.js'
import { isWithoutValue } from '../derive/numbers.js'
import type { Answer } from '../derive/solution.js'
import { unstacked } from '../evaluate/arranged.js'
import { evaluateAt, evaluateEntriesAt, evaluateMapAt, pointOf } from '../evaluate/bindings.js'
import { compareTensors } from '../evaluate/compare.js'
import { isBound, symbol } from '../expr/intern.js'
import type { Expr, Sym } from '../expr/node.js'
import type { Notation } from '../expr/notation.js'
import type { Declaration, Problem } from '../expr/problem.js'
import { type Dim, isScalar, SCALAR, type Shape, sizeOf } from '../expr/shape.js'
import { postorder, substitute } from '../expr/walk.js'
import { readExpression } from '../parse/problem.js'
import { latexSymbol } from '../print/latex-names.js'
import type { Tensors } from '../tensor/tensor.js'
import { indexAxes, nestedBy } from './axes.js'

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

/** The value of a printed derivative, or why it has none. */
interface PrintedValue {
  readonly value: Nested | undefined
  /** Why there is no value at these numbers. */
  readonly error: MathError | undefined
  /** Why the value is that of the derivative itself and not of its text. */
  readonly unread: string | undefined
}

/**
 * The value of what was printed, not of what was meant: the text is read back first. Where the text says something
 * else or cannot be read, which is a fault of this library, the value is that of the derivative itself, and `unread`
 * says so. Raises `ShapeError` when a value does not have the shape of its symbol.
 */
export function valueOfPrinted(tensors: Tensors, printed: Printed): PrintedValue {
  const { problem, answer, axes, result } = printed
  const { sizes } = pointOf(tensors, problem)
  const nested = ({ data }: Tensor) =>
    nestedBy(
      axes.map(side => sizeOf(side, sizes)),
      data,
    )
  try {
    requireDefined(tensors, answer, problem)
    const meant = valueAt(tensors, result, printed)
    const { node, unread } = readBack(printed)
    if (node === result || node === undefined) return { value: nested(meant), error: undefined, unread }
    const differs = 'what was printed reads back as something else'
    return {
      value: nested(meant),
      error: undefined,
      unread: same(tensors, node, meant, printed) ? undefined : differs,
    }
  } catch (error) {
    if (!isWithoutValue(error)) throw error
    return { value: undefined, error, unread: undefined }
  }
}

/**
 * Where the function itself has no value, a formula for its derivative may have one that means nothing. Raises
 * `DomainError`; a function whose value needs what has no number here is not judged.
 */
function requireDefined(tensors: Tensors, { question }: Answer, problem: Problem): void {
  try {
    evaluateAt(tensors, question.of, problem, { definitions: problem.definitions })
  } catch (error) {
    if (error instanceof DomainError || !(error instanceof MathError)) throw error
  }
}

function valueAt(tensors: Tensors, node: Expr, { problem, answer }: Printed): Tensor {
  const { definitions } = problem
  const { change, kind, entries, question, turned } = answer
  if (change !== undefined) return evaluateMapAt(tensors, node, change, problem, { definitions })
  if (kind === 'entry' && entries !== undefined) {
    const axes = indexAxes(entries).flatMap(({ index, size }) =>
      index === undefined ? [] : [{ index, size }],
    )
    const found = evaluateEntriesAt(tensors, node, axes, problem, { definitions })
    return isScalar(entries.of.shape)
      ? found
      : outputsFirst(tensors, found, entriesIn(entries.of.shape, problem, tensors))
  }
  const value = evaluateAt(tensors, node, problem, { definitions })
  if (kind !== 'kronecker') return value
  const { sizes } = pointOf(tensors, problem)
  const { of, wrt, second = wrt, order } = question
  const isFirst = order === 1 || !isScalar(of.shape)
  const [output, input] = isFirst ? [of.shape, wrt.shape] : [wrt.shape, second.shape]
  return turned ? unstacked(value, input, output, sizes) : unstacked(value, output, input, sizes)
}

/** How many entries an array has at the sizes of a request. */
function entriesIn({ rows, columns }: Shape, problem: Problem, tensors: Tensors): number {
  const { sizes } = pointOf(tensors, problem)
  return sizeOf(rows, sizes) * sizeOf(columns, sizes)
}

/** Values of an array, one after the other for each place of the variable, in the order of the entries of the array. */
function outputsFirst(tensors: Tensors, { data }: Tensor, entries: number): Tensor {
  const places = data.length / entries
  const turned = Array.from(data, (_, k) => data[(k % places) * entries + Math.floor(k / places)]!)
  return tensors.create(turned.length, 1, turned)
}

/** Whether a formula has a value that is known; the order of a sum may change its last digits. */
function same(tensors: Tensors, node: Expr, known: Tensor, printed: Printed): boolean {
  try {
    return compareTensors(valueAt(tensors, node, printed), known).verdict === 'same'
  } catch (error) {
    if (error instanceof MathError) return false
    throw error
  }
}

interface ReadBack {
  readonly node: Expr | undefined
  readonly unread: string | undefined
}

function readBack(printed: Printed): ReadBack {
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
        : latex.replaceAll(latexSymbol(change, notation), latexSymbol(stand!, problem.notation))
  const declarations = [...namesOf(problem, answer, result), ...(stand === undefined ? [] : [stand])]
  try {
    const read = readExpression(text, { dialect, declarations, notation, shape: result.shape })
    const node = stand === undefined ? read : substitute(read, new Map([[stand, change!]]))
    return { node, unread: undefined }
  } catch (error) {
    if (!(error instanceof MathError)) throw error
    return { node: undefined, unread: `what was printed could not be read back: ${error.message}` }
  }
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
