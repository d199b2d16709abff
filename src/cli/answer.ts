import { work } from '../derive/derive.js'
import type { Answer, Solution } from '../derive/solution.js'
import { loadEngines, verified } from '../derive/verified.js'
import type { Engines } from '../evaluate/oracle.js'
import type { Expr } from '../expr/node.js'
import { substitute } from '../expr/walk.js'
import { problemOf } from '../parse/problem.js'
import { checkJson } from '../present/json.js'
import { changedIn, latexPen, withChange } from '../present/latex-pen.js'
import { expression } from '../present/maths.js'
import type { Pen } from '../present/pen.js'
import { entryLeft, leftOf } from '../present/result.js'
import { textPen } from '../present/text-pen.js'
import { toLatex } from '../print/latex.js'
import { toText } from '../print/text.js'
import { derivativeAxes, shownAxes } from './axes.js'
import { errorAnswer } from './error-answer.js'
import { layeredAnswer } from './layered-answer.js'
import { valueOfPrinted } from './printed.js'
import { type Answering, type DeriveRequest, deriveRequest } from './request.js'

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
  const { isMatrix, form, layout } = request
  const read = problemOf(request.problem)
  const problem = { ...read, questions: read.questions.map(question => ({ ...question, form, layout })) }
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
  const result = withoutAdjoints(solution, found)
  const notation = withChange(problem.notation, found.change, changedIn(found))
  const latex = toLatex(result, notation)
  const plain = toText(result, notation)
  const inOrder = derivativeAxes(found, isMatrix)
  const axes = found.turned ? inOrder.toReversed() : inOrder
  const printed = { problem, answer: found, latex, plain, notation, axes, result }
  const valued = request.problem.bindings && valueOfPrinted((await engines()).tensors, printed)
  const left = leftOf(found, node => node)
  const pens = [latexPen(notation), textPen(notation)] as const
  const equated = found.kind === 'differential'
  return {
    latex: equated ? `${pens[0].maths(left)} = ${latex}` : latex,
    plain: equated ? `${pens[1].maths(left)} = ${plain}` : plain,
    ...byEntries(found, pens),
    shape: shownAxes(axes, problem.sizes),
    layout: found.layout,
    ...(found.kind !== 'gradient' && { form: found.kind }),
    ...(valued?.value !== undefined && { value: valued.value }),
    ...(valued?.error !== undefined && { valueError: errorAnswer(valued.error) }),
    ...checkOf(found, valued?.unread),
    assumptions: found.assumptions.map(assumption => assumption.latex),
  }
}

/** The derivative in index notation, as an equation, where the answer has it. */
function byEntries({ entries, question }: Answer, [latex, plain]: readonly [Pen, Pen]): object {
  if (entries === undefined) return {}
  const left = entryLeft(entries, question.order, node => node)
  const right = expression(entries.value)
  const equation = (pen: Pen) => `${pen.maths(left)} = ${pen.maths(right)}`
  return { entries: { latex: equation(latex), plain: equation(plain) } }
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
