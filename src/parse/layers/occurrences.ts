import {
  type Family,
  type Index,
  indexAt,
  isIndex,
  type Member,
  memberName,
  splitIndex,
} from '../../expr/member.js'
import { plainDim, readRange } from '../elaborate/declare.js'
import { assemble, bare, items, type NameParts, nameParts, scriptText } from '../elaborate/names.js'
import { isBracketed, transposeSign } from '../elaborate/script-signs.js'
import type { Dialect } from '../lexer/vocabulary.js'
import { make } from '../make.js'
import type { NameSyntax, Syntax } from '../syntax.js'

/** A name with an index in it, taken apart. */
export interface Occurrence {
  readonly member: Member
  /** The scripts that are left when the index is taken away. */
  readonly below: readonly Syntax[]
  readonly above: readonly Syntax[]
  readonly primes: number
  readonly node: Syntax
}

interface Script {
  readonly place: 'below' | 'above'
  readonly brackets: Family['brackets']
  readonly index: Index
  readonly below: readonly Syntax[]
  readonly above: readonly Syntax[]
}

/** Every way to take one script of a name for an index. */
function scriptsOf(parts: NameParts): readonly Script[] {
  const below = items(parts.subscripts)
  const found: Script[] = []
  const add = (script: Syntax, place: Script['place'], rest: Pick<Script, 'below' | 'above'>) => {
    const inside = insideOf(script)
    const index = plainDim(inside.body)
    if (index !== undefined && isIndex(index))
      found.push({ place, brackets: inside.brackets, index, ...rest })
  }
  below.forEach((script, k) => {
    add(script, 'below', { below: below.filter((_, i) => i !== k), above: parts.superscripts })
  })
  parts.superscripts.forEach((script, k) => {
    const others = parts.superscripts.filter((_, i) => i !== k)
    const node = bare(script)
    // `W^{l\top}` carries a transpose behind the index.
    const turned = node.kind === 'product' && node.factors.length === 2 ? bare(node.factors[1]!) : undefined
    if (turned !== undefined && node.kind === 'product' && transposeSign(turned) !== undefined) {
      add(node.factors[0]!, 'above', { below, above: [...others, turned] })
    } else add(script, 'above', { below, above: others })
  })
  return found
}

