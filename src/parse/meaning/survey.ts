import { MathError } from '../../base/errors.js'
import { declareAll, declareIndex, gatherAll, readSizeFacts } from '../elaborate/document-names.js'
import { gather } from '../elaborate/evidence.js'
import type { Material } from '../elaborate/material.js'
import { assemble, items, nameParts } from '../elaborate/names.js'
import { meet, type Session } from '../elaborate/reader.js'
import { sortStatements } from '../elaborate/statements.js'
import type { Lets } from '../lets.js'
import type { Statement } from '../read.js'
import { withoutDeclared } from '../understood.js'

/**
 * Enters what the statements of a document declare and define, as far as that can be said without reading any formula:
 * which names are quantities, functions and indices. What contradicts itself is left to elaboration to report.
 */
export function survey(session: Session, statements: readonly Statement[], lets?: Lets): void {
  const all = sortStatements(statements.map(statement => ({ statement, purpose: 'any' })))
  const sorted = lets === undefined ? all : withoutDeclared(all, lets.names)
  lets?.apply(session)
  const material: Material = {
    sorted,
    sizes: new Map(),
    bindings: new Map(),
    asks: [],
    strict: false,
    textAt: () => '',
  }
  tolerant(() => gatherAll(session, material))
  const aliases = tolerant(() => readSizeFacts(session, sorted, material.sizes)) ?? new Map()
  for (const each of sorted.declarations) tolerant(() => declareAll(session, [each], aliases, false))
  for (const { name, span } of sorted.maps) enterFunction(session, name, span)
  for (const { range, span } of sorted.ranges) tolerant(() => declareIndex(session, range, aliases, span))
  for (const { head, span } of sorted.functions) enterFunction(session, head.head, span)
  for (const { body } of statements) gather(session.evidence, body)
  for (const { left, indices } of sorted.equations) {
    const parts = nameParts(left)
    const name = parts && assemble(parts, items(parts.subscripts), parts.superscripts, parts.primes, indices)
    if (name !== undefined && !session.scope.has(name)) meet(session, name, left.span).defined = true
  }
  for (const name of session.evidence.bounds) if (!session.scope.has(name)) session.dimensions.add(name)
}

function enterFunction(
  session: Session,
  node: Parameters<typeof nameParts>[0],
  span: { from: number; to: number },
) {
  const parts = nameParts(node)
  const name = parts && assemble(parts, items(parts.subscripts), parts.superscripts, 0)
  if (name !== undefined && session.scope.get(name)?.kind !== 'symbol')
    session.scope.set(name, { kind: 'map', name, span })
}

/** A contradiction in one declaration does not keep the others from being known. */
function tolerant<T>(enter: () => T): T | undefined {
  try {
    return enter()
  } catch (error) {
    if (error instanceof MathError) return undefined
    throw error
  }
}
