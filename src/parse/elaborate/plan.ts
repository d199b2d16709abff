import { NameError, ParseError } from '../../base/errors.js'
import { rational } from '../../base/rational.js'
import type { Span } from '../../base/span.js'
import { determinant, logDeterminant } from '../../ops/matrix.js'
import { norm1, norm2, pNorm } from '../../ops/norms.js'
import { exponential, squareRoot } from '../../ops/powers.js'
import { absoluteValue } from '../../ops/signs.js'
import { greatestNorm } from '../../ops/statistics.js'
import type {
  AppliedSyntax,
  GroupSyntax,
  MatrixSyntax,
  NormSyntax,
  ScriptedSyntax,
  Syntax,
} from '../syntax.js'
import { makeInner, makeNumber, makePower, makeQuotient, makeSigned, makeSum, makeTranspose } from './make.js'
import { makeCall } from './make-call.js'
import { makeBlocks } from './make-entry.js'
import { makeProduct } from './make-product.js'
import { bare, items, type NameParts, nameParts, scriptText } from './names.js'
import { planBig } from './plan-big.js'
import { isProduct, planAdjoined, planApplied, planProductWithGroup } from './plan-calls.js'
import {
  planCases,
  planCondition,
  planDerivative,
  planDifferential,
  planGradient,
  planPrimedGroup,
  unsupported,
} from './plan-choices.js'
import { conditionBelow, planPositivePart } from './plan-indicators.js'
import { findName, planName, planNumber } from './plan-names.js'
import { planProduct } from './plan-products.js'
import { planSelection } from './plan-selection.js'
import { act } from './plan-words.js'
import { lookup, note, type Session } from './reader.js'
import { carryOut, followedBy, type Place, plan, type Step } from './resolve.js'
import { readSuperscripts } from './scripts.js'
import { widenSums } from './sum-scope.js'
import type { Term } from './term.js'

/** The term of a formula. Raises `NameError`, `ShapeError` and `ParseError` with the place. */
export function readTerm(session: Session, node: Syntax, place: Place): Term {
  return carryOut(session, planNode, planNode(session, node, place))
}

/** What has to be done to read one node, without going below it. */
function planNode(session: Session, node: Syntax, place: Place): Step {
  switch (node.kind) {
    case 'number':
      return planNumber(session, node.text, node.span)
    case 'name':
    case 'decorated':
    case 'text':
      return planNameLike(session, node, place)
    case 'scripted':
      return planScripted(session, node, place)
    case 'colored':
    case 'annotated':
      return plan([node.body], place, ([body]) => body!)
    case 'signed':
      if (node.sign !== '+' && node.sign !== '-') return unsupported(`the sign ${node.sign}`, node.span)
      return plan([node.operand], place, ([operand]) =>
        node.sign === '-' ? makeSigned(operand!, node.span) : operand!,
      )
    case 'sum': {
      const widened = session.exact ? undefined : widenSums(node, letter => isLoose(session, letter, place))
      if (widened !== undefined) {
        const [letter] = widened.letters
        const why = `${letter} is used there and has no meaning outside the sum`
        note(session, `the sum over ${letter} also adds up the terms behind it`, why, node.span)
        return planNode(session, widened.node, place)
      }
      return plan(
        node.terms.map(term => term.operand),
        place,
        terms => {
          const signs = node.terms.map(({ sign }) =>
            sign === '+' || sign === '-' ? sign : unsupported(`the sign ${sign}`, node.span),
          )
          return makeSum(session, terms, signs, node.span)
        },
      )
    }
    case 'product':
      return planProduct(session, node, place)
    case 'fraction':
      if (node.style === 'binom') return unsupported('a binomial coefficient', node.span)
      return plan([node.numerator, node.denominator], place, ([above, below]) =>
        makeQuotient(session, above!, below!, false, node.span),
      )
    case 'root':
      return plan(
        node.degree === null ? [node.radicand] : [node.radicand, node.degree],
        place,
        ([of, degree]) => {
          if (degree === undefined) return makeCall(session, squareRoot, [of!], node.span)
          const one = makeNumber(session, rational(1), node.span)
          return makePower(
            session,
            of!,
            makeQuotient(session, one, degree, false, node.span),
            true,
            node.span,
          )
        },
      )
    case 'group':
      return planGroup(session, node, place)
    case 'adjoined':
      return nameParts(node) === undefined
        ? planAdjoined(session, node, place)
        : planNameLike(session, node, place)
    case 'applied':
      return planFunctionWord(session, node, place)
    case 'big':
      return planBig(session, node, place)
    case 'bars':
      return plan([node.body], place, ([body]) => planBars(session, body!, node.span))
    case 'norm':
      return planNorm(session, node, place)
    case 'matrix':
      return planMatrix(session, node, place)
    case 'cases':
      return planCases(session, node, place)
    case 'derivative':
      return planDerivative(session, node, place)
    case 'gradient':
      return planGradient(session, node, place)
    case 'relation':
      return planCondition(session, node, place)
    case 'evaluated':
      return unsupported('the value of an expression at a point', node.span)
    case 'differential':
      return planDifferential(session, node, place)
    case 'dots':
      return unsupported('an ellipsis', node.span)
    case 'list':
    case 'range':
    case 'mark':
      throw new ParseError('not-a-value', 'this is not a value', {
        span: node.span,
        hint: 'a formula is expected here',
      })
  }
}

