import type { Span } from '../../base/span.js'
import { dimensionOf } from '../../ops/dimension.js'
import type { Syntax } from '../syntax.js'
import { makeConstant } from './make.js'
import { makeEntry, makeMember, makePart, makeSlice } from './make-entry.js'
import { bare, literalIndex } from './names.js'
import type { Session } from './reader.js'
import { type Place, plan, type Step } from './resolve.js'
import type { Term } from './term.js'

/** An entry, a row, a column, a part or, of a family, a member. */
export function planSelection(
  session: Session,
  base: Term,
  selectors: readonly Syntax[],
  family: boolean,
  place: Place,
  span: Span,
): Step {
  const { solver } = session
  const nodes = selectors.map(selector => literal(bare(selector), place))
  const whole = nodes.map(node => node.kind === 'range' && node.from === null && node.to === null)
  const ranges = nodes.filter(node => node.kind === 'range')
  if (ranges.length > whole.filter(each => each).length) return planPart(session, base, nodes, place, span)
  return plan(
    nodes.filter((_, i) => !whole[i]),
    place,
    terms => {
      if (whole.includes(true)) {
        return terms.length === 1 && nodes.length === 2
          ? makeSlice(session, whole[1] ? 'row' : 'column', base, terms[0]!, span)
          : base
      }
      const matrix = !solver.isOne(base.sides.rows) && !solver.isOne(base.sides.columns)
      return terms.length === 1 && family && matrix
        ? makeMember(session, base, terms[0]!, span)
        : makeEntry(session, base, terms, span)
    },
  )
}

/** An index that is a number while a statement is read once per value, as that number: `i + 1` with i = 1 is 2. */
function literal(node: Syntax, { indices }: Place): Syntax {
  const value = node.kind === 'number' ? undefined : literalIndex(node, indices)
  return value === undefined ? node : { kind: 'number', text: String(value), span: node.span }
}

/** `A_{1:2, 3:4}`; a single index is a range of one, a bare colon the whole side. */
function planPart(session: Session, base: Term, nodes: readonly Syntax[], place: Place, span: Span): Step {
  const ends: Syntax[] = []
  const row = nodes.length === 1 && session.solver.isOne(base.sides.rows)
  const sides = row ? [base.sides.columns, base.sides.rows] : [base.sides.rows, base.sides.columns]
  const missing: { readonly at: number; readonly dim: number | string }[] = []
  nodes.forEach((node, k) => {
    const [from, to] = node.kind === 'range' ? [node.from, node.to] : [node, node]
    if (from === null) missing.push({ at: 2 * k, dim: 1 })
    else ends.push(from)
    if (to === null) missing.push({ at: 2 * k + 1, dim: session.solver.value(sides[k]!) ?? 1 })
    else ends.push(to)
  })
  if (nodes.length === 1) for (const at of [2, 3]) missing.push({ at, dim: 1 })
  return plan(ends, place, terms => {
    const all = [...terms]
    for (const { at, dim } of missing)
      all.splice(
        at,
        0,
        makeConstant(session, () => dimensionOf(dim), span),
      )
    return makePart(session, base, row ? [...all.slice(2), ...all.slice(0, 2)] : all, span)
  })
}
