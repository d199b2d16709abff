import { bare, nameParts } from '../elaborate/names.js'
import type { Session } from '../elaborate/reader.js'
import { type Place, plan, type Step } from '../elaborate/resolve.js'
import type { ProductOperator, ProductSyntax, Syntax } from '../syntax.js'
import { expectation, isExpectationName, isFunction, splitCall } from './calls.js'
import { type Form, form } from './form.js'

const HEADS: ReadonlyMap<ProductOperator, string> = new Map<ProductOperator, string>([
  ['juxtaposed', '*'],
  ['cdot', '*'],
  ['times', '*'],
  ['*', '*'],
  ['/', '/'],
  ['div', '/'],
  ['.*', 'odot'],
  ['odot', 'odot'],
  ['circ', 'odot'],
  ['./', './'],
  ['oslash', './'],
  ['wedge', 'and'],
  ['vee', 'or'],
])
const ASSOCIATIVE: ReadonlySet<string> = new Set([
  '*',
  'odot',
  'compose',
  'and',
  'or',
  'cup',
  'cap',
  'oplus',
  'otimes',
])

/** A product from left to right; neighbours joined alike make one. */
export function planProduct(session: Session, node: ProductSyntax, place: Place): Step<Form> {
  const expected = expectationAt(node)
  if (expected >= 0) return planExpected(session, node, expected, place)
  const factors: Syntax[] = []
  const operators: ProductOperator[] = []
  node.factors.forEach((factor, i) => {
    if (i > 0) operators.push(node.operators[i - 1]!)
    const pair = splitFactor(session, factor, place)
    if (pair === undefined) factors.push(factor)
    else {
      factors.push(...pair)
      operators.push('juxtaposed')
    }
  })
  const functions = factors.map(factor => {
    const parts = nameParts(factor)
    return parts !== undefined && isFunction(session, parts, place)
  })
  const heads = operators.map((operator, i) =>
    operator === 'circ' && functions[i] && functions[i + 1] ? 'compose' : (HEADS.get(operator) ?? operator),
  )
  const [first, second] = factors
  if (
    first?.kind === 'gradient' &&
    first.operand === null &&
    operators[0] === 'cdot' &&
    factors.length === 2
  ) {
    return plan<Form>([second!], place, ([field]) => form('divergence', field!))
  }
  return plan<Form>(factors, place, parts => fold(parts, heads))
}

function fold(parts: readonly Form[], heads: readonly string[]): Form {
  let made = parts[0]!
  let run: Form[] = [made]
  heads.forEach((head, i) => {
    const next = parts[i + 1]!
    const joins = i > 0 && heads[i - 1] === head && ASSOCIATIVE.has(head)
    run = joins ? [...run, next] : [made, next]
    made = form(head, ...run)
  })
  return made
}

function splitFactor(session: Session, factor: Syntax, place: Place): readonly [Syntax, Syntax] | undefined {
  const scripts = factor.kind === 'scripted' ? factor : undefined
  const base = scripts?.base ?? factor
  const pair = base.kind === 'adjoined' ? splitCall(session, base, place, scripts?.superscripts) : undefined
  if (pair === undefined || scripts === undefined) return pair
  return [pair[0], { ...scripts, base: pair[1] }]
}

/** Where an expectation stands without brackets, before what it is of; -1 where none does. */
function expectationAt({ factors, operators }: ProductSyntax): number {
  return factors.findIndex((factor, i) => {
    const parts = nameParts(factor)
    return parts !== undefined && isExpectationName(parts) && operators[i] === 'juxtaposed'
  })
}

function planExpected(_session: Session, node: ProductSyntax, at: number, place: Place): Step<Form> {
  const rest = node.factors.slice(at + 1)
  const body: Syntax =
    rest.length === 1 ? rest[0]! : { ...node, factors: rest, operators: node.operators.slice(at + 1) }
  const made = expectation(nameParts(bare(node.factors[at]!))!, [body], place)
  if (at === 0) return made
  const before = node.factors.slice(0, at)
  return plan<Form>(before, place, parts => {
    const heads = node.operators.slice(0, at).map(operator => HEADS.get(operator) ?? operator)
    const next = (inner: Step<Form>): Step<Form> =>
      'parts' in inner
        ? { parts: inner.parts, make: all => next(inner.make(all)) }
        : fold([...parts, inner], heads)
    return next(made)
  })
}
