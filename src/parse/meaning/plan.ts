import { symbol } from '../../expr/intern.js'
import { SCALAR } from '../../expr/shape.js'
import { assemble, bare, baseName, items, nameParts } from '../elaborate/names.js'
import { lookup, note, type Session } from '../elaborate/reader.js'
import {
  carryOut,
  type Place,
  type Planner,
  plan as planOf,
  type Step,
  within,
} from '../elaborate/resolve.js'
import { readSuperscripts } from '../elaborate/scripts.js'
import type { BigSyntax, CasesSyntax, GradientSyntax, NormSyntax, ScriptedSyntax, Syntax } from '../syntax.js'
import { actOn, separated, sharing, signed } from './acts.js'
import { isFunctionName, planApplied, planCall, splitCall } from './calls.js'
import { type Form, form, leaf, wordsForm } from './form.js'
import { planGroup } from './groups.js'
import { planNameForm } from './name-forms.js'
import { indicesOf } from './names.js'
import { planProduct } from './products.js'

type FormStep = Step<Form>

/** What a formula says, by the rules that elaboration reads with; notes of the session tell which were used. */
export function readForm(session: Session, node: Syntax, place: Place): Form {
  return carryOut<Form>(session, planForm, planForm(session, node, place))
}

const planForm: Planner<Form> = (session, node, place) => {
  switch (node.kind) {
    case 'number':
      return leaf(node.text)
    case 'text':
      return nameParts(node) === undefined ? wordsForm(node.text) : planNameForm(session, node, place)
    case 'dots':
      return leaf('...')
    case 'mark':
      return leaf(node.text)
    case 'range':
      return many('range', [node.from, node.to], place)
    case 'name':
    case 'decorated':
      return nameParts(node) === undefined && node.kind === 'decorated'
        ? planOf([node.body], place, ([body]) => form(node.mark, body!))
        : planNameForm(session, node, place)
    case 'scripted':
      return planScripted(session, node, place)
    case 'colored':
    case 'annotated':
      return planOf<Form>([node.body], place, ([body]) => body!)
    case 'signed':
      return planOf<Form>([node.operand], place, ([operand]) => signed(node.sign, operand!))
    case 'sum':
      return planOf<Form>(
        node.terms.map(({ operand }) => operand),
        place,
        terms => form('+', ...terms.map((term, i) => signed(node.terms[i]!.sign, term))),
      )
    case 'product':
      return planProduct(session, node, place)
    case 'fraction':
      return planOf<Form>([node.numerator, node.denominator], place, ([above, below]) =>
        form(node.style.includes('binom') ? 'binomial' : '/', above!, below!),
      )
    case 'root':
      return planOf<Form>(
        node.degree === null ? [node.radicand] : [node.radicand, node.degree],
        place,
        parts => form(node.degree === null ? 'sqrt' : 'root', ...parts),
      )
    case 'group':
      return planGroup(session, node, place)
    case 'adjoined':
      return planCall(session, node, place)
    case 'applied':
      return planApplied(session, node, place)
    case 'big':
      return planBig(session, node, place)
    case 'bars':
      return planOf<Form>([node.body], place, ([body]) => form(barsOf(session, node.body, place), body!))
    case 'norm':
      return planNorm(node, place)
    case 'matrix':
      return planOf<Form>(
        node.rows.flatMap(row => row.filter(cell => cell !== null)),
        place,
        cells => {
          let at = 0
          const rows = node.rows.map(row =>
            form('row', ...row.map(cell => (cell === null ? leaf('_') : cells[at++]!))),
          )
          return form(node.brackets.open === '|' ? 'det' : 'matrix', ...rows)
        },
      )
    case 'cases':
      return planCases(node, place)
    case 'derivative': {
      const by = node.by.map(({ variable }) => variable)
      for (const { variable, signed: isSigned } of node.by) {
        if (!isSigned)
          note(session, 'a variable below the line without ∂', 'there is a ∂ above it', variable.span)
      }
      const orders = node.by.map(({ order }) => order)
      const written = orders.filter(order => order !== null)
      return planOf<Form>([...(node.of === null ? [] : [node.of]), ...by, ...written], place, parts => {
        const rest = [...parts]
        const of = node.of === null ? leaf('_') : rest.shift()!
        const variables = rest.splice(0, by.length)
        const repeated = orders.flatMap((order, i) => {
          if (order === null) return [variables[i]!]
          const times = rest.shift()!
          const count = /^[1-9]$/.test(times.head) ? Number(times.head) : 0
          return count > 0
            ? Array.from({ length: count }, () => variables[i]!)
            : [form('^', variables[i]!, times)]
        })
        return form(node.sign === 'delta' ? 'variation' : 'diff', of, ...repeated)
      })
    }
    case 'gradient':
      return planGradient(session, node, place)
    case 'differential':
      return many(node.order === null ? 'dif' : 'dif2', [node.operand], place)
    case 'evaluated':
      return many('at', [node.body, node.at, ...(node.upper === null ? [] : [node.upper])], place)
    case 'list':
      return planOf<Form>(node.items, place, parts => form('list', ...separated(parts, node.separators)))
    case 'relation':
      return planOf<Form>(node.operands, place, read => {
        // `[n]` is the set of the numbers up to n.
        const parts = read.map((part, i) => (isCount(node.operands[i]!) && i > 0 ? form('list', part) : part))
        if (node.leading)
          return form(
            `${node.operators[0]}`,
            ...(parts.length === 1 ? parts : chained(parts, node.operators.slice(1))),
          )
        return node.operators.length === 1
          ? form(node.operators[0]!, ...parts)
          : form('chain', ...chained(parts, node.operators))
      })
  }
}

