import { ShapeError } from '../base/errors.js'
import type { Nested, Numbers } from '../base/tensor.js'
import type { Answer } from '../derive/solution.js'
import { type Dim, isScalar, type Shape, sizeOf } from '../expr/shape.js'

/** The sides of an array, without sides of one for vectors; a matrix that was declared as one keeps both. */
export function axesOf(shape: Shape, isMatrix = false): readonly Dim[] {
  if (isMatrix) return [shape.rows, shape.columns]
  if (isScalar(shape)) return []
  return [shape.rows, shape.columns].filter(side => side !== 1)
}

/** The axes of a derivative: those of the function, then those of the variable, as the kind has them. */
export function derivativeAxes({ question, kind }: Answer, isMatrix: boolean): readonly Dim[] {
  const inputs = axesOf(question.wrt.shape, isMatrix)
  const outputs = axesOf(question.of.shape)
  switch (kind) {
    case 'gradient':
      return inputs
    case 'derivative':
      return outputs
    case 'hessian':
      return [...inputs, ...inputs]
    case 'jacobian':
    case 'differential':
    case 'kronecker':
    case 'entry':
      return question.order === 2 ? [...inputs, ...inputs] : [...outputs, ...inputs]
  }
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
