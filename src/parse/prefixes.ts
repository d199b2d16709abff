import { cover } from '../base/span.js'
import { bare, make } from './make.js'
import { combine, type Element, isCircled } from './multiply.js'
import type { GradientSyntax, Syntax } from './syntax.js'

/**
 * Gives every operator that stands before its operand what it governs, from right to left, so that inner ones are
 * complete when outer ones take them:
 *
 * - ∑, ∏, ∫, lim: the whole rest of the term;
 * - a function word: the following factors up to a sign, an explicit operator or another function; directly before
 *   another function or ∑, only that; `\max_x` and its like, as ∑;
 * - a derivative without an upper part: the rest of the term up to a circled product or another derivative;
 * - ∇: the next factor; more only as far as its own variable reaches (`\nabla_x x^\top A x`);
 * - a differential sign: the next factor.
 */
export function applyPrefixes(elements: readonly Element[]): readonly Element[] {
  if (!elements.some(element => waits(element.node))) return elements
  // The rest of the term, leftmost last.
  const rest: Element[] = []
  for (let i = elements.length - 1; i >= 0; i--) {
    const element = elements[i]!
    const next = rest[rest.length - 1]
    const governs = next !== undefined && next.operator === 'juxtaposed' && next.node.kind !== 'text'
    rest.push(governs && waits(element.node) ? { ...element, node: apply(element.node, rest) } : element)
  }
  return rest.reverse()
}

function waits(node: Syntax): boolean {
  switch (node.kind) {
    case 'name':
      return node.isFunction
    case 'scripted':
      return node.base.kind === 'name' && node.base.isFunction
    case 'big':
      return node.body === null
    case 'gradient':
    case 'differential':
      return node.operand === null
    case 'derivative':
      return node.of === null
    default:
      return false
  }
}

/** True for what a function word or operator heads: it ends the argument of a function before it. */
function isHeaded(node: Syntax): boolean {
  switch (node.kind) {
    case 'applied':
    case 'big':
    case 'gradient':
    case 'derivative':
    case 'differential':
      return true
    case 'adjoined':
      return waits(node.head)
    case 'scripted':
      return waits(node) || isHeadedCall(node.base) || node.base.kind === 'gradient'
    default:
      return waits(node)
  }
}

function isHeadedCall(node: Syntax): boolean {
  return node.kind === 'adjoined' && waits(node.head)
}

function apply(node: Syntax, rest: Element[]): Syntax {
  switch (node.kind) {
    case 'big': {
      const body = take(rest, rest.length)
      return make({ ...node, span: cover(node.span, body.span), body })
    }
    case 'gradient': {
      const count = reach(node, rest)
      const operand = take(rest, count)
      const span = cover(node.span, operand.span)
      const turned = count === 1 && node.symbol === 'nabla' ? untransposed(operand) : undefined
      if (turned === undefined) return make({ ...node, span, operand })
      const base = make({ ...node, span, operand: turned.rest })
      const scripts = { subscripts: [], superscripts: [turned.script], primes: 0, entrywise: false }
      return make({ kind: 'scripted', span, base, ...scripts })
    }
    case 'differential': {
      const operand = take(rest, 1)
      return make({ ...node, span: cover(node.span, operand.span), operand })
    }
    case 'derivative': {
      const of = take(rest, extent(rest))
      return make({ ...node, span: cover(node.span, of.span), of })
    }
    default: {
      const argument = take(rest, isExtremum(node) ? rest.length : argumentLength(rest))
      return make({ kind: 'applied', span: cover(node.span, argument.span), head: node, argument })
    }
  }
}

/** `\max_x`, `\operatorname{argmin}_W`: what is below binds a variable, so the scope is that of a sum. */
export function isExtremum(node: Syntax): boolean {
  if (node.kind !== 'scripted' || node.subscripts.length === 0 || node.base.kind !== 'name') return false
  return /^(arg)?(max|min)(imi[sz]e)?$|^sup$|^inf$/.test(node.base.base)
}

