import { depthChange, type Token, type TokenType, token } from './lexer/token.js'
import type { Dialect } from './lexer/vocabulary.js'
import type { RelationOperator } from './syntax.js'

/** The tokens of one statement, before any of it is parsed. */
export interface Draft {
  tokens: Token[]
  continues: RelationOperator | null
  /** The first token, the continuing relation included, for the span. */
  first: Token | null
  readonly tail: Token[][]
  lead: string | null
  remark: string | null
  readonly row: number
}

/** What stands between two separators on the top level of a row. */
interface Segment {
  readonly before: 'start' | 'comma' | 'gap' | 'text' | 'quantifier'
  /** The separator itself: a comma to restore, words to remember. */
  readonly separator: Token | null
  /** A wide gap stands behind the separator. */
  wide: boolean
  readonly tokens: Token[]
}

const JOINTS: ReadonlySet<TokenType> = new Set<TokenType>(['add', 'times', 'circled'])
/** What may stand between a bracket that is closed for a row break and its reopening. */
const BREAKING: ReadonlySet<TokenType> = new Set<TokenType>(['newrow', 'gap', 'add', 'times', 'circled'])
const SCRIPTS: ReadonlySet<TokenType> = new Set<TokenType>(['under', 'over', 'prime'])
/** Words that connect statements; other words may name a quantity. */
const CONNECTING =
  /^(and|or|where|with|if|for|so|then|thus|hence|since|because|when|let|given|therefore|otherwise|such that|assume|subject to|s\.t\.?|i\.e\.?|note|recall|is|are|as|but|by|we)\b/

export interface Cut {
  readonly drafts: readonly Draft[]
  /** Tokens that only arranged statements: brackets around several of them, a relation written again behind a break. */
  readonly arranging: readonly Token[]
  /** Numbers of equations, `(3.1)`, with their brackets. */
  readonly numbers: readonly (readonly Token[])[]
}

/** What is set aside while cutting. */
interface Aside {
  readonly arranging: Token[]
  readonly numbers: (readonly Token[])[]
}

/** Cuts balanced tokens into statements: at row breaks, at commas, wide gaps and words between two relations. */
export function split(tokens: readonly Token[], dialect: Dialect): Cut {
  const drafts: Draft[] = []
  const aside: Aside = { arranging: [], numbers: [] }
  joinRows(rowsOf(reopened(tokens, aside)), dialect, aside).forEach((row, index) => {
    for (const draft of statementsOf(segmentsOf(row), index, aside)) drafts.push(...unwrapped(draft, aside))
  })
  return { drafts, ...aside }
}

interface Row {
  readonly tokens: Token[]
  /** In plain text, a semicolon or a blank line stands before it. */
  readonly apart: boolean
}

function rowsOf(tokens: readonly Token[]): readonly Row[] {
  const rows: Row[] = [{ tokens: [], apart: false }]
  let depth = 0
  for (const piece of tokens) {
    depth += depthChange(piece.type)
    const row = rows[rows.length - 1]!
    if (piece.type === 'newrow' && depth === 0) {
      const blank = piece.text === '\n' && rows.length > 1 && row.tokens.length === 0
      rows.push({ tokens: [], apart: piece.text === ';' || blank || (row.apart && row.tokens.length === 0) })
    } else row.tokens.push(piece)
  }
  return rows.filter(row => row.tokens.some(piece => piece.type !== 'gap'))
}

/** Brackets closed and opened again only for a row break, `\right. \\ \left.`, are one pair over both rows. */
function reopened(tokens: readonly Token[], aside: Aside): readonly Token[] {
  if (!tokens.some(piece => piece.type === 'close' && piece.text === '.')) return tokens
  const closers = new Map<number, number>()
  const open: number[] = []
  tokens.forEach((piece, i) => {
    const change = depthChange(piece.type)
    if (change > 0) open.push(i)
    else if (change < 0) closers.set(open.pop() ?? -1, i)
  })
  const dropped = new Set<number>()
  tokens.forEach((piece, i) => {
    if (piece.type !== 'close' || piece.text !== '.') return
    let next = i + 1
    while (BREAKING.has(tokens[next]?.type ?? 'name')) next++
    const again = tokens[next]
    const breaks = tokens.slice(i, next).some(each => each.type === 'newrow')
    if (!breaks || again?.type !== 'open' || again.text !== '.') return
    const closer = tokens[closers.get(next) ?? -1]
    if (closer === undefined || closer.text === '|') return
    dropped.add(i).add(next)
    for (let k = i + 1; k < next; k++) if (!JOINTS.has(tokens[k]!.type)) dropped.add(k)
  })
  return tokens.filter((piece, i) => {
    if (dropped.has(i)) aside.arranging.push(piece)
    return !dropped.has(i)
  })
}

