import { ParseError } from '../base/errors.js'
import { cover } from '../base/span.js'
import type { Token } from './lexer/token.js'
import { bare, itemsOf, make } from './make.js'
import type { CaseBranch, GroupSyntax, Syntax } from './syntax.js'

/** The node of a pair of visible brackets: a group, bars, a norm, or the matrix inside them. */
export function bracketed(open: Token, close: Token, body: Syntax | null): Syntax {
  const span = cover(open.span, close.span)
  const brackets = { open: open.text, close: close.text }
  if (open.text === '.' && close.text === '|' && body !== null) {
    return make({ kind: 'evaluated', span, body, at: null, upper: null })
  }
  const inner = body === null ? null : bare(body)
  if (inner?.kind === 'matrix' && inner.brackets.open === '' && open.text !== '.') {
    return make({ ...inner, span, brackets })
  }
  if (open.text === '|' || open.text === '||') {
    if (body === null) {
      throw new ParseError('syntax', 'expected an expression between the bars', { span })
    }
    if (open.text === '||') return make({ kind: 'norm', span, body, subscript: null })
    if (body.kind === 'bars' && isDoubled(open, body))
      return make({ kind: 'norm', span, body: body.body, subscript: null })
    return make({ kind: 'bars', span, body })
  }
  return make({ kind: 'group', span, brackets, body })
}

/** The lengths of a bar and of its commands, which stand outside the span of a `\left`. */
const BAR_LENGTHS: ReadonlySet<number> = new Set(['|', '\\vert', '\\lvert'].map(bar => bar.length))

/** Whether the bars inside begin right behind the opening bar: what a space sets apart is a pair of its own. */
function isDoubled(open: Token, inner: Syntax): boolean {
  const gap = inner.span.from - open.span.to
  const sized = open.span.to - open.span.from === '\\left'.length
  return gap === 0 || (sized && BAR_LENGTHS.has(gap))
}

/** Plain `[a, b; c, d]`: rows end at semicolons. */
export function matrixOf(group: GroupSyntax): Syntax {
  const { items, separators } = itemsOf(group)
  const rows: Syntax[][] = [[]]
  items.forEach((item, i) => {
    rows[rows.length - 1]!.push(item)
    if (separators[i] === ';') rows.push([])
  })
  return make({
    kind: 'matrix',
    span: group.span,
    brackets: group.brackets,
    rows: rows.map(row => Object.freeze(row)),
  })
}

/** The node of an environment from its cells and the marks between them. */
export function assembleEnvironment(
  begin: Token,
  end: Token,
  parts: readonly (Token | Syntax | null)[],
): Syntax {
  const span = cover(begin.span, end.span)
  const rows: (Syntax | null)[][] = [[]]
  for (const part of parts) {
    if (part !== null && 'type' in part) {
      if (part.type === 'newrow') rows.push([])
    } else rows[rows.length - 1]!.push(part)
  }
  const full = rows.filter(
    (row, i) => row.some(cell => cell !== null) || (i < rows.length - 1 && row.length > 1),
  )
  if (begin.text === 'cases') {
    const branches = full.map(row => branch(row, begin))
    if (branches.length === 0) throw new ParseError('syntax', 'expected a case, found nothing', { span })
    return make({ kind: 'cases', span, branches })
  }
  const [open = '', close = ''] = begin.text.split(' ')
  return make({ kind: 'matrix', span, brackets: { open, close }, rows: full.map(row => Object.freeze(row)) })
}

function branch(row: readonly (Syntax | null)[], begin: Token): CaseBranch {
  const [value, ...others] = row
  if (value === null || value === undefined) {
    throw new ParseError('syntax', 'expected a value at the start of a case', {
      span: others.find(cell => cell != null)?.span ?? begin.span,
      hint: 'write value & condition \\\\',
    })
  }
  const condition = others.find(cell => cell !== null) ?? null
  if (condition === null && value.kind === 'list' && value.items.length === 2) {
    return Object.freeze({ value: value.items[0]!, condition: value.items[1]!, otherwise: false })
  }
  const equation = condition === null ? undefined : continued(value, condition)
  if (equation !== undefined) return Object.freeze({ value: equation, condition: null, otherwise: false })
  const otherwise = condition?.kind === 'text' && condition.text === 'otherwise'
  return Object.freeze({ value, condition: otherwise ? null : condition, otherwise })
}

/** `h & = g(x)`: a system of equations, of which the second cell begins with the relation. */
function continued(value: Syntax, rest: Syntax): Syntax | undefined {
  const [first, ...others] = rest.kind === 'list' ? rest.items : [rest]
  if (first?.kind !== 'relation' || !first.leading) return undefined
  const equation = make({
    ...first,
    span: cover(value.span, first.span),
    leading: false,
    operands: [value, ...first.operands],
  })
  if (rest.kind !== 'list') return equation
  return make({ ...rest, span: cover(value.span, rest.span), items: [equation, ...others] })
}
