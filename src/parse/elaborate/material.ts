import type { Span } from '../../base/span.js'
import { symbol } from '../../expr/intern.js'
import type { Sym } from '../../expr/node.js'
import { SCALAR } from '../../expr/shape.js'
import type { Syntax } from '../syntax.js'
import type { Numbers } from './numbers.js'
import type { Session } from './reader.js'
import type { SymbolEntry } from './scope.js'
import type { Sorted } from './statement-kinds.js'

export interface Ask {
  readonly of: Syntax
  readonly by: readonly Syntax[]
  readonly order: 1 | 2
  /** Whether two variables are those of one second derivative. */
  readonly mixed?: boolean | undefined
  readonly span: Span
}

/** What is to be made sense of, besides what the session already knows. */
export interface Material {
  readonly sorted: Sorted
  readonly sizes: Map<string, number>
  /** Numbers given beside the text, by canonical name. */
  readonly bindings: ReadonlyMap<string, Numbers>
  /** Derivatives asked for beside the text. */
  readonly asks: readonly Ask[]
  /** A second definition of a name is an error, and so is a question that cannot be read. */
  readonly strict: boolean
  /** Text at a span, for showing facts and spelling names as they were written. */
  readonly textAt: (span: Span) => string
}

/** The node of a quantity whose shape is settled. */
export function symOf(session: Session, entry: SymbolEntry): Sym {
  return entry.given ?? symbol(entry.name, session.solver.shape(entry.sides) ?? SCALAR)
}

/** Every name of the document, so that new ones differ. */
export function takenNames(session: Session): ReadonlySet<string> {
  return new Set([
    ...session.scope.keys(),
    ...session.dimensions,
    ...session.evidence.standing,
    ...session.evidence.calls.keys(),
  ])
}