function chained(parts: readonly Form[], operators: readonly string[]): readonly Form[] {
  return parts.flatMap((part, i) => (i === 0 ? [part] : [leaf(operators[i - 1]!), part]))
}

function isCount(node: Syntax): boolean {
  return node.kind === 'group' && node.brackets.open === '[' && node.body?.kind === 'name'
}

/** A head over nodes that may be missing. */
function many(head: string, nodes: readonly (Syntax | null)[], place: Place): FormStep {
  const present = nodes.filter(node => node !== null)
  return planOf<Form>(present, place, parts => {
    let at = 0
    return form(head, ...nodes.map(node => (node === null ? leaf('_') : parts[at++]!)))
  })
}

/** Scripts around something that is no name: a bracket, a call, a fraction. */
function planScripted(session: Session, node: ScriptedSyntax, place: Place): FormStep {
  if (nameParts(node) !== undefined) return planNameForm(session, node, place)
  const base = bare(node.base)
  const last = lastFactor(node)
  if (last !== undefined) return planForm(session, last, place)
  if (base.kind === 'adjoined') {
    const factors = splitCall(session, base, place, node.superscripts)
    if (factors !== undefined) {
      const right: Syntax = { ...node, base: factors[1] }
      return planOf<Form>([factors[0], right], place, ([left, bracket]) => form('*', left!, bracket!))
    }
  }
  const { actions, labels } = readSuperscripts(session, node.superscripts, null, node.entrywise, place)
  const below = items(node.subscripts)
  const asNorm = base.kind === 'bars' && below.length === 1
  const inner: Syntax = asNorm
    ? { kind: 'norm', span: node.span, body: base.body, subscript: below[0]! }
    : node.base
  const rest = asNorm ? [] : below
  return planOf<Form>([inner, ...rest, ...labels], place, ([value, ...scripts]) => {
    const marked = rest.length + labels.length === 0 ? value! : form('sub', value!, ...scripts)
    const primed =
      node.primes === 0
        ? marked
        : form('prime', ...Array.from({ length: node.primes }, () => marked).slice(0, 1))
    return actOn(primed, actions, place)
  })
}

