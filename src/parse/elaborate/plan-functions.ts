import { NameError, NotDifferentiableError } from '../../base/errors.js'
import type { AdjoinedSyntax, Syntax } from '../syntax.js'
import { makeAbstract, makeApplied, makeSymbol } from './make.js'
import { makeDerivative } from './make-derivative.js'
import { canonicalText, nameParts } from './names.js'
import { finish, type Head, refuseInverse } from './plan-words.js'
import { countExpansion, lookup, type Session } from './reader.js'
import { type Place, plan, type Step, within } from './resolve.js'
import type { FunctionEntry, SymbolEntry } from './scope.js'

/** A call of a function the document defines: the symbol, the formula entry by entry, or the formula put in. */
export function planFunction(
  session: Session,
  entry: FunctionEntry,
  head: Head,
  primes: number,
  args: readonly Syntax[],
  span: AdjoinedSyntax['span'],
  place: Place,
): Step {
  const { parameters } = entry
  refuseInverse(head, entry.name)
  if (args.length !== parameters.length) {
    throw new NameError(
      'wrong-arity',
      `${entry.name} takes ${parameters.length} arguments, but ${args.length} were given`,
      { span, hint: `it is defined as ${entry.name}(${parameters.map(p => p.name).join(', ')})` },
    )
  }
  const own = parameters.every((parameter, i) => canonicalText(args[i]!) === parameter.name)
  if (own && entry.symbol !== undefined) {
    if (primes === 0) return finish(session, head, makeSymbol(session, entry.symbol, span), place, span)
    return planDerivative(session, entry.symbol, primes, args, span, place)
  }
  const { pointwise } = entry
  if (pointwise !== undefined) {
    return plan(args, place, terms =>
      finish(session, head, makeApplied(session, pointwise, primes, terms, span), place, span),
    )
  }
  if (primes > 0) {
    throw new NotDifferentiableError(
      'prime-of-array-function',
      `${entry.name} acts on whole arrays, so a prime does not say which derivative is meant`,
      { span, hint: 'write \\frac{\\partial}{\\partial x}' },
    )
  }
  countExpansion(session, span)
  return plan(args, place, terms => {
    let inner: Place = { locals: undefined, indices: new Map() }
    parameters.forEach((parameter, i) => {
      inner = within(inner, parameter.name, { kind: 'alias', term: terms[i]! })
    })
    return plan([entry.body], inner, ([value]) => finish(session, head, value!, place, span))
  })
}

/** `\sigma(z)` where `\sigma : \mathbb{R} \to \mathbb{R}` was declared without a formula. */
export function planMap(
  session: Session,
  name: string,
  head: Head,
  primes: number,
  node: AdjoinedSyntax,
  place: Place,
): Step {
  refuseInverse(head, name)
  if (node.args.length !== 1) {
    throw new NameError('wrong-arity', `${name} takes 1 argument, but ${node.args.length} were given`, {
      span: node.span,
    })
  }
  return plan(node.args, place, ([argument]) =>
    finish(session, head, makeAbstract(name, primes, argument!, node.span), place, node.span),
  )
}

/** `f'(x)` of a defined quantity: its derivative by its argument. */
export function planPrimed(
  session: Session,
  entry: SymbolEntry,
  primes: number,
  node: AdjoinedSyntax,
  place: Place,
): Step {
  return planDerivative(session, entry, primes, node.args, node.span, place)
}

function planDerivative(
  session: Session,
  of: SymbolEntry,
  primes: number,
  args: readonly Syntax[],
  span: AdjoinedSyntax['span'],
  place: Place,
): Step {
  const [by] = args
  const parts = by && nameParts(by)
  const entry = by && lookup(session, place, canonicalText(by) ?? '')
  if (args.length !== 1 || parts === undefined || primes > 2) {
    throw new NotDifferentiableError(
      'prime-of-several',
      `a prime on ${of.name} does not say by which argument`,
      {
        span,
        hint: 'write \\frac{\\partial}{\\partial x}',
      },
    )
  }
  if (entry !== undefined && entry.kind !== 'symbol') {
    throw new NotDifferentiableError('not-a-variable', `${of.name} cannot be differentiated by this`, {
      span,
    })
  }
  return plan(
    Array.from({ length: primes }, () => by!),
    place,
    variables => makeDerivative(session, makeSymbol(session, of, span), variables, 'gradient', span),
  )
}
