import { NameError } from '../../base/errors.js'
import type { Op } from '../../expr/op.js'
import { sigmoid } from '../../ops/activations.js'
import { childrenOf } from '../children.js'
import type { Syntax } from '../syntax.js'
import { sameText } from './doubts.js'
import { gather, newEvidence } from './evidence.js'
import { assemble, bare, items, nameParts } from './names.js'
import { readTerm } from './plan.js'
import { opOf } from './plan-words.js'
import { attempt, doubted, meet, note, passOver, type Session } from './reader.js'
import { type Place, within } from './resolve.js'
import type { FunctionEntry, Parameter, SymbolEntry } from './scope.js'
import { transposeSign } from './script-signs.js'
import { newStatementShapes, type StatementShapes } from './session.js'
import type { Equation, FunctionStatement, Sorted } from './statement-kinds.js'

/** A definition `f(x) = …` that also gives the quantity f its value. */
export interface FunctionValue {
  readonly entry: SymbolEntry
  readonly statement: FunctionStatement
}

/**
 * Enters the functions of the document. An argument that is a quantity of the document makes the function a quantity
 * that depends on it; otherwise it is a placeholder, and the formula is applied entry by entry where it can be.
 */
export function enterFunctions(
  session: Session,
  { sorted, strict }: { readonly sorted: Sorted; readonly strict: boolean },
  claims: Equation[],
): readonly FunctionValue[] {
  const values: FunctionValue[] = []
  const entered: { entry: FunctionEntry; statement: FunctionStatement }[] = []
  for (const statement of sorted.functions) gatherBody(session, statement)
  for (const statement of sorted.functions) {
    const name = assemble(statement.parts, items(statement.parts.subscripts), statement.parts.superscripts, 0)
    if (name === undefined) {
      passOver(session, 'a line was passed over', 'this is not a name for a function', statement.head.span)
      continue
    }
    const again = session.scope.get(name)?.kind === 'function'
    const itself = calledIn(statement.body).includes(name)
    if (!strict && (again || itself)) {
      const { head, body, span } = statement
      const why = again
        ? 'the first one counts, and this one is taken for a claim about it'
        : 'it speaks of itself on the right, and is taken for a claim'
      passOver(session, `${again ? 'a second' : 'no'} definition of ${name}`, why, span)
      doubtFunction(session, sorted, statement, name)
      claims.push({ left: head, right: body, indices: new Map(), ranges: [], span })
      continue
    }
    if (again) {
      throw new NameError('defined-twice', `the function ${name} is defined twice`, { span: statement.span })
    }
    const parameters = statement.head.args.map(parameterOf)
    const entry: FunctionEntry = {
      kind: 'function',
      name,
      parameters,
      body: statement.body,
      span: statement.span,
      symbol: undefined,
      pointwise: undefined,
    }
    const alone = sorted.equations.length + sorted.questions.length === 0
    if (isQuantity(session, entry, alone)) {
      const known = session.scope.get(name)
      entry.symbol = known?.kind === 'symbol' ? known : newQuantity(session, name, statement)
      entry.symbol.defined = true
      values.push({ entry: entry.symbol, statement })
    }
    session.scope.set(name, entry)
    entered.push({ entry, statement })
  }
  for (const { entry } of inOrder(session, entered))
    attempt(session, strict, () => makePointwise(session, entry), doubted(session, entry.name))
  return values
}

/** What a function is has to be clear when a derivative depends on it. */
function doubtFunction(session: Session, sorted: Sorted, again: FunctionStatement, name: string): void {
  const first = sorted.functions.find(
    other => assemble(other.parts, items(other.parts.subscripts), other.parts.superscripts, 0) === name,
  )
  if (first !== again && first !== undefined && sameText(first.body, again.body)) return
  const error =
    first === again
      ? new NameError('cyclic-definition', `${name} is defined through itself`, { span: again.span })
      : new NameError('defined-twice', `the function ${name} is defined twice`, { span: again.span })
  // A function without a value of its own is unfolded where it is called, and leaves no name.
  const called = first !== again && session.evidence.calls.has(name) && sorted.questions.length > 0
  if (called) throw error
  session.doubts.push({ name, error, when: first === again ? 'used' : 'asked' })
}

function newQuantity(session: Session, name: string, statement: FunctionStatement): SymbolEntry {
  const entry = meet(session, name, statement.head.span)
  session.scope.delete(name)
  return entry
}

function parameterOf(node: Syntax): Parameter {
  const parts = nameParts(node)!
  return {
    name: assemble(parts, items(parts.subscripts), parts.superscripts, parts.primes)!,
    span: node.span,
  }
}

/** What a body shows about its letters, its own placeholders left out. */
function gatherBody(session: Session, statement: FunctionStatement): void {
  const own = newEvidence()
  gather(own, statement.body)
  const placeholders = new Set(statement.head.args.map(arg => parameterOf(arg).name))
  const { evidence } = session
  for (const base of own.labelled) evidence.labelled.add(base)
  for (const name of own.standing) if (!placeholders.has(name)) evidence.standing.add(name)
  for (const [name, texts] of own.calls)
    evidence.calls.set(name, [...(evidence.calls.get(name) ?? []), ...texts])
  for (const name of own.bounds) {
    if (placeholders.has(name)) continue
    evidence.bounds.add(name)
    if (!session.scope.has(name)) session.dimensions.add(name)
  }
  evidence.capitalTranspose ||= own.capitalTranspose
}

