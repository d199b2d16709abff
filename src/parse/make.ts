import { cover, type Span } from '../base/span.js'
import type { Token } from './lexer/token.js'
import type { GroupSyntax, NameSyntax, Separator, Syntax } from './syntax.js'

/** Freezes a new node and what it lists. */
export function make<Node extends Syntax>(node: Node): Node {
  for (const value of Object.values(node)) if (Array.isArray(value)) Object.freeze(value)
  return Object.freeze(node)
}

/** The smallest span over all of the nodes, which must be at least one. */
export function spanOver(nodes: readonly { readonly span: Span }[]): Span {
  let span = nodes[0]!.span
  for (let i = 1; i < nodes.length; i++) span = cover(span, nodes[i]!.span)
  return span
}

/** The node of a single operand token; those that wait for an operand have none yet. */
export function leaf(token: Token): Syntax {
  const { span, text } = token
  switch (token.type) {
    case 'number':
      if (token.font === 'bold' || token.font === 'blackboard') return nameOf(token, false)
      return make({ kind: 'number', span, text })
    case 'function':
      return nameOf(token, true)
    case 'big':
      return make({ kind: 'big', span, operator: text as 'sum', lower: null, upper: null, body: null })
    case 'nabla':
      return make({ kind: 'gradient', span, symbol: 'nabla', by: [], superscripts: [], operand: null })
    case 'differential':
      return make({ kind: 'differential', span, sign: text as 'partial', order: null, operand: null })
    case 'text':
      return make({ kind: 'text', span, text })
    case 'dots':
      return make({ kind: 'dots', span, text })
    case 'mark':
      return make({ kind: 'mark', span, text })
    default:
      return nameOf(token, false)
  }
}

function nameOf(token: Token, isFunction: boolean): NameSyntax {
  const { span, text, spelling, font } = token
  return make({ kind: 'name', span, base: text, spelling, font, marks: [], isFunction })
}

/** TeX braces around more than an atom; around an atom they mean nothing. */
export function braces(body: Syntax | null, span: Span): Syntax {
  if (body !== null && !LOOSE.has(body.kind)) return body
  return make({ kind: 'group', span, brackets: { open: '', close: '' }, body })
}

const LOOSE: ReadonlySet<Syntax['kind']> = new Set([
  'signed',
  'sum',
  'product',
  'applied',
  'list',
  'relation',
  'range',
  'differential',
] as const)

/** The items between the brackets of a group and what separates them. */
export function itemsOf(group: GroupSyntax): {
  readonly items: readonly Syntax[]
  readonly separators: readonly Separator[]
} {
  if (group.body === null) return { items: [], separators: [] }
  if (group.body.kind === 'list') return group.body
  return { items: [group.body], separators: [] }
}

/** Looks through braces that only group and through colours. */
export function bare(node: Syntax): Syntax {
  let inner = node
  for (;;) {
    if (inner.kind === 'colored') inner = inner.body
    else if (inner.kind === 'group' && inner.brackets.open === '' && inner.body !== null) inner = inner.body
    else return inner
  }
}
