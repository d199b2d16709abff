import { NameError, NotDifferentiableError } from '../../base/errors.js'
import type { Span } from '../../base/span.js'
import type { AdjoinedSyntax, DerivativeSyntax, GradientSyntax, Syntax } from '../syntax.js'
import { closest } from './closest.js'
import { makeApplied, makeSymbol } from './make.js'
import { assemble, bare, canonicalText, items, nameParts, scriptText } from './names.js'
import { readTerm } from './plan.js'
import { withoutTranspose } from './plan-choices.js'
import { findName } from './plan-names.js'
import { placeOfQuestion } from './question-parts.js'
import { lookup, meet, type Session } from './reader.js'
import { NOWHERE, type Place } from './resolve.js'
import type { SymbolEntry } from './scope.js'
import { readSuperscripts } from './scripts.js'
import type { Term } from './term.js'

/** A derivative that is asked for, before shapes are known. */
export interface Asked {
  readonly of: Term
  readonly wrt: Term
  readonly order: 1 | 2
  /** The variable of the second differentiation, where it is another one. */
  readonly second?: Term | undefined
  /** The parts of the variables that are meant, one for each differentiation. */
  readonly parts?: readonly Term[] | undefined
  readonly span: Span
}

/** Reads what a derivative standing alone asks for: one question per variable. */
export function readQuestion(
  session: Session,
  node: DerivativeSyntax | GradientSyntax | AdjoinedSyntax,
  span: Span,
): readonly Asked[] {
  switch (node.kind) {
    case 'derivative':
      return readDerivative(session, node, span)
    case 'gradient':
      return readGradient(session, node, span)
    case 'adjoined':
      return nameParts(node.head)?.base === 'grad'
        ? askEach(session, node.args[0]!, node.args.slice(1), 1, span)
        : readPrimed(session, node, span)
  }
}

/** One question per variable. */
export function askEach(
  session: Session,
  of: Syntax,
  by: readonly Syntax[],
  order: 1 | 2,
  span: Span,
): readonly Asked[] {
  const place = placeOfQuestion(session, of, by)
  const term = readSubject(session, of, place)
  return by.map(node => {
    const { variable, part } = readVariablePart(session, node, place)
    const parts = part && (order === 1 ? [part] : [part, part])
    return { of: term, wrt: variable, order, parts, span }
  })
}

/** A second derivative by two variables, or by two entries of one. */
export function askMixed(session: Session, of: Syntax, by: readonly [Syntax, Syntax], span: Span): Asked {
  const place = placeOfQuestion(session, of, by)
  const term = readSubject(session, of, place)
  const [first, second] = by.map(node => readVariablePart(session, node, place)) as [
    VariablePart,
    VariablePart,
  ]
  if ((first.part === undefined) !== (second.part === undefined)) {
    throw new NotDifferentiableError(
      'mixed-parts',
      'one variable is meant as a whole and the other by an entry',
      { span, hint: 'ask by entries of both, or by both as wholes' },
    )
  }
  const parts = first.part && second.part ? [first.part, second.part] : undefined
  return { of: term, wrt: first.variable, second: second.variable, order: 2, parts, span }
}

function readSubject(session: Session, of: Syntax, place: Place): Term {
  const term = readTerm(session, of, place)
  if (term.kind === 'symbol') known(session, term.entry, of)
  return term
}

interface VariablePart {
  readonly variable: Term
  readonly part: Term | undefined
}

function readDerivative(session: Session, node: DerivativeSyntax, span: Span): readonly Asked[] {
  const by = node.by.map(each => ({
    variable: withoutTranspose(each.variable),
    times: each.order === null ? 1 : Number(scriptText(each.order)),
  }))
  const order = by.reduce((sum, each) => sum + each.times, 0)
  const [first, second] = by
  if (by.length > 2 || (order !== 1 && order !== 2)) {
    throw new NotDifferentiableError(
      'unsupported-order',
      'derivatives of the first and of the second order can be asked for',
      { span },
    )
  }
  if (second !== undefined && canonicalText(first!.variable) !== canonicalText(second.variable)) {
    return [askMixed(session, node.of!, [first!.variable, second.variable], span)]
  }
  return askEach(session, node.of!, [first!.variable], order, span)
}

function readGradient(session: Session, node: GradientSyntax, span: Span): readonly Asked[] {
  const order = node.superscripts.some(script => scriptText(script) === '2') ? 2 : 1
  const inner = bare(node.operand!)
  if (inner.kind === 'gradient' && inner.operand !== null && order === 1 && node.by.length === 1) {
    // `\nabla_x \nabla_y f`: x by rows and y by columns.
    const [then] = inner.by
    const plain = inner.by.length === 1 && !inner.superscripts.some(script => scriptText(script) === '2')
    if (plain && then !== undefined) {
      return canonicalText(then) === canonicalText(node.by[0]!)
        ? askEach(session, inner.operand, [then], 2, span)
        : [askMixed(session, inner.operand, [node.by[0]!, then], span)]
    }
  }
  const by = node.by.length > 0 ? node.by : impliedVariables(session, node.operand!, span)
  return askEach(session, node.operand!, by, order, span)
}

/** `\nabla f(x)` and `\nabla f` of a function of x: by its arguments. */
function impliedVariables(session: Session, operand: Syntax, span: Span): readonly Syntax[] {
  const node = bare(operand)
  if (node.kind === 'adjoined' && node.args.every(arg => nameParts(arg) !== undefined)) return node.args
  const entry = lookup(session, NOWHERE, canonicalText(node) ?? '')
  if (entry?.kind === 'function') {
    return entry.parameters.map(({ name, span: at }) => ({
      kind: 'name',
      span: at,
      base: name,
      spelling: 'letter',
      font: null,
      marks: [],
      isFunction: false,
    }))
  }
  throw new NameError('unknown-variables', 'this gradient does not say by which variables', {
    span,
    hint: 'write \\nabla_{W, b} L',
  })
}

