import { LimitError } from '../base/errors.js'
import type { Budget } from '../base/limits.js'
import type { Assumption, Facts, Law } from '../expr/law.js'
import type { Call, Expr } from '../expr/node.js'
import type { Op } from '../expr/op.js'
import type { Rule } from '../expr/rule.js'
import type { Collected, Step } from '../expr/step.js'
import { remake } from '../expr/walk.js'
import { declaredFact } from './law.js'

/** Laws by the operation at the top of the expressions they apply to. */
export type LawTable = ReadonlyMap<Op, readonly Law[]>

/** More rewrites of one expression than this can only be laws that undo each other. */
const MOST_REWRITES = 2_000_000

const NO_STEPS: readonly Step[] = Object.freeze([])

/**
 * Makes a function that rewrites from the leaves up until no law applies, and hands over one step for each law used.
 * It remembers what it has rewritten, so every node is worked on once; the stack is its own, so depth is no limit.
 */
export function startRewriting(
  table: LawTable,
  facts: Facts,
  budget: Budget,
): (root: Expr) => Collected<Expr> {
  const memo = new Map<Expr, Expr>()
  /** What declared facts the rewriting of a node rests on; whoever meets its result again rests on them too. */
  const resting = new Map<Expr, ReadonlySet<Assumption>>()
  const rest = (node: Expr, more: Iterable<Assumption> | undefined) => {
    if (more !== undefined) resting.set(node, new Set([...(resting.get(node) ?? []), ...more]))
  }
  const settle = (node: Call, to: Expr) => {
    memo.set(node, to)
    if (resting.size === 0) return
    for (const arg of node.args) rest(node, resting.get(arg))
  }
  // Two stacks side by side, kept for the next time: a node, and what it was rewritten to once that is being worked on.
  const nodes: Call[] = []
  const becomes: (Expr | undefined)[] = []
  let height = 0
  const push = (node: Call) => {
    nodes[height] = node
    becomes[height] = undefined
    height++
  }
  /** The node with its arguments rewritten; undefined while some are still to be, which are put on the stack then. */
  const rebuilt = (node: Call): Expr | undefined => {
    const { args } = node
    const bottom = height
    let made: Expr[] | undefined
    for (let i = args.length - 1; i >= 0; i--) {
      const arg = args[i]!
      if (arg.kind !== 'call') continue
      const to = memo.get(arg)
      if (to === undefined) push(arg)
      else if (to !== arg) {
        made ??= args.slice()
        made[i] = to
      }
    }
    if (height > bottom) return undefined
    return made === undefined ? node : remake(node, made)
  }
  const work = (root: Call): Collected<Expr> => {
    let steps: Step[] | undefined
    // Work that was broken off may have left something on the stack.
    height = 0
    push(root)
    while (height > 0) {
      const top = height - 1
      const node = nodes[top]!
      const next = becomes[top]
      if (next !== undefined) {
        settle(node, next.kind === 'call' ? memo.get(next)! : next)
        if (resting.size > 0) rest(node, resting.get(next))
        height--
        continue
      }
      if (top > 0 && memo.has(node)) {
        height--
        continue
      }
      let to = rebuilt(node)
      if (to === undefined) continue
      budget.spend()
      if (to === node) {
        const found = firstLaw(node, table, facts)
        if (found === undefined) {
          settle(node, node)
          height--
          continue
        }
        to = found.to
        if (found.assumption !== undefined) rest(node, [found.assumption])
        steps ??= []
        steps.push({
          kind: 'rewrite',
          rule: found.rule,
          before: node,
          after: to,
          assumption: found.assumption,
        })
        if (steps.length > MOST_REWRITES) {
          throw new LimitError('limit-rewrites', `simplifying took more than ${MOST_REWRITES} rewrites`)
        }
      }
      becomes[top] = to
      if (to.kind === 'call') push(to)
    }
    return { answer: memo.get(root)!, steps: steps ?? NO_STEPS }
  }
  /** Steps that say which declared facts a result rests on, where these were used when parts of it were met before. */
  const withFacts = (root: Expr, found: Collected<Expr>): Collected<Expr> => {
    const facts = resting.size === 0 ? undefined : resting.get(root)
    if (facts === undefined) return found
    const { answer, steps } = found
    const said = new Set(steps.map(step => step.assumption))
    const again = [...facts]
      .filter(assumption => !said.has(assumption))
      .map((assumption): Step => {
        return { kind: 'rewrite', rule: declaredFact, before: root, after: answer, assumption }
      })
    return again.length === 0 ? found : { answer, steps: [...steps, ...again] }
  }
  return root => {
    if (root.kind !== 'call') return { answer: root, steps: NO_STEPS }
    const known = memo.get(root)
    return withFacts(root, known === undefined ? work(root) : { answer: known, steps: NO_STEPS })
  }
}

interface Found {
  readonly rule: Rule
  readonly to: Expr
  readonly assumption?: Assumption | undefined
}

function firstLaw(node: Call, table: LawTable, facts: Facts): Found | undefined {
  const declared = facts.declares ? facts.equal(node) : undefined
  if (declared !== undefined && declared.to !== node) return { rule: declaredFact, ...declared }
  const laws = table.get(node.op)
  if (laws === undefined) return undefined
  for (let i = 0; i < laws.length; i++) {
    const law = laws[i]!
    if (law.needs !== 0 && (law.needs & node.beneath) === 0) continue
    const result = law.apply(node, facts)
    if (result === undefined || result === node) continue
    if (!('to' in result)) return { rule: law.rule, to: result }
    if (result.to !== node)
      return { rule: result.rule ?? law.rule, to: result.to, assumption: result.assumption }
  }
  return undefined
}
