import { make } from '../make.js'
import type { Syntax } from '../syntax.js'

/**
 * Replaces nodes from the outside in: `visit` gives a new node, or undefined to look at the parts. What nothing below
 * changed stays the same node. Brackets inside one another are limited when a text is read, so recursion is safe.
 */
export function mapSyntax(node: Syntax, visit: (node: Syntax) => Syntax | undefined): Syntax {
  const replaced = visit(node)
  if (replaced !== undefined) return replaced
  const one = (child: Syntax) => mapSyntax(child, visit)
  const maybe = (child: Syntax | null) => (child === null ? null : one(child))
  const all = (children: readonly Syntax[]) => children.map(one)
  switch (node.kind) {
    case 'number':
    case 'name':
    case 'text':
    case 'dots':
    case 'mark':
      return node
    case 'range':
      return make({ ...node, from: maybe(node.from), to: maybe(node.to) })
    case 'scripted':
      return make({
        ...node,
        base: one(node.base),
        subscripts: all(node.subscripts),
        superscripts: all(node.superscripts),
      })
    case 'decorated':
    case 'colored':
    case 'bars':
    case 'annotated':
      return make({ ...node, body: one(node.body) })
    case 'signed':
      return make({ ...node, operand: one(node.operand) })
    case 'sum':
      return make({ ...node, terms: node.terms.map(term => ({ ...term, operand: one(term.operand) })) })
    case 'product':
      return make({ ...node, factors: all(node.factors) })
    case 'fraction':
      return make({ ...node, numerator: one(node.numerator), denominator: one(node.denominator) })
    case 'root':
      return make({ ...node, radicand: one(node.radicand), degree: maybe(node.degree) })
    case 'group':
      return make({ ...node, body: maybe(node.body) })
    case 'adjoined':
      return make({ ...node, head: one(node.head), args: all(node.args) })
    case 'applied':
      return make({ ...node, head: one(node.head), argument: one(node.argument) })
    case 'big':
      return make({ ...node, lower: maybe(node.lower), upper: maybe(node.upper), body: maybe(node.body) })
    case 'norm':
      return make({ ...node, body: one(node.body), subscript: maybe(node.subscript) })
    case 'matrix':
      return make({ ...node, rows: node.rows.map(row => row.map(maybe)) })
    case 'cases':
      return make({
        ...node,
        branches: node.branches.map(each => ({
          ...each,
          value: one(each.value),
          condition: maybe(each.condition),
        })),
      })
    case 'derivative':
      return make({
        ...node,
        of: maybe(node.of),
        by: node.by.map(each => ({ ...each, variable: one(each.variable) })),
      })
    case 'gradient':
      return make({ ...node, by: all(node.by), operand: maybe(node.operand) })
    case 'differential':
      return make({ ...node, operand: maybe(node.operand) })
    case 'evaluated':
      return make({ ...node, body: one(node.body), at: maybe(node.at), upper: maybe(node.upper) })
    case 'list':
      return make({ ...node, items: all(node.items) })
    case 'relation':
      return make({ ...node, operands: all(node.operands) })
  }
}