/**
 * A formula broken over two lines: an operator at the end of one or at the start of the next. In plain text, and
 * behind a comma, a row that begins with an operator and has a relation of its own stands alone.
 */
function joinRows(rows: readonly Row[], dialect: Dialect, aside: Aside): readonly Token[][] {
  const joined: Token[][] = []
  for (const { tokens, apart } of rows) {
    const last = joined[joined.length - 1]
    const end = last === undefined ? undefined : lastSolid(last)
    const row = last === undefined ? tokens : withoutBlank(tokens)
    const first = row[0]
    if (last === undefined || end === undefined || first === undefined) {
      if (first !== undefined) joined.push([...row])
      continue
    }
    const alone = first.text !== '+' && (dialect === 'plain' || end.type === 'comma') && hasRelation(row)
    const begins = JOINTS.has(first.type) && end.type !== 'stop' && !apart && !alone
    if (end.type === 'relation' && first.type === 'relation') {
      while (last.length > 0 && last[last.length - 1] !== end) last.pop()
      aside.arranging.push(last.pop()!)
      joined.push([...row])
    } else if (begins || JOINTS.has(end.type) || end.type === 'relation') {
      if (begins)
        while (last[last.length - 1]!.type === 'gap' || last[last.length - 1]!.type === 'comma') last.pop()
      for (const piece of row) last.push(piece)
    } else joined.push([...row])
  }
  return joined
}

/** A row without the gaps and empty braces in front of its formula: `&\quad {} + x`. */
function withoutBlank(row: readonly Token[]): readonly Token[] {
  let at = 0
  for (;;) {
    if (row[at]?.type === 'gap') at++
    else if (row[at]?.type === 'lbrace' && row[at + 1]?.type === 'rbrace') at += 2
    else return at === 0 ? row : row.slice(at)
  }
}

function lastSolid(row: readonly Token[]): Token | undefined {
  for (let i = row.length - 1; i >= 0; i--) if (row[i]!.type !== 'gap') return row[i]
  return undefined
}

function segmentsOf(row: readonly Token[]): readonly Segment[] {
  const segments: Segment[] = [{ before: 'start', separator: null, wide: false, tokens: [] }]
  let depth = 0
  row.forEach((piece, i) => {
    depth += depthChange(piece.type)
    const current = segments[segments.length - 1]!
    const next = row[i + 1]
    const open = (before: Segment['before']) =>
      segments.push({ before, separator: piece, wide: false, tokens: [] })
    if (depth > 0 || (depth === 0 && depthChange(piece.type) < 0)) current.tokens.push(piece)
    else if (piece.type === 'comma' && piece.text !== '|' && piece.text !== '||') open('comma')
    else if (piece.type === 'stop') {
      if (next === undefined || next.type === 'gap' || next.type === 'text') open('comma')
      else current.tokens.push(piece)
    } else if (piece.type === 'gap') {
      if (current.tokens.length > 0) open('gap')
      else current.wide = true
    } else if (piece.type === 'quantifier') open('quantifier')
    else if (piece.type === 'text' && !isOperand(piece, current.tokens[current.tokens.length - 1], next))
      open('text')
    else current.tokens.push(piece)
  })
  return segments
}

/** Words in the place of a quantity: `\text{new weight} = \text{old weight} - \eta g`. */
function isOperand(words: Token, before: Token | undefined, next: Token | undefined): boolean {
  if (CONNECTING.test(words.text)) return false
  const joined = before !== undefined && (JOINTS.has(before.type) || before.type === 'relation')
  const joins =
    next !== undefined && (JOINTS.has(next.type) || next.type === 'relation' || SCRIPTS.has(next.type))
  return joined || (joins && before === undefined)
}

