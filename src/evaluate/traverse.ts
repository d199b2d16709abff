import type { Call, Expr } from '../expr/node.js'

/** Whether some arguments of a call are whole numbers that say which entries it takes. */
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
