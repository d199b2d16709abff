import { isBound } from '../expr/intern.js'
import type { Expr } from '../expr/node.js'
import { collect, type Step } from '../expr/step.js'
import { postorder } from '../expr/walk.js'
import { add, isCall, multiplication, transposition } from '../ops/core.js'
import { startSimplifier } from '../simplify/simplify.js'
import type { Solution } from './solution.js'

/** The derivative of the function by a part of a formula that has no name. */
export interface Working {
  readonly output: Expr
  readonly part: Expr
  readonly value: Expr
}

/** Intermediate results worth a line each, and the steps by which they were brought into their form. */
export interface Workings {
  readonly rows: readonly Working[]
  readonly steps: readonly Step[]
}

const NONE: Workings = Object.freeze({ rows: [], steps: [] })
/** In a larger problem the named adjoints tell enough. */
const MOST_DEFINITIONS = 4
const MOST_ROWS = 4
const LARGEST_PART = 24

/**
 * What the backward pass carried to the parts of formulas, on its way to the variables: `∂L/∂(Wx − y)` of
 * `L = ‖Wx − y‖²`. Only for small problems with one function, differentiated once.
 */
export function workingsOf({ problem, steps }: Solution): Workings {
  if (problem.layers !== undefined) return NONE
  const outputs = new Set(problem.questions.map(({ of }) => of))
  const [output] = outputs
  const once = problem.questions.every(({ order }) => order === 1)
  if (output === undefined || outputs.size > 1 || !once) return NONE
  if (problem.definitions.length > MOST_DEFINITIONS) return NONE
  const received = new Map<Expr, Expr[]>()
  for (const step of steps) {
    const part = partOf(step)
    if (part === undefined) continue
    const known = received.get(part)
    if (known) known.push(step.after)
    else received.set(part, [step.after])
  }
  if (received.size > MOST_ROWS) return NONE
  const simplifier = startSimplifier(problem)
  const taken: Step[] = []
  const rows = [...received].map(([part, contributions]): Working => {
    const { answer, steps: tidying } = collect(simplifier.simplify(add(...contributions)))
    taken.push(...tidying)
    return { output, part, value: answer }
  })
  return { rows, steps: taken }
}

/** The part a step carried an adjoint to, where a reader would stop to look at it. */
function partOf({ kind, rule, at, argument }: Step): Expr | undefined {
  if (kind !== 'pull' || at?.kind !== 'call' || argument === undefined || rule.level === 'every')
    return undefined
  const part = at.args[argument]!
  if (part.kind !== 'call' || isCall(part, transposition) || part.treeSize > LARGEST_PART) return undefined
  const isMultiple =
    isCall(at, multiplication) && at.args.every((arg, k) => k === argument || arg.kind === 'num')
  const isInside = postorder([part]).some(node => node.kind === 'sym' && isBound(node))
  return isMultiple || isInside ? undefined : part
}
