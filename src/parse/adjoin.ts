import { cover } from '../base/span.js'
import type { Dialect } from './lexer/vocabulary.js'
import { bare, itemsOf, make } from './make.js'
import type { AdjoinedSyntax, GroupSyntax, Syntax } from './syntax.js'

/**
 * Whether a bracket right behind an operand may be its argument: behind names always, whatever they turn out to be;
 * behind an index another index; behind a derivative only what cannot be a factor. In plain text names
 * and derivatives may be called and anything may be indexed.
 */
export function isCallable(head: Syntax, group: GroupSyntax, dialect: Dialect): boolean {
  const { open } = group.brackets
  if (open !== '(' && open !== '[' && open !== '{') return false
  const base = bare(head)
  if (dialect === 'plain') {
    const derivative = base.kind === 'derivative' && base.of !== null
    return open === '[' || base.kind === 'name' || derivative
  }
  switch (base.kind) {
    case 'name':
    case 'decorated':
      return true
    case 'scripted':
      return base.base.kind === 'name'
    case 'number':
      return base.text === '1' && open === '{'
    case 'adjoined':
      return open === '[' ? base.brackets.open === '[' : open === '(' && isOperator(base)
    case 'derivative':
      return base.of !== null && isPoint(group.body)
    default:
      return false
  }
}

/** `H(f)(x)`: what is made of a function is called again. */
function isOperator({ brackets, args }: AdjoinedSyntax): boolean {
  const [only] = args
  return brackets.open === '(' && args.length === 1 && only?.kind === 'name' && /^[fgh]$/.test(only.base)
}

function isPoint(body: Syntax | null): boolean {
  if (body === null) return true
  if (body.kind === 'list') return body.items.every(isPoint)
  return (
    body.kind === 'name' || (body.kind === 'scripted' && body.base.kind === 'name') || body.kind === 'number'
  )
}

export function adjoin(head: Syntax, group: GroupSyntax): AdjoinedSyntax {
  const { items, separators } = itemsOf(group)
  return make({
    kind: 'adjoined',
    span: cover(head.span, group.span),
    head,
    brackets: group.brackets,
    args: items,
    separators,
  })
}