/** Whether a letter is neither a quantity nor a running index here. */
function isLoose(session: Session, letter: string, place: Place): boolean {
  return (
    lookup(session, place, letter) === undefined &&
    !place.indices.has(letter) &&
    !session.dimensions.has(letter)
  )
}

// --------------------------------------------------------------------------------------------- names and scripts

function planNameLike(session: Session, node: Syntax, place: Place): Step {
  const condition = conditionBelow(node)
  if (condition !== undefined) return plan([condition], place, ([indicator]) => indicator!)
  const parts = nameParts(node)
  if (parts === undefined) return unsupported('this decoration', node.span)
  const { labels, actions } = readSuperscripts(session, parts.superscripts, parts, parts.entrywise, place)
  const plain = session.dialect === 'plain'
  const [first, ...rest] = actions
  const euler =
    (parts.base === 'e' || parts.base === 'rm{e}') &&
    parts.subscripts.length === 0 &&
    lookup(session, place, 'e') === undefined
  if (euler && first?.kind === 'power' && labels.length === 0) {
    session.notation.saw('exponential', 'power')
    return plan([first.exponent], place, ([exponent]) =>
      act(session, makeCall(session, exponential, [exponent!], node.span), rest, false, place, node.span),
    )
  }
  const turned = plain || isTurned(session, parts, labels, place)
  const base = planName(session, parts, labels, turned ? 0 : parts.primes, place)
  const after = (value: Term): Step => {
    const acted = act(session, value, actions, false, place, node.span)
    return turned ? primed(session, acted, parts.primes, node.span) : acted
  }
  return followedBy(base, after)
}

/** `x' A x` where x is a given array, and nobody gave an x': the prime transposes, as statisticians write. */
function isTurned(session: Session, parts: NameParts, labels: readonly Syntax[], place: Place): boolean {
  if (session.given !== true || parts.primes !== 1) return false
  if (findName(session, parts, labels, parts.primes, place) !== undefined) return false
  const entry = findName(session, parts, labels, 0, place)?.entry
  const turned = entry?.kind === 'symbol' && entry.declared && session.solver.isArray(entry.sides)
  if (turned)
    note(session, `${entry.name}' is the transpose of ${entry.name}`, 'no such quantity is given', parts.span)
  return turned
}

/** In plain text one prime transposes. */
function primed(session: Session, step: Step, primes: number, span: Span): Step {
  if (primes === 0) return step
  return followedBy(step, term => {
    let made = term
    for (let i = 0; i < primes; i++) made = makeTranspose(session, made, span)
    return made
  })
}

