import { work } from '../derive/derive.js'
import type { Answer, Solution } from '../derive/solution.js'
import { loadEngines, verified } from '../derive/verified.js'
import type { Engines } from '../evaluate/oracle.js'
import type { Expr } from '../expr/node.js'
import type { Problem } from '../expr/problem.js'
import { isScalar } from '../expr/shape.js'
import { finish } from '../expr/step.js'
import { substitute } from '../expr/walk.js'
import { transpose } from '../ops/core.js'
import { problemOf } from '../parse/problem.js'
import { checkJson } from '../present/json.js'
import { latexPen, withChange } from '../present/latex-pen.js'
import { textPen } from '../present/text-pen.js'
import { toLatex } from '../print/latex.js'
import { toText } from '../print/text.js'
import { startSimplifier } from '../simplify/simplify.js'
import { derivativeAxes, shownAxes } from './axes.js'
import type { Answering } from './batch.js'
import { errorAnswer } from './error-answer.js'
import { layeredAnswer } from './layered-answer.js'
import { valueOfPrinted } from './printed.js'
import { type DeriveRequest, deriveRequest, type Layout } from './request.js'

/** Answers requests for derivatives; the engines are loaded with the first one that needs them. */
export function startDeriving(verify: boolean): Answering {
  let loading: Promise<Engines> | undefined
  const engines = () => {
    loading ??= loadEngines()
    return loading
  }
  return async request => await answer(deriveRequest(request), verify, engines)
}

async function answer(
  request: DeriveRequest,
  verify: boolean,
  engines: () => Promise<Engines>,
): Promise<object> {
  const { isMatrix } = request
  const problem = problemOf(request.problem)
  // An answer stands alone, so no names are introduced that its reader could not know.
  const worked = work(problem, { stage: false })
  const solution = verify ? await verified(problem, worked, { engines: await engines() }) : worked
  const found = solution.answers[0]!
  if (problem.layers !== undefined) {
    const tensors = request.problem.bindings && (await engines()).tensors
    const answered = layeredAnswer(problem, problem.layers, solution, isMatrix, tensors)
    return {
      ...answered,
      ...checkOf(found, undefined),
      assumptions: found.assumptions.map(each => each.latex),
    }
  }
  const { result, layout, flipped } = laidOut(
    problem,
    found,
    withoutAdjoints(solution, found),
    request.layout,
  )
  const notation = withChange(problem.notation, found.change, found.question.wrt)
  const latex = toLatex(result, notation)
  const plain = toText(result, notation)
  const inOrder = derivativeAxes(found, isMatrix)
  const axes = flipped ? inOrder.toReversed() : inOrder
  const printed = { problem, answer: found, latex, plain, notation, axes, result }
  const valued = request.problem.bindings && valueOfPrinted((await engines()).tensors, printed)
  const { of, wrt, order } = found.question
  const change = { kind: 'differential', of, wrt, order } as const
  const isMap = found.kind === 'differential'
  return {
    latex: isMap ? `${latexPen(notation).maths(change)} = ${latex}` : latex,
    plain: isMap ? `${textPen(notation).maths(change)} = ${plain}` : plain,
    shape: shownAxes(axes, problem.sizes),
    layout,
    ...(valued?.value !== undefined && { value: valued.value }),
    ...(valued?.error !== undefined && { valueError: errorAnswer(valued.error) }),
    ...checkOf(found, valued?.unread),
    assumptions: found.assumptions.map(assumption => assumption.latex),
  }
}

/** How an answer was checked; text that does not say what was meant makes that undecided. */
function checkOf({ check }: Answer, unread: string | undefined): { readonly check?: object } {
  const checked = check && checkJson(check)
  if (unread === undefined) return checked === undefined ? {} : { check: checked }
  return {
    check: {
      ...checked,
      status: 'undecided',
      message: `${unread}; the value is that of the derivative itself`,
    },
  }
}

/** A result in the author's names only: what is named in the backward pass is put in, however large. */
function withoutAdjoints({ adjoints }: Solution, { expanded }: Answer): Expr {
  const bodies = new Map<Expr, Expr>()
  for (const { symbol, body } of adjoints) bodies.set(symbol, substitute(body, bodies))
  return substitute(expanded, bodies)
}

interface LaidOut {
  readonly result: Expr
  readonly layout: Layout
  /** Whether the axes stand the other way round. */
  readonly flipped: boolean
}

/** The result in the layout that is wanted: some kinds have to be transposed for it. */
function laidOut(problem: Problem, answer: Answer, result: Expr, wanted: Layout | undefined): LaidOut {
  const natural = answer.layout
  const own = answer.kind === 'gradient' && wanted === 'denominator' ? wanted : natural
  const turned =
    (answer.kind === 'gradient' && wanted === 'numerator') ||
    ((answer.kind === 'jacobian' || answer.kind === 'derivative') && wanted === 'denominator')
  if (!turned || wanted === undefined) return { result, layout: own, flipped: false }
  if (isScalar(result.shape)) return { result, layout: wanted, flipped: false }
  const simplifier = startSimplifier(problem)
  return { result: finish(simplifier.simplify(transpose(result))), layout: wanted, flipped: true }
}