/** `s'(z)`: the derivative of s by its argument. */
function readPrimed(session: Session, node: AdjoinedSyntax, span: Span): readonly Asked[] {
  const parts = nameParts(node.head)!
  const { labels } = readSuperscripts(session, parts.superscripts, parts, false, NOWHERE)
  const name = assemble(parts, items(parts.subscripts), labels, 0)
  const entry = name === undefined ? undefined : lookup(session, NOWHERE, name)
  const [variable] = node.args
  if (
    variable === undefined ||
    node.args.length !== 1 ||
    nameParts(variable) === undefined ||
    parts.primes > 2
  ) {
    throw new NotDifferentiableError('unsupported-order', 'a prime asks for the derivative by one variable', {
      span,
    })
  }
  const order = parts.primes as 1 | 2
  if (entry?.kind === 'function') {
    const own = entry.parameters.length === 1 && canonicalText(variable) === entry.parameters[0]!.name
    if (entry.symbol !== undefined && own) {
      const of = makeSymbol(session, entry.symbol, node.head.span)
      return [{ of, wrt: readVariable(session, variable, true), order, span }]
    }
    if (entry.pointwise !== undefined) {
      const wrt = readVariable(session, variable, true)
      return [{ of: makeApplied(session, entry.pointwise, 0, [wrt], span), wrt, order, span }]
    }
  }
  const called: AdjoinedSyntax = { ...node, head: withoutPrimes(node.head) }
  const wrt = readVariable(session, variable, true)
  return [{ of: readTerm(session, called, NOWHERE), wrt, order, span }]
}

function withoutPrimes(head: Syntax): Syntax {
  const node = bare(head)
  if (node.kind !== 'scripted') return node
  return node.subscripts.length === 0 && node.superscripts.length === 0 ? node.base : { ...node, primes: 0 }
}

/** The variable of a derivative, and the part of it that is meant. Raises `NameError` with a suggestion. */
function readVariablePart(session: Session, node: Syntax, place: Place): VariablePart {
  const written = bare(node)
  const indexed = written.kind === 'adjoined' && written.brackets.open === '[' ? written.head : undefined
  const parts = nameParts(indexed ?? node)
  if (parts !== undefined) {
    const { labels } = readSuperscripts(session, parts.superscripts, parts, false, place)
    const found = findName(session, parts, labels, parts.primes, place)
    const { entry } = found ?? {}
    if (entry?.kind === 'symbol' && (indexed !== undefined || found!.selectors.length > 0)) {
      const part = readTerm(session, node, place)
      if (part.kind === 'entry') return { variable: makeSymbol(session, entry, node.span), part }
      throw new NameError(
        'unsupported-variable',
        'derivatives are taken by entries, whole rows and columns',
        {
          span: node.span,
          hint: `ask for the derivative by ${found!.name} as a whole`,
        },
      )
    }
  }
  return { variable: readVariable(session, node), part: undefined }
}

/** The variable of a derivative: a whole quantity that occurs in the document. Raises `NameError` with a suggestion. */
function readVariable(session: Session, node: Syntax, free = false): Term {
  const parts = nameParts(node)
  if (parts === undefined) {
    throw new NameError('unsupported-variable', 'derivatives are taken by quantities with a name', {
      span: node.span,
      hint: 'give the expression a name of its own',
    })
  }
  const { labels } = readSuperscripts(session, parts.superscripts, parts, false, NOWHERE)
  const found = findName(session, parts, labels, parts.primes, NOWHERE)
  if (found !== undefined && found.selectors.length > 0) notWhole(found.name, node.span)
  if (found?.entry.kind === 'symbol') return makeSymbol(session, found.entry, node.span)
  if (found?.entry.kind === 'function' && found.entry.symbol) {
    return makeSymbol(session, found.entry.symbol, node.span)
  }
  const name = assemble(parts, items(parts.subscripts), labels, parts.primes) ?? parts.base
  if (free && found === undefined) return makeSymbol(session, meet(session, name, node.span), node.span)
  const whole = assemble(parts, [], labels, 0) ?? parts.base
  if (parts.subscripts.length > 0 && lookup(session, NOWHERE, whole)?.kind === 'symbol')
    notWhole(whole, node.span)
  const names = [...session.scope].flatMap(([key, entry]) => (entry.kind === 'symbol' ? [key] : []))
  const near = closest(name, names)
  throw new NameError('unknown-name', `nothing called ${name} occurs in the formulas`, {
    span: node.span,
    hint:
      near === undefined
        ? 'the variable of a derivative has to occur in what is differentiated'
        : `did you mean ${near}?`,
  })
}

function notWhole(whole: string, span: Span): never {
  throw new NameError('unsupported-variable', `these are no indices of ${whole}`, {
    span,
    hint: `an entry has one index for each side of ${whole}: letters, numbers, or sums of these`,
  })
}

/** What is differentiated is defined or declared. */
function known(session: Session, entry: SymbolEntry, node: Syntax): void {
  if (entry.defined || entry.declared || entry.span === undefined) return
  if (entry.span.from !== node.span.from || entry.span.to !== node.span.to) return
  session.scope.delete(entry.name)
  const near = closest(entry.name, session.scope.keys())
  throw new NameError('unknown-name', `${entry.name} is not defined`, {
    span: node.span,
    hint: near === undefined ? `define it: ${entry.name} = …` : `did you mean ${near}?`,
  })
}
