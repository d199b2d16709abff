import type { Assumption } from '../expr/law.js'
import type { Expr, Sym } from '../expr/node.js'
import type { Problem, Question } from '../expr/problem.js'
import { collect, type Step } from '../expr/step.js'
import { postorder } from '../expr/walk.js'
import {
  assumptionsOf,
  derivativeOf,
  expander,
  gradientsOf,
  isGradientQuestion,
  startWork,
  type Work,
  type WorkOptions,
} from './answer.js'
import { inForm } from './forms.js'
import { workLayers } from './layers/work.js'
import { namerFor } from './names.js'
import { type Adjoint, type Answer, layoutOf, type Solution } from './solution.js'
import { stage } from './stage.js'

export interface WorkedOptions extends WorkOptions {
  /** Names what goes into an activation where a network has several of them; on unless said otherwise. */
  readonly stage?: boolean | undefined
}

/**
 * Answers every question of a problem, without checking the answers: gradients of one function by all symbols come
 * from one reverse pass. Raises `NotDifferentiableError` where no derivative is known, `LimitError` when the time is
 * over.
 */
export function work(problem: Problem, options: WorkedOptions = {}): Solution {
  if (problem.layers !== undefined) return workLayers(problem, problem.layers, options)
  const namer = namerFor(problem)
  const {
    problem: worked,
    staged,
    steps,
  } = options.stage === false ? { problem, staged: new Map<Sym, Sym>(), steps: [] } : stage(problem, namer)
  const state = startWork(worked, options, namer, staged)
  const { questions } = worked
  const answers = new Array<Answer | undefined>(questions.length).fill(undefined)
  const adjoints: Adjoint[] = []
  const taken: Step[] = []
  for (const [output, asked] of gradientQuestions(questions)) {
    for (const adjoint of answerGradients(state, output, asked, answers, taken)) adjoints.push(adjoint)
  }
  const others = new Map<Question, Answer>()
  questions.forEach((question, at) => {
    if (answers[at] !== undefined) return
    const answer = others.get(question) ?? answerOther(state, question, adjoints, taken)
    others.set(question, answer)
    answers[at] = answer
  })
  const formed = answers.map(found => {
    const { answer, adjoints: more, steps: forming } = inForm(state, found!)
    if (more.length > 0) adjoints.push(...more)
    append(taken, forming)
    return answer
  })
  return {
    problem: worked,
    staged,
    adjoints,
    answers: formed,
    steps: steps.length === 0 ? taken : steps.concat(taken),
  }
}

const NO_STEPS: readonly Step[] = Object.freeze([])

function append(steps: Step[], more: readonly Step[]): void {
  for (let i = 0; i < more.length; i++) steps.push(more[i]!)
}

/** Networks with more named adjoints than this are large. */
const MOST_EXPANDED = 200

/** A question, and its place among those of the problem. */
interface Asked {
  readonly question: Question
  readonly at: number
}

/** The questions for gradients, together where they ask of the same function. */
function gradientQuestions(questions: readonly Question[]): ReadonlyMap<Expr, readonly Asked[]> {
  const groups = new Map<Expr, Asked[]>()
  questions.forEach((question, at) => {
    if (!isGradientQuestion(question)) return
    const group = groups.get(question.of)
    if (group) group.push({ question, at })
    else groups.set(question.of, [{ question, at }])
  })
  return groups
}

function answerGradients(
  state: Work,
  output: Expr,
  asked: readonly Asked[],
  answers: (Answer | undefined)[],
  taken: Step[],
): readonly Adjoint[] {
  const { answer, steps } = gradientsOf(
    state,
    output,
    asked.map(({ question }) => question.wrt),
  )
  const { gradients, adjoints } = answer
  // In a large network every name is in use, and nobody wants the formulas without them.
  const few = adjoints.length <= MOST_EXPANDED
  const expands = few && adjoints.length > 0
  const expansion = collect(expander(state, expands ? adjoints : []))
  append(taken, steps)
  append(taken, expansion.steps)
  const shared = [...new Set([...assumptionsOf(steps), ...assumptionsOf(expansion.steps)])]
  const alone = shared.length > 0 && asked.length > 1 && few
  for (const { question, at } of asked) {
    const result = gradients.get(question.wrt)!
    const own = expands ? collect(expansion.answer(result)) : { answer: result, steps: NO_STEPS }
    append(taken, own.steps)
    answers[at] = {
      question,
      kind: 'gradient',
      layout: layoutOf('gradient'),
      result,
      expanded: own.answer,
      assumptions: alone
        ? assumptionsAlone(state.problem, question)
        : own.steps.length === 0
          ? shared
          : [...new Set([...shared, ...assumptionsOf(own.steps)])],
    }
  }
  return expands ? reached([...gradients.values()], adjoints) : adjoints
}

/** What a gradient rests on by itself: the pass for all of them may have used more. */
function assumptionsAlone(problem: Problem, { of, wrt }: Question): readonly Assumption[] {
  return assumptionsOf(collect(derivativeOf(startWork(problem), of, wrt, 1)).steps)
}

function answerOther(state: Work, question: Question, adjoints: Adjoint[], taken: Step[]): Answer {
  const { answer, steps } = collect(
    derivativeOf(state, question.of, question.wrt, question.order, question.second),
  )
  const { kind, value, d } = answer
  adjoints.push(...reached([value], answer.adjoints))
  append(taken, steps)
  return {
    question,
    kind,
    layout: layoutOf(kind),
    result: value,
    expanded: value,
    change: d,
    assumptions: assumptionsOf(steps),
  }
}

/** The adjoints that expressions mention, directly or through other adjoints. */
function reached(results: readonly Expr[], adjoints: readonly Adjoint[]): readonly Adjoint[] {
  const wanted = new Set<Expr>()
  const everything = () => true
  postorder(results, everything, wanted)
  const found: Adjoint[] = []
  for (let i = adjoints.length - 1; i >= 0; i--) {
    const adjoint = adjoints[i]!
    if (!wanted.has(adjoint.symbol)) continue
    found.push(adjoint)
    postorder([adjoint.body], everything, wanted)
  }
  return found.reverse()
}
