import { chainRule, startRule, sumOverPaths } from '../calculus/rules.js'
import type { Solution } from '../derive/solution.js'
import { symbol } from '../expr/intern.js'
import type { Expr, Sym } from '../expr/node.js'
import type { Rule } from '../expr/rule.js'
import type { Step } from '../expr/step.js'
import { postorder, symbolsOf } from '../expr/walk.js'
import { isCall, multiplication } from '../ops/core.js'
import { expression, type Prose, type Row } from './maths.js'

/** Why a derivative is what it is, as a lecturer writes it in the margin. */
export interface Reasons {
  /** How the adjoint of a symbol or a part came about: the paths it came along and the rules met on them. */
  of(output: Expr, node: Expr): readonly Prose[]
  /** The rules by which the change of a symbol was carried forward to a quantity. */
  forwardTo(output: Expr, from: Sym): readonly Prose[]
}

/** More rules than this explain nothing. */
const MOST_RULES = 3
const MOST_NODES = 400
const PATHS = 'sum over the paths out of '

/**
 * Reads the steps of a solution once; each question then looks at the rules of one adjoint only. Parts that are shown
 * with their own reasons are not looked behind.
 */
export function reasonsOf(
  { problem, adjoints, steps }: Solution,
  shown: ReadonlySet<Expr> = new Set(),
): Reasons {
  const passes = passesOf(steps)
  const owners = new Map<Expr, Sym[]>()
  for (const { symbol, body } of problem.definitions) listed(owners, body).push(symbol)
  const named = new Set<Expr>(adjoints.map(adjoint => adjoint.of ?? adjoint.symbol))

  const of = (output: Expr, start: Expr): readonly Prose[] => {
    const { pulls, forks } = passes.get(output) ?? NO_PASS
    const rules = new Map<string, Prose>()
    const forked: Expr[] = []
    let behind = false
    const open: Expr[] = [start]
    const seen = new Set<Expr>(open)
    const visit = (node: Expr) => {
      if (seen.has(node) || seen.size > MOST_NODES) return
      seen.add(node)
      open.push(node)
    }
    for (let node = open.shift(); node !== undefined; node = open.shift()) {
      if (forks.has(node)) forked.push(node)
      for (const { rule, at, argument } of pulls.get(node) ?? []) {
        if (at === undefined) continue
        if (rule.level !== 'every' && !isConstantMultiple(at, argument)) note(rules, rule, at)
        for (const owner of owners.get(at) ?? []) {
          if (pulls.has(owner) || named.has(owner)) behind = true
          if (!named.has(owner)) visit(owner)
        }
        if (shown.has(at)) behind = true
        else visit(at)
      }
    }
    const paths: Prose[] = forked.filter(node => node.kind === 'sym').map(pathsOutOf)
    if (paths.length === 0 && forked.length > 0) paths.push([sumOverPaths.name])
    if (paths.length === 0 && behind) paths.push([chainRule.name])
    const met = [...rules.values()].reverse()
    return met.length > MOST_RULES ? paths : [...paths, ...met]
  }

  const bodies = new Map<Expr, Expr>(problem.definitions.map(({ symbol, body }) => [symbol, body]))
  const forwardTo = (output: Expr, from: Sym): readonly Prose[] => {
    const inside = new Set<Expr>()
    for (let open: readonly Expr[] = [output]; open.length > 0; ) {
      const fresh = postorder(open).filter(node => !inside.has(node))
      for (const node of fresh) inside.add(node)
      open = fresh.flatMap(node => (node === from ? [] : (bodies.get(node) ?? [])))
    }
    const rules = new Map<string, Prose>()
    for (const { kind, rule, at, argument } of steps) {
      if (kind !== 'push' || at === undefined || rule.level === 'every' || !inside.has(at)) continue
      if (!isConstantMultiple(at, argument)) note(rules, rule, at)
    }
    return rules.size > MOST_RULES ? [] : [...rules.values()]
  }
  return { of, forwardTo }
}

/** What one backward pass carried where, and where contributions met. */
interface Pass {
  readonly pulls: Map<Expr, Step[]>
  readonly forks: Set<Expr>
}

const NO_PASS: Pass = { pulls: new Map(), forks: new Set() }

/** The backward passes by the functions they started from. */
function passesOf(steps: readonly Step[]): ReadonlyMap<Expr, Pass> {
  const passes = new Map<Expr, Pass>()
  let pass: Pass | undefined
  for (const step of steps) {
    if (step.rule === startRule && step.at !== undefined) {
      pass = { pulls: new Map(), forks: new Set() }
      passes.set(step.at, pass)
    }
    if (step.kind === 'gather' && step.at !== undefined) pass?.forks.add(step.at)
    if (step.kind === 'pull' && pass !== undefined) {
      for (const target of targetsOf(step)) listed(pass.pulls, target).push(step)
    }
  }
  return passes
}

/** What a pull carried to: an argument, or everything in the body of a sum over an index. */
function targetsOf({ at, argument }: Step): readonly Expr[] {
  if (at?.kind !== 'call') return []
  return argument === undefined ? symbolsOf([at]) : [at.args[argument]!]
}

/** Notes a rule by its name; that of an unknown function by the name of the function. */
function note(rules: Map<string, Prose>, rule: Rule, at: Expr): void {
  const unknown = at.kind === 'call' ? at.op.abstract : undefined
  if (unknown === undefined) rules.set(rule.id, [rule.name])
  else rules.set(`${rule.id} ${unknown.name}`, ['derivative of ', expression(symbol(unknown.name))])
}

/** A number times the argument: nothing that a reader has to be told. */
function isConstantMultiple(at: Expr, argument: number | undefined): boolean {
  return isCall(at, multiplication) && at.args.every((arg, k) => k === argument || arg.kind === 'num')
}

function pathsOutOf(node: Expr): Prose {
  return [PATHS, expression(node)]
}

function listed<K, V>(table: Map<K, V[]>, key: K): V[] {
  const known = table.get(key)
  if (known !== undefined) return known
  const made: V[] = []
  table.set(key, made)
  return made
}

/** Leaves out the reasons of a row that are those of the row before it. */
export function withoutRepeats(rows: readonly Row[]): readonly Row[] {
  let before = ''
  return rows.map(row => {
    const now = row.reasons.map(keyOf).join('; ')
    const same = now === before
    before = now
    return same ? { ...row, reasons: [] } : row
  })
}

/** Whose paths are added is seen in the row itself; that alone does not make a reason another one. */
function keyOf(reason: Prose): string {
  if (reason[0] === PATHS) return PATHS
  return reason
    .map(part => (typeof part === 'string' ? part : JSON.stringify(part, ['kind', 'node', 'name'])))
    .join('')
}
