import { NameError } from '../../base/errors.js'
import { rational } from '../../base/rational.js'
import type { Span } from '../../base/span.js'
import type { Op } from '../../expr/op.js'
import { sigmoid } from '../../ops/activations.js'
import { squaredNorm } from '../../ops/norms.js'
import { piecewise } from '../../ops/piecewise.js'
import { exponential, logarithm } from '../../ops/powers.js'
import { absoluteValue } from '../../ops/signs.js'
import { softmax } from '../../ops/softmax.js'
import { inverseFunction } from '../../ops/table.js'
import type { AdjoinedSyntax, Syntax } from '../syntax.js'
import { closest } from './closest.js'
import { pointwiseOfOp } from './functions.js'
import {
  makeAbstract,
  makeApplied,
  makeHadamard,
  makeNumber,
  makePower,
  makeQuotient,
  makeTranspose,
} from './make.js'
import { makeCall } from './make-call.js'
import { makeCases } from './make-entry.js'
import { makeProduct } from './make-product.js'
import { bare, items, type NameParts, scriptText } from './names.js'
import { planExtreme } from './plan-big.js'
import { planBuilder } from './plan-builders.js'
import { planSelection } from './plan-selection.js'
import { lookup, note, type Session } from './reader.js'
import { refuseKnown } from './refused.js'
import { followedBy, type Place, plan, type Step } from './resolve.js'
import type { ScriptAction } from './scripts.js'
import { runs } from './selectors.js'
import type { Term } from './term.js'

/** A call head: its name, the powers and transposes on it, and its place. */
export interface Head {
  readonly parts: NameParts
  readonly labels: readonly Syntax[]
  readonly actions: readonly ScriptAction[]
  readonly span: Span
}

/** The operation a name stands for when nobody declared or defined it. */
export function opOf(session: Session, parts: NameParts): Op | undefined {
  const words = session.words[session.dialect]
  const word = parts.head?.base ?? parts.base
  if (parts.subscripts.length === 0) {
    const found = words.get(word)
    if (found !== undefined) return found
    if (session.dialect === 'latex' && parts.head?.isFunction) return session.words.plain.get(word)
    return parts.base === 'sigma' ? sigmoid : undefined
  }
  const own = ownSubscript(session, parts)
  if (own !== undefined) return own
  const op = parts.head?.isFunction || parts.head === null ? words.get(word) : undefined
  // A subscript that says nothing must not be passed over in silence: the word with it is another word.
  const { parameter, alone } = op?.notation ?? {}
  return parameter !== undefined || alone !== undefined || op === logarithm ? op : undefined
}

/** The operation that a word is together with its subscript, as `CE_{logits}`. */
function ownSubscript(session: Session, parts: NameParts): Op | undefined {
  const word = parts.head?.base ?? parts.base
  const below = items(parts.subscripts)
  const text = below.length === 1 ? scriptText(below[0]!)?.replace(/^(?:rm|text)\{(.*)\}$/, '$1') : undefined
  return text === undefined ? undefined : session.words[session.dialect].get(`${word}_${text}`)
}

/** A call of a word the vocabulary knows; undefined when it knows none. */
export function planKnown(
  session: Session,
  node: AdjoinedSyntax,
  head: Head,
  primes: number,
  place: Place,
): Step | undefined {
  const word = head.parts.head?.base ?? head.parts.base
  const builder = session.dialect === 'plain' ? planBuilder(session, node, word, place) : undefined
  if (builder !== undefined) return builder
  const op = opOf(session, head.parts)
  if (op === undefined) return undefined
  noteSpelling(session, op, head)
  if (primes > 0) {
    if (op === logarithm && head.parts.subscripts.length > 0) {
      throw new NameError(
        'unsupported',
        'the derivative of a logarithm with a base is not read from a prime',
        {
          span: head.span,
        },
      )
    }
    return plan(node.args, place, args =>
      finish(
        session,
        head,
        makeApplied(session, pointwiseOfOp(op), primes, args, node.span),
        place,
        node.span,
      ),
    )
  }
  const [action] = head.actions
  const inverse =
    action?.kind === 'power' && scriptText(action.exponent) === '-1' ? inverseFunction(op) : undefined
  if (inverse !== undefined) {
    return plan(node.args, place, args => makeCall(session, inverse, args, node.span))
  }
  if (op.kind === 'elementwise') refuseInverse(head, op.notation.plain)
  const below = items(head.parts.subscripts)
  if (op.notation.alone !== undefined && below.length > 0) {
    const [body, ...others] = node.args
    const word = op.notation.plain
    if (body === undefined || others.length > 0 || (word !== 'max' && word !== 'min')) {
      throw new NameError('wrong-arity', `${op.title} over an index is of one formula`, { span: node.span })
    }
    return planExtreme(session, word, below, body, node.span, place)
  }
  const parameter = parameterBelow(session, op, head)
  if (parameter !== undefined && runs(session, parameter, place)) {
    return plan(node.args, place, args =>
      followedBy(
        planSelection(session, callWith(session, op, args, node.span), [parameter], false, place, node.span),
        value => finish(session, head, value, place, node.span),
      ),
    )
  }
  if (parameter !== undefined) {
    return plan([...node.args, parameter], place, args =>
      finish(session, head, callWith(session, op, args, node.span), place, node.span),
    )
  }
  const base = op === logarithm ? logarithmBase(session, head.parts, place) : []
  return plan([...node.args, ...base], place, all => {
    const made = callWith(session, op, all.slice(0, node.args.length), node.span)
    if (base.length === 0) return finish(session, head, made, place, node.span)
    const below = makeCall(session, op, all.slice(node.args.length), head.span)
    return finish(session, head, makeQuotient(session, made, below, false, node.span), place, node.span)
  })
}

