import type { Expr, Sym } from '../expr/node.js'
import type { Problem, Question } from '../expr/problem.js'
import { collect, type Step, type Steps } from '../expr/step.js'
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
import { namerFor } from './names.js'
import type { Adjoint, Answer, Solution } from './solution.js'
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
  const namer = namerFor(problem)
  const {
    problem: worked,
    staged,
    steps,
  } = options.stage === false ? { problem, staged: new Map<Sym, Sym>(), steps: [] } : stage(problem, namer)
  const state = startWork(worked, options, namer, staged)
  const { answer, steps: taken } = collect(answerAll(state))
  return {
    problem: worked,
    staged,
    adjoints: answer.adjoints,
    answers: answer.answers,
    steps: [...steps, ...taken],
  }
}

interface Answered {
  readonly adjoints: readonly Adjoint[]
  readonly answers: readonly Answer[]
}

function* answerAll(state: Work): Steps<Answered> {
  const { questions } = state.problem
  const answers = new Map<Question, Answer>()
  const adjoints: Adjoint[] = []
  const outputs = new Set(questions.filter(isGradientQuestion).map(({ of }) => of))
  for (const output of outputs) {
    const asked = questions.filter(question => isGradientQuestion(question) && question.of === output)
    adjoints.push(...(yield* answerGradients(state, output, asked, answers)))
  }
  for (const question of questions) {
    if (!answers.has(question)) answers.set(question, yield* answerOther(state, question))
  }
  return { adjoints, answers: questions.map(question => answers.get(question)!) }
}

function* answerGradients(
  state: Work,
  output: Expr,
  asked: readonly Question[],
  answers: Map<Question, Answer>,
): Steps<readonly Adjoint[]> {
  const seen: Step[] = []
  const { gradients, adjoints } = yield* noting(
    gradientsOf(state, output, [...new Set(asked.map(({ wrt }) => wrt))]),
    seen,
  )
  const expand = yield* noting(expander(state, adjoints), seen)
  const shared = assumptionsOf(seen)
  for (const question of asked) {
    const result = gradients.get(question.wrt)!
    const own: Step[] = []
    const expanded = yield* noting(expand(result), own)
    answers.set(question, {
      question,
      kind: 'gradient',
      layout: 'gradient',
      result,
      expanded,
      assumptions: own.length === 0 ? shared : [...new Set([...shared, ...assumptionsOf(own)])],
    })
  }
  return reached([...gradients.values()], adjoints)
}

function* answerOther(state: Work, question: Question): Steps<Answer> {
  const seen: Step[] = []
  const { kind, value, d } = yield* noting(
    derivativeOf(state, question.of, question.wrt, question.order),
    seen,
  )
  return {
    question,
    kind,
    layout: kind === 'jacobian' ? 'numerator' : 'gradient',
    result: value,
    expanded: value,
    change: d,
    assumptions: assumptionsOf(seen),
  }
}

/** Passes steps on and keeps them. */
function* noting<T>(steps: Steps<T>, seen: Step[]): Steps<T> {
  for (;;) {
    const next = steps.next()
    if (next.done) return next.value
    seen.push(next.value)
    yield next.value
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
