import type { Answer, AnswerKind, EntryForm } from '../derive/solution.js'
import type { Call, Expr } from '../expr/node.js'
import type { Layout } from '../expr/problem.js'
import { isScalar } from '../expr/shape.js'
import { remake } from '../expr/walk.js'
import { isCall, matrixProduct, multiplication } from '../ops/core.js'
import { selection } from '../ops/indexed.js'
import type { Drafting } from './drafting.js'
import { pieceRows } from './layers.js'
import {
  equation,
  expression,
  type Maths,
  type Prose,
  type Relation,
  type Row,
  type Section,
} from './maths.js'
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
    layers === undefined
      ? [resultRow(drafting, answer, boxed), ...entryRows(drafting, answer)]
      : pieceRows(drafting, layers, answer, boxed),
  )
  return {
    id: 'result',
    title: answers.length === 1 ? 'Result' : 'Results',
    // A range is no reason: it is said of every result.
    rows: layers === undefined ? withoutRepeats(rows) : rows,
    sentences: layouts(answers),
  }
}

function resultRow(drafting: Drafting, answer: Answer, boxed: boolean): Row {
  const { options, nameOf } = drafting
  const { kind } = answer
  const forms = formsOf(answer, options.intermediates ?? 'both', boxed ? LARGEST_EXPANDED : LARGEST_OF_MANY)
  const relations = forms.map(
    (node, i): Relation => ({ right: expression(node), boxed: boxed && i === forms.length - 1 }),
  )
  const margin = marginOf(drafting, answer)
  if (kind === 'differential' || kind === 'entry')
    return { left: leftOf(answer, nameOf), relations, reasons: margin }
  return {
    left: leftOf(answer, nameOf),
    relations,
    reasons: margin,
    shapes: shapesOf(forms[forms.length - 1]!),
  }
}

/** A linear map once more by entries. */
function entryRows({ nameOf }: Drafting, { question, kind, entries }: Answer): readonly Row[] {
  if (entries === undefined || kind === 'entry') return []
  return [equation(entryLeft(entries, question.order, nameOf), expression(entries.value))]
}

/** What an answer is the value of. */
export function leftOf(answer: Answer, nameOf: (node: Expr) => Expr): Maths {
  const { question, kind, entries } = answer
  const { wrt, order, second } = question
  const of = nameOf(question.of)
  if (kind === 'differential') return { kind, of, wrt, order }
  if (kind === 'entry' && entries !== undefined) return entryLeft(entries, order, nameOf)
  return { kind: kind === 'kronecker' ? 'stacked' : 'derivative', of, wrt, order, second }
}

/** The derivative of an entry by entries; an entry of an unnamed function is written as one of its name. */
export function entryLeft({ of, by }: EntryForm, order: 1 | 2, nameOf: (node: Expr) => Expr): Maths {
  const [wrt, second] = by as readonly [Expr, Expr?]
  const whole = of.kind === 'call' && isCall(of, selection) ? of.args[0]! : undefined
  const named =
    whole === undefined || nameOf(of) !== of
      ? nameOf(of)
      : remake(of as Call, [nameOf(whole), ...(of as Call).args.slice(1)])
  return { kind: 'derivative', of: named, wrt, order, second }
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
  const shown = answers.filter(({ expanded }) => !isScalar(expanded.shape))
  const mixed = shown.filter(isMixed)
  const used = new Set(
    shown.filter(answer => !isMixed(answer)).map(({ kind, layout }) => `${kind} ${layout}`),
  )
  const said = LAYOUTS.filter(([kind, layout]) => used.has(`${kind} ${layout}`)).map(
    ([, , sentence]): Prose => [sentence],
  )
  return mixed.length === 0 ? said : [...said, [MIXED]]
}

const MIXED =
  'A mixed second derivative has a row for each entry of the first variable and a column for each of the second.'

function isMixed({ kind, question: { wrt, second = wrt } }: Answer): boolean {
  return kind === 'hessian' && second !== wrt
}

const LAYOUTS: readonly (readonly [AnswerKind, Layout, string])[] = [
  ['gradient', 'gradient', 'Gradient layout: each derivative has the shape of its variable.'],
  ['gradient', 'denominator', 'Denominator layout: each derivative has the shape of its variable.'],
  ['gradient', 'numerator', 'Numerator layout: each derivative has the shape of its variable transposed.'],
  ['jacobian', 'numerator', 'Numerator layout: outputs by rows, inputs by columns.'],
  ['jacobian', 'denominator', 'Denominator layout: inputs by rows, outputs by columns.'],
  ['hessian', 'gradient', 'The Hessian has a row and a column for each entry of the variable.'],
  [
    'hessian',
    'numerator',
    'The Hessian has a row and a column for each entry of the variable in any layout.',
  ],
  [
    'hessian',
    'denominator',
    'The Hessian has a row and a column for each entry of the variable in any layout.',
  ],
  ['derivative', 'numerator', 'A derivative by a scalar has the shape of the function.'],
  [
    'derivative',
    'denominator',
    'Denominator layout: a derivative by a scalar has the shape of the function transposed.',
  ],
  [
    'differential',
    'numerator',
    'More than two axes: the derivative is given as the linear map of the change of the variable.',
  ],
  [
    'kronecker',
    'numerator',
    'Between stacked columns: a row for each entry of the function, a column for each entry of the variable.',
  ],
  [
    'kronecker',
    'denominator',
    'Between stacked columns: a row for each entry of the variable, a column for each entry of the function.',
  ],
]
