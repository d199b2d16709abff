import { ShapeError } from '../base/errors.js'
import type { Nested, Numbers } from '../base/tensor.js'
import { isNamedPart, placeOf } from '../derive/entries.js'
import type { Answer, EntryForm } from '../derive/solution.js'
import type { Expr, Sym } from '../expr/node.js'
import { type Dim, isScalar, type Shape, sizeOf } from '../expr/shape.js'

/** The sides of an array, without sides of one for vectors; a matrix that was declared as one keeps both. */
export function axesOf(shape: Shape, isMatrix = false): readonly Dim[] {
  if (isMatrix) return [shape.rows, shape.columns]
  if (isScalar(shape)) return []
  return [shape.rows, shape.columns].filter(side => side !== 1)
}

/** The axes of a derivative: those of the function, then those of the variable, as the kind has them. */
export function derivativeAxes(answer: Answer, isMatrix: boolean): readonly Dim[] {
  const { question, kind, entries } = answer
  if (kind === 'entry' && entries !== undefined) return indexAxes(entries, isMatrix).map(({ size }) => size)
  const { wrt, second = wrt, of, order } = question
  const inputs = axesOf(wrt.shape, isMatrix)
  if (order === 2 && !(isScalar(wrt.shape) && wrt === second))
    return [...inputs, ...axesOf(second.shape, isMatrix && second === wrt)]
  const outputs = axesOf(of.shape)
  switch (kind) {
    case 'gradient':
      return inputs
    case 'derivative':
      return outputs
    default:
      return [...outputs, ...inputs]
  }
}

/** One axis of a derivative by entries: a free index and how far it runs, or a whole side of the value. */
interface IndexAxis {
  readonly index: Sym | undefined
  readonly size: Dim
}

/**
 * The axes of an answer by entries: an index for each letter, a side where all of a row or column is meant. The sides of
 * an array that is differentiated stand before the letters of the variable.
 */
export function indexAxes({ of, by, value }: EntryForm, isMatrix = false): readonly IndexAxis[] {
  const seen = new Set<Expr>()
  const axes = [of, ...by].flatMap((part): IndexAxis[] => {
    if (part.kind !== 'call' || !isNamedPart(part)) return []
    const { row, column } = placeOf(part)
    const { rows, columns } = part.args[0]!.shape
    return [[row, rows] as const, [column, columns] as const].flatMap(([index, size]): IndexAxis[] => {
      if (index?.kind !== 'sym' || index.role !== 'index' || seen.has(index)) return []
      seen.add(index)
      return [{ index, size }]
    })
  })
  const isOutput = !isScalar(of.shape)
  const sides = axesOf(value.shape, isMatrix && !isOutput && !isScalar(value.shape)).map(size => ({
    index: undefined,
    size,
  }))
  return isOutput ? [...sides, ...axes] : [...axes, ...sides]
}

/** Numbers for the sides that have one, names for the others. */
export function shownAxes(
  axes: readonly Dim[],
  sizes: ReadonlyMap<string, number>,
): readonly (number | string)[] {
  return axes.map(side => {
    try {
      return sizeOf(side, sizes)
    } catch (error) {
      if (error instanceof ShapeError) return side
      throw error
    }
  })
}

/** Entries in row-major order as lists of lists. */
export function nestedBy(axes: readonly number[], data: Numbers): Nested {
  const [first, ...rest] = axes
  if (first === undefined) return data[0]!
  let lists: Nested[] = Array.from(data)
  for (let k = rest.length - 1; k >= 0; k--) {
    const side = rest[k]!
    lists = Array.from({ length: lists.length / side }, (_, i) => lists.slice(i * side, (i + 1) * side))
  }
  return lists
}