/** Takes factors off the left end of the rest and multiplies them out. */
function take(rest: Element[], count: number): Syntax {
  const taken = rest.splice(rest.length - count).reverse()
  return combine(taken)
}

function argumentLength(rest: readonly Element[]): number {
  let count = 1
  if (isHeaded(at(rest, 0).node)) return 1
  while (count < rest.length) {
    const { operator, node } = at(rest, count)
    if (operator !== 'juxtaposed' || isHeaded(node) || node.kind === 'text') break
    if (isBracket(node) && isCall(at(rest, count - 1).node)) break
    count++
  }
  return count
}

/** Behind a call a bracket is a factor of its own. */
function isCall(node: Syntax): boolean {
  const base = node.kind === 'scripted' ? node.base : node
  return base.kind === 'adjoined' && base.args.length > 1
}

function extent(rest: readonly Element[]): number {
  const first = at(rest, 0).node
  if (first.kind === 'derivative' || isBracket(first)) return 1
  let count = 1
  while (count < rest.length) {
    const { operator, node } = at(rest, count)
    if (isCircled(operator) || ENDS_OPERATOR.has(node.kind)) break
    count++
  }
  return count
}

const ENDS_OPERATOR: ReadonlySet<Syntax['kind']> = new Set(['derivative', 'gradient', 'differential', 'text'])

/** A bracket, raised to a power or not: what stands in it is all that an operator before it is for. */
function isBracket(node: Syntax): boolean {
  const base = node.kind === 'scripted' ? node.base : node
  return base.kind === 'group' && base.brackets.open !== ''
}

function reach(gradient: GradientSyntax, rest: readonly Element[]): number {
  const first = at(rest, 0).node
  const next = rest.length > 1 ? at(rest, 1) : undefined
  const row = isTransposed(first) && next?.operator === 'juxtaposed' && !isHeaded(next.node)
  const number = first.kind === 'number' || first.kind === 'fraction' || row
  if (!number && nameOf(first) === null) return 1
  const variables = new Set(gradient.by.map(nameOf))
  let farthest = 1
  for (let count = 1; count <= rest.length; count++) {
    const { operator, node } = at(rest, count - 1)
    if (count > 1 && (operator !== 'juxtaposed' || node.kind === 'text')) break
    const name = nameOf(node)
    if (number || (name !== null && variables.has(name))) farthest = count
    if (isHeaded(node)) break
  }
  return farthest
}

/** `\nabla f(x)^\top` is the gradient, transposed: what it is of is a number. */
function untransposed(node: Syntax): { readonly rest: Syntax; readonly script: Syntax } | undefined {
  if (node.kind === 'applied') {
    const inner = untransposed(node.argument)
    return inner && { ...inner, rest: make({ ...node, argument: inner.rest }) }
  }
  if (!isTransposed(node) || node.kind !== 'scripted') return undefined
  const superscripts = node.superscripts.slice(0, -1)
  const script = node.superscripts[node.superscripts.length - 1]!
  const alone = superscripts.length === 0 && node.subscripts.length === 0 && node.primes === 0
  return { script, rest: alone ? node.base : make({ ...node, superscripts }) }
}

/** A row by itself has no gradient: `\nabla x^\top A x` is that of the whole form. */
function isTransposed(node: Syntax): boolean {
  const script = node.kind === 'scripted' ? node.superscripts[node.superscripts.length - 1] : undefined
  if (script === undefined) return false
  const sign = bare(script)
  const text = sign.kind === 'mark' ? sign.text : sign.kind === 'name' ? sign.base : ''
  return /^(?:T|top|intercal)$/.test(text)
}

function at(rest: readonly Element[], index: number): Element {
  return rest[rest.length - 1 - index]!
}

/** The identity of a name apart from its scripts. */
function nameOf(node: Syntax): string | null {
  const base = node.kind === 'scripted' ? node.base : node
  return base.kind === 'name' ? `${base.font ?? ''} ${base.marks.join()} ${base.base}` : null
}
