import { NameError, NotDifferentiableError } from '../../base/errors.js'
import { startBudget } from '../../base/limits.js'
import { sumOfDims } from '../../expr/dimension.js'
import { compareIndices, type Family, splitIndex } from '../../expr/member.js'
import type { Expr, Sym } from '../../expr/node.js'
import type { Layers, Problem, Question } from '../../expr/problem.js'
import type { Step } from '../../expr/step.js'
import { symbolsOf } from '../../expr/walk.js'
import { startSimplifier } from '../../simplify/simplify.js'
import { assumptionsOf, type WorkOptions } from '../answer.js'
import {
  type Answer,
  type BackwardRow,
  type IndexRange,
  layoutOf,
  type Piece,
  type Solution,
} from '../solution.js'
import { Backward } from './backward.js'
import { AdjointFamilies } from './names.js'
import { Placer } from './place.js'
import { leastDepth } from './unroll.js'

/**
 * Answers the questions of a problem with a recurrence, for any number of steps. Raises `NotDifferentiableError` for
 * what is no gradient of a number, and `NameError` where an index is bound by nothing.
 */
export function workLayers(problem: Problem, layers: Layers, options: WorkOptions): Solution {
  const budget = startBudget(options)
  const simplifier = startSimplifier({ ...problem, budget })
  const answers = new Map<Question, Answer>()
  const backward: BackwardRow[] = []
  const steps: Step[] = []
  const taken: Family[] = []
  for (const output of new Set(problem.questions.map(({ of }) => of))) {
    const asked = problem.questions.filter(({ of }) => of === output)
    for (const question of asked) wantGradient(question)
    // The adjoints of another function are other quantities.
    const adjoints = new AdjointFamilies(problem, layers, taken)
    const placer = new Placer(layers, () => adjoints.all)
    const setting = { problem, layers, placer, adjoints, tidy: simplifier.simplified, budget }
    const pass = new Backward(setting, output, [...new Set(asked.map(({ wrt }) => wrt))])
    steps.push(...pass.steps)
    for (const { wrt } of asked) if (!pass.reaches(wrt)) refuseUnreached(output, wrt)
    const pieces = asked.map(question => ({ question, found: pass.gradient(question.wrt) }))
    for (const { question, found } of pieces) answers.set(question, answerOf(question, found, pass.steps))
    const all = pieces.flatMap(({ found }) => found)
    taken.push(...adjoints.all)
    backward.push(...reached(pass.rows, all, layers, placer))
  }
  const found = problem.questions.map(question => answers.get(question)!)
  return {
    problem,
    staged: new Map(),
    adjoints: [],
    answers: found,
    backward,
    leastDepth: leastDepth(problem, layers, backward, found),
    steps,
  }
}

function wantGradient({ order, second, parts, form }: Question): void {
  if (parts !== undefined || second !== undefined || form !== undefined) {
    throw new NotDifferentiableError(
      'form-of-recurrence',
      'through a recurrence of symbolic depth only gradients by whole members are offered',
      { hint: 'ask for the derivative by the whole array, and read off the entry' },
    )
  }
  if (order === 1) return
  throw new NotDifferentiableError(
    'order-of-recurrence',
    'through a recurrence of symbolic depth only first derivatives are offered',
    {
      hint: 'give the number of steps, and the recurrence is written out',
    },
  )
}

/** A zero that nobody expects is mostly a name that means something else. */
function refuseUnreached(of: Expr, wrt: Sym): never {
  const what = of.kind === 'sym' ? of.name : 'the function'
  throw new NameError(
    'not-reached',
    `${what} does not depend on ${wrt.name}: nothing it is made of uses that name`,
    {
      hint: 'its derivative would be zero; compare how the name is written in the steps',
    },
  )
}

function answerOf(question: Question, found: readonly Piece[], steps: readonly Step[]): Answer {
  const [first] = found.toSorted((a, b) => Number(isSingle(a)) - Number(isSingle(b)))
  const result = first!.body
  return {
    question,
    kind: 'gradient',
    layout: layoutOf('gradient'),
    result,
    expanded: result,
    pieces: found,
    assumptions: assumptionsOf(steps),
  }
}

function isSingle({ range }: Piece): boolean {
  return range !== undefined && range.from === range.to
}

interface Reach {
  readonly body: Expr
  readonly range: IndexRange | undefined
}

/** The rows that results mention, directly or through other rows, in their order. */
function reached(
  rows: readonly BackwardRow[],
  results: readonly Reach[],
  layers: Layers,
  placer: Placer,
): readonly BackwardRow[] {
  const everywhere = { from: layers.low, to: layers.high }
  const found = new Set<BackwardRow>()
  const open: Reach[] = results.map(each => ({ ...each, range: each.range ?? everywhere }))
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const name of symbolsOf([next.body])) {
      for (const row of rows) {
        if (found.has(row) || !meets(row, name, next.range!, layers, placer)) continue
        found.add(row)
        open.push({ body: row.body, range: row })
      }
    }
  }
  return rows.filter(row => found.has(row))
}

/** Whether a symbol is the adjoint of a row somewhere in a range. */
function meets(row: BackwardRow, name: Sym, range: IndexRange, { letter }: Layers, placer: Placer): boolean {
  const member = placer.memberOf(name.name)
  if (member === undefined || member.family !== placer.memberOf(row.symbol.name)?.family) return false
  const { letter: own, offset } = splitIndex(member.index)
  const [from, to] =
    own === letter
      ? [sumOfDims(range.from, offset), sumOfDims(range.to, offset)]
      : [member.index, member.index]
  return compareIndices(row.from, to) <= 0 && compareIndices(row.to, from) >= 0
}