/** `{\\alpha y}_i` is set like `\\alpha y_i`: the index belongs to the last factor. */
function lastFactor(node: ScriptedSyntax): Syntax | undefined {
  const { base } = node
  const body = base.kind === 'group' && base.brackets.open === '' ? base.body : null
  if (body?.kind !== 'product' || node.superscripts.length > 0 || node.primes > 0) return undefined
  const last = body.factors[body.factors.length - 1]!
  if (last.kind !== 'name' || body.operators.some(operator => operator !== 'juxtaposed')) return undefined
  const scripted: Syntax = { ...node, base: last }
  return { ...body, factors: [...body.factors.slice(0, -1), scripted] }
}

/** Bars around a set count it; around a matrix they are its determinant; else they are an absolute value. */
function barsOf(session: Session, body: Syntax, place: Place): string {
  const node = bare(body)
  const parts = nameParts(node)
  const name = parts && assemble(parts, items(parts.subscripts), parts.superscripts, parts.primes)
  const entry = name === undefined ? undefined : lookup(session, place, name)
  const sides = entry?.kind === 'symbol' ? entry.sides : undefined
  const matrix =
    sides !== undefined && session.solver.isLong(sides.rows) && session.solver.isLong(sides.columns)
  if (matrix || parts?.base === 'Sigma' || parts?.base === 'bold{Sigma}') return 'det'
  if (node.kind === 'derivative' && node.form === 'fraction') return 'det'
  if (node.kind === 'group' && node.brackets.open === '{') return 'card'
  if (parts !== undefined && /^(?:cal|scr|bb)\{[A-Z]\}$/.test(parts.base)) return 'card'
  if (parts !== undefined && /^[BDSVEN]$/.test(parts.base) && parts.subscripts.length === 0) return 'card'
  return 'abs'
}

function planNorm(node: NormSyntax, place: Place): FormStep {
  if (node.subscript === null) return planOf<Form>([node.body], place, ([body]) => form('norm', body!))
  return planOf<Form>([node.body, node.subscript], place, ([body, kind]) => {
    return kind!.head === '2' && kind!.args.length === 0 ? form('norm', body!) : form('norm', body!, kind!)
  })
}

function planCases(node: CasesSyntax, place: Place): FormStep {
  const nodes = node.branches.flatMap(({ value, condition }) =>
    condition === null ? [value] : [value, condition],
  )
  return planOf<Form>(nodes, place, parts => {
    let at = 0
    const branches = node.branches.map(({ condition, otherwise }) => {
      const value = parts[at++]!
      if (condition !== null) return form('case', value, parts[at++]!)
      return otherwise ? form('case', value, leaf('otherwise')) : form('case', value)
    })
    return form('cases', ...branches)
  })
}

/** Without a subscript a gradient is by the arguments of the call it stands before, as far as they are written. */
function planGradient(session: Session, node: GradientSyntax, place: Place): FormStep {
  const operand = node.operand === null ? null : bare(node.operand)
  const called = operand?.kind === 'adjoined' && isFunctionName(session, operand, place) ? operand.args : []
  const by = node.by.length > 0 ? node.by : called.every(arg => nameParts(arg) !== undefined) ? called : []
  if (node.by.length === 0 && by.length > 0) {
    note(session, 'the gradient is by the arguments of its function', 'it has no subscript', node.span)
  }
  const variables = by.flatMap(each => (node.by.length > 0 ? indicesOf(each) : [each]))
  const { actions } = readSuperscripts(session, node.superscripts, null, false, place)
  const [first, ...rest] = actions
  const twice = first?.kind === 'power' && bare(first.exponent).kind === 'number'
  return planOf<Form>([...(operand === null ? [] : [operand]), ...variables], place, parts => {
    const of = operand === null ? leaf('_') : parts[0]!
    const made = operand === null ? parts : parts.slice(1)
    return actOn(form(twice ? 'hess' : 'grad', of, ...made), twice ? rest : actions, place)
  })
}

