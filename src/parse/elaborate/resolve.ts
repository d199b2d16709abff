import type { Syntax } from '../syntax.js'
import type { LiteralIndices } from './names.js'
import type { Session } from './reader.js'
import type { Entry } from './scope.js'
import type { Term } from './term.js'

/** Names that hold only here: bound indices, formal arguments. */
export interface Local {
  readonly name: string
  readonly entry: Entry
  readonly outer: Local | undefined
}

/** Where a formula is read: its local names, and the letters that stand for whole numbers. */
export interface Place {
  readonly locals: Local | undefined
  readonly indices: LiteralIndices
}

export interface Part {
  readonly node: Syntax
  readonly place: Place
}

/** What has to be read first, and what is made of it: a term, or a further plan. */
export interface Plan<Made = Term> {
  readonly parts: readonly Part[]
  readonly make: (made: readonly Made[]) => Step<Made>
}

export type Step<Made = Term> = Made | Plan<Made>

export type Planner<Made = Term> = (session: Session, node: Syntax, place: Place) => Step<Made>

export const NOWHERE: Place = Object.freeze({ locals: undefined, indices: new Map<string, number>() })

function isPlan<Made extends object>(step: Step<Made>): step is Plan<Made> {
  return 'parts' in step
}

/** A plan that reads several nodes in one place. */
export function plan<Made = Term>(
  nodes: readonly Syntax[],
  place: Place,
  make: (made: readonly Made[]) => Step<Made>,
): Plan<Made> {
  return { parts: nodes.map(node => ({ node, place })), make }
}

/** Goes on from a step when it has become a term. */
export function followedBy(step: Step, next: (term: Term) => Step): Step {
  if (!isPlan(step)) return next(step)
  return { parts: step.parts, make: terms => followedBy(step.make(terms), next) }
}

export function within(place: Place, name: string, entry: Entry): Place {
  return { ...place, locals: { name, entry, outer: place.locals } }
}

/** Carries out plans with a stack of their own, so that no depth of formula overflows anything. */
export function carryOut<Made extends object = Term>(
  session: Session,
  planner: Planner<Made>,
  first: Step<Made>,
): Made {
  const stack: { plan: Plan<Made>; terms: Made[] }[] = []
  let step = first
  for (;;) {
    if (isPlan(step)) {
      stack.push({ plan: step, terms: [] })
    } else {
      const top = stack[stack.length - 1]
      if (top === undefined) return step
      top.terms.push(step)
    }
    let top = stack[stack.length - 1]!
    while (top.terms.length === top.plan.parts.length) {
      stack.pop()
      const made = top.plan.make(top.terms)
      if (isPlan(made)) stack.push({ plan: made, terms: [] })
      else if (stack.length === 0) return made
      else stack[stack.length - 1]!.terms.push(made)
      top = stack[stack.length - 1]!
    }
    const part = top.plan.parts[top.terms.length]!
    step = planner(session, part.node, part.place)
  }
}
