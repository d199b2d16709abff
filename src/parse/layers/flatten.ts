import { NameError } from '../../base/errors.js'
import {
  type Family,
  type Index,
  type Member,
  memberName,
  splitIndex,
  type Total,
} from '../../expr/member.js'
import { childrenOf } from '../children.js'
import { readRange } from '../elaborate/declare.js'
import { bare, canonicalText, nameParts } from '../elaborate/names.js'
import { occursIn } from '../elaborate/occurrence.js'
import type { Source } from '../imports.js'
import { make } from '../make.js'
import type { Statement } from '../read.js'
import type { AdjoinedSyntax, Syntax } from '../syntax.js'
import { namesIn, type Recurrence } from './find.js'
import { mapSyntax } from './map-syntax.js'
import { flatName, flattened, memberIn, renamed, sumOver } from './occurrences.js'

/**
 * Rewrites statements so that every member is one plain name. Sums over the steps and calls of unknown scalar
 * functions become names too, each defined in a statement of its own.
 */
export class Flattener {
  readonly totals = new Map<string, Total>()
  readonly unknowns = new Map<string, { readonly name: string; readonly args: readonly string[] }>()
  /** Members that stand anywhere but before a bracket, by name. */
  readonly members = new Map<string, Member>()
  /** Names before a bracket: functions with an index, `\sigma_i`, or factors. */
  readonly functions = new Map<string, Family>()
  /** While the variable of a derivative is read, parameters have to be bound too. */
  #asking = false
  readonly #extra: Source[] = []
  readonly #recurrence: Recurrence
  /** Functions that the text or the vocabulary knows. */
  readonly #known: ReadonlySet<string>

  /** Names that stand somewhere without an index. */
  readonly #names: ReadonlySet<string>

  constructor(recurrence: Recurrence, known: ReadonlySet<string>, sources: readonly Source[]) {
    this.#recurrence = recurrence
    this.#known = known
    this.#names = new Set(sources.flatMap(({ statement }) => plainNames(statement.body)))
  }