/** The temperature of `\operatorname{softmax}_\tau`, the slope of `\operatorname{ELU}_\alpha`. */
function parameterBelow(session: Session, op: Op, { parts, span }: Head): Syntax | undefined {
  const below = items(parts.subscripts)
  if (below.length === 0 || op.notation.parameter === undefined) return undefined
  if (ownSubscript(session, parts) !== undefined) return undefined
  const [only] = below
  if (below.length === 1 && bare(only!).kind !== 'number') return only
  throw new NameError('unsupported', `what this subscript of ${op.title} means is not certain`, {
    span,
    hint: 'write the parameter as a second argument, or select an entry by an index behind the bracket',
  })
}

/** The 2 of `\log_2`, the a of `\log_a`; none for the natural logarithm. */
function logarithmBase(session: Session, parts: NameParts, place: Place): readonly Syntax[] {
  const below = items(parts.subscripts)
  if (below.length > 1) {
    throw new NameError('unsupported', 'a logarithm with several bases is not supported', {
      span: parts.span,
    })
  }
  const natural = scriptText(below[0] ?? parts.head!) === 'e' && lookup(session, place, 'e') === undefined
  return natural ? [] : below
}

function callWith(session: Session, word: Op, args: readonly Term[], span: Span): Term {
  const { parameter } = word.notation
  const more = typeof parameter === 'object' && args.length === word.arity[1] + 1
  const op = more ? parameter : args.length === 1 ? (word.notation.alone ?? word) : word
  if (op.abbreviates !== undefined) {
    note(session, `${op.title} is ${op.abbreviates}`, 'the word is short for this formula', span)
  }
  const [least, most] = op.arity
  if (args.length < least || args.length > most) {
    const wanted = least === most ? `${least}` : `at least ${least}`
    const noun = least === 1 && most === 1 ? 'argument' : 'arguments'
    throw new NameError('wrong-arity', `${op.title} takes ${wanted} ${noun}, but ${args.length} were given`, {
      span,
    })
  }
  return op === piecewise ? makeCases(session, args, span) : makeCall(session, op, args, span)
}

/** Raises `NameError` at `f^{-1}(s)`, which may mean the inverse function or the reciprocal. */
export function refuseInverse(head: Head, name: string): void {
  const inverse = head.actions.some(action => action.kind === 'power' && scriptText(action.exponent) === '-1')
  if (!inverse) return
  throw new NameError('unsupported', `the inverse function of ${name} is not offered`, {
    span: head.span,
    hint: `write 1/${name}(…) for the reciprocal, or define the inverse under a name of its own`,
  })
}

/** Applies the powers and transposes that were written on a function name to its value. */
export function finish(session: Session, head: Head, value: Term, place: Place, span: Span): Step {
  return act(session, value, head.actions, true, place, span)
}

