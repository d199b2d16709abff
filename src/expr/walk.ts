import { call, isBound } from './intern.js'
import type { Call, Expr, Sym } from './node.js'

/**
 * Every node reachable from the roots once, arguments before the calls that use them. Iterative: depth is no limit.
 * `enter` may refuse to go below a call; nodes already in `seen` are left out, and those met are added to it.
 */
export function postorder(
  roots: readonly Expr[],
  enter: (node: Call) => boolean = () => true,
  seen: Set<Expr> = new Set(),
): Expr[] {
  return walk(roots, node => (node.kind === 'call' && enter(node) ? node.args : LEAF), seen)
}

const LEAF: readonly Expr[] = []

/** The same where a node has other parts than its arguments: a symbol its body, an entry what it is taken from. */
export function walk(
  roots: readonly Expr[],
  parts: (node: Expr) => readonly Expr[],
  seen: Set<Expr> = new Set(),
): Expr[] {
  const order: Expr[] = []
  // Three stacks side by side: a node being walked, its parts, and which of them comes next.
  const path: Expr[] = []
  const below: (readonly Expr[])[] = []
  const nexts: number[] = []
  const arrive = (node: Expr) => {
    if (seen.has(node)) return
    seen.add(node)
    const own = parts(node)
    if (own.length === 0) order.push(node)
    else {
      path.push(node)
      below.push(own)
      nexts.push(0)
    }
  }
  for (const root of roots) {
    arrive(root)
    while (path.length > 0) {
      const top = path.length - 1
      const own = below[top]!
      const next = nexts[top]!
      if (next < own.length) {
        nexts[top] = next + 1
        arrive(own[next]!)
      } else {
        order.push(path.pop()!)
        below.pop()
        nexts.pop()
      }
    }
  }
  return order
}

/** The parts of a node where some names are open: what a name stands for, the arguments of a call. For `walk`. */
export function partsOf(node: Expr, bodies: ReadonlyMap<Expr, Expr>): readonly Expr[] {
  const body = bodies.get(node)
  if (body !== undefined) return [body]
  return node.kind === 'call' ? node.args : LEAF
}

/** Formulas up to this size are walked as trees: visiting a shared part again costs less than a table of what was seen. */
const SMALL = 32

/** The symbols of an expression, in the order of their first appearance, indices bound inside it left out. */
export function symbolsOf(roots: readonly Expr[]): readonly Sym[] {
  const symbols = new Set<Sym>()
  forEachSymbol(roots, symbol => symbols.add(symbol))
  return [...symbols]
}

/** Visits the symbols of expressions from left to right, indices bound inside left out; one may be met several times. */
export function forEachSymbol(roots: readonly Expr[], visit: (symbol: Sym) => void): void {
  const seen = new Set<Expr>()
  const stack: Expr[] = []
  for (const root of roots) {
    for (let node: Expr | undefined = root; node !== undefined; node = stack.pop()) {
      if (node.kind === 'sym') {
        if (!isBound(node)) visit(node)
        continue
      }
      if (node.kind === 'num') continue
      if (node.treeSize > SMALL) {
        if (seen.has(node)) continue
        seen.add(node)
      }
      for (let i = node.args.length - 1; i >= 0; i--) stack.push(node.args[i]!)
    }
  }
}

/** A set, or the keys of a table. */
export interface Known {
  has(node: Expr): boolean
}

/** Whether any of the nodes occurs. */
export function dependsOn(root: Expr, nodes: Known): boolean {
  if (nodes.has(root)) return true
  if (root.kind !== 'call') return false
  const seen = root.treeSize > SMALL ? new Set<Expr>() : undefined
  const stack: Call[] = [root]
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    const { args } = node
    for (let i = 0; i < args.length; i++) {
      const arg = args[i]!
      if (arg.kind === 'num') continue
      if (nodes.has(arg)) return true
      if (arg.kind !== 'call' || seen?.has(arg)) continue
      seen?.add(arg)
      stack.push(arg)
    }
  }
  return false
}

/** Whether a node occurs in an expression. */
export function contains(root: Expr, node: Expr): boolean {
  return dependsOn(root, new Set([node]))
}

/** Rebuilds a call with other arguments; the same node when nothing changed. */
type Rebuild = (node: Call, args: readonly Expr[]) => Expr

/** Rebuilds through the constructor of the operation, so that equal formulas stay one node. */
export const remake: Rebuild = (node, args) => (node.op.make ? node.op.make(args, node) : call(node.op, args))

/** Replaces symbols (or any nodes) by others; what is put in is not searched again. */
export function substitute(root: Expr, by: ReadonlyMap<Expr, Expr>, rebuild: Rebuild = remake): Expr {
  if (by.size === 0) return root
  const done = new Map<Expr, Expr>()
  const now = (node: Expr) => by.get(node) ?? done.get(node)!
  for (const node of postorder([root], call => !by.has(call))) {
    if (by.has(node)) continue
    if (node.kind !== 'call') {
      done.set(node, node)
      continue
    }
    const args = node.args.map(now)
    done.set(node, args.some((arg, i) => arg !== node.args[i]) ? rebuild(node, args) : node)
  }
  return now(root)
}
