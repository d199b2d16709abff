import type { Expr, Sym } from '../expr/node.js'
import type { Domain } from '../expr/op.js'
import type { Problem } from '../expr/problem.js'
import { postorder } from '../expr/walk.js'
import { factsOf } from '../simplify/facts.js'

/** What has to hold of an expression for the function around it to be defined and differentiable. */
export interface DomainCondition {
  readonly node: Expr
  readonly holds: Exclude<ReturnType<Domain>, 'real'>
}

/** Every formula that functions depend on, directly or through definitions, and the steps of a recurrence. */
export function formulasUnder(
  { definitions, layers }: Pick<Problem, 'definitions' | 'layers'>,
  of: readonly Expr[],
): readonly Expr[] {
  const bodies = new Map<Expr, Expr>(definitions.map(({ symbol, body }) => [symbol, body]))
  const found = new Set<Expr>()
  const steps = layers?.steps.map(({ body }) => body) ?? []
  for (let open: readonly Expr[] = [...of, ...steps]; open.length > 0; ) {
    const fresh = postorder(open).filter(node => !found.has(node))
    for (const node of fresh) found.add(node)
    open = fresh.flatMap(node => bodies.get(node) ?? [])
  }
  return [...found]
}

/**
 * Where functions of a problem are defined, as far as that is neither proved nor declared; each condition once, in the
 * order in which the formulas come. One walk over what the functions depend on.
 */
export function domainConditions(
  problem: Pick<Problem, 'definitions' | 'declarations' | 'facts' | 'layers'>,
  of: readonly Expr[],
): readonly DomainCondition[] {
  const facts = factsOf(problem)
  const found = new Map<string, DomainCondition>()
  for (const node of formulasUnder(problem, of)) {
    if (node.kind !== 'call' || node.op.domain === undefined) continue
    for (const [k, arg] of node.args.entries()) {
      const holds = node.op.domain(k, node.args)
      if (holds === 'real' || arg.kind === 'num') continue
      if (facts.positive(arg) && (holds === 'positive' || holds === 'nonzero' || holds === 'nonnegative'))
        continue
      if (holds === 'nonzero' && facts.nonzero(arg)) continue
      if (holds === 'invertible' && facts.invertible(arg)) continue
      found.set(`${arg.id} ${holds}`, Object.freeze({ node: arg, holds }))
    }
  }
  return [...found.values()]
}

/** Whether a variable was declared symmetric: then a derivative by it has to say what is varied. */
export function isSymmetricVariable(
  problem: Pick<Problem, 'definitions' | 'declarations' | 'facts'>,
  variable: Sym,
): boolean {
  const { rows, columns } = variable.shape
  return rows === columns && rows !== 1 && factsOf(problem).symmetric(variable)
}
