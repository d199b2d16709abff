import type { Call, Expr, Sym } from '../expr/node.js'

/** Bound indices have names that no author can write. */
export function isBound(symbol: Sym): boolean {
  return symbol.role === 'index' && symbol.name.startsWith('#')
}

/** The arguments of a call, of whatever kind; nothing for a leaf. */
export const argumentsOf = (node: Expr): readonly Expr[] => (node.kind === 'call' ? node.args : [])

export function selects({ op }: Call): boolean {
  return op.binds || op.indexArguments !== undefined
}

/** The arguments of a call that are arrays, without those that select. */
export function valueArguments(node: Call): readonly Expr[] {
  const selecting = node.op.indexArguments ?? 0
  return selecting === 0 ? node.args : node.args.slice(0, node.args.length - selecting)
}

/** The arguments of a call that are whole numbers: the bounds of a binder, the indices of an entry. */
export function selectors(node: Call): readonly Expr[] {
  if (node.op.binds) return node.args.slice(1, 3)
  const selecting = node.op.indexArguments ?? 0
  return selecting === 0 ? [] : node.args.slice(node.args.length - selecting)
}

/** Every node reachable from the roots once, parts before what is made of them. */
export function walk(roots: readonly Expr[], parts: (node: Expr) => readonly Expr[]): Expr[] {
  const order: Expr[] = []
  const seen = new Set<Expr>()
  const nodes: Expr[] = []
  const below: (readonly Expr[])[] = []
  const next: number[] = []
  const open = (node: Expr) => {
    if (seen.has(node)) return
    seen.add(node)
    nodes.push(node)
    below.push(parts(node))
    next.push(0)
  }
  for (const root of roots) {
    open(root)
    while (nodes.length > 0) {
      const top = nodes.length - 1
      const at = next[top]!
      if (at < below[top]!.length) {
        next[top] = at + 1
        open(below[top]![at]!)
      } else {
        order.push(nodes[top]!)
        nodes.pop()
        below.pop()
        next.pop()
      }
    }
  }
  return order
}
