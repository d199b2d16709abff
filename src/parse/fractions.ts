import { ParseError } from '../base/errors.js'
import { cover, type Span } from '../base/span.js'
import { bare, make, spanOver } from './make.js'
import type {
  DerivativeSyntax,
  DerivativeVariable,
  DifferentialSign,
  ProductOperator,
  Syntax,
} from './syntax.js'

/** A differential sign taken off the front of an expression, and what is left of it. */
interface Stripped {
  readonly sign: DifferentialSign
  readonly order: Syntax | null
  readonly rest: Syntax | null
}

/**
 * The node of a fraction: a derivative when both parts begin with the same differential sign, or the upper one with ∂
 * alone (a sign forgotten below). An upper part of nothing but the sign makes an operator that waits for its operand.
 */
export function fraction(style: string, upper: Syntax | null, lower: Syntax, span: Span): Syntax {
  if (upper === null) {
    const below = strip(lower)
    if (below !== null) return derivative({ ...below, order: null, rest: null }, variables(lower), span)
    throw new ParseError(
      'missing-argument',
      'expected something above the line of a fraction, found nothing',
      { span },
    )
  }
  const plain = make({ kind: 'fraction', span, numerator: upper, denominator: lower, style })
  if (style.includes('binom')) return plain
  const above = strip(upper)
  if (above === null) return plain
  const below = strip(lower)
  if (below === null) {
    if (above.rest === null || !isLone(lower)) return plain
    if (above.sign !== 'partial' && !(above.sign === 'd' && isLoss(above.rest))) return plain
    const by = [{ variable: lower, order: null, signed: false }]
    return make({
      kind: 'derivative',
      span,
      sign: above.sign,
      order: above.order,
      of: above.rest,
      by,
      form: 'fraction',
    })
  }
  if (below.sign !== above.sign) return plain
  return derivative(above, variables(lower), span)
}

/** A letter that stands for what is made small: a d before it is no factor. */
function isLoss(node: Syntax): boolean {
  const name = bare(node)
  return name.kind === 'name' && /^[CEJL]$/.test(name.base)
}

/** One symbol, which below a ∂ is short of its own; a whole formula there divides a differential. */
function isLone(lower: Syntax): boolean {
  const node = bare(lower)
  return node.kind === 'name' || (node.kind === 'scripted' && bare(node.base).kind === 'name')
}

/** The derivative node of an upper part and the pieces below. */
export function derivative(
  above: Stripped,
  below: readonly (readonly Syntax[])[],
  span: Span,
): DerivativeSyntax {
  const by = apart(above, below).map((factors): DerivativeVariable => {
    if (factors.length === 0) {
      throw new ParseError('derivative-variable', 'expected a variable below the line', {
        span,
        hint: 'write \\frac{\\partial f}{\\partial x}',
      })
    }
    const variable = join(factors)
    return { ...splitOrder(variable, above.order, below.length), signed: true }
  })
  const form = above.rest === null ? 'operator' : 'fraction'
  return make({ kind: 'derivative', span, sign: above.sign, order: above.order, of: above.rest, by, form })
}

/** Of `\partial x_1 x_2` under `\partial^2` each factor is a variable. */
function apart(above: Stripped, below: readonly (readonly Syntax[])[]): readonly (readonly Syntax[])[] {
  const [only] = below
  const order = above.order?.kind === 'number' ? Number(above.order.text) : 0
  if (below.length !== 1 || only === undefined || only.length !== order || order < 2) return below
  return only.map(factor => [factor])
}

function join(factors: readonly Syntax[]): Syntax {
  if (factors.length === 1) return factors[0]!
  const operators = factors.slice(1).map((): ProductOperator => 'juxtaposed')
  return make({ kind: 'product', span: spanOver(factors), factors, operators })
}

/** Of `\partial x^2` under `\partial^2`, the two is an order; otherwise a superscript belongs to the variable. */
function splitOrder(
  variable: Syntax,
  total: Syntax | null,
  count: number,
): { readonly variable: Syntax; readonly order: Syntax | null } {
  if (total === null || variable.kind !== 'scripted' || variable.superscripts.length === 0)
    return { variable, order: null }
  if (total.kind === 'number' && count === Number(total.text)) return { variable, order: null }
  const last = variable.superscripts[variable.superscripts.length - 1]!
  const fits = count === 1 ? sameScript(last, total) : last.kind === 'number'
  if (!fits) return { variable, order: null }
  const superscripts = variable.superscripts.slice(0, -1)
  const alone = superscripts.length === 0 && variable.subscripts.length === 0 && variable.primes === 0
  return { variable: alone ? variable.base : make({ ...variable, superscripts }), order: last }
}

function sameScript(a: Syntax, b: Syntax): boolean {
  if (a.kind === 'number' && b.kind === 'number') return a.text === b.text
  return a.kind === 'name' && b.kind === 'name' && a.base === b.base
}

