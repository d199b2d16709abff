import type { Answer, AnswerKind } from '../derive/solution.js'
import type { Expr } from '../expr/node.js'
import { isScalar } from '../expr/shape.js'
import { isCall, matrixProduct, multiplication } from '../ops/core.js'
import type { Drafting } from './drafting.js'
import { pieceRows } from './layers.js'
import { expression, type Maths, type Prose, type Relation, type Row, type Section } from './maths.js'
import { withoutRepeats } from './reasons.js'

/** A derivative written a second time, without the names of the backward pass, is at most this large. */
const LARGEST_EXPANDED = 40
/** The same where there are many results. */
const LARGEST_OF_MANY = 12
/** More results than this are not boxed: a box that is everywhere points nowhere. */
const MOST_BOXES = 6

/** Every derivative that was asked for, its last form boxed, with the shapes that a reader checks. */
export function resultSection(drafting: Drafting): Section {
  const { answers } = drafting.solution
  const boxed = answers.length <= MOST_BOXES
  const { layers } = drafting.solution.problem
  const rows = answers.flatMap(answer =>
    layers === undefined ? [resultRow(drafting, answer, boxed)] : pieceRows(drafting, layers, answer, boxed),
  )
  return {
    id: 'result',
    title: answers.length === 1 ? 'Result' : 'Results',
    rows: withoutRepeats(rows),
    sentences: layouts(answers),
  }
}

function resultRow(drafting: Drafting, answer: Answer, boxed: boolean): Row {
  const { options, nameOf } = drafting
  const { question, kind } = answer
  const forms = formsOf(answer, options.intermediates ?? 'both', boxed ? LARGEST_EXPANDED : LARGEST_OF_MANY)
  const relations = forms.map(
    (node, i): Relation => ({ right: expression(node), boxed: boxed && i === forms.length - 1 }),
  )
  const margin = marginOf(drafting, answer)
  const of = nameOf(question.of)
  const { wrt, order } = question
  if (kind === 'differential') {
    return { left: { kind: 'differential', of, wrt, order }, relations, reasons: margin }
  }
  const left: Maths = { kind: 'derivative', of, wrt, order }
  return { left, relations, reasons: margin, shapes: shapesOf(forms[forms.length - 1]!) }
}

/** The rules that led to a result; where names of the backward pass stand in it, they have said that already. */
function marginOf({ reasons }: Drafting, { question, kind, result, expanded }: Answer): Row['reasons'] {
  if (kind === 'gradient') return result === expanded ? reasons.of(question.of, question.wrt) : []
  return kind === 'hessian' || question.order === 2 ? [] : reasons.forwardTo(question.of, question.wrt)
}

/** The derivative with the names of the backward pass, and without them where that is asked for or stays small. */
function formsOf(
  { result, expanded }: Answer,
  intermediates: 'both' | 'keep' | 'expand',
  largest: number,
): readonly Expr[] {
  if (intermediates === 'keep' || result === expanded) return [result]
  if (intermediates === 'expand') return [expanded]
  return expanded.treeSize <= largest ? [result, expanded] : [result]
}

/** The shapes of the factors of a product of matrices, for the reader's own check; nothing for a scalar. */
function shapesOf(node: Expr): Maths | undefined {
  if (isScalar(node.shape)) return undefined
  const inside = isCall(node, multiplication) ? node.args.find(arg => !isScalar(arg.shape)) : node
  const factors =
    inside !== undefined && isCall(inside, matrixProduct) ? inside.args.map(arg => arg.shape) : []
  return { kind: 'shapes', factors, result: node.shape }
}

/** Says which entry stands where. */
function layouts(answers: readonly Answer[]): readonly Prose[] {
  const kinds = new Set(answers.filter(({ expanded }) => !isScalar(expanded.shape)).map(({ kind }) => kind))
  return [...LAYOUTS].filter(([kind]) => kinds.has(kind)).map(([, sentence]): Prose => [sentence])
}

const LAYOUTS: ReadonlyMap<AnswerKind, string> = new Map([
  ['gradient', 'Gradient layout: each derivative has the shape of its variable.'],
  ['jacobian', 'Numerator layout: outputs by rows, inputs by columns.'],
  ['hessian', 'The Hessian has a row and a column for each entry of the variable.'],
  ['derivative', 'A derivative by a scalar has the shape of the function.'],
  [
    'differential',
    'More than two axes: the derivative is given as the linear map of the change of the variable.',
  ],
])