function insideOf(script: Syntax): { readonly body: Syntax; readonly brackets: Family['brackets'] } {
  const node = bare(script)
  if (node.kind === 'group' && node.body !== null && /^[([]$/.test(node.brackets.open)) {
    return { body: node.body, brackets: [node.brackets.open, node.brackets.close] }
  }
  return { body: node, brackets: ['', ''] }
}

/** `h[t-1]` of the plain dialect as a name with one subscript. */
function withScripts(node: Syntax): NameParts | undefined {
  const now = bare(node)
  if (now.kind !== 'adjoined' || now.brackets.open !== '[' || now.args.length === 0) return nameParts(now)
  const head = nameParts(now.head)
  return head && { ...head, subscripts: [...head.subscripts, ...now.args], span: now.span }
}

/** Families by what carries the index, and how. */
export class Families {
  readonly #known = new Map<string, Family>()
  readonly dialect: Dialect

  constructor(dialect: Dialect) {
    this.dialect = dialect
  }

  get size(): number {
    return this.#known.size
  }

  get all(): readonly Family[] {
    return [...this.#known.values()]
  }

  find(family: Family): Family | undefined {
    return this.#known.get(keyOf(family))
  }

  /** The same family for the same way of writing. */
  enter(family: Family): Family {
    const known = this.#known.get(keyOf(family))
    if (known !== undefined) return known
    this.#known.set(keyOf(family), Object.freeze(family))
    return family
  }
}

function keyOf({ base, tail, place, brackets }: Family): string {
  return `${place}${brackets[0]}|${base}|${tail}`
}

/** Letters of entries, alone or several together: `z_j^{(l)}`, `W_{jk}^{(l)}`. */
const ENTRIES = /^(?:[ijkpqrsmn]|[ijkpqrs0-9]+)$/

/** A script that is a label of the whole family and selects nothing: `W_{xh}^{(l)}`, `h_t^{(1)}`. */
function isLabel(script: Syntax): boolean {
  const node = bare(script)
  if (node.kind === 'text' || (node.kind === 'name' && node.font === 'roman')) return true
  const text = scriptText(node)
  return text !== undefined && !ENTRIES.test(text) && transposeSign(node) === undefined
}

/** The family a script makes of a name, and what is left of the name then. */
function familyOf(parts: NameParts, script: Script, { dialect }: Families) {
  // A prime is part of a name in LaTeX, and the transpose of it in plain text.
  const primes = dialect === 'plain' ? parts.primes : 0
  const tail = "'".repeat(parts.primes - primes)
  const labels = script.below.filter(isLabel)
  const marks = script.above.filter(each => isBracketed(each))
  const below = labels.length === script.below.length ? labels : []
  const { place, brackets } = script
  const name = assemble({ ...parts, primes: 0 }, below, [], 0) ?? parts.base
  const above = assemble({ ...parts, base: '', primes: 0 }, [], marks, 0) ?? ''
  // A label below stands before an index above it, and one above stands behind an index below it.
  const fits = place === 'above' ? marks.length === 0 : below.length === 0
  const family: Family = fits
    ? {
        base: place === 'above' ? name : parts.base,
        tail: (place === 'above' ? '' : above) + tail,
        place,
        brackets,
      }
    : { base: name, tail: above + tail, place, brackets }
  const rest = {
    below: script.below.filter(each => !below.includes(each)),
    above: script.above.filter(each => !marks.includes(each)),
    primes,
  }
  return { family, rest }
}

/** The name as a member whose index has the letter in it; undefined for any other name. */
export function letteredName(node: Syntax, letter: string, families: Families): Occurrence | undefined {
  const parts = withScripts(node)
  const script = parts && scriptsOf(parts).find(({ index }) => splitIndex(index).letter === letter)
  if (parts === undefined || script === undefined) return undefined
  const { family, rest } = familyOf(parts, script, families)
  return { member: { family: families.enter(family), index: script.index }, ...rest, node }
}

/** The name as a member of a family that is known, at any index made of the given letters. */
export function memberIn(
  node: Syntax,
  letters: ReadonlySet<string>,
  families: Families,
): Occurrence | undefined {
  const parts = withScripts(node)
  if (parts === undefined) return undefined
  for (const script of scriptsOf(parts)) {
    const { letter } = splitIndex(script.index)
    if (letter !== undefined && !letters.has(letter)) continue
    const { family, rest } = familyOf(parts, script, families)
    const known = families.find(family)
    if (known !== undefined) return { member: { family: known, index: script.index }, ...rest, node }
  }
  return undefined
}

/** A name as one plain name, whatever it is made of. */
export function flatName(base: string, like: Syntax): NameSyntax {
  return make({
    kind: 'name',
    span: like.span,
    base,
    spelling: 'control',
    font: null,
    marks: [],
    isFunction: false,
  })
}

/** The member as one plain name, with the scripts that are no index. */
export function flattened({ member, below, above, primes, node }: Occurrence): Syntax {
  const name = flatName(memberName(member), node)
  if (below.length + above.length + primes === 0) return name
  return make({
    kind: 'scripted',
    span: node.span,
    base: name,
    subscripts: below,
    superscripts: above,
    primes,
    entrywise: false,
  })
}

/** A sum over an index: what it ranges over, and its body. */
interface SumOver {
  readonly letter: string
  readonly low: Index
  readonly high: Index
  readonly body: Syntax
}

/** Reads `\sum_{t=1}^{T} body` and `sum(t=1:T, body)`; undefined for anything else. */
export function sumOver(node: Syntax): SumOver | undefined {
  if (node.kind === 'adjoined') {
    const [range, body] = node.args
    const isSum = node.head.kind === 'name' && node.head.base === 'sum' && node.args.length === 2
    const written = isSum ? readRange(range!) : undefined
    if (written?.low === undefined || written.high === undefined) return undefined
    const found = asRange(written.letter, written.low, written.high)
    return found && { ...found, body: body! }
  }
  if (node.kind !== 'big' || node.operator !== 'sum' || node.lower === null || node.body === null)
    return undefined
  const lower = bare(node.lower)
  const written = readRange(lower)
  if (written?.low !== undefined && written.high !== undefined) {
    const found = asRange(written.letter, written.low, written.high)
    return found && { ...found, body: node.body }
  }
  if (lower.kind !== 'relation' || lower.operands.length !== 2 || node.upper === null) return undefined
  const name = nameParts(lower.operands[0]!)
  const letter = name && assemble(name, items(name.subscripts), name.superscripts, name.primes)
  const found = letter === undefined ? undefined : asRange(letter, lower.operands[1]!, node.upper)
  return found && { ...found, body: node.body }
}

/** The ends of a range as indices. */
export function asRange(
  letter: string,
  from: Syntax,
  to: Syntax,
): { letter: string; low: Index; high: Index } | undefined {
  const [low, high] = [plainDim(from), plainDim(to)]
  if (low === undefined || high === undefined || !isIndex(low) || !isIndex(high)) return undefined
  return { letter, low, high }
}

/** The occurrence with another letter in its index. */
export function renamed(occurrence: Occurrence, by: ReadonlyMap<string, Index>): Occurrence {
  const { family, index } = occurrence.member
  return { ...occurrence, member: { family, index: indexAt(index, by) } }
}
