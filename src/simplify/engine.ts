import { LimitError } from '../base/errors.js'
import type { Budget } from '../base/limits.js'
import type { Assumption, Facts, Law } from '../expr/law.js'
import type { Call, Expr } from '../expr/node.js'
import type { Op } from '../expr/op.js'
import type { Rule } from '../expr/rule.js'
import type { Steps } from '../expr/step.js'
import { remake } from '../expr/walk.js'
import { declaredFact } from './law.js'

/** Laws by the operation at the top of the expressions they apply to. */
export type LawTable = ReadonlyMap<Op, readonly Law[]>

/** More rewrites of one expression than this can only be laws that undo each other. */
const MOST_REWRITES = 2_000_000

/** Results that were found, for as long as the same laws, facts and table are used. */
export type Memo = Map<Expr, Expr>

interface Frame {
  readonly node: Expr
  /** What the node was rewritten to, once that is being worked on. */
  becomes: Expr | undefined
}

/**
 * Rewrites from the leaves up until no law applies. Every node is worked on once; the stack is our own, so depth is no
 * limit. Yields one step for each law used.
 */
export function* rewrite(root: Expr, table: LawTable, facts: Facts, memo: Memo, budget: Budget): Steps<Expr> {
  const stack: Frame[] = [{ node: root, becomes: undefined }]
  let rewrites = 0
  while (stack.length > 0) {
    const frame = stack[stack.length - 1]!
    const { node } = frame
    if (frame.becomes !== undefined) {
      memo.set(node, memo.get(frame.becomes)!)
      stack.pop()
      continue
    }
    if (memo.has(node)) {
      stack.pop()
      continue
    }
    if (node.kind !== 'call') {
      memo.set(node, node)
      stack.pop()
      continue
    }
    if (pushArguments(stack, node, memo)) continue
    budget.spend()
    const rebuilt = rebuild(node, memo)
    if (rebuilt !== node) {
      frame.becomes = rebuilt
      stack.push({ node: rebuilt, becomes: undefined })
      continue
    }
    const found = firstLaw(node, table, facts)
    if (found === undefined) {
      memo.set(node, node)
      stack.pop()
      continue
    }
    if (++rewrites > MOST_REWRITES) {
      throw new LimitError('limit-rewrites', `simplifying took more than ${MOST_REWRITES} rewrites`)
    }
    const { rule, to, assumption } = found
    yield { kind: 'rewrite', rule, before: node, after: to, assumption }
    frame.becomes = to
    stack.push({ node: to, becomes: undefined })
  }
  return memo.get(root)!
}

function pushArguments(stack: Frame[], node: Call, memo: Memo): boolean {
  let pushed = false
  for (let i = node.args.length - 1; i >= 0; i--) {
    const arg = node.args[i]!
    if (arg.kind !== 'call' || memo.has(arg)) continue
    stack.push({ node: arg, becomes: undefined })
    pushed = true
  }
  return pushed
}

function rebuild(node: Call, memo: Memo): Expr {
  let changed = false
  for (const arg of node.args) if (arg.kind === 'call' && memo.get(arg) !== arg) changed = true
  return changed
    ? remake(
        node,
        node.args.map(arg => memo.get(arg) ?? arg),
      )
    : node
}

interface Found {
  readonly rule: Rule
  readonly to: Expr
  readonly assumption?: Assumption | undefined
}

function firstLaw(node: Call, table: LawTable, facts: Facts): Found | undefined {
  const declared = facts.equal(node)
  if (declared !== undefined && declared.to !== node) return { rule: declaredFact, ...declared }
  const laws = table.get(node.op)
  if (laws === undefined) return undefined
  for (const law of laws) {
    const result = law.apply(node, facts)
    if (result === undefined || result === node) continue
    if (!('to' in result)) return { rule: law.rule, to: result }
    if (result.to !== node)
      return { rule: result.rule ?? law.rule, to: result.to, assumption: result.assumption }
  }
  return undefined
}