function planScripted(session: Session, node: ScriptedSyntax, place: Place): Step {
  const parts = nameParts(node)
  if (parts !== undefined) return planNameLike(session, node, place)
  const base = bare(node.base)
  if (base.kind === 'adjoined' && isProduct(session, base, place, node.superscripts)) {
    return planProductWithGroup(session, base, place, node)
  }
  if (base.kind === 'group' && base.body === null) return unsupported('a script without a base', node.span)
  const { actions } = readSuperscripts(session, node.superscripts, null, node.entrywise, place)
  if (session.dialect === 'latex' && node.primes > 0) return planPrimedGroup(session, node, place)
  const positive = planPositivePart(session, node, place) ?? planConditionBelow(node, place)
  if (positive !== undefined)
    return followedBy(positive, value => act(session, value, actions, true, place, node.span))
  const below = items(node.subscripts)
  if (base.kind === 'number' && below.length > 0) return unsupported('a number with a subscript', node.span)
  if (base.kind === 'bars' && below.length > 0) {
    const norm: Syntax = { kind: 'norm', span: node.span, body: base.body, subscript: node.subscripts[0]! }
    return plan([norm], place, ([value]) => act(session, value!, actions, false, place, node.span))
  }
  return plan([node.base], place, ([value]) =>
    followedBy(planEntry(session, value!, below, place, node.span), selected => {
      const acted = act(session, selected, actions, false, place, node.span)
      return primed(session, acted, session.dialect === 'plain' ? node.primes : 0, node.span)
    }),
  )
}

function planConditionBelow(node: ScriptedSyntax, place: Place): Step | undefined {
  const condition = conditionBelow({ ...node, superscripts: [] })
  return condition && plan([condition], place, ([indicator]) => indicator!)
}

/** `(W_1)_{ij}`: an entry, a row or a column of a value. */
function planEntry(session: Session, value: Term, below: readonly Syntax[], place: Place, span: Span): Step {
  if (below.length === 0) return value
  const selectors = below.flatMap(script => {
    const node = bare(script)
    return node.kind === 'product' && node.operators.every(operator => operator === 'juxtaposed')
      ? node.factors
      : [node]
  })
  return planSelection(session, value, selectors, false, place, span)
}

// ------------------------------------------------------------------------------------------------------ brackets

function planGroup(session: Session, node: GroupSyntax, place: Place): Step {
  const { brackets, body } = node
  if (body === null) return unsupported('an empty bracket', node.span)
  if (brackets.open === 'langle') {
    const inside = bare(body)
    if (inside.kind !== 'list' || inside.items.length !== 2) return unsupported('this bracket', node.span)
    return plan(inside.items, place, ([left, right]) => makeInner(session, left!, right!, node.span))
  }
  if (/^(?:lfloor|lceil)$/.test(brackets.open)) return unsupported('rounding', node.span)
  const inside = bare(body)
  if (brackets.open === '[' && (inside.kind === 'list' || session.dialect === 'plain')) {
    return planMatrix(session, { ...node, kind: 'matrix', rows: rowsOf(inside) }, place)
  }
  return plan([body], place, ([value]) => ({ ...value!, span: node.span }))
}

/** The rows of `[a, b; c, d]`. */
export function rowsOf(body: Syntax): readonly (readonly Syntax[])[] {
  if (body.kind !== 'list') return [[body]]
  const rows: Syntax[][] = [[]]
  body.items.forEach((item, i) => {
    rows[rows.length - 1]!.push(item)
    if (body.separators[i] === ';') rows.push([])
  })
  return rows
}

function planBars(session: Session, body: Term, span: Span): Term {
  const { solver } = session
  const { rows, columns } = body.sides
  const matrix = solver.isLong(rows) && solver.isLong(columns)
  return makeCall(session, matrix ? determinant : absoluteValue, [body], span)
}

