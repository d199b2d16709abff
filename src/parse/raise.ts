import { ParseError } from '../base/errors.js'
import { cover, type Span } from '../base/span.js'
import { assembleCommand } from './command.js'
import type { Token } from './lexer/token.js'
import type { Dialect } from './lexer/vocabulary.js'
import { braces, make, spanOver } from './make.js'
import { assembleEnvironment, bracketed } from './matrix.js'
import { isToken, type Raw, type RawNode } from './raw.js'
import type { ProductOperator, RelationOperator, Separator, Sign, SumTerm, Syntax } from './syntax.js'
import { type Part, type Script, term } from './term.js'

/** One node of the raw tree on its way: its parts, and what has become of those before `next`. */
interface Frame {
  readonly rule:
    | 'list'
    | 'chain'
    | 'range'
    | 'sum'
    | 'term'
    | 'braced'
    | 'group'
    | 'script'
    | 'command'
    | 'environment'
  /** Tokens that belong to the node itself, such as its brackets. */
  readonly marks: readonly Token[]
  readonly parts: readonly Raw[]
  /** Blank contents stay null. */
  readonly done: (Token | Syntax | Script | null)[]
  next: number
}

/**
 * Makes `Syntax` of a raw tree, bottom up with a stack of its own, in time linear in the tree. Null for blank text.
 * Raises `ParseError` where something the grammar allows has no sense: an empty fraction, a product without a sign in
 * plain text.
 */
export function raise(raw: Raw, dialect: Dialect): Syntax | null {
  if (!isToken(raw) && raw.rule === 'blank') return null
  const frames: Frame[] = [contentFrame(raw)]
  for (;;) {
    const frame = frames[frames.length - 1]!
    const part = frame.parts[frame.next]
    if (part === undefined) {
      frames.pop()
      const made = assemble(frame, dialect)
      const parent = frames[frames.length - 1]
      if (parent === undefined) return made as Syntax
      parent.done.push(made)
      continue
    }
    frame.next++
    if (!isToken(part)) {
      if (part.rule === 'blank') frame.done.push(null)
      else frames.push(frame.rule === 'term' ? frameOf(part) : contentFrame(part))
    } else if (frame.rule === 'term' || isJoint(part)) frame.done.push(part)
    else frame.done.push(term([part], dialect))
  }
}

function isJoint(token: Token): boolean {
  switch (token.type) {
    case 'relation':
    case 'comma':
    case 'range':
    case 'add':
    case 'ampersand':
    case 'newrow':
      return true
    default:
      return false
  }
}

/** An atom alone is a term of one part, so that every operand is read by the same rules. */
function contentFrame(raw: Raw): Frame {
  return !isToken(raw) && ATOM_RULES.has(raw.rule) ? frame('term', [], [raw]) : frameOf(raw)
}

const ATOM_RULES: ReadonlySet<string> = new Set(['braced', 'group', 'command', 'environment'])

function frameOf(raw: Raw): Frame {
  if (isToken(raw)) return frame('term', [], [raw])
  const { rule, parts } = raw
  switch (rule) {
    case 'list':
    case 'chain':
    case 'sum':
      return frame(rule, [], spine(raw, rule))
    case 'range':
      return frame('range', [], parts)
    case 'loose':
    case 'tight':
    case 'run':
    case 'signed':
    case 'signs':
      return frame('term', [], flat(raw))
    case 'braced':
    case 'group':
      return frame(rule, [parts[0] as Token, parts[2] as Token], [parts[1]!])
    case 'script':
      return frame('script', [parts[0] as Token], [contentOf(parts[1]!)])
    case 'command': {
      const [head, ...args] = parts
      return frame('command', [head as Token, ...args.map(closerOf)], args.map(contentOf))
    }
    default:
      return frame('environment', [parts[0] as Token, parts[2] as Token], cells(parts[1]!))
  }
}

function frame(rule: Frame['rule'], marks: readonly Token[], parts: readonly Raw[]): Frame {
  return { rule, marks, parts, done: [], next: 0 }
}

function contentOf(braced: Raw): Raw {
  return (braced as RawNode).parts[1]!
}

function closerOf(braced: Raw): Token {
  return (braced as RawNode).parts[2] as Token
}

/** The elements and joints of a left-leaning list, from left to right. */
function spine(raw: RawNode, rule: RawNode['rule']): Raw[] {
  const backwards: Raw[] = []
  let rest: Raw = raw
  while (!isToken(rest) && rest.rule === rule) {
    for (let i = rest.parts.length - 1; i > 0; i--) backwards.push(rest.parts[i]!)
    rest = rest.parts[0]!
    if (isToken(rest) || rest.rule !== rule) backwards.push(rest)
  }
  return backwards.reverse()
}

const TERM_RULES: ReadonlySet<string> = new Set(['loose', 'tight', 'run', 'signed', 'signs'])

/** Everything between two additive signs as one row: operands, suffixes, joints and signs. */
function flat(raw: RawNode): Raw[] {
  const out: Raw[] = []
  const open: Raw[] = [raw]
  for (;;) {
    const next = open.pop()
    if (next === undefined) return out
    if (isToken(next) || !TERM_RULES.has(next.rule)) out.push(next)
    else for (let i = next.parts.length - 1; i >= 0; i--) open.push(next.parts[i]!)
  }
}

