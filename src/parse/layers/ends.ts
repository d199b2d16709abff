import { NameError } from '../../base/errors.js'
import type { Span } from '../../base/span.js'
import { sumOfDims } from '../../expr/dimension.js'
import {
  compareIndices,
  type Family,
  type Index,
  type Member,
  memberName,
  splitIndex,
  type Total,
} from '../../expr/member.js'
import type { Definition } from '../../expr/problem.js'
import type { Recurrence } from './find.js'

/** What a text says about members of a recurrence besides the steps. */
interface Mentioned {
  /** Every member met, by name. */
  readonly members: ReadonlyMap<string, Member>
  /** Definitions outside the steps. */
  readonly definitions: readonly Definition[]
  /** Sums over the steps, with the members in them. */
  readonly totals: readonly { readonly total: Total; readonly members: readonly Member[] }[]
}

/**
 * Every member that is spoken of is one that the recurrence has: one of those it begins with, or one that a step
 * defines. Otherwise a derivative would be zero without anybody noticing. Raises `NameError`.
 */
export function wantMembers(recurrence: Recurrence, { members, definitions, totals }: Mentioned): void {
  const { letter, span } = recurrence
  for (const { symbol, span: at } of definitions)
    wantOneDefinition(recurrence, members.get(symbol.name), at ?? span)
  for (const { family, index } of members.values()) {
    if (splitIndex(index).letter !== letter) wantInside(recurrence, family, index, span)
  }
  for (const { total, members: inside } of totals) {
    for (const { family, index } of inside) {
      const { letter: own, offset } = splitIndex(index)
      if (own !== letter) continue
      wantInside(recurrence, family, sumOfDims(total.low, offset), span)
      wantInside(recurrence, family, sumOfDims(total.high, offset), span)
    }
  }
}

/** A member that a step defines, or will define, is not defined once more. */
function wantOneDefinition({ heads, low }: Recurrence, member: Member | undefined, span: Span): void {
  const head = member && heads.get(member.family)
  if (member === undefined || head === undefined) return
  if (compareIndices(member.index, low + splitIndex(head).offset) < 0) return
  const name = memberName(member)
  throw new NameError('defined-twice', `${name} is defined here and by a step of the recurrence`, {
    span,
    hint: `define only what the recurrence begins with, ${memberName({ ...member, index: low + splitIndex(head).offset - 1 })}`,
  })
}

function wantInside(
  { heads, firsts, low, high }: Recurrence,
  family: Family,
  index: Index,
  span: Span,
): void {
  const head = heads.get(family)
  if (head === undefined) return
  const first = firsts.get(family) ?? low + splitIndex(head).offset
  const last = sumOfDims(high, splitIndex(head).offset)
  const name = (at: Index) => memberName({ family, index: at })
  if (compareIndices(index, first) < 0) {
    throw new NameError(
      'missing-initial-condition',
      `the recurrence begins with ${name(first)}, but ${name(index)} is given`,
      {
        span,
        hint: `give ${name(first)}, or let the index begin with ${low + splitIndex(index).offset - first}`,
      },
    )
  }
  if (compareIndices(index, last) > 0) {
    throw new NameError(
      'no-such-member',
      `the recurrence ends with ${name(last)}; there is no ${name(index)}`,
      {
        span,
        hint: `use a member from ${name(first)} to ${name(last)}`,
      },
    )
  }
}