function planNorm(session: Session, node: NormSyntax, place: Place): Step {
  const sub = node.subscript === null ? '2' : scriptText(node.subscript)
  const op = sub === '2' || sub === 'F' || sub === 'rm{F}' ? norm2 : sub === '1' ? norm1 : undefined
  if (op === undefined) return planOtherNorm(session, node, sub, place)
  return plan([node.body], place, ([body]) => {
    const { solver } = session
    const { rows, columns } = body!.sides
    if (node.subscript !== null && sub === '2' && solver.isLong(rows) && solver.isLong(columns)) {
      note(
        session,
        'the norm of a matrix is the Frobenius norm',
        'the spectral norm is not offered',
        node.span,
      )
    }
    return makeCall(session, op, [body!], node.span)
  })
}

/** `\|x\|_\infty`, `\|x\|_3`, `\|x\|_p` with a number p, and `\|x\|_A` with a matrix. */
function planOtherNorm(session: Session, node: NormSyntax, sub: string | undefined, place: Place): Step {
  const { subscript, body, span } = node
  if (sub === 'infty' || sub === 'max') {
    return plan([body], place, ([value]) => makeCall(session, greatestNorm, [value!], span))
  }
  const inner = subscript === null ? undefined : bare(subscript)
  if (
    inner?.kind !== 'number' &&
    (inner?.kind !== 'name' || lookup(session, place, sub ?? '') === undefined)
  ) {
    throw new NameError('unsupported', `the norm with subscript ${sub ?? 'this'} is not supported`, {
      span,
      hint: 'offered are \\|x\\|_1, \\|x\\|_2, \\|x\\|_p, \\|x\\|_\\infty of vectors, and \\|X\\|_F of matrices',
    })
  }
  return plan([body, inner], place, ([value, below]) => {
    if (!session.solver.isArray(below!.sides)) return makeCall(session, pNorm, [value!, below!], span)
    note(
      session,
      'the norm with a matrix below is the root of x^\\top A x',
      'the subscript is a matrix',
      span,
    )
    const product = makeProduct(session, [below!, value!], ['plain'], span)
    return makeCall(session, squareRoot, [makeInner(session, value!, product, span)], span)
  })
}

function planMatrix(session: Session, node: MatrixSyntax, place: Place): Step {
  const width = Math.max(...node.rows.map(row => row.length))
  const cells: Syntax[] = []
  for (const row of node.rows) {
    if (row.length !== width) {
      throw new ParseError('ragged', `this matrix has rows of ${width} and of ${row.length} entries`, {
        span: node.span,
      })
    }
    for (const cell of row) {
      if (cell === null) {
        throw new ParseError('missing-entry', 'an entry of this matrix is missing', {
          span: node.span,
          hint: 'write 0 where it is zero',
        })
      }
      cells.push(cell)
    }
  }
  return plan(cells, place, terms => {
    const made = makeBlocks(session, terms, node.rows.length, width, node.span)
    return node.brackets.open === '|' ? makeCall(session, determinant, [made], node.span) : made
  })
}

// --------------------------------------------------------------------------------------------------------- words

function planFunctionWord(session: Session, node: AppliedSyntax, place: Place): Step {
  const head = scriptText(node.head)
  const inner = bare(node.argument)
  if (head === 'log' || head === 'ln') {
    const matrix =
      inner.kind === 'applied' && scriptText(inner.head) === 'det'
        ? inner.argument
        : inner.kind === 'adjoined' && inner.args.length === 1 && scriptText(inner.head) === 'det'
          ? inner.args[0]
          : undefined
    if (matrix !== undefined && lookup(session, place, 'det') === undefined) {
      return plan([matrix], place, ([value]) => makeCall(session, logDeterminant, [value!], node.span))
    }
    if (inner.kind === 'bars') {
      return plan([inner.body], place, ([body]) => {
        const value = planBars(session, body!, inner.span)
        const op = value.kind === 'call' && value.op === determinant ? logDeterminant : undefined
        if (op !== undefined) return makeCall(session, op, [body!], node.span)
        return makeCall(session, session.words.plain.get('log')!, [value], node.span)
      })
    }
  }
  return planApplied(session, node, place)
}
