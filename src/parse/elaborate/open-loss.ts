import { symbol } from '../../expr/intern.js'
import type { Sym } from '../../expr/node.js'
import type { Definition, Problem } from '../../expr/problem.js'
import { isScalar, SCALAR } from '../../expr/shape.js'
import { dependsOn } from '../../expr/walk.js'
import { abstractFunction } from '../../ops/abstract.js'
import { applyOp } from '../../ops/apply.js'
import { childrenOf } from '../children.js'
import type { Syntax } from '../syntax.js'
import { wholeName } from './occurrence.js'
import type { Session } from './reader.js'

/** A loss of which only derivatives are written, and what it is taken for. */
export interface OpenLoss {
  readonly definition: Definition
  readonly what: string
}

/**
 * Losses that lines differentiate and nothing defines. Each is taken for an unknown function of the last number that it
 * is differentiated by: what is then true of its derivatives is true of every such loss. Where no such number is
 * defined, or more than one comes last, the loss stays unknown. What is found is entered in the session.
 */
export function enterOpenLosses(
  session: Session,
  problem: Problem,
  roots: readonly Syntax[],
): readonly OpenLoss[] {
  const found: OpenLoss[] = []
  for (const [name, by] of differentiated(roots)) {
    if (session.scope.has(name) || session.dimensions.has(name)) continue
    const defined = problem.definitions.filter(({ symbol: each }) => by.has(each.name))
    const last = defined.filter(({ symbol: each }) => !reachesAny(problem, each, defined))
    const [output] = last
    if (output === undefined || last.length > 1 || !isScalar(output.symbol.shape)) continue
    const loss = symbol(name, SCALAR)
    const body = applyOp(abstractFunction(`phi_{${name}}`), output.symbol)
    session.scope.set(name, {
      kind: 'symbol',
      name,
      sides: session.solver.scalar,
      span: undefined,
      declared: false,
      set: 'real',
      family: undefined,
      given: loss,
      defined: true,
      reason: undefined,
    })
    found.push({
      definition: { symbol: loss, body },
      what: `${name} is an unknown function of ${output.symbol.name}`,
    })
  }
  return found
}

/** Names above in a derivative, and the names below them. */
function differentiated(roots: readonly Syntax[]): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>()
  const stack = [...roots]
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    stack.push(...childrenOf(next))
    if (next.kind !== 'derivative' || next.of === null) continue
    const name = wholeName(next.of)
    if (name === undefined) continue
    const by = found.get(name) ?? new Set<string>()
    found.set(name, by)
    for (const each of next.by) {
      const below = wholeName(each.variable)
      if (below !== undefined) by.add(below)
    }
  }
  return found
}

/** Whether one of some other quantities is computed from this one. */
function reachesAny({ definitions }: Problem, from: Sym, others: readonly Definition[]): boolean {
  const active = new Set<Sym>([from])
  for (const { symbol: name, body } of definitions) if (dependsOn(body, active)) active.add(name)
  return others.some(({ symbol: name }) => name !== from && active.has(name))
}
