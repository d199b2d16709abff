import type { Expr } from '../expr/node.js'
import { symbolsOf } from '../expr/walk.js'
import { columnSelection, familyMember, rowSelection, selection } from '../ops/indexed.js'

const PARTS: ReadonlySet<unknown> = new Set([selection, rowSelection, columnSelection, familyMember])

/** Whether a quantity is written as a name: a symbol, or a part of one. */
export function isNamed(node: Expr): boolean {
  if (node.kind !== 'call') return node.kind === 'sym'
  return PARTS.has(node.op) && node.args[0]!.kind === 'sym'
}

/** The free indices of some parts, by name. */
export function lettersIn(...parts: readonly Expr[]): readonly string[] {
  return symbolsOf(parts).flatMap(({ name, role }) => (role === 'index' ? [name] : []))
}
