import { LimitError, NameError } from '../../base/errors.js'
import { DEFAULT_LIMITS } from '../../base/limits.js'
import type { Span } from '../../base/span.js'
import { symbol } from '../../expr/intern.js'
import type { Op } from '../../expr/op.js'
import { SCALAR } from '../../expr/shape.js'
import { symbolsOf } from '../../expr/walk.js'
import { summation } from '../../ops/core.js'
import { dimOf } from '../../ops/dimension.js'
import { maximum, minimum } from '../../ops/piecewise.js'
import { childrenOf } from '../children.js'
import type { AdjoinedSyntax, BigSyntax, Syntax } from '../syntax.js'
import { makeSum } from './make.js'
import { makeCall, placed } from './make-call.js'
import { makeBig } from './make-entry.js'
import { makeProduct } from './make-product.js'
import {
  assemble,
  bare,
  baseName,
  canonicalText,
  isPrimedLetter,
  items,
  literalIndex,
  type NameParts,
  nameParts,
} from './names.js'
import { findName } from './plan-names.js'
import { lookup, type Session } from './reader.js'
import { type Place, plan, type Step, within } from './resolve.js'
import type { Collector, IndexEntry, Term } from './term.js'

/** An index and its written bounds. */
interface Range {
  readonly letter: string
  readonly low: Syntax | null
  readonly high: Syntax | null
  readonly span: Span
}

const MOST_UNROLLED = 4096

const COMPARISONS: ReadonlyMap<Collector, Op> = new Map<Collector, Op>([
  ['max', maximum],
  ['min', minimum],
])

/** `\sum_{i=1}^n body`, `\prod_i body`. */
export function planBig(session: Session, node: BigSyntax, place: Place): Step {
  const { operator, body } = node
  if (operator !== 'sum' && operator !== 'prod') {
    throw new NameError('unsupported-operator', `${operator} is not an operation this library computes`, {
      span: node.span,
    })
  }
  if (body === null) {
    throw new NameError('missing-body', 'this sum has nothing to add', { span: node.span })
  }
  refuseDeep(body)
  if (node.lower === null) {
    refuseIndices(session, body, place)
    return plan([body], place, ([array]) => makeCall(session, summation, [array!], node.span))
  }
  return planRanges(session, operator, rangesOf(node.lower, node.upper), body, node.span, place)
}

/** Sums inside one another are bounded like brackets: each is read with all that is inside it. */
function refuseDeep(body: Syntax): void {
  const { nesting } = DEFAULT_LIMITS
  let depth = 1
  for (let inner = bare(body); inner.kind === 'big' && inner.body !== null; inner = bare(inner.body)) {
    if (++depth <= nesting) continue
    throw new LimitError('limit-nesting', `sums are nested more than ${nesting} deep`, {
      span: inner.span,
      hint: 'give the inner parts names of their own',
    })
  }
}

/** A sum without an index adds up the entries of an array; `\sum x_i^2` leaves out what it runs over. */
function refuseIndices(session: Session, body: Syntax, place: Place): void {
  const stack: Syntax[] = [body]
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const node = bare(next)
    const parts = node.kind === 'scripted' ? nameParts(node) : undefined
    const letter =
      parts &&
      items(parts.subscripts)
        .map(item => canonicalText(item))
        .find(text => /^[i-n]$/.test(text ?? ''))
    const name = parts && assemble(parts, items(parts.subscripts), [], 0)
    const known =
      name === undefined || [name, letter ?? ''].some(each => lookup(session, place, each) !== undefined)
    if (letter !== undefined && !known && !place.indices.has(letter)) {
      throw new NameError('missing-index', `this sum does not say that ${letter} of ${name} runs`, {
        span: node.span,
        hint: `write \\sum_{${letter}=1}^{n}`,
      })
    }
    for (const child of childrenOf(node)) stack.push(child)
  }
}

/** Plain `sum(i=1:n, body)`. */
export function planIndexedOperator(
  session: Session,
  operator: Collector,
  node: AdjoinedSyntax,
  place: Place,
): Step {
  return planRanges(session, operator, rangesOf(node.args[0]!, null), node.args[1]!, node.span, place)
}

/** `\max_i x_i`, `\min_{1 \le i \le n} x_i`: the greatest or least value over an index. */
export function planExtreme(
  session: Session,
  operator: 'max' | 'min',
  below: readonly Syntax[],
  body: Syntax,
  span: Span,
  place: Place,
): Step {
  const ranges = below.flatMap(script => rangesOf(script, null))
  for (const { letter, span: at } of ranges) {
    const entry = lookup(session, place, letter)
    if (entry === undefined || entry.kind === 'index') continue
    throw new NameError('unsupported', `the ${operator} over the quantity ${letter} is not offered`, {
      span: at,
      hint: 'an index may stand here, as in \\max_i x_i',
    })
  }
  return planRanges(session, operator, ranges, body, span, place)
}