/** `|x|^2` of a column is no power of an array: it is the square of its length, as it is written in physics. */
function squaredLength(session: Session, value: Term, exponent: Syntax, span: Span): Term | undefined {
  const { solver } = session
  const [of] = value.args
  if (value.kind !== 'call' || value.op !== absoluteValue || scriptText(exponent) !== '2') return undefined
  const { rows, columns } = of!.sides
  const column = solver.isLong(rows) && solver.isOne(columns)
  if (session.exact || !column) return undefined
  note(session, 'the bars are the length of the column', 'it is squared as a number is', span)
  return makeCall(session, squaredNorm, [of!], span)
}

/** Applies powers, inverses and transposes to a term, from the inside out. */
export function act(
  session: Session,
  value: Term,
  actions: readonly ScriptAction[],
  entrywise: boolean,
  place: Place,
  span: Span,
): Step {
  const [first, ...rest] = actions
  if (first === undefined) return value
  const next = (made: Term) => act(session, made, rest, entrywise, place, span)
  switch (first.kind) {
    case 'transpose':
      return next(makeTranspose(session, value, span))
    case 'inverse':
      return next(makePower(session, value, makeNumber(session, rational(-1), span), false, span))
    case 'power': {
      const squared =
        first.entrywise || entrywise ? undefined : squaredLength(session, value, first.exponent, span)
      if (squared !== undefined) return next(squared)
      return plan([first.exponent], place, ([exponent]) =>
        next(
          makeArrayPower(session, value, exponent!, entrywise || first.entrywise, span) ??
            makePower(session, value, exponent!, entrywise || first.entrywise, span),
        ),
      )
    }
  }
}

/** `2^{x}` of a column and `x^{\odot y}`: the exponential of the exponents times the logarithm of the base. */
function makeArrayPower(
  session: Session,
  base: Term,
  exponent: Term,
  entrywise: boolean,
  span: Span,
): Term | undefined {
  const { solver } = session
  const number = base.literal || solver.isScalar(base.sides)
  if (exponent.literal || !solver.isArray(exponent.sides) || !(number || entrywise)) return undefined
  const log = makeCall(session, logarithm, [base], base.span)
  const factors = [log, exponent]
  const product = number
    ? makeProduct(session, factors, ['plain'], span)
    : makeHadamard(session, [exponent, log], span)
  note(
    session,
    'a power with an array above is e to the exponents times the logarithm',
    'entry by entry',
    span,
  )
  return makeCall(session, exponential, [product], span)
}

function noteSpelling(session: Session, op: Op, head: Head): void {
  const base = head.parts.head
  if (session.dialect !== 'latex' || base === null) return
  if (op === logarithm) session.notation.saw('logarithm', base.base === 'ln' ? '\\ln' : '\\log')
  if (op === exponential) session.notation.saw('exponential', 'function')
  const roman = base.spelling === 'control' ? `\\${base.base}` : `\\operatorname{${base.base}}`
  if (op === sigmoid) session.notation.saw('sigmoid', roman)
  if (op === softmax) session.notation.saw('softmax', roman)
}

// --------------------------------------------------------------------------------------------- unknown functions

/** A head nobody knows is a function left open, when it is a letter; a word is a mistake. */
export function planUnknown(
  session: Session,
  node: AdjoinedSyntax,
  head: Head,
  primes: number,
  whole: string | undefined,
  place: Place,
): Step {
  const name = whole ?? head.parts.base
  refuseInverse(head, name)
  const word = head.parts.head?.base ?? head.parts.base
  refuseKnown(word, head)
  refuseKnown(name, head)
  const letter = /^[A-Za-z]$/.test(word) || head.parts.head?.spelling === 'control' || session.exact
  if (!letter || head.parts.head?.isFunction) {
    const known = [...session.words[session.dialect].keys(), ...session.scope.keys()]
    const near = closest(word, known)
    throw new NameError('undefined-function', `the function ${name} is not defined`, {
      span: head.span,
      hint: near === undefined ? `define it: ${name}(t) = …` : `did you mean ${near}?`,
    })
  }
  if (node.args.length !== 1) {
    throw new NameError(
      'undefined-function',
      `the function ${name} of ${node.args.length} arguments is not defined; only functions of one argument can be left open`,
      {
        span: head.span,
        hint: `define it: ${name}(${node.args.map((_, i) => 'stuvw'[i] ?? `t_${i}`).join(', ')}) = …`,
      },
    )
  }
  note(
    session,
    `${name} is a differentiable function applied entry by entry`,
    'it is called and nobody defined it',
    head.span,
  )
  return plan(node.args, place, ([argument]) =>
    finish(session, head, makeAbstract(name, primes, argument!, node.span), place, node.span),
  )
}
