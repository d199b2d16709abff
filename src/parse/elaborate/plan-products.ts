import { NameError } from '../../base/errors.js'
import { cover } from '../../base/span.js'
import { both, either } from '../../ops/comparison.js'
import { isCircled } from '../multiply.js'
import type { ProductOperator, ProductSyntax, Syntax } from '../syntax.js'
import { makeHadamard, makeQuotient, makeSigned } from './make.js'
import { makeCall } from './make-call.js'
import { makeProduct } from './make-product.js'
import { bare } from './names.js'
import { openProduct } from './plan-calls.js'
import { note, type Session } from './reader.js'
import { type Place, plan, type Step } from './resolve.js'
import type { Join, Term } from './term.js'

type Kind = Join | 'hadamard' | 'over' | 'over-each' | 'and' | 'or'

const KINDS: ReadonlyMap<ProductOperator, Kind> = new Map<ProductOperator, Kind>([
  ['juxtaposed', 'plain'],
  ['times', 'plain'],
  ['cdot', 'dot'],
  ['*', 'star'],
  ['otimes', 'outer'],
  ['odot', 'hadamard'],
  ['circ', 'hadamard'],
  ['.*', 'hadamard'],
  ['/', 'over'],
  ['div', 'over'],
  ['./', 'over-each'],
  ['oslash', 'over-each'],
  ['wedge', 'and'],
  ['vee', 'or'],
])

/** A product as written, from left to right; neighbours joined alike make one product. */
export function planProduct(session: Session, written: ProductSyntax, place: Place): Step {
  const node = session.dialect === 'latex' ? opened(session, written, place) : written
  const [sign, ...rest] = node.factors
  if (sign?.kind === 'mark' && (sign.text === '-' || sign.text === '+') && rest.length > 0) {
    const unsigned: Syntax =
      rest.length === 1 ? rest[0]! : { ...node, factors: rest, operators: node.operators.slice(1) }
    return plan([unsigned], place, ([operand]) =>
      sign.text === '-' ? makeSigned(operand!, node.span) : operand!,
    )
  }
  const kinds = node.operators.map(operator => kindOf(session, operator, node))
  const junction = kinds[0] === 'and' ? both : kinds[0] === 'or' ? either : undefined
  if (junction !== undefined && kinds.every(kind => kind === kinds[0])) {
    if (node.factors.every(isOnlyName)) refuseJunction(node)
    return plan(node.factors, place, conditions => makeCall(session, junction, conditions, node.span))
  }
  return plan(node.factors, place, factors => fold(session, factors, kinds))
}

function isOnlyName(factor: Syntax): boolean {
  const { kind } = bare(factor)
  return kind === 'name' || kind === 'number' || kind === 'scripted'
}

/** Between quantities these signs are other products, or the smaller and the greater of two. */
function refuseJunction(node: ProductSyntax): never {
  throw new NameError('unsupported', `${node.operators[0]} stands between conditions, such as x > 0`, {
    span: node.span,
    hint: 'write \\min(x, y) or \\max(x, y) if that is meant',
  })
}

/** A product without factors that are products of a name and a bracket themselves. */
function opened(session: Session, node: ProductSyntax, place: Place): ProductSyntax {
  // The factors of a loose product are tight ones, which keep together.
  if (node.operators.some(isCircled)) return node
  const pairs = node.factors.map(factor => openProduct(session, factor, place))
  if (pairs.every(pair => pair === undefined)) return node
  const factors: Syntax[] = []
  const operators: ProductOperator[] = []
  node.factors.forEach((factor, i) => {
    if (i > 0) operators.push(node.operators[i - 1]!)
    const pair = pairs[i]
    if (pair === undefined) factors.push(factor)
    else {
      factors.push(...pair)
      operators.push('juxtaposed')
    }
  })
  return { ...node, factors, operators }
}

function kindOf(session: Session, operator: ProductOperator, node: ProductSyntax): Kind {
  const kind = KINDS.get(operator)
  if (kind === undefined) {
    throw new NameError('unsupported', `the sign ${operator} is not supported`, { span: node.span })
  }
  if (operator === 'odot' || operator === 'circ') session.notation.saw('hadamard', `\\${operator}`)
  if (operator === 'otimes') {
    note(
      session,
      'the circled times is the Kronecker product',
      'of two columns too; the outer product is x y^\\top',
      node.span,
    )
  }
  return kind === 'star' && session.dialect === 'plain' ? 'plain' : kind
}

function fold(session: Session, factors: readonly Term[], kinds: readonly Kind[]): Term {
  let run: Term[] = [factors[0]!]
  let joins: Join[] = []
  let each = false
  const flush = (): Term => {
    const span = cover(run[0]!.span, run[run.length - 1]!.span)
    const made =
      run.length === 1
        ? run[0]!
        : each
          ? makeHadamard(session, run, span)
          : makeProduct(session, run, joins, span)
    run = [made]
    joins = []
    each = false
    return made
  }
  kinds.forEach((kind, i) => {
    const next = factors[i + 1]!
    if (kind === 'over' || kind === 'over-each') {
      const above = flush()
      run = [makeQuotient(session, above, next, kind === 'over-each', cover(above.span, next.span))]
    } else if (kind === 'hadamard') {
      if (!each) flush()
      each = true
      run.push(next)
    } else if (kind === 'and' || kind === 'or') {
      const before = flush()
      run = [makeCall(session, kind === 'and' ? both : either, [before, next], cover(before.span, next.span))]
    } else {
      if (each) flush()
      run.push(next)
      joins.push(kind)
    }
  })
  return flush()
}
