import { NameError } from '../../base/errors.js'
import type { Span } from '../../base/span.js'
import { type Family, type Index, splitIndex } from '../../expr/member.js'
import { childrenOf } from '../children.js'
import { readRange } from '../elaborate/declare.js'
import { bare } from '../elaborate/names.js'
import { occursIn } from '../elaborate/occurrence.js'
import type { Dialect } from '../lexer/vocabulary.js'
import type { Statement } from '../read.js'
import type { Syntax } from '../syntax.js'
import { asRange, Families, letteredName, memberIn, type Occurrence, sumOver } from './occurrences.js'

/** A recurrence as its text shows it. */
export interface Recurrence {
  readonly letter: string
  readonly depth: string
  readonly low: number
  readonly high: Index
  readonly families: Families
  /** Families whose members the steps define, with the index they are defined at. */
  readonly heads: ReadonlyMap<Family, Index>
  /** The first member of a family that a step uses, where it is one that no step defines. */
  readonly firsts: ReadonlyMap<Family, number>
  readonly span: Span
}

interface Head {
  readonly occurrence: Occurrence
  readonly right: Syntax
  readonly statement: Statement
}

/**
 * The recurrence over a symbolic number of steps that the statements define, if there is one: some `Z_{i+1} = …`
 * through `Z_i`, with `i = 1, …, L`. `formulas` are asked about. Raises `NameError` for an index without a range, for a recurrence that runs the
 * wrong way, and where there are several.
 */
export function findRecurrence(
  statements: readonly Statement[],
  formulas: readonly Syntax[],
  dialect: Dialect,
): Recurrence | undefined {
  const ranges = rangesIn(statements)
  const found: Recurrence[] = []
  for (const [letter, range] of ranges) {
    const families = new Families(dialect)
    const heads = headsOf(statements, letter, families)
    if (!isRecurrent(heads, letter, families)) continue
    const { letter: depth } = splitIndex(range.high)
    const low = splitIndex(range.low)
    if (depth === undefined || low.letter !== undefined) refuseRange(letter, range.span)
    const byFamily = new Map(heads.map(({ occurrence: { member } }) => [member.family, member.index]))
    wantForward(heads, letter, families, byFamily)
    const names = statements.flatMap(({ body }) => namesIn(body))
    for (const node of names) letteredName(node, letter, families)
    for (const node of names) enterSummed(node, byFamily, families)
    found.push({
      letter,
      depth,
      low: low.offset,
      high: range.high,
      families,
      heads: byFamily,
      firsts: firstsOf(heads, letter, families, low.offset),
      span: range.span,
    })
  }
  if (found.length > 1) {
    throw new NameError(
      'several-recurrences',
      'one recurrence with a symbolic number of steps is offered, not several',
      {
        span: found[1]!.span,
        hint: `give ${found[1]!.letter} a range of numbers, such as ${found[1]!.letter} = 1, 2, 3`,
      },
    )
  }
  if (found.length === 0) refuseUnbound(statements, formulas, ranges, dialect)
  return found[0]
}

interface Range {
  readonly low: Index
  readonly high: Index
  readonly span: Span
}

/** Ranges that are not written out in numbers, by letter; the first range of a letter counts. */
function rangesIn(statements: readonly Statement[]): ReadonlyMap<string, Range> {
  const ranges = new Map<string, Range>()
  for (const { body, tail } of statements) {
    for (const node of [...tail, body]) {
      const range = readRange(node)
      if (range?.low === undefined || range.high === undefined || range.values !== undefined) continue
      const ends = asRange(range.letter, range.low, range.high)
      if (ends === undefined || ranges.has(range.letter)) continue
      // `i = L, …, 1` counts down over the same values.
      const down = splitIndex(ends.low).letter !== undefined && splitIndex(ends.high).letter === undefined
      const [low, high] = down ? [ends.high, ends.low] : [ends.low, ends.high]
      ranges.set(range.letter, { low, high, span: range.node.span })
    }
  }
  return ranges
}

function refuseRange(letter: string, span: Span): never {
  throw new NameError('unreadable-range', `a recurrence runs from a number to a letter; ${letter} does not`, {
    span,
    hint: `write ${letter} = 1, \\dots, L`,
  })
}

/** Definitions of a name with the letter in its index. */
function headsOf(statements: readonly Statement[], letter: string, families: Families): readonly Head[] {
  return statements.flatMap((statement): Head[] => {
    const body = bare(statement.body)
    if (body.kind !== 'relation' || body.leading || statement.continues !== null) return []
    if (body.operators[0] !== '=' && body.operators[0] !== ':=') return []
    if (statement.tail.some(node => isListing(node, letter))) return []
    const occurrence = letteredName(body.operands[0]!, letter, families)
    return occurrence === undefined ? [] : [{ occurrence, right: body.operands[1]!, statement }]
  })
}

/** `t = 1, 2, 3`: one definition for each value, whatever else the letter counts. */
function isListing(node: Syntax, letter: string): boolean {
  const range = readRange(node)
  return range?.letter === letter && range.values !== undefined
}

/** Every name in a formula, those with scripts whole. */
export function namesIn(root: Syntax): readonly Syntax[] {
  const found: Syntax[] = []
  const stack: Syntax[] = [root]
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const node = bare(next)
    found.push(node)
    for (const child of childrenOf(node)) stack.push(child)
  }
  return found
}

