import { rational } from '../../base/rational.js'
import { dimOf } from '../../ops/dimension.js'
import type { AdjoinedSyntax } from '../syntax.js'
import { makeFilled, makeIdentity } from './make.js'
import { bare } from './names.js'
import { planIndexedOperator } from './plan-big.js'
import type { Session } from './reader.js'
import { type Place, plan, type Step } from './resolve.js'

/** `ones(n)`, `zeros(m, n)`, `eye(n)`, `sum(i=1:n, body)`: plain words that are no ordinary calls. */
export function planBuilder(
  session: Session,
  node: AdjoinedSyntax,
  word: string,
  place: Place,
): Step | undefined {
  const { span } = node
  switch (word) {
    case 'ones':
    case 'zeros':
      return plan(node.args, place, args => {
        const [rows, columns] = args.map(arg => session.solver.side(dimOf(session.build(arg))))
        const value = rational(word === 'ones' ? 1 : 0)
        const made = makeFilled(session, value, span, rows)
        if (args.length < 3)
          session.solver.unify(made.sides.columns, columns ?? session.solver.scalar.columns)
        return made
      })
    case 'eye':
      return plan(node.args, place, ([size]) =>
        makeIdentity(session, span, session.solver.side(dimOf(session.build(size!)))),
      )
    case 'sum':
    case 'prod':
      return node.args.length === 2 && bare(node.args[0]!).kind === 'relation'
        ? planIndexedOperator(session, word, node, place)
        : undefined
    default:
      return undefined
  }
}
