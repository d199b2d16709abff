import { MathError } from '../../base/errors.js'
import { CALLED_LETTERS, FUNCTION_LETTERS } from '../elaborate/call-or-product.js'
import { bare, items, type NameParts, nameParts, scriptText } from '../elaborate/names.js'
import { isProduct } from '../elaborate/plan-calls.js'
import { holdsCondition, isIndicator } from '../elaborate/plan-indicators.js'
import { opOf } from '../elaborate/plan-words.js'
import { lookup, type Session } from '../elaborate/reader.js'
import { type Place, plan, type Step } from '../elaborate/resolve.js'
import { readSuperscripts } from '../elaborate/scripts.js'
import { isExtremum } from '../prefixes.js'
import type { AdjoinedSyntax, AppliedSyntax, Syntax } from '../syntax.js'
import { actOn, separated, sharing } from './acts.js'
import { type Form, form, leaf } from './form.js'
import { spelledName } from './names.js'

/** A name with a bracket behind it: a call, an index, an expectation, an indicator, or a product. */
export function planCall(session: Session, node: AdjoinedSyntax, place: Place): Step<Form> {
  const parts = nameParts(node.head)
  const [only] = node.args
  if (parts === undefined) {
    if (bare(node.head).kind === 'number' && only !== undefined && holdsCondition(only))
      return indicator(node, place)
    if (bare(node.head).kind === 'derivative') return applied('at', node, place)
    if (node.brackets.open === '[') return applied('index', node, place)
    if (bare(node.head).kind === 'adjoined') return applied('call', node, place)
    return productOf(node, place)
  }
  // Words in a bracket are a remark about what stands before it.
  if (node.args.length === 1 && only?.kind === 'text' && nameParts(only) === undefined)
    return plan<Form>([node.head], place, ([head]) => head!)
  if (isIndicator(parts, node)) return indicator(node, place)
  if (isExpectation(parts, node)) return planExpectation(parts, node, place)
  if (isIndexing(node)) return applied('index', node, place)
  if (!isCall(session, node, place)) return productOf(node, place)
  const { labels, actions } = readSuperscripts(session, parts.superscripts, parts, false, place)
  const head = functionForm(parts, labels, place)
  return plan<Form>(node.args.flatMap(listed), place, args => {
    const inverse =
      actions.length === 1 && actions[0]!.kind === 'power' && scriptText(actions[0]!.exponent) === '-1'
    const called = inverse ? form('inverse', head) : head
    const separators = node.args.length === args.length ? node.separators : separatorsOf(node)
    const made = form('call', called, ...separated(args, separators))
    return inverse ? made : actOn(made, actions, place)
  })
}

/** `J(\mathbf{W, b})`: a font around several arguments. */
function listed(arg: Syntax): readonly Syntax[] {
  const inner = bare(arg)
  return arg.kind === 'group' && arg.brackets.open === '' && inner.kind === 'list' ? inner.items : [arg]
}

function separatorsOf({ args, separators }: AdjoinedSyntax): readonly string[] {
  return args.flatMap((arg, i) => [
    ...(i === 0 ? [] : [separators[i - 1] ?? ',']),
    ...listed(arg)
      .slice(1)
      .map(() => ','),
  ])
}

function indicator(node: AdjoinedSyntax, place: Place): Step<Form> {
  return plan<Form>(node.args, place, args => form('indicator', ...separated(args, node.separators)))
}

function applied(head: string, node: AdjoinedSyntax, place: Place): Step<Form> {
  return plan<Form>([node.head, ...node.args], place, ([base, ...args]) =>
    form(head, base!, ...separated(args, node.separators)),
  )
}

function productOf(node: AdjoinedSyntax, place: Place): Step<Form> {
  return plan<Form>([node.head, groupOf(node)], place, ([left, right]) => form('*', left!, right!))
}

/** The bracket of a product, as a factor of its own. */
function groupOf(node: AdjoinedSyntax): Syntax {
  const span = { from: node.head.span.to, to: node.span.to }
  const { args, separators } = node
  const body: Syntax | null =
    args.length < 2 ? (args[0] ?? null) : { kind: 'list', span, items: args, separators }
  return { kind: 'group', span, brackets: node.brackets, body }
}

/** The two factors of what looks like a call and is a product. */
export function splitCall(
  session: Session,
  node: AdjoinedSyntax,
  place: Place,
  superscripts: readonly Syntax[] = [],
): readonly [Syntax, Syntax] | undefined {
  const parts = nameParts(node.head)
  if ((node.args.length !== 1 && !isConcatenation(session, node)) || isIndexing(node)) return undefined
  if (parts === undefined)
    return /^(?:derivative|adjoined)$/.test(bare(node.head).kind) ? undefined : [node.head, groupOf(node)]
  if (isIndicator(parts, node) || isExpectation(parts, node) || isCall(session, node, place, superscripts))
    return undefined
  return [node.head, groupOf(node)]
}