  statements(sources: readonly Source[]): readonly Source[] {
    const { letter } = this.#recurrence
    const flat = sources.flatMap(({ statement, purpose }): Source[] => {
      if (rangesOver(statement.body, letter)) return []
      // `\phi(t) = t^2` has a letter of its own.
      if (hasParameter(statement.body, letter)) return [{ statement, purpose }]
      const tail = statement.tail.filter(node => !rangesOver(node, letter))
      return [{ statement: { ...statement, body: this.#equation(statement.body), tail }, purpose }]
    })
    for (const { statement } of flat) {
      if (!hasParameter(statement.body, letter)) this.#wantNoLetter(statement.body)
    }
    return [...flat, ...this.#extra]
  }

  /** A formula that is asked about. */
  formula(node: Syntax): Syntax {
    return this.flatten(this.#withUnknowns(node))
  }

  /** What a derivative is taken by: a member, or the name of a family, which stands for each of its members. */
  variable(node: Syntax): Syntax {
    this.#asking = true
    const flat = this.flatten(node)
    this.#asking = false
    const { letter, families } = this.#recurrence
    const name = canonicalText(node)
    const family =
      flat === bare(node) || flat === node ? families.all.find(({ base }) => base === name) : undefined
    if (family === undefined || this.#names.has(name!)) return flat
    this.members.set(memberName({ family, index: letter }), { family, index: letter })
    return flatName(memberName({ family, index: letter }), node)
  }

  #equation(node: Syntax): Syntax {
    const body = bare(node)
    if (body.kind !== 'relation' || body.leading || !/^:?=$/.test(body.operators[0]!))
      return this.flatten(body)
    const [left, ...right] = body.operands
    // A step is a formula of arrays; what is said of the last member or of all of them is a number.
    const isStep =
      memberIn(left!, new Set([this.#recurrence.letter]), this.#recurrence.families) !== undefined
    const operands = [left!, ...right.map(each => (isStep ? each : this.#withUnknowns(each)))]
    return this.flatten(make({ ...body, operands }))
  }

  /** Names with an index as plain names, and sums over the steps as names. */
  flatten(root: Syntax, letters: ReadonlyMap<string, Index> = new Map()): Syntax {
    const { letter, depth, families } = this.#recurrence
    const allowed = new Set([letter, depth, ...letters.keys()])
    return mapSyntax(root, node => {
      const now = bare(node)
      const total = this.#totalOf(now)
      if (total !== undefined) return total
      if (now.kind === 'adjoined' && now.brackets.open === '(') {
        const head = memberIn(now.head, allowed, families)
        if (head !== undefined) {
          const { member } = renamed(head, letters)
          this.functions.set(memberName(member), member.family)
          const named = flattened({ ...head, member })
          return make({ ...now, head: named, args: now.args.map(arg => this.flatten(arg, letters)) })
        }
      }
      const occurrence = memberIn(now, allowed, families)
      if (occurrence === undefined) {
        this.#wantBound(now)
        return undefined
      }
      const found = renamed(occurrence, letters)
      this.members.set(memberName(found.member), found.member)
      return flattened({
        ...found,
        below: found.below.map(script => this.flatten(script, letters)),
        above: found.above.map(script => this.flatten(script, letters)),
      })
    })
  }

  /** A state whose index is a letter that nothing gives values to. Raises `NameError`. */
  #wantBound(node: Syntax): void {
    const { letter, heads, families } = this.#recurrence
    if (node.kind !== 'scripted' && node.kind !== 'adjoined') return
    const letters = new Set(namesIn(node).flatMap(each => (each.kind === 'name' ? [each.base] : [])))
    const found = memberIn(node, letters, families)
    if (found === undefined || !(heads.has(found.member.family) || this.#asking)) return
    const { letter: own } = splitIndex(found.member.index)
    throw new NameError('unbound-index', `nothing says which values the index ${own} has`, {
      span: node.span,
      hint: `the index of the recurrence is ${letter}: write ${memberName({ ...found.member, index: letter })}`,
    })
  }

  /** A sum whose terms are members at its letter, as a name defined by one term. */
  #totalOf(node: Syntax): Syntax | undefined {
    const { letter, depth, families } = this.#recurrence
    const range = sumOver(node) ?? this.#sumOverSteps(node)
    if (range === undefined) return undefined
    const own = new Set([range.letter])
    const used = namesIn(range.body).some(each => {
      const found = memberIn(each, own, families)
      return found !== undefined && splitIndex(found.member.index).letter === range.letter
    })
    if (!used) return undefined
    const ends = [range.low, range.high].map(end => splitIndex(end).letter)
    if (ends.some(end => end !== undefined && end !== depth)) {
      throw new NameError(
        'unbound-index',
        `the sum over ${range.letter} does not end at a number or at ${depth}`,
        {
          span: node.span,
          hint: `the recurrence has ${depth} steps`,
        },
      )
    }
    const name = `#total${this.totals.size + 1}`
    this.totals.set(name, { letter, low: range.low, high: range.high })
    const letters = new Map([[range.letter, letter]])
    const body = this.flatten(this.#withUnknowns(range.body, letters), letters)
    this.#define(name, body, node)
    return flatName(name, node)
  }

  /** `\sum_t` without limits goes over all steps. */
  #sumOverSteps(node: Syntax) {
    const { letter, low, high } = this.#recurrence
    if (node.kind !== 'big' || node.operator !== 'sum' || node.lower === null || node.body === null)
      return undefined
    return canonicalText(node.lower) === letter && node.upper === null
      ? { letter, low, high, body: node.body }
      : undefined
  }

  #define(name: string, body: Syntax, like: Syntax): void {
    const relation = make({
      kind: 'relation',
      span: like.span,
      leading: false,
      operands: [flatName(name, like), body],
      operators: ['='],
    } as const)
    const statement: Statement = {
      span: like.span,
      body: relation,
      continues: null,
      tail: [],
      lead: null,
      remark: null,
      row: 0,
    }
    this.#wantNoLetter(relation)
    this.#extra.push({ statement, purpose: 'definition' })
  }

  /**
   * `\ell(Z_{L+1}, y)`, where nothing says what the function is: a number. Looked for where a formula is a sum of
   * multiples of such numbers, or the body of a sum.
   */
  #withUnknowns(node: Syntax, letters: ReadonlyMap<string, Index> = new Map()): Syntax {
    const now = bare(node)
    switch (now.kind) {
      case 'sum':
        return make({
          ...now,
          terms: now.terms.map(term => ({ ...term, operand: this.#withUnknowns(term.operand, letters) })),
        })
      case 'signed':
        return make({ ...now, operand: this.#withUnknowns(now.operand, letters) })
      case 'product': {
        const last = now.factors.length - 1
        return make({
          ...now,
          factors: now.factors.map((factor, i) =>
            i === last ? this.#withUnknowns(factor, letters) : factor,
          ),
        })
      }
      case 'fraction':
        return make({ ...now, numerator: this.#withUnknowns(now.numerator, letters) })
      case 'adjoined':
        return this.#unknownCall(now, letters) ?? now
      default:
        return now
    }
  }

  #unknownCall(node: AdjoinedSyntax, letters: ReadonlyMap<string, Index>): Syntax | undefined {
    const { letter, depth, families } = this.#recurrence
    const head = nameParts(node.head)
    if (node.brackets.open !== '(' || head === undefined || this.#known.has(head.base)) return undefined
    if (head.head?.isFunction === true || head.primes > 0) return undefined
    const allowed = new Set([letter, depth, ...letters.keys()])
    if (!node.args.some(arg => namesIn(arg).some(each => memberIn(each, allowed, families) !== undefined)))
      return undefined
    const count = this.unknowns.size + 1
    const function_ = memberIn(node.head, allowed, families)
    const name = function_ ? memberName(renamed(function_, letters).member) : canonicalText(node.head)
    if (name === undefined) return undefined
    const args = node.args.map((arg, k) => {
      const own = `#argument${count}.${k + 1}`
      this.#define(own, this.flatten(arg, letters), arg)
      return own
    })
    this.unknowns.set(`#unknown${count}`, { name, args })
    return flatName(`#unknown${count}`, node)
  }

  /** The index is a name for a step, and no number of the formulas. Raises `NameError` where it is used as one. */
  #wantNoLetter(root: Syntax): void {
    const { letter } = this.#recurrence
    const stack: Syntax[] = [root]
    for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
      const node = bare(next)
      if (node.kind === 'name' && node.base === letter && node.font === null) {
        throw new NameError(
          'index-as-number',
          `the index ${letter} of the recurrence is used otherwise than to name a step`,
          {
            span: node.span,
            hint: `write what depends on ${letter} as a member of a family, such as c_${letter}`,
          },
        )
      }
      if (node.kind === 'big' && node.lower !== null && occursIn(node.lower, letter)) continue
      for (const child of childrenOf(node)) stack.push(child)
    }
  }
}

/** Names in a formula that carry no scripts. */
function plainNames(root: Syntax): readonly string[] {
  const found: string[] = []
  const stack: Syntax[] = [root]
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const node = bare(next)
    if (node.kind === 'scripted' && nameParts(node) !== undefined) {
      if (node.subscripts.length + node.superscripts.length > 0) continue
    }
    if (node.kind === 'adjoined' && node.brackets.open === '[' && nameParts(node.head) !== undefined) continue
    const name = node.kind === 'name' || node.kind === 'decorated' ? canonicalText(node) : undefined
    if (name !== undefined) found.push(name)
    for (const child of childrenOf(node)) stack.push(child)
  }
  return found
}

/** Whether a statement defines a function whose argument has the name of the index. */
function hasParameter(node: Syntax, letter: string): boolean {
  const body = bare(node)
  const left = body.kind === 'relation' && !body.leading ? bare(body.operands[0]!) : undefined
  return (
    left?.kind === 'adjoined' &&
    left.brackets.open === '(' &&
    left.args.some(arg => canonicalText(arg) === letter)
  )
}

function rangesOver(node: Syntax, letter: string): boolean {
  return readRange(node)?.letter === letter
}