/** Contents of the cells with the ampersands and row breaks between them. */
function cells(rows: Raw): Raw[] {
  const out: Raw[] = []
  for (const row of !isToken(rows) && rows.rule === 'rows' ? spine(rows, 'rows') : [rows]) {
    if (!isToken(row) && row.rule === 'row') out.push(...spine(row, 'row'))
    else out.push(row)
  }
  return out
}

function assemble(frame: Frame, dialect: Dialect): Syntax | Script | null {
  const { done, marks } = frame
  switch (frame.rule) {
    case 'term':
      return term(done as Part[], dialect)
    case 'list':
      return list(done as (Token | Syntax)[])
    case 'chain':
      return chain(done as (Token | Syntax)[])
    case 'sum':
      return sum(done as (Token | Syntax)[])
    case 'range':
      return range(done as (Token | Syntax)[])
    case 'braced':
      return braces(done[0] as Syntax | null, cover(marks[0]!.span, marks[1]!.span))
    case 'group':
      return bracketed(marks[0]!, marks[1]!, done[0] as Syntax | null)
    case 'script': {
      const written = done[0] as Syntax | null
      const body =
        written === null || written.kind !== 'group' || written.brackets.open !== '' ? written : written.body
      const span = body === null ? marks[0]!.span : cover(marks[0]!.span, body.span)
      return { script: marks[0]!.type as 'under' | 'over', text: marks[0]!.text, body, span }
    }
    case 'command':
      return assembleCommand(marks, done as (Syntax | null)[])
    case 'environment':
      return assembleEnvironment(marks[0]!, marks[1]!, done as (Token | Syntax | null)[])
  }
}

function isNode(part: Token | Syntax): part is Syntax {
  return 'kind' in part
}

function split(parts: readonly (Token | Syntax)[]): {
  readonly nodes: readonly Syntax[]
  readonly joints: readonly Token[]
} {
  return { nodes: parts.filter(isNode), joints: parts.filter(part => !isNode(part)) as Token[] }
}

function list(parts: readonly (Token | Syntax)[]): Syntax {
  const { nodes, joints } = split(parts)
  const separators = joints.map(joint => joint.text as Separator)
  return make({ kind: 'list', span: spanOver(nodes), items: nodes, separators })
}

function chain(parts: readonly (Token | Syntax)[]): Syntax {
  if (parts.some(isJunction)) return junctions(parts)
  const { nodes, joints } = split(parts)
  const operators = joints.map(joint => joint.text as RelationOperator)
  const leading = joints.length === nodes.length
  return make({ kind: 'relation', span: spanOver(parts), leading, operands: nodes, operators })
}

function isJunction(part: Token | Syntax): boolean {
  return !isNode(part) && (part.text === '&&' || part.text === '||')
}

/**
 * Comparisons joined by and, or: "and" binds tighter than "or", and both bind weaker than the comparisons; but what
 * stands before the only equals sign is given the whole as its value.
 */
function junctions(parts: readonly (Token | Syntax)[]): Syntax {
  const equals = parts.filter(part => !isNode(part) && /^:?=$/.test(part.text))
  const at = equals.length === 1 ? parts.indexOf(equals[0]!) : -1
  const head = parts.findIndex(isJunction) > at ? at + 1 : 0
  const value = joined(parts.slice(head), '||', 'vee', all => joined(all, '&&', 'wedge', side))
  return head === 0 ? value : chain([...parts.slice(0, head), value])
}

function joined(
  parts: readonly (Token | Syntax)[],
  sign: string,
  operator: ProductOperator,
  inner: (parts: readonly (Token | Syntax)[]) => Syntax,
): Syntax {
  const sides: (Token | Syntax)[][] = [[]]
  for (const part of parts) {
    if (!isNode(part) && part.text === sign) sides.push([])
    else sides[sides.length - 1]!.push(part)
  }
  const factors = sides.map(inner)
  if (factors.length === 1) return factors[0]!
  return make({
    kind: 'product',
    span: spanOver(parts),
    factors,
    operators: factors.slice(1).map(() => operator),
  })
}

function side(parts: readonly (Token | Syntax)[]): Syntax {
  const [only] = parts
  return parts.length === 1 && isNode(only!) ? only : chain(parts)
}

function range(parts: readonly (Token | Syntax)[]): Syntax {
  const at = parts.findIndex(part => !isNode(part))
  const from = at === 0 ? null : (parts[0] as Syntax)
  const to = (parts[at + 1] as Syntax | undefined) ?? null
  return make({ kind: 'range', span: spanOver(parts), from, to })
}

function sum(parts: readonly (Token | Syntax)[]): Syntax {
  const terms: SumTerm[] = []
  let sign: Sign = '+'
  let span: Span | null = null
  for (const part of parts) {
    span = span === null ? part.span : cover(span, part.span)
    if (!isNode(part)) sign = part.text as Sign
    else if (terms.length === 0 && part.kind === 'signed')
      terms.push(Object.freeze({ sign: part.sign, operand: part.operand }))
    else terms.push(Object.freeze({ sign, operand: part }))
  }
  if (span === null) throw new ParseError('syntax', 'expected an expression, found the end')
  return make({ kind: 'sum', span, terms })
}