interface Use {
  readonly occurrence: Occurrence
  readonly head: Head
  /** Where the member stands as seen from the one its family defines: -1 is the step before. */
  readonly distance: number
}

function usesIn(heads: readonly Head[], letter: string, families: Families): readonly Use[] {
  const defined = new Map(heads.map(({ occurrence: { member } }) => [member.family, member.index]))
  return heads.flatMap(head =>
    namesIn(head.right).flatMap((node): Use[] => {
      const occurrence = memberIn(node, new Set([letter]), families)
      const at = occurrence && defined.get(occurrence.member.family)
      if (occurrence === undefined || at === undefined) return []
      if (splitIndex(occurrence.member.index).letter !== letter) return []
      return [
        { occurrence, head, distance: splitIndex(occurrence.member.index).offset - splitIndex(at).offset },
      ]
    }),
  )
}

function isRecurrent(heads: readonly Head[], letter: string, families: Families): boolean {
  return usesIn(heads, letter, families).some(({ distance }) => distance !== 0)
}

/** Under a sum over another letter that adds up states, that letter is the index: `\sum_k y_k^\top h_k`. */
function enterSummed(node: Syntax, defined: ReadonlyMap<Family, Index>, families: Families): void {
  const range = sumOver(node)
  if (range === undefined) return
  const names = namesIn(range.body)
  const own = new Set([range.letter])
  const isOfStates = names.some(each => {
    const found = memberIn(each, own, families)?.member
    return found !== undefined && defined.has(found.family) && splitIndex(found.index).letter === range.letter
  })
  if (isOfStates) for (const each of names) letteredName(each, range.letter, families)
}

/** The first member that the first step uses, of every family that steps use. */
function firstsOf(
  heads: readonly Head[],
  letter: string,
  families: Families,
  low: number,
): ReadonlyMap<Family, number> {
  const firsts = new Map<Family, number>()
  for (const { occurrence } of usesIn(heads, letter, families)) {
    const { family, index } = occurrence.member
    const first = low + splitIndex(index).offset
    firsts.set(family, Math.min(first, firsts.get(family) ?? first))
  }
  for (const { occurrence } of heads) {
    const { family, index } = occurrence.member
    const own = low + splitIndex(index).offset
    firsts.set(family, Math.min(own, firsts.get(family) ?? own))
  }
  return firsts
}

/** Every step uses what steps before it define. Raises `NameError` at the first that does not. */
function wantForward(
  heads: readonly Head[],
  letter: string,
  families: Families,
  defined: ReadonlyMap<Family, Index>,
): void {
  const late = usesIn(heads, letter, families).find(({ distance }) => distance > 0)
  if (late !== undefined) {
    const { family, index } = late.occurrence.member
    throw new NameError(
      'wrong-way-recurrence',
      `the recurrence runs the wrong way: ${family.base} at ${defined.get(family)} is to be found first, and uses ${family.base} at ${index}`,
      {
        span: late.occurrence.node.span,
        hint: `count the other way, so that every step uses the one before it`,
      },
    )
  }
  const seen = new Map<Family, Head>()
  for (const head of heads) {
    const { family } = head.occurrence.member
    if (seen.has(family)) {
      throw new NameError('defined-twice', `${family.base} is defined twice in one step`, {
        span: head.statement.span,
        hint: 'give each quantity of a step one definition',
      })
    }
    seen.set(family, head)
  }
}

/** A recurrence without a range whose last member is spoken of would leave that member undefined. */
function refuseUnbound(
  statements: readonly Statement[],
  formulas: readonly Syntax[],
  ranges: ReadonlyMap<string, Range>,
  dialect: Dialect,
): void {
  for (const { body, tail } of statements) {
    const node = bare(body)
    if (node.kind !== 'relation' || node.leading || node.operators[0] !== '=') continue
    if (tail.some(each => readRange(each) !== undefined)) continue
    for (const letter of lettersIn(node.operands[0]!)) {
      if (ranges.has(letter)) continue
      const families = new Families(dialect)
      const head = letteredName(node.operands[0]!, letter, families)
      if (
        head === undefined ||
        !isRecurrent(
          [{ occurrence: head, right: node.operands[1]!, statement: statements[0]! }],
          letter,
          families,
        )
      ) {
        continue
      }
      const { family } = head.member
      const last = [...statements.map(({ body: other }) => other), ...formulas]
        .flatMap(namesIn)
        .flatMap(each => lettersIn(each).flatMap(other => memberIn(each, new Set([other]), families) ?? []))
        .find(({ member }) => {
          const other = splitIndex(member.index).letter
          return member.family === family && other !== undefined && other !== letter && !ranges.has(other)
        })
      if (last === undefined) continue
      throw new NameError('unbound-index', `nothing says over which values ${letter} runs`, {
        span: head.node.span,
        hint: `write the range behind the equation: ${letter} = 1, \\dots, ${splitIndex(last.member.index).letter}`,
      })
    }
  }
}

/** Letters in the scripts of a name. */
function lettersIn(node: Syntax): readonly string[] {
  const now = bare(node)
  const scripts =
    now.kind === 'scripted'
      ? [...now.subscripts, ...now.superscripts]
      : now.kind === 'adjoined' && now.brackets.open === '['
        ? now.args
        : []
  const found = scripts
    .flatMap(script => namesIn(script))
    .flatMap(each => (each.kind === 'name' ? [each.base] : []))
  return [...new Set(found)].filter(letter => occursIn(now, letter))
}