/** The letters under a sum. Raises `NameError` for what is no range. */
export function rangesOf(lower: Syntax, upper: Syntax | null): readonly Range[] {
  const node = bare(lower)
  if (node.kind === 'list') return node.items.flatMap(item => rangesOf(item, upper))
  if (node.kind === 'relation' && !node.leading) {
    const [letter, from] = node.operands as readonly [Syntax, Syntax]
    const range = bare(from)
    if (node.operators.length === 1 && node.operators[0] === '=') {
      if (range.kind === 'range') {
        return [{ letter: letterOf(letter), low: range.from, high: range.to, span: letter.span }]
      }
      return [{ letter: letterOf(letter), low: from, high: upper, span: letter.span }]
    }
    if (node.operators.length === 1 && node.operators[0] === 'in') {
      return [{ letter: letterOf(letter), low: null, high: null, span: letter.span }]
    }
    const [low, name, high] = node.operands
    if (node.operators.length === 2 && node.operators.every(sign => sign === '<=')) {
      return [{ letter: letterOf(name!), low: low!, high: high!, span: name!.span }]
    }
    throw new NameError('unsupported-range', 'this range of a sum is not supported', {
      span: node.span,
      hint: 'write \\sum_{i=1}^{n}',
    })
  }
  return [{ letter: letterOf(node), low: null, high: upper, span: node.span }]
}

function letterOf(node: Syntax): string {
  const now = bare(node)
  if (now.kind === 'name') return baseName(now)
  const primed = isPrimedLetter(now) ? canonicalText(now) : undefined
  if (primed !== undefined) return primed
  throw new NameError('not-an-index', 'a sum runs over a letter', {
    span: node.span,
    hint: 'write \\sum_{i=1}^{n}',
  })
}

function planRanges(
  session: Session,
  operator: Collector,
  ranges: readonly Range[],
  body: Syntax,
  span: Span,
  place: Place,
): Step {
  const [first, ...rest] = ranges
  if (first === undefined) return plan([body], place, ([term]) => term!)
  const low = first.low === null ? undefined : literalIndex(first.low, place.indices)
  const high = first.high === null ? undefined : literalIndex(first.high, place.indices)
  if (low !== undefined && high !== undefined && namesRun(session, body, first, place)) {
    return unroll(session, operator, first.letter, low, high, rest, body, span, place)
  }
  if (first.high !== null) meetSize(session, first.high, place)
  const bounds = first.high === null ? [] : [first.low, first.high].filter(bound => bound !== null)
  return plan(bounds, place, terms => {
    const index = makeIndexEntry(session, first, low, terms)
    const inner = within(place, first.letter, index)
    const nested: Syntax[] = rest.length === 0 ? [body] : []
    if (nested.length === 0) {
      const step = planRanges(session, operator, rest, body, span, inner)
      return 'parts' in step
        ? { parts: step.parts, make: made => wrap(step.make(made)) }
        : makeBig(operator, index, terms, step, span)
    }
    return plan(nested, inner, ([value]) => makeBig(operator, index, terms, value!, span))

    function wrap(step: Step): Step {
      return 'parts' in step
        ? { parts: step.parts, make: made => wrap(step.make(made)) }
        : makeBig(operator, index, terms, step, span)
    }
  })
}

function makeIndexEntry(
  session: Session,
  range: Range,
  low: number | undefined,
  bounds: readonly Term[],
): IndexEntry {
  const { solver } = session
  const high = bounds[bounds.length - 1]
  // A sum up to another index, as in `\sum_{i=1}^{j-1}`, does not run over the whole of an array.
  const toIndex = high !== undefined && symbolsOf([session.build(high)]).some(({ role }) => role === 'index')
  const whole = high !== undefined && !toIndex && (low === 1 || low === undefined)
  const extent = whole ? solver.side(placed(high.span, () => dimOf(session.build(high)))) : solver.fresh()
  if (!whole && low === undefined) solver.presumeLong(extent)
  return {
    kind: 'index',
    letter: range.letter,
    symbol: symbol(range.letter, SCALAR, 'index'),
    extent,
    low,
    span: range.span,
  }
}

/** The letter above a sum is a size, unless it was declared as something else. */
function meetSize(session: Session, high: Syntax, place: Place): void {
  const node = bare(high)
  if (node.kind === 'sum') for (const term of node.terms) meetSize(session, term.operand, place)
  if (node.kind !== 'name' && node.kind !== 'scripted') return
  const name = canonicalText(node, place.indices)
  if (name === undefined || lookup(session, place, name) !== undefined || session.exact) return
  session.dimensions.add(name)
}