/** Whether `f` stands for a value that depends on quantities, and not only for a rule. */
function isQuantity(session: Session, entry: FunctionEntry, alone: boolean): boolean {
  const { standing, calls } = session.evidence
  if (standing.has(entry.name)) return true
  if (opNamed(session, entry.name) !== undefined) return false
  const own = entry.parameters.map(parameter => parameter.name).join(',')
  const others = (calls.get(entry.name) ?? []).some(shown => shown !== own)
  // Where nothing but functions stands, one that nobody calls is what the text is about.
  if (alone && !calls.has(entry.name)) return true
  const known = entry.parameters.some(
    ({ name }) => standing.has(name) || session.scope.get(name)?.kind === 'symbol',
  )
  return known && !others
}

/** The operation a name stands for when nobody defines it. */
function opNamed(session: Session, name: string): Op | undefined {
  return name === 'sigma' ? sigmoid : session.words[session.dialect].get(name)
}

/** Functions after those they use. Raises `NameError` when one uses itself. */
function inOrder<T extends { readonly entry: FunctionEntry; readonly statement: FunctionStatement }>(
  session: Session,
  functions: readonly T[],
): readonly T[] {
  const byName = new Map(functions.map(each => [each.entry.name, each]))
  const state = new Map<T, 'open' | 'done'>()
  const order: T[] = []
  for (const root of functions) {
    const stack: { each: T; uses: readonly string[]; next: number }[] = []
    const enter = (each: T) => {
      state.set(each, 'open')
      stack.push({ each, uses: calledIn(each.statement.body), next: 0 })
    }
    if (!state.has(root)) enter(root)
    while (stack.length > 0) {
      const top = stack[stack.length - 1]!
      const name = top.uses[top.next++]
      if (name === undefined) {
        stack.pop()
        state.set(top.each, 'done')
        order.push(top.each)
        continue
      }
      const used = byName.get(name)
      if (used === undefined || state.get(used) === 'done') continue
      if (state.get(used) === 'open') {
        const cycle = [
          ...stack.slice(stack.findIndex(frame => frame.each === used)).map(f => f.each.entry.name),
          name,
        ]
        throw new NameError('cyclic-definition', `${name} is defined through itself: ${cycle.join(' → ')}`, {
          span: used.entry.span,
        })
      }
      enter(used)
    }
  }
  void session
  return order
}

function calledIn(body: Syntax): readonly string[] {
  const own = newEvidence()
  gather(own, body)
  return [...own.calls.keys()]
}

/** Reads the body for one number, if nothing in it needs a whole array. */
function makePointwise(session: Session, entry: FunctionEntry): void {
  const names = new Set(entry.parameters.map(parameter => parameter.name))
  if (!actsEntrywise(session, entry.body, names)) return
  const parameters = entry.parameters.map(
    ({ name, span }): SymbolEntry => ({
      kind: 'symbol',
      name,
      sides: session.solver.scalar,
      span,
      declared: true,
      set: 'real',
      family: undefined,
      given: undefined,
      defined: false,
      reason: undefined,
    }),
  )
  let place: Place = { locals: undefined, indices: new Map() }
  for (const parameter of parameters) place = within(place, parameter.name, parameter)
  const shapes = newStatementShapes()
  const outer = session.shapes
  session.shapes = shapes
  const body = readTerm(session, entry.body, place)
  session.shapes = outer
  mergeShapes(outer, shapes, parameters)
  entry.pointwise = {
    name: entry.name,
    parameters,
    body,
    known: opNamed(session, entry.name),
    built: undefined,
  }
  if (entry.symbol === undefined) {
    note(session, `${entry.name} acts entry by entry`, 'its argument is a placeholder', entry.span)
  }
}

function mergeShapes(
  outer: StatementShapes,
  inner: StatementShapes,
  parameters: readonly SymbolEntry[],
): void {
  for (const symbol of inner.symbols) if (!parameters.includes(symbol)) outer.symbols.add(symbol)
  outer.decisions.push(...inner.decisions)
}

function actsEntrywise(session: Session, body: Syntax, parameters: ReadonlySet<string>): boolean {
  const stack: Syntax[] = [body]
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const node = bare(next)
    switch (node.kind) {
      case 'norm':
      case 'matrix':
      case 'big':
      case 'derivative':
      case 'gradient':
      case 'evaluated':
      case 'bars':
        return false
      case 'scripted':
        if (node.superscripts.some(script => transposeSign(bare(script)) !== undefined)) return false
        if (session.dialect === 'plain' && node.primes > 0) return false
        break
      case 'adjoined':
      case 'applied': {
        const parts = nameParts(node.head)
        if (parts === undefined) return false
        const name = assemble(parts, items(parts.subscripts), [], 0) ?? ''
        const known = session.scope.get(name)
        if (known?.kind === 'function') {
          if (known.pointwise === undefined) return false
        } else if (known === undefined && !parameters.has(name)) {
          const op = opOf(session, parts)
          if (op !== undefined && op.kind !== 'elementwise' && op.entries !== 'each') return false
        }
        for (const arg of node.kind === 'adjoined' ? node.args : [node.argument]) stack.push(arg)
        continue
      }
    }
    const parts = nameParts(node)
    if (parts !== undefined) {
      const name = assemble(parts, items(parts.subscripts), [], 0) ?? ''
      const known = parameters.has(name) ? undefined : session.scope.get(name)
      if (known?.kind === 'symbol' && session.solver.isArray(known.sides)) return false
      if (parts.subscripts.length > 0) {
        for (const script of parts.superscripts) stack.push(script)
        continue
      }
    }
    for (const child of childrenOf(node)) stack.push(child)
  }
  return true
}