// ------------------------------------------------------------------------------------------------- big operators

function planBig(session: Session, node: BigSyntax, place: Place): FormStep {
  const { operator, lower, upper, body } = node
  const limits = lower === null ? [] : (lower.kind === 'list' ? lower.items : [lower]).flatMap(indicesOf)
  const relation = limits.length === 1 && bare(limits[0]!).kind === 'relation' ? bare(limits[0]!) : undefined
  const isIntegral = operator === 'int' || operator === 'iint' || operator === 'oint'
  let inner = place
  for (const limit of isIntegral ? [] : limits) {
    for (const letter of boundIn(limit)) {
      inner = within(inner, letter, {
        kind: 'index',
        letter,
        symbol: symbol(letter, SCALAR, 'index'),
        extent: session.solver.fresh(),
        span: limit.span,
      })
    }
  }
  const bodies = body === null ? [] : [body]
  const at = (nodes: readonly Syntax[], here: Place) => nodes.map(each => ({ node: each, place: here }))
  const conditions = relation?.kind === 'relation' && bare(relation.operands[0]!).kind === 'range'
  const equality =
    !conditions &&
    relation?.kind === 'relation' &&
    !relation.leading &&
    relation.operators.length === 1 &&
    relation.operators[0] === '='
  const ranged = equality && relation.kind === 'relation' ? relation.operands : undefined
  const written = ranged ?? limits
  return {
    parts: [...at(written, place), ...at(upper === null ? [] : [upper], place), ...at(bodies, inner)],
    make: forms => {
      const below = forms.slice(0, written.length)
      const above = upper === null ? undefined : forms[written.length]
      const rest = forms.slice(written.length + (upper === null ? 0 : 1))
      const tail = body === null ? [leaf('_')] : rest
      return form(operator, ...rangeForms(below, above, ranged !== undefined, isIntegral), ...tail)
    },
  }
}

function rangeForms(
  below: readonly Form[],
  above: Form | undefined,
  ranged: boolean,
  integral: boolean,
): readonly Form[] {
  if (ranged) {
    const [letter, low] = below as readonly [Form, Form]
    if (above === undefined && low.head === 'range') return [form('from', letter, ...low.args)]
    return [form('from', letter, low, ...(above === undefined ? [] : [above]))]
  }
  if (integral)
    return below.length === 0 ? [] : [form('over', ...below, ...(above === undefined ? [] : [above]))]
  if (above === undefined) return sharing(below.map(suchThat))
  const last = below[below.length - 1]
  if (below.length > 1 && last?.head === '=' && last.args.length === 2) {
    return [form('from', form('list', ...below.slice(0, -1), last.args[0]!), last.args[1]!, above)]
  }
  return [form('from', ...(below.length === 0 ? [leaf('_')] : below), leaf('_'), above)]
}

/** `m : r_{mn} = 1`: all m with that property. */
function suchThat(limit: Form): Form {
  const [left, right] = limit.args
  if ((limit.head !== '=' && limit.head !== 'in') || left?.head !== 'range') return limit
  return form(':', left.args[0]!, form(limit.head, left.args[1]!, right!))
}

/** The letters that a limit binds: of `i = 1`, `i \in S`, `i \ne j`, `1 \le i < n` and `i`. */
function boundIn(limit: Syntax): readonly string[] {
  const node = bare(limit)
  if (node.kind === 'name') return [baseName(node)]
  if (node.kind === 'list') return node.items.flatMap(boundIn)
  if (node.kind !== 'relation') return []
  const ordered = node.operators.every(operator => /^[<>]/.test(operator))
  const first = node.operands[ordered && node.operands.length === 3 ? 1 : 0]
  return first === undefined ? [] : boundIn(first)
}
