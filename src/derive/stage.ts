import { call, symbol } from '../expr/intern.js'
import type { Expr, Sym } from '../expr/node.js'
import type { Definition, Problem } from '../expr/problem.js'
import type { Rule } from '../expr/rule.js'
import type { Step } from '../expr/step.js'
import { addition, isCall, matrixProduct, multiplication } from '../ops/core.js'
import { logSoftmax, softmax } from '../ops/softmax.js'
import type { Namer } from './names.js'

export const namePreactivation: Rule = Object.freeze({
  id: 'name-the-pre-activation',
  name: 'name the pre-activation',
  statement: 'a=g(Wx)\\;\\Rightarrow\\;z=Wx,\\ a=g(z)',
  source: 'nielsen:2',
  sentence: 'What goes into an activation gets a name, because every derivative needs it.',
  level: 'normal',
})

/** A problem whose pre-activations have names, and which name was made for which symbol. */
export interface Staged {
  readonly problem: Problem
  readonly staged: ReadonlyMap<Sym, Sym>
  readonly steps: readonly Step[]
}

/** Fewer definitions than this are no network; their formulas are left as they are. */
const SMALLEST_NETWORK = 3

/**
 * Names what goes into an activation: `r = g(x w)` becomes `z_r = x w`, `r = g(z_r)`. Only definitions whose body is
 * one function of a sum or product are split, and only in a network of several definitions.
 */
export function stage(problem: Problem, namer: Namer): Staged {
  if (!isNetwork(problem.definitions)) return { problem, staged: new Map(), steps: [] }
  const staged = new Map<Sym, Sym>()
  const definitions: Definition[] = []
  const steps: Step[] = []
  for (const definition of problem.definitions) {
    const { symbol: name, body } = definition
    const inside = argumentOf(body)
    if (inside === undefined || body.kind !== 'call') {
      definitions.push(definition)
      continue
    }
    const before = symbol(namer.preactivation(name), inside.shape)
    const after = call(body.op, body.args.length === 1 ? [before] : [before, ...body.args.slice(1)])
    staged.set(name, before)
    steps.push({
      kind: 'given',
      rule: namePreactivation,
      before: inside,
      after: before,
      name: before,
      at: name,
    })
    definitions.push({ symbol: before, body: inside, span: definition.span })
    definitions.push({ symbol: name, body: after, span: definition.span })
  }
  return { problem: { ...problem, definitions }, staged, steps }
}

/** Whether there are enough definitions, and activations among them. */
function isNetwork(definitions: readonly Definition[]): boolean {
  if (definitions.length < SMALLEST_NETWORK) return false
  let activations = 0
  for (let i = 0; i < definitions.length && activations < 2; i++) {
    if (argumentOf(definitions[i]!.body) !== undefined) activations++
  }
  return activations === 2
}

/** What an activation is applied to, when that is a sum or a product. */
function argumentOf(body: Expr): Expr | undefined {
  if (body.kind !== 'call') return undefined
  const activates = body.op.kind === 'elementwise' || body.op === softmax || body.op === logSoftmax
  if (!activates) return undefined
  const inside = body.args[0]!
  return isCall(inside, addition) || isCall(inside, multiplication) || isCall(inside, matrixProduct)
    ? inside
    : undefined
}