/** Takes the differential sign off the front; null where there is none. */
function strip(node: Syntax): Stripped | null {
  const inner = bare(node)
  const sign = lone(inner)
  if (sign !== null) return sign
  switch (inner.kind) {
    case 'name':
      return inner.spelling === 'word' && /^d[A-Z]/.test(inner.base)
        ? { sign: 'd', order: null, rest: make({ ...inner, base: inner.base.slice(1) }) }
        : null
    case 'differential':
      return { sign: inner.sign, order: inner.order, rest: inner.operand }
    case 'adjoined': {
      const head = lone(inner.head)
      return head && { ...head, rest: groupOf(inner) }
    }
    case 'product': {
      const [first, ...others] = inner.factors
      const head = first!.kind === 'product' ? null : strip(first!)
      if (head === null || (head.rest === null && inner.operators[0] !== 'juxtaposed')) return null
      if (head.rest === null) return { ...head, rest: productOf(others, inner.operators.slice(1)) }
      return { ...head, rest: productOf([head.rest, ...others], inner.operators) }
    }
    case 'sum': {
      const first = inner.terms[0]!
      const head = first.sign === '+' && first.operand.kind !== 'sum' ? strip(first.operand) : null
      if (head?.rest == null) return null
      return {
        ...head,
        rest: make({ ...inner, terms: [{ sign: '+', operand: head.rest }, ...inner.terms.slice(1)] }),
      }
    }
    default:
      return null
  }
}

/** A bare `d`, `δ` or a sign without operand, possibly raised to an order. */
function lone(node: Syntax): Stripped | null {
  if (node.kind === 'differential' && node.operand === null)
    return { sign: node.sign, order: node.order, rest: null }
  const name =
    node.kind === 'scripted' && node.subscripts.length === 0 && node.primes === 0 ? node.base : node
  if (name.kind !== 'name' || name.marks.length > 0 || (name.font !== null && name.font !== 'roman'))
    return null
  const sign = name.base === 'd' ? 'd' : name.base === 'delta' ? 'delta' : null
  if (sign === null) return null
  return { sign, order: node.kind === 'scripted' ? (node.superscripts[0] ?? null) : null, rest: null }
}

function groupOf(node: Extract<Syntax, { kind: 'adjoined' }>): Syntax {
  const span = node.args.length === 0 ? node.span : spanOver(node.args)
  const body =
    node.args.length === 0
      ? null
      : node.args.length === 1
        ? node.args[0]!
        : make({ kind: 'list', span, items: node.args, separators: node.separators })
  return make({
    kind: 'group',
    span: { from: node.head.span.to, to: node.span.to },
    brackets: node.brackets,
    body,
  })
}

function productOf(factors: readonly Syntax[], operators: readonly ProductOperator[]): Syntax {
  if (factors.length === 1) return factors[0]!
  return make({ kind: 'product', span: spanOver(factors), factors, operators })
}

/** The factors below the line, one list for each differential sign. */
function variables(lower: Syntax): readonly (readonly Syntax[])[] {
  const inner = bare(lower)
  if (inner.kind !== 'product') {
    const rest = strip(inner)?.rest ?? null
    return [rest === null ? [] : [rest]]
  }
  const lists: Syntax[][] = []
  for (const factor of inner.factors) {
    const head = strip(factor)
    if (head === null && lists.length > 0) lists[lists.length - 1]!.push(factor)
    else if (head !== null) lists.push(head.rest === null ? [] : [head.rest])
  }
  return lists
}

/** `\partial f / \partial x` and `\partial / \partial x` in a row of factors, as found at `at`; null elsewhere. */
export function slashed(
  nodes: readonly Syntax[],
  operators: readonly ProductOperator[],
  at: number,
): { readonly node: Syntax; readonly length: number } | null {
  const above = lone(nodes[at]!)
  if (above === null) return null
  const slash =
    operators[at] === '/' ? at + 1 : operators[at] === 'juxtaposed' && operators[at + 1] === '/' ? at + 2 : -1
  if (slash < 0 || operators[slash] !== 'juxtaposed') return null
  if (lone(nodes[slash]!)?.sign !== above.sign) return null
  const below: Syntax[][] = [[nodes[slash + 1]!]]
  let end = slash + 2
  while (
    above.order !== null &&
    operators[end - 1] === 'juxtaposed' &&
    operators[end] === 'juxtaposed' &&
    lone(nodes[end]!)?.sign === above.sign
  ) {
    below.push([nodes[end + 1]!])
    end += 2
  }
  const rest = slash === at + 1 ? null : nodes[at + 1]!
  const span = cover(nodes[at]!.span, nodes[end - 1]!.span)
  return { node: derivative({ ...above, rest }, below, span), length: end - at }
}