function statementsOf(segments: readonly Segment[], row: number, aside: Aside): readonly Draft[] {
  const drafts: Draft[] = []
  let current = blank(row)
  const finish = () => {
    if (current.tokens.length > 0) drafts.push(current)
    current = blank(row)
  }
  segments.forEach((segment, i) => {
    const { tokens, before, separator } = segment
    if (before === 'text') {
      const words = separator!.text
      const following = tokens.length > 0
      if (current.tokens.length === 0) current.lead = words
      else if (!following) current.remark = current.remark === null ? words : `${current.remark} ${words}`
      else if (!(/^for\b/.test(words) && isQuantifier(segment, segments[i + 1]))) {
        finish()
        current.lead = words
      }
    }
    if (tokens.length === 0) return
    if (before === 'quantifier' && current.tokens.length === 0) {
      // "For all i" stands before what it is about, behind a colon or a comma.
      const colon = tokens.findIndex(piece => piece.type === 'colon')
      if (colon > 0) {
        current.tail.push(tokens.slice(0, colon))
        aside.arranging.push(tokens[colon]!)
        current.tokens = tokens.slice(colon + 1)
        return
      }
      if (segments[i + 1]?.before === 'comma' && segments[i + 1]!.tokens.length > 0) {
        current.tail.push([...tokens])
        return
      }
    }
    if (current.tokens.length === 0) current.tokens = [...tokens]
    else if (
      before === 'quantifier' ||
      (isQuantifier(segment, segments[i + 1]) && mayRange(current.tokens, segment))
    ) {
      current.tail.push([...tokens])
    } else if (before === 'gap' && continuesAcross(current.tokens, tokens)) current.tokens.push(...tokens)
    else if (before === 'gap' && isEquationNumber(tokens)) aside.numbers.push(tokens)
    else if (
      current.tail.length > 0 &&
      (!hasRelation(tokens) || (before === 'comma' && !hasRelation(current.tail[current.tail.length - 1]!)))
    )
      extend(current.tail[current.tail.length - 1]!, segment)
    else if (before !== 'comma' || startsAnew(current.tokens, segment)) {
      finish()
      current.tokens = [...tokens]
    } else extend(current.tokens, segment)
  })
  finish()
  return drafts.map(draft => continuing(draft))
}

/** `a, b \in S` declares both; behind a relation `k \in S` says for which. */
function mayRange(before: readonly Token[], { tokens }: Segment): boolean {
  return tokens[1]!.text !== 'in' || hasRelation(before)
}

function blank(row: number): Draft {
  return { tokens: [], continues: null, first: null, tail: [], lead: null, remark: null, row }
}

/** Puts a segment back behind its comma. */
function extend(tokens: Token[], segment: Segment): void {
  const { separator } = segment
  tokens.push(
    separator?.type === 'comma' ? separator : token('comma', ',', separator?.span ?? segment.tokens[0]!.span),
  )
  for (const piece of segment.tokens) tokens.push(piece)
}

/** Behind a relation and a comma: another relation, or with a wide gap too a formula that is no name. */
function startsAnew(before: readonly Token[], { tokens, wide }: Segment): boolean {
  if (!hasRelation(before))
    return wide && hasRelation(tokens) && !before.every(piece => NAMING.has(piece.type))
  return hasRelation(tokens) || (wide && !tokens.every(piece => NAMING.has(piece.type)))
}

const NAMING: ReadonlySet<TokenType> = new Set<TokenType>([
  'name',
  'number',
  'dots',
  'under',
  'over',
  'prime',
  'lbrace',
  'rbrace',
  'add',
  'open',
  'close',
  'comma',
  'mark',
])

/** A wide gap in the middle of a formula: an operator or relation stands on one side of it. */
function continuesAcross(left: readonly Token[], right: readonly Token[]): boolean {
  const end = left[left.length - 1]!.type
  const start = right[0]!.type
  return (
    isBinder(left) ||
    JOINTS.has(end) ||
    end === 'relation' ||
    JOINTS.has(start) ||
    start === 'relation' ||
    SCRIPTS.has(start)
  )
}

