import type { Syntax } from './syntax.js'

/**
 * The nodes directly below, in source order where that is defined. For walks that do not care about roles: searching
 * for a name, checking depth, collecting spans.
 */
export function childrenOf(node: Syntax): readonly Syntax[] {
  switch (node.kind) {
    case 'number':
    case 'name':
    case 'text':
    case 'dots':
    case 'mark':
      return []
    case 'range':
      return present(node.from, node.to)
    case 'scripted':
      return [node.base, ...node.subscripts, ...node.superscripts]
    case 'decorated':
    case 'colored':
    case 'bars':
      return [node.body]
    case 'annotated':
      return present(node.body, node.note)
    case 'signed':
      return [node.operand]
    case 'sum':
      return node.terms.map(term => term.operand)
    case 'product':
      return node.factors
    case 'fraction':
      return [node.numerator, node.denominator]
    case 'root':
      return present(node.degree, node.radicand)
    case 'group':
      return present(node.body)
    case 'adjoined':
      return [node.head, ...node.args]
    case 'applied':
      return [node.head, node.argument]
    case 'big':
      return present(node.lower, node.upper, node.body)
    case 'norm':
      return present(node.body, node.subscript)
    case 'matrix':
      return node.rows.flatMap(row => present(...row))
    case 'cases':
      return node.branches.flatMap(branch => present(branch.value, branch.condition))
    case 'derivative':
      return present(node.order, node.of, ...node.by.flatMap(by => [by.variable, by.order]))
    case 'gradient':
      return present(...node.by, ...node.superscripts, node.operand)
    case 'differential':
      return present(node.order, node.operand)
    case 'evaluated':
      return present(node.body, node.at, node.upper)
    case 'list':
      return node.items
    case 'relation':
      return node.operands
  }
}

function present(...nodes: readonly (Syntax | null)[]): Syntax[] {
  return nodes.filter(node => node !== null)
}