/** Whether the index selects among names of their own, `x_1` and `x_2`, and not among the entries of an array. */
function namesRun(session: Session, body: Syntax, range: Range, place: Place): boolean {
  const inner = within(place, range.letter, {
    kind: 'index',
    letter: range.letter,
    symbol: symbol(range.letter, SCALAR, 'index'),
    extent: session.solver.scalar.rows,
    span: range.span,
  })
  const stack: Syntax[] = [body]
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const node = bare(next)
    const parts = node.kind === 'scripted' ? nameParts(node) : undefined
    if (parts !== undefined && parts.subscripts.length > 0) {
      const uses = items(parts.subscripts).some(script => occurs(script, range.letter))
      const names = uses && !indexesArray(session, parts, range, place)
      if (names && findName(session, parts, [], 0, inner) === undefined) return true
    }
    const labels = parts?.superscripts.filter(script => bare(script).kind === 'group') ?? []
    if (parts !== undefined && labels.some(script => occurs(script, range.letter))) {
      if (findName(session, parts, labels, 0, inner)?.selectors.length !== labels.length) return true
    }
    for (const child of childrenOf(node)) stack.push(child)
  }
  return false
}

/** `Y_{ij}`, and `y_i` where y itself stands in the document: entries, unless the first of them is a name. */
function indexesArray(session: Session, parts: NameParts, range: Range, place: Place): boolean {
  const below = items(parts.subscripts)
  const array = assemble(parts, [], [], 0)!
  const low = range.low === null ? 1 : (literalIndex(range.low, place.indices) ?? 1)
  const indices = new Map([[range.letter, low]])
  const first = assemble(parts, below, [], 0, indices)
  if (first !== undefined && (lookup(session, place, first) || session.evidence.standing.has(first)))
    return false
  if (session.evidence.standing.has(array) && lookup(session, place, array) === undefined) return true
  return below.some(item => {
    const node = bare(item)
    const { letters } = session.evidence.running
    return node.kind === 'product' && node.factors.every(factor => letters.has(canonicalText(factor) ?? ''))
  })
}

function occurs(script: Syntax, letter: string): boolean {
  const stack: Syntax[] = [script]
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const node = bare(next)
    if (node.kind === 'name' && baseName(node) === letter) return true
    for (const child of childrenOf(node)) stack.push(child)
  }
  return false
}

function unroll(
  session: Session,
  operator: Collector,
  letter: string,
  low: number,
  high: number,
  rest: readonly Range[],
  body: Syntax,
  span: Span,
  place: Place,
): Step {
  const count = high - low + 1
  if (count < 1 || count > MOST_UNROLLED) {
    throw new LimitError(
      'limit-unrolled',
      `a sum of ${Math.max(count, 0)} named terms cannot be written out`,
      { span },
    )
  }
  if (rest.length > 0 && operator !== 'sum' && operator !== 'prod') {
    throw new NameError('unsupported', `the ${operator} over several indices of names is not offered`, {
      span,
    })
  }
  const inside =
    rest.length === 0 || operator === 'max' || operator === 'min' ? body : bigOf(operator, rest, body, span)
  const places = Array.from({ length: count }, (_, k) => ({
    ...place,
    indices: new Map([...place.indices, [letter, low + k] as const]),
  }))
  return {
    parts: places.map(inner => ({ node: inside, place: inner })),
    make: terms => {
      if (terms.length === 1) return terms[0]!
      const compare = COMPARISONS.get(operator)
      if (compare !== undefined) return makeCall(session, compare, terms, span)
      return operator === 'sum'
        ? makeSum(
            session,
            terms,
            terms.map(() => '+' as const),
            span,
          )
        : makeProduct(
            session,
            terms,
            terms.slice(1).map(() => 'plain' as const),
            span,
          )
    },
  }
}

/** The sums still to be unrolled, written as they would be inside. */
function bigOf(operator: 'sum' | 'prod', ranges: readonly Range[], body: Syntax, span: Span): Syntax {
  const [first, ...rest] = ranges as readonly [Range, ...Range[]]
  const name: Syntax = {
    kind: 'name',
    span: first.span,
    base: first.letter,
    spelling: 'letter',
    font: null,
    marks: [],
    isFunction: false,
  }
  const lower: Syntax =
    first.low === null
      ? name
      : { kind: 'relation', span: first.span, leading: false, operands: [name, first.low], operators: ['='] }
  return {
    kind: 'big',
    span,
    operator,
    lower,
    upper: first.high,
    body: rest.length === 0 ? body : bigOf(operator, rest, body, span),
  }
}