/** Whether a bracket behind a name is read as its arguments. */
export function isFunctionName(session: Session, node: AdjoinedSyntax, place: Place): boolean {
  const parts = nameParts(node.head)
  return parts !== undefined && !isExpectation(parts, node) && isCall(session, node, place)
}

/** Several arguments are never a product, and neither is what a place-holder or a word stands in. */
function isCall(
  session: Session,
  node: AdjoinedSyntax,
  place: Place,
  superscripts: readonly Syntax[] = [],
): boolean {
  const [only] = node.args
  if (isConcatenation(session, node)) return false
  if (node.args.length !== 1 || bare(only!).kind === 'mark') return true
  try {
    return !isProduct(session, node, place, superscripts)
  } catch (error) {
    // An index that nothing binds has no entry to select; what the bracket holds decides alone.
    if (error instanceof MathError) return bare(only!).kind !== 'sum'
    throw error
  }
}

/** `W [h_{t-1}, x_t]`: a letter that is no function before a column in square brackets. */
function isConcatenation(session: Session, node: AdjoinedSyntax): boolean {
  const parts = nameParts(node.head)
  if (parts === undefined || node.brackets.open !== '[' || node.args.length < 2) return false
  if (parts.head?.spelling !== 'letter' || /^(?:bb|cal|scr)\{/.test(parts.base)) return false
  if (FUNCTION_LETTERS.has(parts.base) || opOf(session, parts) !== undefined || isIndexing(node)) return false
  return node.separators.every(separator => separator === ',' || separator === ';')
}

/** `\mathbb{E}[x]`, `E_{x \sim p}[x]`, `E[x]`. */
function isExpectation(parts: NameParts, node: AdjoinedSyntax): boolean {
  if (isExpectationName(parts)) return true
  return parts.base === 'E' && node.brackets.open === '[' && parts.superscripts.length === 0
}

export function isExpectationName({ base }: NameParts): boolean {
  return base === 'bb{E}'
}

function planExpectation(parts: NameParts, node: AdjoinedSyntax, place: Place): Step<Form> {
  return expectation(parts, node.args, place, node.separators)
}

/** An expectation of a body, over what its subscripts say. */
export function expectation(
  parts: NameParts,
  bodies: readonly Syntax[],
  place: Place,
  separators: readonly string[] = [],
): Step<Form> {
  const over = items(parts.subscripts)
  return plan<Form>([...over, ...bodies], place, all => {
    const below = over.length === 0 ? [] : [form('over', ...sharing(all.slice(0, over.length)))]
    return form('E', ...below, ...separated(all.slice(over.length), separators))
  })
}

/** Numbers, colons and the letters that count stand in square brackets as indices. */
function isIndexing(node: AdjoinedSyntax): boolean {
  if (node.brackets.open !== '[') return false
  return node.args.every(arg => {
    const item = bare(arg)
    if (item.kind === 'number' || item.kind === 'range') return true
    if (item.kind === 'sum') return item.terms.every(term => isCounter(bare(term.operand)))
    return isCounter(item)
  })
}

function isCounter(node: Syntax): boolean {
  return (
    node.kind === 'number' ||
    (node.kind === 'name' && /^(?:[i-nt]|ell)$/.test(node.base) && node.font === null)
  )
}

/** A function by its name, differentiated as often as it has primes. */
function functionForm(parts: NameParts, labels: readonly Syntax[], place: Place): Form {
  let head = leaf(spelledName(parts, labels, 0, place) ?? parts.base)
  for (let i = 0; i < parts.primes; i++) head = form('D', head)
  return head
}

/** Whether a name that stands alone is a function: its primes differentiate it. */
export function isFunction(session: Session, parts: NameParts, place: Place): boolean {
  const whole = spelledName(parts, [], 0, place)
  const entry = whole === undefined ? undefined : lookup(session, place, whole)
  if (entry !== undefined) return entry.kind === 'function' || entry.kind === 'map'
  return (
    opOf(session, parts) !== undefined || CALLED_LETTERS.has(parts.base) || parts.head?.isFunction === true
  )
}

/** A function word before what it governs, without brackets. */
export function planApplied(session: Session, node: AppliedSyntax, place: Place): Step<Form> {
  const parts = nameParts(node.head)
  const argument = bare(node.argument)
  const inner =
    argument.kind === 'group' && argument.brackets.open === '(' && argument.body !== null
      ? argument.body
      : node.argument
  if (parts === undefined)
    return plan<Form>([node.head, inner], place, ([head, body]) => form('call', head!, body!))
  if (isExtremum(node.head)) {
    const over = items(parts.subscripts)
    return plan<Form>([...over, inner], place, all => form('over', leaf(parts.base), ...all))
  }
  const { labels, actions } = readSuperscripts(session, parts.superscripts, parts, false, place)
  const head = functionForm(parts, labels, place)
  return plan<Form>([inner], place, ([body]) => actOn(form('call', head, body!), actions, place))
}
