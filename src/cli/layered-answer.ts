import { type MathError, ShapeError } from '../base/errors.js'
import type { Nested } from '../base/tensor.js'
import { type LayerNumbers, layerNumbers } from '../derive/layers/numbers.js'
import { isWithoutValue } from '../derive/numbers.js'
import type { Answer, Solution } from '../derive/solution.js'
import { differenceOfDims, sumOfDims } from '../expr/dimension.js'
import { compareIndices } from '../expr/member.js'
import type { Layers, Problem } from '../expr/problem.js'
import type { Dim } from '../expr/shape.js'
import { latexPen } from '../present/latex-pen.js'
import { LATEX_JOINTS, layeredLine, PLAIN_JOINTS } from '../present/layers.js'
import { textPen } from '../present/text-pen.js'
import type { Tensors } from '../tensor/tensor.js'
import { axesOf, nestedBy, shownAxes } from './axes.js'
import { errorAnswer } from './error-answer.js'

/**
 * The answer to a request about a recurrence: one line that defines every name it uses, the rules of the backward
 * recurrence one by one, and the value at the given numbers. A variable with a running index has one axis more, over
 * its members.
 */
export function layeredAnswer(
  problem: Problem,
  layers: Layers,
  solution: Solution,
  isMatrix: boolean,
  tensors: Tensors | undefined,
): object {
  const answer = solution.answers[0]!
  const { backward = [] } = solution
  const pens = [latexPen(problem.notation), textPen(problem.notation)] as const
  const spelled = (of: Answer) => ({
    latex: layeredLine(of, solution, layers, pens[0], LATEX_JOINTS),
    plain: layeredLine(of, solution, layers, pens[1], PLAIN_JOINTS),
  })
  const alone = backward.map(row => ({
    name: row.symbol.name,
    latex: pens[0].maths({ kind: 'expression', node: row.body }),
    plain: pens[1].maths({ kind: 'expression', node: row.body }),
    from: row.to,
    to: row.from,
  }))
  const own = axesOf(answer.question.wrt.shape, isMatrix)
  const count = membersOf(answer)
  const axes = count === undefined ? own : [count, ...own]
  return {
    ...spelled(answer),
    shape: shownAxes(axes, problem.sizes),
    layout: 'gradient',
    recurrence: alone,
    ...(tensors !== undefined && valued(tensors, problem, layers, solution, answer, isMatrix)),
  }
}

/** How many members the variable of an answer has; undefined where it has no running index. */
function membersOf({ pieces = [] }: Answer): Dim | undefined {
  const ranges = pieces.flatMap(({ range }) => range ?? [])
  if (ranges.length === 0) return undefined
  const from = ranges.map(range => range.from).toSorted(compareIndices)[0]!
  const to = ranges
    .map(range => range.to)
    .toSorted(compareIndices)
    .at(-1)!
  return sumOfDims(differenceOfDims(to, from), 1)
}

function valued(
  tensors: Tensors,
  problem: Problem,
  layers: Layers,
  solution: Solution,
  answer: Answer,
  isMatrix: boolean,
): object {
  try {
    const numbers = layerNumbers(tensors, problem, layers, solution)
    return numbers === undefined ? {} : { value: membersValue(numbers, answer, isMatrix) }
  } catch (error) {
    if (!isAboutValue(error)) throw error
    return { valueError: errorAnswer(error) }
  }
}

function isAboutValue(error: unknown): error is MathError {
  return isWithoutValue(error) || (error instanceof ShapeError && error.code === 'unknown-size')
}

function membersValue({ answers, valuesOf }: LayerNumbers, answer: Answer, isMatrix: boolean): Nested {
  const found = [...answers.get(answer)!].sort((a, b) => (a.index ?? 0) - (b.index ?? 0))
  const values = valuesOf(found.map(({ result }) => result))
  const nested = found.map(({ wrt }, k): Nested => {
    const { rows, columns, data } = values[k]!
    const sides = axesOf(wrt.shape, isMatrix).length
    return nestedBy(sides === 0 ? [] : sides === 1 ? [rows * columns] : [rows, columns], data)
  })
  return found[0]?.index === undefined ? nested[0]! : nested
}