/** `\min_{w, b}` alone: what stands behind the gap is what it is of. */
function isBinder(tokens: readonly Token[]): boolean {
  if (tokens[0]?.type !== 'function' || tokens[1]?.type !== 'under') return false
  let depth = 0
  return tokens.slice(2).every((piece, i) => {
    depth += depthChange(piece.type)
    return depth > 0 || i === tokens.length - 3
  })
}

/** `(3.1)` behind a gap numbers the equation. */
function isEquationNumber(tokens: readonly Token[]): boolean {
  return (
    tokens.length === 3 && tokens[0]!.text === '(' && tokens[1]!.type === 'number' && tokens[2]!.text === ')'
  )
}

function hasRelation(tokens: readonly Token[]): boolean {
  let depth = 0
  for (const piece of tokens) {
    depth += depthChange(piece.type)
    if (depth === 0 && (piece.type === 'relation' || piece.type === 'colon')) return true
  }
  return false
}

/**
 * An index and what it runs over: `i = 1, \dots, m`, `i = 0, 1`, `k \in S`, `1 \le i \le n`, `i \ne j`. A letter in
 * a number space is a declaration instead.
 */
function isQuantifier({ tokens }: Segment, next: Segment | undefined): boolean {
  const [first, second, third] = tokens
  if (first === undefined || second?.type !== 'relation' || third === undefined) return false
  if (first.type === 'number') return second.text.startsWith('<') && isIndex(third) && tokens.length >= 5
  if (!isIndex(first)) return false
  if (second.text === '!=') return tokens.length === 3
  if (second.text === 'in') {
    const interval = third.text === '[' && !/^[i-nt]$/.test(first.text)
    return !interval && third.font !== 'blackboard' && third.text !== 'R'
  }
  if (second.text !== '=') return second.text.startsWith('<') || second.text.startsWith('>')
  const runsOn = next?.before === 'comma' && next.tokens.length > 0 && !hasRelation(next.tokens)
  let depth = 0
  const dots = tokens.some(piece => {
    depth += depthChange(piece.type)
    return depth === 0 && (piece.type === 'dots' || piece.type === 'colon')
  })
  return dots || (runsOn && tokens.length <= 5)
}

function isIndex(piece: Token): boolean {
  return piece.type === 'name' && /^([a-z]|ell)$/.test(piece.text) && piece.font === null
}

/** Takes the relation off the front of a row that continues the one before. */
function continuing(draft: Draft): Draft {
  draft.first = draft.tokens[0]!
  let skip = 0
  while (draft.tokens[skip]?.type === 'relation' && skip < draft.tokens.length - 1) skip++
  if (skip > 0) {
    draft.continues = draft.tokens[skip - 1]!.text as RelationOperator
    draft.tokens = draft.tokens.slice(skip)
  }
  return draft
}

/** Declarations in one pair of brackets, `[Z \in …, W \in …]`, are statements of their own. */
function unwrapped(draft: Draft, aside: Aside): readonly Draft[] {
  const { tokens } = draft
  const open = tokens[0]!
  if ((open.text !== '[' && open.type !== 'lbrace') || draft.tail.length > 0 || draft.continues !== null)
    return [draft]
  let depth = 0
  for (let i = 0; i < tokens.length - 1; i++) {
    depth += depthChange(tokens[i]!.type)
    if (depth === 0) return [draft]
  }
  const inner = tokens.slice(1, -1)
  if (inner.length === 0) return [draft]
  const segments = segmentsOf(inner)
  const declares = segments.filter(part => part.tokens[1] !== undefined && declaresShape(part.tokens)).length
  if (open.text === '[' && declares < 2) return [draft]
  const drafts = statementsOf(segments, draft.row, aside)
  aside.arranging.push(open, tokens[tokens.length - 1]!)
  if (drafts[0] !== undefined) drafts[0].lead ??= draft.lead
  return drafts
}

function declaresShape(tokens: readonly Token[]): boolean {
  let depth = 0
  for (const piece of tokens) {
    depth += depthChange(piece.type)
    if (depth === 0 && piece.type === 'relation' && piece.text === 'in') return true
  }
  return false
}
